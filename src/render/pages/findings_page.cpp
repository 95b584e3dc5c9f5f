#include "render/pages/findings_page.h"

#include "render/text/diagnostic_text.h"
#include "render/text/text_width.h"
#include "render/words/finding_words.h"

namespace levy {

std::string finding_text(const Finding& finding, bool color) {
  std::string text = diagnostic_text(finding.what, color);
  std::string command = reproduce_line(finding);
  if (!command.empty()) text += "      $ " + printable(command) + "\n";
  return text;
}

std::string findings_text(const Report& report, bool color, std::size_t schedules) {
  std::string text;
  for (const Finding& finding : report.findings)
    if (!finding.accepted) text += finding_text(finding, color);
  for (const Undecided& one : report.undecided)
    text += "undecided: " + printable(to_words(one)) + "\n";
  return text + count_words(count(report), schedules) + "\n";
}

}  // namespace levy
