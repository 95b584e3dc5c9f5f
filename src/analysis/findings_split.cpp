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
#include "analysis/one_window.h"
#include "fees/charge_parts.h"

namespace levy {
namespace {

constexpr std::size_t edges_max = 400, metered_edges_max = 60;
constexpr int steps_shown = 4;  // of charges by blocks, per piece

struct Priced {
  std::map<Currency, Rational> exact;  // before rounding
  Rational noise;                      // what roundings of earlier lines may have moved it by
};

struct Split {
  Rational saving, first, second;
};

class Splitter {
 public:
  explicit Splitter(const Course& course)
      : course_(course), scene_(course.scene()), metered_(is_metered(course)) {
    for (const CurvePiece& piece : course.curve) {
      std::optional<Range> range = course.range_of(piece, Rational(course.whole.unit()));
      if (!range || !piece.is_settled() || !*piece.result) continue;
      pieces_.push_back(&piece);
      ranges_.push_back(*range);
      along_.emplace_back(*course.plan, scene_, piece);
    }
  }

  std::optional<Split> best();
  bool looked_at_all() const { return looked_at_all_; }
  // Of the second operation, after the first in one window.
  Checked<Evaluation> evaluate_second(const Rational& first, const Rational& second) const;

 private:
  std::set<Rational> edges();
  void add_steps(std::size_t index, std::set<Rational>& edges) const;
  const Priced* price(const Rational& x);
  // The second's price; nothing where it has none.
  std::optional<Priced> price_second(const Rational& first, const Rational& second);
  bool counts(const LineForm& line) const;
  Rational noise_of(const LineForm& line, const std::vector<LineForm>& lines,
                    const Stretch& stretch) const;
  void consider(const Rational& first, const Rational& second);
  bool is_cheaper(const Split& split) const;

