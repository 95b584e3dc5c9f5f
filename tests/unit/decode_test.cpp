// A whole document decodes to what it says, whatever the order of its keys.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "formats/json_writer.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"
#include "unit/schedule_dump.h"

namespace levy {
namespace {

namespace fs = std::filesystem;

const fs::path tests = LEVY_TESTS_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

schedule::Schedule load(const std::string& text) {
  Checked<schedule::Schedule> loaded = schedule::decode::load_schedule(Source("x.json", text));
  if (!loaded) FAIL(to_string(loaded.faults().front().place) + loaded.faults().front().message);
  return *std::move(loaded);
}

// The same document with the keys of every object in another order.
enum class Order { reversed, by_name };

void write(formats::JsonWriter& writer, const formats::Node& node, Order order);

void write_members(formats::JsonWriter& writer, const formats::Node& node, Order order) {
  std::vector<const formats::Member*> members;
  for (const formats::Member& member : node.members) members.push_back(&member);
  if (order == Order::reversed) {
    std::reverse(members.begin(), members.end());
  } else {
    std::sort(members.begin(), members.end(),
              [](const formats::Member* a, const formats::Member* b) { return a->key < b->key; });
  }
  for (const formats::Member* member : members) {
    writer.key(member->key);
    write(writer, member->value, order);
  }
}

void write(formats::JsonWriter& writer, const formats::Node& node, Order order) {
  switch (node.kind) {
    case formats::Node::Kind::null:
      return writer.null();
    case formats::Node::Kind::boolean:
      return writer.boolean(node.truth);
    case formats::Node::Kind::number:
      return writer.number(node.text);
    case formats::Node::Kind::string:
      return writer.string(node.text);
    case formats::Node::Kind::array:
      writer.begin_array();
      for (const formats::Node& item : node.items) write(writer, item, order);
      return writer.end_array();
    case formats::Node::Kind::object:
      writer.begin_object();
      write_members(writer, node, order);
      return writer.end_object();
  }
}

std::string reordered(const formats::Document& document, Order order) {
  formats::JsonWriter writer;
  write(writer, document.root, order);
  return writer.text();
}

std::vector<std::string> codes_of(const std::string& text) {
  Checked<schedule::Schedule> loaded = schedule::decode::load_schedule(Source("x.json", text));
  std::vector<std::string> codes;
  if (loaded) return codes;
  for (const Diagnostic& fault : loaded.faults()) codes.emplace_back(to_string(fault.code));
  std::sort(codes.begin(), codes.end());
  return codes;
}

std::vector<std::string> texts_in(const fs::path& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    bool is_mapping = entry.path().parent_path().filename() == "mappings";
    if (entry.path().extension() == ".json" && !is_mapping) texts.push_back(read(entry.path()));
  }
  return texts;
}

}  // namespace

TEST_CASE("a whole schedule decodes to what it says") {
  CHECK(dump_schedule(load(read(tests / "data/schedule/whole.json"))) ==
        read(tests / "data/schedule/whole.dump"));
}

TEST_CASE("the order of keys is irrelevant to what a schedule says") {
  std::vector<std::string> texts = texts_in(tests.parent_path() / "schedules");
  texts.push_back(read(tests / "data/schedule/whole.json"));
  for (const std::string& text : texts) {
    Checked<formats::Document> document = formats::parse_json(Source("x.json", text));
    REQUIRE(bool(document));
    INFO(text.substr(0, 120));
    std::string expected = dump_schedule(load(text));
    CHECK(dump_schedule(load(reordered(*document, Order::reversed))) == expected);
    CHECK(dump_schedule(load(reordered(*document, Order::by_name))) == expected);
  }
}

TEST_CASE("the order of keys is irrelevant to what is wrong") {
  for (const std::string& text : texts_in(tests / "diagnostics")) {
    Checked<formats::Document> document = formats::parse_json(Source("x.json", text));
    if (!document) continue;
    INFO(text);
    std::vector<std::string> expected = codes_of(text);
    CHECK(codes_of(reordered(*document, Order::reversed)) == expected);
    CHECK(codes_of(reordered(*document, Order::by_name)) == expected);
  }
}

