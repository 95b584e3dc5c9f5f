#include "batch/worker.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "batch/rows/row_text.h"
#include "formats/csv.h"
#include "formats/json_lines.h"
#include "formats/utf8.h"

namespace levy::batch {
namespace {

constexpr std::size_t step_bytes = std::size_t{1} << 14;  // answered together: they stay in cache

}  // namespace

Worker::Worker(const fees::Tariff& tariff, const rows::BatchOptions& options,
               const rows::Layout& layout, const Counting& counting, rows::SharedCurves& curves,
               std::string file)
    : options_(options),
      layout_(layout),
      part_(counting.part),
      gives_places_(counting.gives_places || counting.part.parts > 1),
      file_(std::move(file)),
      own_columns_(layout.columns.begin(),
                   layout.columns.begin() + static_cast<std::ptrdiff_t>(layout.input_columns)),
      shape_(rows::shape_of(options, layout.input)),
      mapped_(layout, shape_.is_tsv ? ',' : shape_.delimiter),
      check_(rows::column_check(tariff, options)),
      evaluator_(tariff, options, layout, counting.ledger),
      fast_(tariff, options, layout, evaluator_, curves,
            counting.gives_places ? nullptr : counting.ledger),
      shapes_(own_columns_, input_,
              layout.output_form == rows::TableForm::json_lines && !layout.passes_whole),
      separators_(layout.input == rows::TableForm::json_lines ? fast::Separators::Kind::quotes
                  : layout.input == rows::TableForm::tsv      ? fast::Separators::Kind::tabs
                                                              : fast::Separators::Kind::commas),
      lines_reader_(file_, formats::ByteWindow(std::string_view())),
      records_reader_(file_, formats::ByteWindow(std::string_view()), shape_),
      cells_(layout.columns.size()) {
  records_reader_.name_columns(own_columns_, options.every_line);
  for (const rows::OutputColumn& column : layout.output) {
    if (column.kind == rows::OutputColumn::Kind::input) input_.push_back(column.index);
  }
}

void Worker::work(const Chunk& chunk, ChunkAnswer& answer) {
  std::string_view text = chunk.text();
  asked_ = 0;
  is_utf8_ = formats::find_not_utf8(text) == npos;
  // A cell that is written as it is read needs no look at it.
  bool passes_cells = layout_.keeps_form() || layout_.output_form == rows::TableForm::json_lines;
  if (layout_.input == rows::TableForm::json_lines) {
    work_lines(text, answer);
  } else if (fast_.is_possible() && text.size() <= record_bytes_max && layout_.columns.size() > 1 &&
             is_utf8_ && passes_cells) {
    work_plain(text, answer);
  } else {
    work_rest(text, 0, answer);
  }
}

// The chunk's padding, or the next record, follows the text.
template <class Visit>
void Worker::read_rows(std::string_view text, Visit visit) {
  bool is_json = layout_.input == rows::TableForm::json_lines;
  is_json ? lines_reader_.go_on(formats::ByteWindow(text))
          : records_reader_.go_on(formats::ByteWindow(text));
  while (is_json ? lines_reader_.next(row_) : records_reader_.next(row_)) visit(row_);
}

void Worker::each_row(
    std::string_view text,
    const std::function<void(const formats::Row&, const std::optional<Instant>&)>& visit) {
  read_rows(text, [&](formats::Row& row) {
    std::optional<Instant> time;
    if (!row.fault) {
      find_cells(row);
      Checked<Instant> read = evaluator_.time_of(cells_);
      if (read) time = *read;
    }
    visit(row, time);
  });
}

// Whatever the records are like.
void Worker::work_rest(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  std::string_view rest = text.substr(begin);
  work_rows(rest, answer.line_ends, begin, false, answer);
  answer.line_ends += fast::line_ends(rest);
}

rows::Totals Worker::totals() const {
  rows::Totals totals = totals_;
  fast_.add_to(totals);
  return totals;
}

// ---- records without quotes --------------------------------------------------------------------

void Worker::work_plain(std::string_view text, ChunkAnswer& answer) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = mapped_.has_own_text() ? begin : work_step(text, begin, answer);
    if (end == begin) end = work_quoted(text, begin, answer);  // or it is longer than a step
    begin = end;
  }
}

