#include "cli/command_words.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/help.h"
#include "money/currency.h"
#include "money/decimal.h"
#include "schedule/attributes.h"

namespace levy::cli {
namespace {

std::string see_help(const Syntax& syntax) { return "see levy " + syntax.command + " --help"; }

const Option* find_option(const Syntax& syntax, const std::string& name) {
  for (const Option& option : syntax.options) {
    if (option.short_name() == name || option.long_name() == name) return &option;
  }
  return nullptr;
}

bool is_number(std::string_view word) {
  return static_cast<bool>(parse_decimal(word.starts_with('-') ? word.substr(1) : word));
}

bool is_option(const std::string& word) {
  if (word.size() < 2 || word.front() != '-') return false;
  bool digit = word[1] >= '0' && word[1] <= '9';
  return !digit;
}

bool is_currency(const std::string& word) {
  std::optional<Currency> currency = Currency::of(word);
  return currency && Currencies().find_digits(*currency);
}

// Is `name` one of levy's own with a letter or two wrong, rather than a name of the schedule's?
bool is_misspelt(const Syntax& syntax, const std::string& name) {
  std::string bare = name.substr(2);
  std::replace(bare.begin(), bare.end(), '-', '_');
  const std::vector<std::string>& builtin = schedule::builtin_attributes();
  if (std::find(builtin.begin(), builtin.end(), bare) != builtin.end()) return false;
  std::string near = suggest(name, option_names(syntax));
  return !near.empty() && near.size() <= name.size() + 1 && name.size() <= near.size() + 1;
}

// One of the values there are, where only those are allowed.
std::optional<Diagnostic> check_choice(const Option& option, const std::string& name,
                                       const std::string& value) {
  const std::vector<std::string>& values = option.values;
  if (values.empty() || std::find(values.begin(), values.end(), value) != values.end())
    return std::nullopt;
  return usage(name + " is not " + in_quotes(value) + did_you_mean(value, values),
               "write " + (option.is_argument() ? "" : name + " ") + join_or(values));
}

class Sorter {
 public:
  Sorter(const Syntax& syntax, const std::vector<std::string>& words)
      : syntax_(syntax), words_(words) {}

  std::optional<Diagnostic> sort();
  SortedWords take() { return std::move(sorted_); }

 private:
  std::optional<Diagnostic> sort_option();
  std::optional<Diagnostic> sort_own(const Option& option, const std::string& name);
  std::optional<Diagnostic> sort_unknown(const std::string& name);
  std::optional<Diagnostic> add_argument(const std::string& word);
  std::optional<Diagnostic> check_value(const Option& option, const std::string& name,
                                        const std::string& value);
  std::optional<Diagnostic> check_arguments() const;
  std::optional<std::string> take_value();
  Diagnostic no_option(const std::string& name) const;

