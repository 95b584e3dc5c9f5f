#include "render/text/page.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "render/text/text_width.h"
#include "render/text/translate.h"
#include "render/text/wrap.h"

namespace levy::render::text {
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

// Also a sum ("1.00 EUR + 2.00 USD"), a rounded one ("≈781.04 EUR"), an assumed one ("0.00 EUR ?"),
// and the dash that stands for none.
bool is_figure(std::string_view text) {
  constexpr std::string_view about = "≈";
  if (text.empty() || text == "-") return true;
  if (text.ends_with(" ?")) text.remove_suffix(2);
  for (std::size_t plus = text.find(" + ");; plus = text.find(" + ")) {
    std::string_view part = text.substr(0, plus);
    if (part.starts_with(about)) part.remove_prefix(about.size());
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
    if (column < described_from) --described_from;
    if (column < described_until) --described_until;
  }
}

Grid Grid::condensed() const {
  if (described_until < described_from + 2) return *this;
  Grid one = *this;
  auto from = static_cast<std::ptrdiff_t>(described_from);
  auto until = static_cast<std::ptrdiff_t>(described_until);
  one.columns.erase(one.columns.begin() + from + 1, one.columns.begin() + until);
  one.columns[described_from] = described;
  one.described_until = described_from + 1;
  for (Row& row : one.rows) {
    std::string all;
    for (std::size_t i = described_from; i < described_until; ++i) {
      if (row.cells[i] == any) continue;
      all += (all.empty() ? "" : ", ") + columns[i] + " " + row.cells[i];
    }
    row.cells.erase(row.cells.begin() + from + 1, row.cells.begin() + until);
    row.cells[described_from] = all.empty() ? any : all;
  }
  return one;
}

Grid Grid::with_notes() const {
  Grid all = *this;
  bool none =
      std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.note.empty(); });
  if (none) return all;
  all.columns.emplace_back();
  for (Row& row : all.rows) {
    row.cells.push_back(std::move(row.note));
    row.note.clear();
  }
  return all;
}

bool Grid::has_heading() const {
  return std::any_of(columns.begin(), columns.end(),
                     [](const std::string& column) { return !column.empty(); });
}

bool Grid::is_figures(std::size_t column) const {
  return std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
    return row.cells[column] == any || is_figure(row.cells[column]);
  });
}

Grid grid_in(std::string_view language) {
  Grid grid;
  grid.described = translate(language, "for");
  grid.any = translate(language, "any");
  return grid;
}

Lines& last_lines(Page& page) {
  if (page.empty() || !std::holds_alternative<Lines>(page.back())) page.push_back(Lines());
  return std::get<Lines>(page.back());
}

namespace {

constexpr std::size_t gap = 2, word_max = 28;
constexpr std::size_t prose_max = 100;  // columns; longer lines are hard to read
constexpr std::size_t tall_row = 2;     // lines
constexpr std::size_t tallest_row = 5;  // lines; a table with a taller one is a list

// How many bytes the first word takes; in Chinese it ends at a mark.
std::size_t first_word(std::string_view line) {
  std::size_t end = std::min(line.find_first_of(" :."), line.size());
  for (std::string_view mark : {"，", "。", "：", "（"}) end = std::min(end, line.find(mark));
  return end;
}

// Lines of at most `columns`; the first word is toned.
std::string lines_text(std::string_view text, std::size_t columns, const PageForm& form,
                       Tone tone = Tone::plain) {
  std::string all;
  for (const std::string& line : wrap(text, std::min(columns, prose_max))) {
    std::size_t word = all.empty() ? first_word(line) : 0;
    all += painted(line.substr(0, word), tone, form.color) + line.substr(word) + "\n";
  }
  return all;
}

// ---- blocks ------------------------------------------------------------------------------------

std::string block_text(const Heading& heading, const PageForm& form) {
  std::string text = lines_text(heading.text, form.columns, form);
  if (heading.level == 3) return text;
  std::size_t width = std::min({display_width(heading.text), form.columns, prose_max});
  return text + std::string(width, heading.level == 1 ? '=' : '-') + "\n";
}

std::string block_text(const Paragraph& paragraph, const PageForm& form) {
  return lines_text(paragraph.text, form.columns, form);
}

std::string block_text(const Lines& lines, const PageForm& form) {
  constexpr std::string_view dash = "  - ";
  std::string all;
  for (const Lines::Line& line : lines.lines) {
    if (!line.is_item) {
      all += lines_text(line.text, form.columns, form, line.tone);
      continue;
    }
    std::string before(dash);
    for (const std::string& part :
         wrap(line.text, std::min(form.columns, prose_max) - dash.size())) {
      all += before + part + "\n";
      before.assign(dash.size(), ' ');
    }
  }
  return all;
}

std::string block_text(const Verbatim& verbatim, const PageForm&) {
  std::string all;
  for (const std::string& line : verbatim.lines) all += printable(line) + "\n";
  return all;
}

// A label that is too long for the column stands above its text.
std::string block_text(const Facts& facts, const PageForm& form) {
  std::size_t columns = std::min(form.columns, prose_max), label_max = columns / 3, width = 0;
  for (const auto& [label, text] : facts.rows)
    width = std::max(width, std::min(display_width(label), label_max));
  std::string all;
  for (const auto& [label, text] : facts.rows) {
    std::string head = printable(label);
    bool above = display_width(label) > width;
    if (above) all += lines_text(label, columns, form);
    for (const std::string& line : wrap(text, columns - width - gap)) {
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
};

std::size_t indent_of(const Grid& grid) { return grid.caption.empty() ? 0 : gap; }

std::size_t room_of(const Grid& grid, const PageForm& form) {
  std::size_t spaces = gap * (grid.columns.size() - 1) + indent_of(grid);
  return form.columns > spaces ? form.columns - spaces : 0;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0});
}

// Figures keep their line, whatever their length; other words are cut where they are very long.
Widths widths_of(const Grid& grid) {
  Widths widths;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    bool figures = grid.is_figures(i);
    std::size_t natural = display_width(grid.columns[i]);
    std::size_t least = std::min(longest_piece(grid.columns[i]), word_max);
    for (const Grid::Row& row : grid.rows) {
      std::size_t whole = display_width(row.cells[i]);
      natural = std::max(natural, whole);
      least = std::max(least, figures ? whole : std::min(longest_piece(row.cells[i]), word_max));
    }
    widths.natural.push_back(natural);
    widths.least.push_back(least);
  }
  return widths;
}