// Answers the whole records of one step; where they end.
std::size_t Worker::work_step(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  std::string_view step = text.substr(begin, step_bytes);
  separators_.find(step);
  const std::uint16_t* places = separators_.places();
  std::size_t count = separators_.count();
  while (count > 0 && step[places[count - 1]] != '\n') --count;
  if (count == 0) return begin;
  std::size_t end = places[count - 1] + std::size_t{1};
  const char other = layout_.input == rows::TableForm::tsv ? '\\' : '"';
  if (!separators_.is_plain() && !fast::is_plain(step.substr(0, end), other)) return begin;
  std::size_t columns = layout_.columns.size(), records = separators_.line_ends();
  if (count == records * columns && fast::are_regular(step, places, columns, records)) {
    answer_records(text, begin, 0, records, answer);
  } else {
    answer_ragged(text, begin, count, answer);
  }
  return begin + end;
}

// ---- records with quotes or backslashes --------------------------------------------------------

// Answers the records of one step, of which some have quotes or backslashes; where they end.
std::size_t Worker::work_quoted(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  std::string_view step = text.substr(begin, step_bytes);
  mapped_.begin(step);
  std::size_t at = 0;
  while (at < step.size()) {
    if (std::optional<std::size_t> end = gather_record(step, at)) {
      at = *end;
      continue;
    }
    answer_lines(text, begin, answer);
    if (at > 0 && !fast::holds_record(step, at, shape_))
      return begin + at;  // the next step has all of it
    std::size_t end = work_record(text, begin + at, answer);
    if (end >= begin + step.size()) return end;
    at = end - begin;
  }
  answer_lines(text, begin, answer);
  return begin + at;
}

// Adds the record's cells to those that are answered together, as they are read and as they are
// written; where its line ends. Nothing: it is for the reader.
std::optional<std::size_t> Worker::gather_record(std::string_view step, std::size_t begin) {
  const std::size_t columns = layout_.columns.size(), first = lines_.size() * columns;
  for (auto* cells : {&line_cells_, &written_cells_}) {
    if (cells->size() < first + columns + 1) cells->resize(2 * (first + columns + 1));
  }
  std::size_t at = begin, end = 0;
  const bool is_tsv = layout_.input == rows::TableForm::tsv;
  for (std::size_t column = 0; column < own_columns_.size(); ++column) {
    std::optional<fast::CellSpan> cell = fast::find_cell(shape_, step, at, end);
    if (!cell) return std::nullopt;
    line_cells_[first + column] = *cell;
    bool is_quoted = cell->begin() > at;
    bool may_have_comma = !is_tsv && (is_quoted || shape_.delimiter != ',');
    bool has_comma = may_have_comma && step.substr(at, end - at).find(',') != npos;
    if (has_comma && !is_quoted) {
      std::optional<fast::CellSpan> quoted = mapped_.add_quoted(step.substr(at, end - at));
      if (!quoted) return std::nullopt;
      written_cells_[first + column] = *quoted;
    } else {
      written_cells_[first + column] = is_tsv || has_comma ? fast::CellSpan(at, end) : *cell;
    }
    bool is_last = column + 1 == own_columns_.size();
    if (end >= step.size() || (!is_last && step[end] != (is_tsv ? '\t' : shape_.delimiter)))
      return std::nullopt;
    at = end + 1;
  }
  if (step[end] == '\r') ++end;
  if (end >= step.size() || step[end] != '\n') return std::nullopt;
  lines_.emplace_back(begin, end);
  if (map_line()) return end + 1;
  lines_.pop_back();
  return std::nullopt;
}

// The line gathered last, where there is a mapper. False: there is no room for its cells.
bool Worker::map_line() {
  fast::CellSpan* cells = line_cells_.data() + (lines_.size() - 1) * layout_.columns.size();
  return !mapped_.has_mapper() || mapped_.add_row(cells, fast_.variable_column());
}

// Lines of JSON whose shapes have their cells; where there is no room for more, those before are
// answered first.
void Worker::map_lines(std::string_view text, std::size_t step, ChunkAnswer& answer) {
  std::vector<fast::CellSpan> gathered = std::exchange(lines_, {});
  const std::size_t columns = layout_.columns.size();
  mapped_.begin(text.substr(step, step_bytes));
  for (std::size_t i = 0; i < gathered.size(); ++i) {
    auto put = [&] {
      std::copy_n(shape_cells_.begin() + static_cast<std::ptrdiff_t>(i * own_columns_.size()),
                  own_columns_.size(),
                  line_cells_.begin() + static_cast<std::ptrdiff_t>(lines_.size() * columns));
      lines_.push_back(gathered[i]);
      return map_line();
    };
    if (put()) continue;
    lines_.pop_back();
    answer_lines(text, step, answer);
    if (put()) continue;
    lines_.clear();
    work_line(text, step + gathered[i].begin(), step + gathered[i].end, false, answer);
  }
}

