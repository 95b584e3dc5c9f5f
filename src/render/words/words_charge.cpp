// Charges and bands in words.
#include <algorithm>

#include "base/suggest.h"
#include "render/text/translate.h"
#include "render/words/words.h"
#include "schedule/walk.h"

namespace levy::render::words {
namespace {

std::string rate_words(const schedule::Rate& rate, std::string_view unit, const std::string& base) {
  if (rate.fraction == Rational(1) && !base.empty()) return base;
  std::string words = rate.text + " " + std::string(unit);
  return base.empty() ? words : words + " of " + base;
}

// "0.30 EUR / 0.35 USD"; too long a list is left to a table.
std::string price_words(const MoneyList& money, std::string_view name, const Wording& wording) {
  if (money.size() <= wording.read_out_max) return money_words(money, wording);
  return std::string(name) + " by currency (below)";
}

// "0.30 EUR per started 10 kwh", "1.00 EUR per complete 100.00 EUR of the amount".
std::string per_words(const schedule::Per& per, const std::string& base, const Wording& wording) {
  std::string count = per.count == schedule::Per::Count::started ? "started " : "complete ";
  std::string words = price_words(per.price.money, "a price", wording) + " per " + count +
                      figure_words(per.every, wording);
  if (base.empty()) return words;
  return words + (per.every.number ? " " : " of ") + base;
}

std::string sum_words(const std::vector<std::string>& parts) {
  std::string words;
  for (const std::string& part : parts) {
    bool minus = part.starts_with('-') && part.find(" / ") == std::string::npos;
    if (words.empty()) {
      words = part;
    } else {
      words += minus ? " - " + part.substr(1) : " + " + part;
    }
  }
  return words;
}

std::string bounds_words(const schedule::Terms& terms, const Wording& wording) {
  std::string words;
  if (terms.min) words += ", at least " + price_words(terms.min->money, "an amount", wording);
  if (terms.max) words += ", at most " + price_words(terms.max->money, "an amount", wording);
  return words;
}

// ---- whole charges -----------------------------------------------------------------------------

// A meter that a graduated charge, or its blocks, go on from.
std::string counted_on(const schedule::Charge& charge, const Wording& wording) {
  return charge.by ? ", counted on from the " + meter_words(*charge.by, wording) : "";
}

// Written as a list, it is for its currencies only; written as money, for every operation.
std::string only_flat_words(const schedule::Charge& charge, const schedule::Price& flat,
                            const Wording& wording) {
  std::string words = price_words(flat.money, "a fixed amount", wording);
  if (flat.one_money || charge.convert || flat.money.size() > 1) return words;
  return words + " (operations in " + std::string(flat.money.front().currency.code()) + " only)";
}

// What is added up. `base`: "" where the words around it name it already, as they do in a band's.
std::vector<std::string> summands(const schedule::Terms& terms, const std::string& base,
                                  const schedule::Charge& charge, const Wording& wording) {
  auto words = schedule::overloaded{
      [&](const schedule::Percent& percent) { return rate_words(percent.rate, "%", base); },
      [&](const schedule::Bps& bps) { return rate_words(bps.rate, "bps", base); },
      [&](const schedule::Each& each) {
        return price_words(each.price.money, "a price", wording) +
               (base.empty() ? " for each" : " × " + base);
      },
      [&](const schedule::Flat& flat) {
        return price_words(flat.price.money, "a fixed amount", wording);
      },
      [&](const schedule::Per& per) {
        bool in_band = &terms != &charge.terms;
        return per_words(per, base, wording) + (in_band ? "" : counted_on(charge, wording));
      },
      [&](const schedule::Graduated&) {
        return "graduated by " + base + counted_on(charge, wording) + " (bands below)";
      },
      [&](const schedule::Slab&) {
        std::string axis = charge.by ? "the " + meter_words(*charge.by, wording) : base;
        return "by band of " + axis + " (bands below)";
      }};
  std::vector<std::string> parts;
  for (const schedule::Term& term : terms.list) parts.push_back(std::visit(words, term));
  return parts;
}

std::string own_words(const schedule::Charge& charge, const Wording& wording) {
  if (const schedule::Flat* flat = schedule::only_flat(charge))
    return only_flat_words(charge, flat->price, wording);
  return sum_words(summands(charge.terms, base_words(charge), charge, wording));
}

// " (counting pay where method is bank)": what the meter of an allowance or cap says of its own.
std::string counting_words(const schedule::Meter& meter, const Wording& wording) {
  std::string words;
  if (meter.operations) words += " " + join_and(*meter.operations);
  std::string where = when_words(meter.when, wording);
  if (!where.empty()) words += " where " + where;
  if (!meter.currency.empty() && meter.currency != wording.schedule.currency)
    words += " in " + std::string(meter.currency.code());
  return words.empty() ? words : " (counting" + words + ")";
}

std::string free_words(const schedule::Free& free, const schedule::Charge& charge,
                       const Wording& wording) {
  std::string what = free.kind == schedule::Free::Kind::amount
                         ? money_words(free.amount->money, wording)
                         : free.units.to_string();
  bool one = free.units == Decimal(1);
  if (free.kind == schedule::Free::Kind::count) what = one ? "operation" : what + " operations";
  if (free.kind == schedule::Free::Kind::units) what += " " + base_words(charge);
  std::string words = "; the first " + what + " " + window_words(free.meter.window) +
                      per_attribute_words(free.meter) + " free";
  if (free.whole) words += ", for an operation that fits wholly into what is left";
  return words + counting_words(free.meter, wording);
}

std::string cap_words(const schedule::Cap& cap, const Wording& wording) {
  return "; in all at most " + money_words(cap.max.money, wording) + " " +
         window_words(cap.meter.window) + per_attribute_words(cap.meter) +
         counting_words(cap.meter, wording);
}

std::string choice_words(const std::vector<schedule::Charge>& members, std::string_view which,
                         const Wording& wording) {
  std::vector<std::string> parts;
  Wording in_full{wording.schedule, wording.language};
  for (const schedule::Charge& member : members) {
    std::string words = charge_words(member, in_full);
    bool compound = words.find(", ") != std::string::npos || words.find("; ") != std::string::npos;
    parts.push_back(compound ? "(" + words + ")" : words);
  }
  return "the " + std::string(which) + (members.size() == 2 ? "er of " : "est of ") +
         join_and(parts);
}

// ---- bands -------------------------------------------------------------------------------------

// "above 100.00 EUR, up to 500.00 EUR"; by several currencies only the end: "up to 500 / 550".
std::string band_range(const schedule::Band* before, const schedule::Band& band,
                       const Wording& wording) {
  std::string low, high;
  bool many = band.bound ? band.bound->money.size() > 1
                         : before != nullptr && before->bound->money.size() > 1;
  if (before != nullptr && !(many && band.bound))
    low = (before->inclusive ? "above " : "from ") + figure_words(*before->bound, wording);
  if (band.bound)
    high = (band.inclusive ? "up to " : "below ") + figure_words(*band.bound, wording);
  if (low.empty()) return high.empty() ? "any" : high;
  return high.empty() ? low : low + ", " + high;
}

// " Above 500.00 EUR there is no price."
std::string beyond_words(const schedule::Band& last, const Wording& wording) {
  if (!last.bound) return {};
  return (last.inclusive ? " Above " : " From ") + figure_words(*last.bound, wording) +
         (last.inclusive ? "" : " on") + " there is no price.";
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string capital_axis(std::string_view axis) {
  return capitalised(std::string(axis.starts_with("the ") ? axis.substr(4) : axis));
}

BandTable graduated_head(const schedule::Charge& charge, const Wording& wording) {
  std::string base = base_words(charge);
  return {"Each band charges the part of " + base + " that lies in it" +
              counted_on(charge, wording) + ".",
          capital_axis(base) + (charge.by ? ", with what was counted before" : ""),
          {}};
}

// Nothing but fixed amounts: there is no share of anything.
bool is_fixed(const std::vector<schedule::Band>& bands) {
  auto is_on_base = [](const schedule::Term& term) { return schedule::rules_of(term).on_base; };
  return std::none_of(bands.begin(), bands.end(), [&](const schedule::Band& band) {
    return std::any_of(band.terms.list.begin(), band.terms.list.end(), is_on_base);
  });
}

BandTable slab_head(const schedule::Charge& charge, const Wording& wording) {
  std::string base = base_words(charge);
  if (!charge.by)
    return {"The band that holds " + base +
                (is_fixed(charge.slab()) ? " sets the charge." : " charges the whole of it."),
            capital_axis(base),
            {}};
  std::string meter = meter_words(*charge.by, wording);
  return {"What was counted before this operation chooses the band: " + meter + ".",
          capital_axis(meter),
          {}};
}

BandTable band_table(const schedule::Charge& charge, bool slab, const Wording& wording) {
  const std::vector<schedule::Band>& bands = slab ? charge.slab() : charge.graduated();
  BandTable table = slab ? slab_head(charge, wording) : graduated_head(charge, wording);
  // Where the bands are of something else, each says what it is a share of.
  std::string base = slab && charge.by ? base_words(charge) : "";
  const schedule::Band* before = nullptr;
  for (const schedule::Band& band : bands) {
    std::string words = sum_words(summands(band.terms, base, charge, wording));
    table.rows.push_back(
        {band_range(before, band, wording), words + bounds_words(band.terms, wording)});
    before = &band;
  }
  table.caption += beyond_words(bands.back(), wording);
  return table;
}

}  // namespace

std::string base_words(const schedule::Charge& charge) {
  if (charge.of_debit) return "all that is paid, this fee included";
  std::string words;
  for (const std::string& unit : charge.units)
    words += (words.empty() ? "" : " × ") + name_words(unit);
  for (const schedule::OfTerm& term : charge.of) {
    if (!words.empty())
      words += term.subtract ? " less " : " plus ";
    else if (term.subtract)
      words += "minus ";
    words += term.fee.empty() ? "the amount" : "fee " + term.fee;
  }
  if (charge.of.size() > 1) return "(" + words + ")";
  return words.empty() ? "the amount" : words;
}

std::string charge_words(const schedule::Charge& charge, const Wording& wording) {
  if (charge.waived) return "free of charge";
  if (charge.margin) return charge.margin->text + " % off the mid rate";
  std::string words = !charge.greatest.empty() ? choice_words(charge.greatest, "great", wording)
                      : !charge.least.empty()  ? choice_words(charge.least, "small", wording)
                                               : own_words(charge, wording);
  std::string bounds = bounds_words(charge.terms, wording);
  bool chosen = !charge.greatest.empty() || !charge.least.empty();
  words += chosen && !bounds.empty() ? "; in any case" + bounds.substr(1) : bounds;
  if (!charge.times.empty())
    words += "; for each of the " + name_words(charge.times) + ", with its part of the amount";
  if (charge.convert) words += ", converted at the mid rate for other currencies";
  if (!charge.in.empty())
    words += ", converted at the mid rate into " + std::string(charge.in.code());
  if (charge.free) words += free_words(*charge.free, charge, wording);
  if (charge.cap) words += cap_words(*charge.cap, wording);
  return words;
}

std::string collect_words(const schedule::Charge& charge, schedule::Collect collect) {
  if (charge.margin) return "in the rate";
  if (charge.waived) return "";
  switch (collect) {
    case schedule::Collect::on_top:
      return "on top";
    case schedule::Collect::deducted:
      return "deducted";
    case schedule::Collect::none:
      return "shown only";
  }
  return {};
}

std::vector<LongPrice> long_prices(const schedule::Charge& charge, const Wording& wording) {
  std::vector<LongPrice> prices;
  const schedule::Terms& terms = charge.terms;
  auto add = [&](const char* name, const schedule::Price* price) {
    if (price != nullptr && price->money.size() > wording.read_out_max)
      prices.push_back({name, &price->money});
  };
  auto add_kind =
      schedule::overloaded{[&](const schedule::Each& each) { add("price of one", &each.price); },
                           [&](const schedule::Flat& flat) { add("fixed amount", &flat.price); },
                           [&](const schedule::Per& per) { add("price of a block", &per.price); },
                           [](const schedule::Percent&) {},
                           [](const schedule::Bps&) {},  // no price
                           [](const schedule::Graduated&) {},
                           [](const schedule::Slab&) {}};
  for (const schedule::Term& term : terms.list) std::visit(add_kind, term);
  add("at least", terms.min ? &*terms.min : nullptr);
  add("at most", terms.max ? &*terms.max : nullptr);
  return prices;
}

std::vector<BandTable> band_tables(const schedule::Charge& charge, const Wording& page) {
  Wording wording{page.schedule, page.language};  // a table within a table would be lost
  std::vector<BandTable> tables;
  if (!charge.graduated().empty()) tables.push_back(band_table(charge, false, wording));
  if (!charge.slab().empty()) tables.push_back(band_table(charge, true, wording));
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const schedule::Charge& member : *members) {
      for (BandTable& table : band_tables(member, wording)) tables.push_back(std::move(table));
    }
  }
  return tables;
}

