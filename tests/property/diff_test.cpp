// `levy diff` says "the same" exactly when quotes agree. Pairs of random tariffs are held against
// each other: written differently and meaning the same, and with one figure or word changed, which
// may mean the same. Of small tariffs every amount is quoted under both; of others all amounts near
// an edge of either, and small ones.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cells/cells.h"
#include "oracle/universe.h"
#include "oracle/universe_dice.h"
#include "property/sound_dice.h"
#include "render/pages/diff_page.h"
#include "schedule/decode/load.h"

namespace {

// " EUR" of "100 EUR"; nothing of a quantity's bound.
std::string unit_of(const std::string& bound) {
  std::size_t space = bound.find(' ');
  return space == std::string::npos ? "" : bound.substr(space);
}

using levy::Rational;
using oracle::Dice;
using property::Json;

long passed = 0, failed = 0;
std::map<std::string, int> failures;

void check(bool holds, const std::string& what, const std::string& shown) {
  ++(holds ? passed : failed);
  if (!holds && ++failures[what] <= 2) std::printf("%s\n%s\n", what.c_str(), shown.c_str());
}

std::optional<levy::fees::Plan> load(const Json& tariff) {
  auto schedule = levy::schedule::decode::load_schedule(levy::Source("x.json", tariff.dump(1)));
  if (!schedule) return std::nullopt;
  return levy::fees::compile(std::move(*schedule));
}

// ---- the same, written differently -------------------------------------------------------------

void reverse_keys(Json& node) {
  if (node.is_array()) {
    for (Json& item : node) reverse_keys(item);
  } else if (node.is_object()) {
    std::vector<std::pair<std::string, Json>> members;
    for (auto& [key, value] : node.items()) members.emplace_back(key, value);
    node = Json::object();
    for (auto member = members.rbegin(); member != members.rend(); ++member) {
      reverse_keys(member->second);
      node[member->first] = member->second;
    }
  }
}

// Of each share: percent becomes bps.
void say_bps(Json& node) {
  if (node.is_object() && node.contains("percent") && !node.contains("bps")) {
    const Json percent = node["percent"];
    if (percent.is_string() &&
        percent.get<std::string>().find_first_of("./") == std::string::npos) {
      node.erase("percent");
      node["bps"] = percent == "0" ? "0" : percent.get<std::string>() + "00";
    }
  }
  if (node.is_structured())
    for (auto& item : node) say_bps(item);
}

// A band is cut in two that charge alike.
void cut_slabs(Json& node) {
  if (node.is_object() && node.contains("slab") && node["slab"].front().contains("up_to")) {
    Json band = node["slab"].front();
    std::string bound = band["up_to"].get<std::string>();
    if (int end = std::atoi(bound.c_str()); end > 1) {
      band["up_to"] = std::to_string(end / 2) + unit_of(bound);
      node["slab"].insert(node["slab"].begin(), band);
    }
  }
  if (node.is_structured())
    for (auto& item : node) cut_slabs(item);
}

Json cases_of(Json& fee) {
  if (fee.contains("cases")) return fee["cases"];
  Json only = Json::object();
  for (const auto& [key, value] : fee.items())
    if (!std::set<std::string>{"id", "title", "operation", "collect", "round", "when"}.contains(
            key))
      only[key] = value;
  for (const auto& [key, value] : only.items()) fee.erase(key);
  return Json::array({only});
}

// Its last case becomes two, for amounts up to a bound and all others, or by method.
void split_case(Json& fee, const std::string& currency, Dice& dice) {
  Json cases = cases_of(fee), twin = cases.back();
  if (!twin.contains("when")) twin["when"] = Json::object();
  if (!twin["when"].contains("amount") && dice.chance(50)) {
    twin["when"]["amount"] = {{"up_to", std::to_string(dice.between(1, 50)) + " " + currency}};
  } else if (!twin["when"].contains("method")) {
    twin["when"]["method"] = "card";
  }
  cases.insert(cases.end() - 1, twin);
  fee["cases"] = cases;
}

Json reworded(Json tariff, Dice& dice) {
  Json& fees = tariff["fees"];
  if (dice.chance(50)) fees[0]["title"] = "In other words";
  if (dice.chance(50)) say_bps(fees);
  if (dice.chance(50)) cut_slabs(fees);
  for (Json& fee : fees)
    if (dice.chance(50)) split_case(fee, tariff["currency"].get<std::string>(), dice);
  if (dice.chance(30)) std::reverse(fees.begin(), fees.end());
  if (dice.chance(50)) fees.push_back({{"id", "waived"}, {"operation", "pay"}, {"waived", true}});
  tariff["note"] = "Nothing changes";
  if (dice.chance(50)) reverse_keys(tariff);
  return tariff;
}

// ---- one change --------------------------------------------------------------------------------

std::string changed_text(const std::string& text, Dice& dice) {
  static const std::vector<std::vector<std::string>> words = {
      {"on_top", "deducted"},
      {"bank", "card"},
      {"started", "complete"},
      {"up", "down", "half-up", "half-even", "half-down", "floor", "ceiling"}};
  for (const auto& list : words) {
    if (std::find(list.begin(), list.end(), text) != list.end()) return dice.pick(list);
  }
  std::size_t start = text.starts_with('-') ? 1 : 0,
              end = text.find_first_not_of("0123456789", start);
  if (end == start || text.empty()) return text;
  return std::to_string(std::atoi(text.c_str()) + dice.between(1, 2) * 5) +
         (end == std::string::npos ? "" : text.substr(end));
}

void collect_texts(Json& node, std::vector<Json*>& texts) {
  if (node.is_string()) texts.push_back(&node);
  if (!node.is_structured()) return;
  for (auto& [key, value] : node.items())
    if (key != "id" && key != "operation" && key != "title") collect_texts(value, texts);
}

Json changed(Json tariff, Dice& dice) {
  std::vector<Json*> texts;
  collect_texts(tariff["fees"], texts);
  if (texts.empty()) return tariff;
  Json& text = *texts[static_cast<std::size_t>(dice.below(static_cast<int>(texts.size())))];
  text = changed_text(text.get<std::string>(), dice);
  return tariff;
}

// ---- brute force -------------------------------------------------------------------------------

struct Answer {
  std::optional<levy::Code> fault;
  std::map<levy::Currency, Rational> fees, debit;
  Rational credit;
  bool operator==(const Answer&) const = default;
};

Answer answer_at(const levy::fees::Plan& plan, levy::facts::Operation operation,
                 const Rational& amount, const levy::facts::Readings& readings = {}) {
  operation.amount = amount;
  levy::fees::AmountRange point = levy::fees::AmountRange::at(amount);
  auto value = levy::fees::evaluate(
      plan, levy::fees::EvaluationContext{operation, nullptr, readings}, point);
  if (!value) return Answer{value.faults().front().code, {}, {}, {}};
  Answer answer;
  answer.credit = value->credit.constant();
  for (const auto& [currency, on_top] : value->on_top) {
    Rational fees = on_top.constant() + value->deducted.at(currency).constant();
    Rational debit = value->debit.at(currency).constant();
    if (!fees.is_zero()) answer.fees[currency] = fees;
    if (!debit.is_zero()) answer.debit[currency] = debit;
  }
  return answer;
}

std::set<Rational> amounts_of(const levy::fees::Plan& plan, const levy::cells::Cell& cell,
                              int small) {
  const levy::Decimal unit = plan.schedule.currencies.minor_unit(cell.operation.currency);
  std::set<Rational> amounts;
  for (int i = 0; i <= small; ++i) amounts.insert(Rational(unit) * Rational(i));
  levy::facts::Operation operation = cell.operation;
  operation.amount = Rational(0);
  levy::facts::Readings none;
  levy::fees::AmountRange whole(0, std::nullopt, unit);
  for (const auto& piece : levy::fees::find_curve(
           plan, levy::fees::EvaluationContext{operation, nullptr, none}, whole)) {
    for (int i : {-1, 0, 1}) {
      amounts.insert(piece.amounts.from() + Rational(unit) * Rational(i));
      if (piece.amounts.until())
        amounts.insert(*piece.amounts.until() + Rational(unit) * Rational(i));
    }
  }
  amounts.insert(*amounts.rbegin() + Rational(1'000'003));
  amounts.erase(amounts.begin(), amounts.lower_bound(Rational(0)));
  return amounts;
}

bool agree(const levy::fees::Plan& before, const levy::fees::Plan& after,
           const levy::cells::Cell& cell, int small) {
  std::set<Rational> amounts = amounts_of(before, cell, small);
  amounts.merge(amounts_of(after, cell, 0));
  return std::all_of(amounts.begin(), amounts.end(), [&](const Rational& amount) {
    return answer_at(before, cell.operation, amount) == answer_at(after, cell.operation, amount);
  });
}

bool agree(const levy::fees::Plan& before, const levy::fees::Plan& after, int small) {
  std::vector<std::string> operations = before.schedule.operations();
  if (operations.empty()) operations.emplace_back("any operation");
  for (const std::string& operation : operations) {
    for (const levy::cells::Cell& cell :
         levy::comparison::cells_of(before, after, operation, {}).all)
      if (!agree(before, after, cell, small)) return false;
  }
  return true;
}

// ---- what the command answers ------------------------------------------------------------------

// ---- quantities and readings -------------------------------------------------------------------

std::string number(Dice& dice) {
  static const std::vector<std::string> ends = {"", "", ".5", ".25", ".75"};
  return std::to_string(dice.between(1, 20)) + dice.pick(ends);
}

std::string money(Dice& dice) { return std::to_string(dice.between(1, 30)) + " EUR"; }

// One that depends on a quantity or a reading, and perhaps on the amount beside it.
Json dimension_fee(Dice& dice) {
  Json bands = {{{"up_to", number(dice)}, {"flat", money(dice)}}, {{"flat", money(dice)}}};
  Json volume = {{{"up_to", money(dice)}, {"percent", std::to_string(dice.between(1, 9))}},
                 {{"percent", std::to_string(dice.between(1, 9))}}};
  Json by = {{"measure", "amount"}, {"window", "month"}};
  std::string percent = std::to_string(dice.between(1, 9));
  switch (dice.below(8)) {
    case 0:
      return {{"when", {{"kwh", {{"above", number(dice)}}}}}, {"flat", money(dice)}};
    case 1:
      return {{"when", {{"kwh", {{"below", number(dice)}}}, {"amount", {{"above", money(dice)}}}}},
              {"percent", percent}};
    case 2:
      return {{"units", "kwh"}, {"slab", bands}};
    case 3:
      return {{"units", "kwh"}, {"each", "0.07 EUR"}, {"min", money(dice)}};
    case 4:
      return {{"by", by}, {"slab", volume}};
    case 5:
      return {{"by", by}, {"graduated", volume}};
    case 6:
      return {{"percent", percent}, {"free", {{"amount", money(dice)}, {"window", "month"}}}};
    default:
      return {{"percent", percent}, {"cap", {{"max", money(dice)}, {"window", "month"}}}};
  }
}

Json dimension_tariff(Dice& dice) {
  Json fees = Json::array();
  for (int i = 0; i < dice.between(1, 2); ++i) {
    Json fee = dimension_fee(dice);
    fee["id"] = i == 0 ? "f" : "g";
    fee["operation"] = "pay";
    fees.push_back(fee);
  }
  return {{"levy", 1},
          {"id", "x"},
          {"currency", "EUR"},
          {"quantities", {{"kwh", Json::object()}}},
          {"attributes", {{"method", Json::array({"bank", "card"})}}},
          {"fees", fees}};
}

// At many values of the quantity and of both readings, and many amounts.
bool agree_everywhere(const levy::fees::Plan& before, const levy::fees::Plan& after, Dice& dice) {
  levy::facts::Operation operation =
      levy::comparison::cells_of(before, after, "pay", {}).all.front().operation;
  for (int i = 0; i < 4000; ++i) {
    operation.quantities["kwh"] = Rational(dice.between(0, 400)) / Rational(8);
    levy::facts::Readings readings;
    for (const char* id : {"f", "g"}) {
      Rational value = dice.chance(40) ? Rational(0) : Rational(dice.between(0, 500)) / Rational(8);
      readings[id] = levy::facts::Reading{value, *levy::Currency::of("EUR"), false};
    }
    Rational amount = Rational(dice.between(0, 200)) / Rational(dice.chance(50) ? 1 : 4);
    if (dice.chance(10)) amount = Rational(1000 + dice.between(0, 5000));
    if (answer_at(before, operation, amount, readings) !=
        answer_at(after, operation, amount, readings))
      return false;
  }
  return true;
}

// What decides its exit status.
levy::render::pages::DiffReport report_of(const levy::fees::Plan& before,
                                          const levy::fees::Plan& after) {
  return {levy::comparison::diff(before, after, nullptr),
          levy::render::words::term_changes(before.schedule, after.schedule),
          {}};
}

bool is_settled(const levy::comparison::Diff& diff) {
  for (const levy::comparison::OperationDiff& operation : diff.operations) {
    for (const levy::comparison::CellDiff& cell : operation.changed)
      for (const levy::comparison::FigureDiff& figure : cell.figures)
        for (const levy::comparison::DiffRow& row : figure.rows)
          if (row.kind == levy::comparison::DiffRow::Kind::unsettled) return false;
    if (!operation.complete) return false;
  }
  return true;
}

// At a value of a quantity that diff names, and the amount that it says.
bool differs_at(const levy::comparison::Diff& diff, levy::facts::Operation operation,
                const levy::comparison::CellDiff& cell, const Rational& value) {
  operation.quantities[cell.variable] = value;
  Rational amount = cell.amount.value_or(Rational(1000));
  return answer_at(*diff.before, operation, amount) != answer_at(*diff.after, operation, amount);
}

// Where it holds quantities or readings: at the first amounts of each row.
bool differs_held(const levy::comparison::Diff& diff, const levy::comparison::CellDiff& cell) {
  levy::facts::Operation operation = cell.cells.front().operation;
  levy::facts::Readings readings;
  for (const levy::comparison::Held& held : cell.held) {
    if (held.is_reading)
      readings[held.name] = levy::facts::Reading{held.values.front(), held.currency, false};
    else
      operation.quantities[held.name] = held.values.front();
  }
  for (const levy::comparison::FigureDiff& figure : cell.figures) {
    for (const levy::comparison::DiffRow& row : figure.rows) {
      Rational x = row.until ? *row.until : row.from + Rational(1'000'000);
      for (const Rational& amount : {row.from, x}) {
        if (answer_at(*diff.before, operation, amount, readings) !=
            answer_at(*diff.after, operation, amount, readings))
          return true;
      }
    }
  }
  return false;
}

// What brute force over amounts does not see: where diff tells of a quantity, quotes must show it.
bool differs_over(const levy::comparison::Diff& diff) {
  for (const levy::comparison::OperationDiff& operation : diff.operations) {
    for (const levy::comparison::CellDiff& cell : operation.changed) {
      if (!cell.held.empty() && differs_held(diff, cell)) return true;
      for (const levy::comparison::FigureDiff& figure : cell.figures) {
        for (const levy::comparison::DiffRow& row : figure.rows) {
          Rational last = row.until ? *row.until : row.from + Rational(1'000'000);
          const levy::facts::Operation& asked = cell.cells.front().operation;
          if (!cell.variable.empty() &&
              (differs_at(diff, asked, cell, row.from) || differs_at(diff, asked, cell, last)))
            return true;
        }
      }
    }
  }
  return false;
}

struct Counts {
  int same = 0, different = 0;
};

void check_same(const Json& one, const Json& other) {
  std::string shown = one.dump() + "\n" + other.dump();
  auto before = load(one), after = load(other);
  check(before && after, "what is reworded can be read", shown);
  if (!before || !after) return;
  check(report_of(*before, *after).is_same(), "reworded, it is the same", shown);
}

void check_changed(const Json& one, const Json& other, int small, Counts& counts) {
  std::string shown = one.dump() + "\n" + other.dump();
  auto before = load(one), after = load(other);
  if (!before || !after) return;  // the change made it no tariff
  levy::comparison::Diff said = levy::comparison::diff(*before, *after, nullptr);
  if (!is_settled(said)) return;
  bool same = agree(*before, *after, small) && !differs_over(said);
  ++(same ? counts.same : counts.different);
  if (same) return check(said.is_same(), "diff is not empty", shown);
  check(!said.is_same(), "quotes differ, and diff is empty", shown);
}

// Whether it depends on quantities or readings: no change is called none.
void check_dimensions(const Json& one, const Json& other, Dice& dice, Counts& counts) {
  std::string shown = one.dump() + "\n" + other.dump();
  auto before = load(one), after = load(other);
  if (!before || !after) return;
  levy::comparison::Diff said = levy::comparison::diff(*before, *after, nullptr);
  bool agrees = agree_everywhere(*before, *after, dice);
  ++(agrees ? counts.same : counts.different);
  check(agrees || !said.is_same(), "quotes differ somewhere, and diff is empty", shown);
  bool told = std::any_of(said.operations.begin(), said.operations.end(), [](const auto& one_of) {
    return !one_of.changed.empty() || !one_of.not_compared.empty();
  });
  check(agrees || told, "quotes differ somewhere, and diff does not say where", shown);
}

}  // namespace