// One record, as its reader reads it; where it ends.
std::size_t Worker::work_record(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  formats::CsvRecord record;
  formats::scan_record(shape_, text.substr(begin), true, record);
  std::string_view whole = text.substr(begin, record.size);
  bool is_blank = record.raw_size == 0 && !options_.every_line;
  if (!is_blank) work_rows(whole, answer.line_ends, begin, false, answer);
  answer.line_ends += fast::line_ends(whole);
  return begin + whole.size();
}

// So many records of the step that begins there, from the one whose first field's end is that
// separator.
void Worker::answer_records(std::string_view text, std::size_t begin, std::size_t first,
                            std::size_t count, ChunkAnswer& answer) {
  const std::uint16_t* places = separators_.places() + first;
  fast::Rows records = fast::Rows::of_records(text.data() + begin, places, layout_.columns.size(),
                                              count, !separators_.is_plain());
  if (part_.parts > 1) records = own_records(records, places);
  std::size_t bytes = 0;
  if (records.count() > 0) {
    fast_.answer(records);
    const char* end = records.record(records.count() - 1).end();
    bytes = static_cast<std::size_t>(end - records.record(0).data());
  }
  write_rows(records, count, bytes, nullptr, answer, [&](std::size_t row) {
    auto byte = static_cast<std::size_t>(records.record(row).data() - text.data());
    ask_record(records, row, byte, answer);
  });
}

// Of rows that were answered together, of `count` that were read, and whose input takes so many
// bytes; `ask` takes the number of one that no lowered curve could answer.
template <class Ask>
void Worker::write_rows(const fast::Rows& rows, std::size_t count, std::size_t bytes,
                        const fast::CellSpan* lines, ChunkAnswer& answer, Ask ask) {
  const std::size_t first = asked_;
  const std::uint64_t line = answer.line_ends;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    char* begin = answer.rows.room(bytes + (rows.count() - row) * fast_.added_bytes_max());
    char* at = begin;
    std::size_t written = fast_.write(rows, row, at, lines) - row;
    if (gives_places_)
      add_places({begin, static_cast<std::size_t>(at - begin)}, first, row, answer);
    answer.rows.wrote(at);
    answer.row_count += written;
    row += written;
    if (row == rows.count()) break;
    asked_ = first + number_of(row);
    answer.line_ends = line + number_of(row);
    ask(row);
  }
  asked_ = first + count;
  answer.line_ends = line + count;
}

// ---- parts -------------------------------------------------------------------------------------

// Those of the accounts that are this worker's.
fast::Rows Worker::own_records(const fast::Rows& records, const std::uint16_t* places) {
  const std::size_t columns = records.columns();
  own_.clear();
  own_places_.clear();
  for (std::size_t row = 0; row < records.count(); ++row) {
    if (!part_.has(fast::account_of(layout_, records, row), asked_ + row)) continue;
    own_.push_back(static_cast<std::uint32_t>(row));
    const std::uint16_t* first = places + row * columns;
    own_places_.insert(own_places_.end(), first - 1, first + columns);
  }
  return fast::Rows::of_some_records(records.text(), own_places_.data(), columns, own_.size(),
                                     !separators_.is_plain());
}

// The same of gathered lines: the others are left out.
void Worker::keep_own_lines(const char* text) {
  const std::size_t columns = layout_.columns.size();
  fast::Rows rows = fast::Rows::of_cells(text, line_cells_.data(), columns, lines_.size());
  own_.clear();
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (!part_.has(fast::account_of(layout_, rows, row), asked_ + row)) continue;
    std::size_t to = own_.size();
    lines_[to] = lines_[row];
    mapped_.move_outcome(row, to);
    for (auto* cells : {&line_cells_, &written_cells_}) {
      if (cells->size() < (row + 1) * columns) continue;  // JSON is written as it is read
      std::copy_n(cells->begin() + static_cast<std::ptrdiff_t>(row * columns), columns,
                  cells->begin() + static_cast<std::ptrdiff_t>(to * columns));
    }
    own_.push_back(static_cast<std::uint32_t>(row));
  }
  lines_.resize(own_.size());
}

