#include "ledger/read_history.h"

#include "unit/limits_fixture.h"

namespace levy {
namespace {

constexpr const char* header =
    "account,time,operation,amount,currency,method,vip,units,debit,status\n";

Checked<facts::History> read(const schedule::Schedule& schedule, const std::string& csv,
                             const std::string& time, const facts::Rates* rates = nullptr,
                             const std::string& account = "a") {
  formats::NextRow next = formats::read_table("h.csv", formats::read_from(csv));
  fees::Tariff tariff;
  tariff.versions.push_back(fees::compile(schedule));
  facts::RatesHistory file;
  if (rates != nullptr) file.rows.push_back(*rates);
  ledger::HistoryQuestion question{tariff, tariff.versions.front(), account, at(time)};
  if (rates != nullptr) question.rates = &file;
  question.file = "h.csv";
  return ledger::read_history(question, next);
}

std::string limit(const std::string& rest) { return R"("limits": [{"id": "m", )" + rest + "}]"; }

TEST_CASE("What a meter counts", "[history]") {
  struct Case {
    const char *title, *meter, *rows, *reading;
  };
  const Case cases[] = {
      {"amounts of a day", R"("window": "day", "max": "1 EUR")",
       "a,2026-11-20T01:00Z,pay,10,EUR,,,,,\na,2026-11-19T23:59:59Z,pay,5,EUR,,,,,\n", "10"},
      {"its operation only",
       R"("window": "day", "operation": "pay", "max": "1 EUR"}, {"id": "n", "operation": "move",
          "max": "9 EUR")",
       "a,2026-11-20,pay,10,EUR,,,,,\na,2026-11-20,move,5,EUR,,,,,\n", "10"},
      {"its account only", R"("window": "day", "max": "1 EUR")",
       "b,2026-11-20,pay,10,EUR,,,,,\na,2026-11-20,pay,5,EUR,,,,,\n", "5"},
      {"a row without an account is its own", R"("window": "day", "max": "1 EUR")",
       ",2026-11-20,pay,10,EUR,,,,,\n", "10"},
      {"statuses that count", R"("window": "day", "max": "1 EUR")",
       "a,2026-11-20,pay,10,EUR,,,,,ok\na,2026-11-20,pay,3,EUR,,,,,\n"
       "a,2026-11-20,pay,0.25,EUR,,,,,match\na,2026-11-20,pay,0.5,EUR,,,,,mismatch\n",
       "13.75"},
      {"statuses that do not", R"("window": "day", "max": "1 EUR")",
       "a,2026-11-20,pay,10,EUR,,,,,declined\na,2026-11-20,pay,10,EUR,,,,,error\n"
       "a,2026-11-20,pay,10,EUR,,,,,failed\na,2026-11-20,pay,10,EUR,,,,,cancelled\n"
       "a,2026-11-20,pay,10,EUR,,,,,pending\na,2026-11-20,pay,10,EUR,,,,,reversed\n"
       "a,2026-11-20,pay,10,EUR,,,,,skipped\n",
       "0"},
      {"a row without an operation is of the only one",
       R"("window": "day", "operation": "pay", "max": "1 EUR")", "a,2026-11-20,,10,EUR,,,,,\n",
       "10"},
      {"not after t", R"("window": "lifetime", "max": "1 EUR")",
       "a,2026-11-20T12:00Z,pay,10,EUR,,,,,\na,2026-11-20T12:00:01Z,pay,5,EUR,,,,,\n", "10"},
      {"its conditions",
       R"("window": "day", "when": {"method": "bank", "amount": {"above": "4 EUR"}},
          "max": "1 EUR")",
       "a,2026-11-20,pay,10,EUR,bank,,,,\na,2026-11-20,pay,5,EUR,card,,,,\n"
       "a,2026-11-20,pay,4,EUR,bank,,,,\n",
       "10"},
      {"a false condition needs no other", R"("window": "day", "max": "1 EUR",
          "when": {"method": "bank", "vip": true})",
       "a,2026-11-20,pay,10,EUR,card,,,,\na,2026-11-20,pay,5,EUR,bank,true,,,\n", "5"},
      {"conditions on the row's own time", R"("window": "lifetime", "max": "1 EUR",
          "when": {"weekday": "thu"})",
       "a,2026-11-19,pay,10,EUR,,,,,\na,2026-11-18,pay,5,EUR,,,,,\n", "10"},
      {"counts", R"("window": "day", "measure": "count", "max": "5")",
       "a,2026-11-20,pay,10,EUR,,,,,\na,2026-11-20,pay,,,,,,,\n", "2"},
      {"quantities", R"("window": "day", "measure": "units", "max": "5")",
       "a,2026-11-20,pay,10,EUR,,,2.5,,\na,2026-11-20,pay,10,EUR,,,4,,\n", "6.5"},
      {"debits", R"("window": "day", "measure": "debit", "max": "5 EUR")",
       "a,2026-11-20,pay,10,EUR,,,,10.50,\n", "10.5"},
      {"other currencies at the mid rate", R"("window": "day", "max": "5 EUR")",
       "a,2026-11-20,pay,11,USD,,,,,\na,2026-11-20,pay,3 USD,,,,,,\n", "140/11"},
      {"a rolling window leaves out its start", R"("window": {"rolling": "24h"}, "max": "5 EUR")",
       "a,2026-11-19T12:00:00Z,pay,10,EUR,,,,,\na,2026-11-19T12:00:01Z,pay,5,EUR,,,,,\n", "5"},
      {"the month before", R"("window": {"previous": "month"}, "max": "5 EUR")",
       "a,2026-10-01,pay,10,EUR,,,,,\na,2026-10-31T23:59:59Z,pay,5,EUR,,,,,\n"
       "a,2026-11-01,pay,3,EUR,,,,,\na,2026-09-30T23:59:59Z,pay,1,EUR,,,,,\n",
       "15"},
      {"a window of one operation", R"("max": "5 EUR")", "a,2026-11-20,pay,10,EUR,,,,,\n", "0"},
      {"rows that do not count may hold what they like", R"("window": "day", "max": "5 EUR",
          "operation": "pay")",
       "a,2026-11-20,refund,oops,XYZ,,,,,failed\n", "0"},
  };
  facts::Rates rates = rates_of("1.1");
  for (const Case& one : cases) {
    INFO(one.title);
    schedule::Schedule schedule = schedule_with(limit(one.meter));
    Checked<facts::History> history =
        read(schedule, std::string(header) + one.rows, "2026-11-20T12:00:00Z", &rates);
    if (!history) FAIL(history.faults().front().message);
    CHECK(history->readings.at("m").value.to_string() == one.reading);
    CHECK_FALSE(history->readings.at("m").assumed);
  }
}

