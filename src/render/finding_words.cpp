#include "render/finding_words.h"

#include <algorithm>

namespace levy {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_./:=@%+,-").find(c) != std::string_view::npos;
}

std::string shell_quoted(const std::string& word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = "'";
  for (char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void add_count(std::string& text, std::size_t count, const std::string& one,
               const std::string& many) {
  if (count == 0) return;
  text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string reproduce_line(const Finding& finding) {
  std::string line;
  for (const CommandWords& words : finding.reproduce) {
    if (!line.empty()) line += " && ";
    for (std::size_t i = 0; i < words.size(); ++i)
      line += (i > 0 ? " " : "") + shell_quoted(words[i]);
  }
  return line;
}

FindingCounts count(const Report& report) {
  FindingCounts counts;
  for (const Finding& finding : report.findings) {
    if (finding.accepted) {
      ++counts.accepted;
    } else {
      ++(finding.what.severity == Severity::error ? counts.errors : counts.warnings);
    }
  }
  return counts;
}

std::string count_words(const FindingCounts& counts) {
  std::string text;
  add_count(text, counts.errors, "error", "errors");
  add_count(text, counts.warnings, "warning", "warnings");
  add_count(text, counts.accepted, "accepted", "accepted");
  return text.empty() ? "no findings" : text;
}

std::string_view severity_word(const Finding& finding) {
  return finding.what.severity == Severity::error ? "error" : "warning";
}

}  // namespace levy
