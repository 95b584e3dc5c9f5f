#include "ledger/ledger.h"

#include <chrono>
#include <fstream>
#include <random>

#include "fees/tariff.h"
#include "ledger/read_history.h"
#include "unit/limits_fixture.h"

namespace levy {
namespace {

fees::Tariff tariff_of(const std::vector<std::string>& versions) {
  std::vector<Source> sources;
  for (const std::string& parts : versions)
    sources.emplace_back("s.json", R"({"levy": 1, "id": "s", "currency": "EUR",
      "attributes": {"method": ["bank", "card"]}, "quantities": {"units": {"default": "1"}},
      )" + parts + "}");
  Checked<fees::Tariff> tariff = fees::load_tariff(std::move(sources));
  if (!tariff) FAIL(tariff.faults().front().message);
  return std::move(*tariff);
}

struct Deed {
  std::string account, time, amount, method = "bank", units = "1", currency = "EUR";
  std::string operation = "pay";
};

// What a batch does with a row whose readings are known.
Checked<fees::Quote> quote_of(const fees::Tariff& tariff, const Deed& deed,
                              const facts::Readings& readings,
                              const facts::Rates* rates = nullptr) {
  facts::Request request{deed.operation, deed.amount, deed.currency, {{"time", deed.time}}};
  if (!deed.method.empty()) request.set("method", deed.method);
  if (!deed.units.empty()) request.set("units", deed.units);
  const fees::Plan& plan = tariff.nearest(at(deed.time));
  Checked<facts::Operation> operation = facts::decode_operation(plan.schedule, request, Instant{});
  if (!operation) return std::move(operation).faults();
  return fees::quote(plan, fees::EvaluationContext{*operation, rates, readings});
}

Checked<Rational> answer(ledger::Ledger& ledger, const fees::Tariff& tariff, const Deed& deed,
                         const std::string& meter) {
  Checked<facts::Readings> readings =
      ledger.readings(tariff.nearest(at(deed.time)), deed.account, at(deed.time), nullptr);
  if (!readings) return std::move(readings).faults();
  Rational before = readings->at(meter).value;
  Checked<fees::Quote> quote = quote_of(tariff, deed, *readings);
  if (!quote) return std::move(quote).faults();
  if (auto fault = ledger.add(deed.account, *quote, nullptr)) return *fault;
  ledger.answered(deed.account, at(deed.time));
  return before;
}

struct Step {
  Deed deed;
  const char* reading;  // or a code
};

void check(const std::vector<std::string>& versions, const std::vector<Step>& steps,
           ledger::Ledger::Scope scope = ledger::Ledger::Scope::all,
           ledger::Ledger::Order order = ledger::Ledger::Order::any) {
  fees::Tariff tariff = tariff_of(versions);
  ledger::Ledger ledger(tariff, scope, order);
  for (const Step& step : steps) {
    INFO(step.deed.account << " " << step.deed.time);
    Checked<Rational> reading = answer(ledger, tariff, step.deed, "m");
    std::string told =
        reading ? reading->to_string() : std::string(to_string(reading.faults().front().code));
    CHECK(told == step.reading);
  }
}

TEST_CASE("An operation sees what was counted before it in its window", "[ledger]") {
  check({R"("limits": [{"id": "m", "window": "day", "max": "300 EUR"}])"},
        {{{"a", "2026-11-20T09:00Z", "250"}, "0"},
         {{"a", "2026-11-20T11:00Z", "30"}, "250"},
         {{"a", "2026-11-20T10:00Z", "20"}, "250"},
         {{"b", "2026-11-20T10:00Z", "7"}, "0"},
         {{"a", "2026-11-20T12:00Z", "1"}, "300"},
         {{"a", "2026-11-21T00:00Z", "1"}, "0"}});
}

TEST_CASE("An operation earlier than one before it is out of order", "[ledger]") {
  const std::string limit = R"("limits": [{"id": "m", "window": "day", "max": "300 EUR"}])";
  const std::vector<Step> steps = {{{"a", "2026-11-20T09:00Z", "250"}, "0"},
                                   {{"a", "2026-11-20T08:59Z", "30"}, "out_of_order"},
                                   {{"b", "2026-11-20T08:00Z", "7"}, "0"},
                                   {{"a", "2026-11-20T09:00Z", "20"}, "250"},
                                   {{"a", "2026-11-20T10:00Z", "20"}, "270"}};
  check({limit}, steps, ledger::Ledger::Scope::all, ledger::Ledger::Order::time);
  // In any order, but never two days late, whether or not anything was forgotten yet.
  check({limit}, {{{"a", "2026-11-20T09:00Z", "250"}, "0"},
                  {{"a", "2026-11-18T09:00Z", "30"}, "0"},
                  {{"a", "2026-11-18T08:59:59Z", "30"}, "out_of_order"},
                  {{"a", "2026-11-18T09:00Z", "30"}, "30"}});
}

TEST_CASE("What was exempted whole is remembered, whatever comes later", "[ledger]") {
  // 60 fits into 100 and 50 then does not; a late 45 before them does not take its place.
  check({R"("fees": [{"id": "m", "percent": "1",
      "free": {"amount": "100 EUR", "window": "day", "whole": true}}])"},
        {{{"a", "2026-11-20T09:00Z", "60"}, "0"},
         {{"a", "2026-11-20T10:00Z", "50"}, "60"},
         {{"a", "2026-11-20T11:00Z", "40"}, "60"},
         {{"a", "2026-11-20T12:00Z", "1"}, "100"},
         {{"a", "2026-11-20T08:00Z", "45"}, "0"},
         {{"a", "2026-11-20T12:00Z", "1"}, "145"},
         {{"a", "2026-11-20T12:00Z", "1"}, "145"}},
        ledger::Ledger::Scope::fees);
  // 150 in May used none; 50 in June is free, and July reads it.
  check({R"("fees": [{"id": "m", "percent": "1",
      "free": {"amount": "100 EUR", "window": {"previous": "month"}, "whole": true}}])"},
        {{{"a", "2026-05-20", "150"}, "0"},
         {{"a", "2026-06-20", "50"}, "0"},
         {{"a", "2026-07-20", "60"}, "50"},
         {{"a", "2026-08-20", "1"}, "0"}},
        ledger::Ledger::Scope::fees);
  // Two cases share what was used of either allowance.
  check({R"("fees": [{"id": "m", "cases": [
      {"when": {"method": "card"}, "percent": "1",
       "free": {"amount": "1000 EUR", "window": "day", "whole": true}},
      {"percent": "1", "free": {"amount": "100 EUR", "window": "day", "whole": true}}]}])"},
        {{{"a", "2026-11-20T01:00Z", "600", "card"}, "0"},
         {{"a", "2026-11-20T02:00Z", "50", "bank"}, "600"},
         {{"a", "2026-11-20T03:00Z", "400", "card"}, "600"},
         {{"a", "2026-11-20T04:00Z", "1", "card"}, "1000"}},
        ledger::Ledger::Scope::fees);
}

