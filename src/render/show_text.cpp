#include "render/show_text.h"

#include <algorithm>

#include "render/table.h"
#include "render/text_width.h"
#include "render/wrap.h"

namespace levy {
namespace {

constexpr std::size_t page_width = 100, gap = 2;

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

std::string block_text(const Facts& facts) {
  std::size_t width = 0;
  for (const auto& [label, text] : facts.rows) width = std::max(width, display_width(label));
  Table table;
  for (const auto& [label, text] : facts.rows) {
    bool first = true;
    for (const std::string& line : wrap(text, page_width - width - gap)) {
      table.row({{first ? label : ""}, {line}});
      first = false;
    }
  }
  return table.text();
}

// ---- tables ------------------------------------------------------------------------------------

std::vector<std::size_t> natural_widths(const Grid& grid) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    std::size_t width = display_width(grid.columns[i]);
    for (const Grid::Row& row : grid.rows) width = std::max(width, display_width(row.cells[i]));
    widths.push_back(width);
  }
  return widths;
}

// The widest that stays within its fair share keeps its width; the rest share what is left.
std::vector<std::size_t> fitted_widths(const Grid& grid) {
  std::vector<std::size_t> widths = natural_widths(grid);
  std::size_t spaces = gap * (widths.size() - 1);
  std::size_t left = page_width > spaces ? page_width - spaces : 0;
  std::vector<std::size_t> order(widths.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return widths[a] < widths[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::size_t& width = widths[order[i]];
    width = std::max<std::size_t>(std::min(width, left / (order.size() - i)), 8);
    left -= std::min(left, width);
  }
  return widths;
}

// The cells of one row, each in as many lines as it needs.
std::vector<std::vector<std::string>> wrapped(const std::vector<std::string>& cells,
                                              const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> columns;
  for (std::size_t i = 0; i < cells.size(); ++i) columns.push_back(wrap(cells[i], widths[i]));
  return columns;
}

// Returns whether it took more than one line.
bool add_row(Table& table, const std::vector<std::string>& cells,
             const std::vector<std::size_t>& widths, const std::vector<bool>& right) {
  std::vector<std::vector<std::string>> columns = wrapped(cells, widths);
  std::size_t height = 0;
  for (const auto& lines : columns) height = std::max(height, lines.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::vector<Cell> row;
    for (std::size_t i = 0; i < columns.size(); ++i)
      row.push_back({line < columns[i].size() ? columns[i][line] : "", right[i]});
    table.row(std::move(row));
  }
  return height > 1;
}

std::string block_text(const Grid& grid) {
  std::vector<std::size_t> widths = fitted_widths(grid);
  std::vector<bool> right;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) right.push_back(grid.is_figures(i));
  Table table;
  add_row(table, grid.columns, widths, right);
  table.rule(std::vector<bool>(grid.columns.size(), true));
  bool tall = false, first = true;
  for (const Grid::Row& row : grid.rows) {
    // Air before a new group, and between groups whose rows run over several lines.
    if (row.strong && !first) table.row({});
    tall = add_row(table, row.cells, widths, right) || tall;
    first = false;
  }
  return table.text();
}

}  // namespace

std::string show_text(const Page& page) {
  std::string text;
  for (const Block& block : page) {
    if (!text.empty()) text += "\n";
    text += std::visit([](const auto& one) { return block_text(one); }, block);
  }
  return text;
}

}  // namespace levy
