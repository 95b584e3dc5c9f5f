// Members that several of the answers to programs have.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json_writer.h"
#include "money/money.h"
#include "schedule/schedule.h"

namespace levy {

// "schedule": {"id": "fee", "version": "2026-01"}; a version only where there is one.
void write_schedule_id(JsonWriter& json, const Schedule& schedule);

// "given": {"method": "bank"}.
void write_given(JsonWriter& json, const std::vector<std::pair<std::string, std::string>>& given);

// "fees": {"EUR": "2.50"}.
void write_amounts(JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies);

}  // namespace levy
