#include "fees/charging.h"

#include <algorithm>

#include "facts/conditions.h"

namespace levy::fees {
namespace {

// With `by`, these go on where the account's reading ends.
bool runs_on_from_reading(const schedule::Term& term) {
  return std::holds_alternative<schedule::Graduated>(term) ||
         std::holds_alternative<schedule::Per>(term);
}

// What is charged by bands is explained before the rest.
template <class Visit>
std::optional<Diagnostics> each_term(const schedule::Terms& terms, const Visit& visit) {
  for (bool bands : {true, false}) {
    for (const schedule::Term& term : terms.list) {
      if ((schedule::bands_of(term) != nullptr) != bands) continue;
      if (std::optional<Diagnostics> faults = visit(term)) return faults;
    }
  }
  return std::nullopt;
}

}  // namespace

// From memory where somebody remembers.
Checked<std::optional<Charged>> Charging::charge(const FeePlan& fee,
                                                 const schedule::Charge& charge) {
  bool remembers =
      context_.memo != nullptr && context_.variable == nullptr && ChargeMemo::takes(charge);
  if (!remembers) return anew(fee, charge);
  Currency currency = context_.operation.currency;
  if (const ChargeMemo::Known* known = context_.memo->find(charge, currency, amounts_)) {
    if (known->split_point) amounts_.ask_split_at(*known->split_point);
    return std::optional(known->charged);
  }
  Checked<std::optional<Charged>> charged = anew(fee, charge);
  if (charged && *charged) context_.memo->add(charge, currency, amounts_, **charged);
  return charged;
}

Checked<std::optional<Charged>> Charging::anew(const FeePlan& fee, const schedule::Charge& charge) {
  if (charge.waived) {
    steps_.add(StepOp::waived, {}, Form(), context_.operation.currency, charge.place);
    return std::optional(Charged{Form(), context_.operation.currency});
  }
  bool chooses = !charge.greatest.empty() || !charge.least.empty();
  return chooses ? chosen(fee, charge) : single(fee, charge);
}

Checked<Form> Charging::amount(const Place& place) const {
  if (!context_.operation.amount) return missing_amount(place);
  return context_.amount_on(amounts_);
}

// One charge with its own base. What the allowance exempts is gone before anything is charged.
Checked<std::optional<Charged>> Charging::single(const FeePlan& fee,
                                                 const schedule::Charge& charge) {
  Checked<std::optional<Base>> found = find_base(charge);
  if (!found) return std::move(found).faults();
  if (!*found) return std::optional<Charged>();
  Base base = std::move(**found);
  if (auto faults = check_money(charge, base)) return *faults;
  if (charge.free) {
    Checked<std::optional<Form>> rest = after_free(fee, charge, base);
    if (!rest) return std::move(rest).faults();
    if (!*rest) {
      Currency currency = charge.in.empty() ? base.currency : charge.in;
      return std::optional(Charged{Form(), currency, true});
    }
    if (base.value) base.value = std::move(**rest);
  }
  Checked<Form> value = sum(fee, charge, base);
  if (!value) return std::move(value).faults();
  if (charge.of_debit) value = grossed_up(charge, *value, base.currency);
  Checked<Form> held = bounded(charge.terms, *std::move(value), base, charge.convert);
  if (!held) return std::move(held).faults();
  Checked<Charged> charged = converted_in(charge, *std::move(held), base.currency);
  if (!charged) return std::move(charged).faults();
  return std::optional(*std::move(charged));
}

// With S paid so far and p the share, (p * S + flat) / (1 - p) is p * (S + itself) + flat.
Form Charging::grossed_up(const schedule::Charge& charge, const Form& value, Currency currency) {
  Rational share = schedule::debit_share(charge);
  Form whole = value * (Rational(1) / (Rational(1) - share));
  steps_.add(StepOp::gross_up, {value, share * Rational(100)}, whole, currency, charge.place);
  return whole;
}

Checked<Charged> Charging::converted_in(const schedule::Charge& charge, Form value,
                                        Currency currency) {
  if (charge.in.empty() || charge.in == currency) return Charged{std::move(value), currency};
  Checked<Rational> mid = facts::convert(Money{1, currency}, charge.in, context_.rates);
  if (!mid) return std::move(mid).faults();
  Form converted = value * *mid;
  steps_.add(StepOp::convert, {value, *mid}, converted, charge.in, charge.place);
  return Charged{std::move(converted), charge.in};
}

// A quantity that varies is asked about value by value: what is divided by it has no form.
Checked<Rational> Charging::times_of(const schedule::Charge& charge) const {
  if (charge.times.empty()) return Rational(1);
  auto found = context_.operation.quantities.find(charge.times);
  ensure(found != context_.operation.quantities.end(),
         "no fee is charged while something is missing");
  Rational count = found->second;
  if (context_.variable != nullptr && *context_.variable == charge.times) {
    amounts_.ask_points();
    count = amounts_.from();
  }
  if (count.is_integer() && count >= Rational(1)) return count;
  return Diagnostic{Code::out_of_range,
                    charge.times + " " + count.to_string() + " is not a whole number of 1 or more",
                    "this fee is charged for each of them: give how many there are", charge.place};
}

// greatest / least: each member with its own base; a member without a line is left out.
Checked<std::optional<Charged>> Charging::chosen(const FeePlan& fee,
                                                 const schedule::Charge& charge) {
  bool greatest = !charge.greatest.empty();
  std::optional<Charged> best;
  std::vector<Form> values;
  for (const schedule::Charge& member : greatest ? charge.greatest : charge.least) {
    Checked<std::optional<Charged>> charged = single(fee, member);
    if (!charged) return charged;
    if (!*charged) continue;
    values.push_back((*charged)->value);
    if (!best) {
      best = **charged;
      continue;
    }
    if (best->currency != (*charged)->currency) {
      return Diagnostic{Code::mixed_currencies,
                        "the charges compared here are in " + std::string(best->currency.code()) +
                            " and " + std::string((*charged)->currency.code()),
                        "give every member an amount in the operation's currency, or \"convert\"",
                        member.place};
    }
    Form difference = (*charged)->value - best->value;
    if (amounts_.is_positive(greatest ? difference : -difference)) best = **charged;
  }
  if (!best) return best;
  steps_.add(greatest ? StepOp::greatest : StepOp::least, values, best->value, best->currency,
             charge.place);
  Base base{best->value, best->currency, true};
  Checked<Form> held = bounded(charge.terms, best->value, base, charge.convert);
  if (!held) return std::move(held).faults();
  return std::optional(Charged{*held, best->currency});
}

// ---- the sum -----------------------------------------------------------------------------------

Checked<Form> Charging::sum(const FeePlan& fee, const schedule::Charge& charge, const Base& base) {
  Part whole{fee, charge, base, base.value ? &*base.value : nullptr};
  bool runs_on = charge.by && charge.slab().empty();  // F(reading + base) - F(reading)
  if (!runs_on) return terms(whole, charge.terms);
  Checked<Form> metered_part = metered(whole);
  if (!metered_part) return metered_part;
  auto is_left = [](const schedule::Term& one) { return !runs_on_from_reading(one); };
  return added_up(whole, charge.terms, is_left, {*std::move(metered_part)});
}

Checked<Form> Charging::terms(const Part& part, const schedule::Terms& terms) {
  return added_up(part, terms, [](const schedule::Term&) { return true; }, {});
}

// The terms that are asked for, and what is charged already.
template <class Asked>
Checked<Form> Charging::added_up(const Part& part, const schedule::Terms& terms, const Asked& asked,
                                 std::vector<Form> parts) {
  auto faults = each_term(terms, [&](const schedule::Term& one) -> std::optional<Diagnostics> {
    if (!asked(one)) return std::nullopt;
    Checked<Form> value = std::visit([&](const auto& kind) { return term(kind, part); }, one);
    if (!value) return std::move(value).faults();
    parts.push_back(*std::move(value));
    return std::nullopt;
  });
  if (faults) return *std::move(faults);
  if (parts.size() == 1) return std::move(parts.front());
  Form total;
  for (const Form& each : parts) total = total + each;
  if (!parts.empty()) steps_.add(StepOp::plus, parts, total, part.base.currency, Place{});
  return total;
}

Form Charging::share(const schedule::Rate& rate, StepOp op, int scale, const Part& part) {
  Form value = *part.value * rate.fraction;
  steps_.add(op, {rate.fraction * Rational(scale), *part.value}, value, part.base.currency,
             rate.place);
  return value;
}

Checked<Form> Charging::term(const schedule::Percent& percent, const Part& part) {
  return share(percent.rate, StepOp::percent, 100, part);
}

Checked<Form> Charging::term(const schedule::Bps& bps, const Part& part) {
  return share(bps.rate, StepOp::bps, 10'000, part);
}

Checked<Form> Charging::term(const schedule::Each& each, const Part& part) {
  Checked<Rational> money = price(each.price, part.base.currency, part.charge.convert);
  if (!money) return std::move(money).faults();
  Form value = *part.value * *money;
  steps_.add(StepOp::each, {*money, *part.value}, value, part.base.currency, each.price.place);
  return value;
}

Checked<Form> Charging::term(const schedule::Flat& flat, const Part& part) {
  Checked<Rational> money = price(flat.price, part.base.currency, part.charge.convert);
  if (!money) return std::move(money).faults();
  steps_.add(StepOp::flat, {*money}, Form(*money), part.base.currency, flat.price.place);
  return Form(*money);
}

Checked<Form> Charging::term(const schedule::Per& per, const Part& part) {
  Checked<Rational> every = figure(per.every, part.base, part.charge.convert);
  if (!every) return std::move(every).faults();
  Checked<Rational> charge = price(per.price, part.base.currency, part.charge.convert);
  if (!charge) return std::move(charge).faults();
  bool started = per.count == schedule::Per::Count::started;
  Form counted = not_negative(*part.value) * (Rational(1) / *every);
  Form blocks =
      amounts_.round(counted, Decimal(1), started ? RoundingMode::ceiling : RoundingMode::floor);
  Form value = blocks * *charge;
  steps_.add(StepOp::per, {not_negative(*part.value), *every, *charge}, value, part.base.currency,
             per.place, started ? "started" : "complete");
  return value;
}

Form Charging::not_negative(Form form) {
  if (amounts_.is_not_negative(form)) return form;
  return Form();
}

// ---- bands -------------------------------------------------------------------------------------

KnownCharges& Charging::known() {
  if (!known_) known_ = std::make_shared<KnownCharges>();
  return *known_;
}

// How many bands, from the first on, end below x on all of the range. Steps tell of each band, so
// where they are wanted, or there are few bands, all are looked at.
std::size_t Charging::bands_below(const std::vector<schedule::Band>& bands, const Form& x,
                                  const Base& base, bool convert) {
  if (steps_.wanted() || bands.size() < many_bands) return 0;
  std::optional<Rational> least = amounts_.lowest(x);
  if (!least) return 0;
  auto is_below = [&](const schedule::Band& band) {
    if (!band.bound) return false;
    Checked<Rational> end = figure(*band.bound, base, convert);
    return end && (band.inclusive ? *least > *end : *least >= *end);
  };
  auto first = std::partition_point(bands.begin(), bands.end(), is_below);
  return static_cast<std::size_t>(first - bands.begin());
}

// What the first bands charge where all of each is used.
Checked<Rational> Charging::sum_of_bands(const std::vector<schedule::Band>& bands,
                                         std::size_t count, const Part& of) {
  if (count == 0) return Rational(0);
  std::vector<Rational>& sums = known().sums[&bands];
  while (sums.size() < count) {
    const std::size_t next = sums.size();
    const schedule::Band& band = bands[next];
    Checked<Rational> to = figure(*band.bound, of.base, of.charge.convert);
    if (!to) return to;
    Rational from = 0;
    if (next > 0) {
      Checked<Rational> before = figure(*bands[next - 1].bound, of.base, of.charge.convert);
      if (!before) return before;
      from = *before;
    }
    Form part(*to - from);
    Checked<Form> value = terms({of.fee, of.charge, of.base, &part}, band.terms);
    if (!value) return std::move(value).faults();
    sums.push_back((next > 0 ? sums[next - 1] : Rational(0)) + value->constant());
  }
  return sums[count - 1];
}

Checked<Form> Charging::term(const schedule::Graduated& graduated, const Part& part) {
  return over_bands(graduated.bands, *part.value, part);
}

// Each band charges the part of x that lies in it.
Checked<Form> Charging::over_bands(const std::vector<schedule::Band>& bands, const Form& x,
                                   const Part& of) {
  const Base& base = of.base;
  Form whole = not_negative(x);
  std::vector<Form> parts;
  Rational from = 0;
  bool reached = amounts_.is_positive(whole);
  std::size_t first = bands_below(bands, whole, base, of.charge.convert), next = first;
  if (first > 0) {
    Checked<Rational> sum = sum_of_bands(bands, first, of);
    if (!sum) return std::move(sum).faults();
    parts.push_back(Form(*sum));
    Checked<Rational> end = figure(*bands[first - 1].bound, base, of.charge.convert);
    if (!end) return std::move(end).faults();
    from = *end;
  }
  for (; next < bands.size(); ++next) {
    const schedule::Band& band = bands[next];
    if (!amounts_.is_settled()) return Form();
    if (!reached) break;
    std::optional<Rational> to;
    if (band.bound) {
      Checked<Rational> bound = figure(*band.bound, base, of.charge.convert);
      if (!bound) return std::move(bound).faults();
      to = *bound;
    }
    Form beyond = to ? whole - Form(*to) : Form();
    reached =
        to && (band.inclusive ? amounts_.is_positive(beyond) : amounts_.is_not_negative(beyond));
    Form part = reached ? Form(*to - from) : whole - Form(from);
    Currency currency = base.is_money ? base.currency : Currency();
    if (to) {
      steps_.add(StepOp::part, {whole, from, *to}, part, currency, band.place);
    } else {
      steps_.add(StepOp::part, {whole, from}, part, currency, band.place);
    }
    Checked<Form> value = terms({of.fee, of.charge, base, &part}, band.terms);
    if (!value) return value;
    parts.push_back(*std::move(value));
    if (to) from = *to;
  }
  if (reached && next == bands.size()) {
    return above_last_band("base", whole, base, from, bands.back());
  }
  Form total;
  for (const Form& part : parts) total = total + part;
  if (parts.size() != 1) steps_.add(StepOp::plus, parts, total, base.currency, Place{});
  return total;
}

// Figures are named where there is one amount to name.
Diagnostic Charging::above_last_band(const std::string& what, const Form& value, const Base& base,
                                     const Rational& end, const schedule::Band& last) const {
  auto text = [&](const Rational& figure) {
    if (!base.is_money) return figure.to_string();
    return to_string(Money{figure, base.currency}, plan_.schedule.currencies);
  };
  std::string figure = value.is_constant() ? " of " + text(value.constant()) : "";
  return Diagnostic{Code::above_last_band,
                    "the " + what + figure + " is above the last band, which ends " +
                        (last.inclusive ? "at " : "below ") + text(end),
                    "add a band, or leave the last one open", last.place};
}

// The band that holds the base (or the meter's reading) charges the whole base.
Checked<Form> Charging::term(const schedule::Slab& slab, const Part& part) {
  const schedule::Charge& charge = part.charge;
  const Base& base = part.base;
  Form key = not_negative(base.value.value_or(Form()));
  Base key_base = base;
  if (charge.by) {
    Checked<Form> counted = reading(part.fee, *charge.by);
    if (!counted) return counted;
    key = *std::move(counted);
    key_base.currency = part.fee.meter.currency;
    key_base.is_money = schedule::counts_money(*charge.by);
  }
  Rational end;
  std::size_t first = bands_below(slab.bands, key, key_base, charge.convert);
  if (first > 0) {
    Checked<Rational> bound = figure(*slab.bands[first - 1].bound, key_base, charge.convert);
    if (!bound) return std::move(bound).faults();
    end = *bound;
  }
  for (std::size_t i = first; i < slab.bands.size(); ++i) {
    const schedule::Band& band = slab.bands[i];
    if (!amounts_.is_settled()) return Form();
    bool inside = !band.bound;
    if (band.bound) {
      Checked<Rational> bound = figure(*band.bound, key_base, charge.convert);
      if (!bound) return std::move(bound).faults();
      end = *bound;
      Form room = Form(end) - key;
      inside = band.inclusive ? amounts_.is_not_negative(room) : amounts_.is_positive(room);
    }
    if (!inside) continue;
    Form whole = not_negative(base.value.value_or(Form()));
    Checked<Form> value = terms({part.fee, charge, base, &whole}, band.terms);
    if (!value) return value;
    return bounded(band.terms, *std::move(value), base, charge.convert);
  }
  return above_last_band(charge.by ? "reading" : "base", key, key_base, end, slab.bands.back());
}

// graduated and per over what the account has done before: F(reading + base) - F(reading).
Checked<Form> Charging::metered(const Part& part) {
  const schedule::Charge& charge = part.charge;
  const Base& base = part.base;
  Checked<Form> before = reading(part.fee, *charge.by);
  if (before && base.is_money)
    before = reading_in(part.fee, *before, base.currency, charge.by->place);
  if (!before) return before;
  auto run = [&](const Form& x) -> Checked<Form> {
    return added_up({part.fee, charge, base, &x}, charge.terms, runs_on_from_reading, {});
  };
  Form reached = *before + not_negative(*base.value);
  steps_.add(StepOp::plus, {*before, not_negative(*base.value)}, reached,
             base.is_money ? base.currency : Currency(), charge.by->place);
  Checked<Form> after = run(reached);
  if (!after) return after;
  Checked<Form> already = run(*before);
  if (!already) return already;
  Form value = *after - *already;
  steps_.add(StepOp::minus, {*after, *already}, value, base.currency, charge.by->place);
  return value;
}

// ---- bounds ------------------------------------------------------------------------------------

Checked<Form> Charging::bounded(const schedule::Terms& terms, Form value, const Base& base,
                                bool convert) {
  for (const auto* bound : {&terms.min, &terms.max}) {
    if (!*bound) continue;
    Checked<Rational> money = price(**bound, base.currency, convert);
    if (!money) return std::move(money).faults();
    bool is_min = bound == &terms.min;
    Form end(*money);
    bool beyond = amounts_.is_positive(is_min ? end - value : value - end);
    steps_.add(is_min ? StepOp::at_least : StepOp::at_most, {value, *money}, beyond ? end : value,
               base.currency, (*bound)->place);
    if (beyond) value = std::move(end);
  }
  return value;
}

// What was charged beyond the cap before is not paid back.
Checked<std::optional<Form>> Charging::capped(const FeePlan& fee, const schedule::Charge& charge,
                                              const Form& line, Currency currency) {
  const schedule::Cap& cap = *charge.cap;
  Checked<Form> used = reading(fee, cap.meter);
  if (used) used = reading_in(fee, *used, currency, cap.place);
  if (!used) return std::move(used).faults();
  Checked<Rational> most = price(cap.max, currency, charge.convert);
  if (!most) return std::move(most).faults();
  Form room = not_negative(Form(*most) - *used);
  bool beyond = amounts_.is_positive(line - room);
  steps_.add(StepOp::cap, {line, *most, *used}, beyond ? room : line, currency, cap.place);
  return beyond ? std::optional(room) : std::nullopt;
}

// ---- figures -----------------------------------------------------------------------------------

Checked<Form> Charging::reading(const FeePlan& fee, const schedule::Meter& meter) {
  if (meter.window.kind == Window::Kind::transaction) return Form();
  if (context_.open_readings != nullptr) {
    const std::vector<std::string>& open = *context_.open_readings;
    auto index = std::find(open.begin(), open.end(), fee.meter.id);
    if (index != open.end()) return amounts_.opened(static_cast<std::size_t>(index - open.begin()));
  }
  auto found = context_.readings.find(fee.meter.id);
  if (found != context_.readings.end() && !found->second.assumed) {
    const facts::Reading& given = found->second;
    if (given.mid) {
      steps_.add(StepOp::convert, {given.value / *given.mid, *given.mid}, given.value,
                 given.currency, meter.place);
    }
    return Form(given.value);
  }
  const std::string& id = fee.meter.id;
  if (context_.strict) {
    return Diagnostic{Code::missing_reading, "the reading of " + id + " was not given",
                      "give it with --used " + id + "=VALUE", meter.place};
  }
  if (std::find(so_far_.assumed.begin(), so_far_.assumed.end(), id) == so_far_.assumed.end())
    so_far_.assumed.push_back(id);
  return Form();
}

Checked<Form> Charging::reading_in(const FeePlan& fee, const Form& reading, Currency currency,
                                   const Place& place) {
  Currency own = fee.meter.currency;
  bool is_zero = reading.is_constant() && reading.constant().is_zero();
  if (own == currency || is_zero) return reading;
  Checked<Rational> mid = facts::convert(Money{1, own}, currency, context_.rates);
  if (!mid) return std::move(mid).faults();
  Form value = reading * *mid;
  steps_.add(StepOp::convert, {reading, *mid}, value, currency, place);
  return value;
}

Checked<Rational> Charging::price(const schedule::Price& price, Currency currency, bool convert) {
  if (const Money* money = find_money(price.money, currency)) return money->amount;
  if (!convert) return facts::missing_money(currency, price.place);
  const Money& first = price.money.front();
  Checked<Rational> mid = facts::convert(Money{1, first.currency}, currency, context_.rates);
  if (!mid) return mid;
  Rational value = first.amount * *mid;
  steps_.add(StepOp::convert, {first.amount, *mid}, value, currency, price.place);
  return value;
}

Checked<Rational> Charging::figure(const schedule::Figure& figure, const Base& base, bool convert) {
  if (figure.number) return Rational(*figure.number);
  if (!base.is_money) return facts::missing_money(base.currency, figure.place);
  return price(schedule::Price{figure.money, figure.place}, base.currency, convert);
}

}  // namespace levy::fees
