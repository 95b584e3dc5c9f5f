#include "render/text/diagnostic_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "render/text/text_width.h"
#include "render/text/tone.h"

namespace levy {
namespace {

constexpr std::size_t gutter_width = 5;         // of the line number
constexpr std::size_t excerpt_width_max = 90;   // columns; a longer line is cut
constexpr std::size_t context_before_max = 30;  // columns kept before the caret of a cut line
constexpr std::size_t tab_width = 4;
constexpr std::string_view ellipsis = "...";

// A character of the excerpt: how it is shown, and which column of the file it stands in.
struct ExcerptCell {
  std::string shown;
  std::size_t width = 0;
  std::size_t column = 0;
};

ExcerptCell cell_at(std::string_view line, std::size_t at, std::size_t x, std::size_t& size) {
  Glyph glyph = glyph_at(line, at);
  size = glyph.size;
  if (line[at] != '\t') return {std::move(glyph.text), glyph.width, 0};
  std::size_t width = tab_width - x % tab_width;
  return {std::string(width, ' '), width, 0};
}

std::vector<ExcerptCell> cells_of(const Excerpt& excerpt) {
  std::vector<ExcerptCell> cells;
  std::string_view line = excerpt.text;
  std::size_t x = 0;
  std::size_t column = excerpt.column;
  std::size_t size = 0;
  for (std::size_t at = 0; at < line.size(); at += size) {
    cells.push_back(cell_at(line, at, x, size));
    cells.back().column = column;
    x += cells.back().width;
    if (!continues_code_point(line[at])) ++column;
  }
  return cells;
}

std::size_t width_between(const std::vector<ExcerptCell>& cells, std::size_t first,
                          std::size_t last) {
  std::size_t width = 0;
  for (std::size_t i = first; i < last; ++i) width += cells[i].width;
  return width;
}

// Cells [first, last) of the line are shown, of which [caret, caret_end) are underlined.
struct ExcerptWindow {
  std::size_t first = 0, last = 0;
  std::size_t caret = 0, caret_end = 0;
};

ExcerptWindow window_of(const std::vector<ExcerptCell>& cells, const Place& place) {
  auto cell_of = [&](std::size_t column) {
    auto found = std::find_if(cells.begin(), cells.end(),
                              [&](const ExcerptCell& cell) { return cell.column >= column; });
    return static_cast<std::size_t>(found - cells.begin());
  };
  ExcerptWindow window;
  window.last = cells.size();
  window.caret = cell_of(place.column());
  window.caret_end = cell_of(place.column() + place.width());
  if (width_between(cells, 0, cells.size()) <= excerpt_width_max) return window;
  std::size_t room = excerpt_width_max - 2 * ellipsis.size();
  if (width_between(cells, 0, window.caret_end) > room) {
    std::size_t before = 0;
    window.first = window.caret;
    while (window.first > 0 && before < context_before_max) before += cells[--window.first].width;
  }
  std::size_t shown = 0;
  window.last = window.first;
  while (window.last < cells.size() && shown < room) shown += cells[window.last++].width;
  window.caret_end = std::min(window.caret_end, window.last);
  return window;
}

std::string excerpt_text(const Place& place, Tone paint, bool color) {
  Excerpt excerpt = place.excerpt();
  if (excerpt.text.empty()) return "";
  std::vector<ExcerptCell> cells = cells_of(excerpt);
  ExcerptWindow window = window_of(cells, place);
  bool cut = window.first > 0 || excerpt.column > 1;
  std::string line(cut ? ellipsis : "");
  for (std::size_t i = window.first; i < window.last; ++i) line += cells[i].shown;
  if (window.last < cells.size() || excerpt.goes_on) line += ellipsis;
  std::size_t indent =
      width_between(cells, window.first, window.caret) + (cut ? ellipsis.size() : std::size_t{0});
  std::size_t length = window.caret < window.caret_end
                           ? width_between(cells, window.caret, window.caret_end)
                           : std::size_t{1};
  std::string caret = "^" + std::string(std::max<std::size_t>(length, 1) - 1, '~');
  std::string number = pad_left(std::to_string(place.line()), gutter_width);
  return number + " | " + line + "\n" + std::string(number.size(), ' ') + " | " +
         std::string(indent, ' ') + painted(caret, paint, color) + "\n";
}

std::string place_prefix(const Place& place, bool color) {
  std::string text = printable(to_string(place));
  return text.empty() ? "" : painted(text + ":", Tone::strong, color) + " ";
}

std::string remedy_text(const std::string& remedy) {
  if (remedy.empty()) return "";
  return std::string(gutter_width, ' ') + " = " + printable(remedy) + "\n";
}

std::string_view label_of_related(Code code) {
  bool is_twin =
      code == Code::duplicate_key || code == Code::duplicate_id || code == Code::duplicate_money;
  if (is_twin) return "first given here";
  return code == Code::syntax ? "opened here" : "see also";
}

std::string related_text(const Place& place, Code code, bool color) {
  std::string head = place_prefix(place, color) + painted("note:", Tone::note, color) + " ";
  return head + std::string(label_of_related(code)) + "\n" + excerpt_text(place, Tone::note, color);
}

}  // namespace

std::string diagnostic_text(const Diagnostic& diagnostic, bool color) {
  bool is_error = diagnostic.severity == Severity::error;
  Tone paint = is_error ? Tone::bad : Tone::warning;
  std::string text = place_prefix(diagnostic.place, color);
  text += painted(is_error ? "error:" : "warning:", paint, color);
  text += " " + printable(diagnostic.message);
  text += " [" + std::string(to_string(diagnostic.code)) + "]\n";
  text += excerpt_text(diagnostic.place, paint, color);
  text += remedy_text(diagnostic.remedy);
  for (const Place& place : diagnostic.related) text += related_text(place, diagnostic.code, color);
  return text;
}

std::string diagnostics_text(const Diagnostics& diagnostics, bool color) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += diagnostic_text(diagnostic, color);
  return text;
}

}  // namespace levy
