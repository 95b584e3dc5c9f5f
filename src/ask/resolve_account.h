// What a check, a judged quote and a view of the tiers all start from: an operation or a time,
// and an account, read against the version in force.
#pragma once

#include "ask/check.h"
#include "limits/ladder.h"

namespace levy::ask {

// Borrows from the tariff.
struct ResolvedAccount {
  fees::Question
      question;  // without what is no part of an operation, with what the profile says of it
  fees::ResolvedQuestion
      resolved;  // its operation has the profile's country and tier, where these are given
  limits::Ladder ladder;
  limits::Account account;
  bool tier_asked = false;  // the request named the tier itself
};

// As check has its faults.
Checked<ResolvedAccount> resolve_account(const fees::Tariff& tariff, const CheckQuestion& asked);

// The same for no operation at all, at the question's time.
struct ResolvedTiers {
  const fees::Plan* plan = nullptr;
  limits::Ladder ladder;
  limits::Account account;
  Instant time;
  const facts::Rates* rates = nullptr;
};
Checked<ResolvedTiers> resolve_tiers(const fees::Tariff& tariff, const CheckQuestion& asked);

}  // namespace levy::ask
