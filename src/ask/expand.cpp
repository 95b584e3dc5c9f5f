#include "ask/expand.h"

#include <algorithm>

namespace levy {

const Missing* listed_missing(const Diagnostic& fault) {
  if (fault.code != Code::missing_attributes) return nullptr;
  auto found = std::find_if(fault.missing.begin(), fault.missing.end(),
                            [](const Missing& one) { return one.closed && !one.domain.empty(); });
  return found == fault.missing.end() ? nullptr : &*found;
}

std::vector<Expanded> expand(const Tariff& tariff, const Question& question) {
  return expand(tariff, question, quote(tariff, question));
}

std::vector<Expanded> expand(const Tariff& tariff, const Question& question,
                             Checked<Quote> answer) {
  std::vector<Expanded> rows;
  auto missing_of = [&](const Checked<Quote>& one) -> const Missing* {
    bool as_it_is = one || rows.size() >= expansion_max;
    return as_it_is ? nullptr : listed_missing(one.faults().front());
  };
  auto ask = [&](const Question& narrower) { return quote(tariff, narrower); };
  auto add = [&](const Choices& given, Checked<Quote> one) {
    rows.push_back(Expanded{given, std::move(one)});
  };
  expand_missing(question, {}, std::move(answer), ask, missing_of, add);
  return rows;
}

}  // namespace levy
