// Random schedules with limits, accounts and histories, from a seed: small figures, so that bounds
// are met exactly as often as not, and times that like the edges of windows.
#pragma once

#include <random>

#include "limits_oracle.h"

namespace limits_oracle {

struct Sample {
  std::string zone;
  Json schedule, request, profile, history, rates;  // the last three may be null
  bool strict = false;
};

class Dice {
 public:
  explicit Dice(unsigned long long seed) : random_(seed) {}

  // `calendar_of` answers with the calendar of a zone; it outlives the call.
  template <class CalendarOf>
  Sample roll(const CalendarOf& calendar_of) {
    Sample sample;
    sample.zone = zone();
    calendar_ = &calendar_of(sample.zone);
    roll_into(sample);
    return sample;
  }

 private:
  void roll_into(Sample& sample);
  std::string zone();
  Seconds time();
  Json schedule();
  Json limit(int index);
  Json meter(bool of_limit);
  Json window();
  Json amounts(int low, int high);
  Json when();
  Json bounds(const std::string& currency, int low, int high, bool grow);
  Json evidence();
  Json requirement(int depth);
  Json tiers();
  Json fees();
  Json request(bool known);  // known: there is a profile
  Json profile();
  Json overrides();
  Json history();
  Json row();
  Seconds past();

  int upto(int most) { return int(random_() % (unsigned(most) + 1)); }  // 0 .. most
  int between(int low, int high) { return low + upto(high - low); }
  bool chance(int percent) { return upto(99) < percent; }
  std::string amount(int low, int high) { return std::to_string(between(low, high)); }
  template <class T>
  T any(std::initializer_list<T> list) {
    return *(list.begin() + upto(int(list.size()) - 1));
  }
  std::string utc(Seconds t) const;

  std::mt19937_64 random_;
  const Calendar* calendar_ = nullptr;
  Seconds now_ = 0;
  bool clocked_ = false;  // conditions on the time of day: everything else then happens soon
  Json schedule_;
};

}  // namespace limits_oracle
