// What a charge is a share of: the amount, earlier lines, a product of quantities; and what an
// allowance leaves of it.
#include <algorithm>

#include "facts/conditions.h"
#include "fees/charging.h"
#include "schedule/charge_parts.h"

namespace levy::fees {
Checked<std::optional<Charging::Base>> Charging::find_base(const schedule::Charge& charge) {
  Checked<std::optional<Base>> found = std::optional(Base{{}, context_.operation.currency, true});
  if (!charge.of.empty()) {
    found = base_of_lines(charge);
  } else if (charge.of_debit) {
    Checked<Base> debit = base_of_debit(charge);
    if (!debit) return std::move(debit).faults();
    found = std::optional(*debit);
  } else if (!charge.units.empty()) {
    Checked<Base> units = base_of_units(charge);
    if (!units) return std::move(units).faults();
    found = std::optional(*units);
  } else if (schedule::uses_base(charge)) {
    Checked<Form> value = amount(charge.place);
    if (!value) return std::move(value).faults();
    steps_.add(StepOp::amount, {}, *value, context_.operation.currency, charge.place);
    (*found)->value = *value;
    if (!charge.times.empty()) {
      Checked<Rational> times = times_of(charge);
      if (!times) return std::move(times).faults();
      (*found)->value = *value * (Rational(1) / *times);
      steps_.add(StepOp::divide, {*value, *times}, *(*found)->value, context_.operation.currency,
                 charge.place);
    }
  }
  if (found && *found) (*found)->own = (*found)->currency;
  if (found && *found && schedule::is_lone_flat(charge))
    (*found)->currency = schedule::only_flat(charge)->price.money.front().currency;
  return found;
}

Checked<std::optional<Charging::Base>> Charging::base_of_lines(const schedule::Charge& charge) {
  Base base;
  std::vector<Form> parts;
  Form total;
  bool has_base = false;  // the amount, or a fee that has a line
  auto add = [&](const Form& value, Currency currency, const schedule::OfTerm& term) {
    if (!parts.empty() && base.currency != currency) return false;
    base.currency = currency;
    parts.push_back(term.subtract ? -value : value);
    total = total + parts.back();
    return true;
  };
  for (const schedule::OfTerm& term : charge.of) {
    bool same = true;
    if (term.fee.empty()) {
      // A fixed price beside it does not look at the amount, which may then be left out.
      bool given = context_.operation.amount || schedule::uses_base(charge);
      Checked<Form> value = given ? amount(term.place) : Checked<Form>(Form());
      if (!value) return std::move(value).faults();
      has_base = true;
      same = add(*value, context_.operation.currency, term);
    } else {
      std::size_t index = plan_.fee_index.find(term.fee)->second;
      for (const LineForm& line : so_far_.lines) {
        if (line.fee != index) continue;
        has_base = true;
        same = add(line.amount, line.currency, term);
      }
    }
    if (!same) {
      return Diagnostic{Code::mixed_currencies,
                        "the lines that this charge is taken of are in more than one currency",
                        "take it of lines in one currency", term.place};
    }
  }
  if (!has_base) return std::optional<Base>();
  base.value = total;
  steps_.add(StepOp::of, parts, total, base.currency, charge.place);
  return std::optional(base);
}

// What is paid before this fee: the amount, and the lines on top of it so far.
Checked<Charging::Base> Charging::base_of_debit(const schedule::Charge& charge) {
  Checked<Form> value = amount(charge.place);
  if (!value) return std::move(value).faults();
  Currency currency = context_.operation.currency;
  std::vector<Form> parts = {*value};
  Form total = *value;
  for (const LineForm& line : so_far_.lines) {
    if (line.collect != schedule::Collect::on_top || line.currency != currency) continue;
    parts.push_back(line.amount);
    total = total + line.amount;
  }
  steps_.add(StepOp::debit, parts, total, currency, charge.place);
  Base base;
  base.value = total;
  base.currency = currency;
  return base;
}

Checked<Charging::Base> Charging::base_of_units(const schedule::Charge& charge) {
  Base base;
  base.is_money = false;
  Checked<Currency> currency = currency_of_units(charge);
  if (!currency) return std::move(currency).faults();
  base.currency = *currency;
  std::vector<Form> factors;
  for (const std::string& name : charge.units) {
    if (name == "amount") {
      Checked<Form> value = amount(charge.place);
      if (!value) return std::move(value).faults();
      factors.push_back(*value);
      continue;
    }
    auto found = context_.operation.quantities.find(name);
    ensure(found != context_.operation.quantities.end(),
           "no fee is charged while something is missing");
    factors.push_back(context_.quantity_on(amounts_, name, found->second));
  }
  Form product = factors.front();
  for (std::size_t i = 1; i < factors.size(); ++i) {
    product = amounts_.multiply(product, factors[i]);
  }
  steps_.add(StepOp::units, factors, product, Currency(), charge.place);
  base.value = product;
  return base;
}

// The operation's currency where all money of the charge has an entry in it (or is converted into
// it), else the one that all of it shares.
Checked<Currency> Charging::currency_of_units(const schedule::Charge& charge) const {
  std::vector<const schedule::Price*> prices = schedule::prices_of(charge);
  auto all_have = [&](Currency currency) {
    return std::all_of(prices.begin(), prices.end(), [&](const schedule::Price* price) {
      return find_money(price->money, currency) != nullptr;
    });
  };
  Currency own = context_.operation.currency;
  if (prices.empty() || charge.convert || all_have(own)) return own;
  std::vector<Currency> shared;
  for (const Money& candidate : prices.front()->money) {
    if (all_have(candidate.currency)) shared.push_back(candidate.currency);
  }
  if (shared.size() == 1) return shared.front();
  return facts::missing_money(own, charge.place);
}

// All money of the charge has its entry, whichever of it this amount reaches: a gap in the tariff
// shows at once, and not only to the customer who falls into it.
std::optional<Diagnostics> Charging::check_money(const schedule::Charge& charge, const Base& base) {
  bool many = charge.graduated().size() + charge.slab().size() >= many_bands;
  if (many && known().priced.contains(&charge)) return std::nullopt;
  std::optional<Diagnostics> faults = find_missing_money(charge, base);
  if (many && !faults) known().priced.insert(&charge);
  return faults;
}

std::optional<Diagnostics> Charging::find_missing_money(const schedule::Charge& charge,
                                                        const Base& base) const {
  auto check = [&](const MoneyList& list, const Place& place) -> std::optional<Diagnostics> {
    if (find_money(list, base.currency) != nullptr) return std::nullopt;
    if (!charge.convert) return Diagnostics{facts::missing_money(base.currency, place)};
    Checked<Rational> converted = facts::convert(list.front(), base.currency, context_.rates);
    if (converted) return std::nullopt;
    return converted.faults();
  };
  for (const schedule::Price* price : schedule::prices_of(charge)) {
    if (auto faults = check(price->money, price->place)) return faults;
  }
  if (charge.cap && !charge.in.empty()) {
    const schedule::Price& max = charge.cap->max;
    if (find_money(max.money, charge.in) == nullptr) {
      if (!charge.convert) return Diagnostics{facts::missing_money(charge.in, max.place)};
    }
  }
  if (!base.is_money) return std::nullopt;
  for (const schedule::Figure* figure : schedule::base_figures_of(charge)) {
    if (figure->number) continue;
    if (auto faults = check(figure->money, figure->place)) return faults;
  }
  if (!charge.free || !charge.free->amount || charge.convert) return std::nullopt;
  const schedule::Price& allowance = *charge.free->amount;
  if (find_money(allowance.money, base.own) != nullptr) return std::nullopt;
  return Diagnostics{facts::missing_money(base.own, allowance.place)};
}

// ---- allowances --------------------------------------------------------------------------------

// What is left of the base to charge; nothing where nothing is left, and the line is 0.
Checked<std::optional<Form>> Charging::after_free(const FeePlan& fee,
                                                  const schedule::Charge& charge,
                                                  const Base& base) {
  const schedule::Free& free = *charge.free;
  if (free.kind == schedule::Free::Kind::count) {
    Checked<Form> used = reading(fee, free.meter);
    if (!used) return std::move(used).faults();
    bool exempt = amounts_.is_positive(Form(Rational(free.units)) - *used);
    steps_.add(StepOp::free_count, {Rational(free.units), *used}, Form(Rational(exempt ? 0 : 1)),
               Currency(), free.place);
    return exempt ? std::optional<Form>() : std::optional(base.value.value_or(Form()));
  }
  Checked<Form> left = allowance_left(fee, free, base, charge.convert);
  if (!left) return std::move(left).faults();
  const Form& whole = *base.value;
  bool exceeds = amounts_.is_positive(whole - *left);
  Form rest = !exceeds ? Form() : free.whole ? whole : whole - *left;
  steps_.add(free.whole ? StepOp::free_whole : StepOp::free, {whole, *left}, rest,
             base.is_money ? base.currency : Currency(), free.place);
  if (!exceeds || amounts_.is_zero(rest)) return std::optional<Form>();
  return std::optional(rest);
}

// In the base's currency, or in its units.
Checked<Form> Charging::allowance_left(const FeePlan& fee, const schedule::Free& free,
                                       const Base& base, bool converts) {
  Checked<Form> used = reading(fee, free.meter);
  if (!used) return used;
  Rational allowance = free.units;
  Currency currency;
  if (free.kind == schedule::Free::Kind::amount) {
    currency = base.own;
    Checked<Rational> money = price(*free.amount, currency, converts);
    if (!money) return std::move(money).faults();
    allowance = *money;
    used = reading_in(fee, *used, currency, free.place);
    if (!used) return used;
  }
  Form left = not_negative(Form(allowance) - *used);
  steps_.add(StepOp::left, {allowance, *used}, left, currency, free.place);
  return left;
}

}  // namespace levy::fees