TEST_CASE("Versions share the meters that are the same", "[ledger]") {
  std::string old = R"("version": "1", "effective": {"until": "2026-11-20"}, )";
  std::string now = R"("version": "2", "effective": {"from": "2026-11-20"}, )";
  std::string month = R"("limits": [{"id": "m", "window": "month", "max": "1 EUR")";
  std::vector<Step> steps = {{{"a", "2026-11-18", "5"}, "0"},
                             {{"a", "2026-11-19", "3", "card"}, "5"},
                             {{"a", "2026-11-20", "1"}, "8"}};
  check({old + month + "}]", now + month + "}]"}, steps);
  steps[2].reading = "5";
  check({old + month + "}]", now + month + R"(, "when": {"method": "bank"}}])"}, steps);
  // What only the later version counts by, an operation of the earlier one need not say.
  steps[1].deed.method = "";
  steps[2].reading = "missing_attributes";
  check({old + month + "}]", now + month + R"(, "when": {"method": "bank"}}])"}, steps);
  check({old + month + R"(, "when": {"method": "bank"}}])", now + month + "}]"},
        {steps[0], {steps[1].deed, "missing_attributes"}, {steps[2].deed, "5"}});
}

TEST_CASE("Limits are counted only where rows are judged", "[ledger]") {
  fees::Tariff tariff =
      tariff_of({R"("limits": [{"id": "m", "window": "day", "max": "300 EUR"}])"});
  CHECK(ledger::Ledger(tariff, ledger::Ledger::Scope::fees).is_empty());
  CHECK_FALSE(ledger::Ledger(tariff, ledger::Ledger::Scope::all).is_empty());
}

