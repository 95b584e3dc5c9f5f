#include "limits/ladder.h"

#include "limits/account_status.h"
#include "limits/missing_evidence.h"
#include "limits/profile.h"
#include "unit/limits_fixture.h"

namespace levy {
namespace {

constexpr const char* evidence = R"("evidence": {"a": {"kind": "document"},
    "b": {"kind": "document", "max_age": "30d"}, "c": {"kind": "approval"},
    "n": {"kind": "number"}, "v": {"kind": "activity", "window": {"rolling": "90d"}}},
    "limits": [{"id": "l", "max": "5 EUR"}], )";

schedule::Schedule with_tiers(const std::string& tiers) {
  return schedule_with(evidence + ("\"tiers\": [" + tiers + "]"));
}

limits::Account account_with(const limits::Ladder& ladder, const std::string& profile) {
  limits::AccountWords words;
  words.profile = *limits::decode_profile(document_of(profile), *ladder.schedule);
  return *limits::account_of(ladder, std::move(words), nullptr);
}

std::string words(const std::vector<limits::MissingSet>& sets) {
  std::string text;
  for (const limits::MissingSet& set : sets) {
    text += "[";
    for (const limits::MissingEvidence& needed : set) {
      text += needed.evidence;
      if (needed.at_least) text += ">=" + needed.threshold.to_string();
      text += " ";
    }
    text += "]";
  }
  return text;
}

TEST_CASE("An account stands at the highest tier whose requirements it meets", "[ladder]") {
  schedule::Schedule schedule =
      with_tiers(R"({"id": "t0"}, {"id": "t1", "requires": {"all": ["a", "b"]}},
    {"id": "t2", "requires": {"any": ["c", {"v": {"at_least": "50 EUR"}}]}},
    {"id": "t3", "requires": {"at_least": 2, "of": ["a", "c", {"n": {"at_least": "10"}}]}})");
  struct Case {
    const char *profile, *tier;
  };
  const Case cases[] = {
      {"{}", "unknown"},
      {R"({"evidence": {}})", "t0"},
      {R"({"evidence": {"a": true}})", "t0"},
      {R"({"evidence": {"a": true, "b": true}})", "t1"},
      {R"({"evidence": {"a": true, "b": {"issued": "2026-10-21"}}})", "t0"},
      {R"({"evidence": {"a": true, "b": {"issued": "2026-10-22"}}})", "t1"},
      {R"({"evidence": {"a": {"until": "2026-11-20T12:00:00Z"}, "b": true}})", "t0"},
      {R"({"evidence": {"a": {"until": "2026-11-20T12:00:01Z"}, "b": true}})", "t1"},
      {R"({"evidence": {"a": true, "b": {"issued": "2026-11-01", "until": "2026-11-02"}}})", "t0"},
      {R"({"evidence": {"a": true, "c": true, "n": "99"}})", "t0"},  // t1 first
      {R"({"evidence": {"a": true, "b": true, "c": true}})", "t3"},
      {R"({"evidence": {"a": true, "b": true}, "usage": {"v": "49.99"}})", "t1"},
      {R"({"evidence": {"a": true, "b": true}, "usage": {"v": "50"}})", "t2"},
      {R"({"evidence": {"a": true, "b": true, "n": "10"}, "usage": {"v": "50"}})", "t3"},
      {R"({"evidence": {"a": true, "b": false}})", "t0"},
      {R"({"tier": "t2", "evidence": {}})", "t2"},
  };
  limits::Ladder ladder = limits::compile_ladder(schedule);
  for (const Case& one : cases) {
    INFO(one.profile);
    limits::Account account = account_with(ladder, one.profile);
    limits::AccountSnapshot now{ladder, account, account.readings, at("2026-11-20T12:00:00Z")};
    auto tier = limits::present_tier(now, std::nullopt);
    REQUIRE(tier);
    CHECK((*tier ? schedule.tiers[**tier].id : "unknown") == one.tier);
  }
}

TEST_CASE("The smallest sets of what is missing", "[ladder]") {
  struct Case {
    const char *requires_, *profile, *missing;
  };
  const Case cases[] = {
      {R"("a")", "{}", "[a ]"},
      {R"("a")", R"({"evidence": {"a": true}})", "[]"},
      {R"({"all": ["b", "a"]})", "{}", "[a b ]"},
      {R"({"all": ["b", "a"]})", R"({"evidence": {"b": true}})", "[a ]"},
      {R"({"any": [{"all": ["a", "b"]}, "c"]})", "{}", "[c ][a b ]"},
      {R"({"any": [{"all": ["a", "b"]}, "c", {"all": ["c", "a"]}]})", "{}", "[c ][a b ]"},
      {R"({"at_least": 2, "of": ["a", "b", "c"]})", "{}", "[a b ][a c ][b c ]"},
      {R"({"at_least": 2, "of": ["a", "b", "c"]})", R"({"evidence": {"b": true}})", "[a ][c ]"},
      {R"({"n": {"at_least": "10"}})", R"({"evidence": {"n": "9.9"}})", "[n>=10 ]"},
      {R"({"any": [{"n": {"at_least": "20"}}, {"n": {"at_least": "10"}}]})", "{}", "[n>=10 ]"},
      {R"({"all": [{"n": {"at_least": "20"}}, {"n": {"at_least": "10"}}]})", "{}", "[n>=20 ]"},
      {R"({"all": [{"n": {"at_least": "20"}}, {"n": {"at_least": "10"}}]})",
       R"({"evidence": {"n": "15"}})", "[n>=20 ]"},
      {R"({"any": ["a", {"v": {"at_least": "50"}}]})", R"({"usage": {"v": "60"}})", "[]"},
      {R"({"all": [{"any": ["a", "b"]}, {"any": ["b", "c"]}]})", "{}", "[b ][a c ]"},
  };
  for (const Case& one : cases) {
    INFO(one.requires_ << " " << one.profile);
    schedule::Schedule schedule =
        with_tiers(R"({"id": "t0"}, {"id": "t1", "requires": )" + std::string(one.requires_) + "}");
    limits::Ladder ladder = limits::compile_ladder(schedule);
    limits::Account account = account_with(ladder, one.profile);
    limits::AccountSnapshot now{ladder, account, account.readings, at("2026-11-20")};
    auto missing = limits::missing_for(now, 1);
    REQUIRE(missing);
    CHECK(words(*missing) == one.missing);
  }
}

