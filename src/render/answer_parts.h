// What several of the answers have in common, to programs and to people.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json_writer.h"
#include "money/money.h"
#include "render/page.h"
#include "schedule/operation.h"
#include "schedule/schedule.h"

namespace levy {

// "schedule": {"id": "fee", "version": "2026-01"}; a version only where there is one.
void write_schedule_id(JsonWriter& json, const Schedule& schedule);

// "given": {"method": "bank"}.
void write_given(JsonWriter& json, const std::vector<std::pair<std::string, std::string>>& given);

// "fees": {"EUR": "2.50"}.
void write_amounts(JsonWriter& json, std::string_view name,
                   const std::map<Currency, Rational>& amounts, const Currencies& currencies);

// "OKPay wallet (okpay 2026.1)"; "fee" where it has neither title nor version.
std::string schedule_words(const Schedule& schedule, std::string_view language);

// Parts of the question that the answer shows elsewhere.
struct HiddenParts {
  std::vector<std::string> names = {};  // of attributes
  bool amount = false;
};
// The tariff, and below it what was asked: "withdrawal of 250.00 EUR, method bank, at ...".
Lines answer_head(const Schedule& schedule, const Operation& operation, std::string_view language,
                  const HiddenParts& hidden = {});

}  // namespace levy
