// The one evaluator: what an operation costs, over a range of amounts at once.
//
// Everything that needs a charge goes through `evaluate`: a quote asks about one amount, a reverse
// quote, a curve or a proof about ranges of them (see form.h). Source: levy-schedule(5), FEES to
// CONVERSION.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "facts/operation.h"
#include "facts/rates.h"
#include "fees/form.h"
#include "fees/plan.h"
#include "fees/steps.h"
#include "fees/work.h"

namespace levy::fees {

class ChargeMemo;

// All that a charge depends on beside the plan. Borrowed for the length of the call.
struct EvaluationContext {
  const facts::Operation& operation;
  const facts::Rates* rates = nullptr;  // null: none
  const facts::Readings& readings;
  bool strict = false;  // an assumed reading is a fault
  // What a range's x is: null, the operation's amount; else this quantity, which the operation
  // gives, the amount then being as it says.
  const std::string* variable = nullptr;
  // Meters whose readings are open on the range (AmountRange::open), in its order; null: none.
  const std::vector<std::string>* open_readings = nullptr;
  ChargeMemo* memo = nullptr;  // where many operations of one plan are asked about
  Work* work = nullptr;        // null: without bound
  // Only what each fee comes to is asked: no rate, no totals and no credit. A fee's fault is noted
  // with it, and hides no other's line.
  bool lines_only = false;

  Form amount_on(const AmountRange& amounts) const;  // 0 where the operation has none
  Form quantity_on(const AmountRange& amounts, const std::string& name,
                   const Rational& value) const;
};

struct LineForm {
  std::size_t fee = 0;  // index into plan.fees
  std::size_t case_index = 0;
  Form amount;         // as rounded
  Form exact;          // before rounding
  Rational times = 1;  // it was rounded for one, and is so many times that
  Currency currency;
  schedule::Collect collect = schedule::Collect::on_top;
  bool exempted = false;    // an allowance left nothing of the base to charge
  std::vector<Step> steps;  // when asked for
};

// A fee or case that was not taken, and why: the first condition that failed (null: the fee is not
// for this operation, or an earlier case was taken).
struct NotTaken {
  std::size_t fee = 0;
  std::optional<std::size_t> case_index;  // none: the fee as a whole
  enum class Reason { operation, condition, earlier_case, no_base, no_conversion } reason;
  const schedule::Condition* condition = nullptr;
};

struct Evaluation {
  std::vector<LineForm> lines;
  std::vector<std::pair<std::size_t, Diagnostic>> line_faults;  // by fee; of lines only
  // Per currency, rounded to its minor unit. The source currency always has an entry in all three.
  std::map<Currency, Form> on_top, deducted, debit;
  Form net;     // N = P - deducted, in the source currency
  Form credit;  // what arrives, in credit_currency
  Currency credit_currency;
  // When the operation converts.
  Rational mid, margin, rate;                                // margin in percent
  std::vector<std::pair<std::size_t, std::size_t>> margins;  // the fees and cases that gave it
  Form margin_cost;
  std::vector<std::string> assumed;  // meters read as 0 because nobody gave them
  std::vector<NotTaken> not_taken;   // when explaining
};

// A fee that is charged, or the faults why that cannot be said.
struct ChosenFee {
  std::size_t fee = 0;               // index into plan.fees
  std::optional<std::size_t> taken;  // its case
  std::optional<Diagnostics> faults;
};

struct KnownCharges;  // charging.h

// What an evaluation that met a split point found out for every part of its range, so that it is
// asked once and not again of each part.
struct PartialEvaluation {
  std::optional<std::vector<ChosenFee>> choices;  // once all fees are decided
  std::size_t charged = 0;                        // so many of the choices have their lines
  std::vector<LineForm> lines;                    // of which `exact` holds, and `amount` does not
  std::shared_ptr<KnownCharges> known;            // of charges with many bands
};

enum class Explain { no, yes };

// It is needed and absent.
Diagnostic missing_amount(const Place& place);

// What this operation lacks to be charged: bad_amount, missing_attributes, missing_quantity.
std::optional<Diagnostics> find_missing(const Plan& plan, const EvaluationContext& context);

// The range's variable is the operation's amount (or context.variable); where the operation has no
// amount, it is 0 and must not be used. A fault holds for every amount of the range. When
// `range.is_settled()` is false afterwards, the answer (value or fault) means nothing and the
// range must be split first.
Checked<Evaluation> evaluate(const Plan& plan, const EvaluationContext& context,
                             AmountRange& amounts, Explain explain = Explain::no);
// Of a part of a range that was evaluated with `partial`, or from nothing. Where the part must
// be split too, `partial` is then what its own parts start from.
Checked<Evaluation> evaluate(const Plan& plan, const EvaluationContext& context,
                             AmountRange& amounts, PartialEvaluation& partial);

}  // namespace levy::fees