TEST_CASE("a fault is placed inside the text it is about") {
  struct Row {
    const char* amount;
    std::size_t column, width;
  };
  // "flat" begins at column 57; an escape in the string makes the whole of it the place.
  const Row rows[] = {{"1.5 EURO", 62, 4}, {"1,5 EUR", 59, 1}, {"1.5 \\u0045URO", 57, 15}};
  for (const Row& row : rows) {
    INFO(row.amount);
    std::string text = R"({"levy": 1, "id": "x", "fees": [{"id": "f", "flat": "?"}]})";
    text.replace(text.find('?'), 1, row.amount);
    std::size_t shift = 57 - (text.find("\"flat\"") + 9);
    Checked<schedule::Schedule> loaded = schedule::decode::load_schedule(Source("x.json", text));
    REQUIRE_FALSE(bool(loaded));
    CHECK(loaded.faults().front().place.column() + shift == row.column);
    CHECK(loaded.faults().front().place.width() == row.width);
    CHECK(loaded.faults().front().place.pointer() == "/fees/0/flat");
  }
}

TEST_CASE("whatever stands in the place of a value is decoded or told, and is no fault of levy's") {
  const char* const others[] = {"null",      "true", "-1",   "\"\"", "\"@x\"",
                                "\"1 EUR\"", "[]",   "[{}]", "{}",   "{\"not\": [\"-\"]}"};
  std::string text = read(tests / "data/schedule/whole.json");
  Checked<formats::Document> document = formats::parse_json(Source("x.json", text));
  REQUIRE(bool(document));
  std::vector<const formats::Node*> nodes = {&document->root};
  for (std::size_t i = 0; i < nodes.size(); ++i) {  // grows as it goes
    for (const formats::Node& item : nodes[i]->items) nodes.push_back(&item);
    for (const formats::Member& member : nodes[i]->members) nodes.push_back(&member.value);
  }
  std::size_t turn = 0;  // a third of the pairs: each text in turn
  for (const formats::Node* node : nodes) {
    for (std::string other : others) {
      if (++turn % 3 != 0) continue;
      std::string changed = text;
      changed.replace(node->begin, node->end - node->begin, other);
      Checked<schedule::Schedule> loaded =
          schedule::decode::load_schedule(Source("x.json", changed));
      if (loaded) continue;
      INFO(changed.substr(node->begin > 60 ? node->begin - 60 : 0, 120));
      for (const Diagnostic& fault : loaded.faults()) CHECK(fault.place.line() > 0);
    }
  }
}

TEST_CASE("one mistake in a declaration is told once") {
  // Each has a bad declaration that the rest of the document leans on.
  const char* const documents[] = {
      R"({"levy": 1, "id": "x", "currency": "EURO", "fees": [{"id": "f", "flat": "1", "max": 2}]})",
      R"({"levy": 1, "id": "x", "currencies": {"BTC": {}},)"
      R"( "fees": [{"id": "f", "flat": "1 BTC"}]})",
      R"({"levy": 1, "id": "x", "attributes": [], "fees":
          [{"id": "f", "when": {"method": "bank"}, "percent": "1"}]})",
      R"({"levy": 1, "id": "x", "quantities": {"gas": {"default": "x"}}, "currency": "EUR", "fees":
          [{"id": "f", "units": "gas", "each": "1", "when": {"gas": "1"}}]})",
      R"({"levy": 1, "id": "x", "sets": ["EEA"], "fees":
          [{"id": "f", "when": {"country": "@EEA"}, "percent": "1"}]})",
      R"({"levy": 1, "id": "x", "currency": "EUR", "tiers": {}, "limits":
          [{"id": "l", "max": {"basic": "1"}, "when": {"tier": "basic"}}]})",
      R"({"levy": 1, "id": "x", "fees": [{"id": "f", "percnt": "1"}]})"};
  for (const char* document : documents) {
    INFO(document);
    CHECK(codes_of(document).size() == 1);
  }
}

TEST_CASE("a local text answers in the language nearest to the one asked for") {
  schedule::LocalText text{{{"de", "Gebühr"}, {"en", "Fee"}, {"zh-CN", "手续费"}}};
  CHECK(text.in("zh-CN") == "手续费");
  CHECK(text.in("zh") == "手续费");
  CHECK(text.in("de-AT") == "Gebühr");
  CHECK(text.in("fr") == "Fee");
  CHECK(schedule::LocalText{{{"de", "Gebühr"}}}.in("fr") == "Gebühr");
  CHECK(schedule::LocalText{{{"", "Fee"}}}.in("fr") == "Fee");
  CHECK(schedule::LocalText{}.in("fr").empty());
}

}  // namespace levy
