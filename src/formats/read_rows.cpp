#include "formats/read_rows.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <string_view>
#include <utility>

#include "formats/csv.h"
#include "formats/encoding.h"
#include "formats/json_lines.h"
#include "formats/json_scan.h"
#include "formats/row.h"
#include "formats/utf8.h"
#include "money/decimal.h"

namespace levy::formats {

std::string_view Row::text_of(std::string_view name) const {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return texts[static_cast<std::size_t>(found - names.begin())];
}

namespace {

constexpr std::size_t looked_at = 512;
constexpr std::size_t npos = std::string_view::npos;

struct Signature {
  std::string_view bytes, what, remedy;
};

constexpr std::string_view as_csv = "save the sheet as CSV (UTF-8)";
constexpr std::string_view unpacked = "unpack it, and give levy the table";

constexpr Signature signatures[] = {
    {"\x1F\x8B", "compressed with gzip", "unpack it on the way: zcat FILE | levy ..."},
    {"PK\x03\x04", "a zip archive, which spreadsheets (.xlsx, .ods) are too", as_csv},
    {"PK\x05\x06", "an empty zip archive", unpacked},
    {"\xD0\xCF\x11\xE0", "an old spreadsheet (.xls)", as_csv},
    {"\x28\xB5\x2F\xFD", "compressed with zstd", "unpack it on the way: zstdcat FILE | levy ..."},
    {"\xFD\x37zXZ", "compressed with xz", "unpack it on the way: xzcat FILE | levy ..."},
    {"BZh", "compressed with bzip2", "unpack it on the way: bzcat FILE | levy ..."},
    {"PAR1", "a Parquet file", "export it as CSV or JSON Lines"},
    {"%PDF", "a PDF file", "export the table as CSV"},
};

constexpr std::string_view utf16_remedy =
    "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE | levy ...";

std::string_view without_blanks(std::string_view text) {
  std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == npos ? std::string_view() : text.substr(at);
}

// "[", "[{", "[ {", "[[": how a whole document begins, and no header does.
bool is_json_array(std::string_view text) {
  if (!text.starts_with('[')) return false;
  std::string_view rest = without_blanks(text.substr(1));
  std::string_view line = text.substr(1, text.find('\n') == npos ? npos : text.find('\n') - 1);
  return without_blanks(line).empty() || rest.starts_with('{') || rest.starts_with('[');
}

// A bracket that opens a tag, a comment or a declaration.
bool is_markup(std::string_view text) {
  if (text.size() < 2 || text[0] != '<') return false;
  char next = text[1];
  return next == '!' || next == '?' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

std::string_view first_bytes(ByteWindow& bytes) {
  // Not more than the first line of a table that somebody types.
  while (bytes.text().size() < looked_at && bytes.text().find('\n') == npos && bytes.grow()) {
  }
  return bytes.text().substr(0, looked_at);
}

std::optional<Diagnostic> name_form(std::string_view text) {
  auto fault = [](std::string_view what, std::string_view remedy, Code code = Code::bad_file) {
    return Diagnostic{code, "this is " + std::string(what), std::string(remedy)};
  };
  for (const Signature& one : signatures) {
    if (text.starts_with(one.bytes)) return fault(one.what, one.remedy);
  }
  if (is_utf16(text)) return fault("UTF-16 text", utf16_remedy, Code::utf16);
  return std::nullopt;
}

std::optional<Diagnostic> name_document(std::string_view text) {
  if (is_json_array(text)) {
    return Diagnostic{Code::bad_file, "this is a JSON array, and rows stand one a line",
                      "write JSON Lines, each object on its own line with no brackets around them: "
                      "jq -c '.[]'"};
  }
  if (!is_markup(text)) return std::nullopt;
  bool xml = text.starts_with("<?xml");
  return Diagnostic{
      Code::bad_file,
      std::string("this is ") + (xml ? "XML" : "a web page (HTML)") + ", and no table",
      "download or export the table itself, as CSV or JSON Lines"};
}

}  // namespace

void skip_blank_lines(ByteWindow& bytes) {
  do {
    std::string_view text = bytes.text();
    std::string_view blank = text.substr(0, skip_json_space(text, 0));
    bool goes_on = blank.size() == text.size();
    bytes.consume(blank.rfind('\n') + 1);  // none: npos + 1, which is 0
    if (!goes_on) return;
  } while (bytes.text().size() <= record_bytes_max && bytes.grow());
}

bool begins_with_object(ByteWindow& bytes) {
  while (true) {
    std::string_view text = bytes.text();
    std::size_t at = skip_json_space(text, 0);
    if (at < text.size()) return text[at] == '{';
    if (text.size() > record_bytes_max || !bytes.grow()) return false;
  }
}

std::optional<Diagnostic> find_foreign_form(ByteWindow& bytes, const std::string& file,
                                            bool keeps_blank) {
  std::optional<Diagnostic> fault = name_form(first_bytes(bytes));
  if (fault) {
    fault->place = Place::of_file(file);
    return fault;
  }
  bytes.skip_byte_order_mark();
  if (!keeps_blank) skip_blank_lines(bytes);
  std::string_view text = first_bytes(bytes), document = without_blanks(text);
  fault = name_document(document);
  if (!fault) return std::nullopt;
  auto line = bytes.lines() + 1 +
              static_cast<std::size_t>(std::count(text.begin(), document.begin(), '\n'));
  fault->place = Place::of_record(file, line, document.substr(0, document.find('\n')), 0);
  return fault;
}

namespace {

// A std::function wants to be copied, and readers do not.
template <class Reader>
NextRow next_of(Reader reader) {
  auto shared = std::make_shared<Reader>(std::move(reader));
  return [shared](Row& row) { return shared->next(row); };
}

// As a row of JSON Lines would have it.
struct ItemReader {
  const Document* document = nullptr;
  const Node* array = nullptr;
  std::size_t index = 0;
  std::deque<std::string> rewritten;

