// Edges that the written style leaves open: "to 10, from 11" of a number that may be 10.5, "below
// 10, above 10", and bands that end in two styles.
#include <algorithm>
#include <set>

#include "analysis/findings.h"

namespace levy {
namespace {

struct End {
  Rational value;
  bool inclusive = false;
};

// A condition that is a range, among others that say something else.
struct Extent {
  const Condition* condition = nullptr;
  std::string beside;  // the other conditions: only spans beside the same ones are neighbours
};

std::string text_of(const Figure& figure) {
  std::string text = figure.number ? figure.number->to_string() : "";
  for (const Money& money : figure.money)
    text += " " + money.amount.to_string() + std::string(money.currency.code());
  return text;
}

std::string text_of(const Condition& condition) {
  std::string text = condition.name + (condition.negated ? "!" : "=");
  for (const std::string& value : condition.values) text += value + ",";
  for (const Figure& figure : condition.figures) text += text_of(figure) + ",";
  if (!condition.range) return text;
  const Condition::Range& range = *condition.range;
  for (const auto* bound : {&range.from, &range.above, &range.up_to, &range.below})
    text += "|" + (*bound ? text_of(**bound) : std::string());
  return text;
}

bool is_number(const Condition& condition) {
  return condition.subject == Condition::Subject::amount ||
         condition.subject == Condition::Subject::quantity;
}

void add_spans(const When& when, std::vector<Extent>& spans) {
  for (const Condition& condition : when.conditions) {
    if (!is_number(condition) || !condition.range) continue;
    std::set<std::string> others;
    for (const Condition& other : when.conditions)
      if (&other != &condition) others.insert(text_of(other));
    Extent span{&condition, condition.name};
    for (const std::string& other : others) span.beside += ";" + other;
    spans.push_back(std::move(span));
  }
}

std::optional<Rational> number_in(const std::optional<Figure>& figure, Currency currency) {
  if (!figure) return std::nullopt;
  if (figure->number) return Rational(*figure->number);
  const Money* money = find_money(figure->money, currency);
  if (money == nullptr) return std::nullopt;
  return money->amount;
}

std::optional<End> upper(const Extent& span, Currency currency) {
  const Condition::Range& range = *span.condition->range;
  if (auto value = number_in(range.up_to, currency)) return End{*value, true};
  if (auto value = number_in(range.below, currency)) return End{*value, false};
  return std::nullopt;
}

std::optional<End> lower(const Extent& span, Currency currency) {
  const Condition::Range& range = *span.condition->range;
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
  EdgeFinder(const Plan& plan, Report& report) : plan_(plan), report_(report) {}

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
    const Condition::Range& range = *span.condition->range;
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
    bool covered = std::any_of(spans.begin(), spans.end(), [&](const Extent& span) {
      return span.beside == low.beside && span_covers(span, first, currency);
    });
    if (!open || covered) return;
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

  const Plan& plan_;
  Report& report_;
  bool has_rest_ = false;
};

void look_at_bands(const std::vector<Band>& bands, Report& report) {
  const Band* other = nullptr;
  for (const Band& band : bands) {
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

void look_at_bands(const Charge& charge, Report& report) {
  look_at_bands(charge.graduated(), report);
  look_at_bands(charge.slab(), report);
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const Charge& member : *members) look_at_bands(member, report);
  }
}

// Where no case takes what the others leave, that is uncovered, and told as such.
bool has_rest(const Fee& fee) {
  return std::any_of(fee.cases.begin(), fee.cases.end(), [](const Case& one) {
    return !one.when ||
           std::none_of(one.when->conditions.begin(), one.when->conditions.end(), is_number);
  });
}

}  // namespace

void find_open_edges(const Plan& plan, Report& report) {
  EdgeFinder finder(plan, report);
  for (const Fee& fee : plan.schedule.fees) {
    std::vector<Extent> spans;
    for (const Case& one : fee.cases) {
      if (one.when) add_spans(*one.when, spans);
      look_at_bands(one.charge, report);
    }
    finder.look_at(spans, has_rest(fee));
  }
  std::set<std::vector<std::string>> seen;
  for (const Fee& fee : plan.schedule.fees) {
    if (!seen.insert(fee.operations).second) continue;
    std::vector<Extent> spans;
    for (const Fee& other : plan.schedule.fees)
      if (other.operations == fee.operations && other.when) add_spans(*other.when, spans);
    finder.look_at(spans, true);
  }
}

}  // namespace levy
