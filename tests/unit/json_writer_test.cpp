#include "formats/json_writer.h"

#include "base/ensure.h"
#include "formats/json.h"
#include "unit/catch.h"

using namespace levy;
using namespace std::string_literals;

namespace {

std::string written(std::string_view text) {
  formats::JsonWriter json;
  json.string(text);
  return json.text();
}

void write_sample(formats::JsonWriter& json) {
  json.begin_object();
  json.member("a", "x");
  json.key("b");
  json.begin_array();
  json.integer(-1);
  json.number("1.50");
  json.boolean(true);
  json.null();
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.end_array();
  json.key("c");
  json.boolean(false);
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
    case formats::Node::Kind::array:
      json.begin_array();
      for (const formats::Node& item : node.items) write(json, item);
      return json.end_array();
    case formats::Node::Kind::object:
      json.begin_object();
      for (const formats::Member& member : node.members)
        json.key(member.key), write(json, member.value);
      return json.end_object();
  }
}

}  // namespace

TEST_CASE("json_writer: layouts") {
  formats::JsonWriter indented;
  write_sample(indented);
  CHECK(indented.text() ==
        "{\n  \"a\": \"x\",\n  \"b\": [\n    -1,\n    1.50,\n    true,\n    null,\n    {},\n"
        "    []\n  ],\n  \"c\": false\n}");
  formats::JsonWriter one_line(formats::JsonWriter::Layout::one_line);
  write_sample(one_line);
  CHECK(one_line.text() == "{\"a\":\"x\",\"b\":[-1,1.50,true,null,{},[]],\"c\":false}");
}

TEST_CASE("json_writer: strings") {
  CHECK(written("") == "\"\"");
  CHECK(written("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
  CHECK(written("\b\f\n\r\t\0\x1B\x1F\x7F"s) == "\"\\b\\f\\n\\r\\t\\u0000\\u001b\\u001f\x7F\"");
  CHECK(written("手续费 é 😀") == "\"手续费 é 😀\"");
  CHECK(written("a\xE9z") == "\"a\xEF\xBF\xBDz\"");
  CHECK(written("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(written("\xE2\x82") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST_CASE("json_writer: what the writer writes, the parser reads") {
  for (std::string text :
       {"{\"a\":[1,-0,1e400,\"\\u0000\\u20ac\\\"\\\\\\n\",{\"\":{}}],\"~/\":null}",
        "[true,false,null,[],{},\"\"]", "\"\\ud83d\\ude00\"", "-1.50"}) {
    INFO(text);
    Checked<formats::Document> first = formats::parse_json(Source("x", text));
    REQUIRE(first);
    formats::JsonWriter once(formats::JsonWriter::Layout::one_line);
    write(once, first->root);
    Checked<formats::Document> second = formats::parse_json(Source("x", once.text()));
    REQUIRE(second);
    formats::JsonWriter twice(formats::JsonWriter::Layout::one_line);
    write(twice, second->root);
    CHECK(once.text() == twice.text());
    formats::JsonWriter indented;
    write(indented, first->root);
    CHECK(formats::parse_json(Source("x", indented.text())));
  }
}

TEST_CASE("json_writer: misuse is levy's fault") {
  formats::JsonWriter json;
  CHECK_THROWS_AS(json.number("1,5"), Fault);
  CHECK_THROWS_AS(json.number(""), Fault);
  CHECK_THROWS_AS(json.end_object(), Fault);
  CHECK_THROWS_AS(json.key("a"), Fault);
}
