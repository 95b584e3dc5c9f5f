// What no case covers, what lies above the last band, and money that is missing in a currency.
#include <algorithm>
#include <set>

#include "validation/findings.h"

namespace levy::validation {
namespace {

// A run of pieces with one fault.
struct PriceGap {
  fees::AmountInterval range;
  Diagnostic fault;
};

bool same_fault(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.place == b.place;
}

std::vector<PriceGap> gaps_of(const curves::CellCurve& cell_curve) {
  std::vector<PriceGap> gaps;
  bool in_gap = false;
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range = cell_curve.range_of(piece);
    bool faulty = range && piece.is_settled() && !*piece.result;
    if (!faulty) {
      in_gap = in_gap && !range;
      continue;
    }
    const Diagnostic& fault = piece.result->faults().front();
    if (in_gap && same_fault(gaps.back().fault, fault)) {
      gaps.back().range.until = range->until;
    } else {
      gaps.push_back(PriceGap{*range, fault});
    }
    in_gap = true;
  }
  return gaps;
}

// " for amounts from 10.01 EUR to 10.99 EUR", " for units above 5"; "" where it is all of them.
std::string interval_words(const curves::CellCurve& cell_curve, const fees::AmountInterval& range) {
  bool from_first = range.from == std::max(cell_curve.whole.from(), cell_curve.allowed.from);
  bool to_last = !range.until || range.until == cell_curve.allowed.until;
  if (from_first && to_last) return "";
  auto word = [&](const Rational& x) {
    return cell_curve.of_amount() ? curves::say(cell_curve, x) : x.to_string();
  };
  std::string of = cell_curve.of_amount() ? " for amounts" : " for " + cell_curve.variable;
  if (to_last) return of + " from " + word(range.from) + " on";
  if (range.from == *range.until)
    return (cell_curve.of_amount() ? " for " : of + " ") + word(range.from);
  if (from_first) return of + " up to " + word(*range.until);
  return of + " from " + word(range.from) + " to " + word(*range.until);
}

// An amount that people would try, where the range leaves the choice.
Rational example_in(const curves::CellCurve& cell_curve, const fees::AmountInterval& range) {
  constexpr int usual = 100;
  bool inside = cell_curve.of_amount() && range.from < Rational(usual) &&
                (!range.until || *range.until > Rational(usual));
  return inside ? Rational(usual) : range.from;
}

std::string fault_message(const Diagnostic& fault) {
  if (fault.code == Code::above_last_band) return "the last band is closed: there is no price";
  return fault.message;
}

bool is_reported_here(Code code) {
  return code == Code::uncovered || code == Code::above_last_band || code == Code::missing_money ||
         code == Code::mixed_currencies;
}

}  // namespace

// The rate's fault has the place of a margin only where it is theirs.
void find_margin_faults(const curves::CellCurve& cell_curve, Report& report) {
  for (const PriceGap& gap : gaps_of(cell_curve)) {
    const Diagnostic& fault = gap.fault;
    if (fault.code != Code::rate_not_positive || fault.place.pointer().empty()) continue;
    std::string range = interval_words(cell_curve, gap.range);
    Finding finding =
        make_finding(cell_curve, Code::margin, fault.place, fault.message + range, fault.remedy);
    add_figure(finding, "from", curves::say(cell_curve, gap.range.from));
    if (gap.range.until) add_figure(finding, "until", curves::say(cell_curve, *gap.range.until));
    finding.key = range;
    report.findings.push_back(std::move(finding));
  }
}

void find_coverage(const curves::CellCurve& cell_curve, Report& report) {
  for (const PriceGap& gap : gaps_of(cell_curve)) {
    const Diagnostic& fault = gap.fault;
    // Nobody gives rates here, and what converts its own money cannot be judged without them.
    if (fault.code == Code::missing_rate)
      report.undecided.push_back({curves::where_of(cell_curve), "what it costs: " + fault.message});
    if (!is_reported_here(fault.code)) continue;
    bool band = fault.code == Code::above_last_band;
    std::string range = interval_words(cell_curve, gap.range);
    Finding finding = make_finding(
        cell_curve, band ? Code::closed_last_band : fault.code, fault.place,
        fault_message(fault) + range,
        band ? "leave the last band open, or let a limit on one operation refuse what lies above"
             : fault.remedy);
    add_figure(finding, "from", curves::say(cell_curve, gap.range.from));
    if (gap.range.until) add_figure(finding, "until", curves::say(cell_curve, *gap.range.until));
    finding.reproduce.push_back(
        curves::quote_command(cell_curve, example_in(cell_curve, gap.range)));
    finding.key = band ? "" : range;
    report.findings.push_back(std::move(finding));
  }
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    if (piece.is_settled() || !cell_curve.is_piece_allowed(piece)) continue;
    report.undecided.push_back({curves::where_of(cell_curve),
                                "anything from " + curves::say(cell_curve, piece.amounts.from()) +
                                    " on: too much has to be told apart there"});
    return;
  }
}