  const Course& course_;
  Scene scene_;
  bool looked_at_all_ = true;
  bool metered_;  // the second operation meets what the first has used up
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

std::set<Rational> Splitter::edges() {
  std::set<Rational> edges;
  Rational one = Rational(course_.whole.unit());
  std::size_t most = metered_ ? metered_edges_max : edges_max;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    looked_at_all_ = edges.size() < most;
    if (!looked_at_all_) break;
    const Range& range = ranges_[i];
    edges.insert(range.from);
    edges.insert(range.from + one);
    if (range.until) edges.insert(*range.until);
    if (range.until) edges.insert(*range.until - one);
    add_steps(i, edges);
  }
  return edges;
}

// What roundings of earlier lines, of which this one is taken, may have moved it by.
Rational Splitter::noise_of(const LineForm& line, const std::vector<LineForm>& lines,
                            const Stretch& stretch) const {
  auto has = [](const std::vector<Share>& shares, std::size_t rounding) {
    return std::any_of(shares.begin(), shares.end(),
                       [&](const Share& share) { return share.rounding == rounding; });
  };
  Rational noise;
  for (const Share& share : line.exact.shares) {
    bool of_line = std::any_of(lines.begin(), lines.end(), [&](const LineForm& other) {
      return has(other.amount.shares, share.rounding) && !has(other.exact.shares, share.rounding);
    });
    if (!of_line) continue;
    noise += absolute(share.factor) * Rational(stretch.roundings()[share.rounding].quantum);
  }
  return noise;
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
    auto exact = [i](const Evaluation& evaluation) { return evaluation.lines[i].exact; };
    priced.exact[lines[i].currency] += along_[index].at(exact, x);
    priced.noise += noise_of(lines[i], lines, pieces_[index]->stretch);
  }
  at->second = std::move(priced);
  return &*at->second;
}

Checked<Evaluation> Splitter::evaluate_second(const Rational& first, const Rational& second) const {
  if (!metered_) return evaluate_at(course_, second);
  std::optional<Readings> readings = readings_after(course_, first);
  if (!readings) return Diagnostic{Code::missing_reading, "the first cannot be counted"};
  Course course = course_;
  course.readings = std::move(*readings);
  return evaluate_at(course, second);
}

std::optional<Priced> Splitter::price_second(const Rational& first, const Rational& second) {
  const Priced* alone = price(second);
  if (alone == nullptr) return std::nullopt;
  if (!metered_) return *alone;
  Checked<Evaluation> value = evaluate_second(first, second);
  if (!value) return std::nullopt;
  Priced priced;
  priced.noise = alone->noise;
  for (const LineForm& line : value->lines)
    if (counts(line)) priced.exact[line.currency] += line.exact.constant();
  return priced;
}

void Splitter::consider(const Rational& first, const Rational& second) {
  if (second.sign() <= 0 || first.sign() <= 0) return;
  const Priced* whole = price(first + second);
  const Priced* one = whole == nullptr ? nullptr : price(first);
  if (one == nullptr) return;
  std::optional<Priced> other = price_second(first, second);
  if (!other) return;
  std::set<Currency> currencies;
  for (const Priced* each : std::initializer_list<const Priced*>{one, &*other, whole}) {
    for (const auto& [currency, value] : each->exact) currencies.insert(currency);
  }
  auto in = [](const Priced& priced, Currency currency) {
    auto found = priced.exact.find(currency);
    return found == priced.exact.end() ? Rational(0) : found->second;
  };
  Rational saving;
  for (Currency currency : currencies) {
    Rational saved = in(*whole, currency) - in(*one, currency) - in(*other, currency);
    if (saved.sign() < 0) return;
    saving += saved;
  }
  if (saving > one->noise + other->noise + whole->noise) found_.push_back({saving, first, second});
}

// As quoted, with every rounding.
bool Splitter::is_cheaper(const Split& split) const {
  auto total = [&](const Checked<Evaluation>& value) -> std::optional<Rational> {
    if (!value) return std::nullopt;
    Rational sum;
    for (const LineForm& line : value->lines) {
      if (counts(line)) sum += line.amount.constant();
    }
    return sum;
  };
  auto one = total(evaluate_at(course_, split.first));
  auto other = total(evaluate_second(split.first, split.second));
  auto whole = total(evaluate_at(course_, split.first + split.second));
  return one && other && whole && *one + *other < *whole;
}

std::optional<Split> Splitter::best() {
  constexpr std::size_t tried_max = 50;
  std::set<Rational> all = edges();
  auto both_ways = [&](const Rational& first, const Rational& second) {
    consider(first, second);
    if (metered_ && first != second) consider(second, first);
  };
  for (const Rational& edge : all) {
    for (const Rational& other : all) {
      if (other >= edge) both_ways(edge, other);
      if (other > edge) both_ways(edge, other - edge);
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

std::string fees_words(const Course& course, const Checked<Evaluation>& value) {
  std::string text;
  if (!value) return text;
  for (const auto& [currency, on_top] : value->on_top) {
    Rational fees = fees_of(*value, currency).constant();
    if (fees.is_zero() && value->on_top.size() > 1) continue;
    text += (text.empty() ? "" : " and ") + say(course, fees, currency);
  }
  return text.empty() ? "nothing" : text;
}

CommandWords second_command(const Course& course, const Split& split) {
  CommandWords words = quote_command(course, split.second);
  if (!is_metered(course)) return words;
  if (std::optional<Readings> readings = readings_after(course, split.first)) {
    for (const auto& [id, reading] : *readings)
      words.insert(words.end(), {"--used", id + "=" + reading.value.to_string()});
  }
  return words;
}

}  // namespace

void find_splits(const Course& course, Report& report) {
  Splitter splitter(course);
  std::optional<Split> split = splitter.best();
  if (!splitter.looked_at_all())
    report.undecided.push_back({where_of(course), "splits beyond the first bands"});
  if (!split) return;
  Rational whole = split->first + split->second;
  RuleChange change = find_change(course, std::max(split->first, split->second), whole);
  std::string first = say(course, split->first), second = say(course, split->second);
  std::string fees = fees_words(course, evaluate_at(course, whole));
  std::string fees_first = fees_words(course, evaluate_at(course, split->first));
  std::string fees_second =
      fees_words(course, splitter.evaluate_second(split->first, split->second));
  Finding finding =
      make_finding(course, Code::split, change.now,
                   say(course, whole) + " at once costs " + fees +
                       ", and in two operations less: " + fees_first + " for " + first + ", then " +
                       fees_second + " for " + second,
                   "let the charge rise by bands that charge only what lies inside them "
                   "(\"graduated\")");
  if (change.before.pointer != change.now.pointer) finding.what.related.push_back(change.before);
  add_figure(finding, "whole", say(course, whole));
  add_figure(finding, "first", first);
  add_figure(finding, "second", second);
  add_figure(finding, "fees_whole", fees);
  add_figure(finding, "fees_first", fees_first);
  add_figure(finding, "fees_second", fees_second);
  finding.reproduce = {quote_command(course, whole), quote_command(course, split->first)};
  CommandWords command = second_command(course, *split);
  if (finding.reproduce.back() != command) finding.reproduce.push_back(std::move(command));
  finding.weight = split->saving;
  report.findings.push_back(std::move(finding));
}

}  // namespace levy
