#include "ask/expand.h"

#include <algorithm>

namespace levy::ask {

const Missing* listed_missing(const Diagnostic& fault) {
  if (fault.code != Code::missing_attributes) return nullptr;
  auto found = std::find_if(fault.missing.begin(), fault.missing.end(),
                            [](const Missing& one) { return one.closed && !one.domain.empty(); });
  return found == fault.missing.end() ? nullptr : &*found;
}

std::vector<Expanded> expand(const fees::Tariff& tariff, const fees::Question& question) {
  return expand(tariff, question, fees::quote(tariff, question));
}

std::vector<Expanded> expand(const fees::Tariff& tariff, const fees::Question& question,
                             Checked<fees::Quote> answer) {
  std::vector<Expanded> rows;
  auto missing_of = [&](const Checked<fees::Quote>& one) -> const Missing* {
    bool as_it_is = one || rows.size() >= expansion_max;
    return as_it_is ? nullptr : listed_missing(one.faults().front());
  };
  auto ask = [&](const fees::Question& narrower) { return fees::quote(tariff, narrower); };
  auto add = [&](const Choices& given, Checked<fees::Quote> one) {
    rows.push_back(Expanded{given, std::move(one)});
  };
  expand_missing(question, {}, std::move(answer), ask, missing_of, add);
  return rows;
}

}  // namespace levy::ask
