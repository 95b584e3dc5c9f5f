// What could stand at the end of an unfinished command line: for completion by shells.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/code.h"
#include "batch/batch.h"
#include "cli/command_line.h"
#include "cli/files.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "facts/meters.h"
#include "render/text/text_width.h"
#include "render/words/explain.h"
#include "schedule/attributes.h"

namespace levy::cli {

struct Completion {
  std::string word;
  std::string says = {};  // what it means; may be empty
};

// `words` are those after "levy", the last one unfinished or empty. Commands, options with those
// that the named schedule declares, their values (also after "--method="), ids of schedules,
// operations. Where only a file's name could stand there is none.
//
//   {"quote", "okpay", "withdrawal", "--method", "b"}      bank
//   {"quote", "okpay", "withdrawal", "--method=b"}         --method=bank
std::vector<Completion> candidates_for(const std::vector<std::string>& words);

namespace {

using Texts = std::vector<std::string>;
using Completions = std::vector<Completion>;

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return "--" + name;
}

Completions bare(const Texts& texts) {
  Completions all;
  for (const std::string& text : texts) all.push_back({text});
  return all;
}

std::string first_sentence(const std::string& text) {
  std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end);
}

// The words of one command line, read as far as they go.
class Unfinished {
 public:
  Unfinished(const Syntax& syntax, const Texts& words) : syntax_(syntax), last_(words.back()) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) take(words, i);
  }

  Completions candidates() {
    if (!awaiting_.empty()) return values_of(awaiting_, last_);
    std::size_t equals = last_.find('=');
    if (!last_.starts_with("-") || equals == std::string::npos)
      return last_.starts_with("-") ? options() : arguments();
    std::string lead = last_.substr(0, equals + 1);
    Completions values = values_of(last_.substr(0, equals), last_.substr(equals + 1));
    for (Completion& value : values) value.word = lead + value.word;
    return values;
  }

 private:
  const Option* find(const std::string& name) const {
    for (const Option& option : syntax_.options) {
      bool named = option.long_name() == name || option.short_name() == name;
      if (!option.is_argument() && named) return &option;
    }
    return nullptr;
  }

  // An option waits for its value, which may be the word that is still being written.
  void take(const Texts& words, std::size_t& i) {
    const std::string& word = words[i];
    if (!word.starts_with("-") || word == "-") {
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

  static bool is_schedule(const std::string& argument) {
    for (const char* name : {"SCHEDULE", "OTHER", "OLD", "NEW"}) {
      if (argument == name) return true;
    }
    return false;
  }

  Completions schedules() const { return bare(schedule_ids(common_)); }

  Completions arguments() {
    const Option* argument = next_argument(given_.size());
    if (argument == nullptr) return {};
    if (!argument->values.empty()) return bare(argument->values);
    if (is_schedule(argument->name)) return schedules();
    if (argument->name == "OPERATION") return operations();
    if (argument->name == "COMMAND") return commands();
    return argument->name == "CODE" ? codes() : Completions();
  }

  static Completions commands() {
    Completions names;
    std::vector<Command> all = empty_commands();
    for (const Syntax& syntax : syntaxes_of(all)) names.push_back({syntax.command, syntax.purpose});
    return names;
  }

  static Completions codes() {
    Completions codes;
    for (const render::words::Explanation& one : render::words::explanations())
      codes.push_back({std::string(to_string(one.code)), first_sentence(one.cause)});
    return codes;
  }

  // The schedule that is named already, where it can be read.
  const schedule::Schedule* schedule() {
    if (tariff_ || tried_) return tariff_ ? &tariff_->versions.back().schedule : nullptr;
    tried_ = true;
    for (std::size_t at = 0; at < given_.size(); ++at) {
      const Option* argument = next_argument(at);
      if (argument == nullptr || !is_schedule(argument->name) || given_[at] == "-") continue;
      tariff_ = read_named_tariff(given_[at], common_).tariff;
      return schedule();
    }
    return nullptr;
  }

  // Without a schedule (`levy compare`) those of every tariff that can be named.
  Completions operations() {
    if (schedule() != nullptr) return bare(schedule()->operations());
    std::set<std::string> all;
    for (const std::string& id : schedule_ids(common_)) {
      Loaded loaded = read_named_tariff(id, common_);
      if (!loaded.tariff) continue;
      for (const std::string& name : loaded.tariff->versions.back().schedule.operations())
        all.insert(name);
    }
    return bare({all.begin(), all.end()});
  }

  // What an operation of the schedule's is described by, as options.
  std::vector<std::string> names() {
    Texts all = schedule::settable_names(*schedule());
    std::erase(all, "amount");  // an argument
    for (const char* name : {"currency", "time"}) {
      if (std::find(all.begin(), all.end(), name) == all.end()) all.emplace_back(name);
    }
    return all;
  }

  std::string meaning_of(const std::string& name) {
    if (const schedule::Attribute* attribute = schedule()->find_attribute(name)) {
      Missing domain = schedule::describe_attribute(*schedule(), name);
      std::string values;
      for (const std::string& value : domain.domain) values += (values.empty() ? "" : ", ") + value;
      return attribute->kind == schedule::Attribute::Kind::text ? "any text" : values;
    }
    if (schedule()->find_quantity(name)) return "a number";
    return name == "time" ? "when it is done" : "";
  }

  Completions options() {
    Completions names_found = {{"--help", "what this command takes"}};
    for (const Option& option : syntax_.options) {
      if (!option.is_argument()) names_found.push_back({option.long_name(), option.help});
    }
    if (syntax_.declared == nullptr || schedule() == nullptr) return names_found;
    for (const std::string& name : names()) {
      if (!find(dashed(name))) names_found.push_back({dashed(name), meaning_of(name)});
    }
    return names_found;
  }

  Completions languages() {
    std::set<std::string> tags = {"en"};
    if (const schedule::Schedule* named = schedule()) {
      for (const auto& [tag, text] : named->title.by_language) tags.insert(tag);
    }
    tags.insert("zh-CN");
    tags.erase("");
    return bare({tags.begin(), tags.end()});
  }

  Texts currencies() { return schedule() ? schedule()->currencies.known_codes() : Texts(); }

  // Names with commas between them: what stands before the last comma stays.
  static Completions after_comma(const Texts& words, const std::string& written) {
    std::size_t comma = written.rfind(',');
    std::string lead = comma == std::string::npos ? "" : written.substr(0, comma + 1);
    Completions all;
    for (const std::string& word : words) all.push_back({lead + word});
    return all;
  }

  Completions values_of(const std::string& name, const std::string& written) {
    const Option* option = find(name);
    if (option != nullptr && !option->values.empty()) return bare(option->values);
    if (name == "--lang") return languages();
    if (name == "--mapping") return bare(mapping_ids(common_));
    if (name == "--results") return after_comma(batch::rows::result_words(), written);
    if (name == "--select" || name == "--ignore")
      return syntax_.command == "validate" ? codes() : Completions();
    if (schedule() == nullptr) return {};
    if (name == "--attr") return with_equals(names());
    if (name == "--used") return with_equals(facts::readable_meters(*schedule()));
    if (name == "--to" || name == "--currency") return bare(currencies());
    if (option != nullptr && name != "--tier") return {};
    return values_of_attribute(name);
  }

  Completions values_of_attribute(const std::string& option) {
    for (const std::string& known : names()) {
      if (dashed(known) != option || schedule()->find_quantity(known)) continue;
      if (known == "country" || known == "to_country") return bare(schedule::country_codes());
      Missing domain = schedule::describe_attribute(*schedule(), known);
      if (domain.closed) return bare(domain.domain);
    }
    return {};
  }

  static Completions with_equals(const Texts& names) {
    Completions all;
    for (const std::string& name : names) all.push_back({name + "="});
    return all;
  }

  const Syntax& syntax_;
  std::string last_, awaiting_;
  Texts given_;  // arguments
  Common common_;
  std::optional<fees::Tariff> tariff_;
  bool tried_ = false;
};

}  // namespace

