#include "ask/check.h"
#include "render/json/quote_json.h"
#include "unit/limits_fixture.h"

namespace levy {
namespace {

fees::Tariff tariff_with(const std::string& parts) {
  Checked<fees::Tariff> tariff =
      fees::load_tariff({Source("s.json", R"({"levy": 1, "id": "s", "currency": "EUR",
        "attributes": {"method": ["bank", "card"], "vip": "boolean"}, "quantities": {"units": {}},
        )" + parts + "}")});
  if (!tariff) FAIL(tariff.faults().front().message);
  return std::move(*tariff);
}

struct Ask {
  std::string amount = "50 EUR", time = "2026-11-20T12:00:00Z";
  std::vector<std::pair<std::string, std::string>> fields = {}, used = {};
  std::string profile = {}, rows = {};  // empty: none
  bool strict = false;
  std::string operation = "pay";
};

Checked<limits::Verdict> ask(const fees::Tariff& tariff, const Ask& what) {
  ask::CheckQuestion asked;
  asked.question.request.set("operation", what.operation);
  asked.question.request.set("amount", what.amount);
  asked.question.request.set("time", what.time);
  for (const auto& [name, value] : what.fields) asked.question.request.set(name, value);
  asked.question.used = what.used;
  asked.question.strict = what.strict;
  facts::RatesHistory rates{"", {rates_of("1.25")}};
  asked.question.rates = &rates;
  std::optional<formats::Document> profile;
  if (!what.profile.empty()) profile = document_of(what.profile);
  if (profile) asked.profile = &*profile;
  std::string rows = "account,time,operation,amount,currency,debit\n" + what.rows;
  if (!what.rows.empty()) asked.history = formats::read_table("h.csv", formats::read_from(rows));
  return ask::check(tariff, asked);
}

std::string code_of(const Checked<limits::Verdict>& verdict) {
  return verdict ? "answered" : std::string(to_string(verdict.faults().front().code));
}

std::string most(const Checked<limits::Verdict>& verdict) {
  if (!verdict) return code_of(verdict);
  if (!verdict->max_amount_known) return "not known";
  return verdict->max_amount ? verdict->max_amount->amount.to_string() : "any";
}

TEST_CASE("The largest amount allowed now", "[assess]") {
  struct Case {
    const char *limits, *amount, *most;
    std::vector<std::pair<std::string, std::string>> used;
  };
  const Case cases[] = {
      {R"({"id": "l", "max": "100"})", "1 EUR", "100", {}},
      {R"({"id": "l", "max": null})", "1 EUR", "any", {}},
      {R"({"id": "l", "max": "100", "window": "day"})", "1 EUR", "30", {{"l", "70"}}},
      {R"({"id": "l", "max": "100", "window": "day"})", "1 EUR", "0", {{"l", "170"}}},
      {R"({"id": "l", "max": "100"}, {"id": "m", "max": "30", "window": "day"})",
       "1 EUR",
       "30",
       {}},
      {R"({"id": "l", "min": "40"}, {"id": "m", "max": "30", "window": "day"})", "1 EUR", "0", {}},
      {R"({"id": "l", "max": "100"})", "1 USD", "125", {}},
      {R"({"id": "l", "max": "100", "window": "day"})", "1 USD", "0.01", {{"l", "99.99"}}},
      {R"({"id": "l", "max": "100", "window": "day"})", "1 USD", "12.5", {{"l", "112.50 USD"}}},
      {R"({"id": "l", "max": "3", "measure": "count", "window": "day"})",
       "1 EUR",
       "any",
       {{"l", "2"}}},
      {R"({"id": "l", "max": "3", "measure": "count", "window": "day"})",
       "1 EUR",
       "0",
       {{"l", "3"}}},
      // Limits that look at the amount: only small ones count against the day, large ones are free.
      {R"({"id": "l", "max": "5", "when": {"amount": {"up_to": "50"}}})", "1 EUR", "any", {}},
      {R"({"id": "l", "max": "5", "when": {"amount": {"above": "50"}}})", "1 EUR", "50", {}},
      {R"({"id": "l", "max": "5", "when": {"amount": {"from": "50"}}})", "1 EUR", "49.99", {}},
      {R"({"id": "l", "max": "5", "when": {"amount": "50"}}, {"id": "m", "max": "50"})",
       "1 EUR",
       "49.99",
       {}},
      {R"({"id": "l", "max": "70", "when": {"amount": {"above": "50"}}})", "1 EUR", "70", {}},
      {R"({"id": "l", "max": "1000", "measure": "balance"})", "1 EUR", "600", {{"l", "400"}}},
  };
  for (const Case& one : cases) {
    INFO(one.limits << " " << one.amount);
    fees::Tariff tariff = tariff_with("\"limits\": [" + std::string(one.limits) + "]");
    CHECK(most(ask(tariff, Ask{one.amount, "2026-11-20T12:00:00Z", {}, one.used})) == one.most);
  }
}

TEST_CASE("The largest amount where the debit is limited, cliffs and all", "[assess]") {
  struct Case {
    const char *fee, *limits, *most;
  };
  const Case cases[] = {
      {R"("percent": "1")", R"({"id": "l", "measure": "debit", "max": "101"})", "100"},
      {R"("percent": "1")", R"({"id": "l", "measure": "debit", "max": "100.99"})", "99.99"},
      {R"("percent": "1")",
       R"({"id": "l", "measure": "debit", "max": "101"}, {"id": "m", "max": "60"})", "60"},
      {R"("flat": "5")", R"({"id": "l", "measure": "debit", "max": "4"})", "0"},
      // Up to 100 the fee is 10%, above it 1%: 101.00 costs 102.01, less than 100 does.
      {R"("slab": [{"up_to": "100", "percent": "10"}, {"percent": "1"}])",
       R"({"id": "l", "measure": "debit", "max": "103"})", "101.98"},
      {R"("slab": [{"up_to": "100", "percent": "10"}, {"percent": "1"}])",
       R"({"id": "l", "measure": "debit", "max": "103"}, {"id": "m", "max": "100"})", "93.64"},
      {R"("slab": [{"up_to": "100", "percent": "10"}, {"percent": "1"}])",
       R"({"id": "l", "measure": "debit", "max": "100.50"}, {"id": "m", "max": "100"})", "91.36"},
  };
  for (const Case& one : cases) {
    INFO(one.fee << " " << one.limits);
    fees::Tariff tariff = tariff_with("\"fees\": [{\"id\": \"f\", " + std::string(one.fee) +
                                      "}], \"limits\": [" + one.limits + "]");
    CHECK(most(ask(tariff, Ask{"1 EUR"})) == one.most);
  }
}

TEST_CASE("When to try again", "[assess]") {
  struct Case {
    const char *title, *limits, *profile, *rows, *retry;
  };
  const char* today =
      "a,2026-11-20T09:00:00Z,pay,80,EUR,80\na,2026-11-19T15:30:00Z,pay,10,EUR,10\n";
  const Case cases[] = {
      {"a day ends", R"({"id": "l", "max": "100", "window": "day"})", "", today,
       "2026-11-21T00:00:00Z"},
      {"a row leaves a rolling window",
       R"({"id": "l", "max": "130", "window": {"rolling": "24h"}})", "", today,
       "2026-11-19T15:30:00Z + 24h"},
      {"the second row has to leave, too",
       R"({"id": "l", "max": "100", "window": {"rolling": "24h"}})", "", today,
       "2026-11-21T09:00:00Z"},
      {"never", R"({"id": "l", "max": "100", "window": "lifetime"})", "", today, "never"},
      {"never by waiting", R"({"id": "l", "max": "40"})", "", today, "never"},
      {"a restriction ends", R"({"id": "l", "max": "100"})",
       R"({"overrides": [{"limit": "l", "max": "10", "until": "2026-11-23T08:00:00Z"}]})", today,
       "2026-11-23T08:00:00Z"},
      {"a limit for some days of the week", R"({"id": "l", "max": "10",
          "when": {"weekday": ["fri", "sat", "sun"]}})",
       "", today, "2026-11-23T00:00:00Z"},
      {"a limit for some hours", R"({"id": "l", "max": "10",
          "when": {"time_of_day": {"from": "09:00", "below": "17:30"}}})",
       "", today, "2026-11-20T17:30:00Z"},
      {"hours with their last instant", R"({"id": "l", "max": "10",
          "when": {"time_of_day": {"from": "09:00", "up_to": "17:30"}}})",
       "", today, "2026-11-20T17:30:00.000000001Z"},
      {"until a date", R"({"id": "l", "max": "10", "when": {"date": {"below": "2031-03-01"}}})", "",
       today, "2031-03-01T00:00:00Z"},
      {"the month before counts", R"({"id": "l", "max": "100", "window": {"previous": "day"}})", "",
       "a,2026-11-19T15:30:00Z,pay,80,EUR,80\na,2026-11-20T09:00:00Z,pay,60,EUR,60\n",
       "2026-11-22T00:00:00Z"},
      {"debits", R"({"id": "l", "measure": "debit", "max": "100", "window": "month"})", "", today,
       "2026-12-01T00:00:00Z"},
  };
  for (const Case& one : cases) {
    INFO(one.title);
    fees::Tariff tariff = tariff_with("\"limits\": [" + std::string(one.limits) + "]");
    Ask what;
    what.profile = one.profile;
    what.rows = one.rows;
    auto verdict = ask(tariff, what);
    REQUIRE(verdict);
    CHECK_FALSE(verdict->allowed);
    CHECK(verdict->history.has_value());
    std::string retry = verdict->retry_at ? to_string(*verdict->retry_at, TimeZone()) : "never";
    bool next_day = std::string(one.retry).ends_with(" + 24h");
    CHECK(retry == (next_day ? "2026-11-20T15:30:00Z" : one.retry));
  }
}

