#include "render/diagnostic_json.h"

#include <span>

#include "base/ensure.h"

namespace levy {
namespace {

void write_place(JsonWriter& json, const Place& place) {
  auto write_count = [&](std::string_view name, std::size_t count) {
    if (count == 0) return;
    json.key(name);
    json.integer(static_cast<std::int64_t>(count));
  };
  if (!place.file().empty()) json.member("file", place.file());
  write_count("line", place.line());
  write_count("column", place.column());
  if (std::string pointer = place.pointer(); !pointer.empty()) json.member("pointer", pointer);
}

void write_missing(JsonWriter& json, const std::vector<Missing>& missing) {
  if (missing.empty()) return;
  json.key("missing");
  json.begin_array();
  for (const Missing& item : missing) {
    json.begin_object();
    json.member("name", item.name);
    json.key("domain");
    json.begin_array();
    for (const std::string& value : item.domain) json.string(value);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_neighbour(JsonWriter& json, std::string_view name, const Neighbour& neighbour) {
  json.key(name);
  if (neighbour.target.empty()) return json.null();
  json.begin_object();
  json.member("target", neighbour.target);
  json.member("amount", neighbour.amount);
  json.end_object();
}

void write_members(JsonWriter& json, const Diagnostic& diagnostic) {
  json.member("code", to_string(diagnostic.code));
  json.member("message", diagnostic.message);
  if (!diagnostic.remedy.empty()) json.member("remedy", diagnostic.remedy);
  write_place(json, diagnostic.place);
  write_missing(json, diagnostic.missing);
  if (diagnostic.code != Code::unattainable) return;
  write_neighbour(json, "below", diagnostic.below);
  write_neighbour(json, "above", diagnostic.above);
}

void write_findings(JsonWriter& json, const Diagnostics& faults, Code as) {
  json.begin_object();
  json.member("code", to_string(as));
  json.member("message", to_string(faults.front().place) + ": " + faults.front().message);
  json.key("findings");
  json.begin_array();
  for (const Diagnostic& fault : faults) write_diagnostic(json, fault);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_diagnostic(JsonWriter& json, const Diagnostic& diagnostic) {
  json.begin_object();
  write_members(json, diagnostic);
  json.end_object();
}

void write_diagnostics(JsonWriter& json, const Diagnostics& diagnostics) {
  ensure(!diagnostics.empty(), "a failure says why");
  json.begin_object();
  write_members(json, diagnostics.front());
  if (diagnostics.size() > 1) {
    json.key("others");
    json.begin_array();
    for (const Diagnostic& other : std::span(diagnostics).subspan(1)) write_diagnostic(json, other);
    json.end_array();
  }
  json.end_object();
}

void write_error(JsonWriter& json, const Diagnostics& diagnostics, std::optional<Code> as) {
  json.key("error");
  as ? write_findings(json, diagnostics, *as) : write_diagnostics(json, diagnostics);
}

}  // namespace levy
