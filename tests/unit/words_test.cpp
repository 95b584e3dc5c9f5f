// A rule as written -> the rule in words.
#include "render/words/words.h"

#include <string>

#include "render/text/page.h"
#include "render/text/wrap.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

constexpr const char* before =
    R"({"levy": 1, "id": "t", "currency": "EUR", "timezone": "Asia/Tokyo",
  "currencies": {"BTC": {"digits": 8}},
  "attributes": {"method": ["bank", "card", "wallet"], "express": "boolean"},
  "quantities": {"kwh": {}, "gas_used": {}, "gas_price": {}},
  "sets": {"EEA": ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES"], "BIG": ["US", "CN"]},
  )";

fees::Plan plan_of(const std::string& members) {
  Checked<schedule::Schedule> schedule =
      schedule::decode::load_schedule(Source("t.json", before + members + "}"));
  INFO(members);
  if (!schedule) FAIL(to_string(schedule.faults()[0].place) << " " << schedule.faults()[0].message);
  return fees::compile(std::move(*schedule));
}

std::string words_of_when(const std::string& when) {
  fees::Plan plan = plan_of(R"("fees": [{"id": "f", "flat": "1", "when": )" + when + "}]");
  return render::words::when_words(plan.schedule.fees[0].when,
                                   render::words::Wording{plan.schedule});
}

TEST_CASE("conditions in words") {
  struct Row {
    const char *when, *words;
  };
  const Row rows[] = {
      {R"({})", ""},
      {R"({"method": "bank"})", "method is bank"},
      {R"({"method": ["bank", "card"]})", "method is bank or card"},
      {R"({"method": {"not": "bank"}})", "method is not bank"},
      {R"({"method": {"not": ["bank", "card"]}})", "method is neither bank nor card"},
      {R"({"method": {"not": ["bank", "card", "wallet"]}})",
       "method is not one of bank, card or wallet"},
      {R"({"express": true})", "express"},
      {R"({"express": false})", "not express"},
      {R"({"express": {"not": true}})", "not express"},
      {R"({"cross_border": true})", "cross-border"},
      {R"({"weekday": ["sat", "sun"]})", "weekday is sat or sun"},
      {R"({"country": "@EEA"})", "country is one of @EEA (9 countries)"},
      {R"({"country": {"not": "@EEA"}})", "country is not one of @EEA (9 countries)"},
      {R"({"country": ["CH", "@EEA", "GB"]})", "country is CH, @EEA (9 countries) or GB"},
      {R"({"to_country": "@BIG"})", "destination country is US or CN"},
      {R"({"to_currency": ["USD", "BTC"]})", "target currency is USD or BTC"},
      {R"({"amount": {"above": "1000"}})", "amount above 1000.00 EUR"},
      {R"({"amount": {"from": "1000"}})", "amount 1000.00 EUR or more"},
      {R"({"amount": {"up_to": ["10 EUR", "12 USD"]}})", "amount up to 10.00 EUR / 12.00 USD"},
      {R"({"amount": {"below": "0.5 BTC"}})", "amount below 0.50000000 BTC"},
      {R"({"amount": {"from": "1", "up_to": "2"}})", "amount 1.00 EUR to 2.00 EUR"},
      {R"({"amount": {"from": "1", "below": "2"}})", "amount 1.00 EUR to below 2.00 EUR"},
      {R"({"amount": {"above": "1", "up_to": "2"}})", "amount above 1.00 EUR up to 2.00 EUR"},
      {R"({"amount": {"above": "1", "below": "2"}})", "amount above 1.00 EUR and below 2.00 EUR"},
      {R"({"amount": "5"})", "amount is 5.00 EUR"},
      {R"({"gas_used": {"above": "0"}})", "gas used above 0"},
      {R"({"kwh": ["1", "2.5"]})", "kwh is 1 or 2.5"},
      {R"({"date": "2026-01-01"})", "date is 2026-01-01"},
      {R"({"date": {"from": "2026-01-01"}})", "date 2026-01-01 or later"},
      {R"({"date": {"from": "2026-01-01", "below": "2026-02-01"}})",
       "date 2026-01-01 to before 2026-02-01"},
      {R"({"date": {"above": "2026-01-01"}})", "date after 2026-01-01"},
      {R"({"time_of_day": {"from": "09:00", "below": "17:00"}})", "time of day 09:00 to 17:00"},
      {R"({"time_of_day": {"from": "17:00", "below": "08:00"}})",
       "time of day 17:00 to 08:00 (over midnight)"},
      {R"({"time_of_day": {"above": "09:00", "up_to": "17:00:30"}})",
       "time of day after 09:00 to 17:00:30 included"},
      {R"({"time_of_day": {"below": "08:00"}})", "time of day before 08:00"},
      {R"({"method": "bank", "express": true, "amount": {"above": "10"}})",
       "method is bank, express and amount above 10.00 EUR"},
      {R"({"method": ["bank", "card"], "express": true})", "method is bank or card; express"},
  };
  for (const Row& row : rows) {
    INFO(row.when);
    CHECK(words_of_when(row.when) == row.words);
  }
}

