// The ways in which a schedule may be misread, each as a changed schedule.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batch/rows/cell_key.h"
#include "batch/rows/lowered_curve.h"
#include "fees/plan.h"
#include "fees/quote.h"
#include "fees/tariff.h"

namespace levy::batch::rows {

struct Variant {
  // Prices misread; the amount taken as one that contains the fee; another case's price.
  enum class Kind { misread, contained, other_case };
  // Of which operations it is asked: all, or those whose quote has the fee's line (by a certain
  // case), or has it not (by that case, though it is one of the operation's fees).
  enum class Asked { always, with_line, with_case, with_other_case, without_line };

  std::string cause;
  std::function<void(schedule::Schedule&)> change;
  Kind kind = Kind::misread;
  Asked asked = Asked::always;
  std::size_t fee = 0;
  std::size_t case_index = 0;
  std::optional<fees::Plan> plan = {};  // once compiled

  // What a quote says of a fee.
  struct OfFee {
    const schedule::Case* taken = nullptr;  // whose line it has; null: it has none
    bool is_for = false;                    // is the fee for the operation?
  };
  // `fees`: of each fee of the schedule.
  bool concerns(const schedule::Schedule& schedule, const std::vector<OfFee>& fees) const;
};

// Of each kind in the order in which cause.h lists them. Borrows nothing; `change` is for copies of
// `schedule`.
std::vector<Variant> variants_of(const schedule::Schedule& schedule);

// Why a bill differs: the nearest explanation of a billed fee that is not the computed one
// (levy-batch(1), `--reconcile`).
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
// Most changes are ruled out by a lowered curve (lowered_curve.h) of the cell; only one that leads
// to the billed figure, and those that no curve answers, are quoted.

struct Cause {
  std::string words;  // empty: nothing explains the bill, or the operation cannot be quoted
  // What each fee has of the difference under it, in the operation's currency; none is zero. What
  // they do not add up to (a total's rounding, a tolerance) no fee explains.
  std::vector<std::pair<std::string, Rational>> parts;
};

class Causes {
 public:
  // Borrows the tariff. Changed plans are compiled when first wanted and kept.
  explicit Causes(const fees::Tariff& tariff);

  // `computed` is the setting's quote. `billed` in the operation's currency, as `fee` is; a figure
  // at most `tolerance` away is that figure.
  Cause find(const fees::ResolvedQuestion& resolved, const fees::Quote& computed,
             const Rational& billed, const Rational& tolerance = 0);

 private:
  // What a cell costs under one change, made once so many bills have asked.
  struct KnownCurve {
    std::size_t bills = 0;
    std::optional<LoweredCurve> curve;
  };
  using Cell = std::vector<KnownCurve>;  // by change (change_count)
  struct Bill {
    const fees::ResolvedQuestion& resolved;
    const fees::Quote& computed;
    const Rational& billed;
    const Rational& tolerance;
    Cell* cell = nullptr;  // null: readings price it, and each change is quoted
    std::vector<Variant::OfFee> fees = {};
    // The same in minor units of the operation's currency, of so many digits; none: they are finer.
    struct Units {
      int digits = 0;
      std::int64_t amount = 0, fee = 0, billed = 0, tolerance = 0;
      // Is a figure, so many times as large, the bill?
      bool is_billed(Int128 figure, Int128 times = 1) const {
        Int128 off = figure - billed * times;
        return off <= tolerance * times && -off <= tolerance * times;
      }
    };
    std::optional<Units> units = {};
  };
  // How the operation would have been charged.
  struct Changed {
    const fees::Plan* plan;
    facts::Operation operation;
    std::optional<facts::Rates> rates = {};  // nothing: the bill's own
  };
  using Found = std::optional<Cause>;

  Cell* cell_of(const fees::Plan& plan, const fees::ResolvedQuestion& resolved);
  static std::optional<Bill::Units> units_of(const Bill& bill);
  static std::vector<Variant::OfFee> fees_of(const fees::Quote& computed);
  std::size_t variants_in(const fees::Plan& plan) const;
  std::size_t change_count(const fees::Plan& plan) const;
  fees::Plan& plan_of(Variant& variant, const fees::Plan& plan) const;
  Found find_variant(const Bill& bill, Variant::Kind kind);
  Found find_version(const Bill& bill);
  Found find_tier(const Bill& bill);
  Found find_net(const Bill& bill);
  Found find_not_converted(const Bill& bill);
  Found find_other_currency(const Bill& bill);
  Found find_other_unit(const Bill& bill) const;
  template <class Change>
  Found explain_by(const Bill& bill, Cell* cell, std::size_t number,
                   const std::optional<Rational>& amount, const Change& change,
                   const std::string& words);
  template <class Change>
  std::optional<bool> leads_to_bill(const Bill& bill, KnownCurve& known, const Rational& amount,
                                    const Change& change);
  static bool may_be_other_unit(const Bill::Units& units);
  static Found explain(const Bill& bill, const std::optional<fees::Quote>& changed,
                       std::string words);
  static Found explain_times(const Bill& bill, const Rational& factor, std::string words);

  const fees::Tariff& tariff_;
  CellKey key_;
  std::vector<std::vector<Variant>> variants_;  // by version
  std::unordered_map<std::string, Cell> cells_;
  std::unordered_map<std::string, Cell*> cells_by_words_;
  std::size_t curves_ = 0;
};

}  // namespace levy::batch::rows
