#include "batch/rows/cause.h"

#include "unit/limits_fixture.h"

namespace levy {
namespace {

const char* const older = R"({"levy": 1, "id": "s", "version": "1", "currency": "EUR",
  "effective": {"until": "2026-01-01"},
  "fees": [{"id": "transfer", "operation": "transfer", "percent": "2.5"}]})";

const char* const newer = R"({"levy": 1, "id": "s", "version": "2", "currency": "EUR",
  "effective": {"from": "2026-01-01"},
  "attributes": {"method": ["bank", "card", "cash"], "express": "boolean"},
  "tiers": [{"id": "basic"}, {"id": "premium"}],
  "fees": [
    {"id": "transfer", "operation": "transfer", "percent": "1"},
    {"id": "withdrawal", "operation": "withdrawal", "cases": [
      {"when": {"method": "bank"}, "percent": "1", "min": "0.50 EUR", "max": "25 EUR"},
      {"when": {"method": "card"}, "percent": "1.75", "flat": "0.30 EUR"},
      {"percent": "3"}]},
    {"id": "express", "operation": "withdrawal", "when": {"express": true}, "flat": "4 EUR"},
    {"id": "handling", "operation": "withdrawal", "of": ["express"], "percent": "10"},
    {"id": "sale", "operation": "sale", "slab": [
      {"up_to": "100 EUR", "percent": "2"}, {"up_to": "500 EUR", "percent": "1.5"},
      {"percent": "1.1"}]},
    {"id": "steps", "operation": "steps", "graduated": [
      {"up_to": "100 EUR", "percent": "1"}, {"percent": "0.5", "flat": "3 EUR"}]},
    {"id": "held", "operation": "held", "percent": "5",
     "cap": {"max": "12 EUR", "window": "month"}},
    {"id": "ranked", "operation": "ranked", "cases": [
      {"when": {"tier": "premium"}, "percent": "0.7"}, {"percent": "1.3"}]},
    {"id": "wire", "operation": "wire", "percent": "0.1", "min": "3 USD", "convert": true},
    {"id": "foreign", "operation": "foreign", "percent": "1"},
    {"id": "foreign-flat", "operation": "foreign", "flat": "2.20 USD"},
    {"id": "listed", "operation": "listed", "flat": ["0.30 EUR", "0.35 USD"]},
    {"id": "left", "operation": "pair", "percent": "1"},
    {"id": "right", "operation": "pair", "percent": "1"},
    {"id": "first", "operation": "two", "percent": "1"},
    {"id": "second", "operation": "two", "percent": "2", "round": {"mode": "up"}}]})";

struct Bill {
  const char* operation;
  std::string amount;
  std::vector<std::pair<std::string, std::string>> fields;
  const char *computed, *billed, *cause;
};

void check(batch::rows::Causes& causes, const fees::Tariff& tariff, const Bill& bill) {
  INFO(bill.operation << " " << bill.amount << " billed " << bill.billed);
  facts::RatesHistory rates{"r", {rates_of("1.1")}};
  fees::Question question;
  question.request = {bill.operation, bill.amount, "", bill.fields};
  question.now = at("2026-06-01");
  question.rates = &rates;
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff, question);
  if (!resolved) FAIL(resolved.faults().front().message);
  Checked<fees::Quote> computed = fees::quote(
      *resolved->plan,
      fees::EvaluationContext{resolved->operation, resolved->rates, resolved->readings});
  if (!computed) FAIL(computed.faults().front().message);
  CHECK(computed->fees.at(resolved->operation.currency).to_string(2) == bill.computed);
  CHECK(causes.find(*resolved, *computed, *parse_decimal(bill.billed)).words == bill.cause);
}

