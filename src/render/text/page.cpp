#include "render/text/page.h"

#include <algorithm>
#include <numeric>

#include "render/text/text_width.h"
#include "render/text/wrap.h"

namespace levy {
namespace {

// "25.00 EUR", "-0.5", "3".
bool is_single_figure(std::string_view text) {
  auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  std::size_t at = text.starts_with('-') ? 1 : 0;
  if (at == text.size() || !digit(text[at])) return false;
  while (at < text.size() && digit(text[at])) ++at;
  if (at == text.size()) return true;
  if (text[at] != ' ') return false;
  std::string_view code = text.substr(at + 1);
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '%';
  });
}

// Also a sum ("1.00 EUR + 2.00 USD"), a rounded one ("~781.04 EUR"), an assumed one ("0.00 EUR ?"),
// and the dash or word that stands for none.
bool is_figure(std::string_view text) {
  if (text.empty() || text == "-" || text == "any") return true;
  if (text.ends_with(" ?")) text.remove_suffix(2);
  for (std::size_t plus = text.find(" + ");; plus = text.find(" + ")) {
    std::string_view part = text.substr(0, plus);
    if (part.starts_with('~')) part.remove_prefix(1);
    if (!is_single_figure(part)) return false;
    if (plus == std::string_view::npos) return true;
    text.remove_prefix(plus + 3);
  }
}

}  // namespace

void Grid::drop_empty_columns() {
  for (std::size_t column = columns.size(); column-- > 0;) {
    bool empty = std::all_of(rows.begin(), rows.end(),
                             [&](const Row& row) { return row.cells[column].empty(); });
    if (!empty) continue;
    auto at = static_cast<std::ptrdiff_t>(column);
    columns.erase(columns.begin() + at);
    for (Row& row : rows) row.cells.erase(row.cells.begin() + at);
  }
}

bool Grid::has_heading() const {
  return std::any_of(columns.begin(), columns.end(),
                     [](const std::string& column) { return !column.empty(); });
}

bool Grid::is_figures(std::size_t column) const {
  return std::all_of(rows.begin(), rows.end(),
                     [&](const Row& row) { return is_figure(row.cells[column]); });
}

Lines& last_lines(Page& page) {
  if (page.empty() || !std::holds_alternative<Lines>(page.back())) page.push_back(Lines());
  return std::get<Lines>(page.back());
}

namespace {

constexpr std::size_t page_width = 100, gap = 2, word_max = 28, word_min = 8, label_max = 30;
constexpr std::size_t tall_row = 2;  // lines

std::string lines_text(std::string_view text, std::size_t columns) {
  std::string all;
  for (const std::string& line : wrap(text, columns)) all += line + "\n";
  return all;
}

std::string block_text(const Heading& heading) {
  std::string text = lines_text(heading.text, page_width);
  if (heading.level == 3) return text;
  std::size_t width = std::min(display_width(heading.text), page_width);
  return text + std::string(width, heading.level == 1 ? '=' : '-') + "\n";
}

std::string block_text(const Paragraph& paragraph) {
  return lines_text(paragraph.text, page_width);
}

std::string block_text(const Lines& lines) {
  constexpr std::string_view dash = "  - ";
  std::string all;
  for (const Lines::Line& line : lines.lines) {
    if (!line.is_item) {
      all += lines_text(line.text, page_width);
      continue;
    }
    std::string before(dash);
    for (const std::string& part : wrap(line.text, page_width - dash.size())) {
      all += before + part + "\n";
      before.assign(dash.size(), ' ');
    }
  }
  return all;
}

std::string block_text(const Verbatim& verbatim) {
  std::string all;
  for (const std::string& line : verbatim.lines) all += printable(line) + "\n";
  return all;
}

// A label that is too long for the column stands above its text.
std::string block_text(const Facts& facts) {
  std::size_t width = 0;
  for (const auto& [label, text] : facts.rows)
    width = std::max(width, std::min(display_width(label), label_max));
  std::string all;
  for (const auto& [label, text] : facts.rows) {
    std::string head = printable(label);
    bool above = display_width(label) > width;
    if (above) all += lines_text(label, page_width);
    for (const std::string& line : wrap(text, page_width - width - gap)) {
      all += pad_right(above ? "" : head, width + gap) + line + "\n";
      head.clear();
    }
  }
  return all;
}

// ---- tables ------------------------------------------------------------------------------------

struct Widths {
  std::vector<std::size_t> natural;  // everything on one line
  std::vector<std::size_t> least;    // no word cut, unless it is as long as a web address
  std::vector<std::size_t> parts;    // words cut where their own parts end
};

std::size_t indent_of(const Grid& grid) { return grid.caption.empty() ? 0 : gap; }

std::size_t room_of(const Grid& grid) {
  std::size_t spaces = gap * (grid.columns.size() - 1) + indent_of(grid);
  return page_width > spaces ? page_width - spaces : 0;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0});
}

