// validate against brute force: over all amounts of small tariffs it finds what trying them all
// finds, and no more; in sound tariffs it finds nothing, and each planted defect alone; and what
// its commands ask shows what it said.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cells/cells.h"
#include "fees/tariff.h"
#include "property/sound_dice.h"
#include "schedule/decode/load.h"
#include "validation/validate.h"

namespace {

using levy::Code;
using levy::Rational;
using property::Json;

long passed = 0, failed = 0;

void check(bool holds, const std::string& what, const Json& tariff) {
  ++(holds ? passed : failed);
  if (!holds && failed <= 10) std::printf("%s\n%s\n", what.c_str(), tariff.dump().c_str());
}

levy::fees::Plan load(const Json& tariff) {
  auto schedule = levy::schedule::decode::load_schedule(levy::Source("x.json", tariff.dump(1)));
  if (!schedule) {
    std::printf("%s\n%s\n", schedule.faults().front().message.c_str(), tariff.dump(1).c_str());
    std::exit(1);
  }
  return levy::fees::compile(std::move(*schedule));
}

// ---- brute force -------------------------------------------------------------------------------

struct Point {
  std::optional<Code> fault;
  Rational fees, exact, credit, debit;
  bool nothing = false;  // a share came to something, and was rounded to nothing
};

bool is_share(const levy::schedule::Case& one) {
  const levy::schedule::Charge& charge = one.charge;
  auto shares = [](const levy::schedule::Terms& terms) {
    return terms.find<levy::schedule::Percent>() != nullptr;
  };
  auto any = [&](const std::vector<levy::schedule::Band>& bands) {
    return std::any_of(bands.begin(), bands.end(),
                       [&](const levy::schedule::Band& band) { return shares(band.terms); });
  };
  return shares(charge.terms) || any(charge.slab()) || any(charge.graduated());
}

Point point_at(const levy::fees::Plan& plan, const levy::cells::Cell& cell, int amount) {
  levy::facts::Operation operation = cell.operation;
  operation.amount = Rational(amount);
  levy::facts::Readings none;
  levy::fees::AmountRange amounts = levy::fees::AmountRange::at(Rational(amount));
  auto value =
      levy::fees::evaluate(plan, levy::fees::EvaluationContext{operation, nullptr, none}, amounts);
  Point point;
  if (!value) {
    point.fault = value.faults().front().code;
    return point;
  }
  bool total = plan.schedule.rounding.apply == levy::schedule::Rounding::Apply::total;
  levy::Currency source = operation.currency;
  point.fees = value->on_top[source].constant() + value->deducted[source].constant();
  point.credit = value->credit.constant();
  point.debit = value->debit[source].constant();
  for (const levy::fees::LineForm& line : value->lines) {
    Rational exact = line.exact.constant();
    point.exact += exact;
    const levy::fees::FeePlan& fee = plan.fees[line.fee];
    const auto& sums =
        line.collect == levy::schedule::Collect::on_top ? value->on_top : value->deducted;
    Rational charged = total ? sums.at(source).constant() : line.amount.constant();
    if (is_share(*fee.cases[line.case_index].as_written) && exact.sign() > 0 && charged.sign() <= 0)
      point.nothing = true;
  }
  return point;
}

struct Truth {
  std::set<std::string> codes;
  std::optional<int> above_until;           // the last amount below its fees
  std::map<std::string, int> first_breach;  // by the promise's key
};

void look_at(const std::vector<Point>& points, Truth& truth) {
  const Point* last = nullptr;
  for (int x = 0; x < static_cast<int>(points.size()); ++x) {
    const Point& point = points[static_cast<std::size_t>(x)];
    if (point.fault) {
      if (*point.fault == Code::uncovered) truth.codes.insert("uncovered");
      if (*point.fault == Code::above_last_band) truth.codes.insert("closed_last_band");
      continue;
    }
    if (last && (point.credit < last->credit || point.debit < last->debit))
      truth.codes.insert("cliff");
    if (point.fees.sign() < 0) truth.codes.insert("negative_total");
    if (x > 0 && point.fees > Rational(x)) truth.codes.insert("fee_above_amount");
    if (x > 0 && point.fees > Rational(x) && x > truth.above_until.value_or(0))
      truth.above_until = x;
    last = &point;
  }
}

void look_for_splits(const std::vector<Point>& points, Truth& truth) {
  int size = static_cast<int>(points.size());
  for (int whole = 2; whole < size; ++whole) {
    const Point& at_once = points[static_cast<std::size_t>(whole)];
    for (int first = 1; !at_once.fault && 2 * first <= whole; ++first) {
      const Point& one = points[static_cast<std::size_t>(first)];
      const Point& other = points[static_cast<std::size_t>(whole - first)];
      if (one.fault || other.fault) continue;
      if (one.exact + other.exact < at_once.exact && one.fees + other.fees < at_once.fees) {
        truth.codes.insert("split");
        return;
      }
    }
  }
}

bool in_range(const Json& when, const std::string& method, int amount) {
  if (when.contains("method") && when["method"] != method) return false;
  if (!when.contains("amount")) return true;
  for (const auto& [key, text] : when["amount"].items()) {
    int bound = std::atoi(text.get<std::string>().c_str());
    bool holds = key == "from"    ? amount >= bound
                 : key == "above" ? amount > bound
                 : key == "up_to" ? amount <= bound
                                  : amount < bound;
    if (!holds) return false;
  }
  return true;
}

void look_for_breaches(const Json& tariff, const std::string& method,
                       const std::vector<Point>& points, Truth& truth) {
  for (const Json& promise : tariff["guarantees"]) {
    for (const char* key : {"fee_at_most", "fee_at_least", "credit_at_least"}) {
      if (!promise.contains(key)) continue;
      for (int x = 0; x < static_cast<int>(points.size()); ++x) {
        const Point& point = points[static_cast<std::size_t>(x)];
        bool meant = in_range(promise.value("when", Json::object()), method, x);
        if (point.fault || !meant) continue;
        bool share = promise[key].is_object();
        std::string text =
            share ? promise[key]["percent"].get<std::string>() : promise[key].get<std::string>();
        Rational bound = Rational(std::atoi(text.c_str()));
        if (share) bound = bound * Rational(x) / Rational(100);
        const Rational& actual = std::string(key) == "credit_at_least" ? point.credit : point.fees;
        bool broken = std::string(key) == "fee_at_most" ? actual > bound : actual < bound;
        if (!broken) continue;
        auto [known, is_new] = truth.first_breach.emplace(key, x);
        if (!is_new) known->second = std::min(known->second, x);
        truth.codes.insert("broken_guarantee");
        break;
      }
    }
  }
}

Truth brute_force(const Json& tariff, const levy::fees::Plan& plan) {
  Truth truth;
  for (const char* method : {"bank", "card"}) {
    levy::cells::Cell cell = levy::cells::find_cells({&plan}, "pay").all.front();
    cell.operation.attributes["method"] = method;
    std::vector<Point> points;
    for (int x = 0; x <= property::scan_max; ++x) points.push_back(point_at(plan, cell, x));
    for (const Point& point : points)
      if (point.nothing) truth.codes.insert("rounds_to_nothing");
    look_at(points, truth);
    look_for_splits(points, truth);
    look_for_breaches(tariff, method, points, truth);
  }
  return truth;
}

// ---- what validate's commands show -------------------------------------------------------------

levy::Checked<levy::fees::Quote> ask(const levy::fees::Tariff& tariff,
                                     const levy::CommandWords& words) {
  levy::fees::Question question;
  question.now = levy::cells::time_in_force(tariff.versions.front().schedule);
  question.request.operation = words[3];
  for (std::size_t i = 4; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      question.request.amount = words[i];
    } else if (words[i] != "--explain" && words[i] != "--at") {
      std::string name = words[i].substr(2);
      std::replace(name.begin(), name.end(), '-', '_');
      question.request.set(name, words[++i]);
    } else if (words[i] == "--at") {
      ++i;
    }
  }
  return levy::fees::quote(tariff, question);
}

