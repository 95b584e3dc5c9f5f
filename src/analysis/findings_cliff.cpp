// Cliffs: sending more delivers less, or costs less in total; using more costs less.
#include <set>
#include <utility>

#include "analysis/findings.h"

namespace levy {
namespace {

// What must not fall as the variable rises.
struct Measure {
  FormOf figure;
  Currency currency;
  bool arrives = false;  // the credit; else the debit
};

std::vector<Measure> measures_of(const Course& course) {
  Currency source = course.operation.currency;
  std::set<Currency> currencies = {source};
  for (const CurvePiece& piece : course.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const auto& [currency, debit] : (*piece.result)->debit) currencies.insert(currency);
  }
  std::vector<Measure> measures;
  for (Currency currency : currencies) {
    auto debit = [currency, source, by_amount = course.of_amount()](const Evaluation& value) {
      auto found = value.debit.find(currency);
      Form form = found == value.debit.end() ? Form() : found->second;
      // Of a quantity all that is paid counts: what is deducted is missing from what arrives.
      return by_amount || currency != source ? form : form - value.net;
    };
    measures.push_back({debit, currency, false});
  }
  if (course.of_amount())
    measures.push_back({[](const Evaluation& value) { return value.credit; }, source, true});
  return measures;
}

struct Pair {
  Rational from, to;  // to is greater, and its figure smaller
  Rational before, after;
  bool inside = false;  // of one piece: roundings, or a price that falls throughout
};

// From which amount on it is again as much as before the cliff; nothing: never, or not decided.
std::optional<Rational> recovery(const Course& course, const Measure& measure, const Pair& pair) {
  Rational level = pair.before - Rational(Decimal::ten_to(-30));
  auto above = [&](const Evaluation& value) { return measure.figure(value) - Form(level); };
  for (const CurvePiece& piece : course.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    if (piece.stretch.until() && *piece.stretch.until() <= pair.to) continue;
    Scene scene = course.scene();
    Along along(*course.plan, scene, piece);
    Range range{std::max(piece.stretch.from(), pair.to), piece.stretch.until()};
    Sought found = along.first_positive(above, range);
    if (!found.decided) return std::nullopt;
    if (found.x) return found.x;
  }
  return std::nullopt;
}

std::string cliff_message(const Course& course, const Measure& measure, const Pair& pair) {
  std::string more = say(course, pair.to), less = say(course, pair.from);
  std::string before = say(course, pair.before, measure.currency);
  std::string after = say(course, pair.after, measure.currency);
  if (measure.arrives)
    return more + " delivers " + after + ", less than " + less + ", which delivers " + before;
  return more + " costs " + after + " in total, less than " + less + ", which costs " + before;
}

void add_cliff(const Course& course, const Measure& measure, const Pair& pair, Report& report) {
  RuleChange change = find_change(course, pair.from, pair.to);
  Finding finding =
      make_finding(course, Code::cliff, change.now, cliff_message(course, measure, pair), "");
  if (change.before != change.now) finding.what.related.push_back(change.before);
  std::optional<Rational> again = recovery(course, measure, pair);
  if (again && !pair.inside)
    finding.what.message += "; it takes " + say(course, *again) + " to be as much again";
  finding.what.remedy =
      pair.inside ? "lines that are rounded apart can move together: round once, with \"apply\": "
                    "\"total\", or check the sign of the price"
                  : "let the charge go on from where it was: \"graduated\" bands, or another edge";
  add_figure(finding, "from", say(course, pair.from));
  add_figure(finding, "to", say(course, pair.to));
  add_figure(finding, measure.arrives ? "credit_from" : "debit_from",
             say(course, pair.before, measure.currency));
  add_figure(finding, measure.arrives ? "credit_to" : "debit_to",
             say(course, pair.after, measure.currency));
  add_figure(finding, "drop", say(course, pair.before - pair.after, measure.currency));
  if (again) add_figure(finding, "recovered_at", say(course, *again));
  finding.reproduce = {quote_command(course, pair.from), quote_command(course, pair.to)};
  finding.weight = pair.before - pair.after;
  report.findings.push_back(std::move(finding));
}

// Another currency in which the greater one costs more: the two cannot be compared.
bool is_offset(const Course& course, const Measure& measure, const Pair& pair) {
  if (measure.arrives) return false;
  Checked<Evaluation> from = evaluate_at(course, pair.from), to = evaluate_at(course, pair.to);
  if (!from || !to) return true;
  for (const auto& [currency, debit] : to->debit) {
    auto other = from->debit.find(currency);
    Rational before = other == from->debit.end() ? Rational(0) : other->second.constant();
    if (currency != measure.currency && currency != course.operation.currency &&
        debit.constant() > before)
      return true;
  }
  return false;
}

void walk(const Course& course, const Measure& measure, Report& report) {
  std::optional<std::pair<Rational, Rational>> last;  // the amount before, and its figure
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece);
    if (!range || !piece.is_settled() || !*piece.result) continue;
    Scene scene = course.scene();
    Along along(*course.plan, scene, piece);
    Rational here = along.at(measure.figure, range->from);
    if (last && here < last->second) {
      Pair pair{last->first, range->from, last->second, here};
      if (!is_offset(course, measure, pair)) add_cliff(course, measure, pair, report);
    }
    Sought drop = along.first_drop(measure.figure, *range);
    if (drop.x) {
      Rational to = *drop.x + Rational(piece.stretch.unit());
      Pair pair{*drop.x, to, along.at(measure.figure, *drop.x), along.at(measure.figure, to), true};
      if (!is_offset(course, measure, pair)) add_cliff(course, measure, pair, report);
    } else if (!drop.decided) {
      report.undecided.push_back(
          {where_of(course), "cliffs beyond the first " + std::to_string(Along::scan_max) +
                                 " amounts from " + say(course, range->from) + " on"});
    }
    if (!range->until) return;
    last = {*range->until, along.at(measure.figure, *range->until)};
  }
}

}  // namespace

void find_cliffs(const Course& course, Report& report) {
  for (const Measure& measure : measures_of(course)) walk(course, measure, report);
}

}  // namespace levy
