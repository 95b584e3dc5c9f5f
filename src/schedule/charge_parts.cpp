#include "schedule/charge_parts.h"

#include <algorithm>

namespace levy::schedule {
namespace {

bool charges_on_base(const Terms& terms) {
  return std::any_of(terms.list.begin(), terms.list.end(),
                     [](const Term& term) { return rules_of(term).on_base; });
}

bool any_band_on_base(const std::vector<Band>& bands) {
  return std::any_of(bands.begin(), bands.end(),
                     [](const Band& band) { return charges_on_base(band.terms); });
}

// Calls `visit` for the charge itself, or for each member that it chooses from.
template <class Visit>
void each_member(const Charge& charge, const Visit& visit) {
  bool chooses = !charge.greatest.empty() || !charge.least.empty();
  if (!chooses) return visit(charge);
  for (const Charge& member : charge.greatest) visit(member);
  for (const Charge& member : charge.least) visit(member);
}

void add_prices(std::vector<const Price*>& prices, const Terms& terms) {
  for (const Term& term : terms.list) {
    if (const Price* price = price_of(term)) prices.push_back(price);
  }
  for (const auto* bound : {&terms.min, &terms.max}) {
    if (*bound) prices.push_back(&**bound);
  }
  for (const Term& term : terms.list) {
    const std::vector<Band>* bands = bands_of(term);
    if (bands == nullptr) continue;
    for (const Band& band : *bands) add_prices(prices, band.terms);
  }
}

// Nothing is compared with the base where a reading chooses the band.
void add_base_figures(std::vector<const Figure*>& figures, const Terms& terms, bool by_reading) {
  if (const Per* per = terms.find<Per>()) figures.push_back(&per->every);
  for (const Term& term : terms.list) {
    const std::vector<Band>* bands = bands_of(term);
    if (bands == nullptr) continue;
    bool compared = !(by_reading && std::holds_alternative<Slab>(term));
    for (const Band& band : *bands) {
      add_base_figures(figures, band.terms, false);
      if (band.bound && compared) figures.push_back(&*band.bound);
    }
  }
}

bool names_amount(const Charge& charge) {
  if (!charge.of.empty()) {
    return uses_base(charge) && std::any_of(charge.of.begin(), charge.of.end(),
                                            [](const OfTerm& term) { return term.fee.empty(); });
  }
  if (!charge.units.empty())
    return std::find(charge.units.begin(), charge.units.end(), "amount") != charge.units.end();
  return !charge.waived && !charge.margin && uses_base(charge);
}

}  // namespace

bool uses_base(const Charge& charge) {
  bool exempts = charge.free && charge.free->kind != Free::Kind::count;
  auto uses = [&](const Term& term) {
    const Slab* slab = std::get_if<Slab>(&term);
    bool by_reading = slab != nullptr && charge.by;
    return by_reading ? any_band_on_base(slab->bands) : rules_of(term).on_base;
  };
  const std::vector<Term>& terms = charge.terms.list;
  return exempts || std::any_of(terms.begin(), terms.end(), uses);
}

bool uses_amount(const Charge& charge) {
  bool uses = false;
  each_member(charge, [&](const Charge& one) { uses = uses || names_amount(one); });
  return uses;
}

std::vector<std::string> base_quantities_of(const Charge& charge) {
  std::vector<std::string> names;
  each_member(charge, [&](const Charge& one) {
    for (const std::string& name : one.units) {
      bool seen = std::find(names.begin(), names.end(), name) != names.end();
      if (name != "amount" && !seen) names.push_back(name);
    }
  });
  return names;
}

std::vector<std::string> quantities_of(const Charge& charge) {
  std::vector<std::string> names = base_quantities_of(charge);
  if (!charge.times.empty()) names.push_back(charge.times);
  return names;
}

std::vector<const Price*> prices_of(const Charge& charge) {
  std::vector<const Price*> prices;
  add_prices(prices, charge.terms);
  if (charge.cap && charge.in.empty()) prices.push_back(&charge.cap->max);
  return prices;
}

std::vector<const Figure*> base_figures_of(const Charge& charge) {
  std::vector<const Figure*> figures;
  add_base_figures(figures, charge.terms, charge.by.has_value());
  return figures;
}

}  // namespace levy::schedule