TEST_CASE("What a history lacks is an error that names it and its row", "[history]") {
  struct Case {
    const char *meter, *rows;
    Code code;
    const char* message;
  };
  const Case cases[] = {
      {R"("window": "day", "when": {"method": "bank"}, "max": "1 EUR")",
       "a,2026-11-20,pay,10,EUR,,,,,\n", Code::missing_attributes,
       "the row does not give method, which \"m\" counts by"},
      {R"("window": "day", "measure": "debit", "max": "1 EUR")", "a,2026-11-20,pay,10,EUR,,,,,\n",
       Code::bad_file, "the row has no \"debit\", which \"m\" counts"},
      {R"("window": "day", "measure": "units", "max": "1")", "a,2026-11-20,pay,10,EUR,,,,,\n",
       Code::missing_quantity, "the row does not give units, which \"m\" counts"},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,,EUR,,,,,\n", Code::bad_amount,
       "the row has no amount, which \"m\" counts"},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,10,GBP,,,,,\n", Code::missing_rate,
       "no rate from GBP to EUR"},
      {R"("window": "day", "max": "1 EUR")", "a,,pay,10,EUR,,,,,\n", Code::bad_time,
       "the row has no time"},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,10.001,EUR,,,,,\n", Code::precision,
       ""},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,-1,EUR,,,,,\n", Code::not_positive,
       ""},
      {R"("window": "day", "when": {"method": "bank"}, "max": "1 EUR")",
       "a,2026-11-20,pay,10,EUR,cheque,,,,\n", Code::unknown_value, ""},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,10\n", Code::bad_file, ""},
      {R"("window": "day", "max": "1 EUR")", "a,2026-11-20,pay,10,EUR,,,,,decline\n",
       Code::unknown_value,
       "the status \"decline\" does not say whether the row counts (did you mean \"declined\"?)"},
      {R"("window": "day", "operation": "pay", "max": "1 EUR")", "a,2026-11-20,pya,10,EUR,,,,,\n",
       Code::unknown_operation, "the tariff does not know the operation \"pya\""},
      {R"("window": "day", "operation": ["pay", "move"], "max": "1 EUR")",
       "a,2026-11-20,,10,EUR,,,,,\n", Code::unknown_operation, "the row names no operation"},
  };
  facts::Rates rates = rates_of("1.1");
  for (const Case& one : cases) {
    INFO(one.meter << one.rows);
    schedule::Schedule schedule = schedule_with(limit(one.meter));
    Checked<facts::History> history =
        read(schedule, std::string(header) + "b,2026-11-20,pay,1,EUR,,,,,\n" + one.rows,
             "2026-11-20T12:00:00Z", &rates);
    REQUIRE_FALSE(history);
    const Diagnostic& fault = history.faults().front();
    CHECK(fault.code == one.code);
    if (*one.message != '\0') CHECK(fault.message == one.message);
    CHECK(fault.place.line() == 3);
    CHECK(fault.place.file() == "h.csv");
  }
}

