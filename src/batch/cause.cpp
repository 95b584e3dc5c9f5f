#include "batch/cause.h"

#include <map>
#include <utility>

namespace levy {
namespace {

// A curve costs what some ten quotes do.
constexpr std::size_t bills_before_curve = 10;
constexpr std::size_t curves_max = 20'000;  // some kilobytes each

// What a quote reads of a schedule, and nothing else: changed copies are kept.
Schedule prices_of(const Schedule& schedule) {
  Schedule prices;
  prices.id = schedule.id;
  prices.currency = schedule.currency;
  prices.currencies = schedule.currencies;
  prices.timezone = schedule.timezone;
  prices.rounding = schedule.rounding;
  prices.collect = schedule.collect;
  prices.attributes = schedule.attributes;
  prices.quantities = schedule.quantities;
  prices.conversion = schedule.conversion;
  prices.fees = schedule.fees;
  prices.tiers = schedule.tiers;
  return prices;
}

// Nothing: it cannot be quoted.
std::optional<Quote> quote_of(const Plan& plan, const Operation& operation, const Rates* rates,
                              const Readings& readings) {
  Checked<Quote> quoted = quote(plan, Scene{operation, rates, readings});
  if (!quoted) return std::nullopt;
  return std::move(*quoted);
}

using Parts = std::map<std::string, Rational>;  // by fee id

// What the collected lines in the operation's own currency came to.
void add_lines(Parts& parts, const Quote& quote, const Rational& factor) {
  for (const Line& line : quote.lines) {
    bool counts = line.collect != Collect::none && line.amount.currency == quote.operation.currency;
    if (counts) parts[line.fee->id] += line.amount.amount * factor;
  }
}

Cause cause_of(std::string words, const Parts& parts) {
  Cause cause{std::move(words), {}};
  for (const auto& [fee, part] : parts) {
    if (!part.is_zero()) cause.parts.emplace_back(fee, part);
  }
  return cause;
}

bool is_near(const Rational& figure, const Rational& billed, const Rational& tolerance) {
  return absolute(figure - billed) <= tolerance;
}

// One unit of any currency is one of any other.
Rates unconverted(const Rates& rates) {
  Rates equal = rates;
  for (auto& [currency, rate] : equal.rates) rate = 1;
  return equal;
}

}  // namespace

Causes::Causes(const Tariff& tariff) : tariff_(tariff), key_(tariff, false) {
  for (const Plan& plan : tariff.versions) variants_.push_back(variants_of(plan.schedule));
}

// The change explains the bill where it leads to the fee that was billed.
Causes::Found Causes::explain(const Bill& bill, const std::optional<Quote>& changed,
                              std::string words) {
  if (!changed) return std::nullopt;
  const Rational& fee = changed->fees.at(changed->operation.currency);
  if (!is_near(fee, bill.billed, bill.tolerance)) return std::nullopt;
  Parts parts;
  add_lines(parts, *changed, 1);
  add_lines(parts, bill.computed, -1);
  return cause_of(std::move(words), parts);
}

// ---- curves ------------------------------------------------------------------------------------

// The changes of a cell: none; each variant; each tier; the amount in the schedule's currency, and
// in the target's; every rate 1. What a change leads to depends on nothing but the cell's own
// answers and the amount.
std::size_t Causes::change_count(const Plan& plan) const {
  return variants_in(plan) + plan.schedule.tiers.size() + 4;
}

std::size_t Causes::variants_in(const Plan& plan) const {
  auto version = static_cast<std::size_t>(&plan - tariff_.versions.data());
  ensure(version < variants_.size(), "a bill is explained by a version of its own tariff");
  return variants_[version].size();
}

Causes::Cell* Causes::cell_of(const Plan& plan, const Setting& setting) {
  if (!setting.readings.empty() || !setting.operation.amount) return nullptr;
  Cell& cell = cells_[key_.of(plan, setting.operation, setting.rates)];
  cell.resize(change_count(plan));
  return &cell;
}

template <class Change>
Causes::Found Causes::explain_by(const Bill& bill, Cell* cell, std::size_t number,
                                 const std::optional<Rational>& amount, const Change& change,
                                 const std::string& words) {
  if (cell != nullptr) {
    std::optional<Rational> fee = fee_by_curve(bill, (*cell)[number], *amount, change);
    if (fee && !is_near(*fee, bill.billed, bill.tolerance)) return std::nullopt;
  }
  Changed changed = change();
  changed.operation.amount = amount;
  const Rates* rates = changed.rates ? &*changed.rates : bill.setting.rates;
  auto quoted = quote_of(*changed.plan, changed.operation, rates, bill.setting.readings);
  return explain(bill, quoted, words);
}

// Nothing: it is to be quoted.
template <class Change>
std::optional<Rational> Causes::fee_by_curve(const Bill& bill, KnownCurve& known,
                                             const Rational& amount, const Change& change) {
  if (++known.bills == bills_before_curve) {
    Changed changed = change();
    const Rates* rates = changed.rates ? &*changed.rates : bill.setting.rates;
    known.leaf = lower(*changed.plan, Scene{changed.operation, rates, bill.setting.readings});
    ++curves_;
  }
  if (!known.leaf || !amount.is_decimal()) return std::nullopt;
  std::optional<std::int64_t> n = amount.decimal().minor_units(known.leaf->digits);
  if (!n) return std::nullopt;
  for (const LeafPiece& piece : known.leaf->pieces) {
    if (*n < piece.from || *n > piece.until) continue;
    std::int64_t values[leaf_roundings_max];
    round_all(piece, *n, values);
    return Rational(Decimal::of(value_of(piece, piece.fee.sum, *n, values), piece.fee.scale));
  }
  return std::nullopt;
}

// ---- changes -----------------------------------------------------------------------------------

// The computed fee, as so many times what it is.
Causes::Found Causes::explain_times(const Bill& bill, const Rational& factor, std::string words) {
  const Rational& fee = bill.computed.fees.at(bill.computed.operation.currency);
  if (!is_near(fee * factor, bill.billed, bill.tolerance)) return std::nullopt;
  Parts parts;
  add_lines(parts, bill.computed, factor - Rational(1));
  return cause_of(std::move(words), parts);
}

Cause Causes::find(const Setting& setting, const Quote& computed, const Rational& billed,
                   const Rational& tolerance) {
  if (curves_ > curves_max) {
    cells_.clear();
    curves_ = 0;
  }
  Bill bill{setting, computed, billed, tolerance, cell_of(*setting.plan, setting)};
  Found found = find_variant(bill, Variant::Kind::misread);
  if (!found) found = find_version(bill);
  if (!found) found = find_tier(bill);
  if (!found) found = find_net(bill);
  if (!found) found = find_variant(bill, Variant::Kind::contained);
  if (!found) found = find_not_converted(bill);
  if (!found) found = find_other_unit(bill);
  if (!found) found = find_variant(bill, Variant::Kind::other_case);
  return found ? std::move(*found) : Cause();
}

Plan& Causes::plan_of(Variant& variant, const Plan& plan) const {
  if (!variant.plan) {
    Schedule changed = prices_of(plan.schedule);
    variant.change(changed);
    variant.plan = compile(std::move(changed));
  }
  return *variant.plan;
}

Causes::Found Causes::find_variant(const Bill& bill, Variant::Kind kind) {
  const Setting& setting = bill.setting;
  const Plan& plan = *setting.plan;
  std::vector<Variant>& variants =
      variants_[static_cast<std::size_t>(&plan - &tariff_.versions[0])];
  for (std::size_t i = 0; i < variants.size(); ++i) {
    Variant& variant = variants[i];
    if (variant.kind != kind || !variant.concerns(bill.computed)) continue;
    auto change = [&] { return Changed{&plan_of(variant, plan), setting.operation}; };
    Found found =
        explain_by(bill, bill.cell, 1 + i, setting.operation.amount, change, variant.cause);
    if (found) return found;
  }
  return std::nullopt;
}

// Its conditions may ask another clock: what it costs there is of a cell of its own.
Causes::Found Causes::find_version(const Bill& bill) {
  const Plan* first = tariff_.versions.data();
  const Plan* last = first + tariff_.versions.size() - 1;
  const Plan* own = bill.setting.plan;
  for (bool before : {true, false}) {
    if (own == (before ? first : last)) continue;
    const Plan& other = before ? own[-1] : own[1];
    std::string name = other.schedule.version;
    if (name.empty()) name = before ? "before" : "after";
    const Operation& operation = bill.setting.operation;
    auto change = [&] { return Changed{&other, operation}; };
    Cell* cell = bill.cell == nullptr ? nullptr : cell_of(other, bill.setting);
    Found found = explain_by(bill, cell, 0, operation.amount, change, "version: " + name);
    if (found) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_tier(const Bill& bill) {
  const Plan& plan = *bill.setting.plan;
  const Operation& operation = bill.setting.operation;
  std::size_t number = 1 + variants_in(plan);
  for (const Tier& tier : plan.schedule.tiers) {
    auto change = [&] {
      Changed changed{&plan, operation};
      changed.operation.attributes["tier"] = tier.id;
      return changed;
    };
    Found found =
        explain_by(bill, bill.cell, number++, operation.amount, change, "tier: " + tier.id);
    if (found) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_net(const Bill& bill) {
  const Operation& operation = bill.setting.operation;
  if (!operation.amount) return std::nullopt;
  Rational net = *operation.amount - bill.computed.fees.at(operation.currency);
  if (net.sign() < 0) return std::nullopt;
  auto change = [&] { return Changed{bill.setting.plan, operation}; };
  return explain_by(bill, bill.cell, 0, net, change, "net: amount less fee");
}

Causes::Found Causes::find_not_converted(const Bill& bill) {
  const Setting& setting = bill.setting;
  const Operation& own = setting.operation;
  if (setting.rates != nullptr) {
    auto change = [&] { return Changed{setting.plan, own, unconverted(*setting.rates)}; };
    std::size_t number = change_count(*setting.plan) - 1;
    Found found = explain_by(bill, bill.cell, number, own.amount, change, "not converted");
    if (found) return found;
  }
  Rational sum = 0;
  for (const auto& [currency, fee] : bill.computed.fees) sum += fee;
  if (is_near(sum, bill.billed, bill.tolerance)) {
    Parts parts;
    for (const Line& line : bill.computed.lines) {
      bool is_other = line.collect != Collect::none && line.amount.currency != own.currency;
      if (is_other) parts[line.fee->id] += line.amount.amount;
    }
    return cause_of("not converted", parts);
  }
  return find_other_currency(bill);
}

Causes::Found Causes::find_other_currency(const Bill& bill) {
  const Plan& plan = *bill.setting.plan;
  const Operation& own = bill.setting.operation;
  std::size_t number = change_count(plan) - 3;
  for (Currency other : {plan.schedule.currency, own.to_currency}) {
    std::size_t change_number = number++;
    if (other.empty() || other == own.currency) continue;
    auto change = [&] {
      Changed changed{&plan, own};
      changed.operation.currency = other;
      changed.operation.to_currency = Currency();
      return changed;
    };
    std::string words = "not converted: " + std::string(other.code());
    if (Found found = explain_by(bill, bill.cell, change_number, own.amount, change, words))
      return found;
  }
  return std::nullopt;
}

// The right figure, written otherwise.
Causes::Found Causes::find_other_unit(const Bill& bill) const {
  const Currencies& currencies = bill.setting.plan->schedule.currencies;
  Rational minor_units =
      Rational(1) / Rational(currencies.minor_unit(bill.setting.operation.currency));
  if (Found found = explain_times(bill, -1, "sign turned")) return found;
  if (minor_units == Rational(1)) return std::nullopt;
  if (Found found = explain_times(bill, minor_units, "minor units")) return found;
  return explain_times(bill, Rational(1) / minor_units, "major units");
}

}  // namespace levy
