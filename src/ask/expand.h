// What an operation costs for every value of what was not said: a quote that lacks attributes
// becomes one quote per choice of them, as far as their values can be listed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/bounds.h"
#include "base/checked.h"
#include "fees/tariff.h"

namespace levy::ask {

using Choices = std::vector<std::pair<std::string, std::string>>;  // attribute and value, in order

struct Expanded {
  Choices given;  // the attributes chosen
  Checked<fees::Quote> quote;
};

// The first attribute that the fault says is missing and whose values are listed; null: none.
const Missing* listed_missing(const Diagnostic& fault);

// Adds one answer for each choice of what is missing. `ask` answers a narrower question, and
// `missing_of` says what an answer lacks, null where it is to be added as it is.
template <class Answer, class Ask, class MissingOf, class Add>
void expand_missing(const fees::Question& question, const Choices& given, Answer answer,
                    const Ask& ask, const MissingOf& missing_of, const Add& add) {
  const Missing* missing = missing_of(answer);
  if (missing == nullptr) return add(given, std::move(answer));
  for (const std::string& value : missing->domain) {
    fees::Question narrower = question;
    narrower.request.set(missing->name, value);
    Choices chosen = given;
    chosen.emplace_back(missing->name, value);
    expand_missing(narrower, chosen, ask(narrower), ask, missing_of, add);
  }
}

// One row where nothing was missing. Attributes are chosen as the quote asks for them, so one that
// matters only for some values of another is expanded only there. A row whose missing attribute has
// an open domain (a country, a text) keeps its missing_attributes as its answer; so do all rows
// beyond expansion_max.
std::vector<Expanded> expand(const fees::Tariff& tariff, const fees::Question& question);
// The same, where the question as it stands has been answered already.
std::vector<Expanded> expand(const fees::Tariff& tariff, const fees::Question& question,
                             Checked<fees::Quote> answer);

}  // namespace levy::ask
