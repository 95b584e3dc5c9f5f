// Columns that nearly are fields.
#include "facts/columns.h"

#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

schedule::Schedule schedule_of() {
  Checked<schedule::Schedule> schedule =
      schedule::decode::load_schedule(Source("s.json", R"({"levy": 1, "id": "s",
    "currency": "EUR", "attributes": {"method": ["bank", "card"]}, "quantities": {"units": {}},
    "fees": [{"id": "f", "operation": "pay", "percent": "1",
              "free": {"amount": "5 EUR", "window": "day"}}]})"));
  if (!schedule) FAIL(schedule.faults().front().message);
  return std::move(*schedule);
}

TEST_CASE("A column that nearly is a field is told, and which one", "[columns]") {
  struct Case {
    std::vector<std::string_view> names;
    std::string column, field;  // empty: none
  };
  const Case cases[] = {
      {{"operation", "amount"}, "", ""},
      {{"operation", "Amount"}, "Amount", "amount"},
      {{"to currency"}, "to currency", "to_currency"},
      {{"ToCurrency"}, "ToCurrency", "to_currency"},
      {{" time "}, " time ", "time"},
      {{"ID"}, "ID", "id"},
      {{"amuont"}, "amuont", "amount"},    // swapped
      {{"amont"}, "amont", "amount"},      // missing
      {{"amountt"}, "amountt", "amount"},  // one more
      {{"amoumt"}, "amoumt", "amount"},    // another
      {{"To-Curency"}, "To-Curency", "to_currency"},
      {{"methods"}, "methods", "method"},
      {{"unit"}, "unit", "units"},
      {{"used.F"}, "used.F", "used.f"},
      {{"amoun_t", "x", "currancy"}, "amoun_t", "amount"},
      {{"x", "currancy"}, "currancy", "currency"},
      // Given already, or too far, or too short to tell, or a name of its own.
      {{"amount", "Amount", "amuont"}, "", ""},
      {{"amunot_x"}, "", ""},
      {{"no", "in", "is", ""}, "", ""},
      {{"date", "weekday"}, "", ""},
      {{"reference", "fee", "status"}, "", ""},
  };
  facts::ColumnCheck check(facts::row_fields(schedule_of()));
  for (const Case& one : cases) {
    INFO(one.names.front());
    auto near = check.find(one.names);
    CHECK((near ? std::string(one.names[near->index]) : "") == one.column);
    CHECK((near ? near->field : "") == one.field);
  }
}

TEST_CASE("Fields that an option gives are no column's, and columns that it names are meant",
          "[columns]") {
  using Remedy = facts::ColumnCheck::Remedy;
  facts::ColumnCheck check(facts::row_fields(schedule_of()), Remedy::map, {"amount", "time"},
                           {"Currency"});
  CHECK_FALSE(check.find({"Amount", "tme", "Currency"}));
  CHECK(check.find({"Amount", "Country"}));
  CHECK(check.has_field({"x", "Currency"}));
  CHECK_FALSE(check.has_field({"x", "Amount"}));
}

}  // namespace
}  // namespace levy
