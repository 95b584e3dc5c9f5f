#include "formats/csv.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "formats/utf8.h"

namespace levy::formats {
namespace {

// Two more than a record may have, so that a longer one shows.
constexpr std::size_t scan_bytes_max = record_bytes_max + 2;
constexpr std::string_view around_quotes = "a quoted cell has text around its quotes";
constexpr std::string_view quote_inside = "a quote stands inside a cell that is not quoted";
constexpr std::string_view lone_return = "a carriage return stands without a line feed";
constexpr std::string_view never_closes = "a quote opens here and never closes";
constexpr std::string_view too_long = "the record is longer than 1 MiB";

std::string remedy_of(std::string_view fault) {
  if (fault == around_quotes || fault == quote_inside)
    return "put the whole cell in quotes, and write each quote inside it twice";
  if (fault == lone_return) return "end lines with CRLF or LF, or put the cell in quotes";
  if (fault == never_closes)
    return "close the quote; one that is part of the text is written twice";
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
      cell.doubled = true;
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

CsvReader::CsvReader(std::string file, ByteWindow bytes)
    : file_(std::move(file)), bytes_(std::move(bytes)) {}

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
    scan_csv_record(view, ended || view.size() == scan_bytes_max, record_, separator_);
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

// A byte of some older encoding, in the record or the header.
Diagnostic CsvReader::not_utf8(const Row& row, std::size_t at) const {
  constexpr char digits[] = "0123456789ABCDEF";
  auto byte = static_cast<unsigned char>(row.raw[at]);
  Diagnostic fault = fault_of(
      row, std::string("the byte 0x") + digits[byte / 16] + digits[byte % 16] + " is no UTF-8",
      "export the table as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8", at);
  fault.code = Code::bad_text;
  return fault;
}

void CsvReader::read_header() {
  started_ = true;
  bytes_.skip_byte_order_mark();
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
      at != std::string_view::npos && separator_ == ',') {
    std::string separator = row.raw[at] == '\t' ? "tabs" : '"' + std::string(1, row.raw[at]) + '"';
    header_ =
        fault_of(row, "the columns are divided by " + separator + ", and not by commas",
                 "write the table with commas between its cells, and figures with points", at);
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
  std::vector<std::string> names;
  std::unordered_set<std::string_view> known;
  fill(row);
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    std::string name(row.texts[i]);
    if (!name.empty() && !known.insert(row.texts[i]).second) {
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

// The cells' texts.
void CsvReader::fill(Row& row) {
  row.texts.clear();
  std::size_t doubled = 0;
  for (const CsvRecord::Cell& cell : record_.cells) {
    if (cell.doubled) doubled += cell.end - cell.begin;
  }
  unquoted_.clear();
  unquoted_.reserve(doubled);  // so that views into it hold
  for (const CsvRecord::Cell& cell : record_.cells) {
    std::string_view text = row.raw.substr(cell.begin, cell.end - cell.begin);
    if (cell.doubled) {
      std::size_t start = unquoted_.size();
      for (std::size_t i = 0; i < text.size(); ++i) {
        unquoted_ += text[i];
        if (text[i] == '"') ++i;
      }
      text = std::string_view(unquoted_).substr(start);
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

}  // namespace levy::formats
