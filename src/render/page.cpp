#include "render/page.h"

#include <algorithm>

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

}  // namespace levy
