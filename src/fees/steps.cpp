#include "fees/steps.h"

namespace levy {

void Steps::add(std::string_view op, const std::vector<Form>& args, const Form& value,
                Currency currency, const Place& place, const std::vector<std::string>& words) {
  if (!wanted_) return;
  Step step;
  step.op = op;
  for (const Form& arg : args) step.args.push_back(arg.constant().to_string());
  for (const std::string& word : words) step.args.push_back(word);
  step.value = value.constant().to_string();
  step.currency = currency.code();
  step.place = place;
  steps_.push_back(std::move(step));
}

}  // namespace levy
