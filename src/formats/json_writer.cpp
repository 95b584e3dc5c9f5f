#include "formats/json_writer.h"

#include "base/ensure.h"
#include "formats/json_scan.h"
#include "formats/utf8.h"

namespace levy::formats {
namespace {

std::string escaped_control(char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto value = static_cast<unsigned char>(byte);
  return std::string("\\u00") + digits[value >> 4U] + digits[value & 0xFU];
}

void append_ascii(std::string& out, char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(byte) < 0x20) {
    out += escaped_control(byte);
  } else {
    out += byte;
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = code_point_at(text, at);
    if (point.valid && point.size == 1) {
      append_ascii(out, text[at]);
    } else {
      append_utf8(out, point.value);  // U+FFFD where the bytes are not UTF-8
    }
    at += point.size;
  }
  out += '"';
}

}  // namespace

void JsonWriter::begin_object() {
  before_value();
  text_ += '{';
  has_items_.push_back(false);
}

void JsonWriter::end_object() { end('}'); }

void JsonWriter::begin_array() {
  before_value();
  text_ += '[';
  has_items_.push_back(false);
}

void JsonWriter::end_array() { end(']'); }

void JsonWriter::key(std::string_view name) {
  ensure(!has_items_.empty() && !after_key_, "a key stands in an object, before one value");
  before_value();
  append_quoted(text_, name);
  text_ += layout_ == Layout::indented ? ": " : ":";
  after_key_ = true;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  append_quoted(text_, text);
}

void JsonWriter::number(std::string_view literal) {
  ensure(is_json_number(literal), "a number is written as JSON writes it");
  before_value();
  text_ += literal;
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  text_ += std::to_string(value);
}

void JsonWriter::boolean(bool value) {
  before_value();
  text_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  text_ += "null";
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) text_ += ',';
  has_items_.back() = true;
  break_line();
}

void JsonWriter::end(char bracket) {
  ensure(!has_items_.empty() && !after_key_, "every end has its begin, every key its value");
  bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) break_line();
  text_ += bracket;
}

void JsonWriter::break_line() {
  if (layout_ == Layout::one_line) return;
  text_ += '\n';
  text_.append(2 * has_items_.size(), ' ');
}

void write_node(JsonWriter& json, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return json.null();
    case Node::Kind::boolean:
      return json.boolean(node.truth);
    case Node::Kind::number:
      return json.number(node.text);
    case Node::Kind::string:
      return json.string(node.text);
    case Node::Kind::array:
      json.begin_array();
      for (const Node& item : node.items) write_node(json, item);
      return json.end_array();
    case Node::Kind::object:
      json.begin_object();
      for (const Member& member : node.members) {
        json.key(member.key);
        write_node(json, member.value);
      }
      return json.end_object();
  }
}

std::string to_json(const Node& node) {
  JsonWriter json(JsonWriter::Layout::one_line);
  write_node(json, node);
  return json.text();
}

}  // namespace levy::formats
