#include "comparison/diff_parts.h"

#include <algorithm>
#include <set>

#include "curves/cell_curve.h"
#include "facts/conditions.h"
#include "fees/plan.h"

namespace levy::comparison {
namespace {

constexpr std::size_t rows_max = 12;  // of one figure; then neighbours of one kind become one

// The operation as this version takes it: its own defaults where nothing is said.
facts::Operation operation_for(const fees::Plan& plan, const cells::Cell& cell) {
  facts::Operation operation = cell.operation;
  operation.amount = Rational(0);  // given, and varied
  for (const schedule::Quantity& quantity : plan.schedule.quantities) {
    bool chosen =
        std::any_of(cell.choices.begin(), cell.choices.end(),
                    [&](const cells::Choice& choice) { return choice.name == quantity.name; });
    if (chosen) continue;
    if (quantity.by_default) operation.quantities[quantity.name] = *quantity.by_default;
    operation.quantities.try_emplace(quantity.name, cells::usual_value(quantity));
  }
  return operation;
}

curves::Series series_for(const fees::Plan& plan, const cells::Cell& cell,
                          const facts::Rates* rates, fees::Work* work) {
  curves::Series series;
  series.resolved.plan = &plan;
  series.resolved.operation = operation_for(plan, cell);
  series.resolved.rates = rates;
  series.work = work;
  return series;
}

// ---- figures -----------------------------------------------------------------------------------

fees::Form form_in(const std::map<Currency, fees::Form>& forms, Currency currency) {
  auto found = forms.find(currency);
  return found == forms.end() ? fees::Form() : found->second;
}

curves::FigureOf figure_of(FigureDiff::Kind kind, Currency currency) {
  return [kind, currency](const fees::Evaluation& result) -> Checked<fees::Form> {
    if (kind == FigureDiff::Kind::margin) return fees::Form(result.margin);
    if (kind == FigureDiff::Kind::arrives) return result.credit;
    if (kind == FigureDiff::Kind::debited) return form_in(result.debit, currency);
    return form_in(result.on_top, currency) + form_in(result.deducted, currency);
  };
}

void add_series_currencies(std::vector<Currency>& currencies, const curves::Series& series) {
  for (const fees::CurvePiece& piece : series.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const auto& [currency, form] : (*piece.result)->on_top) {
      if (std::find(currencies.begin(), currencies.end(), currency) == currencies.end())
        currencies.push_back(currency);
    }
  }
}

// ---- rows --------------------------------------------------------------------------------------

DiffRow::Kind kind_of(const curves::Gap& gap) {
  using Kind = DiffRow::Kind;
  bool undecided = (gap.first_fault != nullptr && gap.first_fault->code == Code::undecidable) ||
                   (gap.second_fault != nullptr && gap.second_fault->code == Code::undecidable);
  if (undecided) return Kind::unsettled;
  if (gap.is_same()) return Kind::same;
  if (gap.first_fault != nullptr && gap.second_fault != nullptr) return Kind::refused;
  if (gap.first_fault != nullptr) return Kind::starts;
  if (gap.second_fault != nullptr) return Kind::ends;
  if (!gap.settled && !(gap.signs.less && gap.signs.more)) return Kind::unsettled;
  if (gap.signs.less && gap.signs.more) return Kind::varies;
  return gap.signs.more ? Kind::rises : Kind::falls;
}

DiffRow row_of(const curves::Gap& gap) {
  DiffRow row;
  row.from = gap.from;
  row.until = gap.until;
  row.kind = kind_of(gap);
  if (gap.first_fault != nullptr) row.before = *gap.first_fault;
  if (gap.second_fault != nullptr) row.after = *gap.second_fault;
  if (!gap.is_compared()) return row;
  row.line = gap.change;
  row.minimum = gap.minimum;
  row.maximum = gap.maximum;
  return row;
}

bool same_code(const std::optional<Diagnostic>& a, const std::optional<Diagnostic>& b) {
  return a.has_value() == b.has_value() && (!a || a->code == b->code);
}

// One change for every amount of the row, roundings included.
std::optional<Rational> constant_of(const DiffRow& row) {
  bool constant = row.minimum && row.maximum && row.minimum->at && row.maximum->at &&
                  row.minimum->value == row.maximum->value;
  return constant ? std::optional(row.minimum->value) : std::nullopt;
}

bool joins(const DiffRow& before, const DiffRow& next, bool any_line) {
  if (before.kind != next.kind) return false;
  bool compared = before.line && next.line;
  if (constant_of(before) && constant_of(before) == constant_of(next)) return true;
  if (before.kind == DiffRow::Kind::same) return true;
  if (!compared)
    return any_line ||
           (same_code(before.before, next.before) && same_code(before.after, next.after));
  return any_line ||
         (before.line->base == next.line->base && before.line->slope() == next.line->slope());
}

std::vector<DiffRow> joined(const std::vector<DiffRow>& rows, bool any_line) {
  std::vector<DiffRow> all;
  for (const DiffRow& row : rows) {
    if (all.empty() || !joins(all.back(), row, any_line)) {
      all.push_back(row);
      continue;
    }
    DiffRow& last = all.back();
    bool one_line = last.line && row.line && last.line->base == row.line->base &&
                    last.line->slope() == row.line->slope();
    bool one_change = constant_of(last) && constant_of(last) == constant_of(row);
    if (one_change)
      last.line = fees::Form(*constant_of(last));
    else if (!one_line)
      last.line.reset();
    last.until = row.until;
    curves::widen(last.maximum, row.maximum, 1);
    curves::widen(last.minimum, row.minimum, -1);
  }
  return all;
}

// What could not be told is the same where it comes of the same rules.
void settle_by_rules(std::vector<DiffRow>& rows, const curves::Series& before,
                     const curves::Series& after) {
  auto open = [](const DiffRow& row) { return row.kind == DiffRow::Kind::unsettled; };
  if (std::none_of(rows.begin(), rows.end(), open) ||
      !same_rules(*before.resolved.plan, *after.resolved.plan, before.resolved.operation.name))
    return;
  for (DiffRow& row : rows) {
    if (open(row)) row.kind = DiffRow::Kind::same;
  }
}

FigureDiff figure_diff(FigureDiff::Kind kind, Currency currency, const curves::Series& before,
                       const curves::Series& after, curves::GapMemo& memo) {
  curves::PiecewiseFigure old_figure = curves::piecewise_figure(before, figure_of(kind, currency));
  curves::PiecewiseFigure new_figure = curves::piecewise_figure(after, figure_of(kind, currency));
  FigureDiff figure;
  figure.kind = kind;
  figure.currency = currency;
  std::vector<DiffRow> rows;
  for (const curves::Gap& gap : curves::difference(old_figure, new_figure, &memo))
    rows.push_back(row_of(gap));
  settle_by_rules(rows, before, after);
  figure.rows = joined(rows, false);
  if (figure.rows.size() > rows_max) figure.rows = joined(figure.rows, true);
  return figure;
}

bool is_same(const FigureDiff& figure) {
  return std::all_of(figure.rows.begin(), figure.rows.end(),
                     [](const DiffRow& row) { return row.kind == DiffRow::Kind::same; });
}

// Amounts without a price are told with the fees.
bool same_values(const FigureDiff& figure) {
  return std::none_of(figure.rows.begin(), figure.rows.end(), [](const DiffRow& row) {
    using Kind = DiffRow::Kind;
    return row.kind == Kind::falls || row.kind == Kind::rises || row.kind == Kind::varies;
  });
}

// Of debited, arrives and fees two say the third: debited = amount + fees on top, and without
// conversion what arrives = amount - deducted fees.
// At nominal rates only the margin says something about what arrives.
std::vector<FigureDiff> figures_of(const curves::Series& before, const curves::Series& after,
                                   const DiffScope& scope) {
  curves::GapMemo& memo = scope.memo;
  const facts::Operation& operation = before.resolved.operation;
  std::vector<Currency> currencies = {operation.currency};
  add_series_currencies(currencies, before);
  add_series_currencies(currencies, after);
  std::vector<FigureDiff> figures;
  for (Currency currency : currencies) {
    FigureDiff fees = figure_diff(FigureDiff::Kind::fees, currency, before, after, memo);
    if (!is_same(fees)) figures.push_back(std::move(fees));
  }
  if (scope.rates.nominal) {
    FigureDiff margin = figure_diff(FigureDiff::Kind::margin, Currency(), before, after, memo);
    if (!same_values(margin)) figures.push_back(std::move(margin));
    return figures;
  }
  bool fees_change = !figures.empty();
  FigureDiff debited =
      figure_diff(FigureDiff::Kind::debited, operation.currency, before, after, memo);
  Currency credit = operation.converts() ? operation.to_currency : operation.currency;
  FigureDiff arrives = figure_diff(FigureDiff::Kind::arrives, credit, before, after, memo);
  bool same_debit = fees_change ? same_values(debited) : is_same(debited);
  bool same_credit = fees_change ? same_values(arrives) : is_same(arrives);
  bool moved = !same_debit && !same_credit;
  if (!same_debit && (moved || !fees_change)) figures.push_back(debited);
  if (!same_credit && (moved || !fees_change || operation.converts())) figures.push_back(arrives);
  return figures;
}

// ---- along the amount and quantities -----------------------------------------------------------

void hold_at(curves::Series& series, const std::vector<Held>& held) {
  for (const Held& one : held) {
    if (one.is_reading)
      series.resolved.readings[one.name] = facts::Reading{one.values.front(), one.currency, false};
    else
      series.resolved.operation.quantities[one.name] = one.values.front();
  }
}

curves::Series series_at(const fees::Plan& plan, const DiffScope& scope, const cells::Cell& cell,
                         const std::vector<Held>& held, bool lines_only = false) {
  curves::Series series = series_for(plan, cell, scope.rates.rates, scope.memo.work);
  series.lines_only = lines_only;
  hold_at(series, held);
  series.curve = curves::curve_over(plan, series.context(), {0, std::nullopt});
  return series;
}

CellDiff diff_amounts(const DiffScope& scope, const cells::Cell& cell,
                      const std::vector<Held>& held) {
  curves::Series old_series = series_at(scope.before, scope, cell, held);
  curves::Series new_series = series_at(scope.after, scope, cell, held);
  CellDiff change;
  change.cells = {cell};
  change.amounts_in = cell.operation.currency;
  change.held = held;
  change.figures = figures_of(old_series, new_series, scope);
  return change;
}

// Of two neighbouring values on the grid the one that is written has fewer places.
void set_bounds(std::vector<DiffRow>& rows) {
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    DiffRow &row = rows[i], &next = rows[i + 1];
    if (row.until->numerator().scale() < next.from.numerator().scale())
      next.above = row.until;
    else
      row.below = next.from;
  }
}

