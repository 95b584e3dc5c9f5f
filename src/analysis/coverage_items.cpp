// What of a schedule is worth an example.
#include <algorithm>

#include "analysis/coverage.h"
#include "schedule/charge_parts.h"

namespace levy {
namespace {

using ItemKind = CoverItem::Kind;

// ---- roundings ---------------------------------------------------------------------------------

// Shares of what is whole that need not be whole. A price for `each` counts by its own figure, as
// units are mostly whole.
bool has_shares(const Terms& terms) {
  auto shares = [](const Term& term) {
    const Rate* rate = rate_of(term);
    const std::vector<Band>* bands = bands_of(term);
    auto of_band = [](const Band& band) { return has_shares(band.terms); };
    return (rate != nullptr && !rate->fraction.is_integer()) ||
           (bands != nullptr && std::any_of(bands->begin(), bands->end(), of_band));
  };
  return std::any_of(terms.list.begin(), terms.list.end(), shares);
}

bool has_shares(const Charge& charge) {
  auto of_member = [](const Charge& member) { return has_shares(member) || member.convert; };
  return has_shares(charge.terms) || charge.convert ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), of_member) ||
         std::any_of(charge.least.begin(), charge.least.end(), of_member);
}

// May a line differ from its exact value? Sums of whole quanta never do.
bool may_round(const Charge& charge, const Rounder& rounder, const Currencies& currencies) {
  if (charge.waived || charge.margin || rounder.exact) return false;
  if (has_shares(charge)) return true;
  std::vector<const Price*> prices = prices_of(charge);
  return std::any_of(prices.begin(), prices.end(), [&](const Price* price) {
    return std::any_of(price->money.begin(), price->money.end(), [&](const Money& money) {
      return !is_multiple(money.amount, rounder.quantum(money.currency, currencies));
    });
  });
}

bool fee_may_round(const FeePlan& fee, const Rounder& rounder, const Currencies& currencies) {
  return std::any_of(fee.cases.begin(), fee.cases.end(), [&](const CasePlan& one) {
    return may_round(one.as_written->charge, rounder, currencies);
  });
}

// ---- charges -----------------------------------------------------------------------------------

class Listing {
 public:
  explicit Listing(const Plan& plan) : plan_(plan), schedule_(plan.schedule) {}
  std::vector<CoverItem> take();

 private:
  void add_fee(const FeePlan& fee);
  void add_charge(const std::string& prefix, const Charge& charge);
  void add_terms(const std::string& prefix, const Terms& terms);
  void add_bands(const std::string& prefix, const std::vector<Band>& bands, ItemKind kind);
  void add_members(const std::string& prefix, const std::vector<Charge>& members);
  void add_total_rounding();
  void add_limit(const Limit& limit);
  void add_limit(const Limit& limit, const std::string& tier);
  void add(ItemKind kind, const std::string& name, const Place& place);

  const Plan& plan_;
  const Schedule& schedule_;
  CoverItem now_{};  // what the items at hand are of
  std::vector<CoverItem> items_;
};

void Listing::add(ItemKind kind, const std::string& name, const Place& place) {
  CoverItem item = now_;
  item.kind = kind;
  item.name = name;
  item.place = place;
  items_.push_back(std::move(item));
}

void Listing::add_fee(const FeePlan& plan) {
  const Fee& fee = *plan.as_written;
  now_ = CoverItem{};
  now_.fee = &fee;
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    now_.case_index = i;
    std::string prefix = fee.in_place ? fee.id : fee.id + ".case" + std::to_string(i + 1);
    add(ItemKind::taken, prefix + ".taken", fee.cases[i].place);
    add_charge(prefix, fee.cases[i].charge);
  }
  now_.case_index = 0;
  if (fee_may_round(plan, plan.line, schedule_.currencies))
    add(ItemKind::line_rounding, fee.id + ".rounding", fee.round ? fee.round->place : fee.place);
}

void Listing::add_charge(const std::string& prefix, const Charge& charge) {
  if (charge.free) {
    add(ItemKind::free_used, prefix + ".free.used", charge.free->place);
    add(ItemKind::free_exceeded, prefix + ".free.exceeded", charge.free->place);
  }
  add_bands(prefix, charge.graduated(), ItemKind::graduated_band);
  add_bands(prefix, charge.slab(), ItemKind::slab_band);
  add_members(prefix, charge.greatest);
  add_members(prefix, charge.least);
  add_terms(prefix, charge.terms);
  if (!charge.cap) return;
  add(ItemKind::cap_binds, prefix + ".cap.binds", charge.cap->place);
  add(ItemKind::cap_idle, prefix + ".cap.idle", charge.cap->place);
}

