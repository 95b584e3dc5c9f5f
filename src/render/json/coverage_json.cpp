#include "render/json/coverage_json.h"

#include "formats/json_writer.h"
#include "render/pages/coverage_page.h"

namespace levy {
namespace {

void write_position(JsonWriter& json, const Place& place) {
  json.member("line", static_cast<std::int64_t>(place.line()));
  json.member("column", static_cast<std::int64_t>(place.column()));
}

void write_item(JsonWriter& json, const CoverItem& item, const Wording& wording) {
  bool covered = item.by != nullptr;
  json.object([&] {
    json.member("name", item.name);
    json.member("covered", covered);
    json.member("description",
                covered ? covered_words(item, wording) : uncovered_words(item, wording));
    json.member("file", item.place.file());
    write_position(json, item.place);
    json.member("pointer", item.place.pointer());
    json.key("by");
    if (covered) {
      json.object([&] {
        json.member("title", item.by->title.in(wording.language));
        write_position(json, item.by->place);
      });
    } else {
      json.null();
    }
  });
}

void write_example(JsonWriter& json, const Suggestion& suggestion, const Coverage& coverage,
                   const Wording& wording) {
  json.object([&] {
    json.array("exercises", suggestion.exercises,
               [&](std::size_t i) { json.string(coverage.items[i].name); });
    json.object("example", [&] {
      json.member("title", title_of(suggestion, coverage, wording));
      json.key(suggestion.example.kind == Example::Kind::check ? "check" : "quote");
      write_node(json, suggestion.example.request);
      json.key("expect");
      write_node(json, suggestion.example.expect);
    });
  });
}

}  // namespace

void write_coverage(JsonWriter& json, const Coverage& coverage, const Wording& wording) {
  json.object([&] {
    json.member("file", wording.schedule.file);
    json.member("items", static_cast<std::int64_t>(coverage.items.size()));
    json.member("covered", static_cast<std::int64_t>(coverage.covered()));
    json.array("list", coverage.items,
               [&](const CoverItem& item) { write_item(json, item, wording); });
  });
}

void write_suggestions(JsonWriter& json, const Suggestions& suggestions, const Coverage& coverage,
                       const Wording& wording) {
  json.object([&] {
    json.member("file", wording.schedule.file);
    json.array("examples", suggestions.examples,
               [&](const Suggestion& one) { write_example(json, one, coverage, wording); });
    json.objects("not_found", suggestions.not_found, [&](std::size_t i) {
      json.member("name", coverage.items[i].name);
      json.member("reason", not_found_words(coverage.items[i]));
    });
  });
}

}  // namespace levy
