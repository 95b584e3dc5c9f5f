// levy completion: a script for a shell, which asks levy itself what could come next.
#include "cli/candidates.h"
#include "cli/output.h"
#include "cli/syntax.h"

namespace levy {
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
compdef _levy levy
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
