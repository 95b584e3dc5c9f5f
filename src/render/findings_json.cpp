#include "render/findings_json.h"

#include "render/finding_words.h"

namespace levy {
namespace {

void write_count(JsonWriter& json, std::string_view name, std::size_t count) {
  json.member(name, static_cast<std::int64_t>(count));
}

void write_finding_place(JsonWriter& json, const Place& place) {
  json.member("file", place.file());
  if (place.line() > 0) write_count(json, "line", place.line());
  if (place.column() > 0) write_count(json, "column", place.column());
  json.member("pointer", place.pointer());
}

}  // namespace

void write_finding(JsonWriter& json, const Finding& finding) {
  json.object([&] {
    json.member("code", to_string(finding.what.code));
    json.member("severity", severity_word(finding));
    write_finding_place(json, finding.what.place);
    json.member("message", finding.what.message);
    json.member("fix", finding.what.remedy);
    json.object("figures", [&] {
      for (const auto& [name, value] : finding.figures) json.member(name, value);
    });
    json.objects("related", finding.what.related,
                 [&](const Place& place) { write_finding_place(json, place); });
    std::string command = reproduce_line(finding);
    if (!command.empty()) json.member("reproduce", command);
    if (finding.accepted) json.member("accepted", *finding.accepted);
  });
}

std::string findings_json(const Report& report) {
  JsonWriter json;
  json.object([&] {
    json.array("findings", report.findings,
               [&](const Finding& finding) { write_finding(json, finding); });
    json.array("undecided", report.undecided,
               [&](const Undecided& one) { json.string(to_words(one)); });
    FindingCounts counts = count(report);
    write_count(json, "errors", counts.errors);
    write_count(json, "warnings", counts.warnings);
    write_count(json, "accepted", counts.accepted);
    write_count(json, "undecided_count", counts.undecided);
  });
  return json.text() + "\n";
}

}  // namespace levy
