// generate KIND ROWS: writes operations to standard output, the same bytes on every machine.
//
//   csv      payments in five currencies, about 75 bytes a row
//   jsonl    the same payments as JSON Lines, about 165 bytes a row
//   limits   CSV: withdrawals of one year in order of time, by a million accounts
//   wide     CSV: trades with eighteen decimals
//
// Amounts of payments are log-normal (median 90 dollars, sigma 1.6), as amounts of payments are.
// Integers only: a float's last bit may differ between machines.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

__extension__ using Wide = unsigned __int128;

// ---- chance ------------------------------------------------------------------------------------

// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
  }

  // 0 to count - 1
  std::uint64_t below(std::uint64_t count) {
    return static_cast<std::uint64_t>((static_cast<Wide>(bits()) * count) >> 64);
  }

  // Close to normal, in units of 2^-32: twelve uniform summands have mean 6 and variance 1.
  std::int64_t normal() {
    std::int64_t sum = -(std::int64_t{6} << 32);
    for (int i = 0; i < 6; ++i) {
      std::uint64_t two = bits();
      sum += static_cast<std::int64_t>(two >> 32) + static_cast<std::int64_t>(two & 0xFFFFFFFF);
    }
    return sum;
  }

 private:
  std::uint64_t state_;
};

// value * 2^(exponent / 2^32), cut to a whole number; value < 2^32.
class PowerOfTwo {
 public:
  PowerOfTwo() {
    Wide root = Wide{2} << 62;  // 2^1, 2^(1/2), 2^(1/4), ... in units of 2^-62
    for (std::uint64_t& entry : roots_) entry = static_cast<std::uint64_t>(root = sqrt(root << 62));
  }

  std::uint64_t times(std::uint64_t value, std::int64_t exponent) const {
    Wide power = Wide{1} << 62;
    auto fraction = static_cast<std::uint32_t>(exponent);
    for (std::size_t i = 0; i < roots_.size(); ++i) {
      if ((fraction >> (31 - i)) & 1) power = (power * roots_[i]) >> 62;
    }
    int shift = 62 - static_cast<int>(exponent >> 32);
    return static_cast<std::uint64_t>((value * power) >> shift);
  }

 private:
  // Newton's; the largest whole number whose square is at most `square` < 2^126.
  static Wide sqrt(Wide square) {
    Wide root = Wide{1} << 64;
    for (Wide next = root;; root = next) {
      next = (root + square / root) / 2;
      if (next >= root) return root;
    }
  }

  std::array<std::uint64_t, 20> roots_{};
};

struct Choice {
  std::string_view name;
  std::uint64_t weight;
};

// Draws a choice with a chance in proportion to its weight.
class Urn {
 public:
  Urn(std::initializer_list<Choice> choices) : choices_(choices) {
    for (const Choice& choice : choices_) total_ += choice.weight;
  }

  std::string_view draw(Dice& dice) const {
    std::uint64_t left = dice.below(total_);
    auto choice = choices_.begin();
    for (; left >= choice->weight; ++choice) left -= choice->weight;
    return choice->name;
  }

 private:
  std::vector<Choice> choices_;
  std::uint64_t total_ = 0;
};

// ---- texts -------------------------------------------------------------------------------------

// Standard output, whole pieces at a time. Ends the program where it cannot write.
class Output {
 public:
  ~Output() { flush(); }

  void put(std::string_view text) { held_ += text; }
  void put(std::uint64_t number) {
    std::array<char, 20> digits{};
    char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    held_.append(digits.data(), end);
  }
  void put(std::uint64_t number, int width) {
    for (std::uint64_t unit = 10; --width > 0; unit *= 10) {
      if (number < unit) held_ += '0';
    }
    put(number);
  }
  void end_row() {
    held_ += '\n';
    if (held_.size() > (1 << 20)) flush();
  }

 private:
  void flush() {
    if (std::fwrite(held_.data(), 1, held_.size(), stdout) != held_.size()) std::exit(3);
    held_.clear();
  }

  std::string held_;
};

constexpr std::uint64_t seconds_of_year = 365 * 86400;

// A second of 2026, counted from its start: "2026-03-01T00:00:00Z".
void put_time(Output& out, std::uint64_t second) {
  constexpr std::array<std::uint64_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::uint64_t day = second / 86400, month = 0;
  while (day >= days[month]) day -= days[month++];
  out.put("2026-");
  out.put(month + 1, 2);
  out.put("-");
  out.put(day + 1, 2);
  out.put("T");
  out.put(second / 3600 % 24, 2);
  out.put(":");
  out.put(second / 60 % 60, 2);
  out.put(":");
  out.put(second % 60, 2);
  out.put("Z");
}

// ---- payments ----------------------------------------------------------------------------------

const Urn types{{"transaction", 70}, {"withdrawal", 20}, {"conversion", 10}};
const Urn methods{{"card", 60}, {"bank", 25}, {"wallet", 15}};
const Urn tiers{{"basic", 60}, {"verified", 25}, {"premium", 15}};
const Urn currencies{{"USD", 50}, {"EUR", 20}, {"GBP", 10}, {"JPY", 10}, {"CNY", 10}};
const Urn countries{{"US", 500}, {"GB", 90}, {"DE", 80}, {"FR", 60}, {"JP", 50},
                    {"CN", 50},  {"CA", 40}, {"IT", 30}, {"ES", 30}, {"NL", 20},
                    {"AU", 10},  {"BR", 10}, {"IN", 10}, {"CH", 5},  {"SE", 5},
                    {"NO", 4},   {"MX", 3},  {"PL", 1},  {"SG", 1},  {"ZA", 1}};