// Meters, limits, tiers, evidence and guarantees in words.

namespace {

// One calendar period, as a sentence of translate: "per calendar day", "in the calendar day
// before".
std::string_view per_period(Window::Kind period) {
  switch (period) {
    case Window::Kind::day:
      return text::translatable("per calendar day");
    case Window::Kind::week:
      return text::translatable("per calendar week");
    case Window::Kind::month:
      return text::translatable("per calendar month");
    case Window::Kind::quarter:
      return text::translatable("per calendar quarter");
    default:
      return text::translatable("per calendar year");
  }
}

std::string_view period_before(Window::Kind period) {
  switch (period) {
    case Window::Kind::day:
      return text::translatable("in the calendar day before");
    case Window::Kind::week:
      return text::translatable("in the calendar week before");
    case Window::Kind::month:
      return text::translatable("in the calendar month before");
    case Window::Kind::quarter:
      return text::translatable("in the calendar quarter before");
    default:
      return text::translatable("in the calendar year before");
  }
}

// "per year from 04-01": periods with a beginning of their own.
std::string_view per_period_from(Window::Kind kind) {
  switch (kind) {
    case Window::Kind::day_from:
      return text::translatable("per day from {start}");
    case Window::Kind::week_from:
      return text::translatable("per week from {start}");
    case Window::Kind::month_from:
      return text::translatable("per month from {start}");
    default:
      return text::translatable("per year from {start}");
  }
}

std::string evidence_name(std::string_view id, const Wording& wording) {
  const schedule::Evidence* evidence = wording.schedule.find_evidence(id);
  std::string title(evidence == nullptr ? "" : evidence->title.in(wording.language));
  return title.empty() ? std::string(id) : title + " (" + std::string(id) + ")";
}

std::string subject_words(const schedule::Meter& meter) {
  switch (meter.measure) {
    case schedule::Meter::Measure::amount:
      return "amount";
    case schedule::Meter::Measure::debit:
      return "amount and fees on top";
    case schedule::Meter::Measure::count:
      return "number of operations";
    case schedule::Meter::Measure::quantity:
      return name_words(meter.quantity);
    case schedule::Meter::Measure::fee:
      return "this fee";
    case schedule::Meter::Measure::units:
      return "units";
    case schedule::Meter::Measure::balance:
      return "balance afterwards";
  }
  return {};
}

bool is_zero(const schedule::Figure& figure) {
  if (figure.number) return figure.number->is_zero();
  return std::all_of(figure.money.begin(), figure.money.end(),
                     [](const Money& one) { return one.amount.is_zero(); });
}

std::string promise(std::string_view what,
                    const std::optional<schedule::Guarantee::Promise>& promise,
                    const Wording& wording) {
  if (!promise) return {};
  std::string words(what);
  if (promise->money) return words + money_words(promise->money->money, wording);
  return words + promise->percent->text + " % of the amount";
}

}  // namespace

