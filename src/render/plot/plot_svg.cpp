#include "render/plot/plot_svg.h"

#include <algorithm>

#include "render/text/text_width.h"

namespace levy::render::plot {
namespace {

// In tenths of a pixel, which is what coordinates are written in.
constexpr int left = 720, top = 520, width = 6000, height = 3200, bottom = 560;
constexpr int legend_row = 200, legend_columns = 2, dot_radius = 40;
constexpr int styles = 8;

std::string number(int tenths) {
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(std::abs(tenths % 10));
  return tenths < 0 && tenths > -10 ? "-" + text : text;
}

std::string attribute(const char* name, int tenths) {
  return " " + std::string(name) + "=\"" + number(tenths) + "\"";
}

std::string at(const Dot& dot) { return number(left + dot.x) + "," + number(top + height - dot.y); }

std::string text_at(int x, int y, const std::string& kind, const std::string& text) {
  return "<text class=\"" + kind + "\"" + attribute("x", x) + attribute("y", y) + ">" +
         xml_escaped(text) + "</text>\n";
}

// A colour and a kind of dashes; 64 lines until a pair comes again.
std::string line_class(std::size_t line) {
  std::size_t count = static_cast<std::size_t>(styles);
  return "l" + std::to_string(line % count) + " d" + std::to_string((line + line / count) % count);
}

std::string rule(int x1, int y1, int x2, int y2, const char* kind) {
  return "<line class=\"" + std::string(kind) + "\"" + attribute("x1", x1) + attribute("y1", y1) +
         attribute("x2", x2) + attribute("y2", y2) + "/>\n";
}

std::string axes(const Plot& plot, const Scale& x, const Scale& y) {
  std::string text;
  for (const Tick& tick : y.ticks(6)) {
    int level = top + height - y.position(tick.value);
    text += rule(left, level, left + width, level, "grid");
    text += text_at(left - 80, level + 40, "y", tick.label);
  }
  for (const Tick& tick : x.ticks(8)) {
    int column = left + x.position(tick.value);
    text += rule(column, top, column, top + height, "grid");
    text += text_at(column, top + height + 180, "x", tick.label);
  }
  text += rule(left, top + height, left + width, top + height, "axis");
  text += rule(left, top, left, top + height, "axis");
  text += text_at(left + width, top + height + 380, "end", plot.x_name);
  return text + text_at(40, top - 160, "start", plot.y_name);
}

bool same_place(const Dot& a, const Dot& b) { return a.x == b.x && a.y == b.y; }

// Strokes that meet are one path; a jump begins a new one.
std::string path_of(const Plot& plot, const PlotLine& line, const Scale& x, const Scale& y) {
  std::string path;
  const curves::PlotSegment* before = nullptr;
  for (const curves::PlotSegment& plotted : line.plot_segments) {
    std::vector<Dot> chain = chain_of(plot, plotted, x, y);
    if (chain.empty()) continue;
    bool meets = before != nullptr && *before->until + plot.unit == plotted.from &&
                 !curves::jumps(*before, plotted, plot.unit);
    path += (meets ? "L" : "M") + at(chain.front());
    if (chain.size() == 1) path += "h0.1";
    for (std::size_t i = 1; i < chain.size(); ++i) {
      if (!same_place(chain[i], chain[i - 1])) path += "L" + at(chain[i]);
    }
    before = &plotted;
  }
  return path;
}

std::string dot(const Dot& place, const std::string& kind) {
  return "<circle class=\"" + kind + "\"" + attribute("cx", left + place.x) +
         attribute("cy", top + height - place.y) + attribute("r", dot_radius) + "/>\n";
}

std::string curves(const Plot& plot, const Scale& x, const Scale& y, const std::string& id) {
  std::string text = "<g clip-path=\"url(#" + id + "-clip)\">\n", dots;
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    const PlotLine& line = plot.lines[i];
    if (line.plot_segments.empty()) continue;
    text += "<path class=\"" + line_class(i) + "\" d=\"" + path_of(plot, line, x, y) + "\"/>\n";
    std::vector<Jump> all = jumps_of(plot, line, x, y);
    bool crowded = all.size() > 60;
    for (const Jump& jump : all) {
      if (crowded) break;
      dots += dot(jump.open, "open " + line_class(i));
      dots += dot(jump.closed, "closed " + line_class(i));
    }
  }
  return text + dots + "</g>\n";
}

int legend_height(const Plot& plot) {
  int rows = (static_cast<int>(plot.lines.size()) + legend_columns - 1) / legend_columns;
  return rows * legend_row;
}

std::string svg_legend(const Plot& plot) {
  std::string text;
  int begin = top + height + bottom;
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    int column = static_cast<int>(i) % legend_columns, row = static_cast<int>(i) / legend_columns;
    int x = left + column * width / legend_columns, y = begin + row * legend_row;
    text += "<path class=\"" + line_class(i) + "\" d=\"M" + number(x) + "," + number(y - 40) +
            "h24\"/>\n";
    std::string label = plot.lines[i].label;
    if (plot.lines[i].plot_segments.empty()) label += " (" + plot.lines[i].missing + ")";
    text += text_at(x + 320, y, "start", label);
  }
  return text;
}

}  // namespace

