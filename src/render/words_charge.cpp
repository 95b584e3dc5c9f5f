// Charges and bands in words.
#include <algorithm>

#include "base/suggest.h"
#include "render/words.h"

namespace levy {
namespace {

std::string rate_words(const Rate& rate, std::string_view unit, const std::string& base) {
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
std::string per_words(const Per& per, const std::string& base, const Wording& wording) {
  std::string count = per.count == Per::Count::started ? "started " : "complete ";
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

std::string bounds_words(const Terms& terms, const Wording& wording) {
  std::string words;
  if (terms.min) words += ", at least " + price_words(terms.min->money, "an amount", wording);
  if (terms.max) words += ", at most " + price_words(terms.max->money, "an amount", wording);
  return words;
}

// ---- whole charges -----------------------------------------------------------------------------

// A meter that a graduated charge, or its blocks, go on from.
std::string counted_on(const Charge& charge, const Wording& wording) {
  return charge.by ? ", counted on from the " + meter_words(*charge.by, wording) : "";
}

// Written as a list, it is for its currencies only; written as money, for every operation.
std::string only_flat_words(const Charge& charge, const Price& flat, const Wording& wording) {
  std::string words = price_words(flat.money, "a fixed amount", wording);
  if (flat.one_money || charge.convert || flat.money.size() > 1) return words;
  return words + " (operations in " + std::string(flat.money.front().currency.code()) + " only)";
}

// What is added up. `base`: "" where the words around it name it already, as they do in a band's.
std::vector<std::string> summands(const Terms& terms, const std::string& base, const Charge& charge,
                                  const Wording& wording) {
  auto words = overloaded{
      [&](const Percent& percent) { return rate_words(percent.rate, "%", base); },
      [&](const Bps& bps) { return rate_words(bps.rate, "bps", base); },
      [&](const Each& each) {
        return price_words(each.price.money, "a price", wording) +
               (base.empty() ? " for each" : " × " + base);
      },
      [&](const Flat& flat) { return price_words(flat.price.money, "a fixed amount", wording); },
      [&](const Per& per) {
        bool in_band = &terms != &charge.terms;
        return per_words(per, base, wording) + (in_band ? "" : counted_on(charge, wording));
      },
      [&](const Graduated&) {
        return "graduated by " + base + counted_on(charge, wording) + " (bands below)";
      },
      [&](const Slab&) {
        std::string axis = charge.by ? "the " + meter_words(*charge.by, wording) : base;
        return "by band of " + axis + " (bands below)";
      }};
  std::vector<std::string> parts;
  for (const Term& term : terms.list) parts.push_back(std::visit(words, term));
  return parts;
}

std::string own_words(const Charge& charge, const Wording& wording) {
  if (const Flat* flat = only_flat(charge)) return only_flat_words(charge, flat->price, wording);
  return sum_words(summands(charge.terms, base_words(charge), charge, wording));
}

// " (counting pay where method is bank)": what the meter of an allowance or cap says of its own.
std::string counting_words(const Meter& meter, const Wording& wording) {
  std::string words;
  if (meter.operations) words += " " + join_and(*meter.operations);
  std::string where = when_words(meter.when, wording);
  if (!where.empty()) words += " where " + where;
  if (!meter.currency.empty() && meter.currency != wording.schedule.currency)
    words += " in " + std::string(meter.currency.code());
  return words.empty() ? words : " (counting" + words + ")";
}

std::string free_words(const Free& free, const Charge& charge, const Wording& wording) {
  std::string what = free.kind == Free::Kind::amount ? money_words(free.amount->money, wording)
                                                     : free.units.to_string();
  bool one = free.units == Decimal(1);
  if (free.kind == Free::Kind::count) what = one ? "operation" : what + " operations";
  if (free.kind == Free::Kind::units) what += " " + base_words(charge);
  std::string words = "; the first " + what + " " + window_words(free.meter.window) +
                      per_attribute_words(free.meter) + " free";
  if (free.whole) words += ", for an operation that fits wholly into what is left";
  return words + counting_words(free.meter, wording);
}

std::string cap_words(const Cap& cap, const Wording& wording) {
  return "; in all at most " + money_words(cap.max.money, wording) + " " +
         window_words(cap.meter.window) + per_attribute_words(cap.meter) +
         counting_words(cap.meter, wording);
}

std::string choice_words(const std::vector<Charge>& members, std::string_view which,
                         const Wording& wording) {
  std::vector<std::string> parts;
  Wording in_full{wording.schedule, wording.language};
  for (const Charge& member : members) {
    std::string words = charge_words(member, in_full);
    bool compound = words.find(", ") != std::string::npos || words.find("; ") != std::string::npos;
    parts.push_back(compound ? "(" + words + ")" : words);
  }
  return "the " + std::string(which) + (members.size() == 2 ? "er of " : "est of ") +
         join_and(parts);
}

// ---- bands -------------------------------------------------------------------------------------

// "above 100.00 EUR, up to 500.00 EUR"; by several currencies only the end: "up to 500 / 550".
std::string band_range(const Band* before, const Band& band, const Wording& wording) {
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
std::string beyond_words(const Band& last, const Wording& wording) {
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

BandTable graduated_head(const Charge& charge, const Wording& wording) {
  std::string base = base_words(charge);
  return {"Each band charges the part of " + base + " that lies in it" +
              counted_on(charge, wording) + ".",
          capital_axis(base) + (charge.by ? ", with what was counted before" : ""),
          {}};
}

// Nothing but fixed amounts: there is no share of anything.
bool is_fixed(const std::vector<Band>& bands) {
  auto is_on_base = [](const Term& term) { return rules_of(term).on_base; };
  return std::none_of(bands.begin(), bands.end(), [&](const Band& band) {
    return std::any_of(band.terms.list.begin(), band.terms.list.end(), is_on_base);
  });
}

BandTable slab_head(const Charge& charge, const Wording& wording) {
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

BandTable band_table(const Charge& charge, bool slab, const Wording& wording) {
  const std::vector<Band>& bands = slab ? charge.slab() : charge.graduated();
  BandTable table = slab ? slab_head(charge, wording) : graduated_head(charge, wording);
  // Where the bands are of something else, each says what it is a share of.
  std::string base = slab && charge.by ? base_words(charge) : "";
  const Band* before = nullptr;
  for (const Band& band : bands) {
    std::string words = sum_words(summands(band.terms, base, charge, wording));
    table.rows.push_back(
        {band_range(before, band, wording), words + bounds_words(band.terms, wording)});
    before = &band;
  }
  table.caption += beyond_words(bands.back(), wording);
  return table;
}

}  // namespace

std::string base_words(const Charge& charge) {
  if (charge.of_debit) return "all that is paid, this fee included";
  std::string words;
  for (const std::string& unit : charge.units)
    words += (words.empty() ? "" : " × ") + name_words(unit);
  for (const OfTerm& term : charge.of) {
    if (!words.empty())
      words += term.subtract ? " less " : " plus ";
    else if (term.subtract)
      words += "minus ";
    words += term.fee.empty() ? "the amount" : "fee " + term.fee;
  }
  if (charge.of.size() > 1) return "(" + words + ")";
  return words.empty() ? "the amount" : words;
}

std::string charge_words(const Charge& charge, const Wording& wording) {
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

std::string collect_words(const Charge& charge, Collect collect) {
  if (charge.margin) return "in the rate";
  if (charge.waived) return "";
  switch (collect) {
    case Collect::on_top:
      return "on top";
    case Collect::deducted:
      return "deducted";
    case Collect::none:
      return "shown only";
  }
  return {};
}

std::vector<LongPrice> long_prices(const Charge& charge, const Wording& wording) {
  std::vector<LongPrice> prices;
  const Terms& terms = charge.terms;
  auto add = [&](const char* name, const Price* price) {
    if (price != nullptr && price->money.size() > wording.read_out_max)
      prices.push_back({name, &price->money});
  };
  auto add_kind = overloaded{[&](const Each& each) { add("price of one", &each.price); },
                             [&](const Flat& flat) { add("fixed amount", &flat.price); },
                             [&](const Per& per) { add("price of a block", &per.price); },
                             [](const Percent&) {},
                             [](const Bps&) {},  // no price
                             [](const Graduated&) {},
                             [](const Slab&) {}};
  for (const Term& term : terms.list) std::visit(add_kind, term);
  add("at least", terms.min ? &*terms.min : nullptr);
  add("at most", terms.max ? &*terms.max : nullptr);
  return prices;
}

std::vector<BandTable> band_tables(const Charge& charge, const Wording& page) {
  Wording wording{page.schedule, page.language};  // a table within a table would be lost
  std::vector<BandTable> tables;
  if (!charge.graduated().empty()) tables.push_back(band_table(charge, false, wording));
  if (!charge.slab().empty()) tables.push_back(band_table(charge, true, wording));
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const Charge& member : *members) {
      for (BandTable& table : band_tables(member, wording)) tables.push_back(std::move(table));
    }
  }
  return tables;
}

}  // namespace levy
