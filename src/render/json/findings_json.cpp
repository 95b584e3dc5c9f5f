#include "render/json/findings_json.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "formats/json_writer.h"
#include "render/text/page.h"
#include "render/text/text_width.h"
#include "render/words/explain.h"
#include "render/words/finding_words.h"

namespace levy::render::json {
namespace {

void write_count(formats::JsonWriter& json, std::string_view name, std::size_t count) {
  json.member(name, static_cast<std::int64_t>(count));
}

void write_finding_place(formats::JsonWriter& json, const Place& place) {
  json.member("file", place.file());
  if (place.line() > 0) write_count(json, "line", place.line());
  if (place.column() > 0) write_count(json, "column", place.column());
  json.member("pointer", place.pointer());
}

}  // namespace

void write_finding(formats::JsonWriter& json, const validation::Finding& finding) {
  json.object([&] {
    json.member("code", to_string(finding.what.code));
    json.member("severity", words::severity_word(finding));
    write_finding_place(json, finding.what.place);
    json.member("message", finding.what.message);
    json.member("fix", finding.what.remedy);
    json.object("figures", [&] {
      for (const auto& [name, value] : finding.figures) json.member(name, value);
    });
    json.objects("related", finding.what.related,
                 [&](const Place& place) { write_finding_place(json, place); });
    std::string command = words::reproduce_line(finding);
    if (!command.empty()) json.member("reproduce", command);
    if (finding.accepted) json.member("accepted", *finding.accepted);
  });
}

std::string findings_json(const validation::Report& report) {
  formats::JsonWriter json;
  json.object([&] {
    json.array("findings", report.findings,
               [&](const validation::Finding& finding) { write_finding(json, finding); });
    json.array("undecided", report.undecided,
               [&](const validation::Undecided& one) { json.string(validation::to_words(one)); });
    words::FindingCounts counts = words::count(report);
    write_count(json, "errors", counts.errors);
    write_count(json, "warnings", counts.warnings);
    write_count(json, "accepted", counts.accepted);
    write_count(json, "undecided_count", counts.undecided);
  });
  return json.text() + "\n";
}

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

void write_message(formats::JsonWriter& json, std::string_view name, const std::string& text) {
  json.object(name, [&] { json.member("text", text); });
}

void write_location(formats::JsonWriter& json, const Place& place) {
  json.object("physicalLocation", [&] {
    json.object("artifactLocation", [&] { json.member("uri", uri_of(place.file())); });
    if (place.line() > 0) {
      json.object("region", [&] {
        json.count("startLine", place.line());
        if (place.column() > 0) {
          json.count("startColumn", place.column());
          json.count("endColumn", place.column() + place.width());
        }
      });
    }
  });
}

void write_related(formats::JsonWriter& json, const std::vector<Place>& places) {
  if (places.empty()) return;
  json.objects("relatedLocations", places, [&](const Place& place) {
    write_location(json, place);
    write_message(json, "message", "see also");
  });
}

// FNV-1a (Fowler, Noll, Vo), 64 bits.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

// Tells a finding again after lines above it were added or removed: its code, and the text of its
// line without blanks around it.
std::string fingerprint_of(const validation::Finding& finding) {
  constexpr std::string_view digits = "0123456789abcdef", blanks = " \t\r";
  std::string shown = finding.what.place.excerpt().text;
  std::string_view line = shown;
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  line = line.substr(0, line.find_last_not_of(blanks) + 1);
  std::uint64_t hash =
      hash_of(std::string(to_string(finding.what.code)) + "\n" + std::string(line));
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash >> shift) & 0xF];
  return text;
}

// Each finding's own; of several that are alike in one file, ":2" is the second.
std::vector<std::string> fingerprints_of(const validation::Report& report) {
  std::map<std::string, int> seen;
  std::vector<std::string> fingerprints;
  for (const validation::Finding& finding : report.findings) {
    std::string fingerprint = fingerprint_of(finding);
    int count = ++seen[finding.what.place.file() + "\n" + fingerprint];
    fingerprints.push_back(fingerprint + ":" + std::to_string(count));
  }
  return fingerprints;
}

void write_result(formats::JsonWriter& json, const validation::Finding& finding, std::size_t rule,
                  const std::string& fingerprint) {
  json.object([&] {
    json.member("ruleId", to_string(finding.what.code));
    json.count("ruleIndex", rule);
    json.member("level", words::severity_word(finding));
    write_message(json, "message", finding.what.message + ". Remedy: " + finding.what.remedy);
    json.array("locations",
               [&] { json.object([&] { write_location(json, finding.what.place); }); });
    write_related(json, finding.what.related);
    json.object("partialFingerprints", [&] { json.member("levyFinding/v1", fingerprint); });
    if (finding.accepted) {
      json.array("suppressions", [&] {
        json.object([&] {
          json.member("kind", "inSource");
          json.member("justification", *finding.accepted);
        });
      });
    }
    json.object("properties", [&] {
      for (const auto& [name, value] : finding.figures) json.member(name, value);
      std::string command = words::reproduce_line(finding);
      if (!command.empty()) json.member("reproduce", command);
    });
  });
}

void write_open(formats::JsonWriter& json, const validation::Undecided& one) {
  json.object([&] {
    json.member("ruleId", "undecided");
    json.member("kind", "open");
    json.member("level", "none");
    write_message(json, "message", validation::to_words(one));
    json.array("locations",
               [&] { json.object([&] { write_location(json, Place::of_file(one.file)); }); });
  });
}

// A code, and how grave its first finding is.
struct Rule {
  Code code;
  std::string_view level;
};

