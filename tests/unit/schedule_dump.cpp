#include "unit/schedule_dump.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace levy {
namespace {

using Texts = std::vector<std::string>;

std::string join(const Texts& texts, std::string_view separator = " ") {
  std::string all;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

Texts sorted(Texts texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

// "name=text", or nothing where there is no text.
std::string field(std::string_view name, const std::string& text) {
  return text.empty() ? "" : std::string(name) + "=" + text;
}

std::string dump(const MoneyList& list) {
  Texts texts;
  for (const Money& money : list)
    texts.push_back(money.amount.to_string() + std::string(money.currency.code()));
  return join(texts, "|");
}

std::string dump(const schedule::LocalText& text) {
  Texts texts;
  for (const auto& [tag, words] : text.by_language) texts.push_back(tag + ":" + words);
  return join(sorted(texts), "|");
}

std::string dump(const std::optional<schedule::Figure>& figure) {
  if (!figure) return "";
  return figure->number ? figure->number->to_string() : dump(figure->money);
}

std::string dump(const std::optional<schedule::Price>& price) {
  if (!price) return "";
  return price->one_money ? dump(price->money) : "[" + dump(price->money) + "]";
}

std::string dump(const std::optional<schedule::Rate>& rate) {
  return rate ? rate->text + "(" + rate->fraction.to_string() + ")" : "";
}

std::string dump(const std::optional<schedule::Collect>& collect) {
  return collect ? std::string(schedule::to_string(*collect)) : "";
}

std::string dump(const schedule::RoundRule& rule) {
  if (rule.none) return "none";
  return join({rule.mode ? std::string(to_string(*rule.mode)) : "-",
               rule.to ? "to " + rule.to->to_string() : "", field("to", dump(rule.to_money))});
}

std::string dump(const schedule::Condition& condition) {
  std::string text = condition.name + (condition.negated ? " not " : " ");
  if (condition.range) {
    const auto& range = *condition.range;
    return text + "{" +
           join({field("from", dump(range.from)), field("above", dump(range.above)),
                 field("up_to", dump(range.up_to)), field("below", dump(range.below))}) +
           "}";
  }
  Texts values = condition.values;
  for (const schedule::Figure& figure : condition.figures)
    values.push_back(dump(std::optional(figure)));
  return text + join(values, ",");
}

std::string dump(const std::vector<schedule::Band>& bands);

std::string dump(const schedule::Term& term) {
  std::string text = std::visit(
      schedule::overloaded{
          [](const schedule::Per& per) {
            return dump(std::optional(per.price)) + "/" + dump(std::optional(per.every)) +
                   (per.count == schedule::Per::Count::started ? " started" : " complete");
          },
          [](const auto& kind) {
            if constexpr (requires { kind.rate; }) return dump(std::optional(kind.rate));
            if constexpr (requires { kind.price; }) return dump(std::optional(kind.price));
            if constexpr (requires { kind.bands; }) return dump(kind.bands);
          }},
      term);
  return field(schedule::rules_of(term).key, text);
}

std::string dump(const schedule::Terms& terms) {
  Texts texts;
  for (const schedule::Term& term : terms.list) {
    if (schedule::bands_of(term) == nullptr) texts.push_back(dump(term));
  }
  texts.insert(texts.end(), {field("min", dump(terms.min)), field("max", dump(terms.max))});
  for (const schedule::Term& term : terms.list) {
    if (schedule::bands_of(term) != nullptr) texts.push_back(dump(term));
  }
  return join(texts);
}

std::string dump(const std::vector<schedule::Band>& bands) {
  Texts texts;
  for (const schedule::Band& band : bands) {
    std::string end = band.bound ? dump(band.bound) : "open";
    texts.push_back((band.inclusive ? "..=" : "..<") + end + " " + dump(band.terms));
  }
  return join(texts, "; ");
}

std::string dump(const std::vector<schedule::Charge>& members) {
  Texts texts;
  for (const schedule::Charge& member : members) texts.push_back("{" + dump_charge(member) + "}");
  return join(texts);
}

std::string dump_of(const std::vector<schedule::OfTerm>& of) {
  Texts texts;
  for (const schedule::OfTerm& term : of)
    texts.push_back((term.subtract ? "-" : "+") + (term.fee.empty() ? "amount" : term.fee));
  return join(texts);
}

std::string dump_free(const std::optional<schedule::Free>& free) {
  if (!free) return "";
  return "{" +
         join({free->amount ? dump(free->amount) : free->units.to_string(),
               free->whole ? "whole" : "", dump_meter(free->meter)}) +
         "}";
}

std::string dump(const schedule::Case& one) {
  return "  case " +
         join({dump_when(one.when), field("title", dump(one.title)), field("note", dump(one.note)),
               field("collect", dump(one.collect)), dump_charge(one.charge)});
}

std::string dump(const schedule::Fee& fee) {
  Texts lines = {
      join({"fee " + fee.id, field("operation", join(fee.operations, ",")), dump_when(fee.when),
            field("title", dump(fee.title)), field("note", dump(fee.note)),
            field("collect", dump(fee.collect)), fee.round ? "round=" + dump(*fee.round) : "",
            fee.in_place ? "in place" : ""})};
  for (const schedule::Case& one : fee.cases) lines.push_back(dump(one));
  return join(lines, "\n");
}

std::string dump(const schedule::Requirement& requirement) {
  if (requirement.kind == schedule::Requirement::Kind::evidence)
    return requirement.evidence + field(">", dump(requirement.at_least));
  Texts parts;
  for (const schedule::Requirement& part : requirement.of) parts.push_back(dump(part));
  std::string word = requirement.kind == schedule::Requirement::Kind::all ? "all"
                     : requirement.kind == schedule::Requirement::Kind::any
                         ? "any"
                         : std::to_string(requirement.count);
  return word + "(" + join(parts, ", ") + ")";
}

std::string dump(const schedule::Tier& tier) {
  return join({"tier " + tier.id, field("title", dump(tier.title)), field("note", dump(tier.note)),
               tier.requires_ ? "requires " + dump(*tier.requires_) : ""});
}

std::string dump(const schedule::Evidence& evidence) {
  static constexpr std::string_view kinds[] = {"document", "approval", "number", "activity"};
  return join({"evidence " + evidence.id, std::string(kinds[static_cast<int>(evidence.kind)]),
               field("title", dump(evidence.title)), field("note", dump(evidence.note)),
               evidence.max_age_seconds ? "age " + std::to_string(*evidence.max_age_seconds) : "",
               evidence.meter ? dump_meter(*evidence.meter) : ""});
}

std::string dump(const std::optional<schedule::Bounds>& bounds) {
  if (!bounds) return "";
  Texts texts;
  for (const auto& [tier, figure] : bounds->figures)
    texts.push_back(tier + (bounds->by_tier ? ":" : "") + (figure ? dump(figure) : "none"));
  return join(sorted(texts), ",");
}

std::string dump(const schedule::Limit& limit) {
  return join({"limit " + limit.id, field("title", dump(limit.title)),
               field("note", dump(limit.note)), dump_meter(limit.meter),
               field("min", dump(limit.min)), field("max", dump(limit.max))});
}

std::string dump(const std::optional<schedule::Guarantee::Promise>& promise) {
  if (!promise) return "";
  return promise->percent ? dump(promise->percent) + "%" : dump(promise->money);
}

std::string dump(const schedule::Guarantee& guarantee) {
  return join({"guarantee", field("title", dump(guarantee.title)),
               field("operation", join(guarantee.operations, ",")), dump_when(guarantee.when),
               field("at most", dump(guarantee.fee_at_most)),
               field("at least", dump(guarantee.fee_at_least)),
               field("credit", dump(guarantee.credit_at_least))});
}

std::string dump(const schedule::Example& example) {
  static constexpr std::string_view kinds[] = {"quote", "check", "batch"};
  return join({"example", std::string(kinds[static_cast<int>(example.kind)]),
               field("title", dump(example.title)),
               std::to_string(example.request.members.size() + example.request.items.size()),
               std::to_string(example.expect.members.size())});
}

std::string dump(const schedule::Attribute& attribute) {
  static constexpr std::string_view kinds[] = {"", "boolean", "text"};
  return join({"attribute " + attribute.name, std::string(kinds[static_cast<int>(attribute.kind)]),
               join(attribute.values, ",")});
}

std::string dump(const schedule::Quantity& quantity) {
  auto number = [](const std::optional<Decimal>& value) { return value ? value->to_string() : ""; };
  return join({"quantity " + quantity.name, field("default", number(quantity.by_default)),
               field("min", number(quantity.min)), field("max", number(quantity.max))});
}

std::string dump(const schedule::Set& set) {
  return "set " + set.name + " " + join(set.members, ",");
}

std::string dump_heading(const schedule::Schedule& schedule) {
  auto time = [&](const std::optional<Instant>& instant) {
    return instant ? to_string(*instant, schedule.timezone) : "";
  };
  const schedule::Conversion& conversion = schedule.conversion;
  bool total = schedule.rounding.apply == schedule::Rounding::Apply::total;
  return join({"schedule " + schedule.id, field("version", schedule.version),
               field("title", dump(schedule.title)), field("note", dump(schedule.note)),
               field("source", schedule.source),
               field("currency", std::string(schedule.currency.code())),
               field("from", time(schedule.from)), field("until", time(schedule.until)),
               field("zone", schedule.timezone.name()),
               "rounding=" + dump(schedule.rounding.rule) + (total ? " total" : " line"),
               field("collect", dump(std::optional(schedule.collect))),
               conversion.rate_digits ? "rate=" + std::to_string(*conversion.rate_digits) : "",
               conversion.rate_mode ? std::string(to_string(*conversion.rate_mode)) : "",
               "credit=" + dump(conversion.round)});
}

template <class Part>
Texts dump_all(const std::vector<Part>& parts) {
  Texts lines;
  for (const Part& part : parts) lines.push_back(dump(part));
  return lines;
}

}  // namespace

std::string dump_when(const std::optional<schedule::When>& when) {
  if (!when) return "";
  return "when (" + join(sorted(dump_all(when->conditions)), "; ") + ")";
}

std::string dump_meter(const schedule::Meter& meter) {
  static constexpr std::string_view measures[] = {"amount", "debit", "count",  "quantity",
                                                  "fee",    "units", "balance"};
  return join({std::string(measures[static_cast<int>(meter.measure)]), meter.quantity,
               meter.operations ? "of " + join(*meter.operations, ",") : "", dump_when(meter.when),
               "in " + to_string(meter.window), std::string(meter.currency.code())});
}

std::string dump_charge(const schedule::Charge& charge) {
  return join({dump(charge.terms), field("units", join(charge.units, "*")),
               field("of", dump_of(charge.of)),
               charge.by ? "by={" + dump_meter(*charge.by) + "}" : "",
               field("free", dump_free(charge.free)),
               charge.cap ? "cap={" + dump(std::optional(charge.cap->max)) + " " +
                                dump_meter(charge.cap->meter) + "}"
                          : "",
               field("margin", dump(charge.margin)), charge.waived ? "waived" : "",
               charge.convert ? "convert" : "", field("greatest", dump(charge.greatest)),
               field("least", dump(charge.least))});
}

std::string dump_schedule(const schedule::Schedule& schedule) {
  Texts lines = {dump_heading(schedule)};
  auto add = [&](const Texts& more) { lines.insert(lines.end(), more.begin(), more.end()); };
  add(sorted(dump_all(schedule.attributes)));
  add(sorted(dump_all(schedule.quantities)));
  add(sorted(dump_all(schedule.sets)));
  add(dump_all(schedule.fees));
  add(sorted(dump_all(schedule.evidence)));
  add(dump_all(schedule.tiers));
  add(dump_all(schedule.limits));
  add(dump_all(schedule.guarantees));
  add(dump_all(schedule.examples));
  return join(lines, "\n") + "\n";
}

}  // namespace levy
