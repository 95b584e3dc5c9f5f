// Conditions, rounding, totals, conversion and the order of errors, by hand.
#include "self_test_facts.h"

#include <iterator>

namespace {

const char* const thirds = R"({"rounding": {"mode": "half-up", "apply": "total"}, "fees": [
  {"id": "a", "percent": "1/3"}, {"id": "b", "percent": "1/3"},
  {"id": "c", "percent": "1/3", "round": {"mode": "up"}},
  {"id": "d", "of": ["a"], "percent": "100", "collect": "none", "round": "none"}]})";

const char* const lines = R"({"rounding": {"mode": "half-up"}, "fees": [
  {"id": "a", "percent": "1/3"}, {"id": "b", "of": ["a"], "percent": "100/3"}]})";

const char* const swiss = R"({"currency": "CHF", "rounding": {"mode": "half-up",
  "to": ["0.05 CHF"]}, "fees": [{"id": "a", "percent": "1"},
  {"id": "b", "percent": "1", "round": {"mode": "down"}},
  {"id": "c", "percent": "1", "round": {"to": "0.001"}}]})";

const char* const okpay = R"({"conversion": {"rate": {"digits": 4, "mode": "half-even"},
  "round": {"mode": "down"}}, "fees": [{"id": "m", "margin": "1"}, {"id": "n", "margin": "1.5"},
  {"id": "f", "percent": "1", "collect": "deducted"},
  {"id": "g", "flat": "0.10 USD", "collect": "deducted"}]})";

const char* const yen = R"({"conversion": {"rate": {"digits": 2, "mode": "half-even"}},
  "fees": [{"id": "m", "margin": "1"}]})";

const char* const cases = R"({"attributes": {"x": ["y", "n"]}, "quantities": {"q": {}},
  "fees": [{"id": "f", "collect": "none", "cases": [
    {"when": {"x": "y"}, "flat": "1", "collect": "deducted"},
    {"when": {"amount": {"from": "100"}}, "flat": "2"},
    {"when": {"amount": {"from": "50"}, "q": "7"}, "flat": "3"}]}]})";

const char* const everything = R"({"attributes": {"x": ["y", "n"], "b": "boolean", "t": "text"},
  "sets": {"EEA": ["DE", "FR"]}, "tiers": [{"id": "low"}, {"id": "high"}],
  "quantities": {"q": {"min": "1", "max": "9"}}, "fees": [
  {"id": "set", "when": {"country": ["@EEA", "US"]}, "flat": "1"},
  {"id": "not", "when": {"to_country": {"not": "@EEA"}}, "flat": "2"},
  {"id": "cross", "when": {"cross_border": true}, "flat": "4"},
  {"id": "day", "when": {"weekday": ["sat", "sun"]}, "flat": "8"},
  {"id": "night", "when": {"time_of_day": {"from": "22:00", "below": "06:00"}}, "flat": "16"},
  {"id": "dates", "when": {"date": {"from": "2026-03-01", "up_to": "2026-03-31"}}, "flat": "32"},
  {"id": "tier", "when": {"tier": {"not": ["low"]}}, "flat": "64"},
  {"id": "to", "when": {"to_currency": "EUR", "b": false, "q": {"above": "2"}}, "flat": "128"}]})";

const char* const unknowns = R"({"attributes": {"x": ["y", "n"]}, "fees": [
  {"id": "f", "when": {"x": "y", "amount": {"from": "100 EUR"}}, "flat": ["1 EUR", "1 USD"]}]})";

const char* const order = R"({"attributes": {"x": ["y", "n"]}, "quantities": {"q": {"max": "9"}},
  "effective": {"from": "2026-01-01", "until": "2027-01-01"}, "fees": [
  {"id": "f", "operation": "transfer", "flat": ["1 EUR"]},
  {"id": "g", "operation": "transfer", "when": {"x": "y"}, "percent": "1"}]})";

const char* const discount = R"({"fees": [{"id": "f", "flat": "-3", "collect": "on_top"},
  {"id": "g", "flat": "2", "collect": "deducted"}]})";

const char* const deducted_usd = R"({"fees": [{"id": "f", "flat": "0 USD",
  "collect": "deducted"}]})";

const char* const margin_rate = R"({"fees": [{"id": "m", "margin": "1"}]})";

