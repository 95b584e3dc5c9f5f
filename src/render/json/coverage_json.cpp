#include "render/json/coverage_json.h"

#include "formats/json_writer.h"
#include "render/pages/coverage_page.h"

namespace levy::render::json {
namespace {

void write_position(formats::JsonWriter& json, const Place& place) {
  json.member("line", static_cast<std::int64_t>(place.line()));
  json.member("column", static_cast<std::int64_t>(place.column()));
}

void write_item(formats::JsonWriter& json, const examples::CoverItem& item,
                const words::Wording& wording) {
  bool covered = item.by != nullptr;
  json.object([&] {
    json.member("name", item.name);
    json.member("covered", covered);
    json.member("description", covered ? pages::covered_words(item, wording)
                                       : pages::uncovered_words(item, wording));
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

void write_example(formats::JsonWriter& json, const examples::Suggestion& suggestion,
                   const examples::Coverage& coverage, const words::Wording& wording) {
  json.object([&] {
    json.array("exercises", suggestion.exercises,
               [&](std::size_t i) { json.string(coverage.items[i].name); });
    json.object("example", [&] {
      json.member("title", pages::title_of(suggestion, coverage, wording));
      json.key(suggestion.example.kind == schedule::Example::Kind::check ? "check" : "quote");
      formats::write_node(json, suggestion.example.request);
      json.key("expect");
      formats::write_node(json, suggestion.example.expect);
    });
  });
}

}  // namespace

void write_coverage(formats::JsonWriter& json, const examples::Coverage& coverage,
                    const words::Wording& wording) {
  json.object([&] {
    json.member("file", wording.schedule.file);
    json.member("items", static_cast<std::int64_t>(coverage.items.size()));
    json.member("covered", static_cast<std::int64_t>(coverage.covered()));
    json.array("list", coverage.items,
               [&](const examples::CoverItem& item) { write_item(json, item, wording); });
  });
}

void write_suggestions(formats::JsonWriter& json, const examples::Suggestions& suggestions,
                       const examples::Coverage& coverage, const words::Wording& wording) {
  json.object([&] {
    json.member("file", wording.schedule.file);
    json.array("examples", suggestions.examples, [&](const examples::Suggestion& one) {
      write_example(json, one, coverage, wording);
    });
    json.objects("not_found", suggestions.not_found, [&](std::size_t i) {
      json.member("name", coverage.items[i].name);
      json.member("reason", pages::not_found_words(coverage.items[i]));
    });
  });
}

}  // namespace levy::render::json