// Each of them is one line of what was written.
void Worker::add_places(std::string_view written, std::size_t first, std::size_t row,
                        ChunkAnswer& answer) const {
  const std::size_t before = answer.rows.text().size();
  for (std::size_t end = written.find('\n'); end != npos; end = written.find('\n', end + 1))
    answer.places.push_back({first + number_of(row++), before + end + 1});
}

// Some of the step's records have too many fields, or too few; they end with so many separators.
void Worker::answer_ragged(std::string_view text, std::size_t begin, std::size_t count,
                           ChunkAnswer& answer) {
  std::string_view step = text.substr(begin, step_bytes);
  const std::uint16_t* places = separators_.places();
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first;
    while (step[places[last]] != '\n') ++last;
    auto from = static_cast<std::uint16_t>(places[first - 1] + 1);
    std::string_view record = step.substr(from, static_cast<std::size_t>(places[last] - from));
    if (last - first + 1 == layout_.columns.size()) {
      answer_records(text, begin, first, 1, answer);
    } else if (!options_.every_line && (record.empty() || record == "\r")) {
      ++answer.line_ends;  // a blank line is no record
    } else {
      work_rows(step.substr(from, places[last] + std::size_t{1} - from), answer.line_ends,
                begin + from, false, answer);
      ++answer.line_ends;
    }
    first = last + 1;
  }
}

void Worker::ask_record(const fast::Rows& records, std::size_t row, std::size_t byte,
                        ChunkAnswer& answer) {
  formats::Row asked;
  asked.raw = records.record(row);
  for (std::size_t column = 0; column < records.columns(); ++column)
    cells_[column] = records.cell(row, column);
  outcome_ = Outcome::read;
  if (layout_.input == rows::TableForm::tsv) asked.tokens = cells_;  // none has an escape
  ask(asked, answer.line_ends, byte, answer, fast_.fault_of(row));
}

// ---- lines of JSON -----------------------------------------------------------------------------

void Worker::work_lines(std::string_view text, ChunkAnswer& answer) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = work_lines_step(text, begin, answer);
    if (end == begin) {  // the line is longer than a step, or the last, without a line end
      end = std::min(text.find('\n', begin), text.size());
      work_line(text, begin, end, false, answer);
      end = std::min(end + 1, text.size());
    }
    begin = end;
  }
}

// Answers the whole lines of one step; where they end.
std::size_t Worker::work_lines_step(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  std::string_view step = text.substr(begin, step_bytes);
  separators_.find(step);
  const std::uint16_t* places = separators_.places();
  std::size_t count = separators_.count();
  line_cells_.resize((separators_.line_ends() + 1) * layout_.columns.size() + 1);
  if (mapped_.has_mapper())
    shape_cells_.resize((separators_.line_ends() + 1) * own_columns_.size() + 1);
  std::size_t line = 0, place = 0;  // of the next line: where it begins, its first quote or end
  while (place < count) {
    place += gather_lines(step, line, place);
    if (!lines_.empty()) line = lines_.back().end + std::size_t{1};
    if (mapped_.has_mapper()) map_lines(text, begin, answer);
    std::size_t end = place;
    while (end < count && step[places[end]] != '\n') ++end;
    if (end == count) break;
    answer_lines(text, begin, answer);
    work_line(text, begin + line, begin + places[end], false, answer);
    line = places[end] + std::size_t{1};
    place = end + 1;
  }
  answer_lines(text, begin, answer);
  return begin + line;
}

// Those of known shapes that come next, before one of another shape. How many places they have.
std::size_t Worker::gather_lines(std::string_view step, std::size_t line, std::size_t place) {
  if (!is_utf8_ || !fast_.is_possible() || layout_.output_form == rows::TableForm::tsv) return 0;
  const std::uint16_t* places = separators_.places();
  const std::size_t count = separators_.count(), columns = own_columns_.size();
  fast::CellSpan* cells = mapped_.has_mapper() ? shape_cells_.data() : line_cells_.data();
  if (separators_.is_plain())
    return shapes_.read_plain(step.data(), places + place, count - place, lines_, cells);
  std::size_t next = place;
  while (auto end = shapes_.read(step, line, cells + lines_.size() * columns)) {
    std::size_t last = next;
    while (last < count && places[last] < *end) ++last;
    if (last == count || places[last] != *end || step[*end] != '\n') break;
    lines_.emplace_back(line, *end);
    line = *end + 1;
    next = last + 1;
  }
  return next - place;
}

