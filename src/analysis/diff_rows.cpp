#include "analysis/diff_rows.h"

#include <algorithm>

#include "fees/charge_parts.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

constexpr std::size_t rows_max = 12;  // of one figure; then neighbours of one kind become one

// The operation as this version takes it: its own defaults where nothing is said.
Operation operation_for(const Plan& plan, const Cell& cell) {
  Operation operation = cell.operation;
  operation.amount = Rational(0);  // given, and varied
  for (const Quantity& quantity : plan.schedule.quantities) {
    bool chosen = std::any_of(cell.choices.begin(), cell.choices.end(),
                              [&](const Choice& choice) { return choice.name == quantity.name; });
    if (chosen) continue;
    if (quantity.by_default) operation.quantities[quantity.name] = *quantity.by_default;
    operation.quantities.try_emplace(quantity.name, usual_value(quantity));
  }
  return operation;
}

Series series_for(const Plan& plan, const Cell& cell, const Rates* rates) {
  Series series;
  series.setting.plan = &plan;
  series.setting.operation = operation_for(plan, cell);
  series.setting.rates = rates;
  return series;
}

// ---- figures -----------------------------------------------------------------------------------

Form form_in(const std::map<Currency, Form>& forms, Currency currency) {
  auto found = forms.find(currency);
  return found == forms.end() ? Form() : found->second;
}

FigureOf figure_of(FigureDiff::Kind kind, Currency currency) {
  return [kind, currency](const Evaluation& result) -> Checked<Form> {
    if (kind == FigureDiff::Kind::margin) return Form(result.margin);
    if (kind == FigureDiff::Kind::arrives) return result.credit;
    if (kind == FigureDiff::Kind::debited) return form_in(result.debit, currency);
    return form_in(result.on_top, currency) + form_in(result.deducted, currency);
  };
}

void add_currencies(std::vector<Currency>& currencies, const Series& series) {
  for (const CurvePiece& piece : series.curve) {
    if (!piece.is_settled() || !*piece.result) continue;
    for (const auto& [currency, form] : (*piece.result)->on_top) {
      if (std::find(currencies.begin(), currencies.end(), currency) == currencies.end())
        currencies.push_back(currency);
    }
  }
}

// ---- rows --------------------------------------------------------------------------------------

DiffRow::Kind kind_of(const Gap& gap) {
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

DiffRow row_of(const Gap& gap) {
  DiffRow row;
  row.from = gap.from;
  row.until = gap.until;
  row.kind = kind_of(gap);
  if (gap.first_fault != nullptr) row.before = *gap.first_fault;
  if (gap.second_fault != nullptr) row.after = *gap.second_fault;
  if (!gap.is_compared()) return row;
  row.line = gap.change;
  row.least = gap.least;
  row.most = gap.most;
  return row;
}

bool same_code(const std::optional<Diagnostic>& a, const std::optional<Diagnostic>& b) {
  return a.has_value() == b.has_value() && (!a || a->code == b->code);
}

void widen(std::optional<Extreme>& best, const std::optional<Extreme>& other, int side) {
  if (!best) return;
  bool wider = !other || (side > 0 ? other->value > best->value : other->value < best->value);
  if (wider) best = other;
}

// One change for every amount of the row, roundings included.
std::optional<Rational> constant_of(const DiffRow& row) {
  bool constant =
      row.least && row.most && row.least->at && row.most->at && row.least->value == row.most->value;
  return constant ? std::optional(row.least->value) : std::nullopt;
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
      last.line = Form(*constant_of(last));
    else if (!one_line)
      last.line.reset();
    last.until = row.until;
    widen(last.most, row.most, 1);
    widen(last.least, row.least, -1);
  }
  return all;
}

bool same_rule(const RoundRule& a, const RoundRule& b) {
  return a.none == b.none && a.mode == b.mode && a.to == b.to && a.to_money == b.to_money;
}

// All that a cost depends on, as the program reads it.
bool same_rules(const Plan& a, const Plan& b) {
  const Conversion &one = a.schedule.conversion, &other = b.schedule.conversion;
  return dump(a) == dump(b) && a.schedule.rounding.apply == b.schedule.rounding.apply &&
         a.total.mode == b.total.mode && same_rule(a.total.rule, b.total.rule) &&
         one.rate_digits == other.rate_digits && one.rate_mode == other.rate_mode &&
         same_rule(one.round, other.round);
}

// What could not be told is the same where it comes of the same rules.
void settle_by_rules(std::vector<DiffRow>& rows, const Plan& before, const Plan& after) {
  auto open = [](const DiffRow& row) { return row.kind == DiffRow::Kind::unsettled; };
  if (std::none_of(rows.begin(), rows.end(), open) || !same_rules(before, after)) return;
  for (DiffRow& row : rows) {
    if (open(row)) row.kind = DiffRow::Kind::same;
  }
}

