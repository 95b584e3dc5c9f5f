// levy test: runs the examples that schedules carry.
#include <filesystem>

#include "analysis/examples.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/judged_quote_json.h"

namespace levy {
namespace {

struct Tally {
  int passed = 0, failed = 0;
  std::string text;                                      // for people: failures, and a line a file
  JsonWriter json;                                       // the "examples" array
  std::vector<std::pair<std::string, Loaded>> unusable;  // the files that are
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

// Where the file cannot be used the others still run; people are told at once.
int test_file(Tally& tally, const std::string& file, const TestCommand& command, Instant now) {
  Loaded loaded = command.common.json ? read_named_tariff(file, command.common)
                                      : load_named_tariff(file, command.common);
  if (!loaded.tariff) {
    int status = loaded.status;
    tally.unusable.emplace_back(file, std::move(loaded));
    return status;
  }
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

// {"examples", "errors", "passed", "failed"}: without "errors" where every file could be used.
int answer_as_json(Tally& tally, int status) {
  JsonWriter& json = tally.json;
  json.end_array();
  if (!tally.unusable.empty()) {
    json.key("errors");
    json.begin_array();
    for (const auto& [file, loaded] : tally.unusable) {
      json.begin_object();
      json.member("file", file);
      write_refusal(json, loaded.faults, loaded.as);
      json.end_object();
    }
    json.end_array();
  }
  json.key("passed");
  json.integer(tally.passed);
  json.key("failed");
  json.integer(tally.failed);
  json.end_object();
  return print(json.text() + "\n", status);
}

}  // namespace

Syntax syntax_of(TestCommand& command) {
  Syntax syntax{"test", "Run the examples that schedules carry", {}};
  syntax.options.push_back({"FILE", &command.files, "Schedules", true});
  add_common(syntax, command.common);
  return syntax;
}

int run(const TestCommand& command) {
  const Common& common = command.common;
  Checked<Instant> asked = time_asked(common, TimeZone());
  if (!asked) return refuse(asked.faults(), common);
  Tally tally;
  tally.json.begin_object();
  tally.json.key("examples");
  tally.json.begin_array();
  int worst = status_done;
  for (const std::string& file : command.files) {
    worst = std::max(worst, test_file(tally, file, command, *asked));
  }
  if (common.json && command.files.size() == 1 && !tally.unusable.empty()) {
    const Loaded& only = tally.unusable.front().second;
    return refuse(only.faults, common, only.as);
  }
  int status = worst != status_done ? worst : tally.failed > 0 ? status_no : status_done;
  if (common.json) return answer_as_json(tally, status);
  return print(tally.text + std::to_string(tally.passed) + " passed, " +
                   std::to_string(tally.failed) + " failed\n",
               status);
}

}  // namespace levy
