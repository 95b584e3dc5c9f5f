#include "render/text/wrap.h"

#include <algorithm>

#include "render/text/text_width.h"

namespace levy::render::text {

void Table::rule(std::vector<bool> columns) {
  Row row{{}, true};
  for (bool marked : columns) row.cells.push_back(TableCell{marked ? "-" : "", false});
  rows_.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (const Row& row : rows_) {
    if (row.is_line) continue;
    if (row.cells.size() > widths.size()) widths.resize(row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row.cells[i].text));
    }
  }
  return widths;
}

std::string Table::text(std::size_t indent, bool color) const {
  std::vector<std::size_t> columns = widths();
  std::string all;
  for (const Row& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const TableCell& cell = row.cells[i];
      std::string text = printable(cell.text);
      if (row.is_line) {
        line += text;
        continue;
      }
      if (row.is_rule && !text.empty()) text.assign(columns[i], '-');
      if (i > 0) line += "  ";
      std::string padded = cell.right ? pad_left(text, columns[i]) : pad_right(text, columns[i]);
      std::size_t before = cell.right ? padded.size() - text.size() : 0;
      std::string after = cell.right ? "" : padded.substr(text.size());
      line += padded.substr(0, before) + painted(text, cell.tone, color) + after;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    all += line + "\n";
  }
  return all;
}

namespace {

// What stays together.
struct TextPiece {
  std::string text;
  std::size_t width = 0;
  bool space_before = false;
};

bool is_blank(const Glyph& glyph) { return glyph.text == " " || glyph.text == "\\n"; }

bool holds(const std::vector<std::string_view>& marks, const std::string& mark) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

// No line begins with these, and none ends with those.
bool closes(const std::string& mark) {
  static const std::vector<std::string_view> marks = {"，", "。", "、", "；", "：", "！",
                                                      "？", "）", "」", "”",  "》", ",",
                                                      ".",  ";",  ":",  ")",  "%"};
  return holds(marks, mark);
}

bool opens(const std::string& mark) {
  static const std::vector<std::string_view> marks = {"（", "「", "“", "《", "("};
  return holds(marks, mark);
}

// "0.50 EUR" and "1 %" read as one word.
bool glues(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  bool figure = before.back() >= '0' && before.back() <= '9';
  bool unit = (after.front() >= 'A' && after.front() <= 'Z') || after.front() == '%';
  return figure && unit;
}

// "20 Nov 2026, 16:20 UTC" reads as one word, too: does `next` continue what `piece` begins?
bool continues_date(std::string_view piece, char next) {
  constexpr std::string_view months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
  std::size_t space = piece.find(' ');
  if (space == 0 || space == std::string_view::npos || piece.size() < space + 4) return false;
  std::string month(piece.substr(space + 1, 3));
  bool dated = piece[space - 1] >= '0' && piece[space - 1] <= '9' &&
               months.find(month + " ") != std::string_view::npos;
  if (!dated) return false;
  std::string_view rest = piece.substr(space + 4);
  bool digit = next >= '0' && next <= '9', sign = next == '+' || next == '-';
  bool year = rest.size() == 6 && rest.ends_with(',');
  return digit ? rest.empty() || year : sign && rest.find(':') != std::string_view::npos;
}

// "2026年11月20日" reads as one word as well.
bool continues_chinese_date(const std::string& before, const std::string& after) {
  auto is_digit = [](const std::string& mark) { return mark[0] >= '0' && mark[0] <= '9'; };
  if (before.empty()) return false;
  bool unit_before = before == "年" || before == "月";
  bool unit_after = after == "年" || after == "月" || after == "日";
  return (is_digit(before) && unit_after) || (unit_before && is_digit(after));
}

std::vector<TextPiece> pieces_of(std::string_view text) {
  std::vector<TextPiece> pieces;
  bool space = false, break_before = true;
  Glyph last;
  for (std::size_t at = 0; at < text.size();) {
    Glyph glyph = glyph_at(text, at);
    at += glyph.size;
    if (is_blank(glyph)) {
      space = true;
      continue;
    }
    bool wide = glyph.width == 2 || last.width == 2;
    bool glued = !pieces.empty() && (glues(last.text, glyph.text) ||
                                     continues_date(pieces.back().text, glyph.text.front()));
    bool apart = space ? !glued
                       : wide && !closes(glyph.text) && !opens(last.text) &&
                             !continues_chinese_date(last.text, glyph.text);
    if (pieces.empty() || break_before || apart) {
      pieces.push_back({"", 0, space && !pieces.empty()});
    } else if (space) {
      pieces.back().text += ' ';
      pieces.back().width += 1;
    }
    pieces.back().text += glyph.text;
    pieces.back().width += glyph.width;
    space = break_before = false;
    last = glyph;
  }
  return pieces;
}

// Where a long word had better be cut: after a mark that joins its parts. 0: nowhere.
std::size_t cut_point(const std::string& text) {
  std::size_t mark = text.find_last_of("/-_");
  return mark == std::string::npos || mark < text.size() / 3 ? 0 : mark + 1;
}

// Pieces no wider than `columns`.
std::vector<TextPiece> cut(const TextPiece& piece, std::size_t columns) {
  std::vector<TextPiece> parts;
  TextPiece part{"", 0, piece.space_before};
  for (std::size_t at = 0; at < piece.text.size();) {
    Glyph glyph = glyph_at(piece.text, at);
    if (part.width + glyph.width > columns && !part.text.empty()) {
      std::size_t point = cut_point(part.text);
      std::string rest = point == 0 ? "" : part.text.substr(point);
      part.text.resize(part.text.size() - rest.size());
      parts.push_back({part.text, display_width(part.text), part.space_before});
      part = {rest, display_width(rest), false};
    }
    part.text += glyph.text;
    part.width += glyph.width;
    at += glyph.size;
  }
  parts.push_back(part);
  return parts;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t hanging) {
  std::vector<std::string> lines = {""};
  std::size_t width = 0;
  columns = std::max<std::size_t>(columns, hanging + 2);
  for (const TextPiece& whole : pieces_of(text)) {
    for (const TextPiece& piece : cut(whole, columns - hanging)) {
      std::size_t gap = piece.space_before && width > 0 ? 1 : 0;
      std::size_t room = lines.size() == 1 ? columns : columns - hanging;
      if (width > 0 && width + gap + piece.width > room) {
        lines.emplace_back();
        width = gap = 0;
      }
      lines.back() += std::string(gap, ' ') + piece.text;
      width += gap + piece.width;
    }
  }
  return lines;
}

std::string folded_lines(std::string_view text, std::size_t columns) {
  constexpr std::size_t indent = 4;
  std::string all;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (display_width(line) <= columns) {
      all += line + "\n";
      continue;
    }
    bool first = true;
    for (const std::string& part : wrap(line, columns, indent)) {
      all += (first ? "" : std::string(indent, ' ')) + part + "\n";
      first = false;
    }
  }
  return all;
}

std::size_t longest_piece(std::string_view text) {
  std::size_t width = 0;
  for (const TextPiece& piece : pieces_of(text)) width = std::max(width, piece.width);
  return width;
}

}  // namespace levy::render::text
