#include "render/page_markdown.h"

#include "render/text_width.h"

namespace levy {
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
