#include "batch/fast/fast_rows.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"
#include "facts/conditions.h"
#include "facts/operation.h"
#include "fees/resolve.h"
#include "formats/json_writer.h"
#include "schedule/walk.h"

namespace levy::batch::fast {
namespace {

bool is_quantity(const fees::Tariff& tariff, const std::string& name) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const fees::Plan& plan) {
    return plan.schedule.find_quantity(name) != nullptr;
  });
}

constexpr std::size_t clock_edges_max = 500;        // so that classes fit ten bits of a moment
constexpr std::size_t texts_max = 1000;             // no amounts, that are known
constexpr std::int32_t days_before_1970 = 719'528;  // since the year 0, so that days fit 22

OutputFigure::Kind figure_kind(rows::BilledColumn::Of of) {
  using Of = rows::BilledColumn::Of;
  using Kind = OutputFigure::Kind;
  return of == Of::fee     ? Kind::fee
         : of == Of::debit ? Kind::debit
         : of == Of::line  ? Kind::line
                           : Kind::credit;
}

// ", \"fee\": "
std::string member_of(const std::string& name) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  json.string(name);
  return ", " + json.text() + ": ";
}

// Would a string of JSON have to be written otherwise?
bool needs_escapes(std::string_view cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
}

}  // namespace

FastRows::FastRows(const fees::Tariff& tariff, const rows::BatchOptions& options,
                   const rows::Layout& layout, const rows::RowEvaluator& evaluator,
                   rows::SharedCurves& shared, ledger::Ledger* ledger)
    : tariff_(tariff),
      options_(options),
      layout_(layout),
      evaluator_(evaluator),
      shared_(shared),
      key_(tariff, ledger != nullptr || options.enforce_limits),
      value_classes_(tariff, layout, ledger != nullptr || options.enforce_limits),
      counted_(tariff, options, layout, ledger) {
  possible_ = !options.in_full && !layout.output.empty() && layout.constant("receive") == nullptr &&
              layout.constant("pay") == nullptr;
  to_json_ = layout.output_form == rows::TableForm::json_lines;
  bool counts = rows::counts_past(tariff, options.enforce_limits);
  if (counts || options.enforce_limits) {
    possible_ =
        possible_ && CountedRows::may_count(options, layout) && (ledger != nullptr || !counts);
  }
  find_columns();
  find_conditions();
  if (counted_.is_needed()) find_reason_size();
  find_word_sizes();
  possible_ = possible_ && variable_column_ && (!counted_.is_needed() || variable_.empty());
  row_classes_.emplace(in_runs(word_columns()), time_matters_);
}

void FastRows::find_columns() {
  time_ = layout_.column_of("time");
  variable_column_ = layout_.column_of("amount");
  for (const rows::BoundField& field : layout_.fields) {
    if (!variable_column_ && is_quantity(tariff_, field.name)) {
      variable_ = field.name;
      variable_column_ = field.column;
    }
  }
  std::vector<std::size_t> input;
  for (const rows::OutputColumn& column : layout_.output) {
    std::string member = to_json_ ? member_of(column.name) : std::string();
    if (column.kind == rows::OutputColumn::Kind::input) {
      input.push_back(column.index);
      members_.push_back({column.index, member});
    }
    if (column.kind == rows::OutputColumn::Kind::result)
      add_result(static_cast<rows::Result>(column.index), member);
    if (column.kind != rows::OutputColumn::Kind::line) continue;
    written_.push_back({.is_figure = true, .is_line = true, .member = member});
    asked_.push_back({OutputFigure::Kind::line, layout_.fee_ids[column.index]});
  }
  input_ = in_runs(input);
  figures_.resize(asked_.size());
  for (const rows::BilledColumn& billed : layout_.billed)
    asked_.push_back({figure_kind(billed.of), billed.fee_id});
  tables_.emplace(layout_, asked_);
}

