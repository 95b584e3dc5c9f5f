// The sections of a tariff's page; each adds nothing where the schedule has nothing to say.
#pragma once

#include <string>

#include "fees/tariff.h"
#include "render/text/page.h"
#include "render/words/words.h"

namespace levy::render::pages {

// "Withdrawal (withdrawal)"; the id alone where there is no title.
std::string titled(const schedule::LocalText& title, const std::string& id,
                   const words::Wording& wording);

// One section for the operations that have the same fees.
void add_fees(text::Page& page, const fees::Plan& plan, const words::Wording& wording);
void add_tiers(text::Page& page, const words::Wording& wording);
void add_limits(text::Page& page, const words::Wording& wording);
void add_guarantees(text::Page& page, const words::Wording& wording);
// Attributes, quantities and sets.
void add_inputs(text::Page& page, const words::Wording& wording);

// For help: the tariff's operations, its attributes and quantities as options, its meters.
void add_what_can_be_asked(text::Page& page, const schedule::Schedule& schedule,
                           const std::string& language);

// The operations in groups that have the same fees, in order of appearance; a group without names
// stands for every operation. What only limits name is in a group without fees, which is left out.
struct FeeGroup {
  std::vector<std::string> operations;
  std::vector<const fees::FeePlan*> fees;
};
std::vector<FeeGroup> fee_groups(const fees::Plan& plan);

// The names of the built-in attributes that any condition or limit of the schedule uses.
std::vector<std::string> used_attributes(const schedule::Schedule& schedule);

// A tariff as a person reads it: what it is, what each operation costs, how the money is
// exchanged, what each tier needs and may do, what is promised, and what an operation can say.

// The version in force at `time`, else the one nearest to it, which is said; the other versions
// are named. Titles in `language`.
text::Page show_page(const fees::Tariff& tariff, Instant time, const std::string& language);

}  // namespace levy::render::pages
