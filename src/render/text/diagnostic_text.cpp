#include "render/text/diagnostic_text.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "render/text/text_width.h"
#include "render/text/tone.h"
#include "render/text/wrap.h"

namespace levy::render::text {
namespace {

constexpr std::size_t gutter_width = 5;        // of the line number
constexpr std::size_t gap_width = 3;           // " | " and " = " after it
constexpr std::size_t continuation_width = 4;  // before the second line of a message
constexpr std::size_t excerpt_width_max = 90;  // columns; a longer line is cut
constexpr std::size_t tab_width = 4;
constexpr std::string_view ellipsis = "…";
constexpr std::size_t ellipsis_width = 1;

std::size_t excerpt_width(const DiagnosticForm& form) {
  std::size_t before = gutter_width + gap_width;
  return std::min(excerpt_width_max, form.columns - std::min(form.columns / 2, before));
}

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

// A line that is too long is cut so that the caret is seen with a third of the room before it,
// and more where the line soon ends.
ExcerptWindow window_of(const std::vector<ExcerptCell>& cells, const Excerpt& excerpt,
                        const Place& place, std::size_t width) {
  auto cell_of = [&](std::size_t column) {
    auto found = std::find_if(cells.begin(), cells.end(),
                              [&](const ExcerptCell& cell) { return cell.column >= column; });
    return static_cast<std::size_t>(found - cells.begin());
  };
  ExcerptWindow window;
  window.last = cells.size();
  window.caret = cell_of(place.column());
  window.caret_end = cell_of(place.column() + place.width());
  std::size_t marks =
      (excerpt.column > 1 ? ellipsis_width : 0) + (excerpt.goes_on ? ellipsis_width : 0);
  if (width_between(cells, 0, cells.size()) + marks <= width) return window;
  std::size_t room = width - 2 * ellipsis_width;
  if (width_between(cells, 0, window.caret_end) > room) {
    std::size_t before = 0;
    window.first = window.caret;
    while (window.first > 0 && before + cells[window.first - 1].width <= room / 3)
      before += cells[--window.first].width;
  }
  std::size_t shown = 0;
  window.last = window.first;
  while (window.last < cells.size() && shown + cells[window.last].width <= room)
    shown += cells[window.last++].width;
  while (window.first > 0 && shown + cells[window.first - 1].width <= room)
    shown += cells[--window.first].width;
  window.caret_end = std::min(window.caret_end, window.last);
  return window;
}

std::string excerpt_text(const Place& place, Tone paint, const DiagnosticForm& form) {
  Excerpt excerpt = place.excerpt();
  if (excerpt.text.empty()) return "";
  std::vector<ExcerptCell> cells = cells_of(excerpt);
  ExcerptWindow window = window_of(cells, excerpt, place, excerpt_width(form));
  bool cut = window.first > 0 || excerpt.column > 1;
  std::string line(cut ? ellipsis : "");
  for (std::size_t i = window.first; i < window.last; ++i) line += cells[i].shown;
  if (window.last < cells.size() || excerpt.goes_on) line += ellipsis;
  std::size_t indent =
      width_between(cells, window.first, window.caret) + (cut ? ellipsis_width : std::size_t{0});
  std::size_t length = window.caret < window.caret_end
                           ? width_between(cells, window.caret, window.caret_end)
                           : std::size_t{1};
  std::string caret = "^" + std::string(std::max<std::size_t>(length, 1) - 1, '~');
  std::string number = pad_left(std::to_string(place.line()), gutter_width);
  return number + " | " + line + "\n" + std::string(number.size(), ' ') + " | " +
         std::string(indent, ' ') + painted(caret, paint, form.color) + "\n";
}

// Lines of the form's width, the first after `lead`, the others behind `indent` spaces. What fits
// stays as it is.
std::vector<std::string> folded(const std::string& lead, const std::string& text,
                                std::size_t indent, const DiagnosticForm& form) {
  if (display_width(lead + text) <= form.columns) return {lead + text};
  std::vector<std::string> lines =
      wrap(text, form.columns - lead.size(), indent - std::min(indent, lead.size()));
  lines.front().insert(0, lead);
  for (std::size_t i = 1; i < lines.size(); ++i) lines[i].insert(0, indent, ' ');
  return lines;
}

// How much of a text is to be painted, in bytes that are no spaces: folding takes nothing else
// away.
struct PaintedHead {
  std::size_t place = 0, label = 0;
  Tone label_tone = Tone::plain;

