#include "fees/steps.h"

#include <iterator>

namespace levy::fees {

std::string_view to_string(StepOp op) {
  static constexpr std::string_view names[] = {
      "amount",  "of",       "units", "debit",      "divide",     "times", "gross_up",
      "convert", "left",     "free",  "free_whole", "free_count", "part",  "percent",
      "bps",     "each",     "flat",  "per",        "plus",       "minus", "at_least",
      "at_most", "greatest", "least", "cap",        "waived",     "round"};
  static_assert(std::size(names) == static_cast<std::size_t>(StepOp::round) + 1);
  return names[static_cast<std::size_t>(op)];
}

void Steps::add(StepOp op, std::initializer_list<StepFigure> args, StepFigure value,
                Currency currency, const Place& place, std::string_view word) {
  if (!wanted_) return;
  std::vector<std::string> texts;
  for (const StepFigure& arg : args) texts.push_back(arg.value().to_string());
  if (!word.empty()) texts.emplace_back(word);
  record(op, std::move(texts), value, currency, place);
}

void Steps::add(StepOp op, const std::vector<Form>& args, StepFigure value, Currency currency,
                const Place& place) {
  if (!wanted_) return;
  std::vector<std::string> texts;
  for (const Form& arg : args) texts.push_back(arg.constant().to_string());
  record(op, std::move(texts), value, currency, place);
}

void Steps::record(StepOp op, std::vector<std::string> args, StepFigure value, Currency currency,
                   const Place& place) {
  steps_.push_back(
      Step{op, std::move(args), value.value().to_string(), std::string(currency.code()), place});
}

}  // namespace levy::fees