int main(int argc, char** argv) {
  int pairs = argc > 1 ? std::atoi(argv[1]) : 80;
  Counts small, sound, any, dimensions;
  for (int i = 0; i < pairs; ++i) {
    auto seed = static_cast<std::uint64_t>(i);
    Dice dice(seed + 77);
    Json tariff = property::small_tariff(seed);
    check_same(tariff, reworded(tariff, dice));
    check_changed(tariff, changed(reworded(tariff, dice), dice), property::scan_max, small);
    tariff = dimension_tariff(dice);
    check_same(tariff, reworded(tariff, dice));
    check_dimensions(tariff, changed(tariff, dice), dice, dimensions);
    if (i % 4 != 0) continue;
    tariff = property::sound_tariff(seed);
    check_same(tariff, reworded(tariff, dice));
    check_changed(tariff, changed(tariff, dice), 200, sound);
    tariff = oracle::random_schedule(seed * 1009);
    bool converts = tariff.dump().find("margin") != std::string::npos;  // rates are not tried here
    if (tariff.contains("fees") && !converts) check_changed(tariff, changed(tariff, dice), 50, any);
  }
  for (const auto& [name, counts] : {std::pair{"small", small},
                                     {"sound", sound},
                                     {"any", any},
                                     {"quantities and readings", dimensions}})
    std::printf("%s: %d alike, %d different\n", name, counts.same, counts.different);
  check(small.same > pairs / 20 && small.different > pairs / 20, "both kinds are met", "");
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
