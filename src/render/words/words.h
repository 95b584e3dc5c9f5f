// The parts of a schedule in plain words: what an agent reads out and a page is made of. Amounts
// are written as quotes write them ("25.00 EUR"), names as operations give them, with spaces for
// their underscores; nothing that changes the meaning is left out. Titles follow the language asked
// for, and so do the words around them where people read them; programs read English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fees/plan.h"
#include "schedule/schedule.h"

namespace levy::render::words {

// What words are taken from: the sets, currencies and titles of one schedule.
struct Wording {
  const schedule::Schedule& schedule;
  std::string language = "en";
  // A price in more currencies than this is "by currency (below)", and stands in long_prices.
  std::size_t read_out_max = static_cast<std::size_t>(-1);
  std::string words = "en";  // the language of the words around the titles

  // All of it in one language.
  static Wording for_people(const schedule::Schedule& schedule, std::string_view language) {
    Wording wording{schedule, std::string(language)};
    wording.words = language;
    return wording;
  }
};

// "gas used", "target currency": an attribute or quantity within a sentence.
std::string name_words(std::string_view name);
// Is the set named in conditions ("@EEA (30 countries)"), rather than its members read out?
bool is_named(const schedule::Set& set);
// "0.50 EUR", "0.50 EUR / 0.55 USD".
std::string money_words(const MoneyList& money, const Wording& wording);
std::string figure_words(const schedule::Figure& figure, const Wording& wording);
// "a, b and c"; "a, b or c".
std::string join_and(const std::vector<std::string>& words, std::string_view language = "en");
std::string join_or(const std::vector<std::string>& words, std::string_view language);

// "method is bank", "amount above 1000.00 EUR", "time of day 17:00 to 08:00",
// "country is not one of @EEA (30 countries)". A set is named where it has many members.
std::string condition_words(const schedule::Condition& condition, const Wording& wording);
// All of them; "" where there are none.
std::string when_words(const std::optional<schedule::When>& when, const Wording& wording);

// ---- charges -----------------------------------------------------------------------------------

// "the amount", "fee a less fee b", "gas used × gas price".
std::string base_words(const schedule::Charge& charge);
// "1 % of the amount, at least 0.50 EUR, at most 25.00 EUR". Bands are left to band_tables, and the
// words say so: "by band of the amount (see below)".
std::string charge_words(const schedule::Charge& charge, const Wording& wording);
// "on top", "deducted", "shown only"; a margin is "in the rate", and a waived charge is nowhere.
std::string collect_words(const schedule::Charge& charge, schedule::Collect collect);
// "rounded up to 0.05 CHF", "not rounded".
std::string round_words(const fees::Rounder& rounder, const Wording& wording);

// The bands of a graduated or slab charge.
struct BandTable {
  std::string caption;  // what the bands are of, and what each charges
  std::string axis;     // heads the first column: "Amount"
  struct Row {
    std::string range;   // "above 1000.00 EUR, up to 5000.00 EUR"
    std::string charge;  // "0.5 % + 2.00 EUR"
  };
  std::vector<Row> rows;
};
// Where the last band is closed, the caption says so: what lies above has no price.
// Those of the charge and of the members of its `greatest` or `least`.
std::vector<BandTable> band_tables(const schedule::Charge& charge, const Wording& wording);

// The prices that charge_words left to a table.
struct LongPrice {
  std::string name;  // "fixed amount", "at least"
  const MoneyList* money = nullptr;
};
std::vector<LongPrice> long_prices(const schedule::Charge& charge, const Wording& wording);

// ---- meters, limits, tiers ---------------------------------------------------------------------

// "per calendar month", "within 24 hours".
std::string window_words(const Window& window, std::string_view language = "en");
// "30 days", "24 hours".
std::string duration_words(std::int64_t seconds, std::string_view language = "en");
// "amount of trade per calendar month where plan is tiered, in USD"; operations only where the
// meter names its own, a currency only where it is not the schedule's.
std::string meter_words(const schedule::Meter& meter, const Wording& wording);
// The same without operations and conditions, which of a limit say what it applies to, and without
// the currency, which its bounds name.
std::string per_attribute_words(const schedule::Meter& meter);  // ", for each recipient"; or ""
std::string measure_words(const schedule::Meter& meter);
// "deposit where method is card": what a limit counts that applies to others; "" for all others.
std::string counts_words(const schedule::Meter& meter, const Wording& wording);
// What the limit allows in the tier ("" where bounds are not by tier): "10.00 EUR to 100.00 EUR",
// "up to 5", "no limit", "none (0.00 EUR)".
std::string allowed_words(const schedule::Limit& limit, std::string_view tier,
                          const Wording& wording);

// "Passport (id_document) and (a or 2 of: b, c, d)".
std::string requirement_words(const schedule::Requirement& requirement, const Wording& wording);
// "document, for 90 days from its issue", "activity: amount of pay within 90 days".
std::string evidence_words(const schedule::Evidence& evidence, const Wording& wording);

// ---- the whole tariff --------------------------------------------------------------------------

// "half-even (to the nearest, ties to the even digit) to 0.01 EUR, each line".
std::string rounding_words(const Wording& wording);
// How rates and what arrives are rounded.
std::string conversion_words(const Wording& wording);
// "the fees are at most 25.00 EUR".
std::string promise_words(const schedule::Guarantee& guarantee, const Wording& wording);
// "2026-01-01", or with the time where it is not the first of a day.
std::string instant_words(Instant instant, const TimeZone& zone);
// "20 Nov 2026, 16:20 UTC", "20 Nov 2026, 17:20:05 +01:00".
std::string time_words(Instant instant, const TimeZone& zone, std::string_view language = "en");
// "20 Nov 2026".
std::string day_words(Day day, std::string_view language = "en");
// "2.5"; rounded to ten digits where the value has no end: "≈0.8673026886".
std::string number_words(const Rational& value);
// "from 2026-01-01 until 2027-01-01 (that moment excluded)", "at any time".
std::string effective_words(const schedule::Schedule& schedule);

}  // namespace levy::render::words
