// Fees above the amount, totals below nothing, shares that round to nothing.
#include <algorithm>
#include <set>
#include <utility>

#include "validation/findings.h"

namespace levy::validation {
namespace {

bool exceeds(const fees::CurvePiece& piece) {
  return piece.is_settled() && !*piece.result &&
         piece.result->faults().front().code == Code::fees_exceed_amount &&
         !piece.result->faults().front().of_debit;
}

// The line that is the most of what is charged at x.
const fees::LineForm* largest_line(const fees::Evaluation& value, Currency currency, int sign) {
  const fees::LineForm* largest = nullptr;
  for (const fees::LineForm& line : value.lines) {
    if (line.currency != currency || line.collect == schedule::Collect::none) continue;
    Rational amount = line.amount.constant() * Rational(sign);
    if (largest == nullptr || amount > largest->amount.constant() * Rational(sign)) largest = &line;
  }
  return largest;
}

// Where amounts are below their fees: the last such amount, and whether all below it are.
struct Above {
  std::optional<Rational> last;
  std::optional<Rational> first;
  bool all_below = true;
  bool endless = false;
  std::optional<Rational> quotable;  // an amount near it whose lines can be looked at
  bool decided = true;
};

Above find_above(const curves::CellCurve& cell_curve) {
  Above above;
  Currency source = cell_curve.operation.currency;
  Rational least = Rational(cell_curve.whole.unit());
  bool left_out = false;  // some allowed amount before is not below its fees
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range = cell_curve.range_of(piece, least);
    if (!range || !piece.is_settled()) continue;
    if (exceeds(piece)) {
      above.all_below = above.all_below && !left_out;
      if (!above.first) above.first = range->from;
      above.endless = above.endless || !range->until;
      above.last = range->until;
      continue;
    }
    if (!*piece.result) continue;
    fees::EvaluationContext context = cell_curve.context();
    curves::PieceQuery query(*cell_curve.plan, context, piece);
    auto over =
        [&](const fees::Evaluation& value) {  // fees less amount; the amount is debit less on top
          return curves::fees_of(value, source) + value.on_top.at(source) - value.debit.at(source);
        };
    curves::Sought last = query.last_positive(over, *range);
    above.decided = above.decided && last.decided;
    if (!above.quotable) above.quotable = range->from;
    if (last.endless) {
      above.endless = true;
      above.first = above.first ? above.first : range->from;
    } else if (last.x) {
      if (!above.first) above.first = query.first_positive(over, *range).x;
      above.all_below = above.all_below && !left_out;
      above.last = last.x;
      above.quotable = last.x;
    }
    left_out = left_out || !last.x || last.x != range->until;
  }
  return above;
}

}  // namespace

void find_fees_above(const curves::CellCurve& cell_curve, Report& report) {
  if (!cell_curve.of_amount()) return;
  Above above = find_above(cell_curve);
  if (!above.decided)
    report.undecided.push_back(
        {curves::where_of(cell_curve), "up to which amount the fees are above it"});
  if (!above.first) return;
  Currency source = cell_curve.operation.currency;
  Rational shown = above.last ? *above.last : *above.first;
  Rational looked = above.quotable.value_or(shown);
  Checked<fees::Evaluation> value = curves::evaluate_at(cell_curve, looked);
  const fees::LineForm* line = value ? largest_line(*value, source, 1) : nullptr;
  const Place& place = line ? place_of(*cell_curve.plan, *line) : cell_curve.plan->schedule.place;
  std::string range = above.endless ? "whatever the amount"
                      : above.all_below
                          ? "up to " + curves::say(cell_curve, shown)
                          : "for some amounts up to " + curves::say(cell_curve, shown);
  std::string message = "fees exceed the amount " + range;
  Checked<fees::Evaluation> at_last =
      shown == looked ? std::move(value) : curves::evaluate_at(cell_curve, shown);
  Finding finding = make_finding(cell_curve, Code::fee_above_amount, place, message,
                                 "set a minimum amount with a limit on one operation, or lower the "
                                 "fixed part of the charge");
  if (at_last) {
    std::string fees =
        curves::say(cell_curve, curves::fees_of(*at_last, source).constant(), source);
    finding.what.message += ": " + curves::say(cell_curve, shown) + " is charged " + fees;
    add_figure(finding, "fees", fees);
  } else {
    finding.what.message += ": " + curves::say(cell_curve, shown) + " cannot pay them";
  }
  add_figure(finding, "from", curves::say(cell_curve, *above.first));
  if (above.last && !above.endless)
    add_figure(finding, "until", curves::say(cell_curve, *above.last));
  finding.reproduce.push_back(curves::quote_command(cell_curve, shown));
  finding.weight = shown;
  report.findings.push_back(std::move(finding));
}

