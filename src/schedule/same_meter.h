// Are two meters inside one fee the same one? They share the fee's id, so they must be.
#pragma once

#include <string_view>
#include <vector>

#include "schedule/schedule.h"

namespace levy::schedule {

struct FeeMeter {
  const Meter* meter;
  bool of_free;  // counts only what met the fee's `when`, unless it says otherwise
};

// Of `by`, `free` and `cap`, in the order of the cases.
std::vector<FeeMeter> meters_of(const Fee& fee);

// The first key in which they differ ("measure", "window" ...); empty: they are the same.
std::string_view find_difference(const Fee& fee, const FeeMeter& a, const FeeMeter& b);

// Whether two conditions say the same, whatever the order of their keys and values.
bool same_when(const When& a, const When& b);

}  // namespace levy::schedule
