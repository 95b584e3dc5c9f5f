// What could stand at the end of an unfinished command line: for completion by shells.
#include <algorithm>
#include <string>
#include <vector>

#include "base/code.h"
#include "cli/command_line.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "facts/meters.h"
#include "render/text/text_width.h"
#include "schedule/attributes.h"

namespace levy {

// `words` are those after "levy", the last one unfinished or empty. Commands, options with those
// that the named schedule declares, their values, ids of schedules, operations. Where only a file's
// name could stand there is none.
//
//   {"quote", "okpay", "withdrawal", "--method", "b"}      bank
std::vector<std::string> candidates_for(const std::vector<std::string>& words);

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
    for (const std::string& name : settable_names(*schedule())) {
      if (!find(dashed(name))) names.push_back(dashed(name));
    }
    return names;
  }

  Texts values_of(const std::string& name) {
    const Option* option = find(name);
    if (option != nullptr && !option->values.empty()) return option->values;
    if (schedule() == nullptr) return {};
    if (name == "--attr") return with_equals(settable_names(*schedule()));
    if (name == "--used") {
      Texts meters;
      for (const MeterUse& use : meters_of(*schedule())) meters.push_back(use.id);
      return with_equals(meters);
    }
    if (option != nullptr && name != "--tier") return {};
    for (const std::string& known : settable_names(*schedule())) {
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

// levy completion: a script for a shell, which asks levy itself what could come next.

namespace {

// Without a candidate the shells complete names of files. A candidate comes out of a file that
// somebody else may have written: each script inserts it quoted, so that the shell reads it as the
// one word it is.
constexpr const char* bash_script =
    R"sh(# levy completion bash; in ~/.bashrc: source <(levy completion bash)
_levy() {
  local found words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  words=("${words[@]//[\\\"\']/}")
  COMPREPLY=()
  while IFS= read -r found; do
    COMPREPLY+=("$(printf '%q' "$found")")
  done < <(levy completion candidates "${words[@]}" 2>/dev/null)
  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _levy levy
)sh";

constexpr const char* zsh_script = R"(#compdef levy
# levy completion zsh; in ~/.zshrc, after compinit: source <(levy completion zsh)
_levy() {
  local -a found
  found=("${(@f)$(levy completion candidates "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then
    compadd -a found
  else
    _files
  fi
}
if [[ "${funcstack[1]}" == _levy ]]; then
  _levy "$@"
else
  compdef _levy levy
fi
)";

constexpr const char* fish_script =
    R"(# levy completion fish; in ~/.config/fish/completions/levy.fish
function __levy_candidates
  set -l words (commandline -opc) (commandline -ct)
  levy completion candidates $words[2..-1] 2>/dev/null
end
complete -c levy -a '(__levy_candidates)'
)";

}  // namespace

Syntax syntax_of(CompletionCommand& command) {
  Syntax syntax{"completion", "Completion for bash, zsh or fish", {}};
  syntax.options.push_back({.name = "SHELL",
                            .into = &command.shell,
                            .help = "bash, zsh or fish",
                            .required = true,
                            .values = {"bash", "zsh", "fish"}});
  add_common(syntax, command.common);
  return syntax;
}

int run(const CompletionCommand& command) {
  if (command.shell == "bash") return print(bash_script);
  return print(command.shell == "zsh" ? zsh_script : fish_script);
}

int print_candidates(const std::vector<std::string>& words) {
  std::string lines;
  for (const std::string& one : candidates_for(words)) lines += one + "\n";
  return print(lines);
}

}  // namespace levy
