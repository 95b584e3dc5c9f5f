// levy test: runs the examples that schedules carry.
#include <algorithm>
#include <filesystem>

#include "batch/rows/run_rows.h"
#include "cli/files.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "examples/suggestion.h"
#include "formats/json_writer.h"
#include "render/json/coverage_json.h"
#include "render/json/quote_json.h"
#include "render/pages/coverage_page.h"
#include "render/text/diagnostic_json.h"

namespace levy::cli {
namespace {

// A schedule alone, and what its examples exercise of it.
struct Tested {
  fees::Tariff own;
  examples::Coverage coverage;
  examples::Suggestions suggestions;
  const schedule::Schedule& schedule() const { return own.versions.front().schedule; }
};

struct Tally {
  int passed = 0, failed = 0;
  render::text::Page page;                               // for people: failures, a line a file
  formats::JsonWriter json;                              // the "examples" array
  std::vector<std::pair<std::string, Loaded>> unusable;  // the files that are
  std::vector<Tested> tested;
};

namespace fs = std::filesystem;

// A file that an example names: only below the schedule's directory, wherever links lead. Who runs
// the examples of another's schedule shows them nothing else.
Checked<Source> read_below(const fs::path& folder, const std::string& path) {
  std::error_code error;
  fs::path inside = fs::canonical(folder.empty() ? "." : folder, error);
  fs::path file = fs::weakly_canonical(inside / path, error);
  bool below =
      !error &&
      std::mismatch(inside.begin(), inside.end(), file.begin(), file.end()).first == inside.end();
  std::string name = (folder / path).string();
  if (below) return read_file(name == "-" ? "./-" : name);
  Diagnostic fault{Code::bad_file,
                   path + " is not below the schedule's directory, and examples read nothing else",
                   "put the file there, or write its content into the example"};
  fault.place = Place::of_file(path);
  return fault;
}

examples::ExampleTools tools_for(const std::string& schedule_file) {
  fs::path folder = fs::path(schedule_file).parent_path();
  return {[folder](const std::string& path) { return read_below(folder, path); },
          render::json::judged_quote_json, render::json::verdict_answer_json,
          batch::rows::run_rows};
}

void add_result(Tally& tally, const examples::ExampleResult& result, const std::string& file,
                const Common& common) {
  bool passed = result.differences.empty();
  ++(passed ? tally.passed : tally.failed);
  std::string title(result.example->title.in(common.language));
  formats::JsonWriter& json = tally.json;
  json.object([&] {
    json.member("file", file);
    json.member("title", title);
    json.member("passed", passed);
    json.array("differences", result.differences,
               [&](const std::string& difference) { json.string(difference); });
  });
  if (passed) return;
  render::text::Lines& lines = render::text::last_lines(tally.page);
  lines.add(to_string(result.example->place) + ": failed: " + title);
  for (const std::string& difference : result.differences) lines.item(difference);
}

// What was asked for about coverage, while the examples run.
Tested test_schedule(Tally& tally, const fees::Plan& plan, const TestCommand& command,
                     Instant now) {
  Tested tested;
  tested.own.versions.push_back(fees::compile(plan.schedule));
  tested.coverage = examples::items_of(tested.own.versions.front());
  examples::ExampleTools tools = tools_for(plan.schedule.file);
  examples::ExampleWitness witness = examples::witness_of(tested.coverage);
  for (const examples::ExampleResult& result :
       examples::run_examples(tested.own, tools, now, &witness)) {
    add_result(tally, result, plan.schedule.file, command.common);
  }
  if (command.suggest)
    tested.suggestions = examples::suggest_examples(tested.own, tested.coverage, tools, now);
  return tested;
}

void add_coverage(render::text::Page& page, const Tested& tested, const TestCommand& command) {
  render::words::Wording wording{tested.schedule(), command.common.language};
  if (command.coverage) render::pages::add_coverage(page, tested.coverage, wording);
  if (command.suggest)
    render::pages::add_suggestions(page, tested.suggestions, tested.coverage, wording);
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
  std::size_t first = tally.tested.size();
  for (const fees::Plan& plan : loaded.tariff->versions) {
    tally.tested.push_back(test_schedule(tally, plan, command, now));
  }
  if (command.quiet && tally.failed == failed && !command.coverage && !command.suggest)
    return status_done;
  render::text::last_lines(tally.page)
      .add(file + ": " + std::to_string(tally.passed - passed) + " passed, " +
           std::to_string(tally.failed - failed) + " failed");
  for (std::size_t i = first; i < tally.tested.size(); ++i)
    add_coverage(tally.page, tally.tested[i], command);
  return status_done;
}

template <class Write>
void add_list(Tally& tally, std::string_view name, const TestCommand& command, Write write) {
  tally.json.array(name, tally.tested, [&](const Tested& tested) {
    write(tested, render::words::Wording{tested.schedule(), command.common.language});
  });
}

void add_coverage(Tally& tally, const TestCommand& command) {
  formats::JsonWriter& json = tally.json;
  if (command.coverage) {
    add_list(tally, "coverage", command,
             [&](const Tested& tested, const render::words::Wording& wording) {
               render::json::write_coverage(json, tested.coverage, wording);
             });
  }
  if (command.suggest) {
    add_list(tally, "suggestions", command,
             [&](const Tested& tested, const render::words::Wording& wording) {
               render::json::write_suggestions(json, tested.suggestions, tested.coverage, wording);
             });
  }
}

// {"examples", "errors", "passed", "failed"}, and what was asked for about coverage: without
// "errors" where every file could be used.
int answer_as_json(Tally& tally, const TestCommand& command, int status) {
  formats::JsonWriter& json = tally.json;
  json.end_array();
  if (!tally.unusable.empty()) {
    json.objects("errors", tally.unusable, [&](const auto& entry) {
      const auto& [file, loaded] = entry;
      json.member("file", file);
      render::text::write_error(json, loaded.faults, loaded.as);
    });
  }
  json.member("passed", tally.passed);
  json.member("failed", tally.failed);
  add_coverage(tally, command);
  json.end_object();
  return print(json.text() + "\n", status);
}

}  // namespace

Syntax syntax_of(TestCommand& command) {
  Syntax syntax{"test", translatable("Run the examples that schedules carry"), {}};
  syntax.options.push_back(
      {"FILE", &command.files, translatable("Schedules, or directories of them"), true});
  syntax.options.push_back({"--coverage", &command.coverage,
                            translatable("Say what of each schedule no example exercises")});
  syntax.options.push_back(
      {"--suggest", &command.suggest, translatable("Print examples for the rest")});
  syntax.options.push_back({"-q,--quiet", &command.quiet, translatable("Only what failed")});
  syntax.options.push_back(markdown_option(command.common));
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy test schedules/", translatable("the examples of every schedule there")},
      {"levy test fee.json --coverage", translatable("also what no example exercises")}};
  return syntax;
}

int run(const TestCommand& command) {
  const Common& common = command.common;
  Checked<Instant> asked = time_asked(common, TimeZone());
  if (!asked) return report_error(asked.faults(), common);
  Tally tally;
  tally.json.begin_object();
  tally.json.key("examples");
  tally.json.begin_array();
  int worst = status_done;
  Checked<std::vector<std::string>> files = expand_directories(command.files);
  if (!files) return report_error(files.faults(), common);
  for (const std::string& file : *files) {
    worst = std::max(worst, test_file(tally, file, command, *asked));
  }
  if (common.json && files->size() == 1 && !tally.unusable.empty()) {
    const Loaded& only = tally.unusable.front().second;
    return report_error(only.faults, common, only.as);
  }
  int status = worst != status_done ? worst : tally.failed > 0 ? status_no : status_done;
  if (common.json) return answer_as_json(tally, command, status);
  if (command.quiet && status == status_done) return status;
  bool failed = tally.failed > 0;
  render::text::last_lines(tally.page)
      .add(std::to_string(tally.passed) + " passed, " + std::to_string(tally.failed) + " failed",
           failed ? render::text::Tone::bad : render::text::Tone::good);
  return print_page(tally.page, common, status);
}

}  // namespace levy::cli
