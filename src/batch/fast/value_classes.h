// ValueClasses: which words of a column say the same to a tariff.
//
// Of a country, a tier or any other attribute nothing matters but whether it is one, and which
// conditions name it. Where no condition tells FR from IT, rows of both are of one class.
#pragma once

#include <string>
#include <string_view>

#include "batch/rows/layout.h"

namespace levy::batch::fast {

class ValueClasses {
 public:
  // `by_word`: limits and meters ask too, and each word is taken to mean something else.
  ValueClasses(const fees::Tariff& tariff, const rows::Layout& layout, bool by_word);

  // Has the column words that say the same?
  bool has_synonyms(std::size_t column) const;
  // A word in place of another of the same value class never changes what a row costs.
  std::string of(std::size_t column, std::string_view word) const;

 private:
  bool is_attribute(std::string_view field) const;
  std::string as_attribute(std::string_view field, std::string_view word) const;

  const fees::Tariff& tariff_;
  const rows::Layout& layout_;
  bool by_word_;
  bool countries_are_compared_ = false;  // is it asked whether the operation crosses a border?
};

}  // namespace levy::batch::fast
