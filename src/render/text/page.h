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

// Sentences one below the other, with no empty line between them. An item stands indented, after a
// dash.
struct Lines {
  struct Line {
    std::string text;
    bool is_item = false;
  };
  std::vector<Line> lines;

  void add(std::string text) { lines.push_back({std::move(text), false}); }
  void item(std::string text) { lines.push_back({std::move(text), true}); }
};

// Text that is copied from the page into a file: its lines are neither wrapped nor joined. Control
// characters in it are the writer's own to escape, in the way of the file's format.
struct Verbatim {
  std::vector<std::string> lines;
};

// "Source: ...", one a line.
struct Facts {
  std::vector<std::pair<std::string, std::string>> rows;
};

struct Grid {
  struct Row {
    // A head stands over the members that follow; totals stand below a rule.
    enum class Kind { plain, head, member, total };
    std::vector<std::string> cells;  // as many as there are columns
    Kind kind = Kind::plain;
  };
  std::vector<std::string> columns;  // all empty: the table has no heading
  std::vector<Row> rows;
  std::string caption = {};  // a line above the table, which is then indented

  void row(std::vector<std::string> cells, Row::Kind kind = Row::Kind::plain) {
    rows.push_back({std::move(cells), kind});
  }

  // Without the columns that have nothing in any row.
  void drop_empty_columns();
  bool has_heading() const;
  // Does the column hold nothing but amounts, which then stand right?
  bool is_figures(std::size_t column) const;
};

using Block = std::variant<Heading, Paragraph, Lines, Verbatim, Facts, Grid>;
using Page = std::vector<Block>;

// The Lines at the end of the page, where more can be added; begun if the page ends otherwise.
Lines& last_lines(Page& page);

// A page for a terminal.

// At most 100 columns wide, as far as words can be broken; tables fold their cells. What the page's
// texts hold of control characters and marks that reorder text is spelt out (text_width.h), so that
// no file's text reaches the terminal as it is.
std::string page_text(const Page& page);

// A page as CommonMark with GitHub's tables, to be pasted into another page.

std::string page_markdown(const Page& page);

}  // namespace levy
