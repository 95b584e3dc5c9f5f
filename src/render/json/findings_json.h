// What validate found, for programs (levy-validate(1)):
//
//   {"findings": [{"code", "severity", "file", "line", "column", "pointer", "message", "fix",
//                  "figures": {name: text}, "related": [places], "reproduce": command,
//                  "accepted": reason}],
//    "undecided": [sentences], "errors", "warnings", "accepted", "undecided_count"}
//
// The counts leave out what is accepted, which has a count of its own.
#pragma once

#include <string>
#include <vector>

#include "formats/json_writer.h"
#include "render/words/finding_words.h"
#include "validation/finding.h"

namespace levy::render::json {

void write_finding(formats::JsonWriter& json, const validation::Finding& finding);
std::string findings_json(const validation::Report& report);

// What validate found, in the forms that other programs show beside the file: SARIF 2.1.0 (OASIS),
// GitHub's workflow commands, JUnit's XML.

// Accepted findings are results with a suppression "inSource" and its justification.
std::string findings_sarif(const validation::Report& report, const std::string& levy_version);

// What is undecided is a result of kind "open" in SARIF, a notice in GitHub's commands, and a case
// of JUnit that is skipped, or fails where that is asked.
//
// One line a finding, "::warning file=fee.json,line=5,col=3,endColumn=20,title=cliff::message"; of
// accepted ones none.
std::string findings_github(const validation::Report& report);

// A suite per file with a case per finding: those from `from` on are failures, accepted ones
// are skipped, other warnings pass with the message as output. A file without findings is one case
// that passes.
std::string findings_junit(const validation::Report& report, const std::vector<std::string>& files,
                           words::FailOn from);

}  // namespace levy::render::json
