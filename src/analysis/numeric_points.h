// Conditions on numbers, decided at finitely many points: between two neighbouring bounds of the
// conditions nothing changes, so a point on, just below and just above each bound stands for all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "schedule/schedule.h"

namespace levy {

// A value of the amount ("") and of each quantity that conditions look at.
using NumericPoint = std::map<std::string, Rational>;

// In ascending order, the amount's first; one empty point where no condition is on a number.
// Empty: more than points_max. `currency` is the amount's.
inline constexpr std::size_t points_max = 200'000;
std::vector<NumericPoint> points_of(const Schedule& schedule, const std::vector<const When*>& whens,
                                    Currency currency);

// Do the conditions on numbers hold? One without an entry in the currency does not.
bool hold_at(const When& when, const NumericPoint& point, Currency currency);

}  // namespace levy
