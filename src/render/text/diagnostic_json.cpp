#include "render/text/diagnostic_json.h"

#include <span>

#include "base/ensure.h"

namespace levy::render::text {
namespace {

void write_place(formats::JsonWriter& json, const Place& place) {
  auto write_count = [&](std::string_view name, std::size_t count) {
    if (count == 0) return;
    json.member(name, static_cast<std::int64_t>(count));
  };
  if (!place.file().empty()) json.member("file", place.file());
  write_count("line", place.line());
  write_count("column", place.column());
  if (std::string pointer = place.pointer(); !pointer.empty()) json.member("pointer", pointer);
}

void write_missing(formats::JsonWriter& json, const std::vector<Missing>& missing) {
  if (missing.empty()) return;
  json.objects("missing", missing, [&](const Missing& item) {
    json.member("name", item.name);
    json.array("domain", item.domain, [&](const std::string& value) { json.string(value); });
  });
}

void write_neighbour(formats::JsonWriter& json, std::string_view name, const Neighbour& neighbour) {
  json.key(name);
  if (neighbour.target.empty()) return json.null();
  json.object([&] {
    json.member("target", neighbour.target);
    json.member("amount", neighbour.amount);
  });
}

void write_members(formats::JsonWriter& json, const Diagnostic& diagnostic) {
  json.member("code", to_string(diagnostic.code));
  json.member("message", diagnostic.message);
  if (!diagnostic.remedy.empty()) json.member("remedy", diagnostic.remedy);
  write_place(json, diagnostic.place);
  write_missing(json, diagnostic.missing);
  if (diagnostic.code != Code::unattainable) return;
  write_neighbour(json, "below", diagnostic.below);
  write_neighbour(json, "above", diagnostic.above);
}

void write_findings(formats::JsonWriter& json, const Diagnostics& faults, Code as) {
  json.object([&] {
    json.member("code", to_string(as));
    json.member("message", to_string(faults.front().place) + ": " + faults.front().message);
    json.array("findings", faults, [&](const Diagnostic& fault) { write_diagnostic(json, fault); });
  });
}

}  // namespace

void write_diagnostic(formats::JsonWriter& json, const Diagnostic& diagnostic) {
  json.object([&] { write_members(json, diagnostic); });
}

void write_diagnostics(formats::JsonWriter& json, const Diagnostics& diagnostics) {
  ensure(!diagnostics.empty(), "a failure says why");
  json.object([&] {
    write_members(json, diagnostics.front());
    if (diagnostics.size() > 1) {
      json.array("others", std::span(diagnostics).subspan(1),
                 [&](const Diagnostic& other) { write_diagnostic(json, other); });
    }
  });
}

void write_error(formats::JsonWriter& json, const Diagnostics& diagnostics,
                 std::optional<Code> as) {
  json.key("error");
  as ? write_findings(json, diagnostics, *as) : write_diagnostics(json, diagnostics);
}

}  // namespace levy::render::text
