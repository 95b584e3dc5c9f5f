#include "render/words/explain.h"

#include <algorithm>
#include <vector>

#include "base/code.h"
#include "base/ensure.h"
#include "render/text/page.h"
#include "schedule/attributes.h"

namespace levy::render::words {
namespace {

// An entry of the text is its code on a line, the cause in indented lines, and "bad: ...",
// "good: ...", "mend: ..." and perhaps "accept: ...". A blank line ends it.
void read_line(Explanation& one, std::string_view line) {
  if (line.starts_with("  ")) {
    one.cause += (one.cause.empty() ? "" : " ") + std::string(line.substr(2));
    return;
  }
  std::size_t colon = line.find(": ");
  ensure(colon != std::string_view::npos, "a line of explain.txt has a word and its text");
  std::string_view word = line.substr(0, colon);
  std::string text(line.substr(colon + 2));
  if (word == "bad") one.bad = text;
  if (word == "good") one.good = text;
  if (word == "mend") one.mend = text;
  if (word == "accept") one.accept = text;
}

std::vector<Explanation> read_entries(std::string_view text) {
  std::vector<Explanation> entries;
  bool inside = false;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) {
      inside = false;
    } else if (inside) {
      read_line(entries.back(), line);
    } else {
      std::optional<Code> code = find_code(line);
      ensure(code.has_value(), "an entry of explain.txt begins with a code");
      entries.push_back({*code, {}, {}, {}, {}, {}});
      inside = true;
    }
  }
  return entries;
}

// What to write beside the thing that is meant so.
std::string acceptance(const Explanation& one) {
  return "\"accept\": [{\"code\": \"" + std::string(to_string(one.code)) +
         "\", \"reason\": \"...\"}]";
}

}  // namespace

std::vector<Explanation> explanations() {
  std::vector<Explanation> entries = read_entries(explain_text());
  std::sort(entries.begin(), entries.end(),
            [](const Explanation& a, const Explanation& b) { return a.code < b.code; });
  return entries;
}

std::string Explanation::first_sentence() const {
  std::size_t end = cause.find(". ");
  return end == std::string::npos ? cause : cause.substr(0, end + 1);
}

Explanation explanation_of(Code code) {
  for (Explanation& one : explanations()) {
    if (one.code == code) return one;
  }
  ensure(false, "every code is explained");
  return {};
}

text::Page explanation_page(const Explanation& one) {
  text::Lines code;
  code.add(std::string(to_string(one.code)), text::Tone::strong);
  text::Page page = {code, text::Paragraph{one.cause},
                     text::Facts{{{"bad", one.bad}, {"good", one.good}}},
                     text::Paragraph{one.mend}};
  if (one.accept.empty()) return page;
  text::Lines accept;
  accept.add("Where it is meant so, accept it: write into " + one.accept);
  accept.item(acceptance(one));
  page.push_back(std::move(accept));
  return page;
}

std::string explanation_markdown(const Explanation& one) {
  text::Page page = {text::Paragraph{one.cause}, text::Paragraph{"Bad:"},
                     text::Verbatim{{one.bad}},  text::Paragraph{"Good:"},
                     text::Verbatim{{one.good}}, text::Paragraph{one.mend}};
  if (!one.accept.empty()) {
    page.push_back(text::Paragraph{"Where it is meant so, accept it: write into " + one.accept});
    page.push_back(text::Verbatim{{acceptance(one)}});
  }
  return text::page_markdown(page);
}

text::Page explanation_list(const std::vector<Explanation>& all) {
  text::Facts list;
  for (const Explanation& one : all)
    list.rows.emplace_back(std::string(to_string(one.code)), one.first_sentence());
  return {std::move(list)};
}

void write_explanation(formats::JsonWriter& json, const Explanation& one) {
  json.object([&] {
    json.member("code", to_string(one.code));
    json.member("cause", one.cause);
    json.member("bad", one.bad);
    json.member("good", one.good);
    json.member("mend", one.mend);
    json.key("accept");
    one.accept.empty() ? json.null() : json.string(one.accept);
  });
}

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
std::string mapping_schema() { return std::string(mapping_schema_text()); }

std::string schedule_schema() {
  std::string schema(schedule_schema_text());
  fill_in(schema, "$countries", schedule::country_codes());
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

}  // namespace levy::render::words
