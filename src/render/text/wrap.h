// Columns for a terminal: aligned by what characters take on the screen, Chinese ones included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levy {

struct TableCell {
  std::string text;
  bool right = false;  // figures stand right
};

// A row may have fewer cells than others; one without cells is an empty line.
class Table {
 public:
  void row(std::vector<TableCell> cells) { rows_.push_back({std::move(cells), false}); }
  // A line of dashes, as wide as its column, under each column that is marked.
  void rule(std::vector<bool> columns);

  // Two spaces between columns, `indent` before each row, nothing after the last cell.
  std::string text(std::size_t indent = 0) const;

 private:
  struct Row {
    std::vector<TableCell> cells;
    bool is_rule = false;  // a cell that is not empty becomes dashes
  };
  std::vector<std::size_t> widths() const;
  std::vector<Row> rows_;
};

// Text in lines for a terminal.
//
//   wrap("at least 0.50 EUR, at most 25.00 EUR", 20)   is "at least 0.50 EUR,", "at most 25.00 EUR"

// Lines of at most `columns`, broken at spaces and beside Chinese characters, never between a
// figure and its currency. What has no place to break is cut. At least one line; a line end in the
// text counts as a space.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

// The columns of the widest word that wrap keeps together, and of the widest part of one: the parts
// of "(cash-deposit-day)" end at its hyphens.
std::size_t longest_piece(std::string_view text);
std::size_t longest_part(std::string_view text);

}  // namespace levy