Completions candidates_for(const Texts& words) {
  if (words.empty()) return {};
  Completions found;
  std::vector<Command> commands = empty_commands();
  for (const Syntax& syntax : syntaxes_of(commands)) {
    if (words.size() == 1) found.push_back({syntax.command, syntax.purpose});
    if (words.size() > 1 && syntax.command == words.front())
      found = Unfinished(syntax, words).candidates();
  }
  if (words.size() == 1) {
    found.push_back({"--help", "every command"});
    found.push_back({"--version", "the version of levy"});
  }
  // A candidate is one line, and what the shell would show is what it would insert.
  std::erase_if(found, [&](const Completion& one) {
    return !one.word.starts_with(words.back()) || render::text::printable(one.word) != one.word;
  });
  for (Completion& one : found) one.says = render::text::printable(one.says);
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
  local found lead='' i words=()
  # bash takes "--method=bank" apart at its "=".
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if [[ ${#words[@]} -gt 0 && ( ${COMP_WORDS[i]} == '=' || ${COMP_WORDS[i-1]} == '=' ) ]]; then
      words[-1]+=${COMP_WORDS[i]}
    else
      words+=("${COMP_WORDS[i]}")
    fi
  done
  words=("${words[@]//[\\\"\']/}")
  [[ ${words[-1]} == -*=* && $COMP_WORDBREAKS == *=* ]] && lead=${words[-1]%%=*}=
  COMPREPLY=()
  while IFS= read -r found; do
    found=${found%%$'\t'*}
    found=${found#"$lead"}
    [[ $found == *[!A-Za-z0-9_.,:/=@%+-]* ]] && found=$(printf '%q' "$found")
    COMPREPLY+=("$found")
  done < <(levy completion candidates "${words[@]}" 2>/dev/null)
  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _levy levy
)sh";

constexpr const char* zsh_script = R"sh(#compdef levy
# levy completion zsh; as _levy in a folder of fpath, or in ~/.zshrc, after compinit:
# source <(levy completion zsh)
_levy() {
  local line word
  local -a values shown open open_shown
  for line in "${(@f)$(levy completion candidates "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    word=${line%%$'\t'*}
    [[ $line == *$'\t'?* ]] && line="$word  -- ${line#*$'\t'}" || line=$word
    if [[ $word == *= ]]; then
      open+=("$word") open_shown+=("$line")
    else
      values+=("$word") shown+=("$line")
    fi
  done
  if (( ${#values} + ${#open} == 0 )); then
    _files
    return
  fi
  (( ${#values} )) && compadd -l -d shown -a values
  (( ${#open} )) && compadd -l -S '' -d open_shown -a open
}
if [[ $funcstack[1] == _levy ]]; then
  _levy "$@"
else
  compdef _levy levy
fi
)sh";

constexpr const char* fish_script =
    R"sh(# levy completion fish; in ~/.config/fish/completions/levy.fish
function __levy_candidates
  set -l words (commandline -opc) (commandline -ct)
  set -l found (levy completion candidates $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c levy -f -a '(__levy_candidates)'
)sh";

}  // namespace

Syntax syntax_of(CompletionCommand& command) {
  Syntax syntax{"completion", translatable("Completion for bash, zsh or fish"), {}};
  syntax.options.push_back({.name = "SHELL",
                            .into = &command.shell,
                            .help = translatable("bash, zsh or fish"),
                            .required = true,
                            .values = {"bash", "zsh", "fish"}});
  add_common(syntax, command.common);
  syntax.examples = {{"source <(levy completion bash)", "in ~/.bashrc"},
                     {"levy completion fish > ~/.config/fish/completions/levy.fish",
                      translatable("for fish, once")}};
  return syntax;
}

int run(const CompletionCommand& command) {
  if (command.shell == "bash") return print(bash_script);
  return print(command.shell == "zsh" ? zsh_script : fish_script);
}

int print_candidates(const std::vector<std::string>& words) {
  std::string lines;
  for (const Completion& one : candidates_for(words))
    lines += one.word + (one.says.empty() ? "" : "\t" + one.says) + "\n";
  return print(lines);
}

}  // namespace levy::cli