// The narrow columns keep their width; the others share what is left, the narrowest first.
std::vector<std::size_t> fitted_widths(const Grid& grid, const Widths& widths, std::size_t room) {
  std::size_t count = grid.columns.size(), left = room;
  std::vector<std::size_t> order(count), fitted(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return widths.natural[a] < widths.natural[b];
  });
  std::size_t reserved = total(widths.least);  // what the columns still to come need
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = order[i], least = widths.least[at];
    reserved -= least;
    std::size_t free = left > reserved ? left - reserved : 0;
    std::size_t fair = std::min(left / (count - i), free);
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

Tone tone_of(const Grid::Row& row, std::size_t column) {
  if (row.kind == Grid::Row::Kind::total) return Tone::strong;
  return column + 1 == row.cells.size() ? row.tone : Tone::plain;
}

void add_row(Table& table, const CellLines& columns, const std::vector<bool>& right,
             const Grid::Row* row = nullptr) {
  for (std::size_t line = 0; line < height_of(columns); ++line) {
    std::vector<TableCell> cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells.push_back({line < columns[i].size() ? columns[i][line] : "", right[i],
                       row == nullptr ? Tone::plain : tone_of(*row, i)});
    }
    table.row(std::move(cells));
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

std::size_t tallest(const Grid& grid, const std::vector<std::size_t>& widths) {
  std::size_t height = 0;
  for (const Grid::Row& row : grid.rows)
    height = std::max(height, height_of(wrapped(row.cells, widths)));
  return height;
}

std::string table_text(const Grid& grid, const std::vector<std::size_t>& widths,
                       const PageForm& form) {
  std::vector<bool> right;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) right.push_back(grid.is_figures(i));
  bool tall = tallest(grid, widths) > tall_row;
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
    add_row(table, wrapped(grid.rows[i].cells, widths), right, &grid.rows[i]);
    if (grid.rows[i].note.empty()) continue;
    std::size_t room = std::min(form.columns, prose_max) - indent_of(grid) - 2 * gap;
    for (const std::string& line : wrap(grid.rows[i].note, room))
      table.line(std::string(2 * gap, ' ') + line);
  }
  return table.text(indent_of(grid), form.color);
}

// ---- lists, where a table has no room ----------------------------------------------------------

// How many of a row's cells are its name: those up to the first column that has one.
std::size_t name_size(const Grid& grid) {
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (!grid.columns[i].empty()) return i + 1;
  }
  return grid.columns.size();
}

// The cells that have no heading, on one line.
std::string unnamed_cells(const Grid& grid, const Grid::Row& row, std::size_t from,
                          std::size_t until) {
  std::string text;
  for (std::size_t i = from; i < until; ++i) {
    if (row.cells[i].empty() || (i >= name_size(grid) && !grid.columns[i].empty())) continue;
    text += (text.empty() ? "" : " ") + row.cells[i];
  }
  return text;
}

// How a row's named cells stand below it: "label  value", as many beside each other as there is
// room for.
struct ListForm {
  std::size_t label = 0, value = 0, beside = 1;
};

