// What a change of a tariff does, for whoever has to approve it.
#pragma once

#include <vector>

#include "analysis/diff.h"
#include "render/diff_terms.h"
#include "render/page.h"

namespace levy {

struct DiffReport {
  Diff costs;
  std::vector<TermChange> terms;
  std::vector<FileChange> files;  // all that differs in the files themselves

  bool is_same() const { return costs.is_same() && terms.empty(); }
};

Page diff_page(const DiffReport& report);

// "reading of volume from 10000.01 EUR", "kwh 10.5".
std::string held_words(const Held& held, const Currencies& currencies);

// "rises by 0.5 % of the amount - 2.50 EUR".
std::string change_words(const DiffRow& row, Currency currency, const std::string& along,
                         const Currencies& currencies);

}  // namespace levy