TEST_CASE("A bill made in a certain way is explained by it", "[cause]") {
  Checked<fees::Tariff> tariff =
      fees::load_tariff({Source("1.json", older), Source("2.json", newer)});
  if (!tariff) FAIL(tariff.faults().front().message);
  const Bill bills[] = {
      {"transfer", "10.50", {}, "0.10", "0.11", "rounding: half-up"},
      {"transfer", "11.50", {}, "0.12", "0.11", "rounding: half-down"},
      {"transfer", "10.10", {}, "0.10", "0.11", "rounding: up"},
      {"transfer", "10.90", {}, "0.11", "0.10", "rounding: down"},
      {"two", "10.20", {}, "0.31", "0.30", "rounding: half-even"},
      {"pair", "0.40", {}, "0.00", "0.01", "rounding: total"},
      {"two", "10.80", {}, "0.33", "0.32", "rounding: down of first"},
      {"two", "10.80", {}, "0.33", "0.31", "rounding: down"},
      {"sale", "100", {}, "2.00", "1.50", "band: edge of sale"},
      {"sale", "120", {}, "1.80", "2.40", "band: next below of sale"},
      {"sale", "120", {}, "1.80", "1.32", "band: next above of sale"},
      {"sale", "900", {}, "9.90", "13.50", "band: next below of sale"},
      {"steps", "100", {}, "1.00", "4.00", "band: edge of steps"},
      {"steps", "200", {}, "4.50", "2.00", "band: next below of steps"},
      {"steps", "200", {}, "4.50", "4.00", "band: next above of steps"},
      {"withdrawal",
       "20",
       {{"method", "bank"}, {"express", "false"}},
       "0.50",
       "0.20",
       "bound left out: min of withdrawal"},
      {"withdrawal",
       "3000",
       {{"method", "bank"}, {"express", "false"}},
       "25.00",
       "30.00",
       "bound left out: max of withdrawal"},
      {"held", "300", {}, "12.00", "15.00", "bound left out: cap of held"},
      {"withdrawal",
       "5",
       {{"method", "card"}, {"express", "false"}},
       "0.39",
       "0.50",
       "bound added: min of withdrawal"},
      {"withdrawal",
       "2000",
       {{"method", "card"}, {"express", "false"}},
       "35.30",
       "25.00",
       "bound added: max of withdrawal"},
      {"withdrawal",
       "100",
       {{"method", "bank"}, {"express", "true"}},
       "5.40",
       "1.00",
       "surcharge left out: express"},
      {"withdrawal",
       "100",
       {{"method", "bank"}, {"express", "true"}},
       "5.40",
       "5.00",
       "surcharge left out: handling"},
      {"withdrawal",
       "100",
       {{"method", "bank"}, {"express", "false"}},
       "1.00",
       "5.40",
       "surcharge added: express"},
      {"transfer", "100", {}, "1.00", "2.50", "version: 1"},
      {"ranked", "100", {{"tier", "basic"}}, "1.30", "0.70", "tier: premium"},
      {"ranked", "100", {{"tier", "premium"}}, "0.70", "1.30", "tier: basic"},
      {"transfer", "50000", {}, "500.00", "495.05", "net: fee contained"},
      {"transfer", "5000", {}, "50.00", "49.50", "net: amount less fee"},
      {"transfer", "5000", {}, "50.00", "49.505", ""},
      {"wire", "100", {}, "2.73", "3.00", "not converted"},
      {"foreign", "100", {}, "1.00", "3.20", "not converted"},
      {"listed", "100 USD", {}, "0.35", "0.30", "not converted: EUR"},
      {"withdrawal",
       "100",
       {{"method", "bank"}, {"express", "false"}},
       "1.00",
       "2.05",
       "case: 2 of withdrawal"},
      {"transfer", "100", {}, "1.00", "-1.00", "sign turned"},
      {"transfer", "100", {}, "1.00", "100", "minor units"},
      {"transfer", "5000", {}, "50.00", "0.50", "major units"},
      {"transfer", "100", {}, "1.00", "2.30", ""},  // "ranked" is not of transfers
      {"transfer", "100", {}, "1.00", "7.77", ""},
  };
  batch::rows::Causes causes(*tariff);
  for (int round = 0; round < 12; ++round) {  // the last ones from curves that were kept
    for (const Bill& bill : bills) check(causes, *tariff, bill);
  }
}

TEST_CASE("Of a difference each fee gets what explains it, and no more", "[cause]") {
  Checked<fees::Tariff> tariff = fees::load_tariff({Source("2.json", newer)});
  if (!tariff) FAIL(tariff.faults().front().message);
  using Parts = std::vector<std::pair<std::string, std::string>>;
  struct Case {
    const char *operation, *amount, *billed, *tolerance, *cause;
    Parts parts;
  };
  const Case cases[] = {
      {"two", "10.80", "0.32", "0", "rounding: down of first", {{"first", "-0.01"}}},
      {"withdrawal",
       "100",
       "1.00",
       "0",
       "surcharge left out: express",
       {{"express", "-4"}, {"handling", "-0.4"}}},
      {"withdrawal",
       "100",
       "1.01",
       "0.01",
       "surcharge left out: express",
       {{"express", "-4"}, {"handling", "-0.4"}}},
      {"pair", "100", "-2", "0", "sign turned", {{"left", "-2"}, {"right", "-2"}}},
      {"pair", "100", "200", "0", "minor units", {{"left", "99"}, {"right", "99"}}},
      {"foreign", "100", "3.20", "0", "not converted", {{"foreign-flat", "2.2"}}},
      {"pair", "100", "7.77", "0", "", {}},
  };
  batch::rows::Causes causes(*tariff);
  for (const Case& one : cases) {
    INFO(one.operation << " billed " << one.billed);
    fees::Question question;
    question.request = {one.operation, one.amount, "", {{"method", "bank"}, {"express", "true"}}};
    question.now = at("2026-06-01");
    Checked<fees::ResolvedQuestion> resolved = fees::resolve(*tariff, question);
    if (!resolved) FAIL(resolved.faults().front().message);
    Checked<fees::Quote> computed = fees::quote(
        *resolved->plan,
        fees::EvaluationContext{resolved->operation, resolved->rates, resolved->readings});
    if (!computed) FAIL(computed.faults().front().message);
    batch::rows::Cause cause = causes.find(*resolved, *computed, *parse_decimal(one.billed),
                                           Rational(*parse_decimal(one.tolerance)));
    CHECK(cause.words == one.cause);
    Parts parts;
    for (const auto& [fee, part] : cause.parts) parts.emplace_back(fee, part.to_string());
    CHECK(parts == one.parts);
  }
}

TEST_CASE("A cause gives the billed figure within the tolerance", "[cause]") {
  Checked<fees::Tariff> tariff = fees::load_tariff({Source("2.json", newer)});
  if (!tariff) FAIL(tariff.faults().front().message);
  batch::rows::Causes causes(*tariff);
  fees::Question question;
  question.request = {"steps", "200", "", {}};
  question.now = at("2026-06-01");
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(*tariff, question);
  Checked<fees::Quote> computed = fees::quote(
      *resolved->plan,
      fees::EvaluationContext{resolved->operation, resolved->rates, resolved->readings});
  if (!computed) FAIL(computed.faults().front().message);
  CHECK(causes.find(*resolved, *computed, *parse_decimal("2.02"), *parse_decimal("0.01")).words ==
        "");
  CHECK(causes.find(*resolved, *computed, *parse_decimal("2.02"), *parse_decimal("0.02")).words ==
        "band: next below of steps");
}

}  // namespace
}  // namespace levy