std::string duration_words(std::int64_t seconds, std::string_view language) {
  auto units = [&](std::int64_t size) { return static_cast<std::size_t>(seconds / size); };
  if (seconds % 86400 == 0 && seconds != 86400)
    return text::translate_count(language, "{count} day", "{count} days", units(86400));
  if (seconds % 3600 == 0)
    return text::translate_count(language, "{count} hour", "{count} hours", units(3600));
  if (seconds % 60 == 0)
    return text::translate_count(language, "{count} minute", "{count} minutes", units(60));
  return text::translate_count(language, "{count} second", "{count} seconds", units(1));
}

std::string window_words(const Window& window, std::string_view language) {
  std::string name = to_string(window);  // "year from 04-01"
  switch (window.kind) {
    case Window::Kind::transaction:
      return text::translate(language, "per operation");
    case Window::Kind::day:
    case Window::Kind::week:
    case Window::Kind::month:
    case Window::Kind::quarter:
    case Window::Kind::year:
      return text::translate(language, per_period(window.kind));
    case Window::Kind::year_from:
    case Window::Kind::day_from:
    case Window::Kind::week_from:
    case Window::Kind::month_from:
      return text::translate(
          language, per_period_from(window.kind),
          {{"start", text::translate(language, name.substr(name.rfind(' ') + 1))}});
    case Window::Kind::lifetime:
      return text::translate(language, "over the account's whole life");
    case Window::Kind::previous:
      return text::translate(language, period_before(window.period));
    case Window::Kind::rolling:
      return text::translate(language, "within {duration}",
                             {{"duration", duration_words(window.seconds, language)}});
  }
  return {};
}

