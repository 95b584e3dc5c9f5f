#include "facts/table_look.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/encoding.h"
#include "formats/read_rows.h"
#include "formats/utf8.h"

namespace levy::facts {
namespace {

constexpr std::size_t rows_looked_at = 500, preamble_max = 40;

// Bytes beyond ASCII that stand in pairs, as Chinese does in GB 18030; letters with accents stand
// among others. "": neither is sure.
std::string encoding_of(std::string_view text) {
  if (formats::is_utf16(text)) return "utf-16";
  // The last character may be cut.
  std::size_t fault = formats::find_not_utf8(text);
  if (fault == npos || fault + 4 > text.size()) return "utf-8";
  std::size_t high = 0, paired = 0;
  auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_high(text[i])) continue;
    ++high;
    bool has_neighbour =
        (i > 0 && is_high(text[i - 1])) || (i + 1 < text.size() && is_high(text[i + 1]));
    paired += has_neighbour ? 1 : 0;
  }
  if (10 * paired >= 9 * high) return "gb18030";
  return 5 * paired <= high ? "windows-1252" : "";
}

std::vector<std::size_t> cells_by_line(const std::string& text, char delimiter) {
  std::vector<std::size_t> counts;
  formats::CsvRecord record;
  for (std::string_view rest = text; !rest.empty() && counts.size() < rows_looked_at;) {
    formats::scan_csv_record(rest, true, record, delimiter);
    counts.push_back(record.fault.empty() ? record.cells.size() : 0);
    rest.remove_prefix(record.size);
  }
  return counts;
}

struct Divided {
  char delimiter = ',';
  std::size_t cells = 0, header = 0, lines = 0;  // of most records; the first of them; how many
};

// Where most lines have as many cells as the line that begins them.
Divided divide(const std::string& text, char delimiter) {
  std::vector<std::size_t> counts = cells_by_line(text, delimiter);
  std::map<std::size_t, std::size_t> lines;
  for (std::size_t count : counts) ++lines[count];
  Divided divided{delimiter};
  for (const auto& [cells, count] : lines) {
    if (cells < 2 || count < divided.lines) continue;
    divided.cells = cells;
    divided.lines = count;
  }
  auto first = std::find(counts.begin(), counts.end(), divided.cells);
  divided.header = static_cast<std::size_t>(first - counts.begin());
  return divided;
}

std::string read_all(const formats::ReadBlock& read) {
  std::string text;
  std::array<char, 4096> block;
  for (std::size_t count = 0; (count = read(block.data(), block.size())) > 0;)
    text.append(block.data(), count);
  return text;
}

Diagnostic no_table(const std::string& file) {
  Diagnostic fault{Code::bad_file, "no lines with as many cells as a header are found",
                   "give a table: CSV with any delimiter, or JSON Lines"};
  fault.place = Place::of_file(file);
  return fault;
}

// The columns, and the texts in them.
std::optional<Diagnostic> look_at_rows(const std::string& file, const std::string& text,
                                       LookedAtTable& table) {
  formats::TableShape shape = table.shape;
  shape.encoding = "utf-8";
  formats::NextRow next = formats::read_table(file, formats::read_from(text), "", shape);
  formats::Row row;
  bool is_first = true;
  for (std::size_t rows = 0; rows < rows_looked_at && next(row); ++rows) {
    if (row.fault && is_first) return row.fault;
    is_first = false;
    if (row.fault) continue;
    for (std::size_t i = 0; i < row.names.size(); ++i) {
      auto known = std::find(table.columns.begin(), table.columns.end(), row.names[i]);
      auto at = static_cast<std::size_t>(known - table.columns.begin());
      if (known == table.columns.end()) {
        table.columns.emplace_back(row.names[i]);
        table.cells.emplace_back();
      }
      std::string_view cell = between_blanks(row.texts[i]);
      if (!cell.empty()) table.cells[at].emplace_back(cell);
    }
  }
  if (table.columns.empty()) return no_table(file);
  table.has_names = table.is_json ||
                    std::none_of(table.columns.begin(), table.columns.end(), looks_like_a_figure);
  return std::nullopt;
}

// Where the text's cells are divided as often in most lines.
std::optional<Diagnostic> find_divider(const std::string& file, const std::string& text,
                                       formats::TableShape& shape) {
  Divided best;
  for (char delimiter : {',', ';', '\t', '|'}) {
    Divided divided = divide(text, delimiter);
    if (divided.lines * divided.cells > best.lines * best.cells) best = divided;
  }
  if (best.cells < 2 || best.header > preamble_max) return no_table(file);
  shape.delimiter = best.delimiter;
  shape.skipped_lines = best.header;
  return std::nullopt;
}

}  // namespace

bool looks_like_a_figure(std::string_view cell) {
  return std::any_of(cell.begin(), cell.end(), is_digit) &&
         cell.find_first_not_of("0123456789.,:-/ ()'$+") == npos;
}

Checked<LookedAtTable> look_at_table(const std::string& file, std::string_view start,
                                     bool is_whole) {
  LookedAtTable table;
  std::string encoding = encoding_of(start);
  table.is_encoding_sure = !encoding.empty();
  table.shape.encoding = table.is_encoding_sure ? encoding : "windows-1252";
  table.shape.is_mapped = true;
  Checked<formats::ReadBlock> read =
      formats::read_as_utf8(formats::read_from(start), table.shape.encoding);
  if (!read) return std::move(read).faults();
  std::string text = read_all(*read);
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.erase(0, mark.size());
  // What the last line lacks is not known.
  if (!is_whole) text.erase(text.rfind('\n') == npos ? 0 : text.rfind('\n') + 1);
  std::size_t first = text.find_first_not_of(" \t\r\n");
  table.is_json = first != npos && text[first] == '{';
  if (!table.is_json) {
    if (auto fault = find_divider(file, text, table.shape)) return *fault;
  }
  if (auto fault = look_at_rows(file, text, table)) return *fault;
  return table;
}

}  // namespace levy::facts