void FastRows::add_result(rows::Result result, const std::string& member) {
  using Kind = OutputFigure::Kind;
  auto kind = result == rows::Result::fee      ? std::optional(Kind::fee)
              : result == rows::Result::debit  ? std::optional(Kind::debit)
              : result == rows::Result::credit ? std::optional(Kind::credit)
                                               : std::nullopt;
  written_.push_back({.is_figure = kind.has_value(), .result = result, .member = member});
  if (kind) asked_.push_back({*kind, {}});
}

// What a version is called is written as it is.
void FastRows::find_word_sizes() {
  for (const Written& written : written_) {
    if (written.is_figure) continue;
    std::size_t size = written.result == rows::Result::digest ? sha256_digits : 0;
    for (const fees::Plan& plan : tariff_.versions) {
      if (written.result != rows::Result::version) continue;
      size = std::max(size, plan.schedule.version.size());
      possible_ = possible_ && plan.schedule.version.find(',') == npos &&
                  !needs_escapes(plan.schedule.version);
    }
    words_bytes_max_ += size;
  }
}

// Neighbours in a CSV or TSV are taken as they stand. What a mapping writes is not divided by
// anything, so that two words would be taken for two others of the same letters.
std::vector<ColumnRun> FastRows::in_runs(const std::vector<std::size_t>& columns) const {
  std::vector<ColumnRun> runs;
  for (std::size_t column : columns) {
    bool is_in_line =
        layout_.input != rows::TableForm::json_lines && column < layout_.input_columns;
    bool follows = is_in_line && !runs.empty() && runs.back().last + 1 == column;
    if (!follows) runs.push_back({column, column});
    runs.back().last = column;
  }
  return runs;
}

