#include "render/findings_ci.h"

#include <algorithm>

#include "formats/json_writer.h"
#include "render/finding_words.h"
#include "render/text_width.h"

namespace levy {
namespace {

// ---- SARIF -------------------------------------------------------------------------------------

// As a relative reference of RFC 3986, byte by byte.
std::string uri_of(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri;
  for (char c : path) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("-._~/").find(c) != std::string_view::npos;
    auto byte = static_cast<unsigned char>(c);
    uri += plain ? std::string(1, c) : std::string{'%', digits[byte / 16], digits[byte % 16]};
  }
  return uri;
}

void write_text(JsonWriter& json, std::string_view name, const std::string& text) {
  json.key(name);
  json.begin_object();
  json.member("text", text);
  json.end_object();
}

void write_count(JsonWriter& json, std::string_view name, std::size_t count) {
  json.key(name);
  json.integer(static_cast<std::int64_t>(count));
}

void write_location(JsonWriter& json, const Place& place) {
  json.key("physicalLocation");
  json.begin_object();
  json.key("artifactLocation");
  json.begin_object();
  json.member("uri", uri_of(place.file));
  json.end_object();
  if (place.line > 0) {
    json.key("region");
    json.begin_object();
    write_count(json, "startLine", place.line);
    if (place.column > 0) {
      write_count(json, "startColumn", place.column);
      write_count(json, "endColumn", place.column + std::max<std::size_t>(place.width, 1));
    }
    json.end_object();
  }
  json.end_object();
}

void write_related(JsonWriter& json, const std::vector<Place>& places) {
  if (places.empty()) return;
  json.key("relatedLocations");
  json.begin_array();
  for (const Place& place : places) {
    json.begin_object();
    write_location(json, place);
    write_text(json, "message", "see also");
    json.end_object();
  }
  json.end_array();
}

void write_result(JsonWriter& json, const Finding& finding, std::size_t rule) {
  json.begin_object();
  json.member("ruleId", to_string(finding.what.code));
  write_count(json, "ruleIndex", rule);
  json.member("level", severity_word(finding));
  write_text(json, "message", finding.what.message + ". Remedy: " + finding.what.remedy);
  json.key("locations");
  json.begin_array();
  json.begin_object();
  write_location(json, finding.what.place);
  json.end_object();
  json.end_array();
  write_related(json, finding.what.related);
  if (finding.accepted) {
    json.key("suppressions");
    json.begin_array();
    json.begin_object();
    json.member("kind", "inSource");
    json.member("justification", *finding.accepted);
    json.end_object();
    json.end_array();
  }
  json.key("properties");
  json.begin_object();
  for (const auto& [name, value] : finding.figures) json.member(name, value);
  std::string command = reproduce_line(finding);
  if (!command.empty()) json.member("reproduce", command);
  json.end_object();
  json.end_object();
}

std::vector<Code> rules_of(const Report& report) {
  std::vector<Code> rules;
  for (const Finding& finding : report.findings) {
    if (std::find(rules.begin(), rules.end(), finding.what.code) == rules.end())
      rules.push_back(finding.what.code);
  }
  return rules;
}

void write_tool(JsonWriter& json, const std::vector<Code>& rules, const std::string& version) {
  json.key("tool");
  json.begin_object();
  json.key("driver");
  json.begin_object();
  json.member("name", "levy");
  json.member("version", version);
  json.key("rules");
  json.begin_array();
  for (Code code : rules) {
    json.begin_object();
    json.member("id", to_string(code));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_object();
}

// ---- GitHub ------------------------------------------------------------------------------------

std::string replaced(const std::string& text,
                     const std::vector<std::pair<char, std::string>>& replacements) {
  std::string result;
  for (char c : text) {
    auto found = std::find_if(replacements.begin(), replacements.end(),
                              [c](const auto& one) { return one.first == c; });
    result += found == replacements.end() ? std::string(1, c) : found->second;
  }
  return result;
}

// People read it in a log: what a terminal would obey is spelt out first.
std::string github_data(const std::string& text) {
  return replaced(printable(text), {{'%', "%25"}});
}

std::string github_property(const std::string& text) {
  return replaced(printable(text), {{'%', "%25"}, {':', "%3A"}, {',', "%2C"}});
}

// ---- JUnit -------------------------------------------------------------------------------------

// XML 1.0 has no place for most control characters.
std::string xml(const std::string& text) {
  std::string clean;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    clean += byte < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
  }
  return replaced(clean,
                  {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "&#10;"}});
}

