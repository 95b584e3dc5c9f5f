#include "render/coverage_json.h"

#include "formats/json_text.h"
#include "render/coverage_text.h"

namespace levy {
namespace {

void write_position(JsonWriter& json, const Place& place) {
  json.key("line");
  json.integer(static_cast<std::int64_t>(place.line()));
  json.key("column");
  json.integer(static_cast<std::int64_t>(place.column()));
}

void write_item(JsonWriter& json, const CoverItem& item, const Wording& wording) {
  bool covered = item.by != nullptr;
  json.begin_object();
  json.member("name", item.name);
  json.key("covered");
  json.boolean(covered);
  json.member("description",
              covered ? covered_words(item, wording) : uncovered_words(item, wording));
  json.member("file", item.place.file());
  write_position(json, item.place);
  json.member("pointer", item.place.pointer());
  json.key("by");
  if (covered) {
    json.begin_object();
    json.member("title", item.by->title.in(wording.language));
    write_position(json, item.by->place);
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void write_example(JsonWriter& json, const Suggestion& suggestion, const Coverage& coverage,
                   const Wording& wording) {
  json.begin_object();
  json.key("exercises");
  json.begin_array();
  for (std::size_t i : suggestion.exercises) json.string(coverage.items[i].name);
  json.end_array();
  json.key("example");
  json.begin_object();
  json.member("title", title_of(suggestion, coverage, wording));
  json.key(suggestion.example.kind == Example::Kind::check ? "check" : "quote");
  write_node(json, suggestion.example.request);
  json.key("expect");
  write_node(json, suggestion.example.expect);
  json.end_object();
  json.end_object();
}

}  // namespace

void write_coverage(JsonWriter& json, const Coverage& coverage, const Wording& wording) {
  json.begin_object();
  json.member("file", wording.schedule.file);
  json.key("items");
  json.integer(static_cast<std::int64_t>(coverage.items.size()));
  json.key("covered");
  json.integer(static_cast<std::int64_t>(coverage.covered()));
  json.key("list");
  json.begin_array();
  for (const CoverItem& item : coverage.items) write_item(json, item, wording);
  json.end_array();
  json.end_object();
}

void write_suggestions(JsonWriter& json, const Suggestions& suggestions, const Coverage& coverage,
                       const Wording& wording) {
  json.begin_object();
  json.member("file", wording.schedule.file);
  json.key("examples");
  json.begin_array();
  for (const Suggestion& one : suggestions.examples) write_example(json, one, coverage, wording);
  json.end_array();
  json.key("not_found");
  json.begin_array();
  for (std::size_t i : suggestions.not_found) {
    json.begin_object();
    json.member("name", coverage.items[i].name);
    json.member("reason", not_found_words(coverage.items[i]));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace levy
