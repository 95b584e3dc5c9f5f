#include "render/pages/findings_page.h"

#include "render/text/text_width.h"
#include "render/text/wrap.h"
#include "render/words/finding_words.h"

namespace levy::render::pages {

std::string finding_text(const validation::Finding& finding, const text::DiagnosticForm& form) {
  std::string text = text::diagnostic_text(finding.what, form);
  std::string command = words::reproduce_line(finding);
  if (!command.empty()) text += text::command_text(command, 6, form);
  return text;
}

std::string findings_text(const validation::Report& report, const text::DiagnosticForm& form,
                          std::size_t schedules) {
  std::string text;
  for (const validation::Finding& finding : report.findings)
    if (!finding.accepted) text += finding_text(finding, form);
  for (const validation::Undecided& one : report.undecided)
    text += text::folded_lines("undecided: " + text::printable(validation::to_words(one)) + "\n",
                               form.columns);
  return text + words::count_words(words::count(report), schedules) + "\n";
}

}  // namespace levy::render::pages