// Edges that the written style leaves open: "to 10, from 11" of a number that may be 10.5, "below
// 10, above 10", and bands that end in two styles.

namespace {

struct End {
  Rational value;
  bool inclusive = false;
};

// A condition that is a range, among others that say something else.
struct Extent {
  const schedule::Condition* condition = nullptr;
  std::string beside;  // the other conditions: only spans beside the same ones are neighbours
};

std::string text_of(const schedule::Figure& figure) {
  std::string text = figure.number ? figure.number->to_string() : "";
  for (const Money& money : figure.money)
    text += " " + money.amount.to_string() + std::string(money.currency.code());
  return text;
}

std::string text_of(const schedule::Condition& condition) {
  std::string text = condition.name + (condition.negated ? "!" : "=");
  for (const std::string& value : condition.values) text += value + ",";
  for (const schedule::Figure& figure : condition.figures) text += text_of(figure) + ",";
  if (!condition.range) return text;
  const schedule::Condition::Range& range = *condition.range;
  for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
    text += "|" + (*bound ? text_of(**bound) : std::string());
  return text;
}

bool is_number(const schedule::Condition& condition) {
  return condition.subject == schedule::Condition::Subject::amount ||
         condition.subject == schedule::Condition::Subject::quantity;
}

void add_spans(const schedule::When& when, std::vector<Extent>& spans) {
  for (const schedule::Condition& condition : when.conditions) {
    if (!is_number(condition) || !condition.range) continue;
    std::set<std::string> others;
    for (const schedule::Condition& other : when.conditions)
      if (&other != &condition) others.insert(text_of(other));
    Extent span{&condition, condition.name};
    for (const std::string& other : others) span.beside += ";" + other;
    spans.push_back(std::move(span));
  }
}

std::optional<Rational> number_in(const std::optional<schedule::Figure>& figure,
                                  Currency currency) {
  if (!figure) return std::nullopt;
  if (figure->number) return Rational(*figure->number);
  const Money* money = find_money(figure->money, currency);
  if (money == nullptr) return std::nullopt;
  return money->amount;
}

std::optional<End> upper(const Extent& span, Currency currency) {
  const schedule::Condition::Range& range = *span.condition->range;
  if (auto value = number_in(range.up_to, currency)) return End{*value, true};
  if (auto value = number_in(range.below, currency)) return End{*value, false};
  return std::nullopt;
}

std::optional<End> lower(const Extent& span, Currency currency) {
  const schedule::Condition::Range& range = *span.condition->range;
  if (auto value = number_in(range.from, currency)) return End{*value, true};
  if (auto value = number_in(range.above, currency)) return End{*value, false};
  return std::nullopt;
}

bool span_covers(const Extent& span, const Rational& x, Currency currency) {
  auto low = lower(span, currency), high = upper(span, currency);
  bool above = !low || x > low->value || (low->inclusive && x == low->value);
  bool below = !high || x < high->value || (high->inclusive && x == high->value);
  return above && below;
}

class EdgeFinder {
 public:
  EdgeFinder(const fees::Plan& plan, Report& report) : plan_(plan), report_(report) {}

  // `has_rest`: something else takes what the spans leave.
  void look_at(const std::vector<Extent>& spans, bool has_rest) {
    has_rest_ = has_rest;
    for (const Extent& low : spans) {
      for (const Extent& high : spans) {
        if (&low == &high || low.beside != high.beside) continue;
        for (Currency currency : currencies_of_bound(low)) look_at(low, high, spans, currency);
      }
    }
  }

 private:
  static std::vector<Currency> currencies_of_bound(const Extent& span) {
    const schedule::Condition::Range& range = *span.condition->range;
    const auto& bound = range.up_to ? range.up_to : range.below;
    if (!bound) return {};
    if (bound->number) return {Currency()};
    std::vector<Currency> currencies;
    for (const Money& money : bound->money) currencies.push_back(money.currency);
    return currencies;
  }