// ", for each recipient".
std::string per_attribute_words(const schedule::Meter& meter) {
  std::string words;
  for (const std::string& name : meter.per)
    words += (words.empty() ? ", for each " : " and ") + name_words(name);
  return words;
}

std::string measure_words(const schedule::Meter& meter) {
  std::string words = subject_words(meter);
  if (meter.measure != schedule::Meter::Measure::balance) {
    bool single = meter.window.kind == Window::Kind::transaction;
    words += single ? " of one operation" : " " + window_words(meter.window);
    words += per_attribute_words(meter);
  }
  return words;
}

std::string counts_words(const schedule::Meter& meter, const Wording& wording) {
  if (!meter.counts) return "";
  const auto& operations = meter.counts->operations;
  std::string words = operations ? join_and(*operations) : "every operation";
  std::string where = when_words(meter.counts->when, wording);
  return where.empty() ? words : words + " where " + where;
}

std::string meter_words(const schedule::Meter& meter, const Wording& wording) {
  std::string words = subject_words(meter);
  if (meter.operations) words += " of " + join_and(*meter.operations);
  if (meter.operations && meter.measure == schedule::Meter::Measure::count)
    words = "number of " + join_and(*meter.operations) + " operations";
  words += " " + window_words(meter.window) + per_attribute_words(meter);
  std::string where = when_words(meter.when, wording);
  if (!where.empty()) words += " where " + where;
  if (!meter.currency.empty() && meter.currency != wording.schedule.currency)
    words += ", in " + std::string(meter.currency.code());
  return words;
}