TEST_CASE("A higher tier also takes what the tiers below it take", "[ladder]") {
  schedule::Schedule schedule = with_tiers(R"({"id": "t0"}, {"id": "t1", "requires": "a"},
    {"id": "t2", "requires": {"any": ["b", "a"]}}, {"id": "t3", "requires": "c"})");
  limits::Ladder ladder = limits::compile_ladder(schedule);
  limits::Account account;
  limits::AccountSnapshot now{ladder, account, account.readings, at("2026-11-20")};
  CHECK(words(*limits::missing_for(now, 2)) == "[a ]");
  CHECK(words(*limits::missing_for(now, 3)) == "[a c ]");
}

TEST_CASE("Of too many ways the shortest are kept, and said not to be all", "[ladder]") {
  std::string all, names;
  for (int i = 0; i < 15; ++i) {  // of which any 6 are 5005 ways
    std::string id = "e" + std::to_string(i);
    all += (i > 0 ? ", \"" : "\"") + id + "\": {\"kind\": \"document\"}";
    names += (i > 0 ? ", \"" : "\"") + id + "\"";
  }
  schedule::Schedule schedule =
      schedule_with("\"evidence\": {" + all +
                    R"(}, "limits": [{"id": "l", "max": "5 EUR"}], "tiers":
      [{"id": "t0"}, {"id": "t1", "requires": {"at_least": 6, "of": [)" +
                    names + "]}}]");
  limits::Ladder ladder = limits::compile_ladder(schedule);
  limits::Account account;
  limits::AccountSnapshot now{ladder, account, account.readings, at("2026-11-20")};
  bool complete = true;
  auto missing = limits::missing_for(now, 1, &complete);
  REQUIRE(missing);
  CHECK_FALSE(complete);
  CHECK(missing->size() == 1024);
  for (const limits::MissingSet& set : *missing) CHECK(set.size() == 6);
}

TEST_CASE("An override raises or restricts", "[ladder]") {
  auto number = [](int value) -> std::optional<Rational> {
    return value < 0 ? std::nullopt : std::optional(Rational(value));  // -1: none
  };
  struct Case {
    int base, present, granted, max;
  };
  const Case cases[] = {
      {300, 300, 500, 500},      // a raise
      {10000, 300, 500, 10000},  // the larger of the two
      {300, 300, 100, 100},      // a restriction
      {10000, 300, 100, 100},    // in every tier
      {-1, 300, 100, 100},      {-1, 300, 500, -1},
      {300, 300, -1, -1},       {10000, 300, -1, -1},  // lifted
      {-1, -1, 500, 500},       {300, -1, 500, 500},   // the present tier has no max: a restriction
      {300, 300, 300, 300},     {10000, 300, 300, 10000},
  };
  for (const Case& one : cases) {
    INFO(one.base << " " << one.present << " " << one.granted);
    CHECK(limits::overridden_max(number(one.base), number(one.present), number(one.granted)) ==
          number(one.max));
  }
}

TEST_CASE("What expires soon, and where the account falls", "[ladder]") {
  schedule::Schedule schedule =
      with_tiers(R"({"id": "t0"}, {"id": "t1", "requires": {"all": ["a", "b"]}})");
  limits::Ladder ladder = limits::compile_ladder(schedule);
  limits::Account account = account_with(ladder, R"({"evidence": {"a": {"until": "2027-06-01"},
      "b": {"issued": "2026-11-01"}, "c": {"until": "2026-11-28"}},
    "overrides": [{"limit": "l", "max": "9", "until": "2026-11-25"}]})");
  limits::AccountSnapshot now{ladder, account, account.readings, at("2026-11-20")};
  auto status = limits::find_account_status(now, std::nullopt, 30 * 86400);
  REQUIRE(status);
  CHECK(status->tier == std::size_t{1});
  REQUIRE(status->expiring.size() == 3);
  CHECK(status->expiring[0].is_override);
  CHECK(status->expiring[1].id == "c");
  CHECK_FALSE(status->expiring[1].falls);
  CHECK(status->expiring[2].id == "b");
  CHECK(status->expiring[2].falls);
  CHECK(status->expiring[2].tier_after == "t0");
  CHECK(status->limits[0].by_tier[0].max == Rational(9));
}

}  // namespace
}  // namespace levy
