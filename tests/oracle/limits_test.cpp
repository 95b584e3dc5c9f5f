// levy's decisions against the oracle of limits, and properties that need no oracle. Prints the
// first disagreements with all that is needed to repeat them; exit status 1 if there is one.
//
//   oracle_limits [DECISIONS [FIRST_SEED]]
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "ask/check.h"
#include "formats/read_rows.h"
#include "limits_dice.h"
#include "limits_oracle.h"
#include "render/json/quote_json.h"

namespace {

using limits_oracle::Calendar;
using limits_oracle::Json;
using limits_oracle::Oracle;
using limits_oracle::Sample;
using oracle::Rational;

struct Tally {
  long passed = 0, failed = 0, allowed = 0, declined = 0, refused = 0, retried = 0, scanned = 0;
};

const Calendar& calendar_of(const std::string& zone) {
  static std::map<std::string, std::unique_ptr<Calendar>> known;
  auto& calendar = known[zone];
  if (!calendar) calendar = std::make_unique<Calendar>(zone);
  return *calendar;
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string csv_of(const Json& rows) {
  std::vector<std::string> names = {"account", "time",   "operation", "amount", "currency",
                                    "debit",   "status", "method",    "vip",    "units"};
  std::string csv;
  for (const std::string& name : names) csv += (csv.empty() ? "" : ",") + name;
  for (const Json& row : rows) {
    csv += "\r\n";
    for (std::size_t i = 0; i < names.size(); ++i)
      csv += (i > 0 ? "," : "") + (row.contains(names[i]) ? text(row[names[i]]) : "");
  }
  return csv;
}

std::string json_lines_of(const Json& rows) {
  std::string lines;
  for (const Json& row : rows) lines += row.dump() + "\n";
  return lines;
}

// One sample as levy sees it; what the question borrows lives here.
class Asked {
 public:
  explicit Asked(const Sample& sample) : sample_(sample) {
    auto tariff = levy::fees::load_tariff({levy::Source("schedule", sample.schedule.dump())});
    if (!tariff) std::printf("schedule: %s\n", tariff.faults().front().message.c_str());
    tariff_ = std::move(*tariff);
    if (!sample.profile.is_null())
      profile_ = *levy::formats::parse_json(levy::Source("profile", sample.profile.dump()));
    if (!sample.rates.is_null())
      rates_ = *levy::facts::parse_rates(levy::Source("rates", sample.rates.dump()));
  }

  levy::Checked<levy::limits::Verdict> check(const Json& request, const Json& history) {
    levy::ask::CheckQuestion asked;
    for (const auto& [key, value] : request.items()) {
      if (key != "used") asked.question.request.set(key, text(value));
    }
    const Json used = request.value("used", Json::object());
    for (const auto& [id, value] : used.items()) asked.question.used.emplace_back(id, text(value));
    asked.question.strict = sample_.strict;
    asked.account = "a1";
    asked.new_account = true;  // the dice give histories without a row of it
    if (profile_) asked.profile = &*profile_;
    if (rates_) asked.question.rates = &*rates_;
    if (!history.is_null()) {
      rows_ = history.size() % 2 == 0 ? csv_of(history) : json_lines_of(history);
      if (!rows_.empty())
        asked.history = levy::formats::read_table("history", levy::formats::read_from(rows_));
    }
    return levy::ask::check(tariff_, asked);
  }
  levy::Checked<levy::limits::Verdict> check() { return check(sample_.request, sample_.history); }

  const levy::schedule::Schedule& schedule() const { return tariff_.versions.front().schedule; }

 private:
  const Sample& sample_;
  levy::fees::Tariff tariff_;
  std::optional<levy::formats::Document> profile_;
  std::optional<levy::facts::RatesHistory> rates_;
  std::string rows_;
};

Json answer_of(const levy::limits::Verdict& verdict) {
  levy::formats::JsonWriter json;
  json.begin_object();
  levy::render::json::write_verdict(json, verdict);
  json.end_object();
  return Json::parse(json.text());
}

bool same_figure(const Json& ours, const Json& theirs) {
  if (ours.is_null() || theirs.is_null()) return ours.is_null() && theirs.is_null();
  return limits_oracle::value_of(ours) == limits_oracle::value_of(theirs);
}

// "30 AAA" and "30" alike are figures here.
Json plain_missing(const Json& allowed_at) {
  if (allowed_at.is_null()) return nullptr;
  Json result = {{"tier", allowed_at["tier"]}, {"missing", Json::array()}};
  for (const Json& set : allowed_at["missing"]) {
    Json items = Json::array();
    for (const Json& item : set) items.push_back(item.is_string() ? item : Json(item.dump()));
    result["missing"].push_back(items);
  }
  return result;
}

std::string compare_limits(const Json& levy, const Json& oracle) {
  if (levy.size() != oracle.size()) return "other limits apply";
  for (std::size_t i = 0; i < oracle.size(); ++i) {
    const Json &ours = levy[i], &theirs = oracle[i];
    if (ours["limit"] != theirs["limit"]) return "other limits apply";
    for (const char* key : {"min", "max", "used", "after", "headroom"}) {
      if (!same_figure(ours[key], theirs[key])) return theirs["limit"].dump() + " " + key;
    }
    for (const char* key : {"assumed", "holds"}) {
      if (ours[key] != theirs[key]) return theirs["limit"].dump() + " " + key;
    }
    if (ours["override"].is_null() == theirs["overridden"].get<bool>())
      return theirs["limit"].dump() + " override";
  }
  return "";
}

// What differs; empty: nothing.
std::string compare(const Json& levy, const Json& oracle) {
  std::string limits = compare_limits(levy["limits"], oracle["limits"]);
  if (!limits.empty()) return limits;
  for (const char* key : {"allowed", "blocked_by"}) {
    if (levy[key] != oracle[key]) return key;
  }
  Json tier = levy.contains("tier") ? levy["tier"] : Json(nullptr);
  if (tier != oracle["tier"]) return "tier";
  if (plain_missing(levy["allowed_at"]) != plain_missing(oracle["allowed_at"])) return "allowed_at";
  return "";
}

// ---- the largest amount --------------------------------------------------------------------

// The oracle tries every amount that could be it, from the top.
std::string compare_max(const Json& levy, Oracle& oracle, const std::string& currency, bool scan) {
  Rational unit = currency == "CCC" ? Rational(1) / 10 : Rational(1);
  const Rational beyond = 100000;  // more than any bound here
  if (!levy.contains("max_amount")) return "max_amount is not known";
  if (levy["max_amount"].is_null()) return oracle.passes(beyond) ? "" : "max_amount has an end";
  Rational most = limits_oracle::value_of(levy["max_amount"][currency]);
  if (oracle.passes(beyond)) return "max_amount has no end";
  if (most > 0 && !oracle.passes(most)) return "max_amount does not pass";
  if (oracle.passes(most + unit)) return "one unit more than max_amount passes";
  if (!scan) return "";
  for (Rational more = most + unit; more < most + 700; more += unit) {
    if (oracle.passes(more)) return "more than max_amount passes: " + more.str();
  }
  return "";
}

// ---- when to try again ---------------------------------------------------------------------

std::string compare_retry(const Json& levy, Oracle& oracle, const Calendar& calendar) {
  if (!levy.contains("retry_at")) return "retry_at is left out";
  auto expected = oracle.retry_at();
  Json text = expected ? Json(calendar.text(*expected)) : Json(nullptr);
  if (levy["retry_at"] != text) return "retry_at, expected " + text.dump();
  if (expected && *expected - 1 > oracle.time() && oracle.passes_at(*expected - 1))
    return "retry_at passes a second earlier";
  return "";
}

// ---- properties ----------------------------------------------------------------------------

bool has_min_or_balance(const Json& schedule) {
  for (const Json& limit : schedule["limits"]) {
    if (limit.contains("min") || limit.value("measure", "") == "balance") return true;
  }
  return false;
}

int rank(const levy::limits::Verdict& verdict, const levy::schedule::Schedule& schedule) {
  for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
    if (verdict.tier == schedule.tiers[i].id) return int(i);
  }
  return -1;
}

// A row less never turns allowed into declined. Not where activity lifts the account.
std::string check_row_removed(Asked& asked, const Sample& sample, std::size_t which) {
  if (has_min_or_balance(sample.schedule) || sample.history.empty()) return "";
  bool given = sample.request.contains("tier") ||
               (!sample.profile.is_null() && sample.profile.contains("tier"));
  if (!given && !sample.profile.is_null()) return "";
  Json history = sample.history;
  history.erase(which % history.size());
  auto verdict = asked.check(sample.request, history);
  if (!verdict) return history.empty() ? "" : "a row removed is a fault";
  return verdict->allowed ? "" : "a row removed declines";
}

// Every piece of evidence, added alone, leaves the account where it is or lifts it.
std::string check_evidence_added(const Sample& sample, const levy::limits::Verdict& before) {
  if (sample.profile.is_null() || !sample.profile.contains("evidence")) return "";
  for (const char* id : {"doc", "paper", "grant", "age"}) {
    Sample more = sample;
    more.profile["evidence"][id] = std::string(id) == "age" ? Json("999") : Json(true);
    Asked asked(more);
    auto verdict = asked.check();
    if (!verdict) continue;  // a tier in which another limit asks for what is not there
    if (rank(*verdict, asked.schedule()) < rank(before, asked.schedule()))
      return std::string("the tier falls with more evidence: ") + id;
  }
  return "";
}

// With any one of the missing sets, the account stands at the tier, or higher.
std::string check_missing_brought(const Sample& sample, const levy::limits::Verdict& verdict) {
  bool given = sample.request.contains("tier") ||
               (!sample.profile.is_null() && sample.profile.contains("tier"));
  if (!verdict.allowed_at || given || sample.profile.is_null()) return "";
  for (const levy::limits::MissingSet& set : verdict.allowed_at->missing) {
    Sample brought = sample;
    for (const levy::limits::MissingEvidence& lack : set) {
      if (lack.evidence == "volume") {
        brought.request["used"]["volume"] = lack.threshold.to_string();
      } else {
        brought.profile["evidence"][lack.evidence] =
            lack.at_least ? Json(lack.threshold.to_string()) : Json(true);
      }
    }
    Asked asked(brought);
    auto lifted = asked.check();
    if (lifted && lifted->tier < verdict.allowed_at->tier) return "missing evidence does not lift";
  }
  return "";
}

// ---- one decision --------------------------------------------------------------------------

std::string compare_errors(const levy::Diagnostics& faults, const Json& expected) {
  if (!expected.contains("error")) {
    return "levy refuses: " + std::string(to_string(faults.front().code)) + " " +
           faults.front().message;
  }
  std::string code(to_string(faults.front().code));
  for (const Json& one : expected["error"]) {
    if (one == code) return "";
  }
  return "another error: " + code;
}

std::string run(const Sample& sample, unsigned long long seed, Tally& tally) {
  const Calendar& calendar = calendar_of(sample.zone);
  Oracle oracle({sample.schedule, sample.request, sample.profile, sample.history, sample.rates,
                 sample.strict},
                calendar);
  Json expected = oracle.check();
  Asked asked(sample);
  bool empty_csv = !sample.history.is_null() && sample.history.empty();
  auto verdict = asked.check();
  if (!verdict) {
    ++tally.refused;
    return compare_errors(verdict.faults(), expected);
  }
  if (expected.contains("error")) return "levy answers";
  Json levy = answer_of(*verdict);
  std::string differs = compare(levy, expected);
  if (!differs.empty()) return differs;
  ++(verdict->allowed ? tally.allowed : tally.declined);
  bool scan = seed % 100 == 0;
  if (scan) ++tally.scanned;
  std::string currency(verdict->operation.currency.code());
  differs = compare_max(levy, oracle, currency, scan);
  if (differs.empty() && !verdict->allowed && !sample.history.is_null() && !empty_csv) {
    differs = compare_retry(levy, oracle, calendar);
    if (verdict->retry_at) ++tally.retried;
  }
  if (differs.empty() && verdict->allowed && !sample.history.is_null())
    differs = check_row_removed(asked, sample, seed);
  if (differs.empty() && seed % 5 == 0) differs = check_evidence_added(sample, *verdict);
  if (differs.empty()) differs = check_missing_brought(sample, *verdict);
  return differs;
}

void report(const Sample& sample, unsigned long long seed, const std::string& differs) {
  std::printf("seed %llu: %s\n", seed, differs.c_str());
  std::printf("  schedule %s\n  request %s\n  profile %s\n  history %s\n  rates %s%s\n",
              sample.schedule.dump().c_str(), sample.request.dump().c_str(),
              sample.profile.dump().c_str(), sample.history.dump().c_str(),
              sample.rates.dump().c_str(), sample.strict ? "\n  strict" : "");
}

}  // namespace

int main(int argc, char** argv) {
  unsigned long long count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 50000;
  unsigned long long first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  Tally tally;
  for (unsigned long long seed = first; seed < first + count; ++seed) {
    Sample sample = limits_oracle::Dice(seed).roll(calendar_of);
    std::string differs;
    try {
      differs = run(sample, seed, tally);
    } catch (const std::exception& fault) {
      differs = std::string("thrown: ") + fault.what();
    }
    if (differs.empty()) {
      ++tally.passed;
    } else if (++tally.failed <= 5) {
      report(sample, seed, differs);
    }
  }
  std::printf("%ld allowed, %ld declined, %ld refused, %ld with a time to try again, %ld scanned\n",
              tally.allowed, tally.declined, tally.refused, tally.retried, tally.scanned);
  std::printf("%ld passed, %ld failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
