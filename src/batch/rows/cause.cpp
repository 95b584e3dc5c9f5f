#include "batch/rows/cause.h"

#include <algorithm>
#include <map>
#include <utility>

#include "facts/conditions.h"

namespace levy::batch::rows {
namespace {

using Variants = std::vector<Variant>;
using VariantChange = std::function<void(schedule::Schedule&)>;
using Asked = Variant::Asked;

// Prices of a case that are misread, so that its lines come out otherwise.
void add_misread(Variants& variants, std::string cause, VariantChange change, std::size_t fee,
                 std::size_t index) {
  variants.push_back(Variant{std::move(cause), std::move(change), Variant::Kind::misread,
                             Asked::with_case, fee, index});
}

schedule::Case& case_of(schedule::Schedule& schedule, std::size_t fee, std::size_t index) {
  return schedule.fees[fee].cases[index];
}

// The charge itself, or a member of its `greatest` or `least`.
std::size_t charges_in(const schedule::Charge& charge) {
  return 1 + charge.greatest.size() + charge.least.size();
}
template <class AnyCharge>
AnyCharge& charge_in(AnyCharge& charge, std::size_t index) {
  if (index == 0) return charge;
  return charge.least.empty() ? charge.greatest[index - 1] : charge.least[index - 1];
}

// All prices of a charge: its own, its bands', its members'.
template <class AnyCharge, class Visit>
void each_terms(AnyCharge& charge, const Visit& visit) {
  for (std::size_t i = 0; i < charges_in(charge); ++i) {
    auto& one = charge_in(charge, i);
    visit(one.terms);
    for (auto& term : one.terms.list) {
      auto* bands = schedule::bands_of(term);
      if (bands == nullptr) continue;
      for (auto& band : *bands) visit(band.terms);
    }
  }
}

// ---- rounding ----------------------------------------------------------------------------------

constexpr RoundingMode all_modes[] = {
    RoundingMode::half_even, RoundingMode::half_up, RoundingMode::half_down, RoundingMode::up,
    RoundingMode::down,      RoundingMode::ceiling, RoundingMode::floor};

void round_all(schedule::Schedule& schedule, RoundingMode mode) {
  schedule.rounding.rule.mode = mode;
  for (schedule::Fee& fee : schedule.fees) {
    if (fee.round && !fee.round->none) fee.round->mode = mode;
  }
}

void add_roundings(Variants& variants, const schedule::Schedule& schedule) {
  auto add = [&](const std::string& words, VariantChange change) -> Variant& {
    return variants.emplace_back(Variant{"rounding: " + words, std::move(change)});
  };
  auto word = [](RoundingMode mode) { return std::string(to_string(mode)); };
  for (RoundingMode mode : all_modes)
    add(word(mode), [mode](schedule::Schedule& changed) { round_all(changed, mode); });
  bool by_line = schedule.rounding.apply == schedule::Rounding::Apply::line;
  auto other = by_line ? schedule::Rounding::Apply::total : schedule::Rounding::Apply::line;
  add(by_line ? "total" : "line",
      [other](schedule::Schedule& changed) { changed.rounding.apply = other; });
  if (schedule.fees.size() == 1) return;
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    for (RoundingMode mode : all_modes) {
      Variant& variant =
          add(word(mode) + " of " + schedule.fees[i].id, [=](schedule::Schedule& changed) {
            schedule::Fee& fee = changed.fees[i];
            if (!fee.round) fee.round.emplace();
            fee.round->none = false;
            fee.round->mode = mode;
          });
      variant.asked = Asked::with_line;
      variant.fee = i;
    }
  }
}

// ---- bands -------------------------------------------------------------------------------------

void leave_out_edge(std::vector<schedule::Band>& bands, std::size_t edge, bool lower_goes_on) {
  if (lower_goes_on) std::swap(bands[edge].terms, bands[edge + 1].terms);
  bands.erase(bands.begin() + static_cast<std::ptrdiff_t>(edge));
}

void add_bands(Variants& variants, const schedule::Schedule& schedule, std::size_t fee,
               std::size_t index) {
  const schedule::Fee& owner = schedule.fees[fee];
  auto add = [&](const std::string& words, std::size_t member, std::size_t term, auto change) {
    auto whole = [=](schedule::Schedule& changed) {
      change(*schedule::bands_of(
          charge_in(case_of(changed, fee, index).charge, member).terms.list[term]));
    };
    add_misread(variants, "band: " + words + " of " + owner.id, whole, fee, index);
  };
  const schedule::Charge& charge = owner.cases[index].charge;
  for (std::size_t member = 0; member < charges_in(charge); ++member) {
    const std::vector<schedule::Term>& terms = charge_in(charge, member).terms.list;
    for (std::size_t term = 0; term < terms.size(); ++term) {
      const std::vector<schedule::Band>* bands = schedule::bands_of(terms[term]);
      if (bands == nullptr) continue;
      add("edge", member, term, [](std::vector<schedule::Band>& changed) {
        for (schedule::Band& band : changed) band.inclusive = !band.inclusive;
      });
      for (bool below : {true, false}) {
        for (std::size_t edge = 0; edge + 1 < bands->size(); ++edge) {
          add(below ? "next below" : "next above", member, term,
              [=](std::vector<schedule::Band>& changed) { leave_out_edge(changed, edge, below); });
        }
      }
    }
  }
}

// ---- bounds ------------------------------------------------------------------------------------

using PriceBound = std::optional<schedule::Price> schedule::Terms::*;

std::string bound_word(PriceBound bound) { return bound == &schedule::Terms::min ? "min" : "max"; }

void leave_out_bounds(Variants& variants, const schedule::Schedule& schedule, std::size_t fee,
                      std::size_t index) {
  const schedule::Fee& owner = schedule.fees[fee];
  auto add = [&](const std::string& word, const VariantChange& change) {
    add_misread(variants, "bound left out: " + word + " of " + owner.id, change, fee, index);
  };
  const schedule::Charge& charge = owner.cases[index].charge;
  for (PriceBound bound : {&schedule::Terms::min, &schedule::Terms::max}) {
    bool has_one = false;
    each_terms(charge, [&](const schedule::Terms& terms) { has_one = has_one || terms.*bound; });
    if (!has_one) continue;
    add(bound_word(bound), [=](schedule::Schedule& changed) {
      each_terms(case_of(changed, fee, index).charge,
                 [&](schedule::Terms& terms) { (terms.*bound).reset(); });
    });
  }
  if (!charge.cap) return;
  add("cap", [=](schedule::Schedule& changed) { case_of(changed, fee, index).charge.cap.reset(); });
}

// Where a case has no bound, those that others of the fee have.
void add_bounds(Variants& variants, const schedule::Schedule& schedule, std::size_t fee,
                std::size_t index) {
  const schedule::Fee& owner = schedule.fees[fee];
  for (PriceBound bound : {&schedule::Terms::min, &schedule::Terms::max}) {
    if (owner.cases[index].charge.terms.*bound) continue;
    for (const schedule::Case& other : owner.cases) {
      std::optional<schedule::Price> price = other.charge.terms.*bound;
      if (!price) continue;
      auto change = [=](schedule::Schedule& changed) {
        case_of(changed, fee, index).charge.terms.*bound = price;
      };
      std::string cause = "bound added: " + bound_word(bound) + " of " + owner.id;
      add_misread(variants, std::move(cause), change, fee, index);
    }
  }
}

// ---- lines -------------------------------------------------------------------------------------

// No operation has such a name. The fee stays, for others may be taken of it.
void leave_out(schedule::Fee& fee) { fee.operations = {"-"}; }

void take_only(schedule::Fee& fee, std::size_t index) {
  schedule::Case taken = fee.cases[index];
  taken.when.reset();
  fee.cases = {std::move(taken)};
  fee.operations.clear();
  fee.when.reset();
}

void leave_out_fees(Variants& variants, const schedule::Schedule& schedule) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    auto change = [=](schedule::Schedule& changed) { leave_out(changed.fees[i]); };
    variants.push_back(Variant{"surcharge left out: " + schedule.fees[i].id, change,
                               Variant::Kind::misread, Asked::with_line, i});
  }
}

