#include "fees/charge_parts.h"

#include <algorithm>

namespace levy {
namespace {

bool charges_on_base(const Terms& terms) {
  return terms.percent || terms.bps || terms.each || terms.per;
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
  for (const auto* price : {&terms.each, &terms.flat, &terms.min, &terms.max}) {
    if (*price) prices.push_back(&**price);
  }
  if (terms.per) prices.push_back(&terms.per->charge);
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

bool is_lone_flat(const Charge& charge) {
  const Terms& terms = charge.terms;
  return terms.flat && terms.flat->one_money && !charge.convert && !charges_on_base(terms) &&
         charge.graduated.empty() && charge.slab.empty();
}

bool uses_base(const Charge& charge) {
  bool exempts = charge.free && charge.free->kind != Free::Kind::count;
  bool slab = !charge.slab.empty() && (!charge.by || any_band_on_base(charge.slab));
  return charges_on_base(charge.terms) || !charge.graduated.empty() || slab || exempts;
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
  for (const Band& band : charge.graduated) add_prices(prices, band.terms);
  for (const Band& band : charge.slab) add_prices(prices, band.terms);
  if (charge.cap && charge.in.empty()) prices.push_back(&charge.cap->max);
  return prices;
}

std::vector<const Figure*> base_figures_of(const Charge& charge) {
  std::vector<const Figure*> figures;
  auto add_per = [&](const Terms& terms) {
    if (terms.per) figures.push_back(&terms.per->every);
  };
  add_per(charge.terms);
  for (const auto* bands : {&charge.graduated, &charge.slab}) {
    bool by_reading = bands == &charge.slab && charge.by;
    for (const Band& band : *bands) {
      add_per(band.terms);
      if (band.bound && !by_reading) figures.push_back(&*band.bound);
    }
  }
  return figures;
}

}  // namespace levy
