// Charges by hand. Those named after another program are its own tests' figures
// (shared/cases/engine_cases.json), said in levy's words.
#include "self_test_facts.h"

#include <iterator>

namespace {

const char* const lago_volume = R"({"quantities": {"n": {}}, "fees": [{"id": "f", "units": "n",
  "slab": [{"up_to": "100", "each": "2", "flat": "10"},
           {"up_to": "200", "each": "1", "flat": "0"}, {"each": "0.5", "flat": "50"}]}]})";

const char* const openmeter_graduated = R"({"quantities": {"n": {}}, "fees": [{"id": "f",
  "units": "n", "graduated": [{"up_to": "5", "each": "0", "flat": "100"},
  {"up_to": "10", "each": "0", "flat": "50"}, {"up_to": "15", "each": "5"}, {"each": "1"}]}]})";

const char* const lago_percent = R"({"rounding": {"mode": "half-up", "to": "0.001"},
  "fees": [{"id": "f", "percent": "2.99", "min": "1.75", "max": "12", "collect": "none"}]})";

const char* const edges = R"({"fees": [{"id": "f", "graduated": [
  {"up_to": "10", "percent": "10"}, {"below": "20", "percent": "1", "flat": "3"},
  {"up_to": "30", "flat": "5"}]}]})";

const char* const minus = R"({"fees": [{"id": "a", "flat": "5"}, {"id": "b", "flat": "8"},
  {"id": "c", "of": ["a", "-b"], "percent": "10", "per": {"every": "1", "charge": "7"},
   "graduated": [{"percent": "50"}], "slab": [{"percent": "50", "flat": "2"}]}]})";

const char* const of_two = R"({"attributes": {"x": ["y", "n"]}, "fees": [
  {"id": "a", "when": {"x": "y"}, "flat": "5"}, {"id": "b", "when": {"x": "y"}, "flat": "1"},
  {"id": "c", "of": ["a", "b"], "percent": "50", "flat": "1"},
  {"id": "d", "of": ["amount", "-a"], "percent": "1"}]})";

const char* const of_debit = R"({"fees": [{"id": "f", "of": "debit", "percent": "2.4",
  "flat": "0.39"}]})";

const char* const per_ticket = R"({"quantities": {"tickets": {"default": "1"}}, "fees": [
  {"id": "f", "times": "tickets", "percent": "2.3"}]})";

const char* const free_amount = R"({"fees": [{"id": "f", "percent": "10", "flat": "1",
  "min": "2", "free": {"amount": "100", "window": "month"}}]})";

const char* const free_whole = R"({"quantities": {"bytes": {}}, "fees": [{"id": "f",
  "units": "bytes", "each": "0.001", "free": {"units": "600", "window": "day", "whole": true}}]})";

const char* const free_count = R"({"fees": [{"id": "f", "flat": "0.30",
  "free": {"count": 3, "window": "month"}}]})";

const char* const by_graduated = R"({"fees": [{"id": "f", "by": {"window": "month"},
  "graduated": [{"up_to": "100", "percent": "2", "flat": "1"},
                {"percent": "1", "flat": "3"}], "flat": "0.50"}]})";

const char* const by_per = R"({"fees": [{"id": "f", "by": {"window": "month"},
  "per": {"every": "10", "charge": "1"}}]})";

const char* const by_slab = R"({"fees": [{"id": "f", "by": {"window": {"previous": "month"}},
  "slab": [{"up_to": "1000", "percent": "2"}, {"percent": "1"}]}]})";

const char* const cap = R"({"fees": [{"id": "f", "percent": "10",
  "cap": {"max": "25", "window": "month"}}]})";

const char* const greatest = R"({"fees": [{"id": "f",
  "greatest": [{"percent": "0.5"}, {"flat": "5 EUR"}], "max": "30"}]})";

const char* const shares = R"({"currency": "USD", "quantities": {"shares": {}}, "fees": [{"id": "f",
  "least": [{"units": "shares", "each": "0.005", "min": "1"}, {"percent": "1"}]}]})";

const char* const gas = R"({"currencies": {"ETH": {"digits": 18}},
  "quantities": {"gas_used": {"default": "21000"}, "gas_price": {}},
  "fees": [{"id": "f", "units": ["gas_used", "gas_price"], "each": "0.000000001 ETH"}]})";

const char* const convert = R"({"fees": [{"id": "f", "flat": "2 EUR", "min": "1 EUR",
  "convert": true, "round": "none"}]})";

const char* const charged_from_amount = R"({"fees": [{"id": "tax", "percent": "100/11",
  "collect": "none", "round": "none"}, {"id": "bps", "bps": "25", "collect": "none"}]})";

