// The same question, put to several tariffs.
#pragma once

#include <string>
#include <vector>

#include "cli/files.h"
#include "comparison/compare.h"

namespace levy::cli {

// Borrowed by the candidates; stays where it is.
struct Asked {
  std::vector<fees::Tariff> tariffs;
  LoadedRates rates;
  std::vector<comparison::Candidate> candidates;  // one a tariff
  int status = 0;                                 // not 0: what `report_error` returned
};

// An option that only some of the tariffs declare is put to those; one that none declares is
// unknown_attribute. A bare amount, and amounts of a curve, are in the first tariff's currency
// unless --currency names one.
void ask_all(Asked& asked, const std::vector<std::string>& schedules, const OperationWords& words,
             const Common& common);

}  // namespace levy::cli