// ---- charges -----------------------------------------------------------------------------------

struct ChargeRow {
  const char *charge, *words;
};

std::string words_of_charge(const std::string& charge) {
  fees::Plan plan =
      plan_of(R"("fees": [{"id": "a", "percent": "1"}, {"id": "b", "percent": "2"}, {"id": "f", )" +
              charge + "}]");
  return render::words::charge_words(plan.schedule.fees[2].cases[0].charge,
                                     render::words::Wording{plan.schedule});
}

void check_charges(const std::vector<ChargeRow>& rows) {
  for (const ChargeRow& row : rows) {
    INFO(row.charge);
    CHECK(words_of_charge(row.charge) == row.words);
  }
}

TEST_CASE("charges in words: what is added up, and its bounds") {
  check_charges({
      {R"("percent": "1", "min": "0.5", "max": "25")",
       "1 % of the amount, at least 0.50 EUR, at most 25.00 EUR"},
      {R"("percent": "100/11")", "100/11 % of the amount"},
      {R"("bps": "5")", "5 bps of the amount"},
      {R"("percent": "1.75", "flat": ["0.30 EUR", "0.35 USD"])",
       "1.75 % of the amount + 0.30 EUR / 0.35 USD"},
      {R"("percent": "1", "flat": "-0.30")", "1 % of the amount - 0.30 EUR"},
      {R"("flat": "2")", "2.00 EUR"},
      {R"("flat": ["2 EUR"])", "2.00 EUR (operations in EUR only)"},
      {R"("flat": "0.00001 BTC", "convert": true)",
       "0.00001000 BTC, converted at the mid rate for other currencies"},
      {R"("units": "kwh", "each": "0.31")", "0.31 EUR × kwh"},
      {R"("units": ["gas_used", "gas_price"], "each": "0.000000001 BTC")",
       "0.000000001 BTC × gas used × gas price"},
      {R"("units": "kwh", "per": {"every": "10", "charge": "0.30"})",
       "0.30 EUR per started 10 kwh"},
      {R"("per": {"every": "100", "charge": "1", "count": "complete"})",
       "1.00 EUR per complete 100.00 EUR of the amount"},
      {R"("of": ["a"], "percent": "18")", "18 % of fee a"},
      {R"("of": ["a"], "percent": "100")", "fee a"},
      {R"("of": ["a", "b"], "percent": "18")", "18 % of (fee a plus fee b)"},
      {R"("of": ["amount", "-a"], "percent": "2")", "2 % of (the amount less fee a)"},
      {R"("margin": "2")", "2 % off the mid rate"},
      {R"("waived": true)", "free of charge"},
  });
}

