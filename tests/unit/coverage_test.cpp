#include "examples/coverage.h"

#include <string>
#include <vector>

#include "batch/rows/run_rows.h"
#include "examples/suggestion.h"
#include "formats/json_writer.h"
#include "render/json/quote_json.h"
#include "render/pages/coverage_page.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"
#include "unit/limits_fixture.h"

namespace levy {
namespace {

using Names = std::vector<std::string>;

// Every kind of item, and one each of what has none: a flat fee has no rounding, a waived one only
// its case, "open" is no limit in the tier premium.
const char* parts = R"("levy": 1, "id": "x", "currency": "EUR",
  "attributes": {"method": ["bank", "card", "cash"]}, "quantities": {"units": {"default": "1"}},
  "fees": [
    {"id": "pay", "operation": "pay", "cases": [
      {"when": {"method": "bank"}, "percent": "1", "min": "0.50", "max": "25"},
      {"when": {"method": "card"}, "graduated": [
        {"up_to": "1000", "percent": "1"}, {"percent": "0.5"}]},
      {"waived": true}]},
    {"id": "trade", "operation": "trade", "by": {"window": "month"}, "slab": [
      {"below": "1000", "flat": "3"}, {"percent": "20", "max": "4"}]},
    {"id": "capped", "operation": "trade", "flat": "2", "cap": {"max": "5", "window": "month"}},
    {"id": "atm", "operation": "atm", "free": {"amount": "200", "window": "month"},
     "per": {"every": "10", "charge": "1"}},
    {"id": "deal", "operation": "deal", "greatest": [
      {"flat": "5"}, {"units": "units", "each": "1"}]}
  ],
  "tiers": [{"id": "basic"}, {"id": "premium"}],
  "limits": [
    {"id": "single", "operation": "pay", "min": "10", "max": {"basic": "100", "premium": null}},
    {"id": "times", "operation": "pay", "measure": "count", "window": "day", "max": "3"}])";

// The schedule with these examples, alone.
fees::Tariff tariff_of(const std::string& examples) {
  std::string text = "{" + std::string(parts) + R"(, "examples": [)" + examples + "]}";
  Checked<schedule::Schedule> loaded = schedule::decode::load_schedule(Source("x.json", text));
  if (!loaded) FAIL(loaded.faults().front().message + "\n" + text);
  fees::Tariff tariff;
  tariff.versions.push_back(fees::compile(std::move(*loaded)));
  return tariff;
}

examples::ExampleTools tools() {
  auto read = [](const std::string&) -> Checked<Source> { return Source("none.json", "{}"); };
  return {read, render::json::judged_quote_json, render::json::verdict_answer_json,
          batch::rows::run_rows};
}

Instant asked_at() { return at("2026-11-22"); }

struct Run {
  fees::Tariff tariff;
  examples::Coverage coverage;
  std::size_t failed = 0;
};

Run run_on(const std::string& examples) {
  Run run{tariff_of(examples), {}, 0};
  run.coverage = examples::items_of(run.tariff.versions.front());
  examples::ExampleWitness witness = examples::witness_of(run.coverage);
  for (const examples::ExampleResult& result :
       examples::run_examples(run.tariff, tools(), asked_at(), &witness)) {
    if (!result.differences.empty()) ++run.failed;
  }
  return run;
}

Names names_of(const examples::Coverage& coverage, bool covered) {
  Names names;
  for (const examples::CoverItem& item : coverage.items) {
    if ((item.by != nullptr) == covered) names.push_back(item.name);
  }
  return names;
}

std::string quote_example(const std::string& request) {
  return R"({"title": "t", "quote": )" + request + R"(, "expect": {}})";
}

std::string check_example(const std::string& request) {
  return R"({"title": "t", "check": )" + request + R"(, "expect": {}})";
}

// As a person pastes it.
std::string pasted(const examples::Suggestion& suggestion) {
  bool check = suggestion.example.kind == schedule::Example::Kind::check;
  return R"({"title": "pasted", ")" + std::string(check ? "check" : "quote") +
         "\": " + formats::to_json(suggestion.example.request) + R"(, "expect": )" +
         formats::to_json(suggestion.example.expect) + "}";
}

}  // namespace

TEST_CASE("what there is to exercise") {
  Names without_checks = {
      "pay.case1.taken",    "pay.case1.min.binds",   "pay.case1.min.idle",   "pay.case1.max.binds",
      "pay.case1.max.idle", "pay.case2.taken",       "pay.case2.band1",      "pay.case2.band2",
      "pay.case3.taken",    "pay.rounding",          "trade.taken",          "trade.band1",
      "trade.band2",        "trade.band2.max.binds", "trade.band2.max.idle", "trade.rounding",
      "capped.taken",       "capped.cap.binds",      "capped.cap.idle",      "atm.taken",
      "atm.free.used",      "atm.free.exceeded",     "deal.taken",           "deal.member1",
      "deal.member2"};
  CHECK(names_of(run_on("").coverage, false) == without_checks);
  Names with_checks = without_checks;
  for (const char* name :
       {"single.basic.holds", "single.basic.min.blocks", "single.basic.max.blocks",
        "single.premium.holds", "single.premium.min.blocks", "times.holds", "times.max.blocks"})
    with_checks.push_back(name);
  Run checked = run_on(check_example(R"({"operation": "deal", "amount": "1"})"));
  CHECK(names_of(checked.coverage, false) == with_checks);
}

