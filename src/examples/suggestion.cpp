#include "examples/suggestion.h"

#include <algorithm>
#include <set>

#include "curves/cell_curve.h"
#include "examples/boundary_values.h"
#include "examples/example_question.h"
#include "facts/conditions.h"
#include "fees/work.h"

namespace levy::examples {
namespace {

// How many questions are put at most for the fees of one schedule, and for its limits.
constexpr std::size_t asked_max = 5'000;

// How much there is to look through.
std::size_t size_of(const fees::Quote& quote) {
  std::size_t steps = quote.lines.size();
  for (const fees::Line& line : quote.lines) steps += line.steps.size();
  return steps;
}

std::size_t size_of(const limits::Verdict& verdict) { return verdict.limits.size(); }

class Search {
 public:
  Search(const fees::Tariff& tariff, const Coverage& coverage, const ExampleTools& tools,
         Instant now)
      : tariff_(tariff),
        plan_(tariff.versions.front()),
        tools_(tools),
        now_(now),
        items_(coverage.items) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].by == nullptr) open_.insert(i);
    }
  }

  Suggestions run();

 private:
  const schedule::Schedule& schedule() const { return plan_.schedule; }
  std::vector<std::string> operations() const;
  bool is_exhausted() const { return asked_ >= asked_max || work_.is_done(); }
  bool is_open(const std::string& operation, const schedule::Fee* only) const;
  bool is_open(const fees::CurvePiece& piece) const;
  void look_at_all_fees();
  void look_at_fees(const std::string& operation, const facts::Readings& readings,
                    const schedule::Fee* only);
  void look_over(const cells::Cell& cell, const std::string& variable, bool has_amount,
                 const facts::Readings& readings, const schedule::Fee* only);
  void ask_quote(const curves::CellCurve& cell_curve, const Rational& x);
  void look_at_limit(const CoverItem& item);
  void look_at_limit(const CoverItem& item, const cells::Cell& cell);
  void ask_check(const cells::Cell& cell, const facts::Operation& operation, const UsedTexts& used);
  template <class Answer>
  void keep(schedule::Example::Kind kind, const formats::Node& request, const Answer& answer);

  const fees::Tariff& tariff_;
  const fees::Plan& plan_;
  const ExampleTools& tools_;
  Instant now_;
  const std::vector<CoverItem>& items_;
  std::set<std::size_t> open_;  // not covered, and nothing found yet
  std::size_t asked_ = 0;
  fees::Work work_{suggest_steps_max};
  Effort effort_ = Effort::round;
  Suggestions found_;
};

std::vector<std::string> Search::operations() const {
  std::vector<std::string> named = schedule().operations();
  return named.empty() ? std::vector<std::string>{"transaction"} : named;
}

Suggestions Search::run() {
  for (Effort effort : efforts) {
    effort_ = effort;
    look_at_all_fees();
  }
  asked_ = 0;
  work_ = fees::Work{suggest_steps_max};
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].limit != nullptr && open_.contains(i)) look_at_limit(items_[i]);
  }
  found_.not_found.assign(open_.begin(), open_.end());
  return std::move(found_);
}

void Search::look_at_all_fees() {
  for (const std::string& operation : operations()) look_at_fees(operation, {}, nullptr);
  for (const fees::FeePlan& fee : plan_.fees) {
    for (const facts::Reading& reading : boundary_readings(fee)) {
      facts::Readings readings = {{fee.meter.id, reading}};
      for (const std::string& operation : operations())
        look_at_fees(operation, readings, fee.as_written);
    }
  }
}

// An answer that exercises something new becomes an example.
template <class Answer>
void Search::keep(schedule::Example::Kind kind, const formats::Node& request,
                  const Answer& answer) {
  Suggestion suggestion;
  work_.spend(10 * size_of(answer) + open_.size() * (1 + size_of(answer) / 64));
  for (std::size_t i : open_) {
    if (exercises(answer, items_[i])) suggestion.exercises.push_back(i);
  }
  if (suggestion.exercises.empty()) return;
  for (std::size_t i : suggestion.exercises) open_.erase(i);
  suggestion.example.kind = kind;
  suggestion.example.request = request;
  suggestion.example.expect = expectation_of(answer);
  found_.examples.push_back(std::move(suggestion));
}

// ---- fees --------------------------------------------------------------------------------------

bool is_of_fees(const CoverItem& item) { return item.limit == nullptr; }

// Is anything still sought of the fees of this operation, or of this fee alone?
bool Search::is_open(const std::string& operation, const schedule::Fee* only) const {
  return std::any_of(open_.begin(), open_.end(), [&](std::size_t i) {
    const CoverItem& item = items_[i];
    if (!is_of_fees(item) || is_exhausted()) return false;
    if (item.fee == nullptr) return only == nullptr;
    return (only == nullptr || item.fee == only) &&
           facts::concerns(item.fee->operations, operation);
  });
}

// Some line of the piece is of a case that is still sought; what is not settled may be.
bool Search::is_open(const fees::CurvePiece& piece) const {
  if (!piece.is_settled()) return true;
  if (!*piece.result) return false;
  return std::any_of(open_.begin(), open_.end(), [&](std::size_t i) {
    const CoverItem& item = items_[i];
    if (!is_of_fees(item)) return false;
    const auto& lines = (*piece.result)->lines;
    return item.fee == nullptr ||
           std::any_of(lines.begin(), lines.end(), [&](const fees::LineForm& line) {
             return plan_.fees[line.fee].as_written == item.fee &&
                    (item.kind == CoverItem::Kind::line_rounding ||
                     line.case_index == item.case_index);
           });
  });
}

