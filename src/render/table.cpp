#include "render/table.h"

#include <algorithm>

#include "render/text_width.h"

namespace levy {

void Table::rule(std::vector<bool> columns) {
  Row row{{}, true};
  for (bool marked : columns) row.cells.push_back(TableCell{marked ? "-" : "", false});
  rows_.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (const Row& row : rows_) {
    if (row.cells.size() > widths.size()) widths.resize(row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row.cells[i].text));
    }
  }
  return widths;
}

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> columns = widths();
  std::string all;
  for (const Row& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const TableCell& cell = row.cells[i];
      std::string text = printable(cell.text);
      if (row.is_rule && !text.empty()) text.assign(columns[i], '-');
      if (i > 0) line += "  ";
      line += cell.right ? pad_left(text, columns[i]) : pad_right(text, columns[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    all += line + "\n";
  }
  return all;
}

}  // namespace levy