  void look_at(const Extent& low, const Extent& high, const std::vector<Extent>& spans,
               Currency currency) {
    auto end = upper(low, currency), begin = lower(high, currency);
    if (!end || !begin) return;
    int places = std::max(end->value.numerator().scale(), begin->value.numerator().scale());
    Rational style = Rational(Decimal::ten_to(-places));
    Rational unit = currency.empty() ? style / Rational(10)
                                     : Rational(plan_.schedule.currencies.minor_unit(currency));
    Rational first = end->inclusive ? end->value + unit : end->value;
    Rational last = begin->inclusive ? begin->value - unit : begin->value;
    if (is_whole_style(*end, *begin, currency)) add_whole(low, high, *end, *begin, currency);
    bool open = has_rest_ && first <= last && begin->value - end->value <= style;
    if (!open) return;
    bool covered = std::any_of(spans.begin(), spans.end(), [&](const Extent& span) {
      return span.beside == low.beside && span_covers(span, first, currency);
    });
    if (covered) return;
    auto words = [&](const Rational& value) {
      return currency.empty() ? value.to_string()
                              : to_string(Money{value, currency}, plan_.schedule.currencies);
    };
    std::string between = first == last ? words(first) : words(first) + " to " + words(last);
    std::string name = low.condition->name;
    Finding finding =
        make_finding(Code::edge_style, Severity::warning, high.condition->place,
                     name + (end->inclusive ? " up to " : " below ") + words(end->value) + " and " +
                         (begin->inclusive ? "from " : "above ") + words(begin->value) +
                         " leave open what lies between: " + between,
                     "let one begin where the other ends: \"up_to\" " + words(end->value) +
                         ", \"above\" " + words(end->value));
    finding.what.related.push_back(low.condition->place);
    add_figure(finding, "from", words(first));
    add_figure(finding, "until", words(last));
    report_.findings.push_back(std::move(finding));
  }

  // "to 10 JPY, from 11 JPY": with a digit after the point there would be a gap.
  bool is_whole_style(const End& end, const End& begin, Currency currency) const {
    return !currency.empty() && end.inclusive && begin.inclusive &&
           plan_.schedule.currencies.minor_unit(currency) == Decimal(1) &&
           begin.value - end.value == Rational(1);
  }

  void add_whole(const Extent& low, const Extent& high, const End& end, const End& begin,
                 Currency currency) {
    auto words = [&](const Rational& value) {
      return to_string(Money{value, currency}, plan_.schedule.currencies);
    };
    std::string code(currency.code());
    Finding finding =
        make_finding(Code::edge_style, Severity::warning, high.condition->place,
                     low.condition->name + " up to " + words(end.value) + " and from " +
                         words(begin.value) + " meet only because " + code + " has no minor digits",
                     "let one begin where the other ends: \"up_to\" " + words(end.value) +
                         ", \"above\" " + words(end.value));
    finding.what.related.push_back(low.condition->place);
    report_.findings.push_back(std::move(finding));
  }

  const fees::Plan& plan_;
  Report& report_;
  bool has_rest_ = false;
};

void look_at_bands(const std::vector<schedule::Band>& bands, Report& report) {
  const schedule::Band* other = nullptr;
  for (const schedule::Band& band : bands) {
    if (!band.bound) continue;
    if (other != nullptr && other->inclusive != band.inclusive) {
      Finding finding =
          make_finding(Code::edge_style, Severity::warning, band.bound->place,
                       std::string("this band ends ") + (band.inclusive ? "with" : "before") +
                           " its bound, and the one before it " +
                           (other->inclusive ? "with" : "before") + " its own",
                       "end all bands of a charge with \"up_to\", or all with \"below\"");
      finding.what.related.push_back(other->bound->place);
      report.findings.push_back(std::move(finding));
      return;
    }
    other = &band;
  }
}

void look_at_bands(const schedule::Charge& charge, Report& report) {
  look_at_bands(charge.graduated(), report);
  look_at_bands(charge.slab(), report);
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const schedule::Charge& member : *members) look_at_bands(member, report);
  }
}

// Where no case takes what the others leave, that is uncovered, and told as such.
bool has_rest(const schedule::Fee& fee) {
  return std::any_of(fee.cases.begin(), fee.cases.end(), [](const schedule::Case& one) {
    return !one.when ||
           std::none_of(one.when->conditions.begin(), one.when->conditions.end(), is_number);
  });
}

}  // namespace

void find_open_edges(const fees::Plan& plan, Report& report) {
  EdgeFinder finder(plan, report);
  for (const schedule::Fee& fee : plan.schedule.fees) {
    std::vector<Extent> spans;
    for (const schedule::Case& one : fee.cases) {
      if (one.when) add_spans(*one.when, spans);
      look_at_bands(one.charge, report);
    }
    finder.look_at(spans, has_rest(fee));
  }
  std::set<std::vector<std::string>> seen;
  for (const schedule::Fee& fee : plan.schedule.fees) {
    if (!seen.insert(fee.operations).second) continue;
    std::vector<Extent> spans;
    for (const schedule::Fee& other : plan.schedule.fees)
      if (other.operations == fee.operations && other.when) add_spans(*other.when, spans);
    finder.look_at(spans, true);
  }
}

}  // namespace levy::validation
