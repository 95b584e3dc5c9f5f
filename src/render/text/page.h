// A page for people, before it is a terminal's or a web page's: headings, paragraphs, tables.
// Nothing in it is escaped; each form does that for itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "render/text/tone.h"

namespace levy::render::text {

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
    Tone tone = Tone::plain;  // of its first word
  };
  std::vector<Line> lines;

  void add(std::string text, Tone tone = Tone::plain) {
    lines.push_back({std::move(text), false, tone});
  }
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
    Tone tone = Tone::plain;  // of its last cell
    std::string note = {};    // below the row: why it has no figures
  };
  std::vector<std::string> columns;  // all empty: the table has no heading
  std::vector<Row> rows;
  std::string caption = {};  // a line above the table, which is then indented
  // Columns [from, until) say what a row is for; where there is no room for each, they are one.
  std::size_t described_from = 0, described_until = 0;
  std::string described = "for";  // heads that one
  std::string any = "any";        // the cell that restricts nothing

  void row(std::vector<std::string> cells, Row::Kind kind = Row::Kind::plain,
           Tone tone = Tone::plain) {
    rows.push_back({std::move(cells), kind, tone});
  }

  // Without the columns that have nothing in any row.
  void drop_empty_columns();
  // As few columns as say the same: those described from ... until are one.
  Grid condensed() const;
  // With the notes as a last column.
  Grid with_notes() const;
  bool has_heading() const;
  // Does the column hold nothing but amounts, which then stand right?
  bool is_figures(std::size_t column) const;
};

// An empty table with its words in this language.
Grid grid_in(std::string_view language);

using Block = std::variant<Heading, Paragraph, Lines, Verbatim, Facts, Grid>;
using Page = std::vector<Block>;

// The Lines at the end of the page, where more can be added; begun if the page ends otherwise.
Lines& last_lines(Page& page);

// A page for a terminal.

struct PageForm {
  std::size_t columns = 80;  // of the window
  bool color = false;
};

// No wider than the window, as far as words can be broken. Tables fold their cells, and are lists
// where they have no room even so; figures, codes and names are never broken. What the page's
// texts hold of control characters and marks that reorder text is spelt out (text_width.h), so that
// no file's text reaches the terminal as it is.
std::string page_text(const Page& page, const PageForm& form = {});

// A page as CommonMark with GitHub's tables, to be pasted into another page.

std::string page_markdown(const Page& page);

}  // namespace levy::render::text
