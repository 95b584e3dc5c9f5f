// levy explain: what the code of a diagnostic means, and how to fix it.
#include "base/suggest.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "render/words/explain.h"

namespace levy::cli {
namespace {

int print_list(const Common& common) {
  std::vector<render::words::Explanation> all = render::words::explanations();
  if (!common.json) return print_page(render::words::explanation_list(all), common);
  formats::JsonWriter json;
  json.object([&] {
    json.array("codes", all, [&](const render::words::Explanation& one) {
      render::words::write_explanation(json, one);
    });
  });
  return print(json.text() + "\n");
}

Diagnostic unknown_code(const std::string& word) {
  std::vector<std::string> known;
  for (Code code : all_codes()) known.emplace_back(to_string(code));
  return usage("levy has no code " + in_quotes(word) + did_you_mean(word, known),
               "levy explain --list names them all");
}

}  // namespace

Syntax syntax_of(ExplainCommand& command) {
  Syntax syntax{"explain",
                translatable("What the code of an error or finding means"),
                {{"CODE", &command.code, translatable("As it stands in brackets: missing_rate")}}};
  syntax.options.push_back({"--list", &command.list, translatable("All codes, a line each")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy explain missing_rate", translatable("what the code means, and how to fix it")},
      {"levy explain --list", translatable("every code, a line each")}};
  return syntax;
}

int run(const ExplainCommand& command) {
  if (command.list && command.code.empty()) return print_list(command.common);
  if (command.list || command.code.empty()) {
    return report_error({usage("explain takes one code, or --list",
                               "write levy explain missing_rate, or levy explain --list")},
                        command.common);
  }
  std::optional<Code> code = find_code(command.code);
  if (!code) return report_error({unknown_code(command.code)}, command.common);
  render::words::Explanation one = render::words::explanation_of(*code);
  if (!command.common.json) return print_page(render::words::explanation_page(one), command.common);
  formats::JsonWriter json;
  render::words::write_explanation(json, one);
  return print(json.text() + "\n");
}

}  // namespace levy::cli
