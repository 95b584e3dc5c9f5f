#include "render/pages/show_html.h"

#include <charconv>
#include <cstdint>

#include "base/sha256.h"
#include "render/plot/plot_svg.h"

namespace levy::render::pages {
namespace {

std::string element(const std::string& name, const std::string& text) {
  return "<" + name + ">" + plot::xml_escaped(text) + "</" + name.substr(0, name.find(' ')) + ">\n";
}

std::string block_html(const text::Heading& heading) {
  return element("h" + std::to_string(heading.level), heading.text);
}

std::string block_html(const text::Paragraph& paragraph) { return element("p", paragraph.text); }

std::string block_html(const text::Lines& lines) {
  std::string text = "<ul>\n";
  for (const text::Lines::Line& line : lines.lines) text += element("li", line.text);
  return text + "</ul>\n";
}

std::string block_html(const text::Verbatim& verbatim) {
  std::string text = "<pre>";
  for (const std::string& line : verbatim.lines) text += plot::xml_escaped(line) + "\n";
  return text + "</pre>\n";
}

std::string block_html(const text::Facts& facts) {
  std::string text = "<dl>\n";
  for (const auto& [label, value] : facts.rows) text += element("dt", label) + element("dd", value);
  return text + "</dl>\n";
}

std::string cell_html(const text::Grid& grid, const text::Grid::Row& row, std::size_t column) {
  std::string label = " data-label=\"" + plot::xml_escaped(grid.columns[column]) + "\"";
  std::string figures = grid.is_figures(column) ? " class=\"figure\"" : "";
  bool head = column == 0;
  std::string name = head ? "th" : "td", scope = head ? " scope=\"row\"" : "";
  if (row.cells[column].empty() && !head) return "<td class=\"empty\"></td>";
  return "<" + name + scope + figures + (head ? "" : label) + ">" +
         plot::xml_escaped(row.cells[column]) + "</" + name + ">";
}

// On a phone each row becomes a card, its cells named by their columns.
std::string block_html(const text::Grid& grid) {
  std::string text = "<table>\n";
  if (!grid.caption.empty()) text += element("caption", grid.caption);
  text += "<thead><tr>";
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    text += std::string("<th scope=\"col\"") + (grid.is_figures(i) ? " class=\"figure\">" : ">") +
            plot::xml_escaped(grid.columns[i]) + "</th>";
  }
  text += "</tr></thead>\n<tbody>\n";
  for (const text::Grid::Row& row : grid.rows) {
    bool head = row.kind == text::Grid::Row::Kind::head,
         member = row.kind == text::Grid::Row::Kind::member;
    text += head ? "<tr class=\"head\">" : member ? "<tr class=\"member\">" : "<tr>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) text += cell_html(grid, row, i);
    text += "</tr>\n";
  }
  return text + "</tbody>\n</table>\n";
}

std::string plots_html(const std::vector<plot::Plot>& plots) {
  if (plots.empty()) return "";
  std::string text = "<h2>Fees by amount</h2>\n";
  for (std::size_t i = 0; i < plots.size(); ++i)
    text += "<figure>\n" + plot::plot_svg(plots[i], "plot" + std::to_string(i + 1), false) +
            "</figure>\n";
  return text;
}

std::string finding_html(const validation::Finding& finding) {
  const Diagnostic& what = finding.what;
  bool error = what.severity == Severity::error;
  std::string kind = finding.accepted ? "accepted" : error ? "error" : "warning";
  std::string text = "<li class=\"" + kind + "\"><strong>" + kind + "</strong> <code>" +
                     std::string(to_string(what.code)) + "</code> " +
                     plot::xml_escaped(what.message);
  if (!finding.where.empty()) text += " <span>(" + plot::xml_escaped(finding.where) + ")</span>";
  if (finding.accepted) {
    text += "<br><em>Accepted: " + plot::xml_escaped(*finding.accepted) + "</em>";
  } else if (!what.remedy.empty()) {
    text += "<br><em>" + plot::xml_escaped(what.remedy) + "</em>";
  }
  return text + "</li>\n";
}

std::string findings_html(const validation::Report& report) {
  std::string text = "<h2>Findings</h2>\n";
  if (report.findings.empty())
    text += report.undecided.empty() ? "<p>None: proved for every amount.</p>\n"
                                     : "<p>None, as far as it could be decided.</p>\n";
  if (!report.findings.empty()) text += "<ul class=\"findings\">\n";
  for (const validation::Finding& finding : report.findings) text += finding_html(finding);
  if (!report.findings.empty()) text += "</ul>\n";
  for (const validation::Undecided& one : report.undecided)
    text += element("p", "Not decided: " + validation::to_words(one));
  return text;
}

std::string page_style() {
  return R"(:root{color-scheme:light dark;--text:#1c2024;--soft:#5b646c;--line:#d6dade;
--back:#ffffff;--band:#f3f5f7;--bad:#b3261e;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--soft:#a3adb5;--line:#3b4248;
--back:#15181b;--band:#1e2327;--bad:#ff8a80;--warn:#f0c060}}
@media print{:root{--text:#000000;--soft:#444444;--line:#bbbbbb;--back:#ffffff;--band:#ffffff;
--bad:#b3261e;--warn:#8a5a00}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);line-height:1.5;
font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
p,dd,li{overflow-wrap:anywhere}
th,td{overflow-wrap:break-word}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.2rem 1rem;margin:.6rem 0}
dt{color:var(--soft)}
dd{margin:0}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:500}
.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.head{background:var(--band)}
tr.head th{font-weight:600}
tr.member th{padding-left:1.4rem}
figure{margin:1rem 0}
figure svg{width:100%;max-width:56rem;height:auto;display:block}
.findings{padding-left:1.2rem}
.findings li{margin:.5rem 0}
.findings .error strong{color:var(--bad)}
.findings .warning strong{color:var(--warn)}
.findings span,.findings em{color:var(--soft)}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media screen and (max-width:44rem){
dl{grid-template-columns:1fr}
dd{margin-bottom:.4rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,th,td{display:block;width:100%}
tr{border:1px solid var(--line);border-radius:.4rem;margin:.6rem 0;padding:.3rem 0}
th,td{border:0;padding:.15rem .7rem;overflow-wrap:anywhere}
td[data-label]::before{content:attr(data-label) ": ";color:var(--soft)}
td.empty{display:none}
.figure{text-align:left;white-space:normal}
tr.member{margin-left:.8rem;width:calc(100% - .8rem)}
tr.member th{padding-left:.7rem}
}
@media print{html{font-size:10pt}main{max-width:none;padding:0}tr,figure,li{break-inside:avoid}
h2,h3,tr.head,p:has(+table){break-after:avoid}thead{display:table-header-group}
figure{margin:.5rem 0}figure svg{max-width:43rem}footer{margin-top:1rem;break-before:avoid}}
)";
}

// ---- what the page may do -----------------------------------------------------------------------

// Of a text's SHA-256 as hexadecimal digits.
std::string bytes_of(const std::string& digits) {
  std::string bytes;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    int byte = 0;
    std::from_chars(digits.data() + at, digits.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    for (std::size_t i = at; i < at + 3; ++i)
      three = three << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
    for (int shift = 18; shift >= 0; shift -= 6) text += digits[three >> shift & 63];
  }
  for (std::size_t i = bytes.size(); i % 3 != 0; ++i)
    text[text.size() - 1 - (i - bytes.size())] = '=';
  return text;
}

// What stands in the page, and nothing else, may be used of it: no script, no other style, nothing
// loaded, nowhere to send a form to. Source: W3C, Content Security Policy Level 3.
std::string security_policy(const std::string& style) {
  return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         base64(bytes_of(sha256(style))) + "'; base-uri 'none'; form-action 'none'\">\n";
}

std::string title_of(const text::Page& page) {
  const text::Heading* title = page.empty() ? nullptr : std::get_if<text::Heading>(&page.front());
  return title == nullptr ? "Tariff" : title->text;
}

}  // namespace

std::string show_html(const text::Page& page, const std::vector<plot::Plot>& plots,
                      const validation::Report& report) {
  const std::string style = "\n" + page_style() + plot::plot_style();
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
                     security_policy(style) +
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  text += element("title", title_of(page));
  text += "<style>" + style + "</style>\n</head>\n<body>\n<main>\n";
  for (const text::Block& block : page)
    text += std::visit([](const auto& one) { return block_html(one); }, block);
  text += plots_html(plots) + findings_html(report);
  return text + "<footer>Made by levy show --html; every figure is exact.</footer>\n" +
         "</main>\n</body>\n</html>\n";
}

}  // namespace levy::render::pages
