// How the checks of a schedule's references work together; nobody else needs to look here.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "schedule/schedule.h"

namespace levy::schedule::decode {

struct Findings {
  Diagnostics all;
  void add(const Place& place, Code code, std::string message, std::string remedy,
           std::vector<Place> related = {});
};

void check_bases(const Schedule& schedule, Findings& findings);  // `of`
void check_margins(const Schedule& schedule, Findings& findings);
void check_debit_shares(const Schedule& schedule, Findings& findings);  // of fees
void check_requirements(const Schedule& schedule, Findings& findings);  // of tiers
void check_bounds(const Schedule& schedule, Findings& findings);        // bands, min, max
void check_meters(const Schedule& schedule, Findings& findings);

// Does the fee yield no line but change the rate?
bool is_margin(const Fee& fee);

// Every charge of the fee, those inside `greatest` and `least` included.
std::vector<const Charge*> charges_of(const Fee& fee);

}  // namespace levy::schedule::decode