// Along an exact line what is at a bound outside of the range is come near to, and not reached.
void open_extremes(DiffRow& row) {
  if (!row.line || !row.line->is_exact() || row.line->slope().is_zero()) return;
  for (auto* extreme : {&row.minimum, &row.maximum}) {
    if (!*extreme || !(*extreme)->at) continue;
    const Rational at = *(*extreme)->at;
    const std::optional<Rational> bound = at == row.from && row.above     ? row.above
                                          : row.until && at == *row.until ? row.below
                                                                          : std::nullopt;
    if (bound)
      *extreme = curves::Extreme{row.line->base + row.line->low() + row.line->slope() * *bound,
                                 std::nullopt, true};
  }
}

bool uses_amount(const fees::Plan& plan, const cells::Cell& cell) {
  std::vector<std::string> variables = curves::variables_of(plan.schedule, cell.operation.name);
  return std::find(variables.begin(), variables.end(), "") != variables.end();
}

// The amount is one that people pay.
CellDiff diff_over(const DiffScope& scope, const cells::Cell& cell, const std::string& name,
                   const fees::AmountRange& values) {
  curves::Series old_series = series_for(scope.before, cell, scope.rates.rates, scope.memo.work);
  curves::Series new_series = series_for(scope.after, cell, scope.rates.rates, scope.memo.work);
  CellDiff change;
  change.cells = {cell};
  change.amounts_in = cell.operation.currency;
  change.variable = name;
  Rational amount = curves::make_cell_curve(scope.before, cell, "", true).usual_amount();
  if (uses_amount(scope.before, cell) || uses_amount(scope.after, cell)) change.amount = amount;
  for (curves::Series* series : {&old_series, &new_series}) {
    series->resolved.operation.amount = amount;
    series->variable = name;
    fees::AmountRange amounts = values;
    amounts.record();
    series->curve = fees::find_curve(*series->resolved.plan, series->context(), amounts);
  }
  change.figures = figures_of(old_series, new_series, scope);
  for (FigureDiff& figure : change.figures) {
    set_bounds(figure.rows);
    std::for_each(figure.rows.begin(), figure.rows.end(), open_extremes);
  }
  return change;
}

