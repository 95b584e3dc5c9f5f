// The axes along which cells differ; used by cells.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cells/cells.h"

namespace levy::cells {

// A `when` whose truth cells tell apart.
struct Watch {
  const schedule::When* when = nullptr;  // null: always
  std::size_t fee = 0;                   // watches of one fee share it
  bool is_case = false;
};

// One class along an axis: what it makes of an operation, and for which watches it can hold.
struct AxisOption {
  std::vector<Choice> choices;
  std::vector<bool> holds;  // per watch: no condition on this axis is false
  std::string distinct;     // not empty: never merged with another
  std::function<void(facts::Operation&)> apply;
};

using Axis = std::vector<AxisOption>;

struct AxisQuestion {
  const schedule::Schedule& schedule;
  const std::string& operation;
  const std::vector<Watch>& watches;
  const CellScope& scope;
  bool each_tier = false;
};

// Each with at least one one_class.
Axis currency_axis(const AxisQuestion& asked);
Axis country_axis(const AxisQuestion& asked);
Axis clock_axis(const AxisQuestion& asked);
Axis attribute_axis(const AxisQuestion& asked, const std::string& name);

// Options for which the same watches hold are one; the first stands for them.
Axis merged(Axis axis);

// The values of `name` that conditions name, in order of appearance.
std::vector<std::string> named_values(const AxisQuestion& asked, std::string_view name);
bool is_asked(const AxisQuestion& asked, std::string_view name);

// Values of an attribute that no condition tells apart, as classes.
struct ValueClass {
  std::vector<std::string> values;
  bool named = false;
};
std::vector<ValueClass> classes_of(const AxisQuestion& asked, const std::string& name,
                                   const std::vector<std::string>& domain);
// Per watch: does no condition on `name` fail for this value?
std::vector<bool> holds_for_value(const AxisQuestion& asked, std::string_view name,
                                  const std::string& value);

}  // namespace levy::cells