bool is_failure(const Finding& finding, Severity fails) {
  return !finding.accepted &&
         (fails == Severity::warning || finding.what.severity == Severity::error);
}

std::string junit_case(const Finding& finding, Severity fails) {
  std::string code(to_string(finding.what.code));
  std::string details = to_string(finding.what.place) + ": " + finding.what.message + "\n" +
                        finding.what.remedy + "\n" + reproduce_line(finding);
  std::string text = "    <testcase classname=\"" + xml(finding.what.place.file) + "\" name=\"" +
                     xml(code + " " + finding.what.place.pointer) + "\">\n";
  if (finding.accepted) {
    text += "      <skipped message=\"" + xml("accepted: " + *finding.accepted) + "\"/>\n";
  } else if (is_failure(finding, fails)) {
    text += "      <failure type=\"" + code + "\" message=\"" + xml(finding.what.message) + "\">" +
            xml(details) + "</failure>\n";
  } else {
    text += "      <system-out>" + xml(details) + "</system-out>\n";
  }
  return text + "    </testcase>\n";
}

}  // namespace

std::string findings_sarif(const Report& report, const std::string& levy_version) {
  std::vector<Code> rules = rules_of(report);
  JsonWriter json;
  json.begin_object();
  json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.member("version", "2.1.0");
  json.key("runs");
  json.begin_array();
  json.begin_object();
  write_tool(json, rules, levy_version);
  json.member("columnKind", "unicodeCodePoints");
  json.key("results");
  json.begin_array();
  for (const Finding& finding : report.findings) {
    auto rule = std::find(rules.begin(), rules.end(), finding.what.code);
    write_result(json, finding, static_cast<std::size_t>(rule - rules.begin()));
  }
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  return json.text() + "\n";
}

std::string findings_github(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    if (finding.accepted) continue;
    const Place& place = finding.what.place;
    text += "::" + std::string(severity_word(finding)) + " file=" + github_property(place.file);
    if (place.line > 0) {
      text += ",line=" + std::to_string(place.line) + ",col=" + std::to_string(place.column) +
              ",endColumn=" + std::to_string(place.column + std::max<std::size_t>(place.width, 1));
    }
    text += ",title=" + std::string(to_string(finding.what.code)) +
            "::" + github_data(finding.what.message) + "%0A" + github_data(finding.what.remedy) +
            "\n";
  }
  return text;
}

std::string findings_junit(const Report& report, const std::vector<std::string>& files,
                           Severity fails) {
  std::string suites;
  std::size_t tests = 0, failures = 0;
  for (const std::string& file : files) {
    std::string cases;
    std::size_t own = 0, failed = 0, skipped = 0;
    for (const Finding& finding : report.findings) {
      if (finding.what.place.file != file) continue;
      cases += junit_case(finding, fails);
      ++own;
      failed += is_failure(finding, fails) ? 1 : 0;
      skipped += finding.accepted ? 1 : 0;
    }
    if (own == 0) {
      cases = "    <testcase classname=\"" + xml(file) + "\" name=\"sound\"/>\n";
      own = 1;
    }
    suites += "  <testsuite name=\"" + xml(file) + "\" tests=\"" + std::to_string(own) +
              "\" failures=\"" + std::to_string(failed) + "\" errors=\"0\" skipped=\"" +
              std::to_string(skipped) + "\">\n" + cases + "  </testsuite>\n";
    tests += own;
    failures += failed;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"levy validate\" tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\">\n" + suites +
         "</testsuites>\n";
}

}  // namespace levy