// The same for every amount.
bool is_flat(const CellDiff& change) {
  return std::all_of(change.figures.begin(), change.figures.end(), [](const FigureDiff& figure) {
    return figure.rows.size() == 1 && figure.rows.front().line &&
           figure.rows.front().line->slope().is_zero();
  });
}

// A change at quantities that the ranges over them tell already.
bool is_reported(const CellDiff& change, const std::vector<CellDiff>& reported) {
  bool variable = std::any_of(reported.begin(), reported.end(),
                              [](const CellDiff& one) { return !one.variable.empty(); });
  return variable && is_flat(change) &&
         std::none_of(change.held.begin(), change.held.end(),
                      [](const Held& held) { return held.is_reading; });
}

// Where something is charged by a reading it changes a little at each: a few are told.
void add_trial(CellDiff change, std::size_t first, std::vector<CellDiff>& changes) {
  constexpr std::size_t reported_max = 3;
  const Held& last = change.held.back();
  auto alike = [&](const CellDiff& other) { return other.held.back().name == last.name; };
  auto begin = changes.begin() + static_cast<std::ptrdiff_t>(first);
  bool reported = !last.is_range && std::count_if(begin, changes.end(), alike) >=
                                        static_cast<std::ptrdiff_t>(reported_max);
  if (reported)
    ++std::find_if(changes.rbegin(), changes.rend(), alike)->held.back().others;
  else
    changes.push_back(std::move(change));
}