  std::string_view text_of(const Node& value) {
    std::string_view written = document->source.text().substr(value.begin, value.end - value.begin);
    switch (value.kind) {
      case Node::Kind::null:
        return {};
      case Node::Kind::string:
        return value.text;
      case Node::Kind::boolean:
      case Node::Kind::array:
      case Node::Kind::object:
        return written;
      case Node::Kind::number:
        break;
    }
    Checked<Decimal> number = parse_json_number(value.text);
    if (!number || value.text.find_first_of("eE") == std::string::npos) return value.text;
    return rewritten.emplace_back(number->to_string());
  }

  bool next(Row& row) {
    row = Row{};
    rewritten.clear();
    if (index == array->items.size()) return false;
    const Node& item = array->items[index++];
    Place place = document->place(item);
    row.line = place.line();
    row.byte_offset = item.begin;
    row.raw = document->source.text().substr(item.begin, item.end - item.begin);
    if (!item.is(Node::Kind::object)) {
      row.fault = Diagnostic{Code::wrong_type,
                             "an object is expected here, not " + std::string(name_of(item.kind)),
                             "write a row as an object, {\"amount\": \"250\"}", place};
    }
    for (const Member& member : item.members) {
      row.names.push_back(member.key);
      row.texts.push_back(text_of(member.value));
    }
    return true;
  }
};

}  // namespace

namespace {

// A table that cannot be read.
NextRow one_fault(std::optional<Diagnostic> fault) {
  return [fault = std::move(fault)](Row& row) mutable {
    row = Row{};
    row.fault = std::exchange(fault, std::nullopt);
    return row.fault.has_value();
  };
}

}  // namespace

NextRow read_table(std::string file, ReadBlock read, std::string needed, const TableShape& shape) {
  Checked<ReadBlock> decoded = read_as_utf8(std::move(read), shape.encoding);
  if (!decoded) return one_fault(decoded.faults().front());
  ByteWindow bytes(std::move(*decoded));
  if (std::optional<Diagnostic> fault = find_foreign_form(bytes, file))
    return one_fault(std::move(fault));
  bytes.skip_lines(shape.skipped_lines);
  if (begins_with_object(bytes)) return next_of(JsonLinesReader(std::move(file), std::move(bytes)));
  CsvReader reader(std::move(file), std::move(bytes), shape);
  reader.needs_column(std::move(needed));
  return next_of(std::move(reader));
}

NextRow read_items(const Document& document, const Node& array) {
  return next_of(ItemReader{&document, &array, 0, {}});
}

}  // namespace levy::formats
