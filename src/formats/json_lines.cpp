#include "formats/json_lines.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "formats/json.h"
#include "formats/json_scan.h"
#include "money/decimal.h"

namespace levy::formats {
namespace {

using simdjson::ondemand::json_type;

constexpr std::string_view object_remedy = "write one object a line, {\"amount\": \"250\"}";

// What stops the reading of a line, and the byte of the line where it shows.
struct LineFault {
  std::string message, remedy;
  std::size_t at = 0;
  Code code = Code::bad_file;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_json_space(text.back())) text.remove_suffix(1);
  return text;
}

LineFault malformed(simdjson::error_code error, std::size_t at) {
  std::string_view what = "this is not a JSON object";
  if (error == simdjson::UTF8_ERROR) what = "the line is not UTF-8";
  if (error == simdjson::UNCLOSED_STRING) what = "a string is not closed";
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) what = "a bracket is not closed";
  if (error == simdjson::STRING_ERROR)
    what = "a string has a character or escape that JSON forbids";
  return {std::string(what), std::string(object_remedy), at};
}

}  // namespace

// One line's values. simdjson checks only what it is asked for, so everything is asked for.
struct JsonLinesReader::Parser {
  simdjson::ondemand::parser parser;
  std::deque<std::string> rewritten;                // numbers without their exponents
  std::unordered_set<std::string_view> known_keys;  // of a line with many
  std::string_view line;

  std::size_t offset(std::string_view token) const {
    return static_cast<std::size_t>(token.data() - line.data());
  }

  std::optional<LineFault> read_number(std::string_view token, std::string_view& text) {
    text = trimmed(token);
    if (!is_json_number(text))
      return LineFault{"this is not a JSON number", "write it as a string", offset(token)};
    if (text.find_first_of("eE") == levy::npos) return std::nullopt;
    Checked<Decimal> number = parse_json_number(text);
    // One that cannot be expanded stays as it is: whoever asks for it says what is wrong with it.
    if (number) text = rewritten.emplace_back(number->to_string());
    return std::nullopt;
  }

  // An object or array as a value: kept as written, once it is known to be JSON.
  std::optional<LineFault> read_nested(simdjson::ondemand::value& value, std::string_view token,
                                       std::string_view& text) {
    simdjson::error_code error = simdjson::SUCCESS;
    if (token.starts_with('{')) {
      simdjson::ondemand::object object;
      error = value.get_object().get(object);
      if (!error) error = object.raw_json().get(text);
    } else {
      simdjson::ondemand::array array;
      error = value.get_array().get(array);
      if (!error) error = array.raw_json().get(text);
    }
    if (error) return malformed(error, offset(token));
    text = trimmed(text);
    Checked<Document> checked = parse_json(Source("", std::string(text)));
    if (checked) return std::nullopt;
    const Diagnostic& fault = checked.faults().front();
    return LineFault{fault.message, fault.remedy, offset(token)};
  }

  std::optional<LineFault> read_value(simdjson::ondemand::value& value, std::string_view& text) {
    std::string_view token = value.raw_json_token();
    json_type type{};
    if (auto error = value.type().get(type)) return malformed(error, offset(token));
    if (type == json_type::number) return read_number(token, text);
    if (type == json_type::object || type == json_type::array)
      return read_nested(value, token, text);
    if (type == json_type::string) {
      if (auto error = value.get_string().get(text)) return malformed(error, offset(token));
      return std::nullopt;
    }
    std::string_view word = trimmed(token);
    if (type == json_type::null && word == "null") {
      text = {};
      return std::nullopt;
    }
    if (type == json_type::boolean && (word == "true" || word == "false")) {
      text = word;
      return std::nullopt;
    }
    return LineFault{"this is not a JSON value", "write true, false or null", offset(token)};
  }

  // A few keys are compared; of many there is a table, so that a line takes time by its length.
  bool is_known(const Row& row, std::string_view key) {
    constexpr std::size_t compared_max = 32;
    if (row.names.size() < compared_max)
      return std::find(row.names.begin(), row.names.end(), key) != row.names.end();
    if (row.names.size() == compared_max) known_keys = {row.names.begin(), row.names.end()};
    return !known_keys.insert(key).second;
  }