std::vector<Rule> rules_of(const validation::Report& report) {
  std::vector<Rule> rules;
  for (const validation::Finding& finding : report.findings) {
    bool is_known = std::any_of(rules.begin(), rules.end(),
                                [&](const Rule& rule) { return rule.code == finding.what.code; });
    if (!is_known) rules.push_back({finding.what.code, words::severity_word(finding)});
  }
  return rules;
}

void write_rule(formats::JsonWriter& json, const Rule& rule) {
  words::Explanation explanation = words::explanation_of(rule.code);
  json.object([&] {
    json.member("id", to_string(rule.code));
    write_message(json, "shortDescription", explanation.first_sentence());
    write_message(json, "fullDescription", explanation.cause);
    json.object("help", [&] {
      json.member("text", text::page_text(words::explanation_page(explanation), {100, false}));
      json.member("markdown", words::explanation_markdown(explanation));
    });
    json.object("defaultConfiguration", [&] { json.member("level", rule.level); });
  });
}

void write_tool(formats::JsonWriter& json, const std::vector<Rule>& rules,
                const std::string& version) {
  json.object("tool", [&] {
    json.object("driver", [&] {
      json.member("name", "levy");
      json.member("version", version);
      json.member("semanticVersion", version);
      json.array("rules", rules, [&](const Rule& rule) { write_rule(json, rule); });
    });
  });
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
  return replaced(text::printable(text), {{'%', "%25"}});
}

std::string github_property(const std::string& text) {
  return replaced(text::printable(text), {{'%', "%25"}, {':', "%3A"}, {',', "%2C"}});
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

bool is_failure(const validation::Finding& finding, words::FailOn from) {
  return !finding.accepted &&
         (from != words::FailOn::error || finding.what.severity == Severity::error);
}

std::string junit_case(const validation::Undecided& one, words::FailOn from) {
  std::string text = xml(validation::to_words(one));
  std::string told = from == words::FailOn::undecided
                         ? "<failure type=\"undecided\" message=\"" + text + "\"/>"
                         : "<skipped message=\"undecided: " + text + "\"/>";
  return "    <testcase classname=\"" + xml(one.file) + "\" name=\"" +
         xml("undecided " + one.where + ": " + one.what) + "\">\n      " + told +
         "\n    </testcase>\n";
}

std::string junit_case(const validation::Finding& finding, words::FailOn from) {
  std::string code(to_string(finding.what.code));
  std::string details = to_string(finding.what.place) + ": " + finding.what.message + "\n" +
                        finding.what.remedy + "\n" + words::reproduce_line(finding);
  std::string text = "    <testcase classname=\"" + xml(finding.what.place.file()) + "\" name=\"" +
                     xml(code + " " + finding.what.place.pointer()) + "\">\n";
  if (finding.accepted) {
    text += "      <skipped message=\"" + xml("accepted: " + *finding.accepted) + "\"/>\n";
  } else if (is_failure(finding, from)) {
    text += "      <failure type=\"" + code + "\" message=\"" + xml(finding.what.message) + "\">" +
            xml(details) + "</failure>\n";
  } else {
    text += "      <system-out>" + xml(details) + "</system-out>\n";
  }
  return text + "    </testcase>\n";
}

}  // namespace

std::string findings_sarif(const validation::Report& report, const std::string& levy_version) {
  std::vector<Rule> rules = rules_of(report);
  std::vector<std::string> fingerprints = fingerprints_of(report);
  formats::JsonWriter json;
  auto write_results = [&] {
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      const validation::Finding& finding = report.findings[i];
      auto rule = std::find_if(rules.begin(), rules.end(),
                               [&](const Rule& one) { return one.code == finding.what.code; });
      write_result(json, finding, static_cast<std::size_t>(rule - rules.begin()), fingerprints[i]);
    }
    for (const validation::Undecided& one : report.undecided) write_open(json, one);
  };
  auto write_run = [&] {
    write_tool(json, rules, levy_version);
    json.member("columnKind", "unicodeCodePoints");
    json.array("results", write_results);
  };
  json.object([&] {
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.member("version", "2.1.0");
    json.array("runs", [&] { json.object(write_run); });
  });
  return json.text() + "\n";
}

std::string findings_github(const validation::Report& report) {
  std::string text;
  for (const validation::Finding& finding : report.findings) {
    if (finding.accepted) continue;
    const Place& place = finding.what.place;
    text += "::" + std::string(words::severity_word(finding)) +
            " file=" + github_property(place.file());
    if (place.line() > 0) {
      text += ",line=" + std::to_string(place.line()) + ",col=" + std::to_string(place.column()) +
              ",endColumn=" + std::to_string(place.column() + place.width());
    }
    text += ",title=" + std::string(to_string(finding.what.code)) +
            "::" + github_data(finding.what.message) + "%0A" + github_data(finding.what.remedy) +
            "\n";
  }
  for (const validation::Undecided& one : report.undecided)
    text += "::notice file=" + github_property(one.file) +
            ",title=undecided::" + github_data(validation::to_words(one)) + "\n";
  return text;
}

std::string findings_junit(const validation::Report& report, const std::vector<std::string>& files,
                           words::FailOn from) {
  std::string suites;
  std::size_t tests = 0, failures = 0;
  for (const std::string& file : files) {
    std::string cases;
    std::size_t own = 0, failed = 0, skipped = 0;
    for (const validation::Finding& finding : report.findings) {
      if (finding.what.place.file() != file) continue;
      cases += junit_case(finding, from);
      ++own;
      failed += is_failure(finding, from) ? 1 : 0;
      skipped += finding.accepted ? 1 : 0;
    }
    for (const validation::Undecided& one : report.undecided) {
      if (one.file != file) continue;
      cases += junit_case(one, from);
      ++own;
      ++(from == words::FailOn::undecided ? failed : skipped);
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

}  // namespace levy::render::json
