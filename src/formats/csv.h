// CSV as RFC 4180 has it: a header, commas, quotes that may hold commas, line ends and doubled
// quotes, CRLF or LF, the last line with or without its end. A UTF-8 byte order mark is skipped,
// and so are blank lines, except in a table of one column. Nothing is trimmed or guessed. What
// divides the cells is a comma unless the caller says otherwise.
//
// And TSV, as the text formats of PostgreSQL and ClickHouse have it: tabs between cells, one line a
// record, "\N" for what is not there, and backslashes for what would divide cells or lines
// (levy-batch(1), "TSV").
//
// Streams: memory holds one block and one record. A record with another number of cells than the
// header, with text around its quotes, with a quote that never closes, or longer than
// record_bytes_max is a fault of that record alone; reading goes on at the next line after it. So
// is a record with a byte that is no UTF-8 (bad_text), whose texts are there nevertheless.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "formats/byte_window.h"
#include "formats/row.h"

namespace levy::formats {

// How one record stands in the text. `complete` is false where the text ends too early to tell.
struct CsvRecord {
  struct Cell {
    std::size_t begin = 0, end = 0;  // without the quotes around it
    bool escaped = false;            // holds doubled quotes, or a TSV's backslashes
  };
  bool complete = false;
  std::vector<Cell> cells;
  std::size_t raw_size = 0;  // without the line end
  std::size_t size = 0;      // with it
  std::string_view fault;    // what is wrong; empty: nothing
  std::size_t fault_at = 0;
};

// The record at the start of `text`; with `last`, nothing follows the text.
void scan_csv_record(std::string_view text, bool last, CsvRecord& record, char separator = ',');
void scan_tsv_record(std::string_view text, bool last, CsvRecord& record);
void scan_record(const TableShape& shape, std::string_view text, bool last, CsvRecord& record);

// What a TSV's cell says. It has been scanned: its escapes are lawful.
void append_unescaped(std::string& out, std::string_view cell);
// As a cell of a TSV; text that is empty is "\N".
void append_tsv_cell(std::string& out, std::string_view text);
inline constexpr std::string_view tsv_null = "\\N";

// How cells are written.
enum class CsvCells {
  exact,  // as they are
  safe,   // none that a spreadsheet would run
};

// Would a spreadsheet run the cell? It begins with = + - @, with one of them in full width, or with
// a tab or line end, and is no decimal, such as -1.25. Source: OWASP, CSV Injection.
bool is_formula(std::string_view cell);

// Quotes stand where they are needed. A formula, where cells are safe, is written as text: with an
// apostrophe before it, between quotes.
void append_csv_cell(std::string& out, std::string_view cell, CsvCells cells = CsvCells::exact);

class CsvReader {
 public:
  CsvReader(std::string file, ByteWindow bytes, TableShape shape = {});

  // The header's names, which are distinct where they are not empty. Faults: no header (an empty
  // file), a name that stands twice, a malformed line.
  const Checked<std::vector<std::string>>& header();

  // A header that lacks this column is a fault. Before the first `next`.
  void needs_column(std::string name) { needed_ = std::move(name); }

  // What divides the cells: a semicolon, a tab. Before the header is read.
  void separate_with(char separator) { shape_.delimiter = separator; }

  // A table without a header line, or the rest of one: these are the columns' names, and the bytes
  // begin with a record. Before the first `next`. `keeps_blank`: a blank line is a record too.
  void name_columns(std::vector<std::string> names, bool keeps_blank = false);

  // The same table's next text, which begins with a record.
  void go_on(ByteWindow bytes);

  // The next record; after a faulty header, that fault as the only row, on line 0.
  bool next(Row& row);

 private:
  void skip_torn();
  bool scan(Row& row);
  void read_header();
  void take_names(Row& row);
  void fill(Row& row);
  Diagnostic divided_otherwise(const Row& row, std::size_t at) const;
  Diagnostic not_utf8(const Row& row, std::size_t at) const;
  Diagnostic fault_of(const Row& row, std::string message, std::string remedy,
                      std::size_t at) const;

  std::string file_, needed_;
  ByteWindow bytes_;
  TableShape shape_;
  bool started_ = false, stopped_ = false, keeps_blank_ = false;
  Checked<std::vector<std::string>> header_ = std::vector<std::string>();
  std::vector<std::string_view> names_;
  CsvRecord record_;
  bool torn_ = false;         // the record given out last goes on, and is skipped to its line's end
  std::size_t consumed_ = 0;  // of the window's text, by the row given out last
  std::string unescaped_;     // what the row's cells with escapes say
};

}  // namespace levy::formats
