#include "facts/rates_ecb.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <pugixml.hpp>
#include <utility>

namespace levy::facts {
namespace {

constexpr std::string_view published = "use the ECB's file as published";
constexpr std::int32_t published_second = 16 * 3600;  // of the day, in Frankfurt
// A file that is wrong throughout is told so in its first faults.
constexpr std::size_t ecb_faults_max = 100;

// Bytes [begin, end) of the source.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The rows read so far and what is wrong with them.
class Rows {
 public:
  Rows(const Source& source, TimeZone frankfurt)
      : source_(source), frankfurt_(std::move(frankfurt)) {}

  std::string_view text(Range range) const {
    return source_.text().substr(range.begin, range.end - range.begin);
  }
  bool full() const { return faults_.size() >= ecb_faults_max; }

  void fault(Range range, Code code, std::string message, std::string remedy);
  // What was parsed out of the range; its faults, which know their bytes in it, get their place.
  template <class T>
  std::optional<T> accept(Range range, Checked<T> parsed);

  std::optional<Currency> currency(Range code);
  // Nothing: the date is wrong. Every row's base is the euro.
  std::optional<Rates> row(Range date, const Checked<Day>& day);
  void rate(Rates& row, Currency currency, Range value);
  void add(Rates row, Range date);

  // Oldest first, as RatesHistory wants them, whatever the file's order.
  Checked<RatesHistory> take();

 private:
  const Source& source_;
  TimeZone frankfurt_;
  std::vector<std::pair<Rates, Range>> rows_;
  Diagnostics faults_;
};

void Rows::fault(Range range, Code code, std::string message, std::string remedy) {
  Diagnostic fault;
  fault.code = code;
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  fault.place = source_.place(range.begin, range.end);
  faults_.push_back(std::move(fault));
}

template <class T>
std::optional<T> Rows::accept(Range range, Checked<T> parsed) {
  if (parsed) return *std::move(parsed);
  for (Diagnostic& fault : std::move(parsed).faults()) {
    fault.place = source_.place(range.begin + fault.place.begin(), range.begin + fault.place.end());
    faults_.push_back(std::move(fault));
  }
  return std::nullopt;
}

std::optional<Rates> Rows::row(Range date, const Checked<Day>& day) {
  std::optional<Day> found = accept(date, day);
  if (!found) return std::nullopt;
  Rates row;
  row.base = *Currency::of("EUR");
  row.as_of = frankfurt_.instant(*found, published_second);
  return row;
}

std::optional<Currency> Rows::currency(Range code) {
  Checked<Currency> currency = parse_rate_currency(text(code));
  if (currency) return *currency;
  const Diagnostic& wrong = currency.faults().front();
  fault(code, wrong.code, wrong.message, wrong.remedy);
  return std::nullopt;
}

void Rows::rate(Rates& row, Currency currency, Range value) {
  std::optional<Decimal> rate = accept(value, parse_decimal(text(value)));
  if (!rate) return;
  std::optional<Diagnostic> wrong = add_rate(row, currency, *rate);
  if (wrong) fault(value, wrong->code, std::move(wrong->message), std::move(wrong->remedy));
}

void Rows::add(Rates row, Range date) { rows_.emplace_back(std::move(row), date); }

Checked<RatesHistory> Rows::take() {
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const auto& a, const auto& b) { return a.first.as_of < b.first.as_of; });
  RatesHistory history{source_.file(), {}};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto& [row, date] = rows_[i];
    if (i > 0 && row.as_of == history.rows.back().as_of) {
      fault(date, Code::bad_rates, "this date is given twice", "leave one of the two out");
      Range first = rows_[i - 1].second;
      faults_.back().related.push_back(source_.place(first.begin, first.end));
    }
    history.rows.push_back(std::move(row));
  }
  if (history.rows.empty() && faults_.empty()) {
    fault({}, Code::bad_rates, "the file has no day's rates", std::string(published));
  }
  sort_by_place(faults_);
  if (!faults_.empty()) return std::move(faults_);
  return history;
}

Checked<TimeZone> find_frankfurt(const Source& source) {
  Checked<TimeZone> zone = TimeZone::find("Europe/Berlin");
  if (zone) return *zone;
  Diagnostic fault = zone.faults().front();
  if (fault.code == Code::unreadable) return fault;
  fault.message =
      "this system does not know the time zone Europe/Berlin, in which the ECB's dates "
      "count";
  fault.remedy = "install the time zone database (tzdata)";
  fault.place = Place::of_file(source.file());
  return fault;
}

// ---- CSV ----

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The cells of the line [begin, end) without the blanks around them. The files end every line with
// a comma: the empty cell after it is none.
std::vector<Range> split_cells(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<Range> cells;
  while (true) {
    std::size_t comma = std::min(text.find(',', begin), end);
    Range cell{begin, comma};
    while (cell.begin < cell.end && is_blank(text[cell.begin])) ++cell.begin;
    while (cell.begin < cell.end && is_blank(text[cell.end - 1])) --cell.end;
    bool last = comma == end;
    if (!last || cell.begin < cell.end) cells.push_back(cell);
    if (last) return cells;
    begin = comma + 1;
  }
}

// "20 November 2026" as "2026-11-20"; anything else unchanged.
std::string iso_date(std::string_view text) {
  constexpr std::string_view months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
  std::size_t first = text.find(' ');
  std::size_t second = text.find(' ', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos || first == 0 || first > 2) return std::string(text);
  auto month =
      std::find(std::begin(months), std::end(months), text.substr(first + 1, second - first - 1));
  if (month == std::end(months)) return std::string(text);
  std::string number = std::to_string(month - std::begin(months) + 1);
  return std::string(text.substr(second + 1)) + (number.size() == 1 ? "-0" : "-") + number +
         (first == 1 ? "-0" : "-") + std::string(text.substr(0, first));
}