// At other values of what the cost depends on. What the usual ones show is not told again.
void add_trials(const DiffScope& scope, const cells::Cell& cell,
                const std::vector<FigureDiff>& usual, std::vector<CellDiff>& changes) {
  std::size_t first = changes.size();
  const std::vector<Held>* before = nullptr;  // the trial that the last change comes of
  for (const std::vector<Held>& held : scope.trials.held) {
    CellDiff change = diff_amounts(scope, cell, held);
    bool known = change.figures.empty() || same_figures(change.figures, usual) ||
                 is_reported(change, changes);
    bool goes_on = !known && before != nullptr && changes.size() > first &&
                   same_figures(changes.back().figures, change.figures) &&
                   extend(changes.back().held, held, scope.dimensions);
    if (!known && !goes_on) add_trial(std::move(change), first, changes);
    before = known ? nullptr : &held;
  }
}

// ---- fee by fee --------------------------------------------------------------------------------

// A fee's line as it is collected; `id` empty: the margin of all fees together.
struct LineKey {
  std::string id;
  schedule::Collect collect = schedule::Collect::on_top;
  Currency currency;
  auto operator<=>(const LineKey&) const = default;
};

void add_line_keys(const curves::Series& series, std::set<LineKey>& keys) {
  for (const fees::CurvePiece& piece : series.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    auto id_of = [&](std::size_t fee) { return series.resolved.plan->fees[fee].as_written->id; };
    for (const fees::LineForm& line : (*piece.result)->lines)
      if (line.collect != schedule::Collect::none)
        keys.insert({id_of(line.fee), line.collect, line.currency});
    for (const auto& [fee, fault] : (*piece.result)->line_faults)
      keys.insert({id_of(fee), schedule::Collect::none, Currency()});
  }
}