struct Payment {
  std::uint64_t id, account, second;
  std::string_view type, method, country, currency, to_currency;  // "": does not convert
  std::uint64_t amount;                                           // minor units, > 0
  std::string_view tier;
};

std::uint64_t draw_amount(Dice& dice, std::string_view currency, const PowerOfTwo& power) {
  constexpr std::int64_t sigma_in_doublings = 9914127079;  // 1.6 / ln 2, in units of 2^-32
  std::uint64_t median = currency == "JPY" ? 13500 : currency == "CNY" ? 63000 : 9000;
  std::int64_t normal = dice.normal();
  std::int64_t exponent = (normal >> 16) * sigma_in_doublings >> 16;
  return std::max<std::uint64_t>(1, power.times(median, exponent));
}

Payment draw_payment(Dice& dice, std::uint64_t id, const PowerOfTwo& power) {
  Payment payment{.id = id,
                  .account = dice.below(100000),
                  .second = dice.below(seconds_of_year),
                  .type = types.draw(dice),
                  .method = methods.draw(dice),
                  .country = countries.draw(dice),
                  .currency = currencies.draw(dice),
                  .to_currency = "",
                  .amount = 0,
                  .tier = tiers.draw(dice)};
  payment.amount = draw_amount(dice, payment.currency, power);
  while (payment.type == "conversion" &&
         (payment.to_currency.empty() || payment.to_currency == payment.currency))
    payment.to_currency = currencies.draw(dice);
  return payment;
}

void put_amount(Output& out, const Payment& payment) {
  if (payment.currency == "JPY") return out.put(payment.amount);
  out.put(payment.amount / 100);
  out.put(".");
  out.put(payment.amount % 100, 2);
}

void put_csv(Output& out, const Payment& payment) {
  out.put("T");
  out.put(payment.id);
  out.put(",A");
  out.put(payment.account, 5);
  out.put(",");
  put_time(out, payment.second);
  for (std::string_view text :
       {payment.type, payment.method, payment.country, payment.currency, payment.to_currency}) {
    out.put(",");
    out.put(text);
  }
  out.put(",");
  put_amount(out, payment);
  out.put(",");
  out.put(payment.tier);
  out.end_row();
}

void put_json(Output& out, const Payment& payment) {
  out.put("{\"id\":\"T");
  out.put(payment.id);
  out.put("\",\"account\":\"A");
  out.put(payment.account, 5);
  out.put("\",\"time\":\"");
  put_time(out, payment.second);
  auto put_member = [&](std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out.put(name);
    out.put(text);
  };
  put_member("\",\"type\":\"", payment.type);
  put_member("\",\"method\":\"", payment.method);
  put_member("\",\"country\":\"", payment.country);
  put_member("\",\"currency\":\"", payment.currency);
  put_member("\",\"to_currency\":\"", payment.to_currency);
  out.put("\",\"amount\":\"");
  put_amount(out, payment);
  put_member("\",\"tier\":\"", payment.tier);
  out.put("\"}");
  out.end_row();
}

void write_payments(Output& out, std::uint64_t rows, bool as_json) {
  Dice dice(20261122);
  PowerOfTwo power;
  if (!as_json) {
    out.put("id,account,time,type,method,country,currency,to_currency,amount,tier");
    out.end_row();
  }
  for (std::uint64_t id = 1; id <= rows; ++id) {
    Payment payment = draw_payment(dice, id, power);
    as_json ? put_json(out, payment) : put_csv(out, payment);
  }
}

// ---- the other kinds ---------------------------------------------------------------------------

void write_limits(Output& out, std::uint64_t rows) {
  Dice dice(4);
  PowerOfTwo power;
  out.put("id,account,time,amount,tier");
  out.end_row();
  for (std::uint64_t i = 0; i < rows; ++i) {
    out.put("W");
    out.put(i + 1);
    std::uint64_t account = dice.below(1000000);
    out.put(",A");
    out.put(account, 6);
    out.put(",");
    put_time(out, static_cast<std::uint64_t>(Wide{i} * seconds_of_year / rows));
    std::uint64_t amount = draw_amount(dice, "EUR", power);
    out.put(",");
    out.put(amount / 100);
    out.put(".");
    out.put(amount % 100, 2);
    out.put(account % 100 < 60 ? ",basic" : account % 100 < 85 ? ",verified" : ",premium");
    out.end_row();
  }
}

void write_wide(Output& out, std::uint64_t rows) {
  Dice dice(18);
  constexpr std::uint64_t unit = 1000000000000000000;
  out.put("id,amount");
  out.end_row();
  for (std::uint64_t id = 1; id <= rows; ++id) {
    out.put("E");
    out.put(id);
    out.put(",");
    out.put(dice.below(20));
    out.put(".");
    out.put(dice.below(unit), 18);
    out.end_row();
  }
}

}  // namespace

int main(int count, char** words) {
  std::string_view kind = count == 3 ? words[1] : "";
  std::uint64_t rows = count == 3 ? std::strtoull(words[2], nullptr, 10) : 0;
  Output out;
  if (kind == "csv" || kind == "jsonl") {
    write_payments(out, rows, kind == "jsonl");
  } else if (kind == "limits") {
    write_limits(out, rows);
  } else if (kind == "wide") {
    write_wide(out, rows);
  } else {
    std::fputs("usage: generate csv|jsonl|limits|wide ROWS\n", stderr);
    return 2;
  }
}