TEST_CASE("what one example exercises") {
  struct Asked {
    std::string example;
    Names wanted;
  };
  const std::vector<Asked> rows = {
      {quote_example(R"({"operation": "pay", "amount": "10", "method": "bank"})"),
       {"pay.case1.taken", "pay.case1.min.binds", "pay.case1.max.idle"}},
      {quote_example(R"({"operation": "pay", "amount": "50", "method": "bank"})"),
       {"pay.case1.taken", "pay.case1.min.idle", "pay.case1.max.idle"}},
      {quote_example(R"({"operation": "pay", "amount": "2500.01", "method": "bank"})"),
       {"pay.case1.taken", "pay.case1.min.idle", "pay.case1.max.binds"}},
      {quote_example(R"({"operation": "pay", "amount": "50.01", "method": "bank"})"),
       {"pay.case1.taken", "pay.case1.min.idle", "pay.case1.max.idle", "pay.rounding"}},
      {quote_example(R"({"operation": "pay", "amount": "1000", "method": "card"})"),
       {"pay.case2.taken", "pay.case2.band1"}},
      {quote_example(R"({"operation": "pay", "amount": "1002", "method": "card"})"),
       {"pay.case2.taken", "pay.case2.band1", "pay.case2.band2"}},
      {quote_example(R"({"operation": "pay", "amount": "1", "method": "cash"})"),
       {"pay.case3.taken"}},
      {quote_example(R"({"operation": "pay", "amount": "1"})"), {}},  // an error
      {quote_example(R"({"operation": "pay", "receive": "99.00", "method": "bank"})"),
       {"pay.case1.taken", "pay.case1.min.idle", "pay.case1.max.idle"}},
      {quote_example(R"({"operation": "trade", "amount": "10", "used": {"trade": "1000"}})"),
       {"trade.taken", "trade.band2", "trade.band2.max.idle", "capped.taken", "capped.cap.idle"}},
      {quote_example(R"({"operation": "trade", "amount": "10", "used": {"capped": "4"}})"),
       {"trade.taken", "trade.band1", "capped.taken", "capped.cap.binds"}},
      {quote_example(R"({"operation": "atm", "amount": "200"})"), {"atm.taken", "atm.free.used"}},
      {quote_example(R"({"operation": "atm", "amount": "9", "used": {"atm": "200"}})"),
       {"atm.taken", "atm.free.exceeded"}},
      {quote_example(R"({"operation": "atm", "amount": "0"})"), {"atm.taken"}},
      {quote_example(R"({"operation": "deal"})"), {"deal.taken", "deal.member1"}},
      {quote_example(R"({"operation": "deal", "units": "6"})"), {"deal.taken", "deal.member2"}},
      {R"({"title": "rows", "batch": [
          {"operation": "atm", "amount": "150", "account": "a", "time": "2026-11-02"},
          {"operation": "atm", "amount": "90", "account": "a", "time": "2026-11-03"}],
          "expect": {}})",
       {"atm.taken", "atm.free.used", "atm.free.exceeded"}},
      {check_example(R"({"operation": "pay", "amount": "50", "method": "bank", "tier": "basic"})"),
       {"single.basic.holds", "times.holds"}},
      {check_example(R"({"operation": "pay", "amount": "9", "method": "bank", "tier": "basic"})"),
       {"single.basic.min.blocks", "times.holds"}},
      {check_example(R"({"operation": "pay", "amount": "101", "method": "bank", "tier": "basic",
                         "used": {"times": "3"}})"),
       {"single.basic.max.blocks", "times.max.blocks"}},
      {check_example(
           R"({"operation": "pay", "amount": "101", "method": "bank", "tier": "premium"})"),
       {"single.premium.holds", "times.holds"}},
      {check_example(R"({"operation": "pay", "amount": "101", "method": "bank", "tier": "basic",
          "profile": {"overrides": [{"limit": "single", "max": null, "ref": "CS-1"}]}})"),
       {"times.holds"}},  // the limit is not seen as it is written
  };
  for (const Asked& row : rows) {
    CAPTURE(row.example);
    CHECK(names_of(run_on(row.example).coverage, true) == row.wanted);
  }
}

TEST_CASE("suggested examples pass when they are pasted, and complete the coverage") {
  std::string first = check_example(R"({"operation": "deal", "amount": "1"})");
  Run before = run_on(first);
  examples::Suggestions suggestions =
      examples::suggest_examples(before.tariff, before.coverage, tools(), asked_at());
  CHECK(suggestions.not_found.empty());
  std::string all = first;
  for (const examples::Suggestion& one : suggestions.examples) {
    CHECK(!one.exercises.empty());
    all += "," + pasted(one);
  }
  Run after = run_on(all);
  CHECK(after.failed == 0);
  CHECK(names_of(after.coverage, false) == Names{});
  examples::Suggestions more =
      examples::suggest_examples(after.tariff, after.coverage, tools(), asked_at());
  CHECK((more.examples.empty() && more.not_found.empty()));
}

TEST_CASE("what is not covered in words") {
  Run run = run_on(check_example(R"({"operation": "deal", "amount": "1"})"));
  render::words::Wording wording{run.tariff.versions.front().schedule};
  auto words_of = [&](const std::string& name) -> std::string {
    for (const examples::CoverItem& item : run.coverage.items) {
      if (item.name == name) return render::pages::uncovered_words(item, wording);
    }
    return "";
  };
  CHECK(words_of("pay.case1.max.binds") ==
        "the maximum of pay, case 1 (method is bank) never binds in an example");
  CHECK(words_of("pay.case2.band2") ==
        "band 2 (the last) of pay, case 2 (method is card) is never reached in an example");
  CHECK(words_of("pay.case3.taken") == "pay, case 3 (otherwise) never applies in an example");
  CHECK(words_of("trade.band1") ==
        "band 1 (below 1000.00 EUR) of trade is never reached in an example");
  CHECK(words_of("deal.member2") == "member 2 of deal never decides in an example");
  CHECK(words_of("single.basic.max.blocks") ==
        "the maximum of the limit single, tier basic never refuses in an example");
}

}  // namespace levy
