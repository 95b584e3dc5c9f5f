// The manual of the library's face, as it stands in levy.h; nothing of levy but that is included.
#include "levy.h"

#include <string>

#include "unit/catch.h"

namespace {

levy::Checked<levy::Tariff> card_tariff() {
  levy::Source file("fee.json", R"({"levy": 1, "id": "fee", "currency": "EUR",
      "fees": [{"id": "card", "percent": "2.5", "flat": "0.25 EUR", "collect": "deducted"}]})");
  return levy::load_tariff({file});
}

levy::Question payment_of(const std::string& amount) {
  levy::Question question;
  question.request.operation = "payment";
  question.request.amount = amount;
  question.now = levy::now();
  return question;
}

}  // namespace

TEST_CASE("levy.h: a quote, there and back", "[levy]") {
  levy::Checked<levy::Tariff> tariff = card_tariff();
  REQUIRE(tariff);
  levy::Question question = payment_of("18 EUR");
  levy::Checked<levy::Quote> answer = levy::quote(*tariff, question);
  REQUIRE(answer);
  levy::Currencies known = answer->plan->schedule.currencies;
  CHECK(levy::to_string(answer->credit, known) == "17.30 EUR");

  question.request.amount = "";
  question.receive = "17.30 EUR";
  answer = levy::quote(*tariff, question);
  REQUIRE(answer);
  CHECK(*answer->operation.amount == levy::Rational(18));
}

TEST_CASE("levy.h: what is wrong is told with its place", "[levy]") {
  levy::Checked<levy::Tariff> tariff =
      levy::load_tariff({levy::Source("fee.json", R"({"levy": 1, "id": "fee", "fee": []})")});
  REQUIRE_FALSE(tariff);
  CHECK(tariff.faults().front().code == levy::Code::missing_key);
  CHECK_FALSE(tariff.faults().front().remedy.empty());
}

TEST_CASE("levy.h: check, curves, validate, diff and examples", "[levy]") {
  levy::Checked<levy::Tariff> tariff =
      levy::load_tariff({levy::Source("fee.json", R"({"levy": 1, "id": "fee", "currency": "EUR",
      "fees": [{"id": "card", "percent": "2.5", "flat": "0.25 EUR", "collect": "deducted"}],
      "limits": [{"id": "single", "max": "100 EUR"}]})")});
  REQUIRE(tariff);
  const levy::Plan& plan = tariff->versions.front();

  levy::CheckQuestion asked;
  asked.question = payment_of("250 EUR");
  levy::Checked<levy::Verdict> verdict = levy::check(*tariff, asked);
  REQUIRE(verdict);
  CHECK_FALSE(verdict->allowed);

  levy::Question any = payment_of("");
  any.request.currency = "EUR";
  CHECK(levy::find_series(*tariff, any, {0, std::nullopt}).size() == 1);
  CHECK_FALSE(levy::validate({&plan}).findings.empty());
  CHECK(levy::diff(plan, plan, nullptr).is_same());
  CHECK(levy::expand(*tariff, payment_of("18 EUR")).size() == 1);
}

TEST_CASE("levy.h: a table from memory", "[levy]") {
  levy::Checked<levy::Tariff> tariff = card_tariff();
  REQUIRE(tariff);
  std::string rows;
  levy::BatchOptions options;
  options.now = levy::now();
  levy::Checked<levy::BatchOutcome> outcome =
      levy::run_batch(*tariff, options,
                      {{"table.csv", levy::read_from("operation,amount\npay,18\n")}}, std::nullopt,
                      {[&](std::string_view out) {
                         rows += out;
                         return true;
                       },
                       {},
                       {},
                       {},
                       {}});
  REQUIRE(outcome);
  CHECK(rows.find("pay,18,ok,0.70,") != std::string::npos);
}