// ---- totals below nothing ----------------------------------------------------------------------

namespace {

// Where no total can be looked at, the line that falls fastest elsewhere is to blame.
const fees::LineForm* falling_line(const curves::CellCurve& cell_curve) {
  const fees::LineForm* falling = nullptr;
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const fees::LineForm& line : (*piece.result)->lines)
      if (falling == nullptr || line.exact.slope() < falling->exact.slope()) falling = &line;
  }
  return falling;
}

void add_negative(const curves::CellCurve& cell_curve, const Rational& x, Currency currency,
                  Report& report) {
  Checked<fees::Evaluation> value = curves::evaluate_at(cell_curve, x);
  const fees::LineForm* line =
      value ? largest_line(*value, currency, -1) : falling_line(cell_curve);
  const Place& place = line ? place_of(*cell_curve.plan, *line) : cell_curve.plan->schedule.place;
  std::string total =
      value ? curves::say(cell_curve, curves::fees_of(*value, currency).constant(), currency) : "";
  Finding finding = make_finding(
      cell_curve, Code::negative_total, place,
      value ? curves::say(cell_curve, x) + " is charged " + total + " in all: the customer is paid"
            : curves::say(cell_curve, x) + " would be debited less than zero",
      "bound what is given back: a \"min\" on it, or take it \"of\" the fee that it reduces");
  add_figure(finding, "at", curves::say(cell_curve, x));
  if (value) add_figure(finding, "fees", total);
  finding.reproduce.push_back(curves::quote_command(cell_curve, x));
  finding.weight = -x;
  report.findings.push_back(std::move(finding));
}

}  // namespace

// Where a quote shows it; failing that, where the debit would be below nothing.
void find_negative_totals(const curves::CellCurve& cell_curve, Report& report) {
  std::set<Currency> reported;
  std::optional<Rational> refused;
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range = cell_curve.range_of(piece);
    if (!range || !piece.is_settled()) continue;
    if (!*piece.result) {
      const Diagnostic& fault = piece.result->faults().front();
      bool negative = fault.code == Code::fees_exceed_amount && fault.of_debit;
      if (negative && !refused) refused = range->from;
      continue;
    }
    fees::EvaluationContext context = cell_curve.context();
    curves::PieceQuery query(*cell_curve.plan, context, piece);
    for (const auto& [currency, on_top] : (*piece.result)->on_top) {
      auto below = [currency = currency](const fees::Evaluation& value) {
        return -curves::fees_of(value, currency);
      };
      curves::Sought found = query.first_positive(below, *range);
      if (!found.decided)
        report.undecided.push_back(
            {curves::where_of(cell_curve), "whether all fees together can be negative"});
      if (found.x && reported.insert(currency).second)
        add_negative(cell_curve, *found.x, currency, report);
    }
  }
  if (reported.empty() && refused)
    add_negative(cell_curve, *refused, cell_curve.operation.currency, report);
}

// ---- shares that round to nothing --------------------------------------------------------------

