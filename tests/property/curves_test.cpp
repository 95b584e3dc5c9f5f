// Properties of curves that are held against each other: every range that `difference` gives is
// true of single quotes, a tariff does not differ from itself, and the other way round everything
// is mirrored; who is cheapest where agrees with a scan; `diff` is empty exactly when quotes agree.
#include <cstdio>
#include <map>
#include <optional>
#include <string>

#include "comparison/compare.h"
#include "comparison/diff.h"
#include "oracle/universe.h"
#include "oracle/universe_dice.h"

namespace {

using levy::Rational;
using oracle::Json;

struct Tally {
  long passed = 0, failed = 0;
  std::map<std::string, int> failures;
  void check(bool holds, const char* what, const std::string& shown) {
    if (holds) {
      ++passed;
      return;
    }
    ++failed;
    if (++failures[what] <= 2) std::printf("%s\n%s\n", what, shown.c_str());
  }
};

// Some percentage, price or bound somewhere in the fees, a little different.
void change_one(Json& node, oracle::Dice& dice, int& countdown) {
  if (node.is_object()) {
    for (auto& [key, value] : node.items()) {
      bool figure = (key == "percent" || key == "bps") && value.is_string() &&
                    value.get<std::string>().find('/') == std::string::npos;
      if (figure && countdown-- == 0) {
        value = std::to_string(dice.below(5)) + "." + std::to_string(dice.below(99) + 1);
        if (value.get<std::string>().ends_with("0")) value = "1.25";
        return;
      }
      change_one(value, dice, countdown);
    }
  } else if (node.is_array()) {
    for (Json& item : node) change_one(item, dice, countdown);
  }
}

levy::fees::Question question_of(const Json& request) {
  levy::fees::Question question;
  for (const auto& [key, value] : request.items()) {
    if (key == "used") {
      for (const auto& [id, reading] : value.items())
        question.used.emplace_back(id, reading.get<std::string>());
    } else if (key != "amount") {
      question.request.set(key, value.is_boolean() ? (value.get<bool>() ? "true" : "false")
                                                   : value.get<std::string>());
    }
  }
  return question;
}

struct Pair {
  std::string shown;
  levy::fees::Tariff before, after;
  std::optional<levy::facts::RatesHistory> rates;
  levy::fees::Question question;
};

std::optional<Pair> make_pair(std::uint64_t seed) {
  Json schedule = oracle::random_schedule(seed);
  Json request = oracle::random_request(schedule, seed + 7), changed = schedule;
  oracle::Dice dice(seed + 5);
  int countdown = dice.below(4);
  if (changed.contains("fees")) change_one(changed["fees"], dice, countdown);
  auto before = levy::fees::load_tariff({levy::Source("before", schedule.dump())});
  auto after = levy::fees::load_tariff({levy::Source("after", changed.dump())});
  if (!before || !after) return std::nullopt;
  Pair pair;
  pair.shown = schedule.dump() + "\n" + changed.dump() + "\n" + request.dump();
  pair.before = std::move(*before);
  pair.after = std::move(*after);
  Json rates = oracle::random_rates(seed + 13);
  if (!rates.is_null()) pair.rates = *levy::facts::parse_rates(levy::Source("rates", rates.dump()));
  pair.question = question_of(request);
  return pair;
}

// ---- difference --------------------------------------------------------------------------------

// What one amount says about a gap.
bool agrees(const levy::curves::Gap& gap, const std::optional<Rational>& before,
            const std::optional<Rational>& after) {
  if (!before || !after) {
    return before.has_value() == (gap.first_fault == nullptr) &&
           after.has_value() == (gap.second_fault == nullptr);
  }
  if (!gap.is_compared()) return false;
  Rational change = *after - *before;
  bool sign = change.sign() < 0   ? gap.signs.less
              : change.sign() > 0 ? gap.signs.more
                                  : gap.signs.same;
  bool inside = (!gap.minimum || change >= gap.minimum->value) &&
                (!gap.maximum || change <= gap.maximum->value);
  return inside && (sign || !gap.settled);
}

bool attained(const levy::curves::Gap& gap, const levy::curves::PiecewiseFigure& before,
              const levy::curves::PiecewiseFigure& after) {
  for (const auto* extreme : {&gap.minimum, &gap.maximum}) {
    if (!*extreme || !(*extreme)->at) continue;
    auto one = before.at(*(*extreme)->at), other = after.at(*(*extreme)->at);
    if (!one || !other || *other - *one != (*extreme)->value) return false;
  }
  return true;
}

void check_gaps(Tally& tally, const Pair& pair, const levy::curves::PiecewiseFigure& before,
                const levy::curves::PiecewiseFigure& after, const Rational& unit) {
  std::vector<levy::curves::Gap> gaps = levy::curves::difference(before, after);
  std::optional<Rational> next = Rational(0);
  for (const levy::curves::Gap& gap : gaps) {
    tally.check(next && gap.from == *next, "ranges leave no gap", pair.shown);
    next = gap.until ? std::optional(*gap.until + unit) : std::nullopt;
    if (gap.is_compared())
      tally.check(attained(gap, before, after), "an extreme is attained", pair.shown);
    bool unsettled =
        (gap.first_fault != nullptr && gap.first_fault->code == levy::Code::undecidable) ||
        (gap.second_fault != nullptr && gap.second_fault->code == levy::Code::undecidable);
    if (unsettled) continue;
    Rational last = gap.until ? *gap.until : gap.from + Rational(9973) * unit;
    Rational middle = gap.from + Rational(((last - gap.from) / unit / Rational(2)).floor()) * unit;
    for (const Rational& x : {gap.from, gap.from + unit, middle, last - unit, last}) {
      if (x < gap.from || x > last) continue;
      tally.check(agrees(gap, before.at(x), after.at(x)), "a range is true of its amounts",
                  pair.shown + "\nat " + x.to_string());
    }
  }
  tally.check(!next, "ranges cover all amounts", pair.shown);
}

levy::curves::Signs mirrored(const levy::curves::Signs& signs) {
  return {signs.more, signs.same, signs.less};
}

void check_mirror(Tally& tally, const Pair& pair, const levy::curves::PiecewiseFigure& before,
                  const levy::curves::PiecewiseFigure& after) {
  std::vector<levy::curves::Gap> there = levy::curves::difference(before, after),
                                 back = levy::curves::difference(after, before);
  bool same = there.size() == back.size();
  for (std::size_t i = 0; same && i < there.size(); ++i) {
    same = there[i].from == back[i].from && there[i].until == back[i].until &&
           there[i].signs == mirrored(back[i].signs);
  }
  tally.check(same, "the other way round is mirrored", pair.shown);
  for (const levy::curves::Gap& gap : levy::curves::difference(before, before)) {
    bool undecided = gap.first_fault != nullptr && gap.first_fault->code == levy::Code::undecidable;
    tally.check(gap.is_same() || undecided, "nothing differs from itself", pair.shown);
  }
}

// ---- compare -----------------------------------------------------------------------------------

void check_leads(Tally& tally, const Pair& pair, const levy::fees::Question& question,
                 const Rational& unit) {
  std::vector<levy::comparison::Candidate> candidates = {{&pair.before, question},
                                                         {&pair.after, question}};
  for (levy::comparison::Candidate& one : candidates) one.question.request.amount = "1";
  levy::comparison::Comparison comparison = levy::comparison::compare(candidates);
  if (comparison.currency.empty()) return;
  levy::comparison::compare_curves(comparison, candidates, {0, Rational(400) * unit});
  for (const levy::comparison::Lead& lead : comparison.leads) {
    for (Rational x = lead.from; x <= *lead.until; x += unit) {
      std::optional<Rational> minimum;
      std::vector<std::optional<Rational>> costs;
      for (const levy::comparison::Comparison::Line& line : comparison.series) {
        std::optional<Rational> cost;
        if (!line.series.faults) {
          levy::curves::PiecewiseFigure figure = levy::curves::piecewise_figure(
              line.series, [&](const levy::fees::Evaluation& result) {
                return levy::curves::cost_in(result, comparison.currency,
                                             line.series.resolved.rates);
              });
          cost = figure.at(x);
        }
        if (cost && (!minimum || *cost < *minimum)) minimum = cost;
        costs.push_back(cost);
      }
      bool holds = minimum.has_value() == !lead.leaders.empty();
      bool found = lead.leaders.empty();
      for (std::size_t leader : lead.leaders) {
        bool leads = costs[leader] && *costs[leader] == *minimum;
        found = found || leads;
        if (lead.equal && lead.settled) holds = holds && leads;
      }
      tally.check(holds && found, "who is cheapest agrees with a scan",
                  pair.shown + "\nat " + x.to_string());
    }
  }
}

// ---- diff --------------------------------------------------------------------------------------

void check_diff(Tally& tally, const Pair& pair) {
  const levy::fees::Plan &before = pair.before.versions.front(),
                         &after = pair.after.versions.front();
  tally.check(levy::comparison::diff(before, before, nullptr).is_same(),
              "diff of a tariff with itself is empty", pair.shown);
  bool there = levy::comparison::diff(before, after, nullptr).is_same(),
       back = levy::comparison::diff(after, before, nullptr).is_same();
  tally.check(there == back, "diff is empty both ways or neither", pair.shown);
}

void check_pair(Tally& tally, const Pair& pair, bool also_slow) {
  levy::fees::Question question = pair.question;
  question.rates = pair.rates ? &*pair.rates : nullptr;
  std::vector<levy::curves::Series> one =
      levy::curves::find_series(pair.before, question, {0, std::nullopt});
  std::vector<levy::curves::Series> other =
      levy::curves::find_series(pair.after, question, {0, std::nullopt});
  bool alike = one.size() == 1 && other.size() == 1 && !one[0].faults && !other[0].faults;
  if (!alike) return;
  auto credit = [](const levy::fees::Evaluation& result) -> levy::Checked<levy::fees::Form> {
    return result.credit;
  };
  Rational unit = one[0].currencies().minor_unit(one[0].resolved.operation.currency);
  levy::curves::PiecewiseFigure before = levy::curves::piecewise_figure(one[0], credit),
                                after = levy::curves::piecewise_figure(other[0], credit);
  check_gaps(tally, pair, before, after, unit);
  check_mirror(tally, pair, before, after);
  if (!also_slow) return;
  question.request.currency = std::string(one[0].resolved.operation.currency.code());
  check_leads(tally, pair, question, unit);
  check_diff(tally, pair);
}

}  // namespace

int main(int argc, char** argv) {
  int pairs = argc > 1 ? std::stoi(argv[1]) : 200;
  Tally tally;
  for (int i = 1; i <= pairs; ++i) {
    std::optional<Pair> pair = make_pair(static_cast<std::uint64_t>(i) * 1009);
    if (pair) check_pair(tally, *pair, i % 10 == 0);
  }
  std::printf("%ld passed, %ld failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