FigureDiff figure_diff(FigureDiff::Kind kind, Currency currency, const Series& before,
                       const Series& after) {
  Track old_track = track_of(before, figure_of(kind, currency));
  Track new_track = track_of(after, figure_of(kind, currency));
  FigureDiff figure;
  figure.kind = kind;
  figure.currency = currency;
  std::vector<DiffRow> rows;
  for (const Gap& gap : difference(old_track, new_track)) rows.push_back(row_of(gap));
  settle_by_rules(rows, *before.setting.plan, *after.setting.plan);
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
std::vector<FigureDiff> figures_of(const Series& before, const Series& after, bool nominal) {
  const Operation& operation = before.setting.operation;
  std::vector<Currency> currencies = {operation.currency};
  add_currencies(currencies, before);
  add_currencies(currencies, after);
  std::vector<FigureDiff> figures;
  for (Currency currency : currencies) {
    FigureDiff fees = figure_diff(FigureDiff::Kind::fees, currency, before, after);
    if (!is_same(fees)) figures.push_back(std::move(fees));
  }
  if (nominal) {
    FigureDiff margin = figure_diff(FigureDiff::Kind::margin, Currency(), before, after);
    if (!same_values(margin)) figures.push_back(std::move(margin));
    return figures;
  }
  bool fees_change = !figures.empty();
  FigureDiff debited = figure_diff(FigureDiff::Kind::debited, operation.currency, before, after);
  Currency credit = operation.converts() ? operation.to_currency : operation.currency;
  FigureDiff arrives = figure_diff(FigureDiff::Kind::arrives, credit, before, after);
  bool same_debit = fees_change ? same_values(debited) : is_same(debited);
  bool same_credit = fees_change ? same_values(arrives) : is_same(arrives);
  bool moved = !same_debit && !same_credit;
  if (!same_debit && (moved || !fees_change)) figures.push_back(debited);
  if (!same_credit && (moved || !fees_change || operation.converts())) figures.push_back(arrives);
  return figures;
}

// ---- quantities --------------------------------------------------------------------------------

void add_quantities(std::vector<std::string>& names, const Plan& plan,
                    const std::string& operation) {
  for (const FeePlan& fee : plan.fees) {
    if (!concerns(fee.as_written->operations, operation)) continue;
    for (const CasePlan& one : fee.cases) {
      for (const std::string& name : quantities_of(one.as_written->charge)) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
  }
}

// What both versions allow; none: only one of them has the quantity.
std::optional<AmountRange> range_of(const Plan& before, const Plan& after,
                                    const std::string& name) {
  AmountRange range{0, std::nullopt};
  for (const Plan* plan : {&before, &after}) {
    const Quantity* quantity = plan->schedule.find_quantity(name);
    if (quantity == nullptr) return std::nullopt;
    if (quantity->min) range.from = std::max(range.from, Rational(*quantity->min));
    if (quantity->max && (!range.until || Rational(*quantity->max) < *range.until))
      range.until = Rational(*quantity->max);
  }
  if (range.until && *range.until < range.from) return std::nullopt;
  return range;
}

// Whole units, or hundredths where there are few of them.
Decimal unit_of(const AmountRange& range) {
  bool few = range.until && *range.until - range.from < Rational(100);
  bool whole = range.from.is_integer();
  return few || !whole ? Decimal::ten_to(-2) : Decimal(1);
}

std::optional<CellDiff> diff_along(const Plan& before, const Plan& after, const Cell& cell,
                                   const DiffRates& rates, const std::string& name) {
  std::optional<AmountRange> range = range_of(before, after, name);
  if (!range) return std::nullopt;
  Stretch whole(range->from, range->until, unit_of(*range));
  Series old_series = series_for(before, cell, rates.rates);
  Series new_series = series_for(after, cell, rates.rates);
  for (Series* series : {&old_series, &new_series}) {
    series->along = name;
    Stretch stretch = whole;
    stretch.record();
    series->curve = find_curve(*series->setting.plan, series->scene(), stretch);
  }
  CellDiff change{
      {cell}, cell.operation.currency, name, figures_of(old_series, new_series, rates.nominal)};
  if (change.figures.empty()) return std::nullopt;
  return change;
}

// The same for every amount: then a quantity tells more.
bool is_flat(const CellDiff& change) {
  return std::all_of(change.figures.begin(), change.figures.end(), [](const FigureDiff& figure) {
    return figure.rows.size() == 1 && figure.rows.front().line &&
           figure.rows.front().line->slope().is_zero();
  });
}

}  // namespace

std::vector<CellDiff> diff_cell(const Plan& before, const Plan& after, const Cell& cell,
                                const DiffRates& rates) {
  std::vector<CellDiff> changes;
  Series old_series = series_for(before, cell, rates.rates);
  Series new_series = series_for(after, cell, rates.rates);
  AmountRange all{0, std::nullopt};
  old_series.curve = curve_over(before, old_series.scene(), all);
  new_series.curve = curve_over(after, new_series.scene(), all);
  CellDiff change{
      {cell}, cell.operation.currency, "", figures_of(old_series, new_series, rates.nominal)};
  if (!change.figures.empty()) changes.push_back(std::move(change));
  std::vector<std::string> names;
  add_quantities(names, before, cell.operation.name);
  add_quantities(names, after, cell.operation.name);
  for (const std::string& name : names) {
    if (name == "amount") continue;
    if (auto along = diff_along(before, after, cell, rates, name))
      changes.push_back(std::move(*along));
  }
  bool said_twice = changes.size() > 1 && changes.front().along.empty() && is_flat(changes.front());
  if (said_twice) changes.erase(changes.begin());
  return changes;
}

}  // namespace levy
