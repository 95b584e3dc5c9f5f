#include "formats/json_text.h"

namespace levy {

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

}  // namespace levy
