#include "base/outline.h"

#include <algorithm>

namespace levy {

std::size_t Outline::add(std::size_t begin, std::size_t parent, std::string_view step) {
  steps_ += step;
  values_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(parent),
                     static_cast<std::uint32_t>(steps_.size())});
  return values_.size() - 1;
}

std::string_view Outline::step_of(std::size_t value) const {
  std::size_t begin = value == 0 ? 0 : values_[value - 1].step_end;
  return std::string_view(steps_).substr(begin, values_[value].step_end - begin);
}

std::string Outline::pointer_at(std::size_t at) const {
  auto after = std::partition_point(values_.begin(), values_.end(),
                                    [&](const Value& value) { return value.begin <= at; });
  if (after == values_.begin()) return "";
  std::vector<std::size_t> path;
  std::size_t value = static_cast<std::size_t>(after - values_.begin() - 1);
  for (; value != none; value = values_[value].parent) path.push_back(value);
  std::string pointer;
  for (auto step = path.rbegin(); step != path.rend(); ++step) pointer += step_of(*step);
  return pointer;
}

}  // namespace levy