TEST_CASE("charges in words: choices, allowances, caps, bands") {
  check_charges({
      {R"("greatest": [{"percent": "0.5"}, {"flat": "5"}])",
       "the greater of 0.5 % of the amount and 5.00 EUR"},
      {R"("least": [{"units": "kwh", "each": "0.005", "min": "1"}, {"percent": "1"}], "max": "9")",
       "the smaller of (0.005 EUR × kwh, at least 1.00 EUR) and 1 % of the amount; in any case at "
       "most 9.00 EUR"},
      {R"("greatest": [{"percent": "1"}, {"flat": "5"}, {"of": ["a"], "percent": "3"}])",
       "the greatest of 1 % of the amount, 5.00 EUR and 3 % of fee a"},
      {R"("percent": "1", "free": {"count": 3, "window": "month"})",
       "1 % of the amount; the first 3 operations per calendar month free"},
      {R"("percent": "1", "free": {"amount": "1000", "window": {"rolling": "30d"}})",
       "1 % of the amount; the first 1000.00 EUR within 30 days free"},
      {R"("units": "kwh", "each": "1", "free": {"units": "600", "window": {"rolling": "24h"},
        "whole": true})",
       "1.00 EUR × kwh; the first 600 kwh within 24 hours free, for an operation that fits wholly "
       "into what is left"},
      {R"("percent": "1", "free": {"count": 1, "window": "day", "operation": ["x", "y"],
        "when": {"method": "bank"}})",
       "1 % of the amount; the first operation per calendar day free (counting x and y where "
       "method is bank)"},
      {R"("percent": "1", "cap": {"max": "10", "window": "month"})",
       "1 % of the amount; in all at most 10.00 EUR per calendar month"},
      {R"("graduated": [{"up_to": "100", "percent": "1"}, {"percent": "0.5"}])",
       "graduated by the amount (bands below)"},
      {R"("flat": "1", "slab": [{"up_to": "100", "percent": "1"}, {"percent": "0.5"}])",
       "1.00 EUR + by band of the amount (bands below)"},
      {R"("slab": [{"below": "100", "percent": "1"}, {"percent": "0.5"}],
        "by": {"window": {"previous": "month"}})",
       "by band of the amount in the calendar month before (bands below)"},
  });
}

std::string bands_of(const std::string& charge) {
  fees::Plan plan = plan_of(R"("fees": [{"id": "f", )" + charge + "}]");
  std::string text;
  for (const render::words::BandTable& table : render::words::band_tables(
           plan.schedule.fees[0].cases[0].charge, render::words::Wording{plan.schedule})) {
    text += table.axis + " | " + table.caption + "\n";
    for (const render::words::BandTable::Row& row : table.rows)
      text += row.range + " | " + row.charge + "\n";
  }
  return text;
}

TEST_CASE("bands in words") {
  CHECK(bands_of(
            R"("graduated": [{"up_to": "100", "percent": "1"}, {"below": "500", "percent": "0.5",
        "flat": "2"}, {"percent": "0"}])") ==
        "Amount | Each band charges the part of the amount that lies in it.\n"
        "up to 100.00 EUR | 1 %\n"
        "above 100.00 EUR, below 500.00 EUR | 0.5 % + 2.00 EUR\n"
        "from 500.00 EUR | 0 %\n");
  CHECK(
      bands_of(
          R"("slab": [{"below": "50", "flat": "0"}, {"up_to": "100", "percent": "1",
        "min": "2"}])") ==
      "Amount | The band that holds the amount charges the whole of it. Above 100.00 EUR there is "
      "no price.\n"
      "below 50.00 EUR | 0.00 EUR\n"
      "from 50.00 EUR, up to 100.00 EUR | 1 %, at least 2.00 EUR\n");
  CHECK(bands_of(
            R"("slab": [{"below": ["50 EUR", "60 USD"], "percent": "2"}, {"below": ["70 EUR",
        "80 USD"], "percent": "1"}, {"percent": "0"}])") ==
        "Amount | The band that holds the amount charges the whole of it.\n"
        "below 50.00 EUR / 60.00 USD | 2 %\n"
        "below 70.00 EUR / 80.00 USD | 1 %\n"
        "from 70.00 EUR / 80.00 USD | 0 %\n");
  CHECK(bands_of(
            R"("slab": [{"below": "5", "percent": "2"}, {"percent": "1"}],
        "by": {"measure": "count", "window": "month"})") ==
        "Number of operations per calendar month | What was counted before this operation chooses "
        "the band: number of operations per calendar month.\n"
        "below 5 | 2 % of the amount\n"
        "from 5 | 1 % of the amount\n");
}

// ---- rounding and time -------------------------------------------------------------------------