// Too many columns: the longest words are cut after all, figures last.
void shrink(Widths& widths, std::size_t room) {
  while (total(widths.least) > room) {
    std::size_t at = 0, slack = 0;
    for (std::size_t i = 0; i < widths.least.size(); ++i) {
      std::size_t spare = widths.least[i] - std::min(widths.least[i], widths.parts[i]);
      if (spare > slack) at = i, slack = spare;
    }
    if (slack == 0) {
      at = static_cast<std::size_t>(std::max_element(widths.least.begin(), widths.least.end()) -
                                    widths.least.begin());
      if (widths.least[at] <= word_min) return;
    }
    --widths.least[at];
  }
}

Widths widths_of(const Grid& grid) {
  Widths widths;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    std::size_t natural = 0, least = 0, parts = 0;
    auto measure = [&](const std::string& text) {
      natural = std::max(natural, display_width(text));
      least = std::max(least, longest_piece(text));
      parts = std::max(parts, longest_part(text));
    };
    measure(grid.columns[i]);
    for (const Grid::Row& row : grid.rows) measure(row.cells[i]);
    widths.natural.push_back(natural);
    widths.least.push_back(std::min(least, word_max));
    widths.parts.push_back(std::min(parts, word_max));
  }
  shrink(widths, room_of(grid));
  return widths;
}

// The narrow columns keep their width; the others share what is left, the narrowest first.
std::vector<std::size_t> fitted_widths(const Grid& grid) {
  Widths widths = widths_of(grid);
  std::size_t count = grid.columns.size(), left = room_of(grid);
  std::vector<std::size_t> order(count), fitted(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return widths.natural[a] < widths.natural[b];
  });
  std::size_t reserved = 0;  // the least that the columns still to come need
  for (std::size_t width : widths.least) reserved += width;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = order[i], least = widths.least[at];
    reserved -= least;
    std::size_t room = left > reserved ? left - reserved : 0;
    std::size_t fair = std::min(left / (count - i), room);
    fitted[at] = std::max(std::min(widths.natural[at], fair), least);
    left -= std::min(left, fitted[at]);
  }
  return fitted;
}

// The cells of one row, each in as many lines as it needs.
using CellLines = std::vector<std::vector<std::string>>;

CellLines wrapped(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  CellLines columns;
  for (std::size_t i = 0; i < cells.size(); ++i) columns.push_back(wrap(cells[i], widths[i]));
  return columns;
}

std::size_t height_of(const CellLines& columns) {
  std::size_t height = 0;
  for (const auto& lines : columns) height = std::max(height, lines.size());
  return height;
}

void add_row(Table& table, const CellLines& columns, const std::vector<bool>& right) {
  for (std::size_t line = 0; line < height_of(columns); ++line) {
    std::vector<TableCell> row;
    for (std::size_t i = 0; i < columns.size(); ++i)
      row.push_back({line < columns[i].size() ? columns[i][line] : "", right[i]});
    table.row(std::move(row));
  }
}

// An empty line before a head and after its members; where rows are tall, between all of them.
bool stands_apart(const Grid& grid, std::size_t at, bool tall) {
  using Kind = Grid::Row::Kind;
  if (at == 0) return false;
  Kind kind = grid.rows[at].kind, before = grid.rows[at - 1].kind;
  if (kind == Kind::head) return true;
  if (kind == Kind::plain && before == Kind::member) return true;
  return tall && before != Kind::head && kind != Kind::total;
}

bool begins_totals(const Grid& grid, std::size_t at) {
  using Kind = Grid::Row::Kind;
  return grid.rows[at].kind == Kind::total && (at == 0 || grid.rows[at - 1].kind != Kind::total);
}

