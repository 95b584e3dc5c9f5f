// What a charge is a share of: the amount, earlier lines, a product of quantities; and what an
// allowance leaves of it.
#include <algorithm>

#include "fees/charging.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

bool is_lone_flat(const Charge& charge) {
  const Terms& terms = charge.terms;
  return terms.flat && terms.flat->money.size() == 1 && !charge.convert && !terms.percent &&
         !terms.bps && !terms.each && !terms.per && charge.graduated.empty() && charge.slab.empty();
}

bool uses_base(const Charge& charge) {
  const Terms& terms = charge.terms;
  bool free_of_base = charge.free && charge.free->kind != Free::Kind::count;
  return terms.percent || terms.bps || terms.each || terms.per || !charge.graduated.empty() ||
         !charge.slab.empty() || free_of_base;
}

// Every price of a charge, its bands included: what decides the currency of a `units` line.
std::vector<const MoneyList*> prices_of(const Charge& charge) {
  std::vector<const MoneyList*> prices;
  auto add = [&](const Terms& terms) {
    for (const auto* price : {&terms.each, &terms.flat, &terms.min, &terms.max}) {
      if (*price) prices.push_back(&(*price)->money);
    }
    if (terms.per) prices.push_back(&terms.per->charge.money);
  };
  add(charge.terms);
  for (const Band& band : charge.graduated) add(band.terms);
  for (const Band& band : charge.slab) add(band.terms);
  return prices;
}

}  // namespace

Checked<std::optional<Charging::Base>> Charging::find_base(const Charge& charge) {
  Checked<std::optional<Base>> found = std::optional(Base{{}, scene_.operation.currency, true});
  if (!charge.of.empty()) {
    found = base_of_lines(charge);
  } else if (!charge.units.empty()) {
    Checked<Base> units = base_of_units(charge);
    if (!units) return std::move(units).faults();
    found = std::optional(*units);
  } else if (uses_base(charge)) {
    Checked<Form> value = amount(charge.place);
    if (!value) return std::move(value).faults();
    steps_.add("amount", {}, *value, scene_.operation.currency, charge.place);
    (*found)->value = *value;
  }
  // A lone flat of one money is charged in its own currency, whatever the base.
  if (found && *found && is_lone_flat(charge))
    (*found)->currency = charge.terms.flat->money.front().currency;
  return found;
}

Checked<std::optional<Charging::Base>> Charging::base_of_lines(const Charge& charge) {
  Base base;
  std::vector<Form> parts;
  Form total;
  bool names_fees = false, has_line = false;
  auto add = [&](const Form& value, Currency currency, const OfTerm& term) {
    if (!parts.empty() && base.currency != currency) return false;
    base.currency = currency;
    parts.push_back(term.subtract ? -value : value);
    total = total + parts.back();
    return true;
  };
  for (const OfTerm& term : charge.of) {
    bool same = true;
    if (term.fee.empty()) {
      Checked<Form> value = amount(term.place);
      if (!value) return std::move(value).faults();
      same = add(*value, scene_.operation.currency, term);
    } else {
      names_fees = true;
      std::size_t index = plan_.fee_index.find(term.fee)->second;
      for (const LineForm& line : so_far_.lines) {
        if (line.fee != index) continue;
        has_line = true;
        same = add(line.amount, line.currency, term);
      }
    }
    if (!same) {
      return Diagnostic{Code::mixed_currencies,
                        "the lines that this charge is taken of are in more than one currency",
                        "take it of lines in one currency", term.place};
    }
  }
  if (names_fees && !has_line) return std::optional<Base>();
  base.value = total;
  steps_.add("of", parts, total, base.currency, charge.place);
  return std::optional(base);
}

