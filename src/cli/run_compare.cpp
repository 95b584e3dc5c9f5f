// levy compare: one operation across tariffs, methods and tiers, cheapest first.
#include "comparison/compare.h"

#include <algorithm>

#include "cli/output.h"
#include "cli/questions.h"
#include "cli/syntax.h"
#include "cli/word_order.h"
#include "formats/json_writer.h"
#include "render/json/compare_json.h"
#include "render/pages/compare_page.h"

namespace levy::cli {
namespace {

std::string as_json(const comparison::Comparison& comparison,
                    const std::vector<comparison::Candidate>& candidates, bool with_curve) {
  formats::JsonWriter json;
  json.object([&] { render::json::write_comparison(json, comparison, candidates, with_curve); });
  return json.text() + "\n";
}

}  // namespace

Syntax syntax_of(CompareCommand& command) {
  Syntax syntax{
      "compare", translatable("One operation across tariffs and methods, cheapest first"), {}};
  add_operation(syntax, command.words);
  syntax.options.push_back(
      {"SCHEDULE", &command.schedules, translatable("Schedules' paths or ids"), true});
  syntax.options.push_back(
      {"--curve", &command.curve, translatable("Also who is cheapest in which range of amounts")});
  syntax.options.push_back(markdown_option(command.common));
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy compare withdrawal 250 okpay", translatable("every method and tier, cheapest first")},
      {"levy compare payment 100 stripe-us square paypal-us --curve",
       translatable("who is cheapest for which amounts")}};
  syntax.footer = translatable(
      "What is not given becomes rows. The arguments may stand in any order that says which is "
      "which.");
  return syntax;
}

int run(const CompareCommand& typed) {
  CompareCommand command = typed;
  put_in_order(command);
  Asked asked;
  ask_all(asked, command.schedules, command.words, command.common);
  if (asked.status != 0) return asked.status;
  comparison::Comparison comparison = comparison::compare(asked.candidates);
  bool quoted =
      std::any_of(comparison.offers.begin(), comparison.offers.end(),
                  [](const comparison::Offer& offer) { return static_cast<bool>(offer.quote); });
  if (!quoted) return report_error(comparison.offers.front().quote.faults(), command.common);
  if (command.curve)
    comparison::compare_curves(comparison, asked.candidates, fees::AmountInterval{0, std::nullopt});
  if (command.common.json) return print(as_json(comparison, asked.candidates, command.curve));
  return print_page(
      render::pages::compare_page(comparison, asked.candidates, command.common.language),
      command.common);
}

}  // namespace levy::cli
