#include "comparison/impact.h"

#include <algorithm>

#include "facts/columns.h"
#include "fees/resolve.h"
#include "schedule/attributes.h"

namespace levy::comparison {
namespace {

// As `quote` and `batch` take a row, but for the version's time in force.
Checked<fees::Quote> quote_row(const formats::Row& row, const fees::Plan& plan,
                               const ImpactQuestion& asked, facts::Operation& operation) {
  if (row.fault) return *row.fault;
  fees::Question question;
  question.request = facts::request_of(row, plan.schedule);
  question.used = facts::used_of(row, plan.schedule);
  question.rates = asked.rates;
  question.now = asked.now;
  for (auto [name, target] : {std::pair("receive", &question.receive), {"pay", &question.pay}}) {
    if (std::string_view text = row.text_of(name); !text.empty()) *target = text;
  }
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(plan, question);
  if (!resolved) return std::move(resolved).faults();
  Checked<fees::Quote> quoted = fees::quote(*resolved, question);
  bool is_reverse = question.receive || question.pay;
  operation = quoted && is_reverse ? quoted->operation : std::move(resolved->operation);
  return quoted;
}

std::vector<std::string> fields_of(const fees::Plan& before, const fees::Plan& after) {
  std::vector<std::string> fields = facts::row_fields(before.schedule);
  for (std::string& field : facts::row_fields(after.schedule)) fields.push_back(std::move(field));
  return fields;
}

// The words of the cell that an operation lies in; cells are found once an operation's name.
class CellNames {
 public:
  CellNames(const fees::Plan& before, const fees::Plan& after) : before_(before), after_(after) {}

  std::string of(const facts::Operation& operation) {
    auto [at, is_new] = cells_.try_emplace({operation.name, operation.converts()});
    if (is_new) {
      cells::CellScope scope;
      scope.converts = operation.converts();
      at->second = cells_of(before_, after_, operation.name, scope).all;
    }
    for (const cells::Cell& cell : at->second) {
      if (holds(cell, operation)) return operation.name + ": " + cells::to_words(cell);
    }
    return operation.name + ": any other";
  }

 private:
  // A clock's classes are left out: to_words names where they begin, not where they end.
  bool holds(const cells::Cell& cell, const facts::Operation& operation) const {
    return std::all_of(cell.choices.begin(), cell.choices.end(), [&](const cells::Choice& choice) {
      if (choice.values.empty()) return true;
      auto value = facts::attribute_of(after_.schedule, operation, choice.name);
      return !value ||
             std::find(choice.values.begin(), choice.values.end(), *value) != choice.values.end();
    });
  }

  const fees::Plan& before_;
  const fees::Plan& after_;
  std::map<std::pair<std::string, bool>, std::vector<cells::Cell>>
      cells_;  // by name and conversion
};

void add_pair(ImpactSum& sum, const Rational& before, const Rational& after) {
  ++sum.count;
  if (after > before) ++sum.dearer;
  if (after < before) ++sum.cheaper;
  sum.before += before;
  sum.after += after;
}

class Measuring {
 public:
  explicit Measuring(const ImpactQuestion& question)
      : question_(question), names_(question.before, question.after) {}

  void add_row(const formats::Row& row) {
    ++impact_.rows;
    facts::Operation as_before, as_after;
    Checked<fees::Quote> before = quote_row(row, question_.before, question_, as_before);
    Checked<fees::Quote> after = quote_row(row, question_.after, question_, as_after);
    if (!before || !after) return add_fault(row, before, after);
    std::map<Currency, std::pair<Rational, Rational>> fees;
    for (const auto& [currency, amount] : before->fees) fees[currency].first = amount;
    for (const auto& [currency, amount] : after->fees) fees[currency].second = amount;
    std::string cell = names_.of(as_after);
    auto tier = as_after.attributes.find("tier");
    std::string tier_name = tier == as_after.attributes.end() ? "" : tier->second;
    for (const auto& [currency, pair] : fees) {
      add_pair(impact_.totals[currency], pair.first, pair.second);
      add_pair(impact_.by_cell[{cell, currency}], pair.first, pair.second);
      add_pair(impact_.by_tier[{tier_name, currency}], pair.first, pair.second);
      if (pair.first != pair.second) add_mover(row, as_after, currency, pair.first, pair.second);
    }
  }

  void skip() { ++impact_.skipped; }
  Impact take() { return std::move(impact_); }

 private:
  void add_fault(const formats::Row& row, const Checked<fees::Quote>& before,
                 const Checked<fees::Quote>& after) {
    ++(before ? impact_.only_old : after ? impact_.only_new : impact_.neither);
    if (impact_.faults.size() >= faults_reported_max) return;
    const Diagnostic& fault = before ? after.faults().front() : before.faults().front();
    impact_.faults.push_back(
        {row.line, static_cast<bool>(before), static_cast<bool>(after), fault});
  }

  void add_mover(const formats::Row& row, const facts::Operation& operation, Currency currency,
                 const Rational& before, const Rational& after) {
    auto larger = [](const Mover& a, const Mover& b) {
      return absolute(a.after - a.before) > absolute(b.after - b.before);
    };
    Mover mover{row.line, std::string(row.text_of("id")), operation.name, currency, before, after};
    bool full = impact_.movers.size() >= movers_max;
    if (full && !larger(mover, impact_.movers.back())) return;
    if (operation.amount) {
      mover.what += " of " + to_string(Money{*operation.amount, operation.currency},
                                       question_.after.schedule.currencies);
    }
    auto at = std::upper_bound(impact_.movers.begin(), impact_.movers.end(), mover, larger);
    impact_.movers.insert(at, std::move(mover));
    if (full) impact_.movers.pop_back();
  }

  const ImpactQuestion& question_;
  CellNames names_;
  Impact impact_;
};

}  // namespace

std::optional<Rational> ImpactSum::percent() const {
  if (before.is_zero()) return std::nullopt;
  return change() * Rational(100) / before;
}

std::optional<Rational> Impact::greatest_rise() const {
  std::optional<Rational> greatest;
  for (const auto& [currency, sum] : totals) {
    std::optional<Rational> percent = sum.percent();
    bool rises = percent && sum.change().sign() > 0;
    if (rises && (!greatest || absolute(*percent) > *greatest)) greatest = absolute(*percent);
  }
  return greatest;
}

bool Impact::rises_from_nothing() const {
  return std::any_of(totals.begin(), totals.end(), [](const auto& total) {
    return total.second.before.is_zero() && total.second.after.sign() > 0;
  });
}

Checked<Impact> measure_impact(const ImpactQuestion& question, const formats::NextRow& next) {
  Measuring measuring(question);
  facts::ColumnCheck check(fields_of(question.before, question.after));
  formats::Row row;
  for (bool is_first = true; next(row); is_first = false) {
    if (row.fault && row.line == 0) return *row.fault;
    if (row.is_skipped) {
      measuring.skip();
      continue;
    }
    if (auto fault = check.check(row, question.file)) {
      // A CSV's columns are those of all its rows; a later line of JSON has its own.
      if (is_first) return *fault;
      row.fault = std::move(fault);
    }
    measuring.add_row(row);
  }
  return measuring.take();
}

}  // namespace levy::comparison