std::string block_text(const Grid& grid) {
  std::vector<std::size_t> widths = fitted_widths(grid);
  std::vector<bool> right;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) right.push_back(grid.is_figures(i));
  bool tall = false;
  for (const Grid::Row& row : grid.rows)
    tall = tall || height_of(wrapped(row.cells, widths)) > tall_row;
  Table table;
  if (grid.has_heading()) {
    add_row(table, wrapped(grid.columns, widths), right);
    std::vector<bool> named;
    for (const std::string& column : grid.columns) named.push_back(!column.empty());
    table.rule(std::move(named));
  }
  for (std::size_t i = 0; i < grid.rows.size(); ++i) {
    if (stands_apart(grid, i, tall)) table.row({});
    if (begins_totals(grid, i)) table.rule(right);
    add_row(table, wrapped(grid.rows[i].cells, widths), right);
  }
  std::string caption = grid.caption.empty() ? "" : lines_text(grid.caption, page_width);
  return caption + table.text(indent_of(grid));
}

}  // namespace

std::string page_text(const Page& page) {
  std::string text;
  for (const Block& block : page) {
    if (!text.empty()) text += "\n";
    text += std::visit([](const auto& one) { return block_text(one); }, block);
  }
  return text;
}

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What Markdown would take for markup is escaped; gas_used, which it would not, stays readable.
std::string escaped(std::string_view raw) {
  std::string flat(raw);
  for (char& c : flat) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  std::string text = printable(flat), out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool inside = i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
    bool special = std::string_view("\\`*[]<>|~&$").find(text[i]) != std::string_view::npos;
    if (special || (text[i] == '_' && !inside)) out += '\\';
    out += text[i];
  }
  return out;
}

// At the beginning of a line: "1.", "-", "#" would begin a list or a heading.
std::string line_of(std::string_view raw) {
  std::string text = escaped(raw);
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  bool numbered =
      digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  if (numbered) return text.insert(digits, "\\");
  if (!text.empty() && std::string_view("#-+=").find(text.front()) != std::string_view::npos)
    text.insert(0, "\\");
  return text;
}

std::string block_markdown(const Heading& heading) {
  return std::string(static_cast<std::size_t>(heading.level), '#') + " " + escaped(heading.text) +
         "\n";
}

std::string block_markdown(const Paragraph& paragraph) { return line_of(paragraph.text) + "\n"; }

std::string block_markdown(const Lines& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    const Lines::Line& line = lines.lines[i];
    bool item_before = i > 0 && lines.lines[i - 1].is_item;
    if (i > 0 && line.is_item != item_before) text += "\n";
    // Two spaces at its end keep a line apart from the next.
    bool goes_on = !line.is_item && i + 1 < lines.lines.size() && !lines.lines[i + 1].is_item;
    text +=
        (line.is_item ? "- " + escaped(line.text) : line_of(line.text)) + (goes_on ? "  \n" : "\n");
  }
  return text;
}

std::string block_markdown(const Verbatim& verbatim) {
  std::string text = "```\n";
  for (const std::string& line : verbatim.lines) text += printable(line) + "\n";
  return text + "```\n";
}

std::string block_markdown(const Facts& facts) {
  std::string text;
  for (const auto& [label, value] : facts.rows)
    text += "- **" + escaped(label) + "**: " + escaped(value) + "\n";
  return text;
}

std::string row_text(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) text += " " + cell + " |";
  return text + "\n";
}

std::string block_markdown(const Grid& grid) {
  std::vector<std::string> heading, rule;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    heading.push_back(escaped(grid.columns[i]));
    rule.emplace_back(grid.is_figures(i) ? "---:" : "---");
  }
  std::string text = grid.caption.empty() ? "" : line_of(grid.caption) + "\n\n";
  text += row_text(heading) + row_text(rule);
  for (const Grid::Row& row : grid.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) {
      bool marked = row.kind == Grid::Row::Kind::head || row.kind == Grid::Row::Kind::total;
      bool strong = marked && cells.empty() && !cell.empty();
      cells.push_back(strong ? "**" + escaped(cell) + "**" : escaped(cell));
    }
    text += row_text(cells);
  }
  return text;
}

}  // namespace

std::string page_markdown(const Page& page) {
  std::string text;
  for (const Block& block : page) {
    if (!text.empty()) text += "\n";
    text += std::visit([](const auto& one) { return block_markdown(one); }, block);
  }
  return text;
}

}  // namespace levy