TEST_CASE("A history of two accounts asks whose it is", "[history]") {
  schedule::Schedule schedule = schedule_with(limit(R"("window": "day", "max": "1 EUR")"));
  std::string rows = std::string(header) + "b,2026-11-20,pay,1,EUR,,,,,\n" +
                     "c,2026-11-20,pay,1,EUR,,,,,\nd,2026-11-20,pay,1,EUR,,,,,\n";
  Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00Z", nullptr, "");
  REQUIRE_FALSE(history);
  CHECK(history.faults().size() == 1);
  CHECK(history.faults().front().code == Code::bad_file);
  CHECK(read(schedule, rows, "2026-11-20T12:00Z", nullptr, "c"));
  std::string one = std::string(header) + "b,2026-11-20,pay,1,EUR,,,,,\n";
  Checked<facts::History> only = read(schedule, one, "2026-11-20T12:00Z", nullptr, "");
  REQUIRE(only);
  CHECK(only->readings.at("m").value == Rational(1));
}

TEST_CASE("A fee's meter counts what its owner says", "[history]") {
  struct Case {
    const char *title, *fees, *reading;
  };
  const std::string rows =
      "account,time,operation,amount,currency,method,fee,fee.f\n"
      "a,2026-11-20T01:00Z,pay,100,EUR,bank,3,1\n"
      "a,2026-11-20T02:00Z,pay,20,EUR,card,4,\n"
      "a,2026-11-20T03:00Z,move,7,EUR,bank,5,2\n";
  const Case cases[] = {
      {"a by counts the fee's operations, whatever its when",
       R"({"id": "f", "operation": "pay", "when": {"method": "bank"}, "slab": [{"percent": "1"}],
           "by": {"window": "day"}})",
       "120"},
      {"a free only those that met the fee's when",
       R"({"id": "f", "operation": "pay", "when": {"method": "bank"}, "percent": "1",
           "free": {"amount": "50 EUR", "window": "day"}})",
       "100"},
      {"its own operation and when stand instead",
       R"({"id": "f", "operation": "pay", "when": {"method": "bank"}, "percent": "1",
           "free": {"amount": "50 EUR", "window": "day", "operation": "move", "when": {}}})",
       "7"},
      {"a cap counts what the fee has charged", R"({"id": "f", "percent": "1",
           "cap": {"max": "10 EUR", "window": "day"}})",
       "3"},
  };
  for (const Case& one : cases) {
    INFO(one.title);
    // The other fee makes both operations known to the tariff.
    schedule::Schedule schedule =
        schedule_with("\"fees\": [" + std::string(one.fees) +
                      R"(, {"id": "other", "operation": ["move", "pay"], "waived": true}])");
    Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00:00Z");
    if (!history) FAIL(history.faults().front().message);
    CHECK(history->readings.at("f").value.to_string() == one.reading);
  }
}