// The columns whose words choose the price.
std::vector<std::size_t> FastRows::word_columns() {
  std::vector<std::size_t> columns;
  for (const rows::BoundField& field : layout_.fields) {
    bool is_apart = field.column != time_ && field.column != variable_column_;
    if (is_apart && is_asked(field.name)) columns.push_back(field.column);
    // A column that says two fields chooses the price by its text, and is no word of the key.
    bool is_own = field.name == "time" || field.name == (variable_.empty() ? "amount" : variable_);
    possible_ = possible_ && (is_apart || is_own);
  }
  // A reading that a row gives is the evaluator's (resolve); most rows give none.
  for (const rows::BoundField& used : layout_.used) {
    possible_ = possible_ && used.column != time_ && used.column != variable_column_;
    columns.push_back(used.column);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

// No condition of any version asks what a text says that may be anything.
bool FastRows::is_asked(const std::string& field) const {
  if (counted_.is_needed()) return true;  // limits and meters may ask
  return !std::all_of(
      tariff_.versions.begin(), tariff_.versions.end(), [&](const fees::Plan& plan) {
        const schedule::Attribute* declared = plan.schedule.find_attribute(field);
        bool is_text = declared != nullptr && declared->kind == schedule::Attribute::Kind::text;
        schedule::each_condition(plan.schedule, [&](const schedule::Condition& condition) {
          is_text = is_text && condition.name != field;
        });
        return is_text;
      });
}

void FastRows::find_conditions() {
  time_matters_ = tariff_.versions.size() > 1 || options_.rates != nullptr;
  for (const fees::Plan& plan : tariff_.versions) {
    time_matters_ = time_matters_ || plan.schedule.from || plan.schedule.until;
    schedule::each_condition(plan.schedule, [&](const schedule::Condition& condition) {
      bool day =
          condition.subject == schedule::Condition::Subject::date || condition.name == "weekday";
      bool clock = condition.subject == schedule::Condition::Subject::time_of_day;
      day_matters_ = day_matters_ || day;
      if (clock) add_clock_edges(condition);
    });
  }
  std::sort(clock_edges_.begin(), clock_edges_.end());
  clock_edges_.erase(std::unique(clock_edges_.begin(), clock_edges_.end()), clock_edges_.end());
  possible_ = possible_ && clock_edges_.size() <= clock_edges_max;
  time_matters_ = time_matters_ || day_matters_ || !clock_edges_.empty();
}

void FastRows::add_clock_edges(const schedule::Condition& condition) {
  schedule::each_figure(condition, [&](const schedule::Figure& figure) {
    std::optional<std::int64_t> second = figure.number->minor_units(0);
    if (second) clock_edges_.push_back(*second);
    if (!second) possible_ = false;
  });
}

// Times of day between the same edges, or at the same one, are alike.
std::uint64_t FastRows::clock_class(const TimeZone::Local& local) const {
  auto first = std::lower_bound(clock_edges_.begin(), clock_edges_.end(), local.second);
  bool is_at = first != clock_edges_.end() && *first == local.second;
  bool is_later = is_at && local.nanosecond > 0;
  auto below = static_cast<std::uint64_t>(first - clock_edges_.begin()) + (is_later ? 1 : 0);
  return 2 * below + (is_at && !is_later ? 1 : 0);
}

// ---- times -------------------------------------------------------------------------------------

void FastRows::check_times(const Rows& rows) {
  const std::size_t count = rows.count();
  has_time_.assign(count, 1);
  if (time_matters_) moments_.assign(count, 0);
  if (!time_ && options_.needs_time) has_time_.assign(count, 0);
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
  if (text.empty() && options_.needs_time) return std::nullopt;
  fees::ResolvedTime resolved;
  if (std::optional<Instant> plain = read_plain_instant(text)) {
    resolved = fees::resolve_time(tariff_, *plain, options_.rates);
  } else {
    Checked<fees::ResolvedTime> read =
        fees::resolve_time(tariff_, text, options_.now, options_.rates);
    if (!read) return std::nullopt;
    resolved = *read;
  }
  if (!time_matters_) return 0;
  const auto& [plan, time, rates] = resolved;
  if (!facts::is_in_force(plan->schedule, time)) return std::nullopt;
  if (fees::are_stale(rates, options_.max_age_seconds, time)) return std::nullopt;
  auto version = static_cast<std::uint64_t>(plan - tariff_.versions.data());
  std::uint64_t row = 0, day = 0, clock = 0;
  if (rates != nullptr && !rates->begins)
    row = 1 + static_cast<std::uint64_t>(rates - options_.rates->rows.data());
  if (day_matters_ || !clock_edges_.empty()) {
    TimeZone::Local local = plan->schedule.timezone.local(time);
    if (day_matters_) day = static_cast<std::uint64_t>(local.day.number + days_before_1970);
    clock = clock_class(local);
  }
  return (version << 52) | (row << 32) | (clock << 22) | day;
}

// ---- lowered curves -----------------------------------------------------------------------------

namespace {

// What an amount that names no currency is in.
Currency plain_currency(const fees::Question& question, const fees::Plan& plan) {
  if (question.request.currency.empty()) return plan.schedule.currency;
  return Currency::of(question.request.currency).value_or(Currency());
}

}  // namespace

// Null: not yet known, as of the first row of a cell, or of one with a fault, of its amount
// perhaps, that the next one need not have.
FastRows::Priced FastRows::table_for(const Rows& rows, std::size_t row, std::uint64_t kind) {
  for (const rows::BoundField& used : layout_.used) {
    if (!rows.cell(row, used.column).empty()) return {&in_full_, nullptr};
  }
  for (std::size_t target : layout_.targets) {
    if (!rows.cell(row, target).empty()) return {&in_full_, nullptr};
  }
  Priced& known = by_value_class_[give_value_classes(rows, row)];
  if (known.table != nullptr) return known;
  fees::Question question = question_of(rows, row);
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff_, question);
  if (!resolved) {
    keep_fault(rows, row, kind, resolved.faults());
    return {};
  }
  // "133 JPY" among euros is the only one of its class that is in yen.
  bool is_plain = !variable_.empty() ||
                  resolved->operation.currency == plain_currency(question, *resolved->plan);
  if (!is_plain) return {};
  std::string all = key_.of(*resolved->plan, resolved->operation, resolved->rates, variable_);
  Priced& priced = by_key_[all];
  if (priced.table == nullptr) {
    rows::SharedCurves::Made made = shared_.find(all, [&] { return lower_curve(*resolved); });
    if (made == nullptr) return {};
    if (counted_.is_needed() && *made) priced.cell = counted_.cell_of(all, *resolved);
    bool is_whole = *made && (!counted_.is_needed() || priced.cell != nullptr);
    priced.table = is_whole ? &tables_->add(**made) : &in_full_;
  }
  return known = priced;
}

fees::Question FastRows::question_of(const Rows& rows, std::size_t row) const {
  rows::RowCells cells;
  for (std::size_t column = 0; column < rows.columns(); ++column)
    cells.push_back(rows.cell(row, column));
  return evaluator_.question_of(cells);
}

// The value classes of all words, and the moment.
std::string FastRows::give_value_classes(const Rows& rows, std::size_t row) {
  std::string all;
  for (std::size_t i = 0; i < row_classes_->runs().size(); ++i) {
    ColumnRun run = row_classes_->runs()[i];
    std::string value_class;
    bool has_synonyms = false;
    for (std::size_t column = run.first; column <= run.last; ++column) {
      has_synonyms = has_synonyms || value_classes_.has_synonyms(column);
      value_class += value_classes_.of(column, rows.cell(row, column)) + ",";
    }
    if (has_synonyms) row_classes_->give_value_class(i, rows.run(run)[row], value_class);
    all += value_class;
  }
  return time_matters_ ? all + std::to_string(moments_[row]) : all;
}

// ---- faults ------------------------------------------------------------------------------------

namespace {

// Follow from a row's words alone, once its amount can be read.
bool is_of_words(Code code) {
  return code == Code::unknown_currency || code == Code::unknown_operation ||
         code == Code::unknown_attribute || code == Code::unknown_value || code == Code::bad_value;
}

// That are no zeros at the end; nothing: the text is no plain number.
std::optional<std::size_t> places_of(std::string_view text) {
  if (!is_plain_number(text)) return std::nullopt;
  std::size_t point = text.find('.');
  if (point == std::string_view::npos) return 0;
  std::size_t last = text.find_last_not_of('0');
  return last > point ? last - point : 0;
}

}  // namespace

// What is wrong with the words of a class is wrong with all of its rows whose amounts are no finer.
void FastRows::keep_fault(const Rows& rows, std::size_t row, std::uint64_t kind,
                          const Diagnostics& faults) {
  std::string_view text = rows.cell(row, *variable_column_);
  std::optional<std::size_t> places = places_of(text);
  bool is_readable = places && read_plain_number(text, static_cast<int>(*places));
  if (!is_readable || kind == 0 || !is_of_words(faults.front().code)) return;
  ClassFault& known = fault_of_class_[kind];
  if (!known.faults) known.faults = std::make_unique<Diagnostics>(faults);
  known.places = std::max(known.places, *places);
}

// Null: not known; it is evaluated in full.
const Diagnostics* FastRows::known_fault(const Rows& rows, std::size_t row,
                                         std::uint64_t kind) const {
  auto known = fault_of_class_.find(kind);
  if (known == fault_of_class_.end()) return nullptr;
  std::string_view text = rows.cell(row, *variable_column_);
  std::optional<std::size_t> places = places_of(text);
  bool is_readable = places && *places <= known->second.places &&
                     read_plain_number(text, static_cast<int>(*places));
  return is_readable ? known->second.faults.get() : nullptr;
}

// Why a text that is no amount for the class's curves is none. Null: it may be one, or that is not
// known.
const Diagnostics* FastRows::fault_of_text(const Rows& rows, std::size_t row, std::uint64_t kind,
                                           const CurveTable& table) {
  std::string_view text = rows.cell(row, *variable_column_);
  // Without curves any number is none for them.
  if (&table == &in_full_ && is_plain_number(split_money(text).number)) return nullptr;
  std::string key = std::to_string(kind) + " " + std::string(text);
  auto known = fault_of_text_.find(key);
  if (known == fault_of_text_.end()) {
    if (fault_of_text_.size() == texts_max) return nullptr;
    Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff_, question_of(rows, row));
    auto faults = resolved ? nullptr : std::make_unique<const Diagnostics>(resolved.faults());
    known = fault_of_text_.emplace(std::move(key), std::move(faults)).first;
  }
  return known->second.get();
}