TEST_CASE("What was given does not change with time", "[assess]") {
  fees::Tariff tariff = tariff_with(R"("limits": [{"id": "l", "max": "100", "window": "day"}])");
  Ask what;
  what.used = {{"l", "80"}};
  what.rows = "a,2026-11-20T09:00:00Z,pay,80,EUR,80\n";
  auto verdict = ask(tariff, what);
  REQUIRE(verdict);
  CHECK_FALSE(verdict->retry_at);
}

TEST_CASE("Where there is no answer", "[assess]") {
  const std::string by_tier = R"("tiers": [{"id": "t0", "requires": "d"}],
    "evidence": {"d": {"kind": "document"}},
    "limits": [{"id": "l", "window": "day", "max": {"t0": "10"}}])";
  fees::Tariff tariff = tariff_with(by_tier);
  CHECK(code_of(ask(tariff, Ask{})) == "missing_attributes");
  Ask below;
  below.profile = R"({"evidence": {}})";
  CHECK(code_of(ask(tariff, below)) == "missing_attributes");
  Ask strict;
  strict.fields = {{"tier", "t0"}};
  CHECK(code_of(ask(tariff, strict)) == "answered");
  strict.strict = true;
  CHECK(code_of(ask(tariff, strict)) == "missing_reading");
  strict.used = {{"l", "0"}};
  CHECK(code_of(ask(tariff, strict)) == "answered");
  Ask bad;
  bad.profile = R"({"evidense": {}})";
  CHECK(code_of(ask(tariff, bad)) == "unknown_key");
  bad.amount = "-1 EUR";  // the operation's own faults come first
  CHECK(code_of(ask(tariff, bad)) == "not_positive");
  CHECK(code_of(ask(tariff_with(R"("limits": [{"id": "l", "max": "5 GBP"}])"), Ask{})) ==
        "missing_rate");
  Ask none;
  none.amount = "";
  CHECK(code_of(ask(tariff_with(R"("limits": [{"id": "l", "max": "5"}])"), none)) == "bad_amount");
  CHECK(code_of(ask(tariff_with(R"("limits": [{"id": "l", "measure": "count", "max": "5"}])"),
                    none)) == "answered");
}

