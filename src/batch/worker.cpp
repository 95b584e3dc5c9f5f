#include "batch/worker.h"

#include <algorithm>

#include "batch/row_text.h"
#include "formats/csv.h"
#include "formats/json_lines.h"

namespace levy {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t step_bytes = std::size_t{1} << 14;  // answered together: they stay in cache
constexpr std::size_t lines_together = 128;

// May its records be told apart by commas and line ends alone?
bool is_plain(std::string_view text) {
  if (text.find('"') != npos) return false;
  for (std::size_t at = text.find('\r'); at != npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return false;
  }
  return true;
}

// Has each record as many fields as there are columns? `count` places end with a line end.
bool are_regular(const Slices& slices, std::size_t count) {
  if (count != slices.rows * slices.columns) return false;
  for (std::size_t i = slices.columns - 1; i < count; i += slices.columns) {
    if (slices.text[slices.ends[i]] != '\n') return false;
  }
  return true;
}

// Where every line gets one, so does a blank one.
Row blank_line(std::string_view line) {
  Row row;
  row.raw = line;
  row.fault = Diagnostic{Code::bad_file, "the line is blank", "write one object a line"};
  row.fault->place.column = 1;
  return row;
}

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

Worker::Worker(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
               Ledger* ledger, std::string file)
    : options_(options),
      layout_(layout),
      file_(std::move(file)),
      asker_(tariff, options, layout, ledger),
      fast_(tariff, options, layout, asker_),
      shapes_(layout.columns),
      separators_(layout.input == TableForm::csv ? Separators::Kind::commas
                                                 : Separators::Kind::quotes),
      cells_(layout.columns.size()) {
  for (const OutputColumn& column : layout.output) {
    if (column.kind != OutputColumn::Kind::input) break;
    bool follows =
        layout.input == TableForm::csv && !input_.empty() && input_.back().last + 1 == column.index;
    if (!follows) input_.push_back({column.index, column.index});
    input_.back().last = column.index;
  }
  added_bytes_max_ = fast_.results_bytes_max() + layout.output.size() + 2 * cell_padding;
}

void Worker::work(const Chunk& chunk, ChunkAnswer& answer) {
  std::string_view text = chunk.text();
  if (layout_.input == TableForm::json_lines) {
    work_lines(text, answer);
  } else if (fast_.is_possible() && text.size() <= record_bytes_max && layout_.columns.size() > 1) {
    work_slices(text, answer);
  } else {
    work_rest(text, 0, answer);
  }
}

// Whatever the records are like.
void Worker::work_rest(std::string_view text, std::size_t begin, ChunkAnswer& answer) {
  std::string_view rest = text.substr(begin);
  work_rows(rest, answer.line_ends, begin, answer);
  answer.line_ends += line_ends(rest);
}

Totals Worker::totals() const {
  Totals totals = totals_;
  fast_.add_to(totals);
  return totals;
}

// The row's input columns, where its cells are such as may stand in a CSV as they are.
template <class Rows>
char* Worker::write_input(const Rows& rows, std::size_t row, char* at) const {
  for (const ColumnRun& run : input_) {
    *at = ',';
    at += &run == input_.data() ? 0 : 1;
    at = write_cell(at, rows.run(row, run));
  }
  return at;
}

// ---- records without quotes --------------------------------------------------------------------

void Worker::work_slices(std::string_view text, ChunkAnswer& answer) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = work_step(text, begin, answer);
    // Quotes may hide line ends from there on; or the first record is longer than a step.
    if (end == begin) return work_rest(text, begin, answer);
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
  if (!separators_.is_plain() && !is_plain(step.substr(0, end))) return begin;
  Slices slices{step.data(), places, layout_.columns.size(), separators_.line_ends(),
                !separators_.is_plain()};
  if (are_regular(slices, count)) {
    answer_slices(slices, text, answer);
  } else {
    answer_ragged(slices, count, text, answer);
  }
  return begin + end;
}

