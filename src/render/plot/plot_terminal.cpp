#include "render/plot/plot_terminal.h"

#include <algorithm>

#include "render/text/text_width.h"

namespace levy::render::plot {
namespace {

char letter_of(std::size_t line) { return static_cast<char>('a' + line % 26); }

// Dots in character cells: 2 x 4 in a braille one, 1 x 1 in ASCII.
class Canvas {
 public:
  Canvas(int columns, int rows, bool braille)
      : columns_(columns),
        rows_(rows),
        braille_(braille),
        cells_(static_cast<std::size_t>(columns * rows)) {}

  int dots_across() const { return columns_ * (braille_ ? 2 : 1); }
  int dots_up() const { return rows_ * (braille_ ? 4 : 1); }

  void line(const Dot& from, const Dot& until, char letter) {
    int steps = std::max({std::abs(until.x - from.x), std::abs(until.y - from.y), 1});
    if (steps > 100'000) return;  // one end is far outside
    for (int i = 0; i <= steps; ++i)
      set({from.x + (until.x - from.x) * i / steps, from.y + (until.y - from.y) * i / steps},
          letter);
  }

  std::string row_text(int row) const {
    std::string text;
    for (int column = 0; column < columns_; ++column) text += cell_text(at(column, row));
    return text;
  }

 private:
  struct CellDots {
    unsigned dots = 0;
    char letter = ' ';
  };
  const CellDots& at(int column, int row) const {
    return cells_[static_cast<std::size_t>(row * columns_ + column)];
  }

  void set(const Dot& dot, char letter) {
    if (dot.x < 0 || dot.y < 0 || dot.x >= dots_across() || dot.y >= dots_up()) return;
    int wide = braille_ ? 2 : 1, high = braille_ ? 4 : 1, from_top = dots_up() - 1 - dot.y;
    CellDots& cell = cells_[static_cast<std::size_t>(from_top / high * columns_ + dot.x / wide)];
    constexpr unsigned bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    cell.dots |= bits[from_top % high][dot.x % wide];
    cell.letter = cell.letter == ' ' || cell.letter == letter ? letter : '#';
  }

  std::string cell_text(const CellDots& cell) const {
    if (!braille_) return std::string(1, cell.letter);
    if (cell.dots == 0) return " ";
    unsigned point = 0x2800 + cell.dots;
    return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
            static_cast<char>(0x80 | (point & 0x3F))};
  }

  int columns_, rows_;
  bool braille_;
  std::vector<CellDots> cells_;
};

void draw(Canvas& canvas, const Plot& plot, const Scale& x, const Scale& y) {
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    for (const curves::PlotSegment& plotted : plot.lines[i].plot_segments) {
      std::vector<Dot> chain = chain_of(plot, plotted, x, y);
      if (chain.size() == 1) canvas.line(chain[0], chain[0], letter_of(i));
      for (std::size_t j = 0; j + 1 < chain.size(); ++j)
        canvas.line(chain[j], chain[j + 1], letter_of(i));
    }
  }
}

// The letters of the lines that end in each row.
std::vector<std::string> end_marks(const Plot& plot, const Scale& y, int rows, int dots_a_row) {
  std::vector<std::string> marks(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    if (plot.lines[i].plot_segments.empty()) continue;
    const curves::PlotSegment& last = plot.lines[i].plot_segments.back();
    int dot = y.position(shown_value(plot.shown, *last.until, *last.at_until));
    int row = std::clamp(rows - 1 - dot / dots_a_row, 0, rows - 1);
    marks[static_cast<std::size_t>(row)] += letter_of(i);
  }
  return marks;
}

std::string axis_line(const std::vector<Tick>& ticks, const Scale& x, int columns, int dots_wide,
                      std::size_t margin, bool braille) {
  std::string names(static_cast<std::size_t>(columns) + margin + 2, ' ');
  std::vector<bool> marked(static_cast<std::size_t>(columns), false);
  std::size_t free_from = 0;
  for (const Tick& tick : ticks) {
    auto column = static_cast<std::size_t>(x.position(tick.value) / dots_wide);
    std::size_t middle = margin + 1 + column, half = tick.label.size() / 2;
    std::size_t begin = middle > half ? middle - half : 0;
    bool fits = begin >= free_from && begin + tick.label.size() <= names.size() + 8;
    if (column < marked.size()) marked[column] = true;
    if (!fits) continue;
    if (names.size() < begin + tick.label.size()) names.resize(begin + tick.label.size(), ' ');
    names.replace(begin, tick.label.size(), tick.label);
    free_from = begin + tick.label.size() + 1;
  }
  std::string line = std::string(margin, ' ') + (braille ? "└" : "+");
  for (bool mark : marked) line += mark ? (braille ? "┬" : "+") : (braille ? "─" : "-");
  while (!names.empty() && names.back() == ' ') names.pop_back();
  return line + "\n" + names + "\n";
}

std::string terminal_legend(const Plot& plot) {
  std::string text;
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    text +=
        "  " + std::string(1, letter_of(i)) + "  " + text::printable(plot.lines[i].label) +
        (plot.lines[i].plot_segments.empty() ? "  (" + text::printable(plot.lines[i].missing) + ")"
                                             : "") +
        "\n";
  }
  return text;
}

}  // namespace

std::string plot_terminal(const Plot& plot, const TerminalSize& size) {
  int rows = std::clamp(size.columns / 5, 8, 24);
  int high = size.braille ? 4 : 1, wide = size.braille ? 2 : 1;
  Scale y(plot.low, plot.high, rows * high);
  std::vector<Tick> levels = y.ticks(rows / 3);
  std::size_t margin = 0;
  for (const Tick& tick : levels) margin = std::max(margin, tick.label.size());
  margin += 1;
  int columns = std::max(10, size.columns - static_cast<int>(margin) - 3 -
                                 static_cast<int>(std::min<std::size_t>(plot.lines.size(), 6)));
  Scale x(plot.range.from, *plot.range.until, columns * wide, plot.logarithmic);
  Canvas canvas(columns, rows, size.braille);
  draw(canvas, plot, x, y);
  std::vector<std::string> names(static_cast<std::size_t>(rows));
  for (const Tick& tick : levels) {
    int row = rows - 1 - y.position(tick.value) / high;
    names[static_cast<std::size_t>(std::clamp(row, 0, rows - 1))] = tick.label;
  }
  std::vector<std::string> marks = end_marks(plot, y, rows, high);
  std::string text = text::printable(plot.y_name) + "\n";
  for (int row = 0; row < rows; ++row) {
    const std::string& name = names[static_cast<std::size_t>(row)];
    const char* wall = size.braille ? (name.empty() ? "│" : "┤") : (name.empty() ? "|" : "+");
    std::string line = text::pad_left(name, margin - 1) + " " + wall + canvas.row_text(row);
    const std::string& mark = marks[static_cast<std::size_t>(row)];
    if (!mark.empty()) line += " " + mark;
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  text += axis_line(x.ticks(columns / 12), x, columns, wide, margin, size.braille);
  return text + text::pad_left(plot.x_name, margin + static_cast<std::size_t>(columns)) + "\n\n" +
         terminal_legend(plot);
}

}  // namespace levy::render::plot
