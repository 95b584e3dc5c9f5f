// CellKey: which operations cost the same at every amount, and are judged by the same limits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fees/tariff.h"

namespace levy::batch::rows {

class CellKey {
 public:
  // Of all conditions of the tariff's versions, and so of any version with some of them left out.
  // `counts`: and of what its limits and meters ask of words.
  CellKey(const fees::Tariff& tariff, bool counts);

  // Two operations of one key get the same answers from the plan: the same conditions hold, in the
  // same currencies, at the same rates. What `variable` is (a quantity; empty: the amount) does not
  // count.
  std::string of(const fees::Plan& plan, const facts::Operation& operation,
                 const facts::Rates* rates, std::string_view variable = {}) const;
  // Does a condition ask the date, the weekday or the time of day?
  bool asks_clock() const { return asks_clock_; }
  // What the operation says: where no condition asks the clock, the same words have one key.
  static std::string words_of(const fees::Plan& plan, const facts::Operation& operation,
                              const facts::Rates* rates, std::string_view variable = {});

 private:
  void add(const schedule::When& when);

  bool counts_;
  bool asks_clock_ = false;
  std::vector<schedule::When>
      conditions_;  // one each: every condition on attributes, dates, times of day
};

}  // namespace levy::batch::rows
