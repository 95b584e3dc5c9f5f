// What may describe an operation: the built-in attributes and those a schedule declares.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/schedule.h"

namespace levy::schedule {

// The built-in attributes, in the order in which missing ones are listed: currency, to_currency,
// country, to_country, cross_border, tier, weekday, date, time_of_day.
const std::vector<std::string>& builtin_attributes();

// ISO 3166-1 alpha-2 and XK.
bool is_country(std::string_view code);
const std::vector<std::string>& country_codes();  // sorted

// What the attribute may be, as it is listed in `missing_attributes`; closed when every value is
// listed (a declared list, booleans, tiers, weekdays), else one word for an open domain ("text",
// "country", "currency", "date", "time").
Missing describe_attribute(const Schedule& schedule, std::string_view name);

// Are its values the booleans true and false? A "text" may be "true" as well, and is then a text.
bool is_boolean(const Schedule& schedule, std::string_view name);

// May an operation say this of it? Of an open domain only countries are looked up.
bool is_value_of(const Schedule& schedule, std::string_view name, const std::string& value);

// weekday, date, time_of_day: conditions ask for them, and no operation may say them.
bool follows_from_time(std::string_view name);

// Every attribute and quantity name that a condition may use; for suggestions.
std::vector<std::string> known_names(const Schedule& schedule);
// Of these, those that an operation may say.
std::vector<std::string> settable_names(const Schedule& schedule);

// Which country a word stands for that is not a code.

// The code that a word surely stands for: itself in capitals, another code of the same country
// ("UK", "EL", "USA"), or its English name. "" for none: one letter makes another country.
std::string likely_country(std::string_view word);

}  // namespace levy::schedule
