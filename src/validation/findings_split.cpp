// Two operations in one window: what the meters of fees read for the second, after the first.
#include <algorithm>
#include <optional>
#include <set>

#include "curves/cell_curve.h"
#include "facts/counting.h"
#include "facts/meters.h"
#include "schedule/charge_parts.h"
#include "validation/findings.h"
#include "validation/split_candidates.h"

namespace levy::validation {

// Does a line along the cell curve depend on a meter that counts from one operation to the next?
bool is_metered(const curves::CellCurve& cell_curve);

// The operation that the cell curve asks about at x.
facts::Operation operation_at(const curves::CellCurve& cell_curve, const Rational& x);

// The readings after an operation at x, the first of its window; nothing where it cannot be quoted,
// or a meter counts in another currency.
std::optional<facts::Readings> readings_after(const curves::CellCurve& cell_curve,
                                              const Rational& x);

namespace {

const schedule::Charge& charge_of(const fees::Plan& plan, const fees::LineForm& line) {
  return plan.fees[line.fee].cases[line.case_index].as_written->charge;
}

bool counts_on(const fees::Plan& plan, const fees::LineForm& line) {
  const schedule::Meter* meter = schedule::find_meter(charge_of(plan, line));
  return meter != nullptr && meter->window.kind != Window::Kind::transaction;
}

Rational units_of(const schedule::Charge& charge, const facts::Operation& operation) {
  Rational product = 1;
  for (const std::string& name : charge.units)
    product = product * (name == "amount" ? *operation.amount : operation.quantities.at(name));
  return product;
}

// What the first operation adds to a meter of a fee.
Rational added(const facts::Counter& counter, const fees::Plan& plan,
               const facts::Operation& operation, const fees::Evaluation& value) {
  Rational amount = operation.amount.value_or(Rational(0));
  switch (counter.use.meter->measure) {
    case schedule::Meter::Measure::amount:
      return amount;
    case schedule::Meter::Measure::debit:
      return value.debit.at(operation.currency).constant();
    case schedule::Meter::Measure::count:
      return 1;
    case schedule::Meter::Measure::quantity:
      return operation.quantities.at(counter.use.meter->quantity);
    case schedule::Meter::Measure::units:
      return units_of(*counter.charge, operation);
    case schedule::Meter::Measure::fee:
      break;
    case schedule::Meter::Measure::balance:
      return 0;
  }
  for (const fees::LineForm& line : value.lines)
    if (plan.fees[line.fee].as_written == counter.fee) return line.amount.constant();
  return 0;
}

}  // namespace

bool is_metered(const curves::CellCurve& cell_curve) {
  return std::any_of(
      cell_curve.curve.begin(), cell_curve.curve.end(), [&](const fees::CurvePiece& piece) {
        if (!piece.is_settled() || !*piece.result) return false;
        const auto& lines = (*piece.result)->lines;
        return std::any_of(lines.begin(), lines.end(), [&](const fees::LineForm& line) {
          return counts_on(*cell_curve.plan, line);
        });
      });
}

facts::Operation operation_at(const curves::CellCurve& cell_curve, const Rational& x) {
  facts::Operation operation = cell_curve.operation;
  if (cell_curve.of_amount()) {
    operation.amount = x;
  } else {
    operation.quantities[cell_curve.variable] = x;
  }
  return operation;
}

std::optional<facts::Readings> readings_after(const curves::CellCurve& cell_curve,
                                              const Rational& x) {
  const fees::Plan& plan = *cell_curve.plan;
  Checked<fees::Evaluation> value = curves::evaluate_at(cell_curve, x);
  if (!value) return std::nullopt;
  facts::Operation operation = operation_at(cell_curve, x);
  facts::Readings readings;
  for (const facts::Counter& counter : facts::counters_of(plan.schedule)) {
    if (counter.fee == nullptr || !facts::counts_operation(counter, operation.name)) continue;
    Checked<bool> counted = facts::counts(counter, plan.schedule, operation);
    if (!counted || !*counted) continue;
    Currency currency = counter.use.currency;
    if (!currency.empty() && currency != operation.currency) return std::nullopt;
    readings[counter.use.id] =
        facts::Reading{added(counter, plan, operation, *value), currency, false};
  }
  return readings;
}

// Splits: two operations in place of one that cost less.
//
// Between its edges what is charged before rounding is a line, so what a split saves is a line in
// both parts, and the greatest saving lies where two of the two parts and their sum are on edges:
// bands' and bounds' ends, and the first steps of charges by blocks, which repeat. A saving no
// larger than what roundings of lines may add is no split: it is everywhere, and worth nothing.

namespace {

constexpr std::size_t edges_max = 400, metered_edges_max = 60;
constexpr int steps_shown = 4;  // of charges by blocks, per piece

// Before rounding.
struct Priced {
  Rational all;    // currencies added up
  Rational noise;  // what roundings of earlier lines may have moved it by
  // By the Splitter's currencies; what lies beyond the end is 0. Empty where there is but one.
  std::vector<Rational> exact;
};

// What is charged along a piece.
struct Total {
  std::vector<fees::Form> exact;  // by the Splitter's currencies
  fees::Form all;                 // they added up
  Rational noise;
};

// Nothing: it cannot be quoted, or is not allowed.
struct Part {
  const Rational& x;
  const std::optional<Priced>& price;
};

struct Split {
  Rational saving, first, second;
};

class Splitter {
 public:
  explicit Splitter(const curves::CellCurve& cell_curve)
      : cell_curve_(cell_curve), context_(cell_curve.context()), metered_(is_metered(cell_curve)) {
    std::vector<ChargedInterval> charged_ranges;
    for (const fees::CurvePiece& piece : cell_curve.curve) {
      std::optional<fees::AmountInterval> range =
          cell_curve.range_of(piece, Rational(cell_curve.whole.unit()));
      if (!range || !piece.is_settled() || !*piece.result) continue;
      pieces_.push_back(&piece);
      ranges_.push_back(*range);
      queries_.emplace_back(*cell_curve.plan, context_, piece);
      totals_.push_back(total_of(piece));
      charged_ranges.push_back(
          {*range, totals_.back().all, metered_ || piece.amounts.is_product()});
    }
    candidates_ = find_split_candidates(charged_ranges, Rational(cell_curve.whole.unit()));
  }

