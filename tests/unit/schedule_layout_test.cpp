// levy fmt changes spaces and the order of keys, and nothing that a schedule says.
#include "render/text/schedule_layout.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "render/words/explain.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"
#include "unit/schedule_dump.h"

namespace levy {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

formats::Document parsed(const std::string& text) {
  Checked<formats::Document> document = formats::parse_json(Source("x.json", text));
  if (!document) FAIL(to_string(document.faults().front().place) + text);
  return *std::move(document);
}

std::string laid_out(const std::string& text) {
  return render::text::schedule_layout(parsed(text));
}

// A schedule around an object that stands at `place`, and around nothing else that has its keys.
std::string around(const std::string& place, const std::string& object) {
  if (place == "root") return object;
  std::string fee = R"("levy": 1, "id": "a", "fees": [{"id": "f", )";
  if (place == "fee") return R"({"levy": 1, "id": "a", "fees": [)" + object + "]}";
  if (place == "case") return "{" + fee + R"("cases": [)" + object + "]}]}";
  if (place == "member") return "{" + fee + R"("least": [)" + object + "]}]}";
  if (place == "band") return "{" + fee + R"("slab": [)" + object + "]}]}";
  if (place == "by" || place == "cap" || place == "free" || place == "per")
    return "{" + fee + "\"" + place + "\": " + object + "}]}";
  if (place == "evidence") return R"({"levy": 1, "id": "a", "evidence": {"e": )" + object + "}}";
  return R"({"levy": 1, "id": "a", ")" + place + "s\": [" + object + "]}";
}

TEST_CASE("a layout says what the schedule said, and laying it out again changes nothing") {
  std::vector<fs::path> files = {fs::path(LEVY_TESTS_DIR) / "data/schedule/whole.json"};
  for (const auto& entry : fs::directory_iterator(fs::path(LEVY_TESTS_DIR) / "../schedules")) {
    if (entry.is_regular_file()) files.push_back(entry.path());  // mappings have a folder there
  }
  REQUIRE(files.size() > 40);
  for (const fs::path& file : files) {
    INFO(file);
    std::string text = read(file), layout = laid_out(text);
    Checked<schedule::Schedule> before = schedule::decode::load_schedule(Source("x.json", text));
    Checked<schedule::Schedule> after = schedule::decode::load_schedule(Source("x.json", layout));
    REQUIRE(before);
    REQUIRE(after);
    CHECK(dump_schedule(*before) == dump_schedule(*after));
    CHECK(laid_out(layout) == layout);
  }
}

TEST_CASE("a layout") {
  struct Row {
    const char *what, *written, *expected;
  };
  const Row rows[] = {
      {"keys in the order of the manual, those that levy does not know behind them",
       R"({"fees":[],"mine":{"b":1,"a":2},"id":"a","levy":1})",
       "{\n  \"levy\": 1,\n  \"id\": \"a\",\n  \"fees\": [],\n"
       "  \"mine\": {\"b\": 1, \"a\": 2}\n}\n"},
      {"numbers and strings as they were written",
       R"({"levy":1.0e0,"id":"\u0061\/","note":"é","fees":[-0,1.50,1e2]})",
       "{\n  \"levy\": 1.0e0,\n  \"id\": \"\\u0061\\/\",\n  \"note\": \"é\",\n"
       "  \"fees\": [\n    -0, 1.50, 1e2\n  ]\n}\n"},
      {"conditions, languages and tiers in the order of their author",
       R"({"levy":1,"title":{"zh-CN":"b","en":"a"},"limits":[{"max":{"z":null,"b":"1"},"id":"l",)"
       R"("when":{"tier":"z","amount":{"up_to":"1","from":"0"}}}]})",
       "{\n  \"levy\": 1,\n  \"title\": {\"zh-CN\": \"b\", \"en\": \"a\"},\n  \"limits\": [\n"
       "    {\"id\": \"l\", \"when\": {\"tier\": \"z\", \"amount\": {\"up_to\": \"1\", "
       "\"from\": \"0\"}}, \"max\": {\"z\": null, \"b\": \"1\"}}\n  ]\n}\n"},
      {"two cases or bands are a line each, one stands in its fee's line",
       R"({"levy":1,"fees":[{"cases":[{"flat":"1"}],"id":"f"},{"slab":[{"flat":"1","up_to":"2"},)"
       R"({"flat":"3"}],"id":"g"}]})",
       "{\n  \"levy\": 1,\n  \"fees\": [\n    {\"id\": \"f\", \"cases\": [{\"flat\": \"1\"}]},\n"
       "    {\n      \"id\": \"g\",\n      \"slab\": [\n        {\"up_to\": \"2\", \"flat\": "
       "\"1\"},\n"
       "        {\"flat\": \"3\"}\n      ]\n    }\n  ]\n}\n"},
      {"nothing in brackets", "{ \"levy\" : 1 , \"fees\" : [ ] , \"sets\" : { } }",
       "{\n  \"levy\": 1,\n  \"sets\": {},\n  \"fees\": []\n}\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(laid_out(row.written) == row.expected);
  }
}

TEST_CASE("a line is as long as it may be, and no longer") {
  for (std::size_t width : {119, 120, 121}) {
    std::string head = "    {\"id\": \"", tail = "\", \"flat\": \"1\"}";
    std::string id(width - head.size() - tail.size(), 'x');
    std::string text = R"({"levy": 1, "fees": [{"id": ")" + id + R"(", "flat": "1"}]})";
    bool fits = laid_out(text).find(head + id + tail) != std::string::npos;
    INFO(width);
    CHECK(fits == (width <= 120));
  }
}

// The keys that the schema knows at a place, from whatever it refers to.
void add_keys(const formats::Node& schema, const formats::Node& node,
              std::vector<std::string>& keys) {
  if (const formats::Node* properties = node.find("properties")) {
    for (const formats::Member& member : properties->members) keys.push_back(member.key);
  }
  if (const formats::Node* reference = node.find("$ref"))
    add_keys(schema, *schema.find("$defs")->find(reference->text.substr(8)), keys);
  if (const formats::Node* all = node.find("allOf")) {
    for (const formats::Node& one : all->items) add_keys(schema, one, keys);
  }
}

TEST_CASE("every key of the schema has its place in the layout") {
  formats::Document schema = parsed(render::words::schedule_schema());
  const std::vector<std::pair<std::string, std::string>> places = {{"fee", "fee"},
                                                                   {"case", "case"},
                                                                   {"member", "member"},
                                                                   {"band", "band"},
                                                                   {"by", "by"},
                                                                   {"cap", "cap"},
                                                                   {"free", "free"},
                                                                   {"per", "per"},
                                                                   {"evidence", "evidence"},
                                                                   {"tier", "tier"},
                                                                   {"limit", "limit"},
                                                                   {"root", ""},
                                                                   {"guarantee", "guarantee"},
                                                                   {"example", "example"}};
  for (const auto& [place, definition] : places) {
    std::vector<std::string> keys;
    const formats::Node* node =
        definition.empty() ? &schema.root : schema.root.find("$defs")->find(definition);
    REQUIRE(node != nullptr);
    add_keys(schema.root, *node, keys);
    REQUIRE(keys.size() > 1);
    for (const std::string& key : keys) {
      INFO(place << " " << key);
      std::string text = laid_out(around(place, R"({"zzz": 1, ")" + key + R"(": 2})"));
      CHECK(text.find("\"" + key + "\": 2") < text.find("\"zzz\""));
    }
  }
}

}  // namespace
}  // namespace levy
