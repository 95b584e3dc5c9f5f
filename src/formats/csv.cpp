#include "formats/csv.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/ensure.h"
#include "base/text.h"
#include "formats/utf8.h"
#include "money/decimal.h"

namespace levy::formats {
namespace {

// Two more than a record may have, so that a longer one shows.
constexpr std::size_t scan_bytes_max = record_bytes_max + 2;
constexpr std::string_view around_quotes = "a quoted cell has text around its quotes";
constexpr std::string_view quote_inside = "a quote stands inside a cell that is not quoted";
constexpr std::string_view lone_return = "a carriage return stands without a line feed";
constexpr std::string_view never_closes = "a quote opens here and never closes";
constexpr std::string_view too_long = "the record is longer than 1 MiB";
constexpr std::string_view unknown_escape = "a backslash stands before what it does not escape";
constexpr std::string_view ends_in_escape = "the line ends in a backslash";

std::string remedy_of(std::string_view fault) {
  if (fault == around_quotes || fault == quote_inside)
    return "put the whole cell in quotes, and write each quote inside it twice";
  if (fault == lone_return) return "end lines with CRLF or LF, or put the cell in quotes";
  if (fault == never_closes)
    return "close the quote; one that is part of the text is written twice";
  if (fault == unknown_escape)
    return "write a backslash as \\\\, and of escapes \\b \\f \\n \\r \\t \\v, \\xHH, and \\N "
           "alone";
  if (fault == ends_in_escape)
    return "write a line end inside a cell as \\n, and a backslash as \\\\";
  return "check that its quotes are closed";
}

// Where a cell that is not quoted ends.
std::size_t plain_end(std::string_view text, std::size_t at, char separator) {
  while (at < text.size() && text[at] != separator && text[at] != '\n' && text[at] != '\r' &&
         text[at] != '"')
    ++at;
  return at;
}

class Scan {
 public:
  Scan(std::string_view text, bool last, CsvRecord& record, char separator)
      : text_(text), last_(last), record_(record), separator_(separator) {}

  void run() {
    do {
      if (!cell()) return;
    } while (separator());
  }

 private:
  bool too_early(std::size_t at) const { return at >= text_.size() && !last_; }

  // False: the record ends with it, complete or not.
  bool cell() {
    if (too_early(at_)) return false;
    bool quoted = at_ < text_.size() && text_[at_] == '"';
    if (quoted) return quoted_cell();
    std::size_t end = plain_end(text_, at_, separator_);
    if (too_early(end)) return false;
    if (end < text_.size() && text_[end] == '"') return fault(quote_inside, end);
    record_.cells.push_back({at_, end, false});
    at_ = end;
    return true;
  }

  bool quoted_cell() {
    CsvRecord::Cell cell{at_ + 1, 0, false};
    std::size_t from = cell.begin;
    while (true) {
      cell.end = text_.find('"', from);
      if (cell.end == levy::npos) return last_ ? fault(never_closes, at_) : false;
      if (too_early(cell.end + 1)) return false;
      if (cell.end + 1 >= text_.size() || text_[cell.end + 1] != '"') break;
      cell.escaped = true;
      from = cell.end + 2;
    }
    record_.cells.push_back(cell);
    at_ = cell.end + 1;
    quoted_ = true;
    return true;
  }

  // After a cell: true where another one follows.
  bool separator() {
    bool quoted = std::exchange(quoted_, false);
    if (at_ == text_.size()) return finish(at_, at_);
    if (text_[at_] == separator_) {
      ++at_;
      return true;
    }
    if (text_[at_] == '\n') return finish(at_, at_ + 1);
    if (text_[at_] != '\r') return fault(around_quotes, at_);
    if (too_early(at_ + 1)) return false;
    if (at_ + 1 == text_.size()) return finish(at_, at_ + 1);
    if (text_[at_ + 1] == '\n') return finish(at_, at_ + 2);
    return fault(quoted ? around_quotes : lone_return, at_);
  }

  bool finish(std::size_t raw_size, std::size_t size) {
    record_.complete = true;
    record_.raw_size = raw_size;
    record_.size = size;
    return false;
  }

  // A faulty record ends with the line of its fault.
  bool fault(std::string_view what, std::size_t at) {
    std::size_t end = text_.find('\n', at);
    if (end == levy::npos && !last_) return false;
    record_.fault = what;
    record_.fault_at = at;
    if (end == levy::npos) return finish(text_.size(), text_.size());
    bool crlf = end > 0 && text_[end - 1] == '\r';
    return finish(crlf ? end - 1 : end, end + 1);
  }