  std::optional<Split> best();
  bool looked_at_all() const { return looked_at_all_; }
  // Of the second operation, after the first in one window.
  Checked<fees::Evaluation> evaluate_second(const Rational& first, const Rational& second) const;

 private:
  std::vector<Rational> edges();
  void add_steps(std::size_t index, std::set<Rational>& edges) const;
  Total total_of(const fees::CurvePiece& piece);
  std::vector<bool> candidate_sums(const std::vector<Rational>& edges, std::size_t first) const;
  bool is_candidate(const Rational& whole) const;
  std::size_t index_of(Currency currency);
  // `near` is a range that begins at or below x, best the one that holds it.
  std::optional<Priced> price(const Rational& x, std::size_t& near);
  Priced price_of(const fees::Evaluation& point, const Rational& noise);
  // The second's price, after the first; nothing where it has none.
  std::optional<Priced> price_second(const Part& first, const Part& second);
  bool counts(const fees::LineForm& line) const;
  Rational noise_of(const fees::LineForm& line, const std::vector<fees::LineForm>& lines,
                    const fees::AmountRange& amounts) const;
  void consider(const Part& first, const Part& second, const std::optional<Priced>& whole);
  bool is_cheaper(const Split& split) const;

  const curves::CellCurve& cell_curve_;
  fees::EvaluationContext context_;
  bool looked_at_all_ = true;
  bool metered_;  // the second operation meets what the first has used up
  std::vector<const fees::CurvePiece*> pieces_;
  std::vector<fees::AmountInterval> ranges_;
  std::vector<curves::PieceQuery> queries_;
  std::vector<Total> totals_;
  std::vector<Currency> currencies_;
  std::vector<fees::AmountInterval>
      candidates_;  // the only amounts that may cost more than two parts of them
  std::vector<Split> found_;
};

// Of a quantity only what is charged of it is split with it.
bool Splitter::counts(const fees::LineForm& line) const {
  if (line.collect == schedule::Collect::none) return false;
  if (cell_curve_.of_amount()) return true;
  const fees::FeePlan& fee = cell_curve_.plan->fees[line.fee];
  auto names = schedule::base_quantities_of(fee.cases[line.case_index].as_written->charge);
  return std::find(names.begin(), names.end(), cell_curve_.variable) != names.end();
}

void Splitter::add_steps(std::size_t index, std::set<Rational>& edges) const {
  const fees::CurvePiece& piece = *pieces_[index];
  const auto& roundings = piece.amounts.roundings();
  Rational one = Rational(piece.amounts.unit());
  for (const fees::LineForm& line : (*piece.result)->lines) {
    for (const fees::Share& share : line.exact.shares()) {
      const fees::RoundingPoint& point = roundings[share.rounding];
      const fees::Form& argument = point.argument;
      if (!argument.is_exact() || argument.slope().sign() <= 0) continue;
      Rational quantum = Rational(point.quantum);
      Rational value = argument.base + argument.low() + argument.slope() * ranges_[index].from;
      Rational level = Rational((value / quantum).floor()) * quantum;
      for (int i = 0; i < steps_shown; ++i, level += quantum) {
        Rational x = (level - argument.base - argument.low()) / argument.slope();
        Rational on = piece.amounts.grid_floor(x);
        for (const Rational& edge : {on - one, on, on + one}) edges.insert(edge);
      }
    }
  }
}

std::vector<Rational> Splitter::edges() {
  std::set<Rational> edges;
  Rational one = Rational(cell_curve_.whole.unit());
  std::size_t most = metered_ ? metered_edges_max : edges_max;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    looked_at_all_ = edges.size() < most;
    if (!looked_at_all_) break;
    const fees::AmountInterval& range = ranges_[i];
    edges.insert(range.from);
    edges.insert(range.from + one);
    if (range.until) edges.insert(*range.until);
    if (range.until) edges.insert(*range.until - one);
    add_steps(i, edges);
  }
  return {edges.begin(), edges.end()};
}

// What roundings of earlier lines, of which this one is taken, may have moved it by.
Rational Splitter::noise_of(const fees::LineForm& line, const std::vector<fees::LineForm>& lines,
                            const fees::AmountRange& amounts) const {
  auto has = [](const std::vector<fees::Share>& shares, std::size_t rounding) {
    return std::any_of(shares.begin(), shares.end(),
                       [&](const fees::Share& share) { return share.rounding == rounding; });
  };
  Rational noise;
  for (const fees::Share& share : line.exact.shares()) {
    bool of_line = std::any_of(lines.begin(), lines.end(), [&](const fees::LineForm& other) {
      return has(other.amount.shares(), share.rounding) &&
             !has(other.exact.shares(), share.rounding);
    });
    if (!of_line) continue;
    noise += absolute(share.factor) * Rational(amounts.roundings()[share.rounding].quantum);
  }
  return noise;
}

std::size_t Splitter::index_of(Currency currency) {
  auto found = std::find(currencies_.begin(), currencies_.end(), currency);
  auto index = static_cast<std::size_t>(found - currencies_.begin());
  if (found == currencies_.end()) currencies_.push_back(currency);
  return index;
}

Total Splitter::total_of(const fees::CurvePiece& piece) {
  Total total;
  const auto& lines = (*piece.result)->lines;
  for (const fees::LineForm& line : lines) {
    if (!counts(line)) continue;
    std::size_t index = index_of(line.currency);
    if (total.exact.size() <= index) total.exact.resize(index + 1);
    total.exact[index] = total.exact[index] + line.exact;
    if (!line.exact.shares().empty()) total.noise += noise_of(line, lines, piece.amounts);
  }
  for (const fees::Form& form : total.exact) total.all = total.all + form;
  return total;
}

bool Splitter::is_candidate(const Rational& whole) const {
  return std::any_of(candidates_.begin(), candidates_.end(),
                     [&](const fees::AmountInterval& range) {
                       return whole >= range.from && (!range.until || whole <= *range.until);
                     });
}

// Which edges make a candidate for splitting together with the edge `first`; they ascend.
std::vector<bool> Splitter::candidate_sums(const std::vector<Rational>& edges,
                                           std::size_t first) const {
  std::vector<bool> candidates(edges.size());
  auto index = [&](auto found) { return static_cast<std::size_t>(found - edges.begin()); };
  Rational greatest = edges[first] + edges.back();
  for (const fees::AmountInterval& range : candidates_) {
    if (range.from > greatest) break;
    if (range.until && *range.until < edges[first]) continue;
    Rational least = range.from - edges[first];
    std::size_t i = index(std::lower_bound(edges.begin(), edges.end(), least));
    std::size_t end = edges.size();
    if (range.until)
      end = index(std::upper_bound(edges.begin(), edges.end(), *range.until - edges[first]));
    for (; i < end; ++i) candidates[i] = true;
  }
  return candidates;
}

// Nothing: it cannot be quoted, or is not allowed.
std::optional<Priced> Splitter::price(const Rational& x, std::size_t& near) {
  while (near + 1 < ranges_.size() && ranges_[near + 1].from <= x) ++near;
  std::size_t index = near;
  const fees::AmountInterval& range = ranges_[index];
  if (x < range.from || (range.until && x > *range.until)) return std::nullopt;
  const Total& total = totals_[index];
  if (pieces_[index]->amounts.is_product()) {
    Checked<fees::Evaluation> value = curves::evaluate_at(cell_curve_, x);
    ensure(static_cast<bool>(value), "a piece with a value has one at every amount");
    return price_of(*value, total.noise);
  }
  Priced priced{queries_[index].value_of(total.all, x), total.noise, {}};
  if (!metered_ && currencies_.size() <= 1) return priced;
  for (const fees::Form& form : total.exact)
    priced.exact.push_back(queries_[index].value_of(form, x));
  return priced;
}

Priced Splitter::price_of(const fees::Evaluation& point, const Rational& noise) {
  Priced priced{{}, noise, {}};
  for (const fees::LineForm& line : point.lines) {
    if (!counts(line)) continue;
    std::size_t index = index_of(line.currency);
    if (priced.exact.size() <= index) priced.exact.resize(index + 1);
    priced.exact[index] += line.exact.constant();
    priced.all += line.exact.constant();
  }
  return priced;
}

Checked<fees::Evaluation> Splitter::evaluate_second(const Rational& first,
                                                    const Rational& second) const {
  if (!metered_) return curves::evaluate_at(cell_curve_, second);
  std::optional<facts::Readings> readings = readings_after(cell_curve_, first);
  if (!readings) return Diagnostic{Code::missing_reading, "the first cannot be counted"};
  curves::CellCurve cell_curve = cell_curve_;
  cell_curve.readings = std::move(*readings);
  return curves::evaluate_at(cell_curve, second);
}

std::optional<Priced> Splitter::price_second(const Part& first, const Part& second) {
  Checked<fees::Evaluation> value = evaluate_second(first.x, second.x);
  if (!value) return std::nullopt;
  return price_of(*value, second.price->noise);
}

// Most pairs save nothing, whatever the roundings and the currencies.
void Splitter::consider(const Part& first, const Part& second, const std::optional<Priced>& whole) {
  if (second.x.sign() <= 0 || first.x.sign() <= 0 || !whole || !first.price || !second.price)
    return;
  std::optional<Priced> later;
  if (metered_) later = price_second(first, second);
  if (metered_ && !later) return;
  const Priced& other = metered_ ? *later : *second.price;
  Rational both = first.price->all + other.all;
  if (whole->all <= both) return;
  Rational saving = whole->all - both;
  if (saving <= first.price->noise + other.noise + whole->noise) return;
  auto in = [](const Priced& priced, std::size_t currency) {
    return currency < priced.exact.size() ? priced.exact[currency] : Rational(0);
  };
  bool many = currencies_.size() > 1;
  for (std::size_t i = 0; many && i < currencies_.size(); ++i) {
    if (in(*whole, i) < in(*first.price, i) + in(other, i)) return;
  }
  found_.push_back({saving, first.x, second.x});
}

// As quoted, with every rounding.
bool Splitter::is_cheaper(const Split& split) const {
  auto total = [&](const Checked<fees::Evaluation>& value) -> std::optional<Rational> {
    if (!value) return std::nullopt;
    Rational sum;
    for (const fees::LineForm& line : value->lines) {
      if (counts(line)) sum += line.amount.constant();
    }
    return sum;
  };
  auto one = total(curves::evaluate_at(cell_curve_, split.first));
  auto other = total(evaluate_second(split.first, split.second));
  auto whole = total(curves::evaluate_at(cell_curve_, split.first + split.second));
  return one && other && whole && *one + *other < *whole;
}

std::optional<Split> Splitter::best() {
  constexpr std::size_t tried_max = 50;
  if (candidates_.empty()) return std::nullopt;
  std::vector<Rational> all = edges();
  std::vector<bool> candidates;
  std::vector<std::optional<Priced>> prices;
  std::size_t near = 0;
  for (const Rational& edge : all) {
    candidates.push_back(is_candidate(edge));
    prices.push_back(price(edge, near));
  }
  auto both_ways = [&](const Part& first, const Part& second, const std::optional<Priced>& whole) {
    consider(first, second, whole);
    if (metered_ && first.x != second.x) consider(second, first, whole);
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<bool> sums = candidate_sums(all, i);
    Part edge{all[i], prices[i]};
    std::size_t near_sum = 0, near_rest = 0;
    for (std::size_t j = i; j < all.size(); ++j) {
      if (sums[j]) both_ways(edge, {all[j], prices[j]}, price(all[i] + all[j], near_sum));
      if (!candidates[j] || j == i) continue;
      Rational rest = all[j] - all[i];
      both_ways(edge, {rest, price(rest, near_rest)}, prices[j]);
    }
  }
  // Of equal savings the most even split: it is what people try.
  std::stable_sort(found_.begin(), found_.end(), [](const Split& a, const Split& b) {
    if (a.saving != b.saving) return a.saving > b.saving;
    return absolute(a.second - a.first) < absolute(b.second - b.first);
  });
  for (std::size_t i = 0; i < std::min(found_.size(), tried_max); ++i) {
    if (is_cheaper(found_[i])) return found_[i];
  }
  return std::nullopt;
}

std::string fees_words(const curves::CellCurve& cell_curve,
                       const Checked<fees::Evaluation>& value) {
  std::string text;
  if (!value) return text;
  for (const auto& [currency, on_top] : value->on_top) {
    Rational fees = curves::fees_of(*value, currency).constant();
    if (fees.is_zero() && value->on_top.size() > 1) continue;
    text += (text.empty() ? "" : " and ") + curves::say(cell_curve, fees, currency);
  }
  return text.empty() ? "nothing" : text;
}

struct Three {
  Checked<fees::Evaluation> whole, first, second;
};

// The fee of which the two parts save most.
std::size_t saving_fee(const curves::CellCurve& cell_curve, const Three& three) {
  std::size_t saver = three.whole && !three.whole->lines.empty() ? three.whole->lines[0].fee : 0;
  Rational most = 0;
  for (std::size_t fee = 0; fee < cell_curve.plan->fees.size(); ++fee) {
    auto whole = line_at(three.whole, fee), first = line_at(three.first, fee);
    auto second = line_at(three.second, fee);
    if (!whole || !first || !second || *whole - *first - *second <= most) continue;
    most = *whole - *first - *second;
    saver = fee;
  }
  return saver;
}

std::string remedy_for(const curves::CellCurve& cell_curve, const Three& three, std::size_t fee) {
  const auto& lines = three.whole->lines;
  auto line = std::find_if(lines.begin(), lines.end(),
                           [fee](const fees::LineForm& one) { return one.fee == fee; });
  const schedule::Charge* charge = nullptr;
  if (line != lines.end())
    charge = &cell_curve.plan->fees[fee].cases[line->case_index].as_written->charge;
  if (charge != nullptr && !charge->graduated().empty())
    return "let the bands go on from what the account has done before (\"by\"), so that parts "
           "cost what the whole does, or let them not rise";
  if (line != lines.end() && line->amount.constant().sign() < 0)
    return "what is given back as a fixed amount is given back for each part: bound it with a "
           "\"min\", or give back a percentage";
  return "let the charge rise by bands that charge only what lies inside them (\"graduated\")";
}

CommandWords second_command(const curves::CellCurve& cell_curve, const Split& split) {
  CommandWords words = curves::quote_command(cell_curve, split.second);
  if (!is_metered(cell_curve)) return words;
  if (std::optional<facts::Readings> readings = readings_after(cell_curve, split.first)) {
    for (const auto& [id, reading] : *readings)
      words.insert(words.end(), {"--used", id + "=" + reading.value.to_string()});
  }
  return words;
}

}  // namespace