std::string allowed_words(const schedule::Limit& limit, std::string_view tier,
                          const Wording& wording) {
  const schedule::Figure* min = schedule::bound_in(limit.min, tier);
  const schedule::Figure* max = schedule::bound_in(limit.max, tier);
  if (min == nullptr && max == nullptr) return "no limit";
  if (min == nullptr && is_zero(*max)) return "none (" + figure_words(*max, wording) + ")";
  if (min == nullptr) return "up to " + figure_words(*max, wording);
  if (max == nullptr) return figure_words(*min, wording) + " or more";
  return figure_words(*min, wording) + " to " + figure_words(*max, wording);
}

std::string requirement_words(const schedule::Requirement& requirement, const Wording& wording) {
  if (requirement.kind == schedule::Requirement::Kind::evidence) {
    std::string name = evidence_name(requirement.evidence, wording);
    if (!requirement.at_least) return name;
    return text::translate(
        wording.words, "{evidence} at least {figure}",
        {{"evidence", name}, {"figure", figure_words(*requirement.at_least, wording)}});
  }
  std::vector<std::string> parts;
  for (const schedule::Requirement& part : requirement.of) {
    std::string words = requirement_words(part, wording);
    bool compound = part.kind != schedule::Requirement::Kind::evidence && part.of.size() > 1;
    parts.push_back(compound && requirement.of.size() > 1 ? "(" + words + ")" : words);
  }
  if (requirement.kind == schedule::Requirement::Kind::any) return join_or(parts, wording.words);
  if (requirement.kind == schedule::Requirement::Kind::all) return join_and(parts, wording.words);
  return text::translate(
      wording.words, "at least {count} of: {list}",
      {{"count", std::to_string(requirement.count)}, {"list", join_or(parts, wording.words)}});
}

std::string evidence_words(const schedule::Evidence& evidence, const Wording& wording) {
  switch (evidence.kind) {
    case schedule::Evidence::Kind::document:
      return evidence.max_age_seconds
                 ? "document, for " + duration_words(*evidence.max_age_seconds) + " from its issue"
                 : "document";
    case schedule::Evidence::Kind::approval:
      return "approval, granted by the operator";
    case schedule::Evidence::Kind::number:
      return "number in the account's profile";
    case schedule::Evidence::Kind::activity:
      return "activity: " + meter_words(*evidence.meter, wording);
  }
  return {};
}

std::string promise_words(const schedule::Guarantee& guarantee, const Wording& wording) {
  std::vector<std::string> parts;
  for (std::string words :
       {promise("the fees are at most ", guarantee.fee_at_most, wording),
        promise("the fees are at least ", guarantee.fee_at_least, wording),
        promise("at least this much arrives: ", guarantee.credit_at_least, wording)}) {
    if (!words.empty()) parts.push_back(std::move(words));
  }
  return join_and(parts);
}

}  // namespace levy::render::words
