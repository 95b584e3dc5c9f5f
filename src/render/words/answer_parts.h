// What several of the answers have in common, to programs and to people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/meters.h"
#include "facts/operation.h"
#include "formats/json_writer.h"
#include "limits/missing_evidence.h"
#include "limits/profile.h"
#include "money/money.h"
#include "render/text/page.h"
#include "render/text/translate.h"
#include "render/words/words.h"
#include "schedule/schedule.h"

namespace levy::render::words {

// "schedule": {"id": "fee", "version": "2026-01"}; a version only where there is one.
void write_schedule_id(formats::JsonWriter& json, const schedule::Schedule& schedule);

// "given": {"method": "bank"}.
void write_given(formats::JsonWriter& json,
                 const std::vector<std::pair<std::string, std::string>>& given);

// "fees": {"EUR": "2.50"}.
void write_amounts(formats::JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies);

// "OKPay wallet (okpay 2026.1)"; "fee" where it has neither title nor version.
std::string schedule_words(const schedule::Schedule& schedule, std::string_view language);

// "Assumed: nothing used yet of a and b (give --used ID=VALUE)."
std::string assumed_words(const std::vector<std::string>& meters, std::string_view language);

// ""1.500 EUR" is read as 1.50 EUR; ...": for an amount whose point may have been meant to stand
// between thousands. Nothing for others.
std::optional<std::string> read_as_words(const std::string& typed, const Money& amount,
                                         const Currencies& currencies, std::string_view language);

// Parts of the question that the answer shows elsewhere.
struct HiddenParts {
  std::vector<std::string> names = {};  // of attributes
  bool amount = false;
};
// The tariff, and below it what was asked: "withdrawal of 250.00 EUR, method bank, at ...".
text::Lines answer_head(const schedule::Schedule& schedule, const facts::Operation& operation,
                        std::string_view language, const HiddenParts& hidden = {});

// What heads the columns of a table of quotes, for translate.
inline constexpr const char* amount_titles[] = {
    text::translatable("fees"), text::translatable("debited"), text::translatable("arrives")};

// "withdrawal of 250.00 EUR", "conversion of 250.00 EUR to USD"; without the amount "withdrawal".
std::string operation_words(const schedule::Schedule& schedule, const facts::Operation& operation,
                            std::string_view language, bool with_amount = true);

// What became of the rows of a history: read, of the account, counted, left out.

// "History: 6 rows, 5 of this account, 3 counted; left out: 1 declined, 1 after this time"; nothing
// where there is no history.
void add_history(text::Page& page, const std::optional<facts::HistoryCounts>& counts,
                 std::string_view language);

// The member "history", where there is one: {"rows", "account", "counted", "left_out": {status:
// rows}}, and "later" where there are such rows.
void write_history(formats::JsonWriter& json, const std::optional<facts::HistoryCounts>& counts);

// What verdicts and ladders have in common when they are written: figures of limits, windows,
// missing evidence, overrides.

// "300.00" of money, "5" of anything else; with the code: "300.00 EUR", "5". Words say "about
// 781.04 EUR" where the exact value, which figures keep, has no end.
std::string limit_figure(const Rational& value, Currency currency,
                         const schedule::Schedule& schedule);
std::string limit_figure_words(const Rational& value, Currency currency,
                               const schedule::Schedule& schedule);

// "10.00 EUR to 100.00 EUR", "up to 5", "no limit".
std::string range_words(const std::optional<Rational>& min, const std::optional<Rational>& max,
                        Currency currency, const Wording& wording);
// "300.00 EUR per calendar day"; the figure alone of a balance.
std::string in_window_words(const std::string& figure, const schedule::Meter& meter,
                            std::string_view language);

// "Passport (id_document)"; the id alone where there is no title.
std::string titled(const schedule::LocalText& title, std::string_view id,
                   std::string_view language);
// "Passport (id_document, expired on 2026-11-08T00:00:00Z) and volume_90d at least 5000.00 EUR (now
// 430.00 EUR)"; "nothing".
std::string missing_set_words(const limits::MissingSet& missing, const Wording& wording);
// What an override makes of a limit's max: "raised from 300.00 EUR to 500.00 EUR until
// 2026-12-31T00:00:00Z, CS-1042". A restriction "holds in every tier".
struct OverrideEffect {
  const limits::Override& granted;
  std::optional<Rational> without, with;  // the max where the account stands; none: no bound
  Currency currency;                      // of both
};
std::string override_words(const OverrideEffect& effect, const Wording& wording);

// A member: the value as text, or null.
void write_figure(formats::JsonWriter& json, std::string_view name,
                  const std::optional<Rational>& value, Currency currency,
                  const schedule::Schedule& schedule);
// As the schedule writes it: "day", {"rolling": "24h"}; null for a balance.
void write_window(formats::JsonWriter& json, const schedule::Meter& meter);
void write_currency(formats::JsonWriter& json, Currency currency);  // null for plain numbers
void write_missing(formats::JsonWriter& json, const std::vector<limits::MissingSet>& missing,
                   bool all_listed, const schedule::Schedule& schedule);

// The first sets, and how many there are behind them.
void add_sets(text::Lines& lines, const std::vector<limits::MissingSet>& missing, bool all_listed,
              const Wording& wording);
void write_override(formats::JsonWriter& json, const std::optional<limits::Override>& one,
                    Currency currency, const schedule::Schedule& schedule);

}  // namespace levy::render::words
