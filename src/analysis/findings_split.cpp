// Splits: two operations in place of one that cost less.
//
// Between its edges what is charged before rounding is a line, so what a split saves is a line in
// both parts, and the greatest saving lies where two of the two parts and their sum are on edges:
// bands' and bounds' ends, and the first steps of charges by blocks, which repeat. A saving no
// larger than what roundings of lines may add is no split: it is everywhere, and worth nothing.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "analysis/findings.h"
#include "fees/charge_parts.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

constexpr std::size_t edges_max = 400;
constexpr int steps_shown = 4;  // of charges by blocks, per piece

struct Priced {
  std::map<Currency, Rational> exact;  // before rounding
  std::map<std::size_t, Rational> by_fee;
  Rational noise;  // what roundings of earlier lines may have moved it by
};

struct Split {
  Rational saving, first, second;
};

class Splitter {
 public:
  explicit Splitter(const Course& course) : course_(course), scene_(course.scene()) {
    for (const CurvePiece& piece : course.curve) {
      std::optional<Range> range = course.range_of(piece, Rational(course.whole.unit()));
      if (!range || !piece.is_settled() || !*piece.result) continue;
      pieces_.push_back(&piece);
      ranges_.push_back(*range);
      along_.emplace_back(*course.plan, scene_, piece);
    }
  }

  std::optional<Split> best();

 private:
  std::set<Rational> edges() const;
  void add_steps(std::size_t index, std::set<Rational>& edges) const;
  const Priced* price(const Rational& x);
  bool counts(const LineForm& line) const;
  void consider(const Rational& first, const Rational& second);
  bool is_cheaper(const Split& split) const;

  const Course& course_;
  Scene scene_;
  std::vector<const CurvePiece*> pieces_;
  std::vector<Range> ranges_;
  std::vector<Along> along_;
  std::map<Rational, std::optional<Priced>> priced_;
  std::vector<Split> found_;
};

// Of a quantity only what is charged of it is split with it.
bool Splitter::counts(const LineForm& line) const {
  if (line.collect == Collect::none) return false;
  if (course_.of_amount()) return true;
  const FeePlan& fee = course_.plan->fees[line.fee];
  auto names = quantities_of(fee.cases[line.case_index].as_written->charge);
  return std::find(names.begin(), names.end(), course_.variable) != names.end();
}

void Splitter::add_steps(std::size_t index, std::set<Rational>& edges) const {
  const CurvePiece& piece = *pieces_[index];
  const auto& roundings = piece.stretch.roundings();
  Rational one = Rational(piece.stretch.unit());
  for (const LineForm& line : (*piece.result)->lines) {
    for (const Share& share : line.exact.shares) {
      const RoundingPoint& point = roundings[share.rounding];
      const Form& argument = point.argument;
      if (!argument.is_exact() || argument.slope.sign() <= 0) continue;
      Rational quantum = Rational(point.quantum);
      Rational value = argument.base + argument.low + argument.slope * ranges_[index].from;
      Rational level = Rational((value / quantum).floor()) * quantum;
      for (int i = 0; i < steps_shown; ++i, level += quantum) {
        Rational x = (level - argument.base - argument.low) / argument.slope;
        Rational on = piece.stretch.grid_floor(x);
        for (const Rational& edge : {on - one, on, on + one}) edges.insert(edge);
      }
    }
  }
}

std::set<Rational> Splitter::edges() const {
  std::set<Rational> edges;
  Rational one = Rational(course_.whole.unit());
  for (std::size_t i = 0; i < pieces_.size() && edges.size() < edges_max; ++i) {
    const Range& range = ranges_[i];
    edges.insert(range.from);
    edges.insert(range.from + one);
    if (range.until) edges.insert(*range.until);
    if (range.until) edges.insert(*range.until - one);
    add_steps(i, edges);
  }
  return edges;
}

// Null: it cannot be quoted, or is not allowed.
const Priced* Splitter::price(const Rational& x) {
  auto [at, is_new] = priced_.emplace(x, std::nullopt);
  if (!is_new) return at->second ? &*at->second : nullptr;
  auto after = std::upper_bound(
      ranges_.begin(), ranges_.end(), x,
      [](const Rational& value, const Range& range) { return value < range.from; });
  if (after == ranges_.begin()) return nullptr;
  auto index = static_cast<std::size_t>(after - ranges_.begin() - 1);
  if (ranges_[index].until && x > *ranges_[index].until) return nullptr;
  Priced priced;
  const auto& lines = (*pieces_[index]->result)->lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!counts(lines[i])) continue;
    Rational value = along_[index].at(
        [i](const Evaluation& evaluation) { return evaluation.lines[i].exact; }, x);
    priced.exact[lines[i].currency] += value;
    priced.by_fee[lines[i].fee] += value;
    for (const Share& share : lines[i].exact.shares) {
      bool of_line = std::any_of(lines.begin(), lines.end(), [&](const LineForm& line) {
        auto has = [&](const std::vector<Share>& shares) {
          return std::any_of(shares.begin(), shares.end(),
                             [&](const Share& one) { return one.rounding == share.rounding; });
        };
        return has(line.amount.shares) && !has(line.exact.shares);
      });
      const auto& point = pieces_[index]->stretch.roundings()[share.rounding];
      if (of_line) priced.noise += absolute(share.factor) * Rational(point.quantum);
    }
  }
  at->second = std::move(priced);
  return &*at->second;
}

