// Every code is explained, in full; what is said of accepting agrees with what a schedule may
// accept, and with the schema.
#include "render/words/explain.h"

#include <algorithm>

#include "formats/json.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

bool can_be_accepted(Code code) {
  std::string text = R"({"levy": 1, "id": "t", "fees": [], "accept": [{"code": ")";
  text += std::string(to_string(code)) + R"(", "reason": "tested"}]})";
  return static_cast<bool>(schedule::decode::load_schedule(Source("t.json", text)));
}

std::vector<std::string> acceptable_by_schema() {
  Checked<formats::Document> schema =
      formats::parse_json(Source("schema", render::words::schedule_schema()));
  REQUIRE(schema);
  const formats::Node* node = &schema->root;
  for (const char* key : {"$defs", "accept", "items", "properties", "code", "enum"}) {
    node = node->find(key);
    REQUIRE(node);
  }
  std::vector<std::string> codes;
  for (const formats::Node& item : node->items) codes.push_back(item.text);
  return codes;
}

TEST_CASE("every code is explained once, and in full") {
  std::vector<render::words::Explanation> all = render::words::explanations();
  REQUIRE(all.size() == all_codes().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    INFO(to_string(all[i].code));
    CHECK(all[i].code == all_codes()[i]);
    CHECK(all[i].cause.ends_with('.'));
    CHECK(!all[i].bad.empty());
    CHECK(!all[i].good.empty());
    CHECK(all[i].bad != all[i].good);
    CHECK(!all[i].mend.empty());
  }
}

TEST_CASE("what can be accepted is said so") {
  std::vector<std::string> by_schema = acceptable_by_schema();
  for (const render::words::Explanation& one : render::words::explanations()) {
    std::string word(to_string(one.code));
    INFO(word);
    CHECK(!one.accept.empty() == can_be_accepted(one.code));
    bool listed = std::find(by_schema.begin(), by_schema.end(), word) != by_schema.end();
    CHECK(listed == !one.accept.empty());
  }
}

}  // namespace
}  // namespace levy
