// Why a bill differs: the nearest explanation of a billed fee that is not the computed one (SPEC
// section 7, `--reconcile`).
//
// The operation is charged again under one change at a time, in this order; the first that gives
// the billed figure is the cause. Nothing is guessed: what no single change gives has no cause.
//
//   rounding: half-up                      every rounding in this mode
//   rounding: total, rounding: line        "apply" the other way
//   rounding: half-up of FEE               one line in this mode
//   band: edge of FEE                      every `up_to` read as `below` and the reverse
//   band: next below of FEE                an edge unseen: the band below it goes on
//   band: next above of FEE                ... or the band above it begins one edge early
//   bound left out: min of FEE             also max, cap
//   bound added: min of FEE                the min or max of another of the fee's cases
//   surcharge left out: FEE                its line is missing, and what is taken of it
//   surcharge added: FEE                   one of the operation's fees, whose `when` does not hold
//   version: 2025.2                        the version before, then the one after ("before" and
//                                          "after" where they have no name)
//   tier: premium                          for an account of another tier, from the lowest
//   net: amount less fee                   taken of the amount less the right fee
//   net: fee contained                     taken of amount / (1 + p), each percentage p of it
//   not converted                          every rate taken as 1; or the fees in all currencies
//                                          added up as they are
//   not converted: EUR                     priced as if the amount were in the schedule's own or
//                                          in the target currency
//   sign turned                            the fee as it is with the other sign: a refund, or a
//                                          bill that counts what it takes as negative
//   minor units, major units               billed in the currency's minor units (250 for 2.50), or
//                                          in major ones where minor ones were meant
//   case: 2 of FEE                         charged by another of its cases, counted from 1
//
// Where a quote of an operation takes 10 microseconds, a bill without any cause takes 10 for each
// change that concerns it: less than a millisecond for schedules of some thirty lines.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "batch/cause_variants.h"
#include "fees/tariff.h"

namespace levy {

struct Cause {
  std::string words;  // empty: nothing explains the bill, or the operation cannot be quoted
  // What each fee has of the difference under it, in the operation's currency; none is zero. What
  // they do not add up to (a total's rounding, a tolerance) no fee explains.
  std::vector<std::pair<std::string, Rational>> parts;
};

class Causes {
 public:
  // Borrows the tariff. Changed plans are compiled when first wanted and kept.
  explicit Causes(const Tariff& tariff);

  // `billed` in the operation's currency, as `fee` is; a figure at most `tolerance` away is that
  // figure.
  Cause find(const Setting& setting, const Rational& billed, const Rational& tolerance = 0);

 private:
  struct Bill {
    const Setting& setting;
    const Quote& computed;
    const Rational& billed;
    const Rational& tolerance;
  };
  using Found = std::optional<Cause>;

  Found find_variant(const Bill& bill, Variant::Kind kind);
  Found find_version(const Bill& bill) const;
  Found find_tier(const Bill& bill) const;
  Found find_net(const Bill& bill) const;
  Found find_not_converted(const Bill& bill) const;
  Found find_other_unit(const Bill& bill) const;
  static Found explain(const Bill& bill, const std::optional<Quote>& changed, std::string words);
  static Found explain_times(const Bill& bill, const Rational& factor, std::string words);

  const Tariff& tariff_;
  std::vector<std::vector<Variant>> variants_;  // by version
};

}  // namespace levy
