// Fees above the amount, totals below nothing, shares that round to nothing.
#include <algorithm>
#include <set>

#include "analysis/findings.h"

namespace levy {
namespace {

// What fees_exceed_amount says of a debit is about fees that pay more than the amount.
bool is_negative_debit(const Diagnostic& fault) {
  return fault.message.starts_with("what is debited");
}

bool exceeds(const CurvePiece& piece) {
  return piece.is_settled() && !*piece.result &&
         piece.result->faults().front().code == Code::fees_exceed_amount &&
         !is_negative_debit(piece.result->faults().front());
}

// The line that is the most of what is charged at x.
const LineForm* largest_line(const Evaluation& value, Currency currency, int sign) {
  const LineForm* largest = nullptr;
  for (const LineForm& line : value.lines) {
    if (line.currency != currency || line.collect == Collect::none) continue;
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
};

Above find_above(const Course& course) {
  Above above;
  Currency source = course.operation.currency;
  Rational least = Rational(course.whole.unit());
  bool left_out = false;  // some allowed amount before is not below its fees
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece, least);
    if (!range || !piece.is_settled()) continue;
    if (exceeds(piece)) {
      above.all_below = above.all_below && !left_out;
      if (!above.first) above.first = range->from;
      above.endless = above.endless || !range->until;
      above.last = range->until;
      continue;
    }
    if (!*piece.result) continue;
    Scene scene = course.scene();
    Along along(*course.plan, scene, piece);
    auto over = [&](const Evaluation& value) {  // fees less amount; the amount is debit less on top
      return fees_of(value, source) + value.on_top.at(source) - value.debit.at(source);
    };
    Sought last = along.last_positive(over, *range);
    if (!above.quotable) above.quotable = range->from;
    if (last.endless) {
      above.endless = true;
      above.first = above.first ? above.first : range->from;
    } else if (last.x) {
      if (!above.first) above.first = along.first_positive(over, *range).x;
      above.all_below = above.all_below && !left_out;
      above.last = last.x;
      above.quotable = last.x;
    }
    left_out = left_out || !last.x || last.x != range->until;
  }
  return above;
}

}  // namespace

void find_fees_above(const Course& course, Report& report) {
  if (!course.of_amount()) return;
  Above above = find_above(course);
  if (!above.first) return;
  Currency source = course.operation.currency;
  Rational shown = above.last ? *above.last : *above.first;
  Rational looked = above.quotable.value_or(shown);
  Checked<Evaluation> value = evaluate_at(course, looked);
  const LineForm* line = value ? largest_line(*value, source, 1) : nullptr;
  const Place& place = line ? place_of(*course.plan, *line) : course.plan->schedule.place;
  std::string range = above.endless     ? "whatever the amount"
                      : above.all_below ? "for amounts up to " + say(course, shown)
                                        : "for some amounts up to " + say(course, shown);
  std::string message = "the fees are above the amount " + range;
  Checked<Evaluation> at_last = shown == looked ? std::move(value) : evaluate_at(course, shown);
  Finding finding = make_finding(course, Code::fee_above_amount, place, message,
                                 "set a least amount with a limit on one operation, or lower the "
                                 "fixed part of the charge");
  if (at_last) {
    std::string fees = say(course, fees_of(*at_last, source).constant(), source);
    finding.what.message += ": " + say(course, shown) + " is charged " + fees;
    add_figure(finding, "fees", fees);
  } else {
    finding.what.message += ": " + say(course, shown) + " cannot pay them";
  }
  add_figure(finding, "from", say(course, *above.first));
  if (above.last && !above.endless) add_figure(finding, "until", say(course, *above.last));
  finding.reproduce.push_back(quote_command(course, shown));
  finding.weight = shown;
  report.findings.push_back(std::move(finding));
}

// ---- totals below nothing ----------------------------------------------------------------------

namespace {

// Where no total can be looked at, the line that falls fastest elsewhere is to blame.
const LineForm* falling_line(const Course& course) {
  const LineForm* falling = nullptr;
  for (const CurvePiece& piece : course.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const LineForm& line : (*piece.result)->lines)
      if (falling == nullptr || line.exact.slope() < falling->exact.slope()) falling = &line;
  }
  return falling;
}

void add_negative(const Course& course, const Rational& x, Currency currency, Report& report) {
  Checked<Evaluation> value = evaluate_at(course, x);
  const LineForm* line = value ? largest_line(*value, currency, -1) : falling_line(course);
  const Place& place = line ? place_of(*course.plan, *line) : course.plan->schedule.place;
  std::string total = value ? say(course, fees_of(*value, currency).constant(), currency) : "";
  Finding finding = make_finding(
      course, Code::negative_total, place,
      value ? say(course, x) + " is charged " + total + " in all: the customer is paid"
            : say(course, x) + " would be debited less than nothing",
      "bound what is given back: a \"min\" on it, or take it \"of\" the fee that it reduces");
  add_figure(finding, "at", say(course, x));
  if (value) add_figure(finding, "fees", total);
  finding.reproduce.push_back(quote_command(course, x));
  finding.weight = -x;
  report.findings.push_back(std::move(finding));
}

}  // namespace