ListForm list_form(const Grid& grid, const PageForm& form) {
  ListForm list;
  for (std::size_t i = name_size(grid); i < grid.columns.size(); ++i) {
    if (grid.columns[i].empty()) continue;
    list.label = std::max(list.label, display_width(grid.columns[i]));
    for (const Grid::Row& row : grid.rows)
      list.value = std::max(list.value, display_width(row.cells[i]));
  }
  list.label = std::min(list.label, form.columns / 3);
  std::size_t pair = list.label + gap + list.value + gap;
  list.beside = std::max<std::size_t>(form.columns / pair, 1);
  return list;
}

std::string indented(std::string_view words, std::size_t indent, const PageForm& form) {
  std::string text;
  for (const std::string& line : wrap(words, std::min(form.columns, prose_max) - indent))
    text += std::string(indent, ' ') + line + "\n";
  return text;
}

std::string list_pairs(const Grid& grid, const Grid::Row& row, const ListForm& list,
                       const PageForm& form) {
  std::string text, line;
  std::size_t beside = 0;
  for (std::size_t i = name_size(grid); i < row.cells.size(); ++i) {
    if (grid.columns[i].empty() || row.cells[i].empty()) continue;
    if (beside == list.beside) text += line + "\n", line.clear(), beside = 0;
    std::string lead = std::string(gap, ' ') + pad_right(printable(grid.columns[i]), list.label);
    std::size_t before = display_width(lead) + gap;
    if (list.beside > 1) {
      if (beside > 0) line = pad_right(line, beside * (list.label + list.value + 2 * gap));
      line += lead + std::string(gap, ' ') + printable(row.cells[i]);
      ++beside;
      continue;
    }
    lead += std::string(gap, ' ');
    if (display_width(grid.columns[i]) > list.label) {  // the label has lines of its own
      text += indented(grid.columns[i], gap, form);
      before = gap + list.label + gap;
      lead.assign(before, ' ');
    }
    for (const std::string& part :
         wrap(row.cells[i], form.columns - std::min(before, form.columns / 2))) {
      text += lead + part + "\n";
      lead.assign(before, ' ');
    }
  }
  return line.empty() ? text : text + line + "\n";
}

// "One withdrawal: blocks", and below it each cell after its column's name.
std::string list_row(const Grid& grid, const Grid::Row& row, const ListForm& list,
                     const PageForm& form) {
  std::size_t name = grid.has_heading() ? name_size(grid) : 1;
  std::string head = unnamed_cells(grid, row, 0, name);
  std::string rest = unnamed_cells(grid, row, name, row.cells.size());
  std::string text;
  if (grid.has_heading()) {
    text = lines_text(rest.empty() ? head : head + ": " + rest, form.columns, form);
  } else {
    text = lines_text(head, form.columns, form) + (rest.empty() ? "" : indented(rest, gap, form));
  }
  text += list_pairs(grid, row, list, form);
  return row.note.empty() ? text : text + indented(row.note, 2 * gap, form);
}

std::string list_text(const Grid& grid, const PageForm& form) {
  ListForm list = list_form(grid, form);
  std::string text;
  for (std::size_t i = 0; i < grid.rows.size(); ++i) {
    if (i > 0 && grid.has_heading()) text += "\n";
    if (begins_totals(grid, i) && i > 0) text += "--------\n";
    text += list_row(grid, grid.rows[i], list, form);
  }
  return text;
}

// With headings above figures on one line, or folded as their words allow.
enum class Headings { whole, folded };

std::optional<std::string> folded_table(const Grid& grid, const PageForm& form, Headings headings,
                                        std::size_t height) {
  Widths widths = widths_of(grid);
  std::size_t room = room_of(grid, form);
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (!grid.is_figures(i)) continue;
    (headings == Headings::whole ? widths.least : widths.natural)[i] =
        (headings == Headings::whole ? widths.natural : widths.least)[i];
  }
  if (total(widths.least) > room) return std::nullopt;
  std::vector<std::size_t> fitted = fitted_widths(grid, widths, room);
  if (tallest(grid, fitted) > height) return std::nullopt;
  return table_text(grid, fitted, form);
}

std::string block_text(const Grid& grid, const PageForm& form) {
  std::string caption = grid.caption.empty() ? "" : lines_text(grid.caption, form.columns, form);
  if (grid.rows.empty()) return caption;
  Grid condensed = grid.condensed();
  for (std::size_t height : {tall_row, tallest_row}) {
    for (const Grid* one : {&grid, static_cast<const Grid*>(&condensed)}) {
      for (Headings headings : {Headings::whole, Headings::folded}) {
        auto table = folded_table(*one, form, headings, height);
        if (table) return caption + *table;
      }
    }
  }
  return caption + list_text(condensed, form);
}

}  // namespace

std::string page_text(const Page& page, const PageForm& form) {
  std::string text;
  for (const Block& block : page) {
    if (!text.empty()) text += "\n";
    text += std::visit([&](const auto& one) { return block_text(one, form); }, block);
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

std::string block_markdown(const Grid& page_grid) {
  Grid grid = page_grid.with_notes();
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

}  // namespace levy::render::text