void Listing::add_terms(const std::string& prefix, const Terms& terms) {
  if (terms.min) {
    add(ItemKind::min_binds, prefix + ".min.binds", terms.min->place);
    add(ItemKind::min_idle, prefix + ".min.idle", terms.min->place);
  }
  if (!terms.max) return;
  add(ItemKind::max_binds, prefix + ".max.binds", terms.max->place);
  add(ItemKind::max_idle, prefix + ".max.idle", terms.max->place);
}

void Listing::add_bands(const std::string& prefix, const std::vector<Band>& bands, ItemKind kind) {
  CoverItem outside = now_;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    now_.number = i + 1;
    now_.band = &bands[i];
    std::string name = prefix + ".band" + std::to_string(i + 1);
    add(kind, name, bands[i].place);
    add_terms(name, bands[i].terms);
  }
  now_ = outside;
}

void Listing::add_members(const std::string& prefix, const std::vector<Charge>& members) {
  CoverItem outside = now_;
  for (std::size_t i = 0; i < members.size(); ++i) {
    now_.number = i + 1;
    std::string name = prefix + ".member" + std::to_string(i + 1);
    add(ItemKind::member, name, members[i].place);
    add_charge(name, members[i]);
  }
  now_ = outside;
}

void Listing::add_total_rounding() {
  if (schedule_.rounding.apply != Rounding::Apply::total) return;
  bool any = std::any_of(plan_.fees.begin(), plan_.fees.end(), [&](const FeePlan& fee) {
    return fee.line.exact && fee_may_round(fee, plan_.total, schedule_.currencies);
  });
  now_ = CoverItem{};
  if (any) add(ItemKind::total_rounding, "rounding.total", schedule_.rounding.rule.place);
}

// ---- limits ------------------------------------------------------------------------------------

const Figure* find_bound(const std::optional<Bounds>& bounds, const std::string& tier) {
  if (!bounds) return nullptr;
  for (const auto& [of, figure] : bounds->figures) {
    if (figure && (!bounds->by_tier || of == tier)) return &*figure;
  }
  return nullptr;
}

// A maximum of nothing refuses whatever is asked.
bool is_nothing(const Figure& figure) {
  if (figure.number) return figure.number->is_zero();
  return figure.money.front().amount.is_zero();
}

void Listing::add_limit(const Limit& limit, const std::string& tier) {
  std::string prefix = limit.id + (tier.empty() ? "" : "." + tier);
  const Figure* min = find_bound(limit.min, tier);
  const Figure* max = find_bound(limit.max, tier);
  if (min == nullptr && max == nullptr) return;
  now_ = CoverItem{};
  now_.limit = &limit;
  now_.tier = tier;
  bool never_holds = max != nullptr && is_nothing(*max);
  if (!never_holds) add(ItemKind::limit_holds, prefix + ".holds", limit.place);
  if (min != nullptr) add(ItemKind::limit_min_blocks, prefix + ".min.blocks", min->place);
  if (max != nullptr) add(ItemKind::limit_max_blocks, prefix + ".max.blocks", max->place);
}

void Listing::add_limit(const Limit& limit) {
  bool by_tier = (limit.min && limit.min->by_tier) || (limit.max && limit.max->by_tier);
  if (!by_tier) return add_limit(limit, "");
  for (const Tier& tier : schedule_.tiers) add_limit(limit, tier.id);
}

std::vector<CoverItem> Listing::take() {
  for (const FeePlan& fee : plan_.fees) add_fee(fee);
  add_total_rounding();
  bool checks =
      std::any_of(schedule_.examples.begin(), schedule_.examples.end(),
                  [](const Example& example) { return example.kind == Example::Kind::check; });
  if (!checks) return std::move(items_);
  for (const Limit& limit : schedule_.limits) add_limit(limit);
  return std::move(items_);
}

}  // namespace

Coverage items_of(const Plan& plan) { return Coverage{Listing(plan).take()}; }

}  // namespace levy
