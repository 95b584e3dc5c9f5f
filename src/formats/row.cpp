#include "formats/row.h"

#include <algorithm>

#include "base/code_points.h"

namespace levy {
namespace {

// An excerpt of a very long line helps nobody.
constexpr std::size_t excerpt_bytes_max = 400;

// Bytes before a byte order mark are none, but the mark is no column.
std::string_view line_from(std::string_view raw, std::size_t start) {
  std::string_view line = raw.substr(start);
  line = line.substr(0, line.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view Row::text_of(std::string_view name) const {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return texts[static_cast<std::size_t>(found - names.begin())];
}

Place place_in(const Row& row, const std::string& file, std::size_t at) {
  at = std::min(at, row.raw.size());
  std::string_view before = row.raw.substr(0, at);
  std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  Place place;
  place.file = file;
  place.line = row.line + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + count_code_points(before.substr(start));
  place.excerpt = std::string(line_from(row.raw, start).substr(0, excerpt_bytes_max));
  return place;
}

}  // namespace levy