  Tone take(char c) {
    if (c == ' ') return Tone::plain;
    if (place > 0) return --place, Tone::strong;
    return label > 0 ? (--label, label_tone) : Tone::plain;
  }
};

std::size_t count_inked(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

std::string painted_line(std::string_view line, PaintedHead& head, bool color) {
  std::string all, run;
  Tone tone = Tone::plain;
  for (char c : line) {
    Tone next = head.take(c);
    if (next != tone) all += painted(std::exchange(run, ""), tone, color);
    tone = next;
    run += c;
  }
  return all + painted(run, tone, color);
}

// "fee.json:3:5: error: it is not a decimal"
std::string head_text(const Place& place, std::string_view label, Tone tone,
                      std::string_view message, const DiagnosticForm& form) {
  std::string where = printable(to_string(place));
  if (!where.empty()) where += ":";
  PaintedHead head{count_inked(where), count_inked(label), tone};
  std::string text = where.empty() ? "" : where + " ";
  text += std::string(label) + " " + printable(message);
  std::string all;
  for (const std::string& line : folded("", text, continuation_width, form))
    all += painted_line(line, head, form.color) + "\n";
  return all;
}

std::string remedy_text(const std::string& remedy, const DiagnosticForm& form) {
  if (remedy.empty()) return "";
  std::string all, lead = std::string(gutter_width, ' ') + " = ";
  for (const std::string& line : folded(lead, printable(remedy), lead.size(), form))
    all += line + "\n";
  return all;
}

// The words of a command line, each with its quotes.
std::vector<std::string> shell_words(std::string_view command) {
  std::vector<std::string> words = {""};
  char quote = '\0';
  bool escaped = false;
  for (char c : command) {
    bool bare = quote == '\0' && !escaped;
    if (bare && c == ' ') {
      words.emplace_back();
      continue;
    }
    if (bare && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
    escaped = bare && c == '\\';
    words.back() += c;
  }
  return words;
}

std::string_view label_of_related(Code code) {
  bool is_twin =
      code == Code::duplicate_key || code == Code::duplicate_id || code == Code::duplicate_money;
  if (is_twin) return "first given here";
  return code == Code::syntax ? "opened here" : "see also";
}

std::string related_text(const Place& place, Code code, const DiagnosticForm& form) {
  return head_text(place, "note:", Tone::note, label_of_related(code), form) +
         excerpt_text(place, Tone::note, form);
}

}  // namespace

std::string diagnostic_text(const Diagnostic& diagnostic, const DiagnosticForm& form) {
  bool is_error = diagnostic.severity == Severity::error;
  Tone tone = is_error ? Tone::bad : Tone::warning;
  std::string message = diagnostic.message + " [" + std::string(to_string(diagnostic.code)) + "]";
  std::string text =
      head_text(diagnostic.place, is_error ? "error:" : "warning:", tone, message, form);
  text += excerpt_text(diagnostic.place, tone, form);
  text += remedy_text(diagnostic.remedy, form);
  for (const Place& place : diagnostic.related) text += related_text(place, diagnostic.code, form);
  return text;
}

std::string diagnostics_text(const Diagnostics& diagnostics, const DiagnosticForm& form) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += diagnostic_text(diagnostic, form);
  return text;
}

std::string command_text(std::string_view command, std::size_t indent, const DiagnosticForm& form) {
  constexpr std::string_view prompt = "$ ", goes_on = " \\";
  std::string text, line = std::string(indent, ' ') + std::string(prompt);
  bool begun = false;
  for (const std::string& word : shell_words(command)) {
    std::string shown = printable(word);
    bool fits = display_width(line) + 1 + display_width(shown) + goes_on.size() <= form.columns;
    if (begun && !fits) {
      text += line + std::string(goes_on) + "\n";
      line = std::string(indent + prompt.size(), ' ');
      begun = false;
    }
    line += (begun ? " " : "") + shown;
    begun = true;
  }
  return text + line + "\n";
}

}  // namespace levy::render::text