const Fact charges[] = {
    {"lago-volume-1", lago_volume, R"({"n": "1"})", R"({"amounts": ["12.00"]})"},
    {"lago-volume-100", lago_volume, R"({"n": "100"})", R"({"amounts": ["210.00"]})"},
    {"lago-volume-101", lago_volume, R"({"n": "101"})", R"({"amounts": ["101.00"]})"},
    {"lago-volume-200", lago_volume, R"({"n": "200"})", R"({"amounts": ["200.00"]})"},
    {"lago-volume-210", lago_volume, R"({"n": "210"})", R"({"amounts": ["155.00"]})"},
    {"a slab's first band holds 0", lago_volume, R"({"n": "0"})", R"({"amounts": ["10.00"]})"},
    {"om-grad-22", openmeter_graduated, R"({"n": "22"})", R"({"amounts": ["182.00"]})"},
    {"F(0) = 0", openmeter_graduated, R"({"n": "0"})", R"({"amounts": ["0.00"]})"},
    {"up_to's next band is reached above it", openmeter_graduated, R"({"n": "5"})",
     R"({"amounts": ["100.00"]})"},
    {"om-package-0+5", R"({"quantities": {"n": {}}, "fees": [{"id": "f", "units": "n",
      "per": {"every": "10", "charge": "15"}}]})",
     R"({"n": "5"})", R"({"amounts": ["15.00"]})"},
    {"complete blocks", R"({"fees": [{"id": "f",
      "per": {"every": "10", "charge": "15", "count": "complete"}}]})",
     R"({"amount": "19.99"})", R"({"amounts": ["15.00"]})"},
    {"kb-all-5325", R"({"quantities": {"n": {}}, "fees": [{"id": "f", "units": "n",
      "graduated": [{"up_to": "1000", "per": {"every": "100", "charge": "1"}},
      {"per": {"every": "1000", "charge": "1"}}]}]})",
     R"({"n": "5325"})", R"({"amounts": ["15.00"]})"},
    {"lago-gradpct-11", R"({"fees": [{"id": "f", "graduated": [
      {"up_to": "10", "percent": "1", "flat": "200"},
      {"up_to": "20", "percent": "2", "flat": "300"}, {"percent": "3", "flat": "400"}]}]})",
     R"({"amount": "11"})", R"({"amounts": ["500.12"]})"},
    {"openfisca-marginal-1.5", R"({"fees": [{"id": "f", "graduated": [
      {"up_to": "1", "percent": "0"}, {"up_to": "2", "percent": "10"},
      {"up_to": "3", "percent": "20"}, {"percent": "0"}]}]})",
     R"({"amount": "1.5"})", R"({"amounts": ["0.05"]})"},
    {"lago-pct-minmax 10", lago_percent, R"({"amount": "10"})", R"({"amounts": ["1.75"]})"},
    {"lago-pct-minmax 80", lago_percent, R"({"amount": "80"})", R"({"amounts": ["2.392"]})"},
    {"lago-pct-minmax 10000", lago_percent, R"({"amount": "10000"})", R"({"amounts": ["12.00"]})"},
    {"hyperswitch-ceil-200-3.5", R"({"rounding": {"mode": "ceiling"},
      "fees": [{"id": "f", "percent": "3.5"}]})",
     R"({"amount": "2.00"})", R"({"amounts": ["0.07"]})"},
    {"catala-tax-down", R"({"rounding": {"mode": "floor"},
      "fees": [{"id": "f", "percent": "0.5"}]})",
     R"({"amount": "149.26"})", R"({"amounts": ["0.74"]})"},
    {"om-usage-discount-spent", R"({"quantities": {"n": {}}, "fees": [{"id": "f",
      "units": "n", "each": "1", "free": {"units": "10", "window": "month"}}]})",
     R"({"n": "15", "used": {"f": "20"}})", R"({"amounts": ["15.00"]})"},
    {"below: reached at the edge", edges, R"({"amount": "20"})", R"({"amounts": ["9.10"]})"},
    {"below: not before it", edges, R"({"amount": "19.99"})", R"({"amounts": ["4.10"]})"},
    {"up_to holds its edge", edges, R"({"amount": "30"})", R"({"amounts": ["9.10"]})"},
    {"above a closed band", edges, R"({"amount": "30.01"})", R"({"error": "above_last_band"})"},
    // -3: percent -0.30; per, graduated: 0; slab: the first band's flat over 0
    {"negative base", minus, R"({"amount": "1"})", R"({"amounts": ["5.00", "8.00", "1.70"]})"},
    {"of fees with lines", of_two, R"({"amount": "100", "x": "y"})",
     R"({"amounts": ["5.00", "1.00", "4.00", "0.95"]})"},
    {"of fees without any; the amount is there", of_two, R"({"amount": "100", "x": "n"})",
     R"({"amounts": ["1.00"]})"},
    {"free: all", free_amount, R"({"amount": "100"})", R"({"amounts": ["0.00"]})"},
    {"free: some", free_amount, R"({"amount": "60", "used": {"f": "70"}})",
     R"({"amounts": ["4.00"]})"},
    {"free: min of the rest", free_amount, R"({"amount": "31", "used": {"f": "70"}})",
     R"({"amounts": ["2.00"]})"},
    {"free: none left", free_amount, R"({"amount": "60", "used": {"f": "500"}})",
     R"({"amounts": ["7.00"]})"},
    {"whole: fits", free_whole, R"({"bytes": "250", "used": {"f": "350"}})",
     R"({"amounts": ["0.00"]})"},
    {"whole: does not", free_whole, R"({"bytes": "251", "used": {"f": "350"}})",
     R"({"amounts": ["0.25"]})"},
    {"count: third", free_count, R"({"amount": "0", "used": {"f": "2"}})",
     R"({"amounts": ["0.00"]})"},
    {"count: fourth", free_count, R"({"amount": "0", "used": {"f": "3"}})",
     R"({"amounts": ["0.30"]})"},
    // F(150) - F(80) = (3 + 0.5 + 3) - 2.6, and the flat beside
    {"by graduated", by_graduated, R"({"amount": "70", "used": {"f": "80"}})",
     R"({"amounts": ["4.40"]})"},
    {"by graduated, from 0", by_graduated, R"({"amount": "70"})", R"({"amounts": ["2.90"]})"},
    {"by per: blocks begun before", by_per, R"({"amount": "5", "used": {"f": "12"}})",
     R"({"amounts": ["0.00"]})"},
    {"by per: one more", by_per, R"({"amount": "8.01", "used": {"f": "12"}})",
     R"({"amounts": ["1.00"]})"},
    {"by slab: at the edge", by_slab, R"({"amount": "5000", "used": {"f": "1000"}})",
     R"({"amounts": ["100.00"]})"},
    {"by slab: above", by_slab, R"({"amount": "5000", "used": {"f": "1000.01 EUR"}})",
     R"({"amounts": ["50.00"]})"},
    {"cap: room", cap, R"({"amount": "100", "used": {"f": "12"}})", R"({"amounts": ["10.00"]})"},
    {"cap: little room", cap, R"({"amount": "100", "used": {"f": "18.5"}})",
     R"({"amounts": ["6.50"]})"},
    // 25 USD are 20 EUR
    {"cap: a reading in another currency", cap, R"({"amount": "100", "used": {"f": "25 USD"}})",
     R"({"amounts": ["5.00"]})"},
    {"cap: that needs a rate", cap, R"({"amount": "100", "used": {"f": "25 USD"}})",
     R"({"error": "missing_rate"})", false},
    {"cap: overdrawn gives nothing back", cap, R"({"amount": "100", "used": {"f": "26"}})",
     R"({"amounts": ["0.00"]})"},
    {"greatest: flat", greatest, R"({"amount": "1000"})", R"({"amounts": ["5.00"]})"},
    {"greatest: percent", greatest, R"({"amount": "1001"})", R"({"amounts": ["5.00"]})"},
    {"greatest: max", greatest, R"({"amount": "9000"})", R"({"amounts": ["30.00"]})"},
    {"greatest: one currency", greatest, R"({"amount": "9000 USD"})",
     R"({"error": "mixed_currencies"})"},
    {"shares: min", shares, R"({"amount": "5000", "shares": "100"})", R"({"amounts": ["1.00"]})"},
    {"shares: 1% of the trade", shares, R"({"amount": "50", "shares": "1000"})",
     R"({"amounts": ["0.50"]})"},
    {"shares: unknown", shares, R"({"amount": "50"})", R"({"error": "missing_quantity"})"},
    {"gas", gas, R"({"gas_price": "31.5"})",
     R"({"lines": [{"fee": "f", "amount": "0.000661500000000000", "currency": "ETH",
         "collect": "on_top"}], "fees": {"EUR": "0.00", "ETH": "0.000661500000000000"},
         "debit": {"EUR": "0.00", "ETH": "0.000661500000000000"},
         "credit": {"EUR": "0.00"}, "conversion": null})"},
    {"units: the operation's currency first", R"({"quantities": {"s": {}}, "fees": [
      {"id": "f", "units": "s", "each": ["1 EUR", "2 USD"], "flat": ["3 EUR", "5 USD"]}]})",
     R"({"amount": "1 USD", "s": "10"})", R"({"fees": {"USD": "25.00"}})"},
    {"units: the one shared", R"({"quantities": {"s": {}}, "fees": [
      {"id": "f", "units": "s", "each": ["1 EUR", "2 USD"], "flat": "3 EUR"}]})",
     R"({"amount": "1 USD", "s": "10"})", R"({"fees": {"USD": "0.00", "EUR": "13.00"}})"},
    {"units: none shared", R"({"quantities": {"s": {}}, "fees": [
      {"id": "f", "units": "s", "each": "1 EUR", "flat": "3 USD"}]})",
     R"({"amount": "1 USD", "s": "10"})", R"({"error": "missing_money"})"},
    {"convert", convert, R"({"amount": "10 USD"})",
     R"({"fees": {"USD": "2.50"}, "debit": {"USD": "12.50"}})"},
    {"convert needs a rate", convert, R"({"amount": "10 USD"})", R"({"error": "missing_rate"})",
     false},
    {"convert where there is an entry", convert, R"({"amount": "10"})",
     R"({"fees": {"EUR": "2.00"}})", false},
    {"a fraction, bps", charged_from_amount, R"({"amount": "10"})",
     R"({"amounts": ["10/11", "0.02"]})"},
    {"of the debit, with a fixed part", of_debit, R"({"amount": "68.00"})",
     R"({"amounts": ["2.07"], "debit": {"EUR": "70.07"}})"},
    {"of the debit", R"({"fees": [{"id": "f", "of": "debit", "percent": "1.9"}]})",
     R"({"amount": "100.00"})", R"({"debit": {"EUR": "101.94"}})"},
    {"of the debit: what is on top so far", R"({"fees": [{"id": "a", "flat": "10"},
      {"id": "b", "flat": "5", "collect": "deducted"}, {"id": "c", "flat": "3 USD"},
      {"id": "d", "of": "debit", "percent": "50"}]})",
     R"({"amount": "10"})", R"({"amounts": ["10.00", "5.00", "3.00", "20.00"]})"},
    {"of the debit: bounds come after", R"({"fees": [
      {"id": "f", "of": "debit", "bps": "5000", "max": "7", "min": "2"}]})",
     R"({"amount": "100"})", R"({"amounts": ["7.00"]})"},
    {"times: rounded for each", per_ticket, R"({"amount": "30.90", "tickets": "3"})",
     R"({"amounts": ["0.72"]})"},
    {"times: a part that is not whole", per_ticket, R"({"amount": "10.00", "tickets": "3"})",
     R"({"amounts": ["0.24"]})"},  // 3.33.. at 2.3 % is 0.0766.., 0.08 for each
    {"times: what is fixed and bounded is so for each", R"({"quantities": {"tickets": {}},
      "fees": [{"id": "f", "times": "tickets", "percent": "10", "flat": "0.10", "max": "1"}]})",
     R"({"amount": "40.00", "tickets": "5"})", R"({"amounts": ["4.50"]})"},
    {"times: no half", per_ticket, R"({"amount": "10.00", "tickets": "2.5"})",
     R"({"error": "out_of_range"})"},
    {"times: not given", R"({"quantities": {"tickets": {}}, "fees": [
      {"id": "f", "times": "tickets", "percent": "1"}]})",
     R"({"amount": "10.00"})", R"({"error": "missing_quantity"})"},
    // 1 EUR is 1.25 USD
    {"in: bounded before, rounded after", R"({"fees": [
      {"id": "f", "percent": "1", "min": "0.33", "in": "USD"}]})",
     R"({"amount": "10"})",
     R"({"lines": [{"fee": "f", "amount": "0.41", "currency": "USD", "collect": "on_top"}],
         "fees": {"EUR": "0.00", "USD": "0.41"}})"},
    {"in: needs a rate", R"({"fees": [{"id": "f", "percent": "1", "in": "USD"}]})",
     R"({"amount": "10"})", R"({"error": "missing_rate"})", false},
    {"in: the currency it has", R"({"fees": [{"id": "f", "percent": "1", "in": "EUR"}]})",
     R"({"amount": "10"})", R"({"amounts": ["0.10"]})", false},
    {"waived", R"({"fees": [{"id": "f", "waived": true}]})", R"({"amount": "10 USD"})",
     R"({"lines": [{"fee": "f", "amount": "0.00", "currency": "USD",
         "collect": "on_top"}]})"},
    {"lone flat in its own currency", R"({"fees": [{"id": "f", "flat": "5", "max": "4"}]})",
     R"({"amount": "10 USD"})", R"({"fees": {"USD": "0.00", "EUR": "4.00"},
         "debit": {"USD": "10.00", "EUR": "4.00"}})"},
    {"a list of one is not lone", R"({"fees": [{"id": "f", "flat": ["5 EUR"]}]})",
     R"({"amount": "10 USD"})", R"({"error": "missing_money"})"},
    {"max wins", R"({"fees": [{"id": "f", "percent": "1", "convert": true,
      "min": ["4 EUR"], "max": ["3 USD", "6 EUR"]}]})",
     R"({"amount": "10 USD"})", R"({"amounts": ["3.00"]})"},
};

}  // namespace

std::vector<Fact> charge_facts() { return {std::begin(charges), std::end(charges)}; }