TEST_CASE("What does not fit 64 bits is counted all the same", "[ledger]") {
  check(
      {R"("currencies": {"ETH": {"digits": 18}},
      "limits": [{"id": "m", "window": "lifetime", "currency": "ETH", "max": "1 ETH"}])"},
      {{{"a", "2026-11-20", "9.000000000000000001", "bank", "1", "ETH"}, "0"},
       {{"a", "2026-11-20", "9.000000000000000001", "bank", "1", "ETH"}, "9.000000000000000001"},
       {{"a", "2026-11-20T00:00:00.000000001Z", "1", "bank", "1", "ETH"}, "18.000000000000000002"},
       {{"a", "2026-11-20", "1", "bank", "1", "ETH"}, "18.000000000000000002"}});
}

// ---- against a plain loop, and against a history -----------------------------------------------

const char* const every_window = R"("timezone": "Europe/Berlin", "fees": [
  {"id": "capped", "percent": "0.5", "convert": true, "cap": {"max": "20 EUR", "window": "month"}},
  {"id": "free", "percent": "1", "convert": true, "free": {"amount": "500 EUR", "window": "week"}},
  {"id": "whole-day", "percent": "1", "convert": true,
   "free": {"amount": "150 EUR", "window": "day", "whole": true}},
  {"id": "whole-rolling", "units": "units", "each": "0.01 EUR", "convert": true,
   "free": {"units": "12.5", "window": {"rolling": "36h"}, "whole": true}},
  {"id": "whole-lifetime", "percent": "1", "convert": true,
   "free": {"amount": "2500 EUR", "window": "lifetime", "whole": true}}],
 "limits": [
  {"id": "single", "max": "9 EUR"},
  {"id": "day", "window": "day", "max": "9 EUR"},
  {"id": "week", "window": "week", "measure": "count", "max": "9"},
  {"id": "month", "window": "month", "currency": "USD", "max": "9 USD"},
  {"id": "quarter", "window": "quarter", "measure": "units", "max": "9"},
  {"id": "year", "window": "year", "measure": "debit", "max": "9 EUR"},
  {"id": "fiscal", "window": {"year_from": "04-06"}, "when": {"method": "card"}, "max": "9 EUR"},
  {"id": "lifetime", "window": "lifetime", "max": "9 EUR"},
  {"id": "yesterday", "window": {"previous": "day"}, "max": "9 EUR"},
  {"id": "last-month", "window": {"previous": "month"}, "max": "9 EUR"},
  {"id": "last-quarter", "window": {"previous": "quarter"}, "measure": "count", "max": "9"},
  {"id": "rolling-24h", "window": {"rolling": "24h"}, "max": "9 EUR"},
  {"id": "rolling-30d", "window": {"rolling": "30d"}, "when": {"method": "bank"},
   "max": "9 EUR"}])";

struct Told {  // a row that was counted
  Deed deed;
  Instant time;
  fees::Quote quote;
};

// What a row adds to a meter: straight from the schedule above; none: nothing.
std::optional<Rational> plain_value(const facts::Counter& counter, const Told& told,
                                    const facts::Rates& rates) {
  const fees::Quote& quote = told.quote;
  const std::string& id = counter.use.id;
  if (id == "fiscal" && told.deed.method != "card") return std::nullopt;
  if (id == "rolling-30d" && told.deed.method != "bank") return std::nullopt;
  Rational amount = *quote.operation.amount;
  if (id == "month") return amount * *rates.mid(quote.operation.currency, *Currency::of("USD"));
  Rational to_eur = *rates.mid(quote.operation.currency, *Currency::of("EUR"));
  if (id == "week" || id == "last-quarter") return Rational(1);
  if (id == "quarter" || id == "whole-rolling") return quote.operation.quantities.at("units");
  if (id == "year") return quote.debit.at(quote.operation.currency) * to_eur;
  if (id != "capped") return amount * to_eur;
  return quote.lines.front().amount.amount * to_eur;
}

// What a row used of an allowance that is used whole: as its quote says; none: nothing.
bool was_exempted(const facts::Counter& counter, const Told& told) {
  return std::any_of(told.quote.lines.begin(), told.quote.lines.end(), [&](const fees::Line& line) {
    return line.fee->id == counter.use.id && line.exempted;
  });
}

enum class Whole { remembered, replayed };  // as the rows were answered, or in the order of time