Rational total_of(const levy::fees::Quote& quote) {
  return quote.fees.at(quote.operation.currency);
}

bool shows(const levy::fees::Tariff& tariff, const levy::validation::Finding& finding) {
  std::vector<levy::Checked<levy::fees::Quote>> quotes;
  for (const levy::CommandWords& words : finding.reproduce) quotes.push_back(ask(tariff, words));
  auto quoted = [&](std::size_t i) { return static_cast<bool>(quotes[i]); };
  switch (finding.what.code) {
    case Code::uncovered:
      return !quoted(0) && quotes[0].faults().front().code == Code::uncovered;
    case Code::closed_last_band:
      return !quoted(0) && quotes[0].faults().front().code == Code::above_last_band;
    case Code::cliff: {
      if (!quoted(0) || !quoted(1)) return false;
      levy::Currency source = quotes[0]->operation.currency;
      return *quotes[0]->operation.amount < *quotes[1]->operation.amount &&
             (quotes[1]->credit.amount < quotes[0]->credit.amount ||
              quotes[1]->debit.at(source) < quotes[0]->debit.at(source));
    }
    case Code::split:
      return quoted(0) && quoted(1) && (quotes.size() < 3 || quoted(2)) &&
             total_of(*quotes[1]) + total_of(*quotes.back()) < total_of(*quotes[0]);
    case Code::fee_above_amount:
      return quoted(0) ? total_of(*quotes[0]) > *quotes[0]->operation.amount
                       : quotes[0].faults().front().code == Code::fees_exceed_amount;
    case Code::negative_total:
      return quoted(0) ? total_of(*quotes[0]).sign() < 0
                       : quotes[0].faults().front().code == Code::fees_exceed_amount;
    case Code::rounds_to_nothing: {
      if (!quoted(0)) return false;
      Rational deducted, on_top;  // before rounding
      for (const levy::fees::Line& line : quotes[0]->lines)
        (line.collect == levy::schedule::Collect::deducted ? deducted : on_top) += line.exact;
      Rational amount = *quotes[0]->operation.amount;
      Rational credit = quotes[0]->credit.amount;
      Rational debit = quotes[0]->debit.at(quotes[0]->operation.currency);
      const auto& lines = quotes[0]->lines;
      bool of_line = std::any_of(lines.begin(), lines.end(), [](const levy::fees::Line& line) {
        return line.exact.sign() > 0 && line.amount.amount.sign() <= 0;
      });
      return of_line || (deducted.sign() > 0 && credit >= amount) ||
             (on_top.sign() > 0 && debit <= amount);
    }
    case Code::broken_guarantee:
      return quoted(0);
    default:
      return true;
  }
}