void Worker::answer_lines(std::string_view text, std::size_t step, ChunkAnswer& answer) {
  const std::size_t columns = layout_.columns.size(), count = lines_.size();
  if (count == 0) return;
  const bool has_own_text = mapped_.has_own_text();
  std::size_t bytes = has_own_text ? mapped_.added_bytes() : 0;
  const char* base = has_own_text ? mapped_.text() : text.data() + step;
  if (part_.parts > 1) keep_own_lines(base);
  fast::Rows rows = fast::Rows::of_cells(base, line_cells_.data(), columns, lines_.size());
  if (rows.count() > 0) fast_.answer(rows);
  bool is_json = layout_.input == rows::TableForm::json_lines;
  fast::Rows written = rows;
  if (!is_json && layout_.keeps_form())
    written = fast::Rows::of_cells(base, written_cells_.data(), columns, lines_.size());
  if (!lines_.empty()) bytes += lines_.back().end - lines_.front().begin();
  bool is_whole = is_json && layout_.keeps_form() && layout_.passes_whole;
  write_rows(written, count, bytes, is_whole ? lines_.data() : nullptr, answer,
             [&](std::size_t row) { ask_line(rows, row, text, step, answer); });
  lines_.clear();
  if (has_own_text) mapped_.forget();
}

// A line of those at hand that no lowered curve could answer.
void Worker::ask_line(const fast::Rows& rows, std::size_t row, std::string_view text,
                      std::size_t step, ChunkAnswer& answer) {
  std::size_t begin = step + lines_[row].begin(), end = step + lines_[row].end;
  const Diagnostics* fault = fast_.fault_of(row);
  outcome_ = mapped_.outcome(row);
  // What it says of its variable was taken away, where that is a column of its own.
  bool is_skipped = outcome_ == Outcome::skipped && fast_.variable_column() >= own_columns_.size();
  bool is_known = is_skipped || (outcome_ == Outcome::read && fault != nullptr);
  // In full: the fast rows still have those that come after it.
  bool needs_values = layout_.output_form == rows::TableForm::tsv ||
                      (layout_.output_form == rows::TableForm::json_lines && !layout_.passes_whole);
  if (!is_known || needs_values) return work_line(text, begin, end, true, answer);
  formats::Row asked;
  asked.raw = text.substr(begin, end - begin);
  if (asked.raw.ends_with('\r')) asked.raw.remove_suffix(1);
  for (std::size_t column = 0; column < rows.columns(); ++column)
    cells_[column] = rows.cell(row, column);
  ask(asked, answer.line_ends, begin, answer, fault);
}

// One line that ends there, as its reader reads it.
void Worker::work_line(std::string_view text, std::size_t begin, std::size_t end, bool in_full,
                       ChunkAnswer& answer) {
  std::string_view line = text.substr(begin, end - begin);
  std::string_view with_end = text.substr(begin, end - begin + 1);
  bool is_blank = line.find_first_not_of(" \t\r") == npos;
  if (is_blank && options_.every_line) {
    outcome_ = Outcome::read;
    ask(rows::blank_line(line), answer.line_ends, begin, answer);
  } else if (!is_blank) {
    work_rows(with_end, answer.line_ends, begin, in_full, answer);
  }
  answer.line_ends += with_end.size() > line.size();
}

// ---- any records -------------------------------------------------------------------------------

void Worker::work_rows(std::string_view text, std::size_t line, std::size_t byte, bool in_full,
                       ChunkAnswer& answer) {
  bool is_json = layout_.input == rows::TableForm::json_lines;
  read_rows(text, [&](formats::Row& row) {
    if (is_json) check_keys(row);
    take(row, line + row.line - 1, byte + row.byte_offset, in_full, answer);
    if (is_json && fast_.is_possible()) shapes_.learn(row);
  });
}

// Any line may have any key: also one that is misspelt, or that stands in the output already.
void Worker::check_keys(formats::Row& row) {
  if (row.fault) return;
  row.fault = check_.check(row, file_);
  std::string_view doubled = layout_.doubled_key(row.names);
  if (doubled.empty()) return;
  row.fault = rows::doubled_column(doubled);
  row.fault->code = Code::duplicate_key;
}