void Search::look_at_fees(const std::string& operation, const facts::Readings& readings,
                          const schedule::Fee* only) {
  if (!is_open(operation, only)) return;
  std::vector<std::string> variables = curves::variables_of(schedule(), operation);
  bool has_amount = std::find(variables.begin(), variables.end(), "") != variables.end();
  if (variables.empty()) variables.push_back("");
  cells::Cells cells = cells::find_cells({&plan_}, operation);
  for (const cells::Cell& cell : cells.all) {
    for (const std::string& variable : variables) {
      if (!is_open(operation, only)) return;
      look_over(cell, variable, has_amount, readings, only);
    }
  }
}

void Search::look_over(const cells::Cell& cell, const std::string& variable, bool has_amount,
                       const facts::Readings& readings, const schedule::Fee* only) {
  curves::CellCurve cell_curve = curves::make_cell_curve(plan_, cell, variable, has_amount);
  cell_curve.readings = readings;
  if (!has_amount && variable.empty()) return ask_quote(cell_curve, 0);
  curves::draw(cell_curve);
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    for (const Rational& x : boundary_amounts(piece.amounts, effort_)) {
      if (!is_open(cell.operation.name, only) || !is_open(piece)) break;
      ask_quote(cell_curve, x);
    }
  }
}

UsedTexts texts_of(const facts::Readings& readings, const Currencies& currencies) {
  UsedTexts texts;
  for (const auto& [meter, reading] : readings) {
    bool money = !reading.currency.empty();
    texts.emplace_back(meter, money ? to_string(Money{reading.value, reading.currency}, currencies)
                                    : reading.value.to_string());
  }
  return texts;
}

void Search::ask_quote(const curves::CellCurve& cell_curve, const Rational& x) {
  ++asked_;
  facts::Operation operation = cell_curve.operation;
  if (!cell_curve.of_amount()) {
    operation.quantities[cell_curve.variable] = x;
    if (effort_ == Effort::ends && operation.amount)  // less round, for roundings to show
      operation.amount = *operation.amount + schedule().currencies.minor_unit(operation.currency);
  } else if (operation.amount) {
    operation.amount = x;
  }
  formats::Node request = request_of(schedule(), *cell_curve.cell, operation,
                                     texts_of(cell_curve.readings, schedule().currencies));
  auto question = example_question(request, schedule(), tools_, now_);
  if (!question) return;
  Checked<ask::JudgedQuote> judged = ask::quote_and_check(tariff_, (*question)->asked, false);
  if (judged && judged->rows.front().quote)
    keep(schedule::Example::Kind::quote, request, *judged->rows.front().quote);
}

// ---- limits ------------------------------------------------------------------------------------

void Search::look_at_limit(const CoverItem& item) {
  const auto& own = item.limit->meter.operations;
  cells::CellScope scope;
  scope.limits = true;
  for (const std::string& operation : own && !own->empty() ? *own : operations()) {
    for (const cells::Cell& cell : cells::find_cells({&plan_}, operation, scope).all) {
      bool open = std::any_of(open_.begin(), open_.end(),
                              [&](std::size_t i) { return &items_[i] == &item; });
      if (!open || is_exhausted()) return;
      look_at_limit(item, cell);
    }
  }
}

// What no limit in this currency finds too small: 1, or the largest minimum.
Rational least_allowed(const schedule::Schedule& schedule, Currency currency) {
  Rational least = 1;
  for (const schedule::Limit& limit : schedule.limits) {
    if (!limit.min) continue;
    for (const auto& [tier, figure] : limit.min->figures) {
      const Money* money = figure ? find_money(figure->money, currency) : nullptr;
      if (money != nullptr) least = std::max(least, money->amount);
    }
  }
  return least;
}

// The amount, the quantity or the reading is brought to each value that the bounds tell apart.
void Search::look_at_limit(const CoverItem& item, const cells::Cell& cell) {
  using Measure = schedule::Meter::Measure;
  const schedule::Limit& limit = *item.limit;
  bool counts_amounts = schedule::counts_money(limit.meter);
  if (counts_amounts && limit.meter.currency != cell.operation.currency) return;
  facts::Operation operation = cell.operation;
  if (!item.tier.empty()) operation.attributes["tier"] = item.tier;
  bool balance = limit.meter.measure == Measure::balance;
  UsedTexts none;
  if (balance) none.emplace_back(limit.id, "0");
  operation.amount = least_allowed(schedule(), cell.operation.currency);
  ask_check(cell, operation, none);
  Decimal unit =
      counts_amounts ? schedule().currencies.minor_unit(cell.operation.currency) : Decimal(1);
  for (const Rational& value : boundary_values(limit, unit)) {
    facts::Operation at = operation;
    if (counts_amounts) at.amount = value;
    if (limit.meter.measure == Measure::quantity) at.quantities[limit.meter.quantity] = value;
    bool counted = limit.meter.measure == Measure::count;
    ask_check(cell, at, counted ? UsedTexts{{limit.id, value.to_string()}} : none);
  }
}

void Search::ask_check(const cells::Cell& cell, const facts::Operation& operation,
                       const UsedTexts& used) {
  ++asked_;
  formats::Node request = request_of(schedule(), cell, operation, used);
  auto question = example_question(request, schedule(), tools_, now_);
  if (!question) return;
  Checked<limits::Verdict> verdict = ask::check(tariff_, (*question)->asked);
  if (verdict) keep(schedule::Example::Kind::check, request, *verdict);
}

}  // namespace

Suggestions suggest_examples(const fees::Tariff& tariff, const Coverage& coverage,
                             const ExampleTools& tools, Instant now) {
  return Search(tariff, coverage, tools, now).run();
}

}  // namespace levy::examples