TEST_CASE("rounding in words") {
  struct Row {
    const char *schedule, *fee, *whole, *line;
  };
  const Row rows[] = {
      {"{}", R"({"mode": "up"})",
       "half-even (to the nearest, ties to the even digit) to the currency's smallest unit (0.01 "
       "EUR), each line",
       "rounded up"},
      {R"({"mode": "up", "to": "0.05"})", R"("none")",
       "up (away from zero) to 0.05 of the currency, each line", "not rounded"},
      {R"({"mode": "down", "apply": "total"})", R"({"to": ["0.05 CHF"]})",
       "down (towards zero) to the currency's smallest unit (0.01 EUR), the totals; lines stay "
       "exact",
       "rounded down to 0.05 CHF (other currencies: their smallest unit)"},
  };
  for (const Row& row : rows) {
    fees::Plan plan =
        plan_of(std::string(R"("rounding": )") + row.schedule +
                R"(, "fees": [{"id": "f", "percent": "1", "round": )" + row.fee + "}]");
    render::words::Wording wording{plan.schedule};
    CHECK(render::words::rounding_words(wording) == row.whole);
    CHECK(render::words::round_words(plan.fees[0].line, wording) == row.line);
  }
}

TEST_CASE("times in words") {
  fees::Plan plan = plan_of(
      R"("effective": {"from": "2026-01-01", "until": "2026-06-01T12:00"}, "fees": [{"id": "f",
        "flat": "1"}])");
  CHECK(render::words::effective_words(plan.schedule) ==
        "from 1 Jan 2026 to before 1 Jun 2026, 12:00 +09:00");
  CHECK(render::words::effective_words(plan_of(R"("fees": [{"id": "f", "flat": "1"}])").schedule) ==
        "at any time");
  CHECK(render::words::duration_words(90 * 86400) == "90 days");
  CHECK(render::words::duration_words(86400) == "24 hours");
  CHECK(render::words::duration_words(60) == "1 minute");
}

// ---- tiers and limits --------------------------------------------------------------------------

TEST_CASE("limits, requirements and promises in words") {
  fees::Plan plan = plan_of(R"(
    "evidence": {"passport": {"kind": "document", "title": {"en": "Passport", "zh-CN": "护照"},
        "max_age": "90d"},
                 "age": {"kind": "number"}, "granted": {"kind": "approval"},
                 "volume": {"kind": "activity", "operation": "pay",
        "window": {"rolling": "90d"}, "currency": "EUR"}},
    "tiers": [{"id": "low"}, {"id": "high", "requires": {"any": [
      {"all": ["passport", {"age": {"at_least": "90"}}]}, "granted",
      {"at_least": 2, "of": ["granted", "passport", {"volume": {"at_least": "5000 EUR"}}]}]}}],
    "limits": [
      {"id": "one", "operation": "pay", "min": "10", "max": {"low": "100", "high": null}},
      {"id": "day", "operation": "pay", "window": "day", "measure": "debit",
        "max": {"low": "300", "high": null}},
      {"id": "often", "measure": "count", "window": {"rolling": "24h"}, "max": "5"},
      {"id": "held", "measure": "balance", "max": "1000"},
      {"id": "never", "when": {"method": "card"}, "max": "0"}],
    "guarantees": [{"fee_at_most": {"percent": "3"}, "credit_at_least": "1"}])");
  const schedule::Schedule& schedule = plan.schedule;
  render::words::Wording english{schedule}, chinese{schedule, "zh-CN"};
  CHECK(render::words::requirement_words(*schedule.tiers[1].requires_, english) ==
        "(Passport (passport) and age at least 90), granted or (at least 2 of: granted, Passport "
        "(passport) or volume at least 5000.00 EUR)");
  CHECK(render::words::requirement_words(schedule.tiers[1].requires_->of[0].of[0], chinese) ==
        "护照 (passport)");
  CHECK(render::words::evidence_words(schedule.evidence[0], english) ==
        "document, for 90 days from its issue");
  CHECK(render::words::evidence_words(schedule.evidence[3], english) ==
        "activity: amount of pay within 90 days");
  CHECK(render::words::allowed_words(schedule.limits[0], "low", english) ==
        "10.00 EUR to 100.00 EUR");
  CHECK(render::words::allowed_words(schedule.limits[0], "high", english) == "10.00 EUR or more");
  CHECK(render::words::allowed_words(schedule.limits[1], "high", english) == "no limit");
  CHECK(render::words::allowed_words(schedule.limits[2], "high", english) == "up to 5");
  CHECK(render::words::allowed_words(schedule.limits[4], "high", english) == "none (0.00 EUR)");
  CHECK(render::words::measure_words(schedule.limits[0].meter) == "amount of one operation");
  CHECK(render::words::measure_words(schedule.limits[1].meter) ==
        "amount and fees on top per calendar day");
  CHECK(render::words::measure_words(schedule.limits[2].meter) ==
        "number of operations within 24 hours");
  CHECK(render::words::measure_words(schedule.limits[3].meter) == "balance afterwards");
  CHECK(render::words::promise_words(schedule.guarantees[0], english) ==
        "the fees are at most 3 % of the amount and at least this much arrives: 1.00 EUR");
}

