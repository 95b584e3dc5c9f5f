// Which attributes the fee depends on, and what it is for each choice of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/fee_fit.h"
#include "inference/observations.h"
#include "tables/price_list.h"

namespace levy::inference {

// Operations that are charged alike, and how. `members` are the numbers of their observations, by
// amount.
struct FeeCell {
  std::string operation, currency;
  std::vector<tables::PriceTest>
      tests;  // attributes, in the order in which they were found to matter
  std::vector<std::uint32_t> members;
  std::vector<FeePoint> points;  // the fit's
  FeeFit fit;
  bool has_too_little = false;  // no piece explains three rows
};

// The attributes by exact tests: one is told apart where the rows of its values, each explained by
// itself, need fewer parts and leave fewer rows than all together. Cells of one operation and
// currency have one way of rounding.
std::vector<FeeCell> find_fee_cells(const Observed& observed, fees::Work& work);

// The points of these observations. Of one amount, fees that far fewer rows have than another are
// no points.
std::vector<FeePoint> points_of(const Observed& observed,
                                const std::vector<std::uint32_t>& members);

int digits_of(const std::string& currency);

}  // namespace levy::inference