void Worker::find_cells(const formats::Row& row) {
  outcome_ = Outcome::read;
  if (row.fault && !(mapped_.has_mapper() && row.is_ragged())) return;
  if (layout_.input != rows::TableForm::json_lines) {
    cells_.assign(row.texts.begin(), row.texts.end());
    cells_.resize(layout_.columns.size());
  } else {
    for (std::size_t i = 0; i < own_columns_.size(); ++i) cells_[i] = row.text_of(own_columns_[i]);
  }
  outcome_ = mapped_.map_row(row, cells_);
}

void Worker::take(const formats::Row& row, std::size_t line, std::size_t byte, bool in_full,
                  ChunkAnswer& answer) {
  find_cells(row);
  if (outcome_ == Outcome::faulty) {
    Diagnostics known = {mapped_.fault()};
    return ask(row, line, byte, answer, &known);
  }
  bool is_read = !row.fault && outcome_ == Outcome::read;
  bool may_be_fast = is_read && !in_full && fast_.is_possible() &&
                     part_.has(evaluator_.account_of(cells_), asked_);
  if (!may_be_fast || !answer_fast(row, answer)) ask(row, line, byte, answer);
}

// Its cells side by side in memory, as they would stand in a table without quotes or escapes.
bool Worker::answer_fast(const formats::Row& row, ChunkAnswer& answer) {
  const char divider = layout_.input_divider();
  padded_.clear();
  std::vector<fast::CellSpan> cells;
  for (std::string_view cell : cells_) {
    if (cell.find(divider) != npos ||
        padded_.size() + cell.size() >= fast::Separators::text_bytes_max)
      return false;
    cells.emplace_back(padded_.size(), padded_.size() + cell.size());
    padded_ += cell;
    padded_ += divider;
  }
  padded_.append(fast::cell_padding, '\0');
  fast_.answer(fast::Rows::of_cells(padded_.data(), cells.data(), cells.size(), 1));
  scratch_.clear();
  if (layout_.output_form == rows::TableForm::json_lines) {
    rows::append_json_input(scratch_, layout_, row, cells_);
  } else {
    rows::append_input(scratch_, layout_, row, cells_);
    if (!input_.empty()) scratch_ += layout_.divider();
  }
  char* at = answer.rows.room(scratch_.size() + fast_.added_bytes_max());
  at = fast_.write_first(std::copy(scratch_.begin(), scratch_.end(), at));
  if (at == nullptr) return false;
  answer.rows.wrote(at);
  if (gives_places_) answer.places.push_back({asked_, answer.rows.text().size()});
  ++asked_;
  ++answer.row_count;
  return true;
}

void Worker::ask(const formats::Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer,
                 const Diagnostics* known) {
  std::size_t record = asked_++;
  if (!part_.has(row.fault ? std::string_view() : evaluator_.account_of(cells_), record)) return;
  ++answer.row_count;
  scratch_.clear();
  if (outcome_ == Outcome::skipped) {
    rows::RowAnswer skipped;
    skipped.status = rows::RowStatus::skipped;
    totals_.add(skipped);
    rows::append_row(scratch_, layout_, row, cells_, skipped);
  } else if (row.fault) {
    report_error(row, line, byte, *row.fault, answer);
  } else if (known != nullptr && (!is_told(answer) || !known->front().message.empty())) {
    report_error(row, line, byte, known->front(), answer);
  } else if (rows::RowAnswer asked = evaluator_.ask(cells_);
             asked.status == rows::RowStatus::error) {
    report_error(row, line, byte, asked.faults.front(), answer);
  } else {
    totals_.add(asked);
    rows::append_row(scratch_, layout_, row, cells_, asked);
  }
  answer.rows.append(scratch_);
  if (gives_places_) answer.places.push_back({record, answer.rows.text().size()});
}

// What is told of a fault is put together only where somebody will read it.
void Worker::report_error(const formats::Row& row, std::size_t line, std::size_t byte,
                          const Diagnostic& fault, ChunkAnswer& answer) {
  totals_.add_error(fault.code);
  rows::append_error(scratch_, layout_, row, cells_, fault.code);
  if (!is_told(answer)) return;
  RowFault& told = answer.faults.emplace_back();
  told.line = line;
  told.byte = byte;
  told.column = rows::faulty_column(layout_, row, fault);
  told.fault = fault;
  told.record = std::string(row.raw);
}

}  // namespace levy::batch