void Worker::answer_slices(const Slices& slices, std::string_view text, ChunkAnswer& answer) {
  fast_.answer(slices);
  for (std::size_t row = 0; row < slices.rows; ++row) {
    std::string_view record = slices.record(row);
    if (fast_.has(row)) {
      char* at = answer.rows.room(record.size() + added_bytes_max_);
      at = write_input(slices, row, at);
      at = fast_.write(row, !input_.empty(), at);
      *at++ = '\n';
      answer.rows.wrote(at);
      ++answer.row_count;
    } else {
      ask_slice(slices, row, static_cast<std::size_t>(record.data() - text.data()), answer);
    }
    ++answer.line_ends;
  }
}

// Some of the records have too many fields, or too few.
void Worker::answer_ragged(Slices slices, std::size_t count, std::string_view text,
                           ChunkAnswer& answer) {
  const std::uint16_t* places = slices.ends;
  slices.rows = 1;
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first;
    while (slices.text[places[last]] != '\n') ++last;
    slices.ends = places + first;
    if (last - first + 1 == slices.columns) {
      answer_slices(slices, text, answer);
    } else {
      const char* begin = slices.text + static_cast<std::uint16_t>(places[first - 1] + 1);
      const char* end = slices.text + places[last] + 1;
      work_rows({begin, static_cast<std::size_t>(end - begin)}, answer.line_ends,
                static_cast<std::size_t>(begin - text.data()), answer);
      ++answer.line_ends;
    }
    first = last + 1;
  }
}

void Worker::ask_slice(const Slices& slices, std::size_t row, std::size_t byte,
                       ChunkAnswer& answer) {
  Row asked;
  asked.raw = slices.record(row);
  for (std::size_t column = 0; column < slices.columns; ++column) {
    cells_[column] = slices.cell(row, column);
    asked.texts.emplace_back(cells_[column]);
  }
  ask(asked, answer.line_ends, byte, answer);
}

// ---- lines of JSON -----------------------------------------------------------------------------

void Worker::work_lines(std::string_view text, ChunkAnswer& answer) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::string_view step = text.substr(begin, step_bytes);
    separators_.find(step);
    const std::uint16_t* places = separators_.places();
    std::size_t first = 0, line = 0;  // of the line: its quotes', its own
    for (std::size_t i = 0; i < separators_.count(); ++i) {
      if (step[places[i]] != '\n') continue;
      LineShapes::Quotes quotes{separators_.is_plain() ? places + first : nullptr, i - first, line};
      take_line(text, begin + line, begin + places[i], quotes, answer);
      first = i + 1;
      line = places[i] + std::size_t{1};
    }
    if (line == 0) {  // longer than a step, or the last, without a line end
      std::size_t end = std::min(text.find('\n', begin), text.size());
      take_line(text, begin, end, {}, answer);
      line = std::min(end + 1, text.size()) - begin;
    }
    begin += line;
  }
  answer_lines(text, answer);
}

void Worker::take_line(std::string_view text, std::size_t begin, std::size_t end,
                       const LineShapes::Quotes& quotes, ChunkAnswer& answer) {
  std::string_view line = text.substr(begin, end - begin);
  std::string_view with_end = text.substr(begin, end - begin + 1);
  if (gather_line(line, quotes)) {
    lines_.push_back(with_end);
    if (lines_.size() == lines_together) answer_lines(text, answer);
    return;
  }
  answer_lines(text, answer);
  if (options_.every_line && line.find_first_not_of(" \t\r") == npos) {
    ask(blank_line(line), answer.line_ends, begin, answer);
  } else {
    work_rows(with_end, answer.line_ends, begin, answer);
  }
  answer.line_ends += with_end.size() > line.size();
}

// False: it is of no known shape, or may not stand in a CSV as it is.
bool Worker::gather_line(std::string_view line, const LineShapes::Quotes& quotes) {
  if (!fast_.is_possible() || line.size() > record_bytes_max || !shapes_.read(line, quotes, cells_))
    return false;
  for (const ColumnRun& run : input_) {
    if (cells_[run.first].find(',') != npos) return false;
  }
  line_cells_.insert(line_cells_.end(), cells_.begin(), cells_.end());
  return true;
}

