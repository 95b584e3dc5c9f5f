// Columns for a terminal: aligned by what characters take on the screen, Chinese ones included.
#pragma once

#include <string>
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

}  // namespace levy
