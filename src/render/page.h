// A page for people, before it is a terminal's or a web page's: headings, paragraphs, tables.
// Nothing in it is escaped; each form does that for itself.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace levy {

struct Heading {
  int level = 1;  // 1 to 3
  std::string text;
};

struct Paragraph {
  std::string text;
};

// "Source: ...", one a line.
struct Facts {
  std::vector<std::pair<std::string, std::string>> rows;
};

struct Grid {
  struct Row {
    enum class Kind { plain, head, member };  // a head stands over the members that follow
    std::vector<std::string> cells;           // as many as there are columns
    Kind kind = Kind::plain;
  };
  std::vector<std::string> columns;
  std::vector<Row> rows;

  void row(std::vector<std::string> cells, Row::Kind kind = Row::Kind::plain) {
    rows.push_back({std::move(cells), kind});
  }

  // Without the columns that have nothing in any row.
  void drop_empty_columns();
  // Does the column hold nothing but amounts, which then stand right?
  bool is_figures(std::size_t column) const;
};

using Block = std::variant<Heading, Paragraph, Facts, Grid>;
using Page = std::vector<Block>;

}  // namespace levy
