#include "cli/candidates.h"

#include <algorithm>

#include "base/code.h"
#include "cli/command_line.h"
#include "cli/files.h"
#include "cli/syntax.h"
#include "render/text_width.h"
#include "schedule/attributes.h"
#include "schedule/meters.h"

namespace levy {
namespace {

using Texts = std::vector<std::string>;

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return "--" + name;
}

// The words of one command line, read as far as they go.
class Unfinished {
 public:
  Unfinished(const Syntax& syntax, const Texts& words) : syntax_(syntax), last_(words.back()) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) take(words, i);
  }

  Texts candidates() {
    if (!awaiting_.empty()) return values_of(awaiting_);
    return last_.starts_with("-") ? options() : arguments();
  }

 private:
  const Option* find(const std::string& name) const {
    for (const Option& option : syntax_.options) {
      if (!option.is_argument() && option.name == name) return &option;
    }
    return nullptr;
  }

  // An option waits for its value, which may be the word that is still being written.
  void take(const Texts& words, std::size_t& i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      given_.push_back(word);
      return;
    }
    const Option* option = find(word);
    bool has_value = word.find('=') != std::string::npos;
    if (has_value || (option != nullptr && option->is_flag())) return;
    if (i + 2 == words.size()) {
      awaiting_ = word;
    } else {
      if (word == "--schedules") common_.schedules = words[i + 1];
      ++i;
    }
  }

  // Of the argument that comes next; null: there is none.
  const Option* next_argument(std::size_t at) const {
    const Option* last = nullptr;
    for (const Option& option : syntax_.options) {
      if (!option.is_argument()) continue;
      last = &option;
      if (at-- == 0) return last;
    }
    bool repeats = last != nullptr && std::holds_alternative<Texts*>(last->into);
    return repeats ? last : nullptr;
  }

  Texts arguments() {
    const Option* argument = next_argument(given_.size());
    if (argument == nullptr) return {};
    if (!argument->values.empty()) return argument->values;
    if (argument->name == "SCHEDULE") return schedule_ids(common_);
    if (argument->name == "OPERATION") return operations();
    if (argument->name != "CODE") return {};
    Texts codes;
    for (Code code : all_codes()) codes.emplace_back(to_string(code));
    return codes;
  }

  // The schedule that is named already, where it can be read.
  const Schedule* schedule() {
    if (tariff_ || tried_) return tariff_ ? &tariff_->versions.back().schedule : nullptr;
    tried_ = true;
    for (std::size_t at = 0; at < given_.size(); ++at) {
      const Option* argument = next_argument(at);
      if (argument == nullptr || argument->name != "SCHEDULE" || given_[at] == "-") continue;
      tariff_ = load_named_tariff(given_[at], common_).tariff;
      return schedule();
    }
    return nullptr;
  }

  Texts operations() { return schedule() ? schedule()->operations() : Texts(); }

  Texts options() {
    Texts names = {"--help"};
    for (const Option& option : syntax_.options) {
      if (!option.is_argument()) names.push_back(option.name);
    }
    if (syntax_.declared == nullptr || schedule() == nullptr) return names;
    for (const std::string& name : sayable_names(*schedule())) {
      if (!find(dashed(name))) names.push_back(dashed(name));
    }
    return names;
  }

  Texts values_of(const std::string& name) {
    const Option* option = find(name);
    if (option != nullptr && !option->values.empty()) return option->values;
    if (schedule() == nullptr) return {};
    if (name == "--attr") return with_equals(sayable_names(*schedule()));
    if (name == "--used") {
      Texts meters;
      for (const MeterUse& use : meters_of(*schedule())) meters.push_back(use.id);
      return with_equals(meters);
    }
    if (option != nullptr && name != "--tier") return {};
    for (const std::string& known : sayable_names(*schedule())) {
      if (dashed(known) != name || schedule()->find_quantity(known)) continue;
      Missing domain = describe_attribute(*schedule(), known);
      if (domain.closed) return domain.domain;
    }
    return {};
  }

  static Texts with_equals(Texts names) {
    for (std::string& name : names) name += '=';
    return names;
  }

  const Syntax& syntax_;
  std::string last_, awaiting_;
  Texts given_;  // arguments
  Common common_;
  std::optional<Tariff> tariff_;
  bool tried_ = false;
};

}  // namespace

Texts candidates_for(const Texts& words) {
  if (words.empty()) return {};
  Texts found;
  for (Command& command : empty_commands()) {
    Syntax syntax = std::visit([](auto& one) { return syntax_of(one); }, command);
    if (words.size() == 1) found.push_back(syntax.command);
    if (words.size() > 1 && syntax.command == words.front())
      found = Unfinished(syntax, words).candidates();
  }
  if (words.size() == 1) found.insert(found.end(), {"--help", "--version"});
  // A candidate is one line, and what the shell would show is what it would insert.
  std::erase_if(found, [&](const std::string& one) {
    return !one.starts_with(words.back()) || printable(one) != one;
  });
  return found;
}

}  // namespace levy
