#include "tables/table_text.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "formats/csv.h"

namespace levy::tables {

std::string name_of_words(std::string_view words, char blank) {
  std::string name;
  for (char c : words) {
    if (is_capital(c)) c = static_cast<char>(c - 'A' + 'a');
    bool kept = is_lower(c) || is_digit(c) || c == '_' || c == '-';
    if (kept && (is_lower(c) || !name.empty())) name += c;
    if (!kept && !name.empty() && name.back() != blank) name += blank;
  }
  while (!name.empty() && !is_lower(name.back()) && !is_digit(name.back())) name.pop_back();
  return name;
}

std::string price_column(std::string_view word) {
  static const std::map<std::string, std::string, std::less<>> names = {{"fee", "fee"},
                                                                        {"fee_id", "fee"},
                                                                        {"title", "title"},
                                                                        {"case", "case"},
                                                                        {"note", "case"},
                                                                        {"description", "case"},
                                                                        {"operation", "operation"},
                                                                        {"operations", "operation"},
                                                                        {"currency", "currency"},
                                                                        {"ccy", "currency"},
                                                                        {"bands", "bands"},
                                                                        {"from", "from"},
                                                                        {"at_least", "from"},
                                                                        {"above", "above"},
                                                                        {"over", "above"},
                                                                        {"more_than", "above"},
                                                                        {"up_to", "up_to"},
                                                                        {"upto", "up_to"},
                                                                        {"to", "up_to"},
                                                                        {"until", "up_to"},
                                                                        {"at_most", "up_to"},
                                                                        {"below", "below"},
                                                                        {"under", "below"},
                                                                        {"less_than", "below"},
                                                                        {"percent", "percent"},
                                                                        {"percentage", "percent"},
                                                                        {"pct", "percent"},
                                                                        {"rate", "percent"},
                                                                        {"bps", "bps"},
                                                                        {"basis_points", "bps"},
                                                                        {"flat", "flat"},
                                                                        {"fixed", "flat"},
                                                                        {"flat_fee", "flat"},
                                                                        {"fixed_fee", "flat"},
                                                                        {"per", "per"},
                                                                        {"min", "min"},
                                                                        {"minimum", "min"},
                                                                        {"minimum_fee", "min"},
                                                                        {"min_fee", "min"},
                                                                        {"max", "max"},
                                                                        {"maximum", "max"},
                                                                        {"maximum_fee", "max"},
                                                                        {"max_fee", "max"},
                                                                        {"cap", "max"},
                                                                        {"margin", "margin"},
                                                                        {"waived", "waived"},
                                                                        {"of", "of"},
                                                                        {"convert", "convert"},
                                                                        {"collect", "collect"},
                                                                        {"otherwise", "otherwise"},
                                                                        {"round", "round"},
                                                                        {"rounding", "round"}};
  auto found = names.find(name_of_words(word, '_'));
  if (found != names.end()) return found->second;
  return word == "%" ? "percent" : "";
}
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t begin = text.find_first_not_of(blanks);
  if (begin == npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string> split_at(std::string_view text, char sign) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find(sign, begin), text.size());
    parts.emplace_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

namespace {

// '.', ',', or '?' where either may be meant, or '\0' where the text has neither.
char decimal_sign(std::string_view text) {
  std::size_t last = text.find_last_of(".,");
  if (last == npos) return '\0';
  char sign = text[last], other = sign == '.' ? ',' : '.';
  bool several = text.find(sign) != last;
  if (text.find(other) != npos) return several ? other : sign;
  if (several) return other;
  std::size_t digits = 0;
  while (last + 1 + digits < text.size() && is_digit(text[last + 1 + digits])) ++digits;
  std::string_view before = text.substr(0, last);
  bool grouped =
      digits == 3 && before.size() <= 4 && !before.empty() && before != "0" && before != "-0";
  return grouped ? '?' : sign;
}

}  // namespace

bool NumberStyle::look(std::string_view text, std::size_t line) {
  char sign = decimal_sign(text);
  if (sign == '\0') return true;
  if (sign == '?') {
    if (ambiguous_.empty()) ambiguous_ = text, ambiguous_line_ = line;
    return true;
  }
  if (sign_ == '\0') sign_ = sign, line_ = line, seen_ = text;
  return sign_ == sign;
}

bool NumberStyle::is_settled(char separator) const {
  if (sign_ != '\0' || ambiguous_.empty()) return true;
  return separator != ';' && ambiguous_.find(',') == std::string::npos;
}

std::string NumberStyle::canonical(std::string_view text) const {
  std::string number;
  char decimal = has_comma() ? ',' : '.';
  for (char c : text) {
    if (c == decimal)
      number += '.';
    else if (c != ',' && c != '.' && c != ' ' && c != '\'')
      number += c;
  }
  return number;
}

NumberText take_apart(std::string_view text) {
  std::size_t begin = text.find_first_of("-0123456789");
  if (begin == npos) return {std::string(text), "", ""};
  std::size_t end = begin + 1;
  auto goes_on = [&](std::size_t at) {
    if (is_digit(text[at])) return true;
    bool between = text[at] == ',' || text[at] == '.' || text[at] == '\'' || text[at] == ' ' ||
                   text[at] == '/';
    return between && at + 1 < text.size() && is_digit(text[at + 1]);
  };
  while (end < text.size() && goes_on(end)) ++end;
  return {std::string(trimmed(text.substr(0, begin))), std::string(text.substr(begin, end - begin)),
          std::string(trimmed(text.substr(end)))};
}

namespace {

char separator_of(std::string_view line) {
  auto count = [&](char sign) { return std::count(line.begin(), line.end(), sign); };
  if (count(';') > count(',') && count(';') >= count('\t')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}

}  // namespace

void TableText::fault(Code code, std::string message, std::string remedy, const TableLine& line,
                      std::size_t column) {
  std::size_t at = column < line.offsets.size() ? line.offsets[column] : 0;
  faults.push_back({code, std::move(message), std::move(remedy),
                    Place::of_record(file, line.line, line.raw, at)});
}
void TableText::fault_in(std::string_view column, Code code, std::string message,
                         std::string remedy, const TableLine& line) {
  fault(code, std::move(message), std::move(remedy), line, index_of(column));
}
void TableText::assume(std::string sentence) {
  if (!is_among(assumed, sentence)) assumed.push_back(std::move(sentence));
}

std::size_t TableText::index_of(std::string_view column) const {
  auto found = std::find(columns.begin(), columns.end(), column);
  return static_cast<std::size_t>(found - columns.begin());
}
std::string TableText::cell(const TableLine& line, std::string_view column) const {
  std::size_t at = index_of(column);
  return at < line.cells.size() ? line.cells[at] : "";
}

void TableText::read(std::string_view text) {
  std::size_t begin = 0;
  if (text.starts_with("\xEF\xBB\xBF")) begin = 3;
  std::string_view first = text.substr(begin, text.find('\n') - begin);
  std::size_t skipped = 0;
  bool says_separator = (first.starts_with("sep=") || first.starts_with("SEP=")) &&
                        trimmed(first).size() == 5 && text.find('\n') != npos;
  if (says_separator) {  // for spreadsheets
    separator = first[4];
    text = text.substr(text.find('\n') + 1);
    skipped = 1;
  } else {
    separator = separator_of(first);
  }
  if (separator != ',')
    assume(std::string("cells are divided by ") +
           (separator == '\t' ? "tabs" : "\"" + std::string(1, separator) + "\""));
  formats::CsvReader reader(file, formats::ByteWindow(formats::read_from(text), skipped));
  reader.separate_with(separator);
  formats::Row row;
  while (reader.next(row)) {
    if (row.fault) {
      faults.push_back(*row.fault);
      continue;
    }
    if (header.cells.empty()) keep_header(text.substr(0, text.find('\n')), row.names, skipped + 1);
    if (lines.size() == price_rows_max) {
      faults.push_back({Code::bad_file, "the table has more than 10,000 rows",
                        "give the prices of one tariff at a time", Place::of_file(file)});
      return;
    }
    keep(row);
  }
  if (!faults.empty()) return;
  if (lines.empty())
    faults.push_back({Code::bad_file, "the table has no rows",
                      "write a row for each price below the names of the columns",
                      Place::of_file(file)});
}

void TableText::keep(const formats::Row& row) {
  TableLine line{row.line, std::string(row.raw), {}, {}};
  bool empty = true;
  for (std::string_view text : row.texts) {
    line.cells.emplace_back(trimmed(text));
    bool inside = text.data() >= row.raw.data() && text.data() <= row.raw.data() + row.raw.size();
    line.offsets.push_back(inside ? static_cast<std::size_t>(text.data() - row.raw.data()) : 0);
    empty = empty && line.cells.back().empty();
  }
  if (!empty) lines.push_back(std::move(line));
}

// Where each name stands is looked for, as quotes may stand around it.
void TableText::keep_header(std::string_view first, const std::vector<std::string_view>& names,
                            std::size_t line) {
  header.line = line;
  header.raw = first;
  std::size_t at = 0;
  for (std::string_view name : names) {
    std::size_t found = first.find(name, at);
    header.offsets.push_back(found == npos ? at : found);
    if (found != npos) at = found + name.size();
    header.cells.emplace_back(trimmed(name));
  }
}

const TableLine& TableText::line_of(const PriceRow& row) const {
  auto found = std::lower_bound(lines.begin(), lines.end(), row.line,
                                [](const TableLine& one, std::size_t n) { return one.line < n; });
  return found == lines.end() ? lines.front() : *found;
}

}  // namespace levy::tables