// Where a quote shows it; failing that, where the debit would be below nothing.
void find_negative_totals(const Course& course, Report& report) {
  std::set<Currency> told;
  std::optional<Rational> refused;
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece);
    if (!range || !piece.is_settled()) continue;
    if (!*piece.result) {
      const Diagnostic& fault = piece.result->faults().front();
      bool negative = fault.code == Code::fees_exceed_amount && is_negative_debit(fault);
      if (negative && !refused) refused = range->from;
      continue;
    }
    Scene scene = course.scene();
    Along along(*course.plan, scene, piece);
    for (const auto& [currency, on_top] : (*piece.result)->on_top) {
      auto below = [currency = currency](const Evaluation& value) {
        return -fees_of(value, currency);
      };
      Sought found = along.first_positive(below, *range);
      if (found.x && told.insert(currency).second) add_negative(course, *found.x, currency, report);
    }
  }
  if (told.empty() && refused) add_negative(course, *refused, course.operation.currency, report);
}

// ---- shares that round to nothing --------------------------------------------------------------

namespace {

bool has_share(const Terms& terms) {
  auto shares = [](const Term& term) {
    const std::vector<Band>* bands = bands_of(term);
    auto of_band = [](const Band& band) { return has_share(band.terms); };
    return rate_of(term) != nullptr ||
           (bands != nullptr && std::any_of(bands->begin(), bands->end(), of_band));
  };
  return std::any_of(terms.list.begin(), terms.list.end(), shares);
}

bool has_share(const Charge& charge) {
  auto of_member = [](const Charge& member) { return has_share(member); };
  return has_share(charge.terms) ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), of_member) ||
         std::any_of(charge.least.begin(), charge.least.end(), of_member);
}

// What is charged of the line, or where totals are rounded, of all lines collected with it.
Form collected_form(const Evaluation& value, const LineForm& line) {
  const auto& sums = line.collect == Collect::on_top ? value.on_top : value.deducted;
  auto found = sums.find(line.currency);
  return found == sums.end() ? Form() : found->second;
}

class Nothing {
 public:
  Nothing(const Course& course, const CurvePiece& piece, std::size_t index)
      : course_(course), piece_(piece), index_(index) {}

  // The amounts at which the line is something before it is rounded, and nothing after.
  std::optional<Range> find(const Range& range) const {
    Scene scene = course_.scene();
    Along along(*course_.plan, scene, piece_);
    auto exact = [this](const Evaluation& value) { return line(value).exact; };
    Rational tiny = Decimal::ten_to(-30);
    auto rounded = [&](const Evaluation& value) {  // above 0 where it is at most 0
      return Form(tiny) - charged(value);
    };
    if (line(along.forms()).exact.slope().sign() < 0) return std::nullopt;
    Stretch part = piece_.stretch.part(range.from, range.until);
    std::optional<Rational> least = part.lowest(charged(along.forms()));
    if (least && *least >= tiny) return std::nullopt;  // so it is nearly always
    Sought first = along.first_positive(exact, range);
    Sought last = along.last_positive(rounded, range);
    if (!first.x || !last.x || last.endless || *last.x < *first.x) return std::nullopt;
    return Range{*first.x, last.x};
  }

 private:
  // A single amount that is evaluated anew has the same lines.
  const LineForm& line(const Evaluation& value) const { return value.lines[index_]; }
  Form charged(const Evaluation& value) const {
    bool total = course_.plan->schedule.rounding.apply == Rounding::Apply::total;
    return total ? collected_form(value, line(value)) : line(value).amount;
  }

  const Course& course_;
  const CurvePiece& piece_;
  std::size_t index_;
};

void add_nothing(const Course& course, const LineForm& line, const Range& range, Report& report) {
  const Fee& fee = *course.plan->fees[line.fee].as_written;
  std::string until = say(course, *range.until);
  bool from_first = range.from <= std::max(Rational(course.whole.unit()), course.allowed.from);
  Finding finding = make_finding(
      course, Code::rounds_to_nothing, place_of(*course.plan, line),
      "the fee " + fee.id + " rounds to nothing for amounts " +
          (from_first ? "" : "from " + say(course, range.from) + " ") + "up to " + until,
      "give it a \"min\", round it \"up\", or set a least amount with a limit on one operation");
  add_figure(finding, "from", say(course, range.from));
  add_figure(finding, "until", until);
  finding.reproduce.push_back(quote_command(course, *range.until));
  finding.weight = *range.until;
  report.findings.push_back(std::move(finding));
}

}  // namespace

void find_roundings_to_nothing(const Course& course, Report& report) {
  if (!course.of_amount()) return;
  const Plan& plan = *course.plan;
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece, Rational(course.whole.unit()));
    if (!range || !piece.is_settled() || !*piece.result) continue;
    const auto& lines = (*piece.result)->lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const LineForm& line = lines[i];
      if (line.collect == Collect::none) continue;
      if (!has_share(plan.fees[line.fee].cases[line.case_index].as_written->charge)) continue;
      std::optional<Range> nothing = Nothing(course, piece, i).find(*range);
      if (nothing) add_nothing(course, line, *nothing, report);
    }
  }
}

}  // namespace levy