void find_splits(const curves::CellCurve& cell_curve, Report& report) {
  Splitter splitter(cell_curve);
  std::optional<Split> split = splitter.best();
  if (!splitter.looked_at_all())
    report.undecided.push_back({curves::where_of(cell_curve), "splits beyond the first bands"});
  if (!split) return;
  Rational whole = split->first + split->second;
  Three three{curves::evaluate_at(cell_curve, whole), curves::evaluate_at(cell_curve, split->first),
              splitter.evaluate_second(split->first, split->second)};
  std::size_t fee = saving_fee(cell_curve, three);
  RuleChange change = find_change(cell_curve, std::max(split->first, split->second), whole, fee);
  std::string first = curves::say(cell_curve, split->first),
              second = curves::say(cell_curve, split->second);
  std::string fees = fees_words(cell_curve, three.whole);
  std::string fees_first = fees_words(cell_curve, three.first);
  std::string fees_second = fees_words(cell_curve, three.second);
  Finding finding = make_finding(cell_curve, Code::split, change.now,
                                 curves::say(cell_curve, whole) + " at once costs " + fees +
                                     ", and in two operations less: " + fees_first + " for " +
                                     first + ", then " + fees_second + " for " + second,
                                 remedy_for(cell_curve, three, fee));
  if (change.before != change.now) finding.what.related.push_back(change.before);
  add_figure(finding, "whole", curves::say(cell_curve, whole));
  add_figure(finding, "first", first);
  add_figure(finding, "second", second);
  add_figure(finding, "fees_whole", fees);
  add_figure(finding, "fees_first", fees_first);
  add_figure(finding, "fees_second", fees_second);
  finding.reproduce = {curves::quote_command(cell_curve, whole),
                       curves::quote_command(cell_curve, split->first)};
  CommandWords command = second_command(cell_curve, *split);
  if (finding.reproduce.back() != command) finding.reproduce.push_back(std::move(command));
  finding.weight = split->saving;
  report.findings.push_back(std::move(finding));
}

}  // namespace levy::validation
