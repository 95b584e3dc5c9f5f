#include "fees/charging.h"

#include <algorithm>

#include "schedule/conditions.h"

namespace levy {

// From memory where somebody remembers.
Checked<std::optional<Charged>> Charging::charge(const FeePlan& fee, const Charge& charge) {
  bool remembers =
      scene_.memo != nullptr && scene_.variable == nullptr && ChargeMemo::takes(charge);
  if (!remembers) return anew(fee, charge);
  Currency currency = scene_.operation.currency;
  if (const ChargeMemo::Known* known = scene_.memo->find(charge, currency, stretch_)) {
    if (known->cut) stretch_.ask_cut_at(*known->cut);
    return std::optional(known->charged);
  }
  Checked<std::optional<Charged>> charged = anew(fee, charge);
  if (charged && *charged) scene_.memo->add(charge, currency, stretch_, **charged);
  return charged;
}

Checked<std::optional<Charged>> Charging::anew(const FeePlan& fee, const Charge& charge) {
  if (charge.waived) {
    steps_.add("waived", {}, Form(), scene_.operation.currency, charge.place);
    return std::optional(Charged{Form(), scene_.operation.currency});
  }
  bool chooses = !charge.greatest.empty() || !charge.least.empty();
  return chooses ? chosen(fee, charge) : single(fee, charge);
}

Checked<Form> Charging::amount(const Place& place) const {
  if (!scene_.operation.amount) return missing_amount(place);
  return scene_.amount_on(stretch_);
}

// One charge with its own base. What the allowance exempts is gone before anything is charged.
Checked<std::optional<Charged>> Charging::single(const FeePlan& fee, const Charge& charge) {
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
Form Charging::grossed_up(const Charge& charge, const Form& value, Currency currency) {
  Rational share = debit_share(charge);
  Form whole = value * (Rational(1) / (Rational(1) - share));
  steps_.add("gross_up", {value, share * Rational(100)}, whole, currency, charge.place);
  return whole;
}

Checked<Charged> Charging::converted_in(const Charge& charge, Form value, Currency currency) {
  if (charge.in.empty() || charge.in == currency) return Charged{std::move(value), currency};
  Checked<Rational> mid = convert(Money{1, currency}, charge.in, scene_.rates);
  if (!mid) return std::move(mid).faults();
  Form converted = value * *mid;
  steps_.add("convert", {value, *mid}, converted, charge.in, charge.place);
  return Charged{std::move(converted), charge.in};
}

// A quantity that varies is asked about value by value: what is divided by it has no form.
Checked<Rational> Charging::times_of(const Charge& charge) const {
  if (charge.times.empty()) return Rational(1);
  auto found = scene_.operation.quantities.find(charge.times);
  ensure(found != scene_.operation.quantities.end(),
         "no fee is charged while something is missing");
  Rational count = found->second;
  if (scene_.variable != nullptr && *scene_.variable == charge.times) {
    stretch_.ask_points();
    count = stretch_.from();
  }
  if (count.is_integer() && count >= Rational(1)) return count;
  return Diagnostic{Code::out_of_range,
                    charge.times + " " + count.to_string() + " is not a whole number of 1 or more",
                    "this fee is charged for each of them: give how many there are", charge.place};
}

// greatest / least: each member with its own base; a member without a line is left out.
Checked<std::optional<Charged>> Charging::chosen(const FeePlan& fee, const Charge& charge) {
  bool greatest = !charge.greatest.empty();
  std::optional<Charged> best;
  std::vector<Form> values;
  for (const Charge& member : greatest ? charge.greatest : charge.least) {
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
    if (stretch_.is_positive(greatest ? difference : -difference)) best = **charged;
  }
  if (!best) return best;
  steps_.add(greatest ? "greatest" : "least", values, best->value, best->currency, charge.place);
  Base base{best->value, best->currency, true};
  Checked<Form> held = bounded(charge.terms, best->value, base, charge.convert);
  if (!held) return std::move(held).faults();
  return std::optional(Charged{*held, best->currency});
}

// ---- the sum -----------------------------------------------------------------------------------

Checked<Form> Charging::sum(const FeePlan& fee, const Charge& charge, const Base& base) {
  std::vector<Form> parts;
  bool runs_on = charge.by && charge.slab.empty();  // F(reading + base) - F(reading)
  if (runs_on) {
    Checked<Form> part = metered(fee, charge, base);
    if (!part) return part;
    parts.push_back(*std::move(part));
  } else if (!charge.graduated.empty()) {
    Checked<Form> part = graduated(charge, *base.value, base);
    if (!part) return part;
    parts.push_back(*std::move(part));
  }
  if (!charge.slab.empty()) {
    Checked<Form> part = slab(fee, charge, base);
    if (!part) return part;
    parts.push_back(*std::move(part));
  }
  const Form* part = base.value ? &*base.value : nullptr;
  if (!runs_on) return terms(charge.terms, part, base, charge.convert, std::move(parts));
  Terms own = charge.terms;
  own.per.reset();  // already in `metered`
  return terms(own, part, base, charge.convert, std::move(parts));
}

// percent + bps + each x part + flat + per, and what else belongs to the sum.
Checked<Form> Charging::terms(const Terms& terms, const Form* part, const Base& base, bool convert,
                              std::vector<Form> others) {
  std::vector<Form> parts = std::move(others);
  auto rate = [&](const std::optional<Rate>& share, std::string_view op, int scale) {
    if (!share) return;
    parts.push_back(*part * share->fraction);
    steps_.add(op, {share->fraction * Rational(scale), *part}, parts.back(), base.currency,
               share->place);
  };
  rate(terms.percent, "percent", 100);
  rate(terms.bps, "bps", 10'000);
  for (const auto* term : {&terms.each, &terms.flat}) {
    if (!*term) continue;
    Checked<Rational> money = price(**term, base.currency, convert);
    if (!money) return std::move(money).faults();
    bool each = term == &terms.each;
    parts.push_back(each ? *part * *money : Form(*money));
    if (each) {
      steps_.add("each", {*money, *part}, parts.back(), base.currency, (*term)->place);
    } else {
      steps_.add("flat", {*money}, parts.back(), base.currency, (*term)->place);
    }
  }
  if (terms.per) {
    Checked<Form> blocks = per(*terms.per, *part, base, convert);
    if (!blocks) return blocks;
    parts.push_back(*std::move(blocks));
  }
  if (parts.size() == 1) return std::move(parts.front());
  Form total;
  for (const Form& each : parts) total = total + each;
  if (!parts.empty()) steps_.add("plus", parts, total, base.currency, Place{});
  return total;
}

Checked<Form> Charging::per(const Per& per, const Form& part, const Base& base, bool convert) {
  Checked<Rational> every = figure(per.every, base, convert);
  if (!every) return std::move(every).faults();
  Checked<Rational> charge = price(per.charge, base.currency, convert);
  if (!charge) return std::move(charge).faults();
  bool started = per.count == Per::Count::started;
  Form counted = not_negative(part) * (Rational(1) / *every);
  Form blocks =
      stretch_.round(counted, Decimal(1), started ? RoundingMode::ceiling : RoundingMode::floor);
  Form value = blocks * *charge;
  steps_.add("per", {not_negative(part), *every, *charge}, value, base.currency, per.place,
             started ? "started" : "complete");
  return value;
}

Form Charging::not_negative(Form form) {
  if (stretch_.is_not_negative(form)) return form;
  return Form();
}

// ---- bands -------------------------------------------------------------------------------------

Checked<Form> Charging::graduated(const Charge& charge, const Form& x, const Base& base) {
  Form whole = not_negative(x);
  std::vector<Form> parts;
  Rational from = 0;
  bool reached = stretch_.is_positive(whole);
  for (const Band& band : charge.graduated) {
    if (!reached) break;
    std::optional<Rational> to;
    if (band.bound) {
      Checked<Rational> bound = figure(*band.bound, base, charge.convert);
      if (!bound) return std::move(bound).faults();
      to = *bound;
    }
    Form beyond = to ? whole - Form(*to) : Form();
    reached =
        to && (band.inclusive ? stretch_.is_positive(beyond) : stretch_.is_not_negative(beyond));
    Form part = reached ? Form(*to - from) : whole - Form(from);
    Currency currency = base.is_money ? base.currency : Currency();
    if (to) {
      steps_.add("part", {whole, from, *to}, part, currency, band.place);
    } else {
      steps_.add("part", {whole, from}, part, currency, band.place);
    }
    Checked<Form> value = terms(band.terms, &part, base, charge.convert);
    if (!value) return value;
    parts.push_back(*std::move(value));
    if (to) from = *to;
  }
  const Band& last = charge.graduated.back();
  if (reached && parts.size() == charge.graduated.size()) {
    return above_last_band("base", whole, base, from, last);
  }
  Form total;
  for (const Form& part : parts) total = total + part;
  if (parts.size() != 1) steps_.add("plus", parts, total, base.currency, Place{});
  return total;
}

// Figures are named where there is one amount to name.
Diagnostic Charging::above_last_band(const std::string& what, const Form& value, const Base& base,
                                     const Rational& end, const Band& last) const {
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
Checked<Form> Charging::slab(const FeePlan& fee, const Charge& charge, const Base& base) {
  Form key = not_negative(base.value.value_or(Form()));
  Base key_base = base;
  if (charge.by) {
    Checked<Reading> counted = reading(fee, *charge.by);
    if (!counted) return std::move(counted).faults();
    key = Form(counted->value);
    key_base.currency = fee.meter.currency;
    key_base.is_money = counts_money(*charge.by);
  }
  Rational end;
  for (const Band& band : charge.slab) {
    bool inside = !band.bound;
    if (band.bound) {
      Checked<Rational> bound = figure(*band.bound, key_base, charge.convert);
      if (!bound) return std::move(bound).faults();
      end = *bound;
      Form room = Form(end) - key;
      inside = band.inclusive ? stretch_.is_not_negative(room) : stretch_.is_positive(room);
    }
    if (!inside) continue;
    Form whole = not_negative(base.value.value_or(Form()));
    Checked<Form> value = terms(band.terms, &whole, base, charge.convert);
    if (!value) return value;
    return bounded(band.terms, *std::move(value), base, charge.convert);
  }
  return above_last_band(charge.by ? "reading" : "base", key, key_base, end, charge.slab.back());
}

// graduated and per over what the account has done before: F(reading + base) - F(reading).
Checked<Form> Charging::metered(const FeePlan& fee, const Charge& charge, const Base& base) {
  Checked<Reading> counted = reading(fee, *charge.by);
  if (!counted) return std::move(counted).faults();
  Rational before = counted->value;
  if (base.is_money) {
    Checked<Rational> converted = reading_in(fee, *counted, base.currency, charge.by->place);
    if (!converted) return std::move(converted).faults();
    before = *converted;
  }
  auto run = [&](const Form& x) -> Checked<Form> {
    std::vector<Form> parts;
    if (!charge.graduated.empty()) {
      Checked<Form> part = graduated(charge, x, base);
      if (!part) return part;
      parts.push_back(*std::move(part));
    }
    if (charge.terms.per) {
      Checked<Form> part = per(*charge.terms.per, x, base, charge.convert);
      if (!part) return part;
      parts.push_back(*std::move(part));
    }
    if (parts.size() == 1) return parts.front();
    Form total = parts.front() + parts.back();
    steps_.add("plus", parts, total, base.currency, Place{});
    return total;
  };
  Form reached = Form(before) + not_negative(*base.value);
  steps_.add("plus", {before, not_negative(*base.value)}, reached,
             base.is_money ? base.currency : Currency(), charge.by->place);
  Checked<Form> after = run(reached);
  if (!after) return after;
  Checked<Form> already = run(Form(before));
  if (!already) return already;
  Form value = *after - *already;
  steps_.add("minus", {*after, *already}, value, base.currency, charge.by->place);
  return value;
}

// ---- bounds ------------------------------------------------------------------------------------

Checked<Form> Charging::bounded(const Terms& terms, Form value, const Base& base, bool convert) {
  for (const auto* bound : {&terms.min, &terms.max}) {
    if (!*bound) continue;
    Checked<Rational> money = price(**bound, base.currency, convert);
    if (!money) return std::move(money).faults();
    bool is_min = bound == &terms.min;
    Form end(*money);
    bool beyond = stretch_.is_positive(is_min ? end - value : value - end);
    steps_.add(is_min ? "at_least" : "at_most", {value, *money}, beyond ? end : value,
               base.currency, (*bound)->place);
    if (beyond) value = std::move(end);
  }
  return value;
}

// What was charged beyond the cap before is not paid back.
Checked<std::optional<Form>> Charging::capped(const FeePlan& fee, const Charge& charge,
                                              const Form& line, Currency currency) {
  const Cap& cap = *charge.cap;
  Checked<Reading> charged = reading(fee, cap.meter);
  if (!charged) return std::move(charged).faults();
  Checked<Rational> used = reading_in(fee, *charged, currency, cap.place);
  if (!used) return std::move(used).faults();
  Checked<Rational> most = price(cap.max, currency, charge.convert);
  if (!most) return std::move(most).faults();
  Form room(std::max(Rational(0), *most - *used));
  bool beyond = stretch_.is_positive(line - room);
  steps_.add("cap", {line, *most, *used}, beyond ? room : line, currency, cap.place);
  return beyond ? std::optional(room) : std::nullopt;
}

// ---- figures -----------------------------------------------------------------------------------

Checked<Reading> Charging::reading(const FeePlan& fee, const Meter& meter) {
  if (meter.window.kind == Window::Kind::transaction) return Reading{0, fee.meter.currency, false};
  auto found = scene_.readings.find(fee.meter.id);
  if (found != scene_.readings.end() && !found->second.assumed) {
    const Reading& given = found->second;
    if (given.mid) {
      steps_.add("convert", {given.value / *given.mid, *given.mid}, given.value, given.currency,
                 meter.place);
    }
    return given;
  }
  const std::string& id = fee.meter.id;
  if (scene_.strict) {
    return Diagnostic{Code::missing_reading, "the reading of " + id + " was not given",
                      "give it with --used " + id + "=VALUE", meter.place};
  }
  if (std::find(so_far_.assumed.begin(), so_far_.assumed.end(), id) == so_far_.assumed.end())
    so_far_.assumed.push_back(id);
  return Reading{0, fee.meter.currency, true};
}

Checked<Rational> Charging::reading_in(const FeePlan& fee, const Reading& reading,
                                       Currency currency, const Place& place) {
  Currency own = fee.meter.currency;
  if (own == currency || reading.value.is_zero()) return reading.value;
  Checked<Rational> mid = convert(Money{1, own}, currency, scene_.rates);
  if (!mid) return mid;
  Rational value = reading.value * *mid;
  steps_.add("convert", {reading.value, *mid}, value, currency, place);
  return value;
}

Checked<Rational> Charging::price(const Price& price, Currency currency, bool convert) {
  if (const Money* money = find_money(price.money, currency)) return money->amount;
  if (!convert) return missing_money(currency, price.place);
  const Money& first = price.money.front();
  Checked<Rational> mid = levy::convert(Money{1, first.currency}, currency, scene_.rates);
  if (!mid) return mid;
  Rational value = first.amount * *mid;
  steps_.add("convert", {first.amount, *mid}, value, currency, price.place);
  return value;
}

Checked<Rational> Charging::figure(const Figure& figure, const Base& base, bool convert) {
  if (figure.number) return Rational(*figure.number);
  if (!base.is_money) return missing_money(base.currency, figure.place);
  return price(Price{figure.money, figure.place}, base.currency, convert);
}

}  // namespace levy