  std::optional<LineFault> read_member(simdjson::ondemand::field field, Row& row) {
    std::string_view key, text;
    std::size_t at = static_cast<std::size_t>(field.key().raw() - line.data());
    if (auto error = field.unescaped_key().get(key)) return malformed(error, at);
    if (is_known(row, key)) {
      return LineFault{"the key " + in_quotes(key) + " stands twice", "remove one of the two", at,
                       Code::duplicate_key};
    }
    std::string_view token = trimmed(field.value().raw_json_token());
    if (auto fault = read_value(field.value(), text)) return fault;
    bool nested = token.starts_with('{') || token.starts_with('[');
    row.names.push_back(key);
    row.texts.push_back(text);
    row.tokens.push_back(nested ? text : token);
    return std::nullopt;
  }

  std::optional<LineFault> read_members(simdjson::ondemand::document& document, Row& row) {
    simdjson::ondemand::object object;
    if (auto error = document.get_object().get(object)) return malformed(error, 0);
    for (auto result : object) {
      simdjson::ondemand::field field;
      if (auto error = std::move(result).get(field)) return malformed(error, row.raw.size());
      if (auto fault = read_member(std::move(field), row)) return fault;
    }
    if (document.current_location().error() == simdjson::OUT_OF_BOUNDS) return std::nullopt;
    return LineFault{"text follows the object", std::string(object_remedy), row.raw.size()};
  }

  std::optional<LineFault> read(Row& row) {
    line = row.raw;
    rewritten.clear();
    if (row.raw.find('\0') != levy::npos)
      return LineFault{"the line has a NUL byte", "export it again", row.raw.find('\0')};
    simdjson::ondemand::document document;
    simdjson::padded_string_view padded(line.data(), line.size(),
                                        line.size() + ByteWindow::padding);
    if (auto error = parser.iterate(padded).get(document)) return malformed(error, 0);
    return read_members(document, row);
  }
};

static_assert(simdjson::SIMDJSON_PADDING <= ByteWindow::padding);

JsonLinesReader::JsonLinesReader(std::string file, ByteWindow bytes)
    : file_(std::move(file)), bytes_(std::move(bytes)), parser_(std::make_unique<Parser>()) {}
void JsonLinesReader::go_on(ByteWindow bytes) {
  bytes_ = std::move(bytes);
  started_ = true;
  torn_ = false;
  consumed_ = 0;
}

JsonLinesReader::JsonLinesReader(JsonLinesReader&&) noexcept = default;
JsonLinesReader::~JsonLinesReader() = default;

// The next line that is not blank; at most record_bytes_max + 1 bytes of it.
bool JsonLinesReader::find_line(Row& row) {
  while (true) {
    bytes_.consume(std::exchange(consumed_, 0));
    std::size_t end = bytes_.text().find('\n');
    while (end == levy::npos && bytes_.text().size() <= record_bytes_max) {
      std::size_t seen = bytes_.text().size();
      if (!bytes_.grow()) break;
      end = bytes_.text().find('\n', seen);
    }
    if (bytes_.text().empty()) return false;
    row.line = bytes_.lines() + 1;
    row.byte_offset = bytes_.offset();
    row.raw = bytes_.text().substr(0, std::min(end, record_bytes_max + 1));
    consumed_ = row.raw.size() == end ? end + 1 : row.raw.size();
    bool torn = row.raw.size() > record_bytes_max && row.raw.size() != end;
    bool skipped = std::exchange(torn_, torn);
    if (skipped || skip_json_space(row.raw, 0) == row.raw.size()) continue;
    if (row.raw.back() == '\r') row.raw.remove_suffix(1);
    return true;
  }
}

void JsonLinesReader::parse(Row& row) {
  std::optional<LineFault> fault;
  if (row.raw.size() > record_bytes_max) {
    fault = LineFault{"the line is longer than 1 MiB", std::string(object_remedy)};
  } else {
    fault = parser_->read(row);
  }
  if (!fault) return;
  row.names.clear();
  row.texts.clear();
  row.tokens.clear();
  row.fault = Diagnostic{fault->code, std::move(fault->message), std::move(fault->remedy),
                         Place::of_record(file_, row.line, row.raw, fault->at)};
}

bool JsonLinesReader::next(Row& row) {
  if (!std::exchange(started_, true)) bytes_.skip_byte_order_mark();
  row.names.clear();
  row.texts.clear();
  row.tokens.clear();
  row.fault.reset();
  if (!find_line(row)) return false;
  parse(row);
  return true;
}

}  // namespace levy::formats