std::optional<rows::LoweredCurve> FastRows::lower_curve(
    const fees::ResolvedQuestion& resolved) const {
  fees::EvaluationContext context{resolved.operation, resolved.rates, resolved.readings};
  if (!variable_.empty()) context.variable = &variable_;
  std::vector<rows::OpenReading> readings;
  if (counted_.is_needed()) {
    auto asked = counted_.readings_of(resolved);
    if (!asked) return std::nullopt;
    for (CellReading& one : *asked) readings.push_back(std::move(one.reading));
  }
  bool lacks = variable_.empty() ? !resolved.operation.amount.has_value()
                                 : !resolved.operation.quantities.contains(variable_);
  if (lacks) return std::nullopt;
  return rows::lower(*resolved.plan, context, readings);
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

// Also money, in the currency of the others of its class.
std::int64_t FastRows::read_in_full(const Rows& rows, std::size_t row,
                                    const CurveTable& table) const {
  MoneyText money = split_money(rows.cell(row, *variable_column_));
  bool is_own = money.currency.empty() ||
                (variable_.empty() && money.currency == table.curve.currency.code());
  if (!is_own || money.number.empty()) return PlainNumbers::none;
  return read_plain_number(money.number, table.digits).value_or(PlainNumbers::none);
}

// Is everything that was billed what it should be, in plain numbers?
bool FastRows::is_billed(const Rows& rows, std::size_t row, const std::int64_t* values) const {
  const Found& found = found_[row];
  const PieceFigures& figures = *found.piece->figures;
  for (std::size_t i = 0; i < layout_.billed.size(); ++i) {
    std::string_view text = rows.cell(row, layout_.billed[i].column);
    const rows::LoweredFigure* figure = figures.asked[figures_.size() + i].figure;
    if (figure == nullptr) {
      if (!text.empty()) return false;
      continue;
    }
    std::int64_t computed = rows::value_of(figures.piece, figure->sum, found.n, values);
    if (read_plain_number(text, figure->scale) != computed) return false;
  }
  return true;
}

// Pieces and their first roundings, and which rows are rounded twice. The other roundings are
// passes of their own: a row's way to its figures is longer than what processors look ahead.
void FastRows::find_pieces(const Rows& rows) {
  const std::size_t count = rows.count();
  found_.resize(count);
  twice_.resize(count);
  std::uint32_t* twice = twice_.data();
  std::size_t twice_count = 0;
  const std::uint64_t* classes = row_classes_->find(rows, moments_).data();
  priced_by_kind_.resize(row_classes_->count());
  priced_by_kind_[0] = {&in_full_, nullptr};
  const bool counted = counted_.is_needed();
  cells_.resize(counted ? count : 0);
  for (std::size_t row = 0; row < count; ++row) {
    Found& found = found_[row];
    std::uint64_t kind = has_time_[row] ? classes[row] : 0;
    CurveTable* table = priced_by_kind_[kind].table;
    found.fault = nullptr;
    if (table == nullptr) [[unlikely]] {
      // Of a row whose variable is no plain number nothing may follow for the others of its class.
      found.fault = known_fault(rows, row, kind);
      bool may_tell = is_plain_number(split_money(rows.cell(row, *variable_column_)).number);
      if (found.fault == nullptr && may_tell) priced_by_kind_[kind] = table_for(rows, row, kind);
      table = priced_by_kind_[kind].table != nullptr ? priced_by_kind_[kind].table : &in_full_;
    }
    if (counted) cells_[row] = priced_by_kind_[kind].cell;
    std::int64_t n = numbers_.get(row, table->digits);
    if (n == PlainNumbers::none) [[unlikely]]
      n = read_in_full(rows, row, *table);
    if (n == PlainNumbers::none && found.fault == nullptr && kind != 0) [[unlikely]]
      found.fault = fault_of_text(rows, row, kind, *table);
    found.n = n;
    found.piece = &table->find(n);
    const PieceFigures* figures = found.piece->figures;
    if (figures == nullptr) [[unlikely]] {
      if (found.piece->fault != nullptr) found.fault = found.piece->fault;
      continue;
    }
    found.values[0] = figures->first.round(n);
    found.values[1] = 0;
    twice[twice_count] = static_cast<std::uint32_t>(row);
    twice_count += figures->rounds_twice ? 1 : 0;
  }
  twice_.resize(twice_count);
}

// Rows with a cell that is not written as it stands are evaluated in full.
void FastRows::leave_rewritten(const Rows& rows) {
  for (const Member& member : members_) {
    for (std::size_t row = 0; row < rows.count(); ++row) {
      std::string_view cell = rows.cell(row, member.column);
      if (to_json_ ? needs_escapes(cell) : formats::is_formula(cell)) [[unlikely]]
        found_[row].piece = &in_full_.pieces.front();
    }
  }
  auto is_left = [&](std::uint32_t row) { return found_[row].piece->figures == nullptr; };
  twice_.erase(std::remove_if(twice_.begin(), twice_.end(), is_left), twice_.end());
}

void FastRows::round_twice() {
  for (std::uint32_t row : twice_) {
    Found& found = found_[row];
    const rows::LoweredRounding& second = found.piece->figures->second;
    std::int64_t sum = second.slope * found.n + second.base + second.factor * found.values[0];
    found.values[1] = rows::round_sum(sum, second);
  }
}

void FastRows::price(const Rows& rows) {
  const std::size_t count = found_.size();
  for (Figures& figures : figures_) figures.begin(count);
  Figures* first = figures_.data();
  Figures* last = first + figures_.size();
  const bool billed = !layout_.billed.empty(), adds = !counted_.is_needed();
  for (std::size_t row = 0; row < count; ++row) {
    Found& found = found_[row];
    const PieceFigures* figures = found.piece->figures;
    if (figures == nullptr) [[unlikely]]
      continue;
    if (billed || !figures->is_plain) [[unlikely]] {
      price_all(rows, row);
      continue;
    }
    if (adds) found.piece->add(found.n, found.values);
    const AskedFigure* asked = figures->asked.data();
    for (Figures* figure = first; figure != last; ++figure, ++asked)
      figure->put(row, asked->value(found.n, found.values), asked->scale);
  }
  for (Figures& figures : figures_) figures.spell();
}

// The same for a row of any piece. One that was billed otherwise is to be evaluated in full.
void FastRows::price_all(const Rows& rows, std::size_t row) {
  std::int64_t values[rows::lowered_roundings_max];
  Found& found = found_[row];
  const rows::LoweredPiece& piece = found.piece->figures->piece;
  if (piece.readings > 0) return;  // priced in the order of the input (judge_one)
  if (found.piece->figures->is_plain) {
    std::copy_n(found.values, rows::first_roundings, values);
  } else {
    rows::round_all(piece, found.n, values);
  }
  if (!layout_.billed.empty() && !is_billed(rows, row, values)) {
    found.piece = &in_full_.pieces.front();
    return;
  }
  if (!counted_.is_needed()) found.piece->add(found.n, values, piece.roundings.size());
  put_figures(row, values);
}

void FastRows::put_figures(std::size_t row, const std::int64_t* values) {
  const Found& found = found_[row];
  const rows::LoweredPiece& piece = found.piece->figures->piece;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const rows::LoweredFigure* figure = found.piece->figures->asked[i].figure;
    if (figure != nullptr)
      figures_[i].put_late(row, rows::value_of(piece, figure->sum, found.n, values), figure->scale);
  }
}

void FastRows::answer(const Rows& rows) {
  check_times(rows);
  read_variable(rows);
  find_pieces(rows);
  bool rewrites = to_json_ || layout_.cells == formats::CsvCells::safe;
  if (rewrites && !members_.empty()) leave_rewritten(rows);
  round_twice();
  price(rows);
  if (counted_.is_needed()) counted_.begin(rows);
}

void FastRows::add_to(rows::Totals& totals) const {
  tables_->add_to(totals, variable_.empty());
  counted_.add_to(totals);
}

}  // namespace levy::batch::fast
