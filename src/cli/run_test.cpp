// levy test: runs the examples that schedules carry.
#include <filesystem>

#include "analysis/examples.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/judged_quote_json.h"

namespace levy {
namespace {

struct Tally {
  int passed = 0, failed = 0;
  std::string text;  // for people: failures, and a line a file
  JsonWriter json;   // the "examples" array
};

ExampleTools tools_for(const std::string& schedule_file) {
  std::filesystem::path folder = std::filesystem::path(schedule_file).parent_path();
  return {[folder](const std::string& path) { return read_file((folder / path).string()); },
          judged_quote_json, verdict_answer_json};
}

void add_result(Tally& tally, const ExampleResult& result, const std::string& file,
                const Common& common) {
  bool passed = result.differences.empty();
  ++(passed ? tally.passed : tally.failed);
  std::string title(result.example->title.in(common.language));
  tally.json.begin_object();
  tally.json.member("file", file);
  tally.json.member("title", title);
  tally.json.key("passed");
  tally.json.boolean(passed);
  tally.json.key("differences");
  tally.json.begin_array();
  for (const std::string& difference : result.differences) tally.json.string(difference);
  tally.json.end_array();
  tally.json.end_object();
  if (passed) return;
  tally.text += to_string(result.example->place) + ": failed: " + title + "\n";
  for (const std::string& difference : result.differences) tally.text += "  " + difference + "\n";
}

// False where the file could not be used; the reason is said, and the others still run.
int test_file(Tally& tally, const std::string& file, const TestCommand& command, Instant now) {
  Loaded loaded = load_named_tariff(file, command.common);
  if (!loaded.tariff) return loaded.status;
  int passed = tally.passed, failed = tally.failed;
  for (const Plan& plan : loaded.tariff->versions) {
    Tariff own;
    own.versions.push_back(compile(plan.schedule));
    for (const ExampleResult& result : run_examples(own, tools_for(plan.schedule.file), now)) {
      add_result(tally, result, plan.schedule.file, command.common);
    }
  }
  tally.text += file + ": " + std::to_string(tally.passed - passed) + " passed, " +
                std::to_string(tally.failed - failed) + " failed\n";
  return status_done;
}

}  // namespace

Syntax syntax_of(TestCommand& command) {
  Syntax syntax{"test", "Run the examples that schedules carry", {}};
  syntax.options.push_back({"FILE", &command.files, "Schedules", true});
  add_common(syntax, command.common);
  return syntax;
}

int run(const TestCommand& command) {
  Common common = command.common;
  Instant at = now();
  if (!common.at.empty()) {
    Checked<Instant> given = parse_instant(common.at, TimeZone());
    if (!given) return refuse(given.faults(), common);
    at = *given;
  }
  Tally tally;
  tally.json.begin_object();
  tally.json.key("examples");
  tally.json.begin_array();
  int worst = status_done;
  for (const std::string& file : command.files) {
    worst = std::max(worst, test_file(tally, file, command, at));
    if (common.json && worst != status_done) return worst;  // what was said is the one JSON answer
  }
  int status = worst != status_done ? worst : tally.failed > 0 ? status_no : status_done;
  tally.json.end_array();
  tally.json.key("passed");
  tally.json.integer(tally.passed);
  tally.json.key("failed");
  tally.json.integer(tally.failed);
  tally.json.end_object();
  if (common.json) return print(tally.json.text() + "\n", status);
  return print(tally.text + std::to_string(tally.passed) + " passed, " +
                   std::to_string(tally.failed) + " failed\n",
               status);
}

}  // namespace levy