void add_cases(Variants& variants, const schedule::Schedule& schedule, Asked asked) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    const schedule::Fee& fee = schedule.fees[i];
    for (std::size_t j = 0; j < fee.cases.size(); ++j) {
      auto change = [=](schedule::Schedule& changed) { take_only(changed.fees[i], j); };
      std::string cause = asked == Asked::without_line
                              ? "surcharge added: " + fee.id
                              : "case: " + std::to_string(j + 1) + " of " + fee.id;
      auto kind = asked == Asked::without_line ? Variant::Kind::misread : Variant::Kind::other_case;
      variants.push_back(Variant{std::move(cause), change, kind, asked, i, j});
    }
  }
}

// ---- the fee inside the amount -----------------------------------------------------------------

void contain(schedule::Terms& terms) {
  Rational share = 1;
  for (const schedule::Term& term : terms.list)
    if (const schedule::Rate* rate = schedule::rate_of(term)) share += rate->fraction;
  if (share.sign() <= 0) return;
  for (schedule::Term& term : terms.list)
    if (schedule::Rate* rate = schedule::rate_of(term)) rate->fraction = rate->fraction / share;
}

void contain_all(schedule::Schedule& schedule) {
  for (schedule::Fee& fee : schedule.fees) {
    for (schedule::Case& one : fee.cases) {
      // Lines and quantities contain no fee.
      bool of_amount = one.charge.of.empty() && one.charge.units.empty() && !one.charge.of_debit;
      if (of_amount) each_terms(one.charge, contain);
    }
  }
}

}  // namespace