  const Syntax& syntax_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  std::map<std::string, std::string> given_;  // by option; "--attr method" for its pairs
  SortedWords sorted_;
};

std::optional<Diagnostic> Sorter::sort() {
  bool ended = false;
  for (; at_ < words_.size(); ++at_) {
    const std::string& word = words_[at_];
    std::optional<Diagnostic> fault;
    if (!ended && word == "--") {
      ended = true;
    } else if (!ended && (word == "--help" || word == "-h")) {
      sorted_.help = true;
    } else {
      fault = !ended && is_option(word) ? sort_option() : add_argument(word);
    }
    if (fault) return fault;
  }
  return sorted_.help ? std::nullopt : check_arguments();
}

// What follows the option's name: after "=", or the next word unless that is an option.
std::optional<std::string> Sorter::take_value() {
  const std::string& word = words_[at_];
  std::size_t equals = word.find('=');
  if (equals != std::string::npos) return word.substr(equals + 1);
  if (at_ + 1 == words_.size() || is_option(words_[at_ + 1])) return std::nullopt;
  return words_[++at_];
}

std::optional<Diagnostic> Sorter::sort_option() {
  std::string name = words_[at_].substr(0, words_[at_].find('='));
  const Option* option = find_option(syntax_, name);
  return option != nullptr ? sort_own(*option, name) : sort_unknown(name);
}

std::optional<Diagnostic> Sorter::sort_own(const Option& option, const std::string& name) {
  if (option.is_flag()) {
    if (words_[at_] != name) return usage("option " + name + " takes no value", "write " + name);
    sorted_.options.push_back(option.long_name());
    return std::nullopt;
  }
  std::optional<std::string> value = take_value();
  if (!value || value->empty()) {
    return usage("option " + name + (value ? " has an empty value" : " has no value"),
                 "write " + name + " VALUE: " + option.help);
  }
  if (auto fault = check_value(option, name, *value)) return fault;
  sorted_.options.insert(sorted_.options.end(), {option.long_name(), *value});
  return std::nullopt;
}

// name=value where that is asked for, one of the values there are, and the first of its name.
std::optional<Diagnostic> Sorter::check_value(const Option& option, const std::string& name,
                                              const std::string& value) {
  if (auto fault = check_choice(option, name, value)) return fault;
  std::string what = name, said = value;
  if (std::holds_alternative<NamedTexts*>(option.into)) {
    std::size_t equals = value.find('=');
    if (equals == std::string::npos || equals == 0) {
      return usage(name + " " + in_quotes(value) + " is not name=value",
                   "write " + name + " name=value");
    }
    what += " " + value.substr(0, equals);
    said = value.substr(equals + 1);
  }
  bool repeats = std::holds_alternative<std::vector<std::string>*>(option.into);
  auto [before, first] = given_.emplace(what, said);
  if (repeats || first) return std::nullopt;
  return given_twice(what, before->second, said);
}

Diagnostic Sorter::no_option(const std::string& name) const {
  return usage("levy " + syntax_.command + " has no option " + cut_short(name) +
                   did_you_mean(name, option_names(syntax_)),
               see_help(syntax_));
}

std::optional<Diagnostic> Sorter::sort_unknown(const std::string& name) {
  bool may_be_declared = syntax_.declared != nullptr && name.starts_with("--") && name.size() > 2;
  if (!may_be_declared) return no_option(name);
  bool takes_next = words_[at_] == name;
  if (takes_next && sorted_.arguments.empty() && is_misspelt(syntax_, name)) {
    Diagnostic fault = no_option(name);
    fault.remedy += "; if the schedule declares it, write " + name + "=VALUE";
    return fault;
  }
  std::optional<std::string> value = take_value();
  if (!value && is_misspelt(syntax_, name)) return no_option(name);
  if (!value) return usage("option " + name + " has no value", "write " + name + " VALUE");
  sorted_.declared.emplace_back(name.substr(2), *value);
  return std::nullopt;
}

std::optional<Diagnostic> Sorter::add_argument(const std::string& word) {
  bool after_number = at_ > 0 && is_number(words_[at_ - 1]);
  if (after_number && is_currency(word)) {
    std::string money = "\"" + words_[at_ - 1] + " " + word + "\"";
    return usage(words_[at_ - 1] + " and " + word + " are two words to levy", "quote it: " + money);
  }
  sorted_.arguments.push_back(word);
  return std::nullopt;
}

std::optional<Diagnostic> Sorter::check_arguments() const {
  std::size_t taken = 0;
  bool open = false;  // the last takes as many as there are
  for (const Option& option : syntax_.options) {
    if (!option.is_argument()) continue;
    if (option.required && taken == sorted_.arguments.size()) {
      return needs_argument(syntax_, option);
    }
    if (taken < sorted_.arguments.size()) {
      if (auto fault = check_choice(option, option.name, sorted_.arguments[taken++])) return fault;
    }
    open = open || std::holds_alternative<std::vector<std::string>*>(option.into);
  }
  if (open || taken == sorted_.arguments.size()) return std::nullopt;
  return usage(in_quotes(sorted_.arguments[taken]) + " is one argument too many",
               "write " + usage_line(syntax_));
}

}  // namespace

Diagnostic needs_argument(const Syntax& syntax, const Option& option) {
  return usage("levy " + syntax.command + " needs " + option.name + ": " + option.help,
               "write " + usage_line(syntax));
}

Diagnostic given_twice(const std::string& option, const std::string& first,
                       const std::string& second) {
  return usage(option + " is given twice, " + in_quotes(first) + " and " + in_quotes(second),
               "leave one of them out");
}

Checked<SortedWords> sort_words(const Syntax& syntax, const std::vector<std::string>& words) {
  Sorter sorter(syntax, words);
  if (auto fault = sorter.sort()) return *fault;
  return sorter.take();
}

std::vector<std::string> option_names(const Syntax& syntax) {
  std::vector<std::string> names;
  for (const Option& option : syntax.options) {
    if (!option.is_argument()) names.push_back(option.long_name());
  }
  return names;
}

}  // namespace levy::cli