// Colours after Okabe and Ito, told apart by most kinds of colour vision, and by their dashes.
std::string plot_style() {
  return R"(.levy-plot{--ink:#1c2024;--faint:#d6dade;--paper:#ffffff;
--c0:#0072b2;--c1:#d55e00;--c2:#007f5f;--c3:#b5478b;
--c4:#8a6d00;--c5:#3a87b7;--c6:#555555;--c7:#7a3fa0;
background:var(--paper);font-family:system-ui,sans-serif;font-size:12px}
@media (prefers-color-scheme:dark){
.levy-plot{--ink:#e6e9ec;--faint:#3b4248;--paper:#15181b;
--c0:#56b4e9;--c1:#ff8c42;--c2:#2fc49a;--c3:#e48bc0;
--c4:#f0d24a;--c5:#9ad0f0;--c6:#b8bec4;--c7:#c59be8}}
@media print{
.levy-plot{--ink:#000000;--faint:#cccccc;--paper:#ffffff;
--c0:#0072b2;--c1:#d55e00;--c2:#007f5f;--c3:#b5478b;
--c4:#8a6d00;--c5:#3a87b7;--c6:#555555;--c7:#7a3fa0}}
.levy-plot text{fill:var(--ink)}
.levy-plot .title{font-weight:600;font-size:14px}
.levy-plot .x{text-anchor:middle}
.levy-plot .y,.levy-plot .end{text-anchor:end}
.levy-plot .grid{stroke:var(--faint);stroke-width:1}
.levy-plot .axis{stroke:var(--ink);stroke-width:1}
.levy-plot path{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.levy-plot .l0{stroke:var(--c0)}
.levy-plot .l1{stroke:var(--c1)}
.levy-plot .l2{stroke:var(--c2)}
.levy-plot .l3{stroke:var(--c3)}
.levy-plot .l4{stroke:var(--c4)}
.levy-plot .l5{stroke:var(--c5)}
.levy-plot .l6{stroke:var(--c6)}
.levy-plot .l7{stroke:var(--c7)}
.levy-plot .d1{stroke-dasharray:8 4}
.levy-plot .d2{stroke-dasharray:2 4}
.levy-plot .d3{stroke-dasharray:10 4 2 4}
.levy-plot .d4{stroke-dasharray:16 4}
.levy-plot .d5{stroke-dasharray:5 3}
.levy-plot .d6{stroke-dasharray:1 3}
.levy-plot .d7{stroke-dasharray:12 3 2 3 2 3}
.levy-plot circle{stroke-width:2;stroke-dasharray:none}
.levy-plot .open{fill:var(--paper)}
)" + [] {
    std::string closed;
    for (int i = 0; i < styles; ++i) {
      std::string one = std::to_string(i);
      closed += ".levy-plot .closed.l" + one + "{fill:var(--c" + one + ")}\n";
    }
    return closed;
  }();
}

std::string plot_svg(const Plot& plot, const std::string& id, bool own_style) {
  int total = top + height + bottom + legend_height(plot);
  std::string box = number(left + width + 200) + " " + number(total);
  std::string text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"levy-plot\" viewBox=\"0 0 " + box +
      "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-desc\">\n<title id=\"" + id +
      "-title\">" + xml_escaped(plot.title) + "</title>\n<desc id=\"" + id + "-desc\">" +
      xml_escaped(plot.description) + "</desc>\n";
  if (own_style) text += "<style>\n" + plot_style() + "</style>\n";
  text += "<clipPath id=\"" + id + "-clip\"><rect" + attribute("x", left - 60) +
          attribute("y", top - 60) + attribute("width", width + 120) +
          attribute("height", height + 120) + "/></clipPath>\n";
  Scale x(plot.range.from, *plot.range.until, width + 1, plot.logarithmic);
  Scale y(plot.low, plot.high, height + 1);
  text += text_at(40, 160, "title", plot.title);
  return text + axes(plot, x, y) + curves(plot, x, y, id) + svg_legend(plot) + "</svg>\n";
}

std::string xml_escaped(std::string_view raw) {
  std::string text;
  for (char c : text::printable(raw)) {
    switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      default:
        text += c;
    }
  }
  return text;
}

}  // namespace levy::render::plot
