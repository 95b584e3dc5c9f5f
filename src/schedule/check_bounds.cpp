// Bands ascend, minimums lie below maximums, and a lone flat price shares its bounds' currency.
#include <algorithm>
#include <functional>
#include <map>

#include "schedule/charge_parts.h"
#include "schedule/check_parts.h"

namespace levy {
namespace {

// A figure's value per currency; a plain number has none.
std::map<Currency, Rational> values_of(const Figure& figure) {
  if (figure.number) return {{Currency(), Rational(*figure.number)}};
  std::map<Currency, Rational> values;
  for (const Money& money : figure.money) values[money.currency] = money.amount;
  return values;
}

std::string value_text(Currency currency, const Rational& value, const Schedule& schedule) {
  return currency.empty() ? value.to_string() : to_string({value, currency}, schedule.currencies);
}

Figure figure_of(const Price& price) { return Figure{std::nullopt, price.money, price.place}; }

// ---- min and max -------------------------------------------------------------------------------

void check_order(const Schedule& schedule, const Figure& min, const Figure& max,
                 Findings& findings) {
  std::map<Currency, Rational> maxima = values_of(max);
  for (const auto& [currency, low] : values_of(min)) {
    auto high = maxima.find(currency);
    if (high == maxima.end() || low <= high->second) continue;
    findings.add(min.place, Code::min_above_max,
                 "the minimum " + value_text(currency, low, schedule) + " is above the maximum " +
                     value_text(currency, high->second, schedule),
                 "swap them, or correct one", {max.place});
    return;
  }
}

void check_terms_order(const Schedule& schedule, const Terms& terms, Findings& findings) {
  if (terms.min && terms.max)
    check_order(schedule, figure_of(*terms.min), figure_of(*terms.max), findings);
}

const std::optional<Figure>* find_bound(const Bounds& bounds, std::string_view tier) {
  for (const auto& [name, figure] : bounds.figures) {
    if (!bounds.by_tier || name == tier) return &figure;
  }
  return nullptr;
}

// For each tier that either side names, or once for all.
void check_limit_order(const Schedule& schedule, const Limit& limit, Findings& findings) {
  if (!limit.min || !limit.max) return;
  const Bounds& named = limit.min->by_tier ? *limit.min : *limit.max;
  for (const auto& [tier, unused] : named.figures) {
    const std::optional<Figure>* min = find_bound(*limit.min, tier);
    const std::optional<Figure>* max = find_bound(*limit.max, tier);
    if (min && *min && max && *max) check_order(schedule, **min, **max, findings);
  }
}

// ---- bands -------------------------------------------------------------------------------------

struct LastBound {
  Rational value;
  Place place;
};

void check_ascending(const Schedule& schedule, const Band& band,
                     std::map<Currency, LastBound>& last, Findings& findings) {
  for (const auto& [currency, value] : values_of(*band.bound)) {
    auto previous = last.find(currency);
    if (previous != last.end() && value <= previous->second.value) {
      findings.add(band.bound->place, Code::bands_not_ascending,
                   "the band ends at " + value_text(currency, value, schedule) +
                       ", and the one before it at " +
                       value_text(currency, previous->second.value, schedule),
                   "each band must end above the one before it; put them in order",
                   {previous->second.place});
      return;
    }
    last[currency] = LastBound{value, band.bound->place};
  }
}

// A first band that ends at 0 holds nothing; save in a slab, where it may hold 0 itself.
void check_first(const Schedule& schedule, const Band& band, bool slab, Findings& findings) {
  if (slab && band.inclusive) return;
  for (const auto& [currency, value] : values_of(*band.bound)) {
    if (value.sign() > 0) continue;
    findings.add(
        band.bound->place, Code::bands_not_ascending,
        "the first band ends at " + value_text(currency, value, schedule) + " and so holds nothing",
        "the first band begins at 0: write where it ends, or remove it");
    return;
  }
}

void check_bands(const Schedule& schedule, const std::vector<Band>& bands, bool slab,
                 Findings& findings) {
  std::map<Currency, LastBound> last;
  for (const Band& band : bands) {
    if (band.bound && &band == &bands.front()) check_first(schedule, band, slab, findings);
    if (band.bound) check_ascending(schedule, band, last, findings);
    check_terms_order(schedule, band.terms, findings);
  }
}

// ---- a lone flat price -------------------------------------------------------------------------

void check_lone_flat(const Charge& charge, Findings& findings) {
  if (!is_lone_flat(charge)) return;
  const Price& flat = only_flat(charge)->price;
  Currency currency = flat.money.front().currency;
  for (const std::optional<Price>* bound : {&charge.terms.min, &charge.terms.max}) {
    if (!*bound || find_money((*bound)->money, currency)) continue;
    std::string code(currency.code());
    findings.add((*bound)->place, Code::missing_money,
                 "the price beside it is in " + code + ", and this bound has no amount in " + code,
                 "a lone \"flat\" is charged in its own currency; write the bound in it",
                 {flat.place});
  }
}

// The members of `greatest` or `least` share one currency; only lone flats show theirs here.
void check_members(const std::vector<Charge>& members, Findings& findings) {
  const Price* first = nullptr;
  for (const Charge& member : members) {
    if (!is_lone_flat(member)) continue;
    const Price& flat = only_flat(member)->price;
    if (first == nullptr) first = &flat;
    if (flat.money.front().currency == first->money.front().currency) continue;
    findings.add(flat.place, Code::mixed_currencies,
                 "charges to choose from share one currency, and these are in " +
                     std::string(first->money.front().currency.code()) + " and " +
                     std::string(flat.money.front().currency.code()),
                 "give both as lists, one amount per currency, or write \"convert\": true",
                 {first->place});
  }
}

}  // namespace

void check_bounds(const Schedule& schedule, Findings& findings) {
  for (const Fee& fee : schedule.fees) {
    for (const Charge* charge : charges_of(fee)) {
      check_terms_order(schedule, charge->terms, findings);
      check_bands(schedule, charge->graduated(), false, findings);
      check_bands(schedule, charge->slab(), true, findings);
      check_lone_flat(*charge, findings);
      check_members(charge->greatest, findings);
      check_members(charge->least, findings);
    }
  }
  for (const Limit& limit : schedule.limits) check_limit_order(schedule, limit, findings);
}

}  // namespace levy
