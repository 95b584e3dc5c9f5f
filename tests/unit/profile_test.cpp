#include "limits/profile.h"

#include "unit/limits_fixture.h"

namespace levy {
namespace {

schedule::Schedule ladder() {
  return schedule_with(R"("evidence": {"id": {"kind": "document"},
      "paper": {"kind": "document", "max_age": "90d"}, "grant": {"kind": "approval"},
      "age": {"kind": "number"}, "volume": {"kind": "activity", "window": {"rolling": "90d"}}},
    "tiers": [{"id": "low"}, {"id": "high", "requires": "id"}],
    "limits": [{"id": "daily", "window": "day", "max": {"low": "10 EUR", "high": "20 EUR"}},
               {"id": "often", "measure": "count", "window": "day", "max": "5"}])");
}

TEST_CASE("A profile, whole", "[profile]") {
  formats::Document document = document_of(R"({"account": "a", "tier": "high", "country": "DE",
    "evidence": {"id": true, "paper": {"issued": "2026-10-01", "until": "2027-01-01"},
                 "grant": {"until": "2026-12-31T12:00:00Z"}, "age": "120"},
    "usage": {"daily": "3.50", "often": 2, "volume": "7 USD"}, "balance": "12 USD",
    "overrides": [{"limit": "daily", "max": "15 EUR", "until": "2026-12-31", "ref": "CS-1"},
                  {"limit": "often", "max": null}, {"limit": "often", "max": "9"}]})");
  Checked<limits::Profile> profile = limits::decode_profile(document, ladder());
  if (!profile) FAIL(profile.faults().front().message);
  CHECK(profile->account == "a");
  CHECK(profile->tier == "high");
  CHECK(profile->country == "DE");
  CHECK(profile->evidence->at("id").given);
  CHECK(to_string(*profile->evidence->at("paper").issued, TimeZone()) == "2026-10-01T00:00:00Z");
  CHECK(to_string(*profile->evidence->at("grant").until, TimeZone()) == "2026-12-31T12:00:00Z");
  CHECK(*profile->evidence->at("age").number == Decimal(120));
  using Pair = std::pair<std::string, std::string>;
  CHECK(profile->usage ==
        std::vector<Pair>{{"daily", "3.5 EUR"}, {"often", "2"}, {"volume", "7 USD"}});
  CHECK(profile->balance == "12 USD");
  REQUIRE(profile->overrides.size() == 3);
  CHECK(*profile->overrides[0].max == Rational(15));
  CHECK(profile->overrides[0].ref == "CS-1");
  CHECK_FALSE(profile->overrides[1].max);
  CHECK_FALSE(profile->overrides[1].until);
  CHECK(profile->overrides[2].currency.empty());
}

TEST_CASE("An empty profile says nothing", "[profile]") {
  Checked<limits::Profile> profile = limits::decode_profile(document_of("{}"), ladder());
  REQUIRE(profile);
  CHECK_FALSE(profile->evidence);
  CHECK_FALSE(profile->tier);
}

TEST_CASE("All faults of a profile, each at its place", "[profile]") {
  struct Case {
    const char* json;
    std::vector<std::pair<Code, std::string>> faults;  // code, pointer
  };
  const Case cases[] = {
      {"[]", {{Code::wrong_type, ""}}},
      {R"({"teir": "low"})", {{Code::unknown_key, "/teir"}}},
      {R"({"tier": "lo", "country": "UK"})",
       {{Code::unknown_tier, "/tier"}, {Code::unknown_country, "/country"}}},
      {R"({"evidence": {"idd": true}})", {{Code::unknown_evidence, "/evidence/idd"}}},
      {R"({"evidence": {"id": "yes"}})", {{Code::wrong_type, "/evidence/id"}}},
      {R"({"evidence": {"id": {}}})", {{Code::missing_key, "/evidence/id"}}},
      {R"({"evidence": {"id": {"until": "soon"}}})", {{Code::bad_time, "/evidence/id/until"}}},
      {R"({"evidence": {"grant": {"issued": "2026-01-01"}}})",
       {{Code::unknown_key, "/evidence/grant/issued"}}},
      {R"({"evidence": {"age": true}})", {{Code::wrong_type, "/evidence/age"}}},
      {R"({"evidence": {"age": "-1"}})", {{Code::bad_value, "/evidence/age"}}},
      {R"({"evidence": {"volume": "5 EUR"}})", {{Code::conflicting_keys, "/evidence/volume"}}},
      {R"({"usage": {"dayly": "1"}})", {{Code::unknown_meter, "/usage/dayly"}}},
      {R"({"usage": {"daily": "x", "often": "1 EUR"}})",
       {{Code::bad_decimal, "/usage/daily"}, {Code::bad_decimal, "/usage/often"}}},
      {R"({"balance": "1 EURO"})", {{Code::unknown_currency, "/balance"}}},
      {R"({"overrides": [{"limit": "weekly", "max": "1"}]})",
       {{Code::unknown_limit, "/overrides/0/limit"}}},
      {R"({"overrides": [{"limit": "daily"}]})", {{Code::missing_key, "/overrides/0"}}},
      {R"({"overrides": [{"max": "1"}]})", {{Code::missing_key, "/overrides/0"}}},
      {R"({"overrides": [{"limit": "daily", "max": "0.001"}]})",
       {{Code::precision, "/overrides/0/max"}}},
      {R"({"overrides": [{"limit": "daily", "max": "1", "untill": "2027-01-01"}]})",
       {{Code::unknown_key, "/overrides/0/untill"}}},
  };
  for (const Case& one : cases) {
    INFO(one.json);
    Checked<limits::Profile> profile = limits::decode_profile(document_of(one.json), ladder());
    REQUIRE_FALSE(profile);
    std::vector<std::pair<Code, std::string>> faults;
    for (const Diagnostic& fault : profile.faults())
      faults.emplace_back(fault.code, fault.place.pointer());
    CHECK(faults == one.faults);
  }
}

}  // namespace
}  // namespace levy