curves::PiecewiseFigure line_track(const curves::Series& series, const LineKey& key) {
  return curves::piecewise_figure(
      series, [&series, key](const fees::Evaluation& result) -> Checked<fees::Form> {
        if (key.id.empty()) return fees::Form(result.margin);
        auto is_of = [&](std::size_t fee) {
          return series.resolved.plan->fees[fee].as_written->id == key.id;
        };
        for (const fees::LineForm& line : result.lines) {
          bool asked =
              is_of(line.fee) && line.collect == key.collect && line.currency == key.currency;
          if (asked) return line.amount;
        }
        for (const auto& [fee, fault] : result.line_faults)
          if (is_of(fee)) return fault;
        return fees::Form();
      });
}

bool same_lines(const curves::Series& before, const curves::Series& after, curves::GapMemo& memo) {
  std::set<LineKey> keys = {LineKey{}};
  add_line_keys(before, keys);
  add_line_keys(after, keys);
  return std::all_of(keys.begin(), keys.end(), [&](const LineKey& key) {
    curves::PiecewiseFigure old_figure = line_track(before, key),
                            new_figure = line_track(after, key);
    std::vector<curves::Gap> gaps = curves::difference(old_figure, new_figure, &memo);
    return std::all_of(gaps.begin(), gaps.end(),
                       [](const curves::Gap& gap) { return gap.is_same(); });
  });
}

bool has_line_faults(const curves::Series& series) {
  return std::any_of(series.curve.begin(), series.curve.end(), [](const fees::CurvePiece& piece) {
    return piece.is_settled() && *piece.result && !(*piece.result)->line_faults.empty();
  });
}

// Of several fees with a fault the first one's is the answer.
bool same_order(const fees::Plan& before, const fees::Plan& after) {
  auto common = [](const fees::Plan& plan, const fees::Plan& other) {
    std::vector<std::string> ids;
    for (const fees::FeePlan& fee : plan.fees)
      if (other.fee_index.contains(fee.as_written->id)) ids.push_back(fee.as_written->id);
    return ids;
  };
  return common(before, after) == common(after, before);
}

// Where there are no lines at all for a fault, and which: neighbours of one fault are one.
struct FaultRun {
  Rational from;
  std::optional<Rational> until;
  Code code;
  std::string place;
  bool operator==(const FaultRun&) const = default;
};

std::vector<FaultRun> faults_along(const curves::Series& series) {
  std::vector<FaultRun> runs;
  bool joins = false;
  for (const fees::CurvePiece& piece : series.curve) {
    bool faulty = piece.is_settled() && !*piece.result;
    if (faulty) {
      const Diagnostic& fault = piece.result->faults().front();
      FaultRun run{piece.amounts.from(), piece.amounts.until(), fault.code, fault.place.pointer()};
      bool same = joins && runs.back().code == run.code && runs.back().place == run.place;
      if (same)
        runs.back().until = run.until;
      else
        runs.push_back(std::move(run));
    }
    joins = faulty;
  }
  return runs;
}

bool same_row(const DiffRow& a, const DiffRow& b) {
  auto value = [](const std::optional<curves::Extreme>& extreme) {
    return extreme ? std::optional(extreme->value) : std::nullopt;
  };
  return a.from == b.from && a.until == b.until && a.kind == b.kind &&
         value(a.minimum) == value(b.minimum) && value(a.maximum) == value(b.maximum) &&
         a.line.has_value() == b.line.has_value() &&
         (!a.line || (a.line->base == b.line->base && a.line->slope() == b.line->slope()));
}

bool same_rule(const schedule::RoundRule& a, const schedule::RoundRule& b) {
  return a.none == b.none && a.mode == b.mode && a.to == b.to && a.to_money == b.to_money;
}

bool same_numbers(const schedule::Quantity* a, const schedule::Quantity* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->by_default == b->by_default && a->min == b->min && a->max == b->max;
}

