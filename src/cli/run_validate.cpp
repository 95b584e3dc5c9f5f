// levy validate: is the tariff itself sound?
#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "cli/syntax.h"
#include "render/json/findings_json.h"
#include "render/pages/findings_page.h"
#include "render/text/unified_diff.h"
#include "render/words/finding_words.h"
#include "schedule/decode/repair.h"
#include "validation/validate.h"

namespace levy::cli {
namespace {

Checked<std::set<Code>> read_codes(const std::vector<std::string>& words) {
  std::set<Code> codes;
  for (const std::string& word : words) {
    std::optional<Code> code = find_code(word);
    if (!code) {
      std::vector<std::string> known;
      for (Code one : all_codes()) known.emplace_back(to_string(one));
      return usage("there is no finding " + in_quotes(word) + did_you_mean(word, known),
                   "the codes stand in brackets behind each finding; see levy-validate(1)");
    }
    codes.insert(*code);
  }
  return codes;
}

struct ValidatedFiles {
  std::vector<Source> sources;
  std::vector<std::string> names;  // each once
  int status = 0;
};

ValidatedFiles read_validated(const ValidateCommand& command) {
  ValidatedFiles files;
  for (const std::string& name : command.files) {
    Checked<std::vector<Source>> sources = read_schedules(name, command.common);
    if (!sources) {
      files.status = report_error(sources.faults(), command.common);
      return files;
    }
    for (Source& source : *sources) {
      const std::string& file = source.file();
      if (std::find(files.names.begin(), files.names.end(), file) != files.names.end()) continue;
      files.names.push_back(file);
      files.sources.push_back(std::move(source));
    }
  }
  return files;
}

// ---- --fix -------------------------------------------------------------------------------------

// What can be repaired, as a diff; the sources then hold the repaired texts.
struct Repairs {
  std::string diff;
  Diagnostics faults;  // why a file could not be written
};

Repairs repair(std::vector<Source>& sources, bool write) {
  Repairs repairs;
  for (Source& source : sources) {
    std::string text = schedule::decode::repair_schedule(source);
    if (text == source.text()) continue;
    repairs.diff += render::text::unified_diff(source.file(), source.text(), text);
    if (write) {
      Outputs outputs;
      outputs.rewrite(source.file()).write(text);
      if (!outputs.finish()) repairs.faults.push_back(*outputs.fault());
    }
    source = Source(source.file(), std::move(text));
  }
  return repairs;
}

std::optional<Diagnostic> misuse_of_fix(const ValidateCommand& command) {
  if (command.write && !command.fix)
    return usage("--write says to write what --fix repairs", "give --fix with it");
  if (command.fix && command.format != "text")
    return usage("--fix answers with a diff and the findings that stay, as text",
                 "leave out --format and --json");
  bool has_input =
      std::find(command.files.begin(), command.files.end(), "-") != command.files.end();
  if (command.write && has_input)
    return usage("--write cannot write into standard input", "leave --write out");
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------

std::string render(const validation::Report& report, const ValidateCommand& command,
                   const std::vector<std::string>& files, render::words::FailOn from) {
  if (command.format == "json") return render::json::findings_json(report);
  if (command.format == "sarif") return render::json::findings_sarif(report, LEVY_VERSION);
  if (command.format == "github") return render::json::findings_github(report);
  if (command.format == "junit") return render::json::findings_junit(report, files, from);
  return render::pages::findings_text(report, diagnostic_form(command.common, STDOUT_FILENO),
                                      files.size());
}

int run_in_format(const ValidateCommand& command) {
  Checked<std::set<Code>> selected = read_codes(command.select);
  if (!selected) return report_error(selected.faults(), command.common);
  Checked<std::set<Code>> ignored = read_codes(command.ignore);
  if (!ignored) return report_error(ignored.faults(), command.common);
  ValidatedFiles files = read_validated(command);
  if (files.status != status_done) return files.status;
  Repairs repairs;
  if (command.fix) repairs = repair(files.sources, command.write);
  if (!repairs.faults.empty()) return report_error(repairs.faults, command.common);
  validation::Report report = validation::validate_files(std::move(files.sources));
  bool unread = std::any_of(
      report.findings.begin(), report.findings.end(),
      [](const validation::Finding& finding) { return finding.what.code == Code::unreadable; });
  std::erase_if(report.findings, [&](const validation::Finding& finding) {
    bool wanted = selected->empty() || selected->contains(finding.what.code);
    return !wanted || ignored->contains(finding.what.code);
  });
  render::words::FailOn from = command.fail_on == "undecided" ? render::words::FailOn::undecided
                               : command.fail_on == "warning" ? render::words::FailOn::warning
                                                              : render::words::FailOn::error;
  bool fail = render::words::fails(render::words::count(report), from);
  bool is_pending = !repairs.diff.empty() && !command.write;
  int status = unread ? status_io : fail || is_pending ? status_no : status_done;
  if (!repairs.diff.empty() && print(repairs.diff + "\n") == status_io) return status_io;
  bool says_nothing = command.quiet && status == status_done && command.format == "text";
  if (says_nothing) return status;
  std::string text = render(report, command, files.names, from);
  if (is_pending) text += "not written yet: give --write with --fix\n";
  return command.format == "text" ? print_for_people(text, status) : print(text, status);
}

}  // namespace

Syntax syntax_of(ValidateCommand& command) {
  Syntax syntax{
      "validate", translatable("Is the tariff itself sound: cliffs, gaps, broken promises"), {}};
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"FILE", &command.files, translatable("Schedules, or directories of them"), true});
  options.push_back({.name = "--format",
                     .into = &command.format,
                     .help = translatable("text, json, sarif, github or junit"),
                     .values = {"text", "json", "sarif", "github", "junit"}});
  options.push_back(
      {.name = "--fail-on",
       .into = &command.fail_on,
       .help = translatable("error, warning or undecided: from what on the exit status is 1"),
       .values = {"error", "warning", "undecided"}});
  options.push_back(
      {"--select", &command.select, translatable("Only findings of this code; repeatable")});
  options.push_back(
      {"--ignore", &command.ignore, translatable("No findings of this code; repeatable")});
  options.push_back({"-q,--quiet", &command.quiet, translatable("Nothing where nothing fails")});
  options.push_back(
      {"--fix", &command.fix, translatable("Show as a diff what can be repaired for certain")});
  options.push_back(
      {"--write", &command.write, translatable("With --fix: write the repaired files")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy validate schedules/",
       translatable("cliffs, gaps, broken promises, in every schedule there")},
      {"levy validate fee.json --fail-on warning", translatable("status 1 for warnings, too")}};
  return syntax;
}

int run(const ValidateCommand& command) {
  ValidateCommand asked = command;
  if (asked.common.json && asked.format == "text") asked.format = "json";
  if (auto fault = misuse_of_fix(asked)) return report_error({*fault}, command.common);
  bool both = command.common.json && command.format != "text" && command.format != "json";
  if (both) {
    return report_error(
        {usage("--json and --format " + command.format + " ask for two forms", "give one of them")},
        command.common);
  }
  if (asked.common.json) asked.format = "json";
  asked.common.json = asked.format == "json";  // a refusal then is JSON, too
  return run_in_format(asked);
}

}  // namespace levy::cli
