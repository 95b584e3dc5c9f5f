// Which command it is.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <optional>

#include "cli/command_line.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "cli/still_working.h"
#include "cli/syntax.h"
#include "cli/terminal.h"
#include "cli/word_order.h"
#include "render/text/text_width.h"
#include "render/text/translate.h"

namespace levy::cli {

Syntax syntax_of(PrintCommand&) { return {}; }

int run(const PrintCommand& command) { return print_for_people(command.text); }

namespace {

// Closing tells of what a file system could not keep after all.
int close_standard_output(int status) {
  bool kept = close(STDOUT_FILENO) == 0 || errno == EBADF;
  if (kept) return status;
  warn("levy: error: standard output could not be written: " + last_error() + " [unwritable]\n");
  return status_io;
}

int answer(const Command& command, const Common& common) {
  try {
    return std::visit([](const auto& one) { return run(one); }, command);
  } catch (const std::bad_alloc&) {
    return report_error({Diagnostic{Code::bad_file, "this input takes more memory than there is",
                                    "give less of it at a time, or allow more memory (ulimit -v)"}},
                        common);
  }
}

// Where schedules are looked up, and how faults are shown.
Common common_of(const Command& command) {
  return std::visit(
      [](const auto& one) {
        if constexpr (requires { one.common; }) return one.common;
        return Common();
      },
      command);
}

// Batch, and diff over a table of operations, say by themselves how far they are; a quote without a
// tariff waits for its user.
bool tells_by_itself(const Command& command) {
  const auto* diff = std::get_if<DiffCommand>(&command);
  const auto* quote = std::get_if<QuoteCommand>(&command);
  return std::holds_alternative<BatchCommand>(command) ||
         (diff != nullptr && !diff->transactions.empty()) ||
         (quote != nullptr && quote->schedule.empty());
}

// Says once where there are no texts in the language that --lang asks for.
void settle_language(Common& common) {
  common.language = language_asked(common.lang, common.json);
  if (common.json || common.lang.empty() || render::text::find_language(common.lang)) return;
  warn("levy: warning: there are no texts in " + render::text::printable(common.lang) +
       ", only titles of tariffs; the answer is in English [usage]\n");
}

void settle_language(Command& command) {
  std::visit(
      [](auto& one) {
        if constexpr (requires { one.common; }) settle_language(one.common);
      },
      command);
}

// What the words say of how a fault is shown, which does not depend on whether they could be
// understood.
Common form_of_faults(const std::vector<std::string>& words) {
  Common common;
  common.json = std::find(words.begin(), words.end(), "--json") != words.end();
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string next = i + 1 < words.size() ? words[i + 1] : "";
    if (words[i] == "--color=never" || (words[i] == "--color" && next == "never"))
      common.color = "never";
    if (words[i] == "--lang") common.lang = next;
    if (words[i].starts_with("--lang=")) common.lang = words[i].substr(7);
  }
  common.language = language_asked(common.lang, common.json);
  return common;
}

}  // namespace

int run_levy(const std::vector<std::string>& words) {
  open_standard_descriptors();
  if (words.size() > 2 && words[0] == "completion" && words[1] == "candidates")
    return print_candidates({words.begin() + 2, words.end()});
  Checked<Command> command = parse_command_line(words);
  Common common = form_of_faults(words);
  if (!command) {
    auto tariff = lacks_command(words, common);
    return report_error(tariff ? Diagnostics{*tariff} : command.faults(), common);
  }
  settle_language(*command);
  if (auto fault = wrong_order(*command, words)) return report_error({*fault}, common_of(*command));
  std::optional<StillWorking> patience;
  if (!tells_by_itself(*command)) patience.emplace();
  return close_standard_output(answer(*command, common));
}

}  // namespace levy::cli
