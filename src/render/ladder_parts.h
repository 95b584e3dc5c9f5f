// What verdicts and ladders have in common when they are written: figures of limits, windows,
// missing evidence, overrides.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/json_writer.h"
#include "limits/missing.h"
#include "limits/profile.h"
#include "render/words.h"

namespace levy {

// "300.00" of money, "5" of anything else; with the code: "300.00 EUR", "5". Words say "about
// 781.04 EUR" where the exact value, which figures keep, has no end.
std::string limit_figure(const Rational& value, Currency currency, const Schedule& schedule);
std::string limit_figure_words(const Rational& value, Currency currency, const Schedule& schedule);

// "10.00 EUR to 100.00 EUR", "up to 5", "no limit".
std::string range_words(const std::optional<Rational>& min, const std::optional<Rational>& max,
                        Currency currency, const Schedule& schedule);

// "Passport (id_document)"; the id alone where there is no title.
std::string titled(const LocalText& title, std::string_view id, std::string_view language);
// "Passport (id_document, ran out on 2026-11-08T00:00:00Z) and volume_90d at least 5000.00 EUR (now
// 430.00 EUR)"; "nothing".
std::string lacks_words(const LackSet& missing, const Wording& wording);
// What an override makes of a limit's max: "raised from 300.00 EUR to 500.00 EUR until
// 2026-12-31T00:00:00Z, CS-1042". A restriction "holds in every tier".
struct OverrideEffect {
  const Override& granted;
  std::optional<Rational> without, with;  // the max where the account stands; none: no bound
  Currency currency;                      // of both
};
std::string override_words(const OverrideEffect& effect, const Schedule& schedule);

// A member: the value as text, or null.
void write_figure(JsonWriter& json, std::string_view name, const std::optional<Rational>& value,
                  Currency currency, const Schedule& schedule);
// As the schedule writes it: "day", {"rolling": "24h"}; null for a balance.
void write_window(JsonWriter& json, const Meter& meter);
void write_currency(JsonWriter& json, Currency currency);  // null for plain numbers
void write_missing(JsonWriter& json, const std::vector<LackSet>& missing, const Schedule& schedule);
void write_override(JsonWriter& json, const std::optional<Override>& one, Currency currency,
                    const Schedule& schedule);

}  // namespace levy
