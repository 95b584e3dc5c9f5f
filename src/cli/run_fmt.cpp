// levy fmt: schedules in one layout.
#include <algorithm>
#include <set>

#include "cli/files.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "cli/syntax.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "render/text/schedule_layout.h"
#include "render/text/unified_diff.h"

namespace levy::cli {
namespace {

// A file before and after.
struct Laid {
  std::string file, before, after;

  bool changes() const { return before != after; }
};

Diagnostic no_schedule(const formats::Document& document) {
  Diagnostic fault{Code::bad_file, "this is not a schedule: it has no key \"levy\"",
                   "name schedules only: fmt lays out no other file"};
  fault.place = document.place(document.root);
  return fault;
}

Checked<Laid> lay_out(const Source& source) {
  Checked<formats::Document> document = formats::parse_json(source);
  if (!document) return std::move(document).faults();
  const formats::Node& root = document->root;
  if (!root.is(formats::Node::Kind::object) || root.find("levy") == nullptr)
    return no_schedule(*document);
  return Laid{source.file(), std::string(source.text()), render::text::schedule_layout(*document)};
}

// Every file that can be laid out; why the others cannot. One bad file keeps no other from its
// turn.
struct LaidFiles {
  std::vector<Laid> laid;
  Diagnostics faults;
};

LaidFiles lay_out_files(const FmtCommand& command) {
  LaidFiles files;
  std::set<std::string> seen;
  auto report = [&](const Diagnostics& faults) {
    files.faults.insert(files.faults.end(), faults.begin(), faults.end());
  };
  for (const std::string& name : command.files) {
    Checked<std::vector<Source>> sources = read_schedules(name, command.common);
    if (!sources) {
      report(sources.faults());
      continue;
    }
    for (const Source& source : *sources) {
      if (!seen.insert(source.file()).second) continue;
      Checked<Laid> laid = lay_out(source);
      laid ? files.laid.push_back(std::move(*laid)) : report(laid.faults());
    }
  }
  return files;
}

std::optional<Diagnostic> write_laid(const Laid& file) {
  Outputs outputs;
  outputs.rewrite(file.file).write(file.after);
  outputs.finish();
  return outputs.fault();
}

// What is said of the files: the one laid out, the names of those that change, or the changes.
std::string fmt_answer(const std::vector<Laid>& files, const FmtCommand& command) {
  if (command.common.json) {
    formats::JsonWriter json;
    json.object([&] {
      json.objects("files", files, [&](const Laid& file) {
        json.member("file", file.file);
        json.member("changed", file.changes());
      });
    });
    return json.text() + "\n";
  }
  std::string text;
  for (const Laid& file : files) {
    if (!file.changes() && (command.check || command.write || command.diff)) continue;
    if (command.diff) {
      text += render::text::unified_diff(file.file, file.before, file.after);
    } else {
      text += command.check || command.write ? file.file + "\n" : file.after;
    }
  }
  return text;
}

std::optional<Diagnostic> misuse_of_fmt(const FmtCommand& command) {
  bool reports = command.check || command.diff;
  if (command.write && reports) {
    return usage("--write and " + std::string(command.check ? "--check" : "--diff") +
                     " cannot both be meant",
                 "--write changes the files, --check and --diff only tell what would change");
  }
  if (command.common.json && !command.write && !reports)
    return usage("--json says which files change, and there is nothing here that says so",
                 "give --check or --write with it");
  bool has_input =
      std::find(command.files.begin(), command.files.end(), "-") != command.files.end();
  if (command.write && has_input)
    return usage("--write cannot write into standard input", "leave --write out: fmt then prints");
  return std::nullopt;
}

}  // namespace

Syntax syntax_of(FmtCommand& command) {
  Syntax syntax{
      "fmt", translatable("Lay schedules out in one way: order of keys, a case a line"), {}};
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"FILE", &command.files, translatable("Schedules, or directories of them"), true});
  options.push_back(
      {"--check", &command.check, translatable("Only name the files that would change; status 1")});
  options.push_back(
      {"--diff", &command.diff, translatable("Only show what would change; status 1")});
  options.push_back(
      {"--write", &command.write, translatable("Write the files, and name those that changed")});
  add_common(syntax, command.common);
  syntax.examples = {{"levy fmt --check schedules/", translatable("which files would change")},
                     {"levy fmt --write fee.json", translatable("lay the file out")}};
  return syntax;
}

int run(const FmtCommand& command) {
  if (auto fault = misuse_of_fmt(command)) return report_error({*fault}, command.common);
  LaidFiles files = lay_out_files(command);
  bool prints = !command.check && !command.diff && !command.write;
  if (prints && files.laid.size() > 1) {
    return report_error({usage("several files cannot be printed as one",
                               "give --write, --check or --diff, or one file at a time")},
                        command.common);
  }
  if (command.write) {
    std::erase_if(files.laid, [&](const Laid& file) {
      std::optional<Diagnostic> fault;
      if (file.changes()) fault = write_laid(file);
      if (fault) files.faults.push_back(*fault);
      return fault.has_value();
    });
  }
  bool changes = std::any_of(files.laid.begin(), files.laid.end(),
                             [](const Laid& file) { return file.changes(); });
  int status = changes && !prints && !command.write ? status_no : status_done;
  if (!files.faults.empty() && (command.common.json || files.laid.empty()))
    return report_error(files.faults, command.common);
  int printed = print(fmt_answer(files.laid, command), status);
  if (printed == status_io || files.faults.empty()) return printed;
  return report_error(files.faults, command.common);
}

}  // namespace levy::cli