// ---- lines -------------------------------------------------------------------------------------

TEST_CASE("text is broken at spaces and beside Chinese, never inside a figure") {
  struct Row {
    const char* text;
    std::size_t columns;
    std::vector<std::string> lines;
  };
  const Row rows[] = {
      {"", 10, {""}},
      {"at least 0.50 EUR, at most 25.00 EUR", 20, {"at least 0.50 EUR,", "at most 25.00 EUR"}},
      {"about 0.50 EUR", 11, {"about", "0.50 EUR"}},
      {"只印上限；每股 1 元", 8, {"只印上", "限；每股", "1 元"}},
      {"a\nb", 10, {"a b"}},
      {"abcdefghij", 4, {"abcd", "efgh", "ij"}},
      {"(cash-deposit-month)", 16, {"(cash-deposit-", "month)"}},
      {"https://a.example/one/two", 20, {"https://a.example/", "one/two"}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(render::text::wrap(row.text, row.columns) == row.lines);
  }
}

TEST_CASE("a page for the terminal and for Markdown") {
  render::text::Grid grid{{"Fee", "Charge"}, {}};
  grid.row({"手续费|a", "1.00 EUR"});
  grid.row({"b_*c*", "10.00 EUR"});
  render::text::Page page = {render::text::Heading{2, "Fees"},
                             render::text::Paragraph{"1. see <x> & gas_used"}, grid,
                             render::text::Facts{{{"Note", "a\x1b[2J"}}}};
  CHECK(render::text::page_text(page) ==
        "Fees\n"
        "----\n\n"
        "1. see <x> & gas_used\n\n"
        "Fee          Charge\n"
        "--------  ---------\n"
        "手续费|a   1.00 EUR\n"
        "b_*c*     10.00 EUR\n\n"
        "Note  a\\x1B[2J\n");
  CHECK(render::text::page_markdown(page) ==
        "## Fees\n\n"
        "1\\. see \\<x\\> \\& gas_used\n\n"
        "| Fee | Charge |\n"
        "| --- | ---: |\n"
        "| 手续费\\|a | 1.00 EUR |\n"
        "| b\\_\\*c\\* | 10.00 EUR |\n\n"
        "- **Note**: a\\\\x1B\\[2J\n");
}

TEST_CASE("a page: sentences, items and text to be copied hold nothing that a terminal obeys") {
  render::text::Lines lines;
  lines.add("Declined at\nForged: allowed.\x1b[31m");
  lines.item("daily \u202e limit");
  render::text::Grid grid{{"", ""}, {}, "How it came about\r"};
  grid.row({"1 % of 250", "2.5"});
  grid.row({"Fees", "2.50 EUR ?"}, render::text::Grid::Row::Kind::total);
  render::text::Page page = {lines, render::text::Verbatim{{"\"a\": \"\x07\""}}, grid};
  CHECK(render::text::page_text(page) ==
        "Declined at Forged: allowed.\\x1B[31m\n"
        "  - daily \\u202E limit\n\n"
        "\"a\": \"\\x07\"\n\n"
        "How it came about\\x0D\n"
        "  1 % of 250         2.5\n"
        "              ----------\n"
        "  Fees        2.50 EUR ?\n");
  CHECK(render::text::page_markdown({lines}) ==
        "Declined at Forged: allowed.\\\\x1B\\[31m\n\n"
        "- daily \\\\u202E limit\n");
}

}  // namespace
}  // namespace levy