namespace {

bool has_share(const schedule::Terms& terms) {
  auto shares = [](const schedule::Term& term) {
    const std::vector<schedule::Band>* bands = schedule::bands_of(term);
    auto of_band = [](const schedule::Band& band) { return has_share(band.terms); };
    return schedule::rate_of(term) != nullptr ||
           (bands != nullptr && std::any_of(bands->begin(), bands->end(), of_band));
  };
  return std::any_of(terms.list.begin(), terms.list.end(), shares);
}

bool has_share(const schedule::Charge& charge) {
  auto of_member = [](const schedule::Charge& member) { return has_share(member); };
  return has_share(charge.terms) ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), of_member) ||
         std::any_of(charge.least.begin(), charge.least.end(), of_member);
}

// What is charged of the line, or where totals are rounded, of all lines collected with it.
fees::Form collected_form(const fees::Evaluation& value, const fees::LineForm& line) {
  const auto& sums = line.collect == schedule::Collect::on_top ? value.on_top : value.deducted;
  auto found = sums.find(line.currency);
  return found == sums.end() ? fees::Form() : found->second;
}

class ZeroRounding {
 public:
  ZeroRounding(const curves::CellCurve& cell_curve, const fees::CurvePiece& piece,
               std::size_t index)
      : cell_curve_(cell_curve), piece_(piece), index_(index) {}

  // The amounts at which the line is something before it is rounded, and nothing after.
  std::optional<fees::AmountInterval> find(const fees::AmountInterval& range) const {
    fees::EvaluationContext context = cell_curve_.context();
    curves::PieceQuery query(*cell_curve_.plan, context, piece_);
    auto exact = [this](const fees::Evaluation& value) { return line(value).exact; };
    Rational tiny = Decimal::ten_to(-30);
    auto rounded = [&](const fees::Evaluation& value) {  // above 0 where it is at most 0
      return fees::Form(tiny) - charged(value);
    };
    if (line(query.forms()).exact.slope().sign() < 0) return std::nullopt;
    fees::AmountRange part = piece_.amounts.part(range.from, range.until);
    std::optional<Rational> least = part.lowest(charged(query.forms()));
    if (least && *least >= tiny) return std::nullopt;  // so it is nearly always
    curves::Sought first = query.first_positive(exact, range);
    curves::Sought last = query.last_positive(rounded, range);
    if (!first.x || !last.x || last.endless || *last.x < *first.x) return std::nullopt;
    return fees::AmountInterval{*first.x, last.x};
  }

 private:
  // A single amount that is evaluated anew has the same lines.
  const fees::LineForm& line(const fees::Evaluation& value) const { return value.lines[index_]; }
  fees::Form charged(const fees::Evaluation& value) const {
    bool total = cell_curve_.plan->schedule.rounding.apply == schedule::Rounding::Apply::total;
    return total ? collected_form(value, line(value)) : line(value).amount;
  }

  const curves::CellCurve& cell_curve_;
  const fees::CurvePiece& piece_;
  std::size_t index_;
};

void add_zero_rounding(const curves::CellCurve& cell_curve, const fees::LineForm& line,
                       const fees::AmountInterval& range, Report& report) {
  const schedule::Fee& fee = *cell_curve.plan->fees[line.fee].as_written;
  std::string until = curves::say(cell_curve, *range.until);
  bool from_first =
      range.from <= std::max(Rational(cell_curve.whole.unit()), cell_curve.allowed.from);
  Finding finding = make_finding(
      cell_curve, Code::rounds_to_nothing, place_of(*cell_curve.plan, line),
      "the fee " + fee.id + " rounds to zero " +
          (from_first ? "" : "from " + curves::say(cell_curve, range.from) + " ") + "up to " +
          until,
      "give it a \"min\", round it \"up\", or set a minimum amount with a limit on one operation");
  add_figure(finding, "from", curves::say(cell_curve, range.from));
  add_figure(finding, "until", until);
  finding.reproduce.push_back(curves::quote_command(cell_curve, *range.until));
  finding.weight = *range.until;
  report.findings.push_back(std::move(finding));
}

}  // namespace

