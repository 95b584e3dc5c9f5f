#include "batch/fast_rows.h"

#include <algorithm>

#include "fees/resolve.h"
#include "schedule/conditions.h"
#include "schedule/operation_checks.h"

namespace levy {
namespace {

bool is_quantity(const Tariff& tariff, const std::string& name) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const Plan& plan) {
    return plan.schedule.find_quantity(name) != nullptr;
  });
}

bool is_about_number(const Condition& condition) {
  return condition.subject == Condition::Subject::amount ||
         condition.subject == Condition::Subject::quantity;
}

}  // namespace

FastRows::FastRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
                   const Asker& asker, SharedLeaves& shared)
    : tariff_(tariff),
      options_(options),
      layout_(layout),
      asker_(asker),
      shared_(shared),
      meanings_(tariff, layout) {
  possible_ = !options.in_full && !options.enforce_limits && !options.max_age_seconds &&
              layout.used.empty() && !counts_past(tariff, options.enforce_limits) &&
              layout.output_form == TableForm::csv && !layout.output.empty();
  find_columns();
  find_conditions();
  possible_ = possible_ && variable_column_;
  row_kinds_.emplace(in_runs(word_columns()), time_matters_);
}

void FastRows::find_columns() {
  time_ = layout_.column_of("time");
  variable_column_ = layout_.column_of("amount");
  for (const BoundField& field : layout_.fields) {
    if (!variable_column_ && is_quantity(tariff_, field.name)) {
      variable_ = field.name;
      variable_column_ = field.column;
    }
  }
  std::vector<std::size_t> input;
  for (const OutputColumn& column : layout_.output) {
    if (column.kind == OutputColumn::Kind::input) input.push_back(column.index);
    if (column.kind == OutputColumn::Kind::result) add_result(static_cast<Result>(column.index));
    if (column.kind != OutputColumn::Kind::line) continue;
    written_.push_back({.is_figure = true, .is_line = true});
    asked_.push_back({OutputFigure::Kind::line, layout_.fee_ids[column.index]});
  }
  input_ = in_runs(input);
  leaves_.emplace(layout_, asked_);
  figures_.resize(asked_.size());
}

void FastRows::add_result(Result result) {
  using Kind = OutputFigure::Kind;
  auto kind = result == Result::fee      ? std::optional(Kind::fee)
              : result == Result::debit  ? std::optional(Kind::debit)
              : result == Result::credit ? std::optional(Kind::credit)
                                         : std::nullopt;
  written_.push_back({.is_figure = kind.has_value(), .result = result});
  if (kind) asked_.push_back({*kind, {}});
}

// Neighbours in a CSV are taken as they stand.
std::vector<ColumnRun> FastRows::in_runs(const std::vector<std::size_t>& columns) const {
  std::vector<ColumnRun> runs;
  for (std::size_t column : columns) {
    bool follows =
        layout_.input == TableForm::csv && !runs.empty() && runs.back().last + 1 == column;
    if (!follows) runs.push_back({column, column});
    runs.back().last = column;
  }
  return runs;
}