const Fact quotes[] = {
    // 0.0333… + 0.0333… + 0.04 = 0.10666… -> 0.11
    {"total", thirds, R"({"amount": "10"})",
     R"({"amounts": ["1/30", "1/30", "0.04", "1/30"], "fees": {"EUR": "0.11"},
         "debit": {"EUR": "10.11"}, "credit": {"EUR": "10.00"}})"},
    // 0.0333… -> 0.03; 0.03 x 1/3 = 0.01 exactly
    {"of sees rounded lines", lines, R"({"amount": "10"})", R"({"amounts": ["0.03", "0.01"]})"},
    {"a quantum of the schedule's, of the fee's", swiss, R"({"amount": "12.49"})",
     R"({"amounts": ["0.10", "0.10", "0.125"], "fees": {"CHF": "0.33"}})"},
    {"its currency only", swiss, R"({"amount": "12.49 USD"})",
     R"({"amounts": ["0.12", "0.12", "0.125"], "fees": {"USD": "0.37"}})"},
    // 1.25 x 0.975 = 1.21875 -> 1.2188; (100 - 1) x 1.2188 = 120.6612 -> 120.66 - 0.10
    // cost: 99 x (1.25 - 1.2188) = 3.0888
    {"conversion", okpay, R"({"amount": "100", "to_currency": "USD"})",
     R"({"amounts": ["1.00", "0.10"], "fees": {"EUR": "1.00", "USD": "0.10"},
         "debit": {"EUR": "100.00", "USD": "0.00"}, "credit": {"USD": "120.56"},
         "conversion": {"mid": "1.25", "margin": "2.5", "rate": "1.2188",
                        "margin_cost": {"USD": "3.08"}}})"},
    {"a triangulated rate is a quotient", margin_rate,
     R"({"amount": "100 KWD", "to_currency": "USD"})",
     R"({"credit": {"USD": "412.50"}, "conversion": {"mid": "25/6", "margin": "1",
         "rate": "4.125", "margin_cost": {"USD": "4.17"}}})"},
    {"to itself is not a conversion", margin_rate, R"({"amount": "1", "to_currency": "EUR"})",
     R"({"conversion": null, "credit": {"EUR": "1.00"}})"},
    // 1/160 x 0.99 -> 0.01
    {"yen", yen, R"({"amount": "500 JPY", "to_currency": "EUR"})",
     R"({"conversion": {"mid": "0.00625", "margin": "1", "rate": "0.01",
         "margin_cost": {"EUR": "-1.88"}}, "credit": {"EUR": "5.00"}})"},
    {"a rate of nothing", yen, R"({"amount": "500 JPY", "to_currency": "KWD"})",
     R"({"error": "rate_not_positive"})"},
    {"no rate", margin_rate, R"({"amount": "1", "to_currency": "USD"})",
     R"({"error": "missing_rate"})", false},
    {"no rate of this one", margin_rate, R"({"amount": "1", "to_currency": "CHF"})",
     R"({"error": "missing_rate"})"},
    {"first case", cases, R"({"amount": "100", "x": "y", "q": "1"})",
     R"({"lines": [{"fee": "f", "amount": "1.00", "currency": "EUR",
         "collect": "deducted"}], "credit": {"EUR": "99.00"}})"},
    {"second case", cases, R"({"amount": "100", "x": "n"})",
     R"({"amounts": ["2.00"], "fees": {"EUR": "0.00"}, "credit": {"EUR": "100.00"}})"},
    {"third case", cases, R"({"amount": "99.99", "x": "n", "q": "7.0"})",
     R"({"amounts": ["3.00"]})"},
    {"no case", cases, R"({"amount": "50", "x": "n", "q": "8"})", R"({"error": "uncovered"})"},
    {"the first undecided case stops", cases, R"({"amount": "100"})",
     R"({"error": "missing_attributes"})"},
    {"an undecided quantity", cases, R"({"amount": "50", "x": "n"})",
     R"({"error": "missing_attributes"})"},
    {"false whatever is unknown", cases, R"({"amount": "49", "x": "n"})",
     R"({"error": "uncovered"})"},
    // 2026-03-07 is a Saturday
    {"conditions hold", everything, R"({"amount": "1", "country": "DE", "to_country": "GB",
      "time": "2026-03-07T22:00:00Z", "tier": "high", "b": "false", "q": "2.1"})",
     R"({"fees": {"EUR": "255.00"}})"},
    {"conditions do not hold", everything, R"({"amount": "1", "country": "FR",
      "to_country": "FR", "time": "2026-04-01T06:00:00Z", "tier": "low", "b": true,
      "q": "2"})",
     R"({"fees": {"EUR": "1.00"}})"},
    {"before six; the last of March", everything, R"({"amount": "1", "country": "GB",
      "to_country": "DE", "time": "2026-03-31T05:59:59Z", "tier": "low", "b": true,
      "q": "2"})",
     R"({"amounts": ["4.00", "16.00", "32.00"]})"},
    {"no entry, but false", unknowns, R"({"amount": "1 USD", "x": "n"})", R"({"amounts": []})"},
    {"no entry, but unknown", unknowns, R"({"amount": "1 USD"})",
     R"({"error": "missing_attributes"})"},
    {"no entry", unknowns, R"({"amount": "1 USD", "x": "y"})", R"({"error": "missing_money"})"},
    {"no entry to equal", R"({"fees": [{"id": "f", "when": {"amount": ["5 EUR"]},
      "percent": "1"}]})",
     R"({"amount": "5 USD"})", R"({"error": "missing_money"})"},
    {"not equal", R"({"fees": [{"id": "f", "when": {"amount": {"not": ["5 EUR", "6 USD"]}},
      "percent": "100"}]})",
     R"({"amount": "5 USD"})", R"({"amounts": ["5.00"]})"},
    {"false amount", unknowns, R"({"amount": "1"})", R"({"amounts": []})"},
    {"order: grammar", order, R"({"amount": "1,0", "to_currency": "ZZZ"})",
     R"({"error": "bad_amount"})"},
    {"order: two currencies", order, R"({"amount": "1 EUR", "currency": "USD"})",
     R"({"error": "bad_amount"})"},
    {"order: sign", order, R"({"amount": "-0.001"})", R"({"error": "not_positive"})"},
    {"order: minor unit", order, R"({"amount": "0.001", "to_currency": "ZZZ"})",
     R"({"error": "precision"})"},
    {"trailing zeros fit", order, R"({"amount": "7.000", "x": "n", "time": "2026-01-01"})",
     R"({"fees": {"EUR": "1.00"}})"},
    {"order: target", order, R"({"amount": "1", "to_currency": "ZZZ", "operation": "x"})",
     R"({"error": "unknown_currency"})"},
    {"order: operation", order, R"({"amount": "1", "operation": "x", "x": "z"})",
     R"({"error": "unknown_operation"})"},
    {"order: attribute", order, R"({"amount": "1", "colour": "red"})",
     R"({"error": "unknown_attribute"})"},
    {"order: value", order, R"({"amount": "1", "x": "z", "q": "10"})",
     R"({"error": "unknown_value"})"},
    {"order: missing", order, R"({"amount": "1", "q": "10"})",
     R"({"error": "missing_attributes"})"},
    {"order: range", order, R"({"amount": "1", "x": "y", "q": "10", "time": "2027-01-01"})",
     R"({"error": "out_of_range"})"},
    {"order: in force", order, R"({"amount": "1 USD", "x": "y", "time": "2027-01-01"})",
     R"({"error": "not_in_force"})"},
    {"order: fees", order, R"({"amount": "1 USD", "x": "y", "to_currency": "KES",
      "time": "2026-12-31T23:59:59Z"})",
     R"({"error": "missing_money"})"},
    {"no amount, none needed", order, R"({"x": "n", "time": "2026-06-01"})",
     R"({"debit": {"EUR": "1.00"}, "credit": {"EUR": "0.00"}})"},
    {"no amount, but needed", order, R"({"x": "y", "time": "2026-06-01"})",
     R"({"error": "bad_amount"})"},
    {"negative debit", discount, R"({"amount": "2"})", R"({"error": "fees_exceed_amount"})"},
    {"debit of 0", discount, R"({"amount": "3"})",
     R"({"debit": {"EUR": "0.00"}, "credit": {"EUR": "1.00"}, "fees": {"EUR": "-1.00"}})"},
    {"deducted in a third currency", deducted_usd, R"({"amount": "2"})",
     R"({"error": "mixed_currencies"})"},
    {"deducted in the target", deducted_usd, R"({"amount": "2", "to_currency": "USD"})",
     R"({"credit": {"USD": "2.50"}})"},
    {"cross_border that disagrees", everything, R"({"amount": "2", "country": "DE",
      "to_country": "FR", "cross_border": false})",
     R"({"error": "bad_value"})"},
};

}  // namespace

std::vector<Fact> quote_facts() { return {std::begin(quotes), std::end(quotes)}; }
