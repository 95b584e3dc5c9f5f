// Columns for a terminal: aligned by what characters take on the screen, Chinese ones included.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "render/text/tone.h"

namespace levy::render::text {

struct TableCell {
  std::string text;
  bool right = false;  // figures stand right
  Tone tone = Tone::plain;
};

// A row may have fewer cells than others; one without cells is an empty line.
class Table {
 public:
  void row(std::vector<TableCell> cells) { rows_.push_back({std::move(cells)}); }
  // A line of dashes, as wide as its column, under each column that is marked.
  void rule(std::vector<bool> columns);
  // A line of its own, which takes no column.
  void line(std::string text) { rows_.push_back({{{std::move(text)}}, false, true}); }

  // Two spaces between columns, `indent` before each row, nothing after the last cell.
  std::string text(std::size_t indent = 0, bool color = false) const;

 private:
  struct Row {
    std::vector<TableCell> cells = {};
    bool is_rule = false;  // a cell that is not empty becomes dashes
    bool is_line = false;  // its one cell is as wide as it likes
  };
  std::vector<std::size_t> widths() const;
  std::vector<Row> rows_;
};

// Text in lines for a terminal.
//
//   wrap("at least 0.50 EUR, at most 25.00 EUR", 20)   is "at least 0.50 EUR,", "at most 25.00 EUR"

// Lines of at most `columns`, broken at spaces and beside Chinese characters, never between a
// figure and its currency, nor within a date and its time. What has no place to break is cut. At
// least one line; a line end in the text counts as a space. Lines after the first have `hanging`
// columns fewer, for the caller to indent them.
std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t hanging = 0);

// Each line of a finished text that is wider than `columns`, wrapped, the lines that go on
// indented.
std::string folded_lines(std::string_view text, std::size_t columns);

// The columns of the widest word that wrap keeps together.
std::size_t longest_piece(std::string_view text);

}  // namespace levy::render::text