// The columns whose words choose the price.
std::vector<std::size_t> FastRows::word_columns() {
  std::vector<std::size_t> columns;
  for (const BoundField& field : layout_.fields) {
    bool is_apart = field.column != time_ && field.column != variable_column_;
    if (is_apart) columns.push_back(field.column);
    // A column that says two fields chooses the price by its text, and is no word of the key.
    bool is_own = field.name == "time" || field.name == (variable_.empty() ? "amount" : variable_);
    possible_ = possible_ && (is_apart || is_own);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

void FastRows::find_conditions() {
  time_matters_ = tariff_.versions.size() > 1 || options_.rates != nullptr;
  for (const Plan& plan : tariff_.versions) {
    time_matters_ = time_matters_ || plan.schedule.from || plan.schedule.until;
    each_condition(plan.schedule, [&](const Condition& condition) {
      bool day = condition.subject == Condition::Subject::date || condition.name == "weekday";
      bool clock = condition.subject == Condition::Subject::time_of_day;
      day_matters_ = day_matters_ || day;
      if (clock) possible_ = false;
      if (!is_about_number(condition) && !clock)
        conditions_.push_back(When{{condition}, condition.place});
    });
  }
  time_matters_ = time_matters_ || day_matters_;
}

// ---- times -------------------------------------------------------------------------------------

void FastRows::check_times(const Rows& rows) {
  const std::size_t count = rows.count();
  has_time_.assign(count, 1);
  if (time_matters_) moments_.assign(count, 0);
  if (!time_) return time_matters_ ? find_moments(rows) : void();
  times_.begin(count);
  rows.run({*time_, *time_}).look([&](auto times) {
    for (std::size_t row = 0; row < count; ++row) times_.put(row, times[row]);
  });
  bool all_plain = times_.check();
  if (time_matters_) return find_moments(rows);
  if (all_plain) return;
  for (std::size_t row = 0; row < count; ++row) {
    if (!times_.get(row)) [[unlikely]]
      has_time_[row] = moment_of(rows.cell(row, *time_)).has_value();
  }
}

void FastRows::find_moments(const Rows& rows) {
  for (std::size_t row = 0; row < rows.count(); ++row) {
    std::optional<std::uint64_t> moment =
        moment_of(time_ ? rows.cell(row, *time_) : std::string_view());
    has_time_[row] = moment.has_value();
    moments_[row] = moment.value_or(0);
  }
}

// What of a row's time its price may depend on, as one number; nothing: a time that cannot be read,
// or that no version is in force at.
std::optional<std::uint64_t> FastRows::moment_of(std::string_view text) const {
  ResolvedTime resolved;
  if (std::optional<Instant> plain = read_plain_instant(text)) {
    resolved = resolve_time(tariff_, *plain, options_.rates);
  } else {
    Checked<ResolvedTime> read = resolve_time(tariff_, text, options_.now, options_.rates);
    if (!read) return std::nullopt;
    resolved = *read;
  }
  if (!time_matters_) return 0;
  const auto& [plan, time, rates] = resolved;
  if (!is_in_force(plan->schedule, time)) return std::nullopt;
  auto version = static_cast<std::uint64_t>(plan - tariff_.versions.data());
  std::uint64_t row = 0, day = 0;
  if (rates != nullptr && !rates->begins)
    row = 1 + static_cast<std::uint64_t>(rates - options_.rates->rows.data());
  if (day_matters_)
    day = static_cast<std::uint32_t>(plan->schedule.timezone.local(time).day.number);
  return (version << 52) | (row << 32) | day;
}

// ---- leaves ------------------------------------------------------------------------------------

// Null: not yet known, as of the first row of a signature, or of one with a fault, of its amount
// perhaps, that the next one need not have.
WorkedLeaf* FastRows::resolve(const Rows& rows, std::size_t row) {
  WorkedLeaf*& known = by_meaning_[give_meanings(rows, row)];
  if (known != nullptr) return known;
  Cells cells;
  for (std::size_t column = 0; column < rows.columns(); ++column)
    cells.push_back(rows.cell(row, column));
  Checked<Setting> setting = set_out(tariff_, asker_.question_of(cells));
  if (!setting) return nullptr;
  std::string all = signature(*setting);
  WorkedLeaf*& worked = by_signature_[all];
  if (worked == nullptr) {
    SharedLeaves::Made made = shared_.find(all, [&] { return make_leaf(*setting); });
    if (made == nullptr) return nullptr;
    worked = *made ? &leaves_->add(**made) : &in_full_;
  }
  return known = worked;
}

// The meaning of all words, and the moment.
std::string FastRows::give_meanings(const Rows& rows, std::size_t row) {
  std::string all;
  for (std::size_t i = 0; i < row_kinds_->runs().size(); ++i) {
    ColumnRun run = row_kinds_->runs()[i];
    std::string meaning;
    bool has_synonyms = false;
    for (std::size_t column = run.first; column <= run.last; ++column) {
      has_synonyms = has_synonyms || meanings_.has_synonyms(column);
      meaning += meanings_.of(column, rows.cell(row, column)) + ",";
    }
    if (has_synonyms) row_kinds_->give_meaning(i, rows.run(run)[row], meaning);
    all += meaning;
  }
  return time_matters_ ? all + std::to_string(moments_[row]) : all;
}

// Two rows of one signature get the same answers: the same conditions hold, in the same currencies.
std::string FastRows::signature(const Setting& setting) const {
  const Operation& operation = setting.operation;
  auto pointer = [](const void* p) { return std::to_string(reinterpret_cast<std::uintptr_t>(p)); };
  std::string text = pointer(setting.plan) + " " + pointer(setting.rates) + " " + operation.name;
  text += " " + std::string(operation.currency.code()) + " " +
          std::string(operation.to_currency.code()) + " ";
  for (const auto& [name, value] : operation.quantities) {
    if (name != variable_) text += name + "=" + value.to_string() + " ";
  }
  auto no_numbers = [](const Condition&) -> Checked<Truth> { return Truth::yes; };
  for (const When& when : conditions_) {
    Checked<WhenAnswer> answer = decide(when, setting.plan->schedule, operation, no_numbers);
    text += !answer                       ? 'x'
            : answer->truth == Truth::yes ? '1'
            : answer->truth == Truth::no  ? '0'
                                          : '?';
  }
  return text;
}

std::optional<Leaf> FastRows::make_leaf(const Setting& setting) const {
  Scene scene{setting.operation, setting.rates, setting.readings};
  if (!variable_.empty()) scene.variable = &variable_;
  bool lacks = variable_.empty() ? !setting.operation.amount.has_value()
                                 : !setting.operation.quantities.contains(variable_);
  if (lacks) return std::nullopt;
  return lower(*setting.plan, scene);
}

// ---- figures -----------------------------------------------------------------------------------

void FastRows::read_variable(const Rows& rows) {
  auto texts = rows.run({*variable_column_, *variable_column_});
  const std::size_t count = rows.count();
  numbers_.begin(count);
  texts.look([&](auto placed) {
    for (std::size_t row = 0; row < count; ++row) numbers_.put(row, placed[row]);
  });
  numbers_.read();
}

std::int64_t FastRows::read_in_full(const Rows& rows, std::size_t row, int digits) const {
  return read_plain_number(rows.cell(row, *variable_column_), digits).value_or(PlainNumbers::none);
}

bool FastRows::is_billed(const Rows& rows, std::size_t row, std::int64_t fee) const {
  std::string_view billed = rows.cell(row, *layout_.billed);
  return read_plain_number(billed, found_[row].piece->leaf->billed_digits) == fee;
}

// Pieces and their first roundings, and which rows are rounded twice. The other roundings are
// passes of their own: a row's way to its figures is longer than what processors look ahead.
void FastRows::find_pieces(const Rows& rows) {
  const std::size_t count = rows.count();
  found_.resize(count);
  twice_.resize(count);
  std::uint32_t* twice = twice_.data();
  std::size_t twice_count = 0;
  const std::uint64_t* kinds = row_kinds_->find(rows, moments_).data();
  leaf_of_kind_.resize(row_kinds_->count());
  leaf_of_kind_[0] = &in_full_;
  for (std::size_t row = 0; row < count; ++row) {
    Found& found = found_[row];
    std::uint64_t kind = has_time_[row] ? kinds[row] : 0;
    WorkedLeaf* leaf = leaf_of_kind_[kind];
    if (leaf == nullptr) [[unlikely]] {
      // A row whose variable is no plain number ("133 JPY") says nothing about the others of its
      // kind: it is evaluated in full and the curve is made for another one.
      if (is_plain_number(rows.cell(row, *variable_column_)))
        leaf_of_kind_[kind] = resolve(rows, row);
      leaf = leaf_of_kind_[kind] != nullptr ? leaf_of_kind_[kind] : &in_full_;
    }
    std::int64_t n = numbers_.get(row, leaf->digits);
    if (n == PlainNumbers::none) [[unlikely]]
      n = read_in_full(rows, row, leaf->digits);
    found.n = n;
    found.piece = &leaf->find(n);
    const WorkedFigures* figures = found.piece->figures;
    if (figures == nullptr) [[unlikely]]
      continue;
    found.values[0] = figures->first.round(n);
    found.values[1] = 0;
    twice[twice_count] = static_cast<std::uint32_t>(row);
    twice_count += figures->rounds_twice ? 1 : 0;
  }
  twice_.resize(twice_count);
}

void FastRows::round_twice() {
  for (std::uint32_t row : twice_) {
    Found& found = found_[row];
    const LeafRounding& second = found.piece->figures->second;
    std::int64_t sum = second.slope * found.n + second.base + second.factor * found.values[0];
    found.values[1] = round_sum(sum, second);
  }
}

void FastRows::price(const Rows& rows) {
  const std::size_t count = found_.size();
  for (Figures& figures : figures_) figures.begin(count);
  Figures* first = figures_.data();
  Figures* last = first + figures_.size();
  const bool billed = layout_.billed.has_value();
  for (std::size_t row = 0; row < count; ++row) {
    Found& found = found_[row];
    const WorkedFigures* figures = found.piece->figures;
    if (figures == nullptr) [[unlikely]]
      continue;
    if (billed || !figures->is_plain) [[unlikely]] {
      price_all(rows, row);
      continue;
    }
    found.piece->add(found.n, found.values);
    const AskedFigure* asked = figures->asked.data();
    for (Figures* figure = first; figure != last; ++figure, ++asked)
      figure->put(row, asked->value(found.n, found.values), asked->scale);
  }
  for (Figures& figures : figures_) figures.spell();
}

// The same for a row of any piece. One that was billed otherwise is to be asked in full.
void FastRows::price_all(const Rows& rows, std::size_t row) {
  std::int64_t values[leaf_roundings_max];
  Found& found = found_[row];
  const LeafPiece& piece = found.piece->figures->piece;
  if (found.piece->figures->is_plain) {
    std::copy_n(found.values, first_roundings, values);
  } else {
    round_all(piece, found.n, values);
  }
  if (layout_.billed && !is_billed(rows, row, value_of(piece, piece.fee.sum, found.n, values))) {
    found.piece = &in_full_.pieces.front();
    return;
  }
  found.piece->add(found.n, values, piece.roundings.size());
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const LeafFigure* figure = found.piece->figures->asked[i].figure;
    if (figure != nullptr)
      figures_[i].put(row, value_of(piece, figure->sum, found.n, values), figure->scale);
  }
}

void FastRows::answer(const Rows& rows) {
  check_times(rows);
  read_variable(rows);
  find_pieces(rows);
  round_twice();
  price(rows);
}

void FastRows::add_to(Totals& totals) const { leaves_->add_to(totals, variable_.empty()); }

}  // namespace levy
