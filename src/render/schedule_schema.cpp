#include "render/schedule_schema.h"

#include <vector>

#include "base/code.h"
#include "base/ensure.h"
#include "render/explain.h"
#include "render/texts.h"
#include "schedule/attributes.h"

namespace levy {
namespace {

constexpr std::size_t schema_columns = 96;

// ["AD", "AE", ...], in lines.
std::string list_of(const std::vector<std::string>& words) {
  std::string list = "[", line;
  for (const std::string& word : words) {
    std::string item = '"' + word + '"' + (&word == &words.back() ? "" : ",");
    if (line.size() + item.size() + 1 > schema_columns) {
      list += "\n" + line;
      line.clear();
    }
    line += (line.empty() ? "        " : " ") + item;
  }
  return list + "\n" + line + "]";
}

// The text has "$countries" where the program has a list of its own.
void fill_in(std::string& schema, const std::string& name, const std::vector<std::string>& words) {
  std::size_t at = schema.find('"' + name + '"');
  ensure(at != std::string::npos, "the schema names the lists of the program");
  schema.replace(at, name.size() + 2, list_of(words));
}

}  // namespace

std::string rates_schema() { return std::string(rates_schema_text()); }

std::string schedule_schema() {
  std::string schema(schedule_schema_text());
  fill_in(schema, "$countries", country_codes());
  std::vector<std::string> codes;
  for (Code code : all_codes()) codes.emplace_back(to_string(code));
  fill_in(schema, "$codes", codes);
  codes.clear();
  for (const Explanation& one : explanations()) {
    if (!one.accept.empty()) codes.emplace_back(to_string(one.code));
  }
  fill_in(schema, "$acceptable", codes);
  return schema;
}

}  // namespace levy