bool Variant::concerns(const schedule::Schedule& schedule, const std::vector<OfFee>& fees) const {
  if (asked == Asked::always) return true;
  const OfFee& own = fees[fee];
  if (own.taken == nullptr) return asked == Asked::without_line && own.is_for;
  if (asked == Asked::with_line) return true;
  bool is_case = own.taken == &schedule.fees[fee].cases[case_index];
  return asked == (is_case ? Asked::with_case : Asked::with_other_case);
}

std::vector<Variant> variants_of(const schedule::Schedule& schedule) {
  Variants variants;
  auto each_case = [&](auto add) {
    for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
      for (std::size_t j = 0; j < schedule.fees[i].cases.size(); ++j) add(variants, schedule, i, j);
    }
  };
  add_roundings(variants, schedule);
  each_case(add_bands);
  each_case(leave_out_bounds);
  each_case(add_bounds);
  leave_out_fees(variants, schedule);
  add_cases(variants, schedule, Asked::without_line);
  add_cases(variants, schedule, Asked::with_other_case);
  variants.push_back(Variant{"net: fee contained", contain_all, Variant::Kind::contained});
  return variants;
}

namespace {

// A curve costs what some ten quotes do.
constexpr std::size_t bills_before_curve = 10;
constexpr std::size_t curves_max = 20'000, words_max = 100'000;  // a curve has some kilobytes

// What a quote reads of a schedule, and nothing else: changed copies are kept.
schedule::Schedule prices_of(const schedule::Schedule& schedule) {
  schedule::Schedule prices;
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
std::optional<fees::Quote> quote_of(const fees::Plan& plan, const facts::Operation& operation,
                                    const facts::Rates* rates, const facts::Readings& readings) {
  Checked<fees::Quote> quoted =
      fees::quote(plan, fees::EvaluationContext{operation, rates, readings});
  if (!quoted) return std::nullopt;
  return std::move(*quoted);
}

using Parts = std::map<std::string, Rational>;  // by fee id

// What the collected lines in the operation's own currency came to.
void add_lines(Parts& parts, const fees::Quote& quote, const Rational& factor) {
  for (const fees::Line& line : quote.lines) {
    bool counts =
        line.collect != schedule::Collect::none && line.amount.currency == quote.operation.currency;
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
facts::Rates unconverted(const facts::Rates& rates) {
  facts::Rates equal = rates;
  for (auto& [currency, rate] : equal.rates) rate = 1;
  return equal;
}

}  // namespace

Causes::Causes(const fees::Tariff& tariff) : tariff_(tariff), key_(tariff, false) {
  for (const fees::Plan& plan : tariff.versions) variants_.push_back(variants_of(plan.schedule));
}

// The change explains the bill where it leads to the fee that was billed.
Causes::Found Causes::explain(const Bill& bill, const std::optional<fees::Quote>& changed,
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
std::size_t Causes::change_count(const fees::Plan& plan) const {
  return variants_in(plan) + plan.schedule.tiers.size() + 4;
}

std::size_t Causes::variants_in(const fees::Plan& plan) const {
  auto version = static_cast<std::size_t>(&plan - tariff_.versions.data());
  ensure(version < variants_.size(), "a bill is explained by a version of its own tariff");
  return variants_[version].size();
}

Causes::Cell* Causes::cell_of(const fees::Plan& plan, const fees::ResolvedQuestion& resolved) {
  if (!resolved.readings.empty() || !resolved.operation.amount) return nullptr;
  auto make = [&] {
    Cell& cell = cells_[key_.of(plan, resolved.operation, resolved.rates)];
    cell.resize(change_count(plan));
    return &cell;
  };
  if (key_.asks_clock()) return make();
  if (cells_by_words_.size() > words_max) cells_by_words_.clear();
  Cell*& known = cells_by_words_[CellKey::words_of(plan, resolved.operation, resolved.rates)];
  return known = known == nullptr ? make() : known;
}

template <class Change>
Causes::Found Causes::explain_by(const Bill& bill, Cell* cell, std::size_t number,
                                 const std::optional<Rational>& amount, const Change& change,
                                 const std::string& words) {
  if (cell != nullptr) {
    std::optional<bool> leads = leads_to_bill(bill, (*cell)[number], *amount, change);
    if (leads && !*leads) return std::nullopt;
  }
  Changed changed = change();
  changed.operation.amount = amount;
  const facts::Rates* rates = changed.rates ? &*changed.rates : bill.resolved.rates;
  auto quoted = quote_of(*changed.plan, changed.operation, rates, bill.resolved.readings);
  return explain(bill, quoted, words);
}

// As the change's curve says. Nothing: it is to be quoted.
template <class Change>
std::optional<bool> Causes::leads_to_bill(const Bill& bill, KnownCurve& known,
                                          const Rational& amount, const Change& change) {
  if (++known.bills == bills_before_curve) {
    Changed changed = change();
    const facts::Rates* rates = changed.rates ? &*changed.rates : bill.resolved.rates;
    known.curve = lower(*changed.plan,
                        fees::EvaluationContext{changed.operation, rates, bill.resolved.readings});
    ++curves_;
  }
  if (!known.curve || !amount.is_decimal()) return std::nullopt;
  bool is_own = bill.units && bill.units->digits == known.curve->digits &&
                &amount == &*bill.resolved.operation.amount;
  std::optional<std::int64_t> n = is_own ? std::optional(bill.units->amount)
                                         : amount.decimal().minor_units(known.curve->digits);
  if (!n) return std::nullopt;
  for (const LoweredPiece& piece : known.curve->pieces) {
    if (*n < piece.from || *n > piece.until) continue;
    if (piece.fault) return false;
    std::int64_t values[lowered_roundings_max];
    round_all(piece, *n, values);
    std::int64_t fee = value_of(piece, piece.fee.sum, *n, values);
    if (!bill.units || bill.units->digits != piece.fee.scale)
      return is_near(Rational(Decimal::of(fee, piece.fee.scale)), bill.billed, bill.tolerance);
    return bill.units->is_billed(fee);
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

Cause Causes::find(const fees::ResolvedQuestion& resolved, const fees::Quote& computed,
                   const Rational& billed, const Rational& tolerance) {
  if (curves_ > curves_max) {
    cells_.clear();
    cells_by_words_.clear();
    curves_ = 0;
  }
  Bill bill{resolved, computed, billed, tolerance, cell_of(*resolved.plan, resolved)};
  bill.fees = fees_of(computed);
  bill.units = units_of(bill);
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

std::optional<Causes::Bill::Units> Causes::units_of(const Bill& bill) {
  const facts::Operation& operation = bill.resolved.operation;
  Bill::Units units;
  units.digits = bill.resolved.plan->schedule.currencies.digits(operation.currency);
  if (!operation.amount || units.digits > 12) return std::nullopt;  // products fit 128 bits
  auto put = [&](const Rational& figure, std::int64_t& into) {
    auto whole = figure.is_decimal() ? figure.decimal().minor_units(units.digits) : std::nullopt;
    if (whole) into = *whole;
    return whole.has_value();
  };
  bool all = put(*operation.amount, units.amount) &&
             put(bill.computed.fees.at(operation.currency), units.fee) &&
             put(bill.billed, units.billed) && put(bill.tolerance, units.tolerance);
  return all ? std::optional(units) : std::nullopt;
}

std::vector<Variant::OfFee> Causes::fees_of(const fees::Quote& computed) {
  const std::vector<schedule::Fee>& fees = computed.plan->schedule.fees;
  std::vector<Variant::OfFee> of_fees;
  for (const schedule::Fee& fee : fees)
    of_fees.push_back({nullptr, facts::concerns(fee.operations, computed.operation.name)});
  for (const fees::Line& line : computed.lines)
    of_fees.at(static_cast<std::size_t>(line.fee - fees.data())).taken = line.taken;
  return of_fees;
}

fees::Plan& Causes::plan_of(Variant& variant, const fees::Plan& plan) const {
  if (!variant.plan) {
    schedule::Schedule changed = prices_of(plan.schedule);
    variant.change(changed);
    variant.plan = fees::compile(std::move(changed));
  }
  return *variant.plan;
}

Causes::Found Causes::find_variant(const Bill& bill, Variant::Kind kind) {
  const fees::ResolvedQuestion& resolved = bill.resolved;
  const fees::Plan& plan = *resolved.plan;
  std::vector<Variant>& variants =
      variants_[static_cast<std::size_t>(&plan - &tariff_.versions[0])];
  for (std::size_t i = 0; i < variants.size(); ++i) {
    Variant& variant = variants[i];
    if (variant.kind != kind || !variant.concerns(plan.schedule, bill.fees)) continue;
    auto change = [&] { return Changed{&plan_of(variant, plan), resolved.operation}; };
    Found found =
        explain_by(bill, bill.cell, 1 + i, resolved.operation.amount, change, variant.cause);
    if (found) return found;
  }
  return std::nullopt;
}

// Its conditions may ask another clock: what it costs there is of a cell of its own.
Causes::Found Causes::find_version(const Bill& bill) {
  const fees::Plan* first = tariff_.versions.data();
  const fees::Plan* last = first + tariff_.versions.size() - 1;
  const fees::Plan* own = bill.resolved.plan;
  for (bool before : {true, false}) {
    if (own == (before ? first : last)) continue;
    const fees::Plan& other = before ? own[-1] : own[1];
    std::string name = other.schedule.version;
    if (name.empty()) name = before ? "before" : "after";
    const facts::Operation& operation = bill.resolved.operation;
    auto change = [&] { return Changed{&other, operation}; };
    Cell* cell = bill.cell == nullptr ? nullptr : cell_of(other, bill.resolved);
    Found found = explain_by(bill, cell, 0, operation.amount, change, "version: " + name);
    if (found) return found;
  }
  return std::nullopt;
}

Causes::Found Causes::find_tier(const Bill& bill) {
  const fees::Plan& plan = *bill.resolved.plan;
  const facts::Operation& operation = bill.resolved.operation;
  std::size_t number = 1 + variants_in(plan);
  for (const schedule::Tier& tier : plan.schedule.tiers) {
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
  const facts::Operation& operation = bill.resolved.operation;
  if (!operation.amount) return std::nullopt;
  Rational net = *operation.amount - bill.computed.fees.at(operation.currency);
  if (net.sign() < 0) return std::nullopt;
  auto change = [&] { return Changed{bill.resolved.plan, operation}; };
  return explain_by(bill, bill.cell, 0, net, change, "net: amount less fee");
}

Causes::Found Causes::find_not_converted(const Bill& bill) {
  const fees::ResolvedQuestion& resolved = bill.resolved;
  const facts::Operation& own = resolved.operation;
  if (resolved.rates != nullptr) {
    auto change = [&] { return Changed{resolved.plan, own, unconverted(*resolved.rates)}; };
    std::size_t number = change_count(*resolved.plan) - 1;
    Found found = explain_by(bill, bill.cell, number, own.amount, change, "not converted");
    if (found) return found;
  }
  Rational sum = 0;
  for (const auto& [currency, fee] : bill.computed.fees) sum += fee;
  if (is_near(sum, bill.billed, bill.tolerance)) {
    Parts parts;
    for (const fees::Line& line : bill.computed.lines) {
      bool is_other =
          line.collect != schedule::Collect::none && line.amount.currency != own.currency;
      if (is_other) parts[line.fee->id] += line.amount.amount;
    }
    return cause_of("not converted", parts);
  }
  return find_other_currency(bill);
}

Causes::Found Causes::find_other_currency(const Bill& bill) {
  const fees::Plan& plan = *bill.resolved.plan;
  const facts::Operation& own = bill.resolved.operation;
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

// Said in integers: most bills are not.
bool Causes::may_be_other_unit(const Bill::Units& units) {
  Int128 minor_units = 1;
  for (int i = 0; i < units.digits; ++i) minor_units *= 10;
  return units.is_billed(-Int128{units.fee}) || units.is_billed(units.fee * minor_units) ||
         units.is_billed(units.fee, minor_units);
}

// The right figure, written otherwise.
Causes::Found Causes::find_other_unit(const Bill& bill) const {
  if (bill.units && !may_be_other_unit(*bill.units)) return std::nullopt;
  const Currencies& currencies = bill.resolved.plan->schedule.currencies;
  Rational minor_units =
      Rational(1) / Rational(currencies.minor_unit(bill.resolved.operation.currency));
  if (Found found = explain_times(bill, -1, "sign turned")) return found;
  if (minor_units == Rational(1)) return std::nullopt;
  if (Found found = explain_times(bill, minor_units, "minor units")) return found;
  return explain_times(bill, Rational(1) / minor_units, "major units");
}

}  // namespace levy::batch::rows
