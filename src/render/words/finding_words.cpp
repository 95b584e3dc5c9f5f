#include "render/words/finding_words.h"

#include <algorithm>
#include <string_view>

namespace levy::render::words {
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

}  // namespace

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_quoted(word);
  return line;
}

namespace {

void add_count(std::string& text, std::size_t count, const std::string& one,
               const std::string& many) {
  if (count == 0) return;
  text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string reproduce_line(const validation::Finding& finding) {
  std::string line;
  for (const CommandWords& words : finding.reproduce) {
    if (!line.empty()) line += " && ";
    line += shell_line(words);
  }
  return line;
}

FindingCounts count(const validation::Report& report) {
  FindingCounts counts;
  for (const validation::Finding& finding : report.findings) {
    if (finding.accepted) {
      ++counts.accepted;
    } else {
      ++(finding.what.severity == Severity::error ? counts.errors : counts.warnings);
    }
  }
  counts.undecided = report.undecided.size();
  return counts;
}

bool fails(const FindingCounts& counts, FailOn from) {
  bool warns = counts.warnings > 0 && from != FailOn::error;
  return counts.errors > 0 || warns || (counts.undecided > 0 && from == FailOn::undecided);
}

std::string count_words(const FindingCounts& counts, std::size_t schedules) {
  std::string text, aside;
  add_count(text, counts.errors, "error", "errors");
  add_count(text, counts.warnings, "warning", "warnings");
  if (text.empty()) text = "no findings";
  add_count(aside, counts.accepted, "accepted", "accepted");
  add_count(aside, counts.undecided, "undecided", "undecided");
  if (!aside.empty()) text += " (" + aside + ")";
  return schedules > 1 ? std::to_string(schedules) + " schedules, " + text : text;
}

std::string_view severity_word(const validation::Finding& finding) {
  return finding.what.severity == Severity::error ? "error" : "warning";
}

}  // namespace levy::render::words