TEST_CASE("An allowance used whole or not at all is used in the order of time", "[history]") {
  // 600 a day; 345 fits, 345 more does not and uses none, 250 fits.
  schedule::Schedule schedule =
      schedule_with(R"("fees": [{"id": "f", "units": "units", "each": "1 EUR",
      "free": {"units": "600", "window": {"rolling": "24h"}, "whole": true}}])");
  std::string rows =
      "account,time,operation,units\na,2026-11-20T03:00Z,pay,250\n"
      "a,2026-11-20T01:00Z,pay,345\na,2026-11-20T02:00Z,pay,345\n";
  Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00:00Z");
  if (!history) FAIL(history.faults().front().message);
  CHECK(history->readings.at("f").value == Rational(595));
}

TEST_CASE("What was used of an allowance is remembered in every window", "[history]") {
  struct Case {
    const char *free, *rows, *reading;
  };
  const Case cases[] = {
      // 150 in October did not fit into the 100 that September left, and used none.
      {R"({"amount": "100 EUR", "window": {"previous": "month"}, "whole": true})",
       "a,2026-10-10,pay,150,bank\n", "0"},
      {R"({"amount": "100 EUR", "window": {"previous": "month"}, "whole": true})",
       "a,2026-10-10,pay,90,bank\na,2026-10-11,pay,80,bank\n", "170"},
      {R"({"amount": "100 EUR", "window": {"previous": "month"}, "whole": true})",
       "a,2026-10-10,pay,90,bank\na,2026-09-11,pay,20,bank\n", "0"},
      {R"({"amount": "100 EUR", "window": "month", "whole": true})",
       "a,2026-11-10,pay,150,bank\na,2026-11-11,pay,40,bank\n", "40"},
  };
  for (const Case& one : cases) {
    INFO(one.free << one.rows);
    schedule::Schedule schedule =
        schedule_with(R"("fees": [{"id": "f", "operation": "pay", "flat": "1 EUR",
        "free": )" + std::string(one.free) +
                      "}]");
    Checked<facts::History> history =
        read(schedule, "account,time,operation,amount,method\n" + std::string(one.rows),
             "2026-11-20T12:00:00Z");
    if (!history) FAIL(history.faults().front().message);
    CHECK(history->readings.at("f").value.to_string() == one.reading);
  }
}

TEST_CASE("Each row of a history uses the allowance of its own case", "[history]") {
  schedule::Schedule schedule = schedule_with(R"("fees": [{"id": "f", "operation": "pay", "cases": [
      {"when": {"method": "card"}, "flat": "1 EUR",
       "free": {"amount": "1000 EUR", "window": "month", "whole": true}},
      {"when": {"vip": true}, "flat": "1 EUR"},
      {"flat": "1 EUR", "free": {"amount": "100 EUR", "window": "month", "whole": true}}]}])");
  std::string header_row = "account,time,operation,amount,method,vip\n";
  auto used = [&](const std::string& rows) {
    Checked<facts::History> history = read(schedule, header_row + rows, "2026-11-20T12:00:00Z");
    return history ? history->readings.at("f").value.to_string()
                   : std::string(to_string(history.faults().front().code));
  };
  CHECK(used("a,2026-11-10,pay,600,card,false\n") == "600");
  CHECK(used("a,2026-11-10,pay,600,bank,false\n") == "0");
  CHECK(used("a,2026-11-10,pay,60,bank,true\n") == "0");  // its case has no allowance
  CHECK(used("a,2026-11-10,pay,90,bank,false\na,2026-11-11,pay,600,card,false\n") == "690");
  CHECK(used("a,2026-11-10,pay,600,card,false\na,2026-11-11,pay,90,bank,false\n") == "600");
  CHECK(used("a,2026-11-10,pay,90,bank,\n") == "missing_attributes");
}

