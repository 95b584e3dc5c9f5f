// What a check, a judged quote and a view of the tiers all start from: an operation or a time,
// and an account, read against the version in force.
#pragma once

#include "ask/check.h"
#include "limits/ladder.h"

namespace levy {

// Borrows from the tariff.
struct ResolvedAccount {
  Question question;  // without what is no part of an operation, with what the profile says of it
  ResolvedQuestion
      resolved;  // its operation has the profile's country and tier, where these are given
  Ladder ladder;
  Account account;
  bool tier_asked = false;  // the request named the tier itself
};

// As check has its faults.
Checked<ResolvedAccount> resolve_account(const Tariff& tariff, const CheckQuestion& asked);

// The same for no operation at all, at the question's time.
struct ResolvedTiers {
  const Plan* plan = nullptr;
  Ladder ladder;
  Account account;
  Instant time;
  const Rates* rates = nullptr;
};
Checked<ResolvedTiers> resolve_tiers(const Tariff& tariff, const CheckQuestion& asked);

}  // namespace levy