Rational plain_reading(const facts::Counter& counter, const TimeZone& zone,
                       const std::vector<Told>& rows, const std::string& account, Instant now,
                       const facts::Rates& rates, Whole whole) {
  const Window& window = counter.use.meter->window;
  struct Entry {
    Instant time;
    Rational value;
  };
  std::vector<Entry> counted;
  for (const Told& told : rows) {
    std::optional<Rational> value = plain_value(counter, told, rates);
    if (told.deed.account != account || !value) continue;
    bool remembers = facts::counts_whole(counter) && whole == Whole::remembered;
    if (!remembers || was_exempted(counter, told)) counted.push_back({told.time, *value});
  }
  auto sum_at = [&](const std::vector<Entry>& entries, Instant time) {
    std::optional<Span> span = span_of(window, time, zone);
    Rational sum = 0;
    for (const Entry& entry : entries) {
      if (span && span->contains(entry.time)) sum += entry.value;
    }
    return sum;
  };
  if (!facts::counts_whole(counter) || whole == Whole::remembered) return sum_at(counted, now);
  const std::map<std::string, Rational> allowances = {
      {"whole-day", 150}, {"whole-rolling", *parse_decimal("12.5")}, {"whole-lifetime", 2500}};
  std::stable_sort(counted.begin(), counted.end(),
                   [](const Entry& a, const Entry& b) { return a.time < b.time; });
  std::vector<Entry> used;
  for (const Entry& entry : counted) {
    if (sum_at(used, entry.time) + entry.value <= allowances.at(counter.use.id))
      used.push_back(entry);
  }
  return sum_at(used, now);
}

std::string csv_of(const std::vector<Told>& rows) {
  std::string csv =
      "account,time,operation,amount,currency,method,units,debit,fee.capped,fee.free,"
      "fee.whole-day,fee.whole-rolling,fee.whole-lifetime,status\n";
  for (const Told& told : rows) {
    const Deed& deed = told.deed;
    csv += deed.account + "," + deed.time + ",pay," + deed.amount + "," + deed.currency + "," +
           deed.method + "," + deed.units + "," +
           told.quote.debit.at(told.quote.operation.currency).to_string();
    for (const fees::Line& line : told.quote.lines) csv += "," + line.amount.amount.to_string();
    csv += ",ok\n";
  }
  return csv;
}

// Rows of two accounts over two years, most in order, some late by up to `latest` seconds.
class Dice {
 public:
  Dice(unsigned seed, std::int64_t latest) : random_(seed), latest_(latest) {}

  std::int64_t below(std::int64_t bound) {
    return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_);
  }
  Deed deed() {
    if (below(3) != 0) now_ += below(4) == 0 ? below(5 * 86400) : below(4 * 3600);
    std::int64_t time = below(4) == 0 ? now_ - below(latest_) : now_;
    Deed deed;
    deed.account = below(2) == 0 ? "a" : "b";
    Instant instant{time / 900 * 900, 0};
    if (below(3) == 0) instant.nanoseconds = 250'000'000;
    if (below(200) == 0) instant.nanoseconds = 250'000'001;
    deed.time = to_string(instant, TimeZone());
    deed.amount = std::to_string(below(200)) + (below(2) == 0 ? ".25" : "");
    deed.currency = below(4) == 0 ? "USD" : "EUR";
    deed.method = below(2) == 0 ? "bank" : "card";
    deed.units = std::to_string(below(7)) + (below(3) == 0 ? ".12345" : ".5");
    return deed;
  }

 private:
  std::mt19937 random_;
  std::int64_t latest_;
  std::int64_t now_ = 1'772'000'000;  // February 2026
};

// The history of the rows before a question reads what the plain loop reads.
void check_history(const fees::Tariff& tariff, const std::vector<Told>& told,
                   const std::string& account, Instant time, const facts::RatesHistory& rates) {
  const fees::Plan& plan = tariff.versions.front();
  ledger::HistoryQuestion question{tariff, plan, account, time, &rates, "h.csv", nullptr, true};
  Checked<facts::History> history = ledger::read_history(
      question, formats::read_table("h.csv", formats::read_from(csv_of(told))));
  if (!history) FAIL(history.faults().front().message);
  std::vector<facts::Counter> counters = facts::counters_of(plan.schedule);
  CHECK(history->readings.size() == counters.size());
  for (const facts::Counter& counter : counters) {
    INFO(counter.use.id);
    Rational plain = plain_reading(counter, plan.schedule.timezone, told, account, time,
                                   rates.rows.front(), Whole::replayed);
    CHECK(history->readings.at(counter.use.id).value == plain);
  }
}