TEST_CASE("Each row of a history is converted at the rate of its own time", "[history]") {
  schedule::Schedule schedule = schedule_with(limit(R"("window": "month", "max": "1 EUR")"));
  fees::Tariff tariff;
  tariff.versions.push_back(fees::compile(schedule));
  facts::RatesHistory rates{"r", {rates_of("2"), rates_of("4")}};
  rates.rows[0].as_of = at("2026-11-01");
  rates.rows[1].as_of = at("2026-11-15");
  ledger::HistoryQuestion question{tariff, tariff.versions.front(), "a", at("2026-11-20")};
  question.rates = &rates;
  std::string rows =
      std::string(header) + "a,2026-11-10,pay,8,USD,,,,,\na,2026-11-16,pay,8,USD,,,,,\n";
  Checked<facts::History> history =
      ledger::read_history(question, formats::read_table("h.csv", formats::read_from(rows)));
  REQUIRE(history);
  CHECK(history->readings.at("m").value == Rational(6));
}

TEST_CASE("A history says what became of its rows", "[history]") {
  schedule::Schedule schedule = schedule_with(limit(R"("window": "day", "max": "1 EUR")"));
  std::string rows = std::string(header) +
                     "a,2026-11-20,pay,10,EUR,,,,,\nb,2026-11-20,pay,10,EUR,,,,,\n"
                     "a,2026-11-20,pay,10,EUR,,,,,declined\na,2026-11-20,pay,10,EUR,,,,,failed\n"
                     "a,2026-11-20,pay,10,EUR,,,,,failed\na,2026-11-21,pay,10,EUR,,,,,\n"
                     "a,2025-11-20,pay,10,EUR,,,,,ok\n";
  Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00Z");
  REQUIRE(history);
  const facts::HistoryCounts& counts = history->counts;
  CHECK((counts.rows == 7 && counts.account == 6 && counts.counted == 2 && counts.later == 1));
  CHECK(counts.left_out == std::map<std::string, std::uint64_t>{{"declined", 1}, {"failed", 2}});
}

TEST_CASE("An account without a row is unknown, unless it is new", "[history]") {
  schedule::Schedule schedule = schedule_with(limit(R"("window": "day", "max": "1 EUR")"));
  std::string rows = std::string(header) + "ada-1,2026-11-20,pay,10,EUR,,,,,\n";
  Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00Z", nullptr, "ada-l");
  REQUIRE_FALSE(history);
  CHECK(history.faults().front().code == Code::unknown_account);
  CHECK(history.faults().front().message ==
        "the history has no row of the account \"ada-l\" (did you mean \"ada-1\"?)");
  fees::Tariff tariff;
  tariff.versions.push_back(fees::compile(schedule));
  ledger::HistoryQuestion question{tariff, tariff.versions.front(), "ada-l", at("2026-11-20")};
  question.new_account = true;
  CHECK(ledger::read_history(question, formats::read_table("h.csv", formats::read_from(rows))));
}

TEST_CASE("A reading knows how it goes on", "[history]") {
  struct Case {
    const char *window, *changes;
  };
  const Case cases[] = {
      {R"({"rolling": "24h"})", "2026-11-20T13:00:00Z -5, 2026-11-21T01:00:00Z -10, "},
      {R"("day")", "2026-11-21T00:00:00Z -10, "},
      {R"("month")", "2026-12-01T00:00:00Z -15, "},
      {R"("lifetime")", ""},
      {R"({"previous": "day"})", "2026-11-21T00:00:00Z 5, 2026-11-22T00:00:00Z -10, "},
  };
  for (const Case& one : cases) {
    INFO(one.window);
    schedule::Schedule schedule =
        schedule_with(limit("\"max\": \"1 EUR\", \"window\": " + std::string(one.window)));
    std::string rows = std::string(header) +
                       "a,2026-11-20T01:00Z,pay,10,EUR,,,,,\na,2026-11-19T13:00Z,pay,5,EUR,,,,,\n";
    Checked<facts::History> history = read(schedule, rows, "2026-11-20T12:00:00Z");
    REQUIRE(history);
    std::string changes;
    for (const facts::Change& change : history->changes["m"])
      changes += to_string(change.at, TimeZone()) + " " + change.by.to_string() + ", ";
    CHECK(changes == one.changes);
  }
}

}  // namespace
}  // namespace levy