  std::string_view text_;
  bool last_;
  CsvRecord& record_;
  char separator_;
  std::size_t at_ = 0;
  bool quoted_ = false;
};

// ---- escapes of a TSV --------------------------------------------------------------------------

struct Escape {
  char letter, meaning;
};
// Those that PostgreSQL and ClickHouse both write or read alike. Of other letters and of digits
// they make different things, so that a guess would be one.
constexpr Escape escapes[] = {{'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'},
                              {'t', '\t'}, {'v', '\v'}, {'0', '\0'}};

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

// Of the text after a backslash: how many bytes belong to the escape, and the byte that it means.
// Nothing: there is no such escape.
struct Unescaped {
  std::size_t size = 0;
  char byte = 0;
};
std::optional<Unescaped> read_escape(std::string_view rest) {
  if (rest.empty()) return std::nullopt;
  for (const Escape& escape : escapes) {
    if (rest[0] == escape.letter) return Unescaped{1, escape.meaning};
  }
  if (rest[0] == 'x' && rest.size() > 2) {
    std::optional<unsigned> high = hex_digit(rest[1]), low = hex_digit(rest[2]);
    if (high && low) return Unescaped{3, static_cast<char>(16 * *high + *low)};
  }
  if (is_letter_or_digit(rest[0])) return std::nullopt;
  return Unescaped{1, rest[0]};
}

// Where the first backslash stands that is no escape; npos: nowhere.
std::size_t find_bad_escape(std::string_view cell) {
  if (cell == tsv_null) return levy::npos;
  for (std::size_t at = cell.find('\\'); at != levy::npos; at = cell.find('\\', at)) {
    std::optional<Unescaped> escape = read_escape(cell.substr(at + 1));
    if (!escape) return at;
    at += 1 + escape->size;
  }
  return levy::npos;
}

void clear(CsvRecord& record) {
  record.complete = false;
  record.cells.clear();
  record.fault = {};
}

}  // namespace

void scan_csv_record(std::string_view text, bool last, CsvRecord& record, char separator) {
  clear(record);
  Scan(text, last, record, separator).run();
}

// A line is a record, whatever stands in it.
void scan_tsv_record(std::string_view text, bool last, CsvRecord& record) {
  clear(record);
  std::size_t end = text.find('\n');
  if (end == levy::npos && !last) return;
  record.complete = true;
  record.size = end == levy::npos ? text.size() : end + 1;
  std::string_view line = text.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  record.raw_size = line.size();
  auto fault = [&](std::string_view what, std::size_t at) {
    if (!record.fault.empty() || at == levy::npos) return;
    record.fault = what;
    record.fault_at = at;
  };
  for (std::size_t begin = 0; begin <= line.size();) {
    std::size_t tab = std::min(line.find('\t', begin), line.size());
    std::string_view cell = line.substr(begin, tab - begin);
    bool escaped = cell.find('\\') != levy::npos;
    record.cells.push_back({begin, tab, escaped});
    std::size_t bad = escaped ? find_bad_escape(cell) : levy::npos;
    if (bad != levy::npos) {
      bool is_last = begin + bad + 1 == line.size();
      fault(is_last ? ends_in_escape : unknown_escape, begin + bad);
    }
    begin = tab + 1;
  }
  fault(lone_return, line.find('\r'));
}

void scan_record(const TableShape& shape, std::string_view text, bool last, CsvRecord& record) {
  shape.is_tsv ? scan_tsv_record(text, last, record)
               : scan_csv_record(text, last, record, shape.delimiter);
}

void append_unescaped(std::string& out, std::string_view cell) {
  if (cell == tsv_null) return;
  for (std::size_t at = 0; at < cell.size();) {
    std::size_t backslash = std::min(cell.find('\\', at), cell.size());
    out.append(cell.substr(at, backslash - at));
    if (backslash == cell.size()) return;
    std::optional<Unescaped> escape = read_escape(cell.substr(backslash + 1));
    ensure(escape.has_value(), "a cell was scanned before it is unescaped");
    out += escape->byte;
    at = backslash + 1 + escape->size;
  }
}

void append_tsv_cell(std::string& out, std::string_view text) {
  if (text.empty()) out += tsv_null;
  for (char c : text) {
    auto escape = std::find_if(std::begin(escapes), std::end(escapes),
                               [c](const Escape& one) { return one.meaning == c; });
    if (escape != std::end(escapes) || c == '\\') out += '\\';
    out += escape != std::end(escapes) ? escape->letter : c;
  }
}

CsvReader::CsvReader(std::string file, ByteWindow bytes, TableShape shape)
    : file_(std::move(file)), bytes_(std::move(bytes)), shape_(std::move(shape)) {}

// What is left of a record that was too long.
void CsvReader::skip_torn() {
  while (torn_) {
    std::size_t end = bytes_.text().find('\n');
    torn_ = end == levy::npos;
    bytes_.consume(torn_ ? bytes_.text().size() : end + 1);
    if (torn_) torn_ = bytes_.grow();
  }
}

// Finds the next record, and where it stands; false: the end. No record is looked at further than
// scan_bytes_max, so how the stream comes in blocks changes nothing.
bool CsvReader::scan(Row& row) {
  bytes_.consume(std::exchange(consumed_, 0));
  skip_torn();
  if (bytes_.text().empty() && !bytes_.grow()) return false;
  std::string_view view;
  for (bool ended = false;; ended = !bytes_.grow()) {
    view = bytes_.text().substr(0, scan_bytes_max);
    scan_record(shape_, view, ended || view.size() == scan_bytes_max, record_);
    if (record_.complete) break;
  }
  if (record_.raw_size > record_bytes_max && record_.fault != never_closes)
    record_.fault = too_long;
  torn_ = record_.size == scan_bytes_max && view.back() != '\n';
  row.line = bytes_.lines() + 1;
  row.byte_offset = bytes_.offset();
  row.raw = view.substr(0, record_.raw_size);
  consumed_ = record_.size;
  return true;
}

void CsvReader::name_columns(std::vector<std::string> names, bool keeps_blank) {
  started_ = true;
  keeps_blank_ = keeps_blank;
  header_ = std::move(names);
  names_.assign(header_->begin(), header_->end());
}

void CsvReader::go_on(ByteWindow bytes) {
  bytes_ = std::move(bytes);
  torn_ = false;
  consumed_ = 0;
}

const Checked<std::vector<std::string>>& CsvReader::header() {
  if (!started_) read_header();
  return header_;
}

Diagnostic CsvReader::fault_of(const Row& row, std::string message, std::string remedy,
                               std::size_t at) const {
  return Diagnostic{Code::bad_file, std::move(message), std::move(remedy),
                    Place::of_record(file_, row.line, row.raw, at)};
}

namespace {

// "sep=,": tells a spreadsheet what stands between the cells of the lines after it.
bool is_separator_line(std::string_view line) {
  return (line.starts_with("sep=") || line.starts_with("SEP=") || line.starts_with("Sep=")) &&
         line.size() <= 5;
}

// Where a header without a comma has what other programs put between cells.
std::size_t other_separator(std::string_view line) {
  bool is_quoted = false;
  std::size_t found = std::string_view::npos;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (line[i] == ',') return std::string_view::npos;
    if (found == std::string_view::npos && (line[i] == ';' || line[i] == '\t' || line[i] == '|'))
      found = i;
  }
  return found;
}

}  // namespace

