#include "render/page.h"

#include <algorithm>

namespace levy {
namespace {

// "25.00 EUR", "-0.5", "3".
bool is_figure(std::string_view text) {
  if (text.empty()) return true;
  auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  std::size_t at = text.front() == '-' ? 1 : 0;
  if (at == text.size() || !digit(text[at])) return false;
  while (at < text.size() && digit(text[at])) ++at;
  if (at == text.size()) return true;
  if (text[at] != ' ') return false;
  std::string_view code = text.substr(at + 1);
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '%';
  });
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

bool Grid::is_figures(std::size_t column) const {
  return std::all_of(rows.begin(), rows.end(),
                     [&](const Row& row) { return is_figure(row.cells[column]); });
}

}  // namespace levy