bool same_conversion(const fees::Plan& a, const fees::Plan& b) {
  const schedule::Conversion &one = a.schedule.conversion, &other = b.schedule.conversion;
  return one.rate_digits == other.rate_digits && one.rate_mode == other.rate_mode &&
         same_rule(one.round, other.round);
}

std::string fees_of(const fees::Plan& plan, const std::string& operation) {
  std::string text;
  for (const fees::FeePlan& fee : plan.fees) {
    if (facts::concerns(fee.as_written->operations, operation))
      text += fees::dump(fee, plan.schedule.currencies);
  }
  return text;
}

}  // namespace

bool same_totals(const fees::Plan& a, const fees::Plan& b, const std::string& operation) {
  const schedule::Schedule &one = a.schedule, &other = b.schedule;
  bool same = one.rounding.apply == other.rounding.apply && a.total.mode == b.total.mode &&
              same_rule(a.total.rule, b.total.rule) && same_conversion(a, b) &&
              one.timezone.name() == other.timezone.name() && one.currency == other.currency;
  std::vector<Currency> currencies = cells::currencies_of(one, operation);
  return same && std::all_of(currencies.begin(), currencies.end(), [&](Currency currency) {
           return one.currencies.find_digits(currency) == other.currencies.find_digits(currency);
         });
}

// Figures are compared as the program reads them; what else decides is what quantities are.
bool same_rules(const fees::Plan& a, const fees::Plan& b, const std::string& operation) {
  if (!same_totals(a, b, operation) || fees_of(a, operation) != fees_of(b, operation)) return false;
  const schedule::Schedule &one = a.schedule, &other = b.schedule;
  std::vector<std::string> names = curves::variables_of(one, operation);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return same_numbers(one.find_quantity(name), other.find_quantity(name));
  });
}

bool same_figure(const FigureDiff& a, const FigureDiff& b) {
  return a.kind == b.kind && a.currency == b.currency &&
         std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(), same_row);
}

bool same_figures(const std::vector<FigureDiff>& a, const std::vector<FigureDiff>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_figure);
}

std::vector<CellDiff> diff_cell(const DiffScope& scope, const cells::Cell& cell) {
  std::vector<CellDiff> changes;
  CellDiff change = diff_amounts(scope, cell, {});
  std::vector<FigureDiff> usual = change.figures;
  if (!change.figures.empty()) changes.push_back(std::move(change));
  for (const Dimension& dimension : scope.dimensions) {
    if (dimension.is_reading) continue;
    auto values =
        curves::values_of({&scope.before.schedule, &scope.after.schedule}, dimension.name);
    ensure(values.has_value(), "a dimension has values in common");
    CellDiff variable = diff_over(scope, cell, dimension.name, *values);
    if (!variable.figures.empty()) changes.push_back(std::move(variable));
  }
  bool follows_from_range =
      changes.size() > 1 && changes.front().variable.empty() && is_flat(changes.front());
  if (follows_from_range) changes.erase(changes.begin());
  add_trials(scope, cell, usual, changes);
  return changes;
}

bool fees_agree(const DiffScope& scope, const cells::Cell& cell) {
  std::vector<std::vector<Held>> trials = {{}};
  trials.insert(trials.end(), scope.trials.held.begin(), scope.trials.held.end());
  std::optional<std::pair<std::vector<FaultRun>, std::vector<FaultRun>>> usual;
  bool faulty = false;
  for (const std::vector<Held>& held : trials) {
    curves::Series old_series = series_at(scope.before, scope, cell, held, true);
    curves::Series new_series = series_at(scope.after, scope, cell, held, true);
    std::pair faults{faults_along(old_series), faults_along(new_series)};
    if (!usual) usual = faults;
    if (faults != *usual || !same_lines(old_series, new_series, scope.memo)) return false;
    faulty = faulty || has_line_faults(old_series) || has_line_faults(new_series);
  }
  return !faulty || same_order(scope.before, scope.after);
}

}  // namespace levy::comparison