// A byte of some older encoding, in the record or the header. What was read from another one and
// is no text there stands behind a mark (encoding.h).
Diagnostic CsvReader::not_utf8(const Row& row, std::size_t at) const {
  constexpr char digits[] = "0123456789ABCDEF";
  const bool was_decoded = shape_.encoding != "utf-8";
  if (was_decoded && at + 1 < row.raw.size()) ++at;
  auto byte = static_cast<unsigned char>(row.raw[at]);
  std::string message = std::string("the byte 0x") + digits[byte / 16] + digits[byte % 16];
  Diagnostic fault = fault_of(
      row, message + (was_decoded ? " is not text in " + shape_.encoding : " is no UTF-8"),
      was_decoded ? "correct it, or the \"encoding\" of the mapping"
                  : "export the table as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8",
      at);
  fault.code = Code::bad_text;
  return fault;
}

Diagnostic CsvReader::divided_otherwise(const Row& row, std::size_t at) const {
  bool tabs = row.raw[at] == '\t';
  std::string separator = tabs ? "tabs" : '"' + std::string(1, row.raw[at]) + '"';
  std::string remedy =
      tabs ? "read a batch's table with --input-format tsv, or write commas between the cells"
           : "write the table with commas between its cells, and figures with points; or, for "
             "batch, diff and histories, let a mapping read it: levy mapping FILE SCHEDULE writes "
             "one";
  return fault_of(row, "the columns are divided by " + separator + ", and not by commas",
                  std::move(remedy), at);
}

void CsvReader::read_header() {
  started_ = true;
  bytes_.skip_byte_order_mark();
  if (shape_.header) return name_columns(*shape_.header);
  Row row;
  bool found = false;
  do {
    found = scan(row);
  } while (found && row.raw.empty());
  if (!found) {
    Diagnostic empty{Code::bad_file, "the table is empty", "begin with a line of column names"};
    empty.place = Place::of_file(file_);
    header_ = std::move(empty);
    return;
  }
  if (is_separator_line(row.raw)) {
    Diagnostic fault = fault_of(
        row, "the line " + in_quotes(row.raw) + " is for spreadsheets, and names no columns",
        "remove it: tail -n +" + std::to_string(row.line + 1) + " FILE", 0);
    fault.code = Code::misspelt_column;
    header_ = std::move(fault);
    return;
  }
  if (std::size_t at = other_separator(row.raw);
      !shape_.is_tsv && shape_.delimiter == ',' && at != levy::npos) {
    header_ = divided_otherwise(row, at);
    return;
  }
  if (!record_.fault.empty()) {
    header_ = fault_of(row, std::string(record_.fault), remedy_of(record_.fault), record_.fault_at);
    return;
  }
  if (std::size_t at = find_not_utf8(row.raw); at != levy::npos) {
    header_ = not_utf8(row, at);
    return;
  }
  take_names(row);
}

