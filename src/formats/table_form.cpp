#include "formats/table_form.h"

#include <algorithm>
#include <string_view>

#include "formats/row.h"
#include "formats/utf8.h"

namespace levy {
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

std::optional<Diagnostic> find_foreign_form(ByteWindow& bytes, const std::string& file) {
  std::optional<Diagnostic> fault = name_form(first_bytes(bytes));
  if (fault) {
    fault->place = Place::of_file(file);
    return fault;
  }
  bytes.skip_byte_order_mark();
  std::string_view text = first_bytes(bytes), document = without_blanks(text);
  fault = name_document(document);
  if (!fault) return std::nullopt;
  auto line = 1 + static_cast<std::size_t>(std::count(text.begin(), document.begin(), '\n'));
  fault->place = Place::of_record(file, line, document.substr(0, document.find('\n')), 0);
  return fault;
}

}  // namespace levy