void Splitter::consider(const Rational& first, const Rational& second) {
  if (second < first || first.sign() <= 0) return;
  const Priced *one = price(first), *other = price(second), *whole = price(first + second);
  if (one == nullptr || other == nullptr || whole == nullptr) return;
  Rational least = 0;
  for (const Priced* each : {one, other, whole}) least += each->noise;
  Rational saving;
  std::set<Currency> currencies;
  for (const Priced* each : {one, other, whole}) {
    for (const auto& [currency, value] : each->exact) currencies.insert(currency);
  }
  auto in = [](const Priced* priced, Currency currency) {
    auto found = priced->exact.find(currency);
    return found == priced->exact.end() ? Rational(0) : found->second;
  };
  for (Currency currency : currencies) {
    Rational saved = in(whole, currency) - in(one, currency) - in(other, currency);
    if (saved.sign() < 0) return;
    saving += saved;
  }
  if (saving > least) found_.push_back({saving, first, second});
}

// As quoted, with every rounding.
bool Splitter::is_cheaper(const Split& split) const {
  auto total = [&](const Rational& x) -> std::optional<Rational> {
    Checked<Evaluation> value = evaluate_at(course_, x);
    if (!value) return std::nullopt;
    Rational sum;
    for (const LineForm& line : value->lines) {
      if (counts(line)) sum += line.amount.constant();
    }
    return sum;
  };
  auto one = total(split.first), other = total(split.second);
  auto whole = total(split.first + split.second);
  return one && other && whole && *one + *other < *whole;
}

std::optional<Split> Splitter::best() {
  constexpr std::size_t tried_max = 50;
  std::set<Rational> all = edges();
  for (const Rational& edge : all) {
    for (const Rational& other : all) {
      if (other >= edge) consider(edge, other);
      if (other > edge && other - edge >= edge) consider(edge, other - edge);
      if (other > edge && other - edge < edge) consider(other - edge, edge);
    }
  }
  // Of equal savings the most even split: it is what people try.
  std::stable_sort(found_.begin(), found_.end(), [](const Split& a, const Split& b) {
    if (a.saving != b.saving) return a.saving > b.saving;
    return a.second - a.first < b.second - b.first;
  });
  for (std::size_t i = 0; i < std::min(found_.size(), tried_max); ++i) {
    if (is_cheaper(found_[i])) return found_[i];
  }
  return std::nullopt;
}

// With a meter the second operation meets what the first has used up: what is charged by window
// (free, by, cap) is the same for both ways, or used up once.
bool counts_over_time(const Course& course) {
  for (const FeePlan& fee : course.plan->fees) {
    if (fee.meter.meter == nullptr || fee.meter.meter->window.kind == Window::Kind::transaction)
      continue;
    if (concerns(fee.as_written->operations, course.operation.name)) return true;
  }
  return false;
}

std::string fees_at(const Course& course, const Rational& x) {
  Checked<Evaluation> value = evaluate_at(course, x);
  Currency source = course.operation.currency;
  std::string text;
  if (!value) return text;
  for (const auto& [currency, on_top] : value->on_top) {
    Rational fees = fees_of(*value, currency).constant();
    if (fees.is_zero() && currency != source) continue;
    if (fees.is_zero() && value->on_top.size() > 1) continue;
    text += (text.empty() ? "" : " and ") + say(course, fees, currency);
  }
  return text;
}

}  // namespace

void find_splits(const Course& course, Report& report) {
  if (counts_over_time(course)) {
    report.undecided.push_back(where_of(course) +
                               ": splits were not looked for, a meter counts over time");
    return;
  }
  std::optional<Split> split = Splitter(course).best();
  if (!split) return;
  Rational whole = split->first + split->second;
  RuleChange change = find_change(course, split->second, whole);
  std::string first = say(course, split->first), second = say(course, split->second);
  Finding finding = make_finding(
      course, Code::split, change.now,
      say(course, whole) + " at once costs " + fees_at(course, whole) + "; " + first + " costs " +
          fees_at(course, split->first) + " and " + second + " costs " +
          fees_at(course, split->second) + ": two are cheaper than one",
      "let the charge rise by bands that charge only what lies inside them (\"graduated\")");
  if (change.before.pointer != change.now.pointer) finding.what.related.push_back(change.before);
  add_figure(finding, "whole", say(course, whole));
  add_figure(finding, "parts", first + " + " + second);
  add_figure(finding, "fees_whole", fees_at(course, whole));
  add_figure(finding, "fees_parts",
             fees_at(course, split->first) + " + " + fees_at(course, split->second));
  for (const Rational& x : {whole, split->first, split->second}) {
    CommandWords command = quote_command(course, x);
    if (finding.reproduce.empty() || finding.reproduce.back() != command)
      finding.reproduce.push_back(std::move(command));
  }
  finding.weight = split->saving;
  report.findings.push_back(std::move(finding));
}

}  // namespace levy
