#include "cli/word_order.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/suggest.h"
#include "cli/files.h"
#include "render/words/finding_words.h"

namespace levy::cli {
namespace {

std::string line_of(std::vector<std::string> words) {
  words.insert(words.begin(), "levy");
  return render::words::shell_line(words);
}

bool is_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".json") || word == "-";
}

// The three arguments as they were typed; empty ones were not.
struct Arguments {
  std::string schedule, operation, amount;
};

// As they were meant; nothing where no other order is surely right.
std::optional<Arguments> meant(const Arguments& typed, const Common& common) {
  bool swapped =
      !typed.amount.empty() && is_like_amount(typed.operation) && !is_like_amount(typed.amount);
  if (names_schedule(typed.schedule, common)) {
    if (!swapped) return std::nullopt;
    return Arguments{typed.schedule, typed.amount, typed.operation};
  }
  std::vector<std::string> all = {typed.operation, typed.amount, typed.schedule};
  auto schedule = std::find_if(all.begin(), all.end(), [&](const std::string& word) {
    return !word.empty() && names_schedule(word, common);
  });
  if (schedule == all.end()) return std::nullopt;
  Arguments meant{*schedule, "", ""};
  all.erase(schedule);
  for (const std::string& word : all) {
    std::string& place = is_like_amount(word) ? meant.amount : meant.operation;
    if (word.empty()) continue;
    if (!place.empty()) return std::nullopt;
    place = word;
  }
  return meant;
}

// The words with their arguments put in the order of `right`.
std::vector<std::string> reordered(std::vector<std::string> words, const Arguments& typed,
                                   const Arguments& right) {
  std::vector<std::string*> places;
  auto from = words.begin() + 1;
  for (const std::string& argument : {typed.schedule, typed.operation, typed.amount}) {
    if (argument.empty()) continue;
    from = std::find(from, words.end(), argument);
    if (from == words.end()) return {};
    places.push_back(&*from++);
  }
  std::size_t at = 0;
  for (const std::string& argument : {right.schedule, right.operation, right.amount}) {
    if (!argument.empty() && at < places.size()) *places[at++] = argument;
  }
  return words;
}

Diagnostic misplaced(const std::vector<std::string>& right) {
  return usage("a SCHEDULE comes first, then the OPERATION and its AMOUNT",
               "write " + line_of(right));
}

template <class Asking>
std::optional<Diagnostic> check_order(const Asking& command, const std::string& operation,
                                      const std::string& amount,
                                      const std::vector<std::string>& words) {
  Arguments typed{command.schedule, operation, amount};
  std::optional<Arguments> right = meant(typed, command.common);
  if (!right) return std::nullopt;
  std::vector<std::string> line = reordered(words, typed, *right);
  if (line.empty()) return std::nullopt;
  return misplaced(line);
}

}  // namespace

bool names_schedule(const std::string& word, const Common& common) {
  std::error_code error;
  if (is_path(word)) return word == "-" || std::filesystem::exists(word, error);
  std::filesystem::path usual = std::filesystem::path(directory_of_ids(common)) / (word + ".json");
  if (std::filesystem::exists(usual, error)) return true;
  std::vector<std::string> ids = schedule_ids(common);
  return std::find(ids.begin(), ids.end(), word) != ids.end();
}

bool is_like_amount(const std::string& word) {
  std::size_t at = word.starts_with('-') ? 1 : 0;
  return at < word.size() && word[at] >= '0' && word[at] <= '9' && !is_path(word);
}

std::optional<Diagnostic> wrong_order(const Command& command,
                                      const std::vector<std::string>& words) {
  if (const auto* quote = std::get_if<QuoteCommand>(&command))
    return check_order(*quote, quote->words.operation, quote->words.amount, words);
  if (const auto* check = std::get_if<CheckCommand>(&command))
    return check_order(*check, check->words.operation, check->words.amount, words);
  if (const auto* plot = std::get_if<PlotCommand>(&command))
    return check_order(*plot, plot->words.operation, "", words);
  return std::nullopt;
}

std::optional<Diagnostic> lacks_command(const std::vector<std::string>& words,
                                        const Common& common) {
  if (words.empty() || words[0].starts_with("-") || !names_schedule(words[0], common))
    return std::nullopt;
  std::vector<std::string> quote = {"quote"};
  quote.insert(quote.end(), words.begin(), words.end());
  return usage(in_quotes(words[0]) + " is a tariff, and a command comes first",
               "write " + line_of(quote) + ", or see levy --help");
}

void put_in_order(CompareCommand& command) {
  auto is_schedule = [&](const std::string& word) { return names_schedule(word, command.common); };
  bool usual = is_like_amount(command.words.amount) && !is_like_amount(command.words.operation) &&
               std::all_of(command.schedules.begin(), command.schedules.end(), is_schedule);
  if (usual) return;
  std::vector<std::string> all = {command.words.operation, command.words.amount};
  all.insert(all.end(), command.schedules.begin(), command.schedules.end());
  std::erase(all, "");
  std::vector<std::string> operations, amounts, schedules;
  for (const std::string& word : all) {
    (is_schedule(word) ? schedules : is_like_amount(word) ? amounts : operations).push_back(word);
  }
  if (operations.size() != 1 || amounts.size() > 1 || schedules.empty()) return;
  command.words.operation = operations.front();
  command.words.amount = amounts.empty() ? "" : amounts.front();
  command.schedules = schedules;
}

}  // namespace levy::cli
