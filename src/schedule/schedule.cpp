#include "schedule/schedule.h"

#include <algorithm>

#include "base/ensure.h"
#include "schedule/walk.h"

namespace levy::schedule {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string primary(std::string_view tag) { return lower(tag.substr(0, tag.find('-'))); }

void add_new(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

template <class Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  auto found =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view LocalText::in(std::string_view language) const {
  auto first = [&](auto accepts) -> const std::string* {
    for (const auto& [tag, text] : by_language) {
      if (accepts(tag)) return &text;
    }
    return nullptr;
  };
  std::string wanted = lower(language), wanted_primary = primary(language);
  const std::string* text = first([&](const auto& tag) { return lower(tag) == wanted; });
  if (!text) text = first([&](const auto& tag) { return primary(tag) == wanted_primary; });
  if (!text) text = first([](const auto& tag) { return tag.empty() || lower(tag) == "en"; });
  if (!text) text = first([](const auto&) { return true; });
  return text ? std::string_view(*text) : std::string_view();
}

std::string_view to_string(Collect collect) {
  switch (collect) {
    case Collect::on_top:
      return "on_top";
    case Collect::deducted:
      return "deducted";
    case Collect::none:
      return "none";
  }
  ensure(false, "there are three ways of collecting");
  return {};
}

Rational debit_share(const Charge& charge) {
  Rational share;
  for (const Term& term : charge.terms.list)
    if (const Rate* rate = rate_of(term)) share += rate->fraction;
  return share;
}

const Flat* only_flat(const Charge& charge) {
  bool one = charge.terms.list.size() == 1;
  return one ? std::get_if<Flat>(&charge.terms.list.front()) : nullptr;
}

bool is_lone_flat(const Charge& charge) {
  const Flat* flat = only_flat(charge);
  return flat != nullptr && flat->price.one_money && !charge.convert;
}

// ---- kinds of charge ---------------------------------------------------------------------------

namespace {

// A member of a kind, by what it is called; null for the kinds that have none.
template <class Part, class AnyTerm>
Part* rate_in(AnyTerm& term) {
  return std::visit(
      [](auto& kind) -> Part* {
        if constexpr (requires { kind.rate; }) return &kind.rate;
        return nullptr;
      },
      term);
}

template <class Part, class AnyTerm>
Part* bands_in(AnyTerm& term) {
  return std::visit(
      [](auto& kind) -> Part* {
        if constexpr (requires { kind.bands; }) return &kind.bands;
        return nullptr;
      },
      term);
}

const std::vector<Band>& no_bands() {
  static const std::vector<Band> none;
  return none;
}

}  // namespace

const KindRules& rules_of(const Term& term) {
  return std::visit([]<class Kind>(const Kind&) -> const KindRules& { return Kind::rules; }, term);
}

const Rate* rate_of(const Term& term) { return rate_in<const Rate>(term); }
Rate* rate_of(Term& term) { return rate_in<Rate>(term); }

const Price* price_of(const Term& term) {
  return std::visit(
      [](const auto& kind) -> const Price* {
        if constexpr (requires { kind.price; }) return &kind.price;
        return nullptr;
      },
      term);
}

const std::vector<Band>* bands_of(const Term& term) {
  return bands_in<const std::vector<Band>>(term);
}
std::vector<Band>* bands_of(Term& term) { return bands_in<std::vector<Band>>(term); }

const std::vector<Band>& Charge::graduated() const {
  const Graduated* found = terms.find<Graduated>();
  return found != nullptr ? found->bands : no_bands();
}

const std::vector<Band>& Charge::slab() const {
  const Slab* found = terms.find<Slab>();
  return found != nullptr ? found->bands : no_bands();
}

std::vector<std::string> Schedule::operations() const {
  std::vector<std::string> names;
  for (const Fee& fee : fees) add_new(names, fee.operations);
  for (const Limit& limit : limits) {
    if (limit.meter.operations) add_new(names, *limit.meter.operations);
    if (limit.meter.counts && limit.meter.counts->operations)
      add_new(names, *limit.meter.counts->operations);
  }
  return names;
}

const Quantity* Schedule::find_quantity(std::string_view name) const {
  return find_named(quantities, name);
}

const Attribute* Schedule::find_attribute(std::string_view name) const {
  return find_named(attributes, name);
}

const Evidence* Schedule::find_evidence(std::string_view wanted) const {
  return find_id(evidence, wanted);
}

std::vector<std::string> Schedule::fee_ids() const {
  std::vector<std::string> ids;
  for (const Fee& fee : fees) ids.push_back(fee.id);
  return ids;
}

}  // namespace levy::schedule
