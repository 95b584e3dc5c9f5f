// What an operation costs for every value of what was not said: a quote that lacks attributes
// becomes one quote per choice of them, as far as their values can be listed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "fees/tariff.h"

namespace levy {

inline constexpr std::size_t expansion_max = 1000;  // rows

struct Expanded {
  std::vector<std::pair<std::string, std::string>> given;  // the attributes chosen, in order
  Checked<Quote> quote;
};

// One row where nothing was missing. Attributes are chosen as the quote asks for them, so one that
// matters only for some values of another is expanded only there. A row whose missing attribute has
// an open domain (a country, a text) keeps its missing_attributes as its answer; so do all rows
// beyond expansion_max.
std::vector<Expanded> expand(const Tariff& tariff, const Question& question);
// The same, where the question as it stands has been answered already.
std::vector<Expanded> expand(const Tariff& tariff, const Question& question, Checked<Quote> answer);

}  // namespace levy