void check_shown(const Json& tariff, const levy::validation::Report& report) {
  auto loaded = levy::fees::load_tariff({levy::Source("x.json", tariff.dump(1))});
  for (const levy::validation::Finding& finding : report.findings) {
    std::string code(to_string(finding.what.code));
    check(shows(*loaded, finding), code + " is not shown: " + finding.what.message, tariff);
    check(!finding.what.message.empty() && !finding.what.remedy.empty(), code + " is bare", tariff);
  }
}

// ---- the properties ----------------------------------------------------------------------------

// What brute force over one operation can see.
const std::set<std::string> seen_by_force = {
    "uncovered",      "closed_last_band",  "cliff",           "split", "fee_above_amount",
    "negative_total", "rounds_to_nothing", "broken_guarantee"};

std::string figure(const levy::validation::Finding& finding, const std::string& name) {
  for (const auto& [known, value] : finding.figures)
    if (known == name) return value;
  return "";
}

void check_small(std::uint64_t seed) {
  Json tariff = property::small_tariff(seed);
  levy::fees::Plan plan = load(tariff);
  levy::validation::Report report = levy::validation::validate({&plan});
  Truth truth = brute_force(tariff, plan);
  std::set<std::string> found;
  for (const levy::validation::Finding& finding : report.findings)
    found.emplace(to_string(finding.what.code));
  check(report.undecided.empty(), "something is undecided", tariff);
  for (const std::string& code : seen_by_force) {
    bool unquotable = code == "fee_above_amount" || code == "negative_total";
    if (unquotable && found.contains(code)) {  // also told of amounts that no quote is given for
      check_shown(tariff, report);
      continue;
    }
    check(found.contains(code) == truth.codes.contains(code),
          "seed " + std::to_string(seed) + ": " + code +
              (found.contains(code) ? " found, and there is none" : " not found"),
          tariff);
  }
  for (const levy::validation::Finding& finding : report.findings) {
    if (finding.what.code != Code::broken_guarantee) continue;
    auto first = truth.first_breach.find(finding.key);
    bool right = first != truth.first_breach.end() &&
                 figure(finding, "at") == std::to_string(first->second) + " ZED";
    check(right, "seed " + std::to_string(seed) + ": not the smallest amount that breaks it",
          tariff);
  }
  check_shown(tariff, report);
}

std::set<std::string> codes_of(const Json& tariff) {
  levy::fees::Plan plan = load(tariff);
  levy::validation::Report report = levy::validation::validate({&plan});
  check_shown(tariff, report);
  std::set<std::string> codes;
  for (const levy::validation::Finding& finding : report.findings)
    codes.emplace(to_string(finding.what.code));
  return codes;
}

std::string words(const std::set<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += " " + code;
  return text.empty() ? " nothing" : text;
}

}  // namespace

int main(int count, char** arguments) {
  int small = count > 1 ? std::atoi(arguments[1]) : 400;
  int planted = count > 2 ? std::atoi(arguments[2]) : 5;
  for (int seed = 0; seed < small; ++seed) check_small(static_cast<std::uint64_t>(seed));
  for (int seed = 0; seed < planted; ++seed) {
    auto number = static_cast<std::uint64_t>(seed);
    Json sound = property::sound_tariff(number);
    std::set<std::string> none = codes_of(sound);
    check(none.empty(), "a sound tariff has" + words(none), sound);
    for (int kind = 0; kind < property::plants; ++kind) {
      property::Planted one = property::plant(kind, number);
      std::set<std::string> codes = codes_of(one.tariff);
      check(codes == one.codes,
            "defect " + std::to_string(kind) + ":" + words(codes) + ", planted" + words(one.codes),
            one.tariff);
    }
  }
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