// Each reading is that of the plain loop, or is refused because the row is later than the slack.
// How many were answered.
int run(const fees::Tariff& tariff, Dice dice, int rows, const facts::Rates& rates,
        ledger::Ledger::Order order = ledger::Ledger::Order::any) {
  const fees::Plan& plan = tariff.versions.front();
  std::vector<facts::Counter> counters = facts::counters_of(plan.schedule);
  ledger::Ledger ledger(tariff, ledger::Ledger::Scope::all, order);
  facts::RatesHistory history_rates{"r", {rates}};
  std::vector<Told> told;
  std::map<std::string, Instant> newest;
  int answered = 0;
  for (int i = 0; i < rows; ++i) {
    Deed deed = dice.deed();
    Instant time = at(deed.time);
    INFO(i << " " << deed.account << " " << deed.time);
    // What is only asked about changes nothing for a question that is earlier.
    Instant later{time.seconds + 40 * 86400, 0};
    if (order == ledger::Ledger::Order::time)
      (void)ledger.readings(plan, deed.account, later, nullptr);
    Checked<facts::Readings> readings = ledger.readings(plan, deed.account, time, nullptr);
    bool is_known = newest.contains(deed.account);
    bool is_late = is_known && (order == ledger::Ledger::Order::time
                                    ? time < newest[deed.account]
                                    : time.seconds < newest[deed.account].seconds -
                                                         ledger::Ledger::slack_seconds);
    CHECK(static_cast<bool>(readings) != is_late);
    if (!readings) {
      CHECK(readings.faults().front().code == Code::out_of_order);
      continue;
    }
    ++answered;
    for (const facts::Counter& counter : counters) {
      INFO(counter.use.id);
      const facts::Reading& reading = readings->at(counter.use.id);
      Rational plain = plain_reading(counter, plan.schedule.timezone, told, deed.account, time,
                                     rates, Whole::remembered);
      CHECK(reading.value.to_string() == plain.to_string());
      CHECK((reading.currency == counter.use.currency && !reading.assumed));
    }
    // A history is slow to read.
    if (i % 50 == 0) check_history(tariff, told, deed.account, time, history_rates);
    Checked<fees::Quote> quote = quote_of(tariff, deed, *readings, &rates);
    if (!quote) FAIL(quote.faults().front().message);
    if (auto fault = ledger.add(deed.account, *quote, &rates)) FAIL(fault->message);
    ledger.answered(deed.account, time);
    newest[deed.account] = std::max(newest[deed.account], time);
    told.push_back({deed, time, std::move(*quote)});
  }
  return answered;
}

TEST_CASE("A ledger reads what a plain loop over all rows reads", "[ledger]") {
  fees::Tariff tariff = tariff_of({every_window});
  // 1.25 USD for a euro: every figure has its places. 1.1: some have no decimal form.
  for (const char* usd : {"1.25", "1.1"}) {
    for (unsigned seed = 1; seed <= 2; ++seed) {
      INFO("seed " << seed);
      facts::Rates rates = rates_of(usd);
      CHECK(run(tariff, Dice(seed, ledger::Ledger::slack_seconds), 150, rates) == 150);
      int answered = run(tariff, Dice(seed, 90 * 86400), 150, rates);
      CHECK((answered > 60 && answered < 150));
      answered = run(tariff, Dice(seed, 90 * 86400), 300, rates, ledger::Ledger::Order::time);
      CHECK((answered > 60 && answered < 300));
    }
  }
}

