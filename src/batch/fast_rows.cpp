#include "batch/fast_rows.h"

#include <algorithm>

#include "batch/fast_time.h"
#include "batch/plain_number.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

bool is_quantity(const Tariff& tariff, const std::string& name) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const Plan& plan) {
    return plan.schedule.find_quantity(name) != nullptr;
  });
}

template <class Visit>
void each_condition(const Plan& plan, Visit visit) {
  auto all = [&](const std::optional<When>& when) {
    if (!when) return;
    for (const Condition& condition : when->conditions) visit(condition);
  };
  for (const Fee& fee : plan.schedule.fees) {
    all(fee.when);
    for (const Case& one : fee.cases) all(one.when);
  }
}

bool is_about_number(const Condition& condition) {
  return condition.subject == Condition::Subject::amount ||
         condition.subject == Condition::Subject::quantity;
}

}  // namespace

FastRows::FastRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
                   const Asker& asker)
    : tariff_(tariff), options_(options), layout_(layout), asker_(asker) {
  possible_ = !options.in_full && !options.enforce_limits && !options.max_age_seconds &&
              layout.used.empty() && !counts_past(tariff, options.enforce_limits) &&
              layout.output_form == TableForm::csv;
  find_columns();
  find_conditions();
  possible_ = possible_ && variable_column_;
  row_kinds_.emplace(key_runs(), time_matters_);
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
  for (const OutputColumn& column : layout_.output) {
    if (column.kind == OutputColumn::Kind::result)
      results_.emplace_back(static_cast<Result>(column.index));
    if (column.kind != OutputColumn::Kind::line) continue;
    results_.emplace_back(std::nullopt);
    lines_.push_back(layout_.fee_ids[column.index]);
  }
}

// The columns whose words choose the price. A CSV's neighbours are taken as one word: they stand
// side by side as they are.
std::vector<ColumnRun> FastRows::key_runs() const {
  std::vector<std::size_t> columns;
  for (const BoundField& field : layout_.fields) {
    if (field.column != time_ && field.column != variable_column_) columns.push_back(field.column);
  }
  std::sort(columns.begin(), columns.end());
  std::vector<ColumnRun> runs;
  for (std::size_t column : columns) {
    bool follows =
        layout_.input == TableForm::csv && !runs.empty() && runs.back().last + 1 == column;
    if (!follows) runs.push_back({column, column});
    runs.back().last = column;
  }
  return runs;
}