void Worker::answer_lines(std::string_view text, ChunkAnswer& answer) {
  CellRows rows{line_cells_.data(), layout_.columns.size(), lines_.size()};
  fast_.answer(rows);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    if (fast_.has(row)) {
      char* at = answer.rows.room(lines_[row].size() + added_bytes_max_);
      at = write_input(rows, row, at);
      at = fast_.write(row, !input_.empty(), at);
      *at++ = '\n';
      answer.rows.wrote(at);
      ++answer.row_count;
    } else {
      work_rows(lines_[row], answer.line_ends,
                static_cast<std::size_t>(lines_[row].data() - text.data()), answer);
    }
    answer.line_ends += lines_[row].ends_with('\n');
  }
  lines_.clear();
  line_cells_.clear();
}

// ---- any records -------------------------------------------------------------------------------

NextRow Worker::reader_of(std::string_view text) const {
  if (layout_.input == TableForm::json_lines) {
    auto reader = std::make_shared<JsonLinesReader>(file_, ByteWindow(read_from(text)));
    return [reader](Row& row) { return reader->next(row); };
  }
  auto reader = std::make_shared<CsvReader>(file_, ByteWindow(read_from(text)));
  reader->name_columns(layout_.columns, options_.every_line);
  return [reader](Row& row) { return reader->next(row); };
}

void Worker::work_rows(std::string_view text, std::size_t line, std::size_t byte,
                       ChunkAnswer& answer) {
  NextRow next = reader_of(text);
  Row row;
  while (next(row)) {
    take(row, line + row.line - 1, byte + row.byte_offset, answer);
    if (layout_.output_form == TableForm::csv) shapes_.learn(row);
  }
}

void Worker::find_cells(const Row& row) {
  if (row.fault) return;
  if (layout_.input == TableForm::csv) {
    cells_.assign(row.texts.begin(), row.texts.end());
    return;
  }
  for (std::size_t i = 0; i < layout_.columns.size(); ++i)
    cells_[i] = row.text_of(layout_.columns[i]);
}

void Worker::take(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer) {
  find_cells(row);
  if (row.fault || !fast_.is_possible() || !answer_fast(row, answer)) ask(row, line, byte, answer);
}

// Its cells side by side in memory, as they would stand in a CSV without quotes.
bool Worker::answer_fast(const Row& row, ChunkAnswer& answer) {
  std::size_t size = cell_padding;
  for (std::string_view cell : cells_) size += cell.size() + 1;
  padded_.clear();
  padded_.reserve(size);  // so that the cells stay where they are
  Cells cells;
  for (std::string_view cell : cells_) {
    if (cell.find(',') != npos) return false;
    cells.emplace_back(padded_.data() + padded_.size(), cell.size());
    padded_ += cell;
    padded_ += ',';
  }
  padded_.append(cell_padding, '\0');
  fast_.answer(CellRows{cells.data(), cells.size(), 1});
  if (!fast_.has(0)) return false;
  scratch_.clear();
  append_input(scratch_, layout_, row, cells_);
  answer.rows.append(scratch_);
  char* at = answer.rows.room(added_bytes_max_);
  at = fast_.write(0, !input_.empty(), at);
  *at++ = '\n';
  answer.rows.wrote(at);
  ++answer.row_count;
  return true;
}

void Worker::ask(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer) {
  RowAnswer asked;
  if (row.fault) {
    asked.status = RowStatus::error;
    asked.faults = {*row.fault};
  } else {
    asked = asker_.ask(cells_);
  }
  ++answer.row_count;
  count(asked);
  scratch_.clear();
  append_row(scratch_, layout_, row, cells_, asked);
  answer.rows.append(scratch_);
  if (asked.status != RowStatus::error) return;
  RowFault fault;
  fault.line = line;
  fault.byte = byte;
  fault.column = column_of(row, asked.faults.front());
  fault.fault = asked.faults.front();
  fault.record = std::string(row.raw);
  answer.faults.push_back(std::move(fault));
}

// Which column a fault is about: readers of fields begin their messages with the field's name.
std::string Worker::column_of(const Row& row, const Diagnostic& fault) const {
  if (row.fault) return std::to_string(row.fault->place.column);
  std::string_view best;
  std::size_t column = npos;
  for (const BoundField& field : layout_.fields) {
    bool named = fault.message.starts_with(field.name + " ") ||
                 (fault.code == Code::unknown_operation && field.name == "operation");
    if (named && field.name.size() > best.size()) {
      best = field.name;
      column = field.column;
    }
  }
  return column == npos ? std::string() : layout_.columns[column];
}

}  // namespace levy
