// Properties over random schedules: reverse then forward, brute force over small amounts, an
// unrelated fee changes nothing, the order of keys is irrelevant.
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "fees/tariff.h"
#include "oracle/universe.h"

namespace {

using levy::Rational;
using oracle::Json;

struct Tally {
  long passed = 0, failed = 0;
  std::map<std::string, int> failures;
  void check(bool holds, const char* what, const Json& schedule, const Json& request) {
    if (holds) {
      ++passed;
      return;
    }
    ++failed;
    if (++failures[what] <= 2)
      std::printf("%s\n%s\n%s\n", what, schedule.dump().c_str(), request.dump().c_str());
  }
};

levy::fees::Question question_of(const Json& request) {
  levy::fees::Question question;
  for (const auto& [key, value] : request.items()) {
    if (key == "used") {
      for (const auto& [id, reading] : value.items())
        question.used.emplace_back(id, reading.get<std::string>());
    } else {
      question.request.set(key, value.is_boolean() ? (value.get<bool>() ? "true" : "false")
                                                   : value.get<std::string>());
    }
  }
  return question;
}

// A random schedule with a request, loaded; none where it has no rates to convert with.
struct Case {
  Json schedule, request;
  levy::fees::Tariff tariff;
  std::optional<levy::facts::RatesHistory> rates;
  levy::fees::Question question;
  levy::Currency source, target;
  Rational unit;
};

std::optional<Case> make_case(std::uint64_t seed) {
  Case one;
  one.schedule = oracle::random_schedule(seed);
  one.request = oracle::random_request(one.schedule, seed + 7);
  levy::Checked<levy::fees::Tariff> tariff =
      levy::fees::load_tariff({levy::Source("random", one.schedule.dump())});
  if (!tariff) return std::nullopt;
  one.tariff = std::move(*tariff);
  Json rates = oracle::random_rates(seed + 13);
  if (!rates.is_null()) one.rates = *levy::facts::parse_rates(levy::Source("rates", rates.dump()));
  one.question = question_of(one.request);
  levy::Checked<levy::fees::ResolvedQuestion> resolved =
      levy::fees::resolve(one.tariff, one.question);
  if (!resolved) return std::nullopt;
  one.source = resolved->operation.currency;
  one.target = resolved->operation.converts() ? resolved->operation.to_currency : one.source;
  one.unit = resolved->plan->schedule.currencies.minor_unit(one.source);
  one.question.request.amount.clear();
  one.question.request.currency = std::string(one.source.code());
  return one;
}

// Borrowed pointers last as long as `one` stays where it is.
levy::fees::Question with_rates(const Case& one) {
  levy::fees::Question question = one.question;
  question.rates = one.rates ? &*one.rates : nullptr;
  return question;
}

levy::Checked<levy::fees::Quote> forward(const Case& one, const Rational& amount) {
  levy::fees::Question question = with_rates(one);
  question.request.amount = amount.to_string();
  return levy::fees::quote(one.tariff, question);
}

Rational value_of(const levy::fees::Quote& quote, bool receive, levy::Currency source) {
  return receive ? quote.credit.amount : quote.debit.find(source)->second;
}

levy::Checked<levy::fees::Quote> backward(const Case& one, const Rational& target, bool receive) {
  levy::fees::Question question = with_rates(one);
  (receive ? question.receive : question.pay) = target.to_string();
  return levy::fees::quote(one.tariff, question);
}

bool fits(const Case& one, const Rational& value, bool receive) {
  const levy::Currencies& currencies = one.tariff.versions.front().schedule.currencies;
  return is_multiple(value, currencies.minor_unit(receive ? one.target : one.source));
}

// The amount that the request names, quoted, turned back and quoted again.
void check_round_trip(Tally& tally, const Case& one, bool receive) {
  if (!one.request.contains("amount")) return;
  levy::fees::Question question = question_of(one.request);
  question.rates = one.rates ? &*one.rates : nullptr;
  levy::Checked<levy::fees::Quote> there = levy::fees::quote(one.tariff, question);
  if (!there) return;
  Rational target = value_of(*there, receive, one.source);
  if (!fits(one, target, receive)) return;
  levy::Checked<levy::fees::Quote> back = backward(one, target, receive);
  if (!back && back.faults().front().code == levy::Code::undecidable) return;
  tally.check(static_cast<bool>(back), "a target that is attained has an amount", one.schedule,
              one.request);
  if (!back) return;
  tally.check(value_of(*back, receive, one.source) == target, "reverse then forward is the target",
              one.schedule, one.request);
  tally.check(*back->operation.amount <= *there->operation.amount,
              "the smallest amount is not larger than a known one", one.schedule, one.request);
  Rational less = *back->operation.amount - one.unit;
  if (less.sign() < 0) return;
  levy::Checked<levy::fees::Quote> below = forward(one, less);
  tally.check(!below || value_of(*below, receive, one.source) != target,
              "one minor unit less does not reach it", one.schedule, one.request);
}

// All small amounts, by brute force: for targets that only they can reach, count and neighbours.
void check_brute_force(Tally& tally, const Case& one, bool receive) {
  constexpr int amounts = 120;
  std::map<std::string, std::pair<int, Rational>> reached;  // value -> count, smallest amount
  std::optional<Rational> most;
  for (int i = 0; i < amounts; ++i) {
    Rational amount = one.unit * Rational(i);
    levy::Checked<levy::fees::Quote> quote = forward(one, amount);
    if (!quote) continue;
    Rational value = value_of(*quote, receive, one.source);
    auto [entry, fresh] = reached.try_emplace(value.to_string(), 0, amount);
    ++entry->second.first;
    if (!most || value > *most) most = value;
  }
  for (const auto& [value, found] : reached) {
    levy::Checked<levy::Decimal> target = levy::parse_decimal(value);
    if (!target || !fits(one, *target, receive)) continue;
    levy::Checked<levy::fees::Quote> back = backward(one, *target, receive);
    if (!back && back.faults().front().code == levy::Code::undecidable) continue;
    tally.check(back && *back->operation.amount == found.second,
                "the smallest amount is the first of all", one.schedule, one.request);
    if (!back) continue;
    bool enough = !back->solutions->count || *back->solutions->count >= levy::Decimal(found.first);
    tally.check(enough, "every small amount is counted", one.schedule, one.request);
    bool all_small =
        back->solutions->largest && back->solutions->largest->amount < one.unit * Rational(amounts);
    if (all_small) {
      tally.check(*back->solutions->count == levy::Decimal(found.first), "nothing else is counted",
                  one.schedule, one.request);
    }
  }
}

// Keys in reverse order, all the way down: the same document.
Json reversed(const Json& node) {
  if (node.is_array()) {
    Json list = Json::array();
    for (const Json& item : node) list.push_back(reversed(item));
    return list;
  }
  if (!node.is_object()) return node;
  std::vector<std::pair<std::string, Json>> members;
  for (const auto& [key, value] : node.items()) members.emplace_back(key, reversed(value));
  Json turned = Json::object();
  for (auto member = members.rbegin(); member != members.rend(); ++member)
    turned[member->first] = member->second;
  return turned;
}

bool same_answer(const levy::Checked<levy::fees::Quote>& a,
                 const levy::Checked<levy::fees::Quote>& b) {
  if (!a || !b) return !a && !b && a.faults().front().code == b.faults().front().code;
  return a->fees == b->fees && a->debit == b->debit && a->credit == b->credit;
}

void check_same_under(Tally& tally, const Case& one, const Json& changed, const char* what) {
  levy::Checked<levy::fees::Tariff> other =
      levy::fees::load_tariff({levy::Source("x", changed.dump())});
  tally.check(static_cast<bool>(other), "the changed schedule loads", changed, one.request);
  if (!other) return;
  levy::fees::Question question = question_of(one.request);
  question.rates = one.rates ? &*one.rates : nullptr;
  tally.check(
      same_answer(levy::fees::quote(one.tariff, question), levy::fees::quote(*other, question)),
      what, changed, one.request);
}

Json with_unrelated_fee(const Json& schedule) {
  Json changed = schedule;
  changed["fees"].push_back(
      {{"id", "unrelated-fee"}, {"when", {{"date", "1999-01-01"}}}, {"flat", {"1.00 EUR"}}});
  return changed;
}

}  // namespace

int main() {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    std::optional<Case> one = make_case(seed * 1000);
    if (!one) continue;
    check_round_trip(tally, *one, true);
    check_round_trip(tally, *one, false);
    check_same_under(tally, *one, reversed(one->schedule), "the order of keys is irrelevant");
    check_same_under(tally, *one, with_unrelated_fee(one->schedule),
                     "an unrelated fee changes nothing");
    if (seed % 15 != 0) continue;
    check_brute_force(tally, *one, true);
    check_brute_force(tally, *one, false);
  }
  std::printf("%ld passed, %ld failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