// The columns' currencies; nothing for one whose code is wrong, and for the date's.
using Columns = std::vector<std::optional<Currency>>;

Columns read_header(Rows& rows, const std::vector<Range>& cells) {
  Columns columns;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns.push_back(i == 0 ? std::nullopt : rows.currency(cells[i]));
  }
  if (rows.text(cells[0]) != "Date") {
    rows.fault(cells[0], Code::bad_rates, "the first column is not Date", std::string(published));
  }
  return columns;
}

void read_csv_row(Rows& rows, const Columns& columns, const std::vector<Range>& cells) {
  if (cells.size() != columns.size()) {
    rows.fault({cells.front().begin, cells.back().end}, Code::bad_rates,
               "this line has " + std::to_string(cells.size()) + " cells, and the header " +
                   std::to_string(columns.size()),
               std::string(published));
    return;
  }
  std::string_view date = rows.text(cells[0]);
  std::string iso = iso_date(date);
  Checked<Day> day = parse_day(iso);
  // A fault in a date that was turned round points at the whole of it.
  if (!day && iso != date) {
    Diagnostics faults = std::move(day).faults();
    faults.front().place = Place::within(0, date.size());
    day = std::move(faults);
  }
  std::optional<Rates> row = rows.row(cells[0], day);
  Rates ignored;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    std::string_view text = rows.text(cells[i]);
    if (!columns[i] || text.empty() || text == "N/A") continue;
    rows.rate(row ? *row : ignored, *columns[i], cells[i]);
  }
  if (row) rows.add(*std::move(row), cells[0]);
}

// ---- XML ----

// Where an element's name, or an attribute's name or value stands. pugixml gives a place to
// elements only; but all of them point into its one copy of the text.
std::size_t offset_of(pugi::xml_node element) {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, element.offset_debug()));
}

Range name_range(pugi::xml_node element) {
  std::size_t begin = offset_of(element);
  return {begin, begin + std::strlen(element.name())};
}

Range value_range(pugi::xml_node element, pugi::xml_attribute attribute) {
  std::ptrdiff_t ahead = attribute.value() - element.name();
  std::size_t begin = offset_of(element) + static_cast<std::size_t>(ahead);
  return {begin, begin + std::strlen(attribute.value())};
}

bool is_element(pugi::xml_node node, std::string_view name) {
  return node.type() == pugi::node_element && node.name() == name;
}

// The attribute's value; nothing (and a fault) where there is none.
std::optional<Range> need_value(Rows& rows, pugi::xml_node element, const char* name) {
  pugi::xml_attribute attribute = element.attribute(name);
  if (attribute) return value_range(element, attribute);
  rows.fault(name_range(element), Code::bad_rates,
             "this element has no attribute " + std::string(name), std::string(published));
  return std::nullopt;
}

void read_xml_rate(Rows& rows, pugi::xml_node cube, Rates& row) {
  std::optional<Range> code = need_value(rows, cube, "currency");
  std::optional<Range> value = need_value(rows, cube, "rate");
  std::optional<Currency> currency = code ? rows.currency(*code) : std::nullopt;
  if (currency && value && rows.text(*value) != "N/A") rows.rate(row, *currency, *value);
}

void read_xml_day(Rows& rows, pugi::xml_node cube) {
  std::optional<Range> date = need_value(rows, cube, "time");
  std::optional<Rates> row;
  if (date) row = rows.row(*date, parse_day(rows.text(*date)));
  Rates ignored;
  for (pugi::xml_node child : cube.children()) {
    if (is_element(child, "Cube")) read_xml_rate(rows, child, row ? *row : ignored);
  }
  if (row) rows.add(*std::move(row), *date);
}

void read_envelope(Rows& rows, pugi::xml_node root) {
  if (!is_element(root, "gesmes:Envelope")) {
    rows.fault(name_range(root), Code::bad_rates,
               "this is not the ECB's XML: its outermost element is " + std::string(root.name()),
               std::string(published));
    return;
  }
  for (pugi::xml_node cube : root.children("Cube")) {
    for (pugi::xml_node day : cube.children("Cube")) {
      if (!rows.full()) read_xml_day(rows, day);
    }
  }
}

}  // namespace

Checked<RatesHistory> parse_ecb_csv(const Source& source) {
  Checked<TimeZone> frankfurt = find_frankfurt(source);
  if (!frankfurt) return std::move(frankfurt).faults();
  Rows rows(source, *std::move(frankfurt));
  std::string_view text = source.text();
  std::optional<Columns> columns;
  // The text begins with "Date", after a byte order mark or blanks, if any.
  for (std::size_t begin = text.find("Date"); begin < text.size() && !rows.full();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::vector<Range> cells = split_cells(text, begin, end);
    if (!columns) {
      columns = read_header(rows, cells);
    } else if (!cells.empty()) {
      read_csv_row(rows, *columns, cells);
    }
    begin = end + 1;
  }
  return rows.take();
}

Checked<RatesHistory> parse_ecb_xml(const Source& source) {
  Checked<TimeZone> frankfurt = find_frankfurt(source);
  if (!frankfurt) return std::move(frankfurt).faults();
  Rows rows(source, *std::move(frankfurt));
  std::string_view text = source.text();
  pugi::xml_document document;
  pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) {
    std::size_t at = std::min(static_cast<std::size_t>(result.offset), text.size());
    rows.fault({at, at}, Code::syntax, "this is not XML: " + std::string(result.description()),
               std::string(published));
  } else {
    read_envelope(rows, document.document_element());
  }
  return rows.take();
}

}  // namespace levy::facts