// Of the record that is the header.
void CsvReader::take_names(Row& row) {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> known;
  fill(row);
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    std::string_view name_of_it = row.texts[i];
    if (shape_.is_mapped) name_of_it = between_blanks(name_of_it);
    std::string name(name_of_it);
    if (!name.empty() && !known.insert(name_of_it).second) {
      header_ = fault_of(row, "two columns are called " + in_quotes(name),
                         "give each column its own name", record_.cells[i].begin);
      return;
    }
    names.push_back(std::move(name));
  }
  if (!needed_.empty() && std::find(names.begin(), names.end(), needed_) == names.end()) {
    header_ = fault_of(row, "the table has no column " + in_quotes(needed_),
                       "name the columns in the first line", 0);
    return;
  }
  header_ = std::move(names);
  names_.assign(header_->begin(), header_->end());
}

namespace {

// Each doubled quote is one.
void append_without_doubles(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"') ++i;
  }
}

}  // namespace

// The cells' texts.
void CsvReader::fill(Row& row) {
  row.texts.clear();
  row.tokens.clear();
  std::size_t escaped = 0;
  for (const CsvRecord::Cell& cell : record_.cells) {
    if (cell.escaped) escaped += cell.end - cell.begin;
  }
  unescaped_.clear();
  unescaped_.reserve(escaped);  // so that views into it hold
  for (const CsvRecord::Cell& cell : record_.cells) {
    std::string_view text = row.raw.substr(cell.begin, cell.end - cell.begin);
    if (shape_.is_tsv) row.tokens.push_back(text);
    if (cell.escaped) {
      std::size_t start = unescaped_.size();
      shape_.is_tsv ? append_unescaped(unescaped_, text) : append_without_doubles(unescaped_, text);
      text = std::string_view(unescaped_).substr(start);
    }
    row.texts.push_back(text);
  }
}

bool CsvReader::next(Row& row) {
  row.names.clear();
  row.texts.clear();
  row.tokens.clear();
  row.fault.reset();
  if (stopped_) return false;
  if (!header()) {
    stopped_ = true;
    row = Row{};
    row.fault = header_.faults().front();
    return true;
  }
  do {
    if (!scan(row)) return false;
  } while (row.raw.empty() && names_.size() > 1 && !keeps_blank_);
  if (!record_.fault.empty()) {
    row.fault =
        fault_of(row, std::string(record_.fault), remedy_of(record_.fault), record_.fault_at);
    return true;
  }
  if (record_.cells.size() != names_.size()) {
    row.fault = fault_of(row,
                         "the record has " + std::to_string(record_.cells.size()) +
                             " cells and the header " + std::to_string(names_.size()),
                         "give every record one cell for each column", 0);
    fill(row);
    return true;
  }
  fill(row);
  if (std::size_t at = find_not_utf8(row.raw); at != levy::npos) {
    row.fault = not_utf8(row, at);
    return true;
  }
  row.names = names_;
  return true;
}

// ---- cells that are written --------------------------------------------------------------------

namespace {

bool needs_quotes(std::string_view cell) {
  // Nearly all characters lie beyond the comma.
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    return c <= ',' && (c == ',' || c == '"' || c == '\r' || c == '\n');
  });
}

}  // namespace

bool is_formula(std::string_view cell) {
  constexpr std::string_view first_bytes = "=+-@\t\r\n";
  constexpr std::array<std::string_view, 4> full_width = {"＝", "＋", "－", "＠"};
  bool starts_one =
      (!cell.empty() && first_bytes.find(cell.front()) != levy::npos) ||
      std::any_of(full_width.begin(), full_width.end(),
                  [&](std::string_view character) { return cell.starts_with(character); });
  return starts_one && !parse_decimal(cell);
}

void append_csv_cell(std::string& out, std::string_view cell, CsvCells cells) {
  bool is_changed = cells == CsvCells::safe && is_formula(cell);
  if (!is_changed && !needs_quotes(cell)) {
    out.append(cell);
    return;
  }
  out += is_changed ? "\"'" : "\"";
  for (char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace levy::formats