void find_roundings_to_zero(const curves::CellCurve& cell_curve, Report& report) {
  if (!cell_curve.of_amount()) return;
  const fees::Plan& plan = *cell_curve.plan;
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range =
        cell_curve.range_of(piece, Rational(cell_curve.whole.unit()));
    if (!range || !piece.is_settled() || !*piece.result) continue;
    const auto& lines = (*piece.result)->lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const fees::LineForm& line = lines[i];
      if (line.collect == schedule::Collect::none) continue;
      if (!has_share(plan.fees[line.fee].cases[line.case_index].as_written->charge)) continue;
      std::optional<fees::AmountInterval> zero = ZeroRounding(cell_curve, piece, i).find(*range);
      if (zero) add_zero_rounding(cell_curve, line, *zero, report);
    }
  }
}

// Cliffs: sending more delivers less, or costs less in total; using more costs less.

namespace {

// What must not fall as the variable rises.
struct Measure {
  curves::FormOf figure;
  Currency currency;
  bool arrives = false;  // the credit; else the debit
};

std::vector<Measure> measures_of(const curves::CellCurve& cell_curve) {
  Currency source = cell_curve.operation.currency;
  std::set<Currency> currencies = {source};
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const auto& [currency, debit] : (*piece.result)->debit) currencies.insert(currency);
  }
  std::vector<Measure> measures;
  for (Currency currency : currencies) {
    auto debit = [currency, source,
                  by_amount = cell_curve.of_amount()](const fees::Evaluation& value) {
      auto found = value.debit.find(currency);
      fees::Form form = found == value.debit.end() ? fees::Form() : found->second;
      // Of a quantity all that is paid counts: what is deducted is missing from what arrives.
      return by_amount || currency != source ? form : form - value.net;
    };
    measures.push_back({debit, currency, false});
  }
  if (cell_curve.of_amount())
    measures.push_back({[](const fees::Evaluation& value) { return value.credit; }, source, true});
  return measures;
}

struct Pair {
  Rational from, to;  // to is greater, and its figure smaller
  Rational before, after;
  bool inside = false;  // of one piece: roundings, or a price that falls throughout
};

// From which amount on it is again as much as before the cliff; nothing: never, or not decided.
std::optional<Rational> recovery(const curves::CellCurve& cell_curve, const Measure& measure,
                                 const Pair& pair) {
  Rational level = pair.before - Rational(Decimal::ten_to(-30));
  auto above = [&](const fees::Evaluation& value) {
    return measure.figure(value) - fees::Form(level);
  };
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    if (piece.amounts.until() && *piece.amounts.until() <= pair.to) continue;
    fees::EvaluationContext context = cell_curve.context();
    curves::PieceQuery query(*cell_curve.plan, context, piece);
    fees::AmountInterval range{std::max(piece.amounts.from(), pair.to), piece.amounts.until()};
    curves::Sought found = query.first_positive(above, range);
    if (!found.decided) return std::nullopt;
    if (found.x) return found.x;
  }
  return std::nullopt;
}

std::string cliff_message(const curves::CellCurve& cell_curve, const Measure& measure,
                          const Pair& pair) {
  std::string more = curves::say(cell_curve, pair.to), less = curves::say(cell_curve, pair.from);
  std::string before = curves::say(cell_curve, pair.before, measure.currency);
  std::string after = curves::say(cell_curve, pair.after, measure.currency);
  if (measure.arrives)
    return more + " delivers " + after + ", less than " + less + ", which delivers " + before;
  return more + " costs " + after + " in total, less than " + less + ", which costs " + before;
}

