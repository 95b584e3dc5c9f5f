// Any bytes to parse_json: it answers with a tree whose places hold and which survives being
// written and read again, or with faults that have places and words of their own.
#include <cstdint>

#include "base/ensure.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "render/text/diagnostic_json.h"
#include "render/text/diagnostic_text.h"

namespace levy {
namespace {

void write(formats::JsonWriter& json, const formats::Node& node);

void write_members(formats::JsonWriter& json, const formats::Node& object) {
  json.begin_object();
  for (const formats::Member& member : object.members) {
    json.key(member.key);
    write(json, member.value);
  }
  json.end_object();
}

void write(formats::JsonWriter& json, const formats::Node& node) {
  switch (node.kind) {
    case formats::Node::Kind::null:
      return json.null();
    case formats::Node::Kind::boolean:
      return json.boolean(node.truth);
    case formats::Node::Kind::number:
      return json.number(node.text);
    case formats::Node::Kind::string:
      return json.string(node.text);
    case formats::Node::Kind::object:
      return write_members(json, node);
    case formats::Node::Kind::array:
      json.begin_array();
      for (const formats::Node& item : node.items) write(json, item);
      return json.end_array();
  }
}

std::string written(const formats::Node& node) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  write(json, node);
  return json.text();
}

void check_places(const formats::Document& document, const formats::Node& node) {
  ensure(node.begin < node.end && node.end <= document.source.text().size(), "a value has bytes");
  ensure(document.place(node).line() > 0, "a value has a line");
  for (const formats::Node& item : node.items) check_places(document, item);
  for (const formats::Member& member : node.members) {
    ensure(member.key_begin < member.key_end && member.key_end < member.value.begin, "key, value");
    ensure(!document.place(member).pointer().empty(), "a member has a pointer");
    check_places(document, member.value);
  }
}

void check_tree(const formats::Document& document) {
  check_places(document, document.root);
  std::string once = written(document.root);
  Checked<formats::Document> again = formats::parse_json(Source("again.json", once));
  ensure(static_cast<bool>(again), "what was read and written can be read");
  ensure(written(again->root) == once, "and is the same");
}

void check_faults(const Diagnostics& faults) {
  std::size_t line = 0;
  for (const Diagnostic& fault : faults) {
    ensure(!fault.message.empty() && fault.message != "this file is not JSON", "it says why");
    ensure(fault.place.line() >= line, "in the order of the file");
    line = fault.place.line();
  }
  std::string shown = render::text::diagnostics_text(faults, {});
  ensure(shown.find('\x1b') == std::string::npos, "nothing for the terminal to obey");
  formats::JsonWriter json;
  render::text::write_diagnostics(json, faults);
  ensure(static_cast<bool>(formats::parse_json(Source("faults.json", json.text()))),
         "faults are JSON");
}

}  // namespace
}  // namespace levy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  levy::Checked<levy::formats::Document> document =
      levy::formats::parse_json(levy::Source("fuzz.json", text));
  if (document) {
    levy::check_tree(*document);
  } else {
    levy::check_faults(document.faults());
  }
  return 0;
}
