#include "fees/steps.h"

namespace levy::fees {

void Steps::add(std::string_view op, std::initializer_list<StepFigure> args, StepFigure value,
                Currency currency, const Place& place, std::string_view word) {
  if (!wanted_) return;
  std::vector<std::string> texts;
  for (const StepFigure& arg : args) texts.push_back(arg.value().to_string());
  if (!word.empty()) texts.emplace_back(word);
  record(op, std::move(texts), value, currency, place);
}

void Steps::add(std::string_view op, const std::vector<Form>& args, StepFigure value,
                Currency currency, const Place& place) {
  if (!wanted_) return;
  std::vector<std::string> texts;
  for (const Form& arg : args) texts.push_back(arg.constant().to_string());
  record(op, std::move(texts), value, currency, place);
}

void Steps::record(std::string_view op, std::vector<std::string> args, StepFigure value,
                   Currency currency, const Place& place) {
  steps_.push_back(Step{std::string(op), std::move(args), value.value().to_string(),
                        std::string(currency.code()), place});
}

}  // namespace levy::fees