Checked<Charging::Base> Charging::base_of_units(const Charge& charge) {
  Base base;
  base.is_money = false;
  Checked<Currency> currency = currency_of_units(charge);
  if (!currency) return std::move(currency).faults();
  base.currency = *currency;
  std::vector<Form> factors;
  Diagnostic missing{Code::missing_quantity, "a quantity is needed that was not given", "",
                     charge.place};
  for (const std::string& name : charge.units) {
    if (name == "amount") {
      Checked<Form> value = amount(charge.place);
      if (!value) return std::move(value).faults();
      factors.push_back(*value);
      continue;
    }
    auto found = scene_.operation.quantities.find(name);
    if (found == scene_.operation.quantities.end()) {
      missing.missing.push_back({name, {"decimal"}, false});
    } else {
      factors.push_back(Form(found->second));
    }
  }
  if (!missing.missing.empty()) {
    missing.message = missing.missing.front().name + " is needed and was not given";
    missing.remedy = "give " + missing.missing.front().name + ", a number that is 0 or more";
    return missing;
  }
  Form product = factors.front();
  for (std::size_t i = 1; i < factors.size(); ++i) {
    product = stretch_.multiply(product, factors[i]);
  }
  steps_.add("units", factors, product, Currency(), charge.place);
  base.value = product;
  return base;
}

// The operation's currency where all money of the charge has an entry in it (or is converted into
// it), else the one that all of it shares.
Checked<Currency> Charging::currency_of_units(const Charge& charge) const {
  std::vector<const MoneyList*> prices = prices_of(charge);
  auto all_have = [&](Currency currency) {
    return std::all_of(prices.begin(), prices.end(), [&](const MoneyList* list) {
      return find_money(*list, currency) != nullptr;
    });
  };
  Currency own = scene_.operation.currency;
  if (prices.empty() || charge.convert || all_have(own)) return own;
  for (const Money& candidate : *prices.front()) {
    if (all_have(candidate.currency)) return candidate.currency;
  }
  return missing_money(own, charge.place);
}

// ---- allowances --------------------------------------------------------------------------------

// What is left of the base to charge; nothing where nothing is left, and the line is 0.
Checked<std::optional<Form>> Charging::after_free(const FeePlan& fee, const Charge& charge,
                                                  const Base& base) {
  const Free& free = *charge.free;
  if (free.kind == Free::Kind::count) {
    Checked<Reading> used = reading(fee, free.meter);
    if (!used) return std::move(used).faults();
    bool exempt = used->value < Rational(free.units);
    steps_.add("free_count", {Form(Rational(free.units)), Form(used->value)},
               Form(Rational(exempt ? 0 : 1)), Currency(), free.place);
    return exempt ? std::optional<Form>() : std::optional(base.value.value_or(Form()));
  }
  Checked<Form> left = allowance_left(fee, free, base);
  if (!left) return std::move(left).faults();
  const Form& whole = *base.value;
  bool exceeds = stretch_.is_positive(whole - *left);
  Form rest = !exceeds ? Form() : free.whole ? whole : whole - *left;
  steps_.add(free.whole ? "free_whole" : "free", {whole, *left}, rest,
             base.is_money ? base.currency : Currency(), free.place);
  if (!exceeds || stretch_.is_zero(rest)) return std::optional<Form>();
  return std::optional(rest);
}

// In the base's currency, or in its units.
Checked<Form> Charging::allowance_left(const FeePlan& fee, const Free& free, const Base& base) {
  Checked<Reading> used = reading(fee, free.meter);
  if (!used) return std::move(used).faults();
  Rational allowance = free.units;
  Currency currency;
  if (free.kind == Free::Kind::amount) {
    currency = fee.meter.currency;
    Checked<Rational> money = price(*free.amount, currency, false);
    if (!money) return std::move(money).faults();
    allowance = *money;
  }
  Rational left = std::max(Rational(0), allowance - used->value);
  steps_.add("left", {Form(allowance), Form(used->value)}, Form(left), currency, free.place);
  if (free.kind == Free::Kind::units || currency == base.currency) return Form(left);
  Checked<Rational> mid = convert(Money{1, currency}, base.currency, scene_.rates);
  if (!mid) return std::move(mid).faults();
  Form converted(left * *mid);
  steps_.add("convert", {Form(left), Form(*mid)}, converted, base.currency, free.place);
  return converted;
}

}  // namespace levy