void add_cliff(const curves::CellCurve& cell_curve, const Measure& measure, const Pair& pair,
               Report& report) {
  RuleChange change = find_change(cell_curve, pair.from, pair.to);
  Finding finding = make_finding(cell_curve, Code::cliff, change.now,
                                 cliff_message(cell_curve, measure, pair), "");
  if (change.before != change.now) finding.what.related.push_back(change.before);
  std::optional<Rational> again = recovery(cell_curve, measure, pair);
  if (again && !pair.inside)
    finding.what.message +=
        "; it takes " + curves::say(cell_curve, *again) + " to be as much again";
  finding.what.remedy =
      pair.inside ? "lines that are rounded apart can move together: round once, with \"apply\": "
                    "\"total\", or check the sign of the price"
                  : "let the charge go on from where it was: \"graduated\" bands, or another edge";
  add_figure(finding, "from", curves::say(cell_curve, pair.from));
  add_figure(finding, "to", curves::say(cell_curve, pair.to));
  add_figure(finding, measure.arrives ? "credit_from" : "debit_from",
             curves::say(cell_curve, pair.before, measure.currency));
  add_figure(finding, measure.arrives ? "credit_to" : "debit_to",
             curves::say(cell_curve, pair.after, measure.currency));
  add_figure(finding, "drop", curves::say(cell_curve, pair.before - pair.after, measure.currency));
  if (again) add_figure(finding, "recovered_at", curves::say(cell_curve, *again));
  finding.reproduce = {curves::quote_command(cell_curve, pair.from),
                       curves::quote_command(cell_curve, pair.to)};
  finding.weight = pair.before - pair.after;
  report.findings.push_back(std::move(finding));
}

// Another currency in which the greater one costs more: the two cannot be compared.
bool is_offset(const curves::CellCurve& cell_curve, const Measure& measure, const Pair& pair) {
  if (measure.arrives) return false;
  Checked<fees::Evaluation> from = curves::evaluate_at(cell_curve, pair.from),
                            to = curves::evaluate_at(cell_curve, pair.to);
  if (!from || !to) return true;
  for (const auto& [currency, debit] : to->debit) {
    auto other = from->debit.find(currency);
    Rational before = other == from->debit.end() ? Rational(0) : other->second.constant();
    if (currency != measure.currency && currency != cell_curve.operation.currency &&
        debit.constant() > before)
      return true;
  }
  return false;
}

void walk(const curves::CellCurve& cell_curve, const Measure& measure, Report& report) {
  bool told = false;                                  // that something is undecided
  std::optional<std::pair<Rational, Rational>> last;  // the amount before, and its figure
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range = cell_curve.range_of(piece);
    if (!range || !piece.is_settled() || !*piece.result) continue;
    fees::EvaluationContext context = cell_curve.context();
    curves::PieceQuery query(*cell_curve.plan, context, piece);
    Rational here = query.at(measure.figure, range->from);
    if (last && here < last->second) {
      Pair pair{last->first, range->from, last->second, here};
      if (!is_offset(cell_curve, measure, pair)) add_cliff(cell_curve, measure, pair, report);
    }
    curves::Sought drop = query.first_drop(measure.figure, *range);
    if (drop.x) {
      Rational to = *drop.x + Rational(piece.amounts.unit());
      Pair pair{*drop.x, to, query.at(measure.figure, *drop.x), query.at(measure.figure, to), true};
      if (!is_offset(cell_curve, measure, pair)) add_cliff(cell_curve, measure, pair, report);
    } else if (!drop.decided && !told) {  // "from ... on" is the rest, too
      told = true;
      report.undecided.push_back(
          {curves::where_of(cell_curve),
           "cliffs beyond the first amounts from " + curves::say(cell_curve, range->from) + " on"});
    }
    if (!range->until) return;
    last = {*range->until, query.at(measure.figure, *range->until)};
  }
}

}  // namespace

void find_cliffs(const curves::CellCurve& cell_curve, Report& report) {
  for (const Measure& measure : measures_of(cell_curve)) walk(cell_curve, measure, report);
}

}  // namespace levy::validation
