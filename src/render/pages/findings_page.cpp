#include "render/pages/findings_page.h"

#include "render/text/text_width.h"
#include "render/text/wrap.h"
#include "render/words/finding_words.h"

namespace levy {

std::string finding_text(const Finding& finding, const DiagnosticForm& form) {
  std::string text = diagnostic_text(finding.what, form);
  std::string command = reproduce_line(finding);
  if (!command.empty()) text += command_text(command, 6, form);
  return text;
}

std::string findings_text(const Report& report, const DiagnosticForm& form, std::size_t schedules) {
  std::string text;
  for (const Finding& finding : report.findings)
    if (!finding.accepted) text += finding_text(finding, form);
  for (const Undecided& one : report.undecided)
    text += folded_lines("undecided: " + printable(to_words(one)) + "\n", form.columns);
  return text + count_words(count(report), schedules) + "\n";
}

}  // namespace levy