void FastRows::find_conditions() {
  time_matters_ = tariff_.versions.size() > 1 || options_.rates != nullptr;
  for (const Plan& plan : tariff_.versions) {
    time_matters_ = time_matters_ || plan.schedule.from || plan.schedule.until;
    each_condition(plan, [&](const Condition& condition) {
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

std::size_t FastRows::results_bytes_max() const {
  return layout_.output.size() * (units_width_max + 1) + 64;
}

// ---- times -------------------------------------------------------------------------------------

template <class Rows>
void FastRows::check_times(const Rows& rows) {
  has_time_.resize(rows.rows);
  if (time_matters_) moments_.assign(rows.rows, 0);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    std::string_view time = time_ ? rows.cell(row, *time_) : std::string_view();
    has_time_[row] = is_plain_utc(time);
    if (has_time_[row] && !time_matters_) [[likely]]
      continue;
    std::optional<std::uint64_t> moment = moment_of(time);
    has_time_[row] = moment.has_value();
    if (time_matters_) moments_[row] = moment.value_or(0);
  }
}

// What of a row's time its price may depend on, as one number; nothing: a time that cannot be read,
// or that no version is in force at.
std::optional<std::uint64_t> FastRows::moment_of(std::string_view text) const {
  const TimeZone& zone = tariff_.versions.front().schedule.timezone;
  Instant time = options_.now;
  if (!text.empty()) {
    std::optional<Instant> plain = read_plain_instant(text);
    if (!plain) {
      Checked<Instant> parsed = parse_instant(text, zone);
      if (!parsed) return std::nullopt;
      plain = *parsed;
    }
    time = *plain;
  }
  if (!time_matters_) return 0;
  const Plan* plan = tariff_.at(time);
  if (plan == nullptr) return std::nullopt;
  auto version = static_cast<std::uint64_t>(plan - tariff_.versions.data());
  std::uint64_t row = 0, day = 0;
  if (options_.rates != nullptr) {
    const Rates* rates = options_.rates->at(time);
    if (!rates->begins) row = 1 + static_cast<std::uint64_t>(rates - options_.rates->rows.data());
  }
  if (day_matters_)
    day = static_cast<std::uint32_t>(plan->schedule.timezone.local(time).day.number);
  return (version << 52) | (row << 32) | day;
}

// ---- leaves ------------------------------------------------------------------------------------

template <class Rows>
void FastRows::find_leaves(const Rows& rows) {
  const std::vector<std::uint32_t>& kinds = row_kinds_->find(rows, moments_);
  found_.resize(rows.rows);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    Found& found = found_[row];
    found.piece = nullptr;
    found.answered = nullptr;
    if (kinds[row] == 0 || !has_time_[row]) continue;
    if (kinds[row] >= kinds_.size()) kinds_.resize(kinds[row] + 1);
    Answered*& answered = kinds_[kinds[row]];
    if (answered == nullptr) answered = resolve(rows, row);
    found.answered = answered;
  }
}

// The second row of a signature makes the leaf; what comes once is not worth one. Null: not yet
// known, as of a row with a fault, of its amount perhaps, that the next one need not have.
template <class Rows>
FastRows::Answered* FastRows::resolve(const Rows& rows, std::size_t row) {
  Cells cells;
  for (std::size_t column = 0; column < rows.columns; ++column)
    cells.push_back(rows.cell(row, column));
  Checked<Setting> setting = set_out(tariff_, asker_.question_of(cells));
  if (!setting) return nullptr;
  auto [found, is_new] = by_signature_.emplace(signature(*setting), nullptr);
  if (is_new || found->second != nullptr) return found->second;
  std::optional<Leaf> leaf = make_leaf(*setting);
  return found->second = leaf ? answered_by(std::move(*leaf)) : &in_full_;
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

FastRows::Answered* FastRows::answered_by(Leaf leaf) {
  auto is_same = [&](const Answered& other) { return other.leaf == leaf; };
  auto found = std::find_if(leaves_.begin(), leaves_.end(), is_same);
  if (found != leaves_.end()) return &*found;
  Answered& answered = leaves_.emplace_back();
  answered.billed_digits = leaf.plan->schedule.currencies.digits(leaf.currency);
  for (std::size_t i = 0; i < leaf.pieces.size(); ++i) {
    const LeafPiece& piece = leaf.pieces[i];
    answered.pieces.insert(answered.pieces.end() - 1, piece_of(*figures_of(piece), *leaf.plan));
    values_width_ = std::max(values_width_, piece.roundings.size());
    if (i < answered.ends.size()) answered.ends[i] = piece.until;
  }
  answered.leaf = std::move(leaf);
  answered.credit_currency = answered.leaf.credit_currency.code();  // text within the leaf
  return &answered;
}

const LeafPiece* FastRows::figures_of(const LeafPiece& piece) {
  auto found = std::find(figures_.begin(), figures_.end(), piece);
  return found != figures_.end() ? &*found : &figures_.emplace_back(piece);
}

FastRows::Piece FastRows::piece_of(const LeafPiece& figures, const Plan& plan) const {
  Piece piece;
  piece.figures = &figures;
  piece.from = figures.from;
  piece.sums.more_roundings.resize(figures.roundings.size() - first_roundings);
  for (const std::string& id : lines_) {
    auto found = std::find_if(
        figures.lines.begin(), figures.lines.end(),
        [&](const LeafLine& line) { return plan.fees[line.fee].as_written->id == id; });
    piece.lines.push_back(found == figures.lines.end() ? nullptr : &found->amount);
  }
  return piece;
}

// Few leaves have more than four pieces, and counting ends is no branch to guess.
FastRows::Piece* FastRows::Answered::find(std::int64_t n) {
  std::size_t i = 0;
#pragma GCC unroll 4
  for (std::int64_t end : ends) i += n > end ? 1u : 0u;
  if (i == ends.size()) {
    while (i < leaf.pieces.size() && n > leaf.pieces[i].until) ++i;
  }
  Piece& piece = pieces[i];
  return n >= piece.from ? &piece : nullptr;
}

// ---- figures -----------------------------------------------------------------------------------

template <class Rows>
void FastRows::price(const Rows& rows) {
  values_.resize(rows.rows * values_width_);
  std::int64_t* values = values_.data();
  for (std::size_t row = 0; row < rows.rows; ++row, values += values_width_) {
    Found& found = found_[row];
    if (found.answered == nullptr) continue;
    const Leaf& leaf = found.answered->leaf;
    std::optional<std::int64_t> n =
        PlainNumber::read(rows.cell(row, *variable_column_), leaf.digits);
    if (!n) continue;
    Piece* in = found.answered->find(*n);
    if (in == nullptr) continue;
    Piece& piece = *in;
    round_all(*piece.figures, *n, values);
    if (layout_.billed &&
        !is_billed(rows.cell(row, *layout_.billed), *found.answered, *piece.figures, *n, values))
      continue;
    found.piece = &piece;
    found.n = *n;
    Sums& sums = piece.sums;
    ++sums.rows;
    sums.n += *n;
#pragma GCC unroll 2
    for (std::size_t i = 0; i < first_roundings; ++i) sums.roundings[i] += values[i];
    for (std::size_t i = 0; i < sums.more_roundings.size(); ++i)
      sums.more_roundings[i] += values[first_roundings + i];
  }
}

bool FastRows::is_billed(std::string_view text, const Answered& answered, const LeafPiece& piece,
                         std::int64_t n, const std::int64_t* values) const {
  std::int64_t fee = value_of(piece, piece.fee.sum, n, values);
  return PlainNumber::read(text, answered.billed_digits) == fee;
}

template <class Rows>
void FastRows::answer(const Rows& rows) {
  if (!possible_) {
    found_.assign(rows.rows, Found());
    return;
  }
  check_times(rows);
  find_leaves(rows);
  price(rows);
}

template void FastRows::answer(const Slices& rows);
template void FastRows::answer(const CellRows& rows);

// ---- results -----------------------------------------------------------------------------------

char* FastRows::write(std::size_t row, bool after_input, char* at) const {
  const Found& found = found_[row];
  const LeafPiece& piece = *found.piece->figures;
  const std::int64_t* values = values_.data() + row * values_width_;
  auto value = [&](const LeafFigure& figure) {
    return value_of(piece, figure.sum, found.n, values);
  };
  std::size_t line = 0;
  bool first = !after_input;
  for (const std::optional<Result>& result : results_) {
    *at = ',';
    at += first ? 0 : 1;
    first = false;
    if (result) {
      at = write_result(at, found, *result, values);
    } else if (const LeafFigure* amount = found.piece->lines[line++]) {
      at = write_units(at, value(*amount), amount->scale);
      for (int scale = amount->scale; scale > piece.fee.scale && at[-1] == '0'; --scale) --at;
    }
  }
  return at;
}

char* FastRows::write_result(char* at, const Found& found, Result result,
                             const std::int64_t* values) const {
  const LeafPiece& piece = *found.piece->figures;
  auto word = [&](std::string_view text) { return std::copy(text.begin(), text.end(), at); };
  auto figure = [&](const LeafFigure& one) {
    return write_units(at, value_of(piece, one.sum, found.n, values), one.scale);
  };
  switch (result) {
    case Result::status:
      return word(layout_.billed ? "match" : "ok");
    case Result::fee:
      return figure(piece.fee);
    case Result::debit:
      return figure(piece.debit);
    case Result::credit:
      return figure(piece.credit);
    case Result::credit_currency:
      return word(found.answered->credit_currency);
    case Result::difference:
      return write_units(at, 0, piece.fee.scale);
    case Result::other_fees:
    case Result::cause:
    case Result::reason:
      break;
  }
  return at;
}

}  // namespace levy
