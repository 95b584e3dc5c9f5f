// A table of prices as text: its lines, what they say in which column, and numbers as people write
// them. What is wrong and what is assumed are noted here, by everything that reads the table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/row.h"
#include "tables/price_list.h"

namespace levy::tables {

inline constexpr std::size_t price_rows_max = 10'000;

std::string_view trimmed(std::string_view text);
// Trimmed parts; one where the sign is not there.
std::vector<std::string> split_at(std::string_view text, char sign);

struct TableLine {
  std::size_t line = 0;
  std::string raw;
  std::vector<std::string> cells;    // trimmed
  std::vector<std::size_t> offsets;  // of the cells in `raw`
};

// One way for a whole table: a point or a comma before the decimals.
class NumberStyle {
 public:
  // Looks at a number; false: it is written in the other way than those before.
  bool look(std::string_view text, std::size_t line);
  // Is it known what every number means? "1,500" may be two, where no other tells what its comma
  // is. A table with commas between its cells has points, unless it says otherwise.
  bool is_settled(char separator) const;
  bool has_comma() const { return sign_ == ','; }
  const std::string& ambiguous() const { return ambiguous_; }  // the first such number
  std::size_t ambiguous_line() const { return ambiguous_line_; }
  const std::string& seen() const { return seen_; }  // the first number that tells
  std::size_t line() const { return line_; }
  // The number as levy writes it: no signs between thousands, a point before decimals.
  std::string canonical(std::string_view text) const;

 private:
  char sign_ = '\0';
  std::size_t line_ = 0;
  std::string seen_, ambiguous_;
  std::size_t ambiguous_line_ = 0;
};

// The digits of a number with what may stand between them; what stands before and after.
struct NumberText {
  std::string before, digits, after;
};
NumberText take_apart(std::string_view text);

struct TableText {
  std::string file;
  char separator = ',';
  TableLine header;
  std::vector<TableLine> lines;      // without empty ones
  std::vector<std::string> columns;  // what each means; an attribute with "@" before it
  Diagnostics faults;
  std::vector<std::string> assumed;

  // Fills the header and the lines. Commas, semicolons or tabs between cells, as the first line has
  // them; a line "sep=;" before it is skipped.
  void read(std::string_view text);

  void fault(Code code, std::string message, std::string remedy, const TableLine& line,
             std::size_t column);
  void fault_in(std::string_view column, Code code, std::string message, std::string remedy,
                const TableLine& line);
  void assume(std::string sentence);  // once
  // The number of columns where there is none.
  std::size_t index_of(std::string_view column) const;
  bool has(std::string_view column) const { return index_of(column) < columns.size(); }
  std::string cell(const TableLine& line, std::string_view column) const;
  const TableLine& line_of(const PriceRow& row) const;

 private:
  void keep_header(std::string_view first, const std::vector<std::string_view>& names,
                   std::size_t line);
  void keep(const formats::Row& row);
};

// What the rows' bounds are, where the table does not say so: bands that follow one another from 0,
// or conditions on the amount.
void settle_ranges(std::vector<PriceRow>& rows, TableText& table);

}  // namespace levy::tables