TEST_CASE("A quote shows the decision", "[assess]") {
  fees::Tariff tariff = tariff_with(R"("fees": [{"id": "f", "operation": ["pay", "move"], "cases":
      [{"when": {"tier": "t1"}, "percent": "1"}, {"percent": "2"}]}],
    "evidence": {"d": {"kind": "document"}}, "tiers": [{"id": "t0"}, {"id": "t1", "requires": "d"}],
    "limits": [{"id": "l", "operation": "pay", "max": {"t0": "10", "t1": "20"}}])");
  ask::CheckQuestion asked;
  asked.question.request.set("operation", "pay");
  asked.question.request.set("amount", "15 EUR");
  formats::Document profile = document_of(R"({"evidence": {"d": true}})");
  asked.profile = &profile;
  auto judged = ask::quote_and_check(tariff, asked, false);
  REQUIRE(judged);
  REQUIRE(judged->rows.size() == 1);
  REQUIRE(judged->rows.front().quote);
  const auto& debit = judged->rows.front().quote->debit;
  CHECK(debit.at(*Currency::of("EUR")).to_string() == "15.15");  // the fee of t1
  REQUIRE(judged->decision);
  REQUIRE(*judged->decision);
  CHECK((**judged->decision).allowed);
  asked.question.request.set("operation", "move");
  judged = ask::quote_and_check(tariff, asked, false);
  REQUIRE(judged);
  CHECK_FALSE(judged->decision);
}

TEST_CASE("A verdict as JSON", "[assess]") {
  fees::Tariff tariff =
      tariff_with(R"("limits": [{"id": "l", "max": "10", "window": {"rolling": "24h"}},
    {"id": "n", "measure": "count", "max": null}])");
  auto verdict = ask(tariff, Ask{"15 EUR"});
  REQUIRE(verdict);
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  json.begin_object();
  render::json::write_verdict(json, *verdict);
  json.end_object();
  const std::string expected =
      R"({"allowed":false,"tier":null,"limits":[{"limit":"l","window":{"rolling":"24h"},)"
      R"("currency":"EUR","min":null,"max":"10.00","used":"0.00","assumed":true,)"
      R"("after":"15.00","headroom":"10.00","holds":false,"override":null},)"
      R"({"limit":"n","window":"transaction","currency":null,"min":null,"max":null,)"
      R"("used":"0","assumed":false,"after":"1","headroom":null,"holds":true,)"
      R"("override":null}],"blocked_by":["l"],"max_amount":{"EUR":"10.00"},)"
      R"("allowed_at":null})";
  CHECK(json.text() == expected);
}

}  // namespace
}  // namespace levy