TEST_CASE("A history in any order is counted as it was lived", "[ledger]") {
  fees::Tariff tariff = tariff_of({every_window});
  const fees::Plan& plan = tariff.versions.front();
  facts::RatesHistory rates{"r", {rates_of("1.1")}};
  std::vector<Told> rows;
  Dice dice(7, 400 * 86400);
  for (int i = 0; i < 300; ++i) {
    Deed deed = dice.deed();
    Checked<fees::Quote> quote = quote_of(tariff, deed, {}, &rates.rows.front());
    rows.push_back({deed, at(deed.time), std::move(*quote)});
  }
  ledger::Ledger ledger(tariff, ledger::Ledger::Scope::all);
  formats::NextRow next = formats::read_table("h.csv", formats::read_from(csv_of(rows)));
  for (formats::Row row; next(row);) {
    if (auto fault = ledger.seed(row, row.text_of("account"), &rates, "h.csv"))
      FAIL(fault->message);
  }
  ledger.settle();
  Instant newest = std::max_element(rows.begin(), rows.end(), [](const Told& a, const Told& b) {
                     return a.time < b.time;
                   })->time;
  for (std::string account : {"a", "b", "c", "a", "b", "c"}) {
    Instant in_three_days{newest.seconds + 3 * 86400, 0};
    for (Instant time : {at("2028-01-01"), newest, in_three_days}) {
      Checked<facts::Readings> readings = ledger.readings(plan, account, time, nullptr);
      if (!readings) FAIL(readings.faults().front().message);
      for (const facts::Counter& counter : facts::counters_of(plan.schedule)) {
        INFO(account << " " << counter.use.id);
        Rational plain = plain_reading(counter, plan.schedule.timezone, rows, account, time,
                                       rates.rows.front(), Whole::replayed);
        CHECK(readings->at(counter.use.id).value == plain);
      }
    }
    ledger.answered(account, newest);  // from here on by counters
  }
}

TEST_CASE("A row of a history that cannot be counted is told with its place", "[ledger]") {
  fees::Tariff tariff = tariff_of({R"("limits": [{"id": "m", "window": "day", "max": "300 EUR",
      "when": {"method": "bank"}}])"});
  ledger::Ledger ledger(tariff, ledger::Ledger::Scope::all);
  formats::NextRow next =
      formats::read_table("h.csv", formats::read_from("id,account,time,amount,method,status\n"
                                                      "1,a,2026-11-20,5,bank,\n"
                                                      "2,a,2026-11-20,5,,declined\n"
                                                      "3,a,2026-11-20,5,,ok\n"
                                                      "4,a,,5,bank,ok\n"));
  std::string faults;
  for (formats::Row row; next(row);) {
    if (auto fault = ledger.seed(row, row.text_of("account"), nullptr, "h.csv"))
      faults += std::to_string(fault->place.line()) + " " + fault->message + "\n";
  }
  CHECK(faults ==
        "4 the row does not give method, which \"m\" counts by (id 3)\n"
        "5 the row has no time (id 4)\n");
  CHECK(answer(ledger, tariff, {"a", "2026-11-20", "1"}, "m")->to_string() == "5");
}

// Not run unless asked for: a million accounts, ten rows each, a day meter, a month meter and an
// allowance; prints what the header of ledger.h says. Build it with -O2.
TEST_CASE("Memory and time of a million accounts", "[.memory]") {
  fees::Tariff tariff = tariff_of({R"("fees": [{"id": "free", "percent": "1",
      "free": {"amount": "500 EUR", "window": "month"}}],
    "limits": [{"id": "day", "window": "day", "max": "9 EUR"},
               {"id": "rolling", "window": {"rolling": "30d"}, "measure": "count", "max": "9"}])"});
  const fees::Plan& plan = tariff.versions.front();
  ledger::Ledger ledger(tariff, ledger::Ledger::Scope::all);
  Checked<fees::Quote> quote = quote_of(tariff, {"a", "2026-11-20", "12.50"}, {});
  constexpr std::int64_t accounts = 1'000'000, rows = 10;
  auto resident = [] {
    std::ifstream status("/proc/self/statm");
    std::int64_t size = 0, pages = 0;
    status >> size >> pages;
    return pages * 4096;
  };
  std::int64_t before = resident();
  auto started = std::chrono::steady_clock::now();
  for (std::int64_t i = 0; i < accounts * rows; ++i) {
    std::string account = "account-" + std::to_string(i * 7919 % accounts);
    quote->operation.time.seconds += 1;
    if (!ledger.readings(plan, account, quote->operation.time, nullptr)) FAIL();
    if (ledger.add(account, *quote, nullptr)) FAIL();
  }
  auto took = std::chrono::steady_clock::now() - started;
  auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
  WARN((resident() - before) / accounts << " bytes an account, " << nanoseconds / accounts / rows
                                        << " ns a row");
}

}  // namespace
}  // namespace levy
