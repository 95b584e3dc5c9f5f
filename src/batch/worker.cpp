#include "batch/worker.h"

#include <algorithm>
#include <cstring>

#include "batch/row_text.h"
#include "formats/csv.h"
#include "formats/json_lines.h"

namespace levy {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t step_bytes = std::size_t{1} << 14;  // answered together: they stay in cache

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

// 8 bytes are readable from each of its first.
bool has_comma(const char* text, std::size_t size) {
  constexpr std::uint64_t ones = 0x0101010101010101, low_bits = ones * 0x7F;
  for (std::size_t i = 0; i < size; i += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text + i, sizeof bytes);
    bytes ^= ones * ',';
    if (size - i < 8) bytes |= ~std::uint64_t{0} << (8 * (size - i));
    if (((((bytes & low_bits) + low_bits) | bytes) & (ones * 0x80)) != ones * 0x80) return true;
  }
  return false;
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
    if (column.kind == OutputColumn::Kind::input) input_.push_back(column.index);
  }
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
  work_rows(rest, answer.line_ends, begin, false, answer);
  answer.line_ends += line_ends(rest);
}

Totals Worker::totals() const {
  Totals totals = totals_;
  fast_.add_to(totals);
  return totals;
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
  if (slices.rows == 0) return;
  fast_.answer(slices);
  const char* begin = slices.record(0).data();
  auto bytes = static_cast<std::size_t>(slices.record(slices.rows - 1).end() - begin);
  write_rows(slices, bytes, answer, [&](std::size_t row) {
    auto byte = static_cast<std::size_t>(slices.record(row).data() - text.data());
    ask_slice(slices, row, byte, answer);
    ++answer.line_ends;
  });
}

// Of rows that were answered together, and whose input takes so many bytes; `ask` takes the number
// of one that no leaf could answer.
template <class Rows, class Ask>
void Worker::write_rows(const Rows& rows, std::size_t bytes, ChunkAnswer& answer, Ask ask) {
  for (std::size_t row = 0; row < rows.rows; ++row) {
    char* at = answer.rows.room(bytes + (rows.rows - row) * fast_.added_bytes_max());
    std::size_t written = fast_.write(rows, row, at) - row;
    answer.rows.wrote(at);
    answer.row_count += written;
    answer.line_ends += written;
    row += written;
    if (row < rows.rows) ask(row);
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
                static_cast<std::size_t>(begin - text.data()), false, answer);
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
  std::size_t line = 0, place = 0;  // of the next line: where it begins, its first quote or end
  while (place < count) {
    LineShapes::Quotes quotes{separators_.is_plain() ? places + place : nullptr, count - place};
    auto known = gather_line(step, line, quotes);
    bool is_line = known && place + known->quotes < count &&
                   places[place + known->quotes] == known->end && step[known->end] == '\n';
    if (is_line) {
      lines_.push_back({static_cast<std::uint16_t>(line), static_cast<std::uint16_t>(known->end)});
      place += known->quotes + 1;
      line = known->end + 1;
      continue;
    }
    while (place < count && step[places[place]] != '\n') ++place;
    if (place == count) break;
    answer_lines(text, begin, answer);
    work_line(text, begin + line, begin + places[place], false, answer);
    line = places[place++] + std::size_t{1};
  }
  answer_lines(text, begin, answer);
  return begin + line;
}

// Its cells come after those gathered. Nothing: it is of no known shape, or may not stand in a CSV
// as it is.
std::optional<LineShapes::Line> Worker::gather_line(std::string_view step, std::size_t begin,
                                                    const LineShapes::Quotes& quotes) {
  if (!fast_.is_possible()) return std::nullopt;
  CellSpan* cells = line_cells_.data() + lines_.size() * layout_.columns.size();
  std::optional<LineShapes::Line> line = shapes_.read(step, begin, quotes, cells);
  if (!line) return std::nullopt;
  for (std::size_t column : input_) {
    std::size_t size = std::size_t{cells[column].end} - cells[column].begin;
    if (has_comma(step.data() + cells[column].begin, size)) return std::nullopt;
  }
  return line;
}

void Worker::answer_lines(std::string_view text, std::size_t step, ChunkAnswer& answer) {
  Spans rows{text.data() + step, line_cells_.data(), layout_.columns.size(), lines_.size()};
  if (rows.rows == 0) return;
  fast_.answer(rows);
  std::size_t bytes = std::size_t{lines_.back().end} - lines_.front().begin;
  write_rows(rows, bytes, answer, [&](std::size_t row) {
    // In full: the fast rows still have those that come after it.
    work_line(text, step + lines_[row].begin, step + lines_[row].end, true, answer);
  });
  lines_.clear();
}

// One line that ends there, as its reader reads it.
void Worker::work_line(std::string_view text, std::size_t begin, std::size_t end, bool in_full,
                       ChunkAnswer& answer) {
  std::string_view line = text.substr(begin, end - begin);
  std::string_view with_end = text.substr(begin, end - begin + 1);
  if (options_.every_line && line.find_first_not_of(" \t\r") == npos) {
    ask(blank_line(line), answer.line_ends, begin, answer);
  } else {
    work_rows(with_end, answer.line_ends, begin, in_full, answer);
  }
  answer.line_ends += with_end.size() > line.size();
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

void Worker::work_rows(std::string_view text, std::size_t line, std::size_t byte, bool in_full,
                       ChunkAnswer& answer) {
  NextRow next = reader_of(text);
  Row row;
  while (next(row)) {
    take(row, line + row.line - 1, byte + row.byte_offset, in_full, answer);
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

void Worker::take(const Row& row, std::size_t line, std::size_t byte, bool in_full,
                  ChunkAnswer& answer) {
  find_cells(row);
  bool may_be_fast = !row.fault && !in_full && fast_.is_possible();
  if (!may_be_fast || !answer_fast(row, answer)) ask(row, line, byte, answer);
}

// Its cells side by side in memory, as they would stand in a CSV without quotes.
bool Worker::answer_fast(const Row& row, ChunkAnswer& answer) {
  padded_.clear();
  std::vector<CellSpan> cells;
  for (std::string_view cell : cells_) {
    if (cell.find(',') != npos || padded_.size() + cell.size() >= Separators::text_bytes_max)
      return false;
    auto begin = static_cast<std::uint16_t>(padded_.size());
    padded_ += cell;
    cells.push_back({begin, static_cast<std::uint16_t>(padded_.size())});
    padded_ += ',';
  }
  padded_.append(cell_padding, '\0');
  fast_.answer(Spans{padded_.data(), cells.data(), cells.size(), 1});
  scratch_.clear();
  append_input(scratch_, layout_, row, cells_);
  if (!input_.empty()) scratch_ += ',';
  char* at = answer.rows.room(scratch_.size() + fast_.added_bytes_max());
  at = fast_.write_first(std::copy(scratch_.begin(), scratch_.end(), at));
  if (at == nullptr) return false;
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
