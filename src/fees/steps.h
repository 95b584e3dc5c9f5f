// Steps: how a line came about, exactly enough that another program can compute it again.
//
// Each step is an operation on exact figures. A figure is a decimal or "n/d"; args in this order:
//
//   amount                          the operation's amount
//   of        v1 v2 ...             the sum of earlier lines (already signed)
//   units     q1 q2 ...             their product
//   debit     v1 v2 ...             the sum of the amount and the lines on top of it so far
//   divide    a n                   a / n
//   times     v n                   v * n
//   gross_up  v p                   v / (1 - p / 100): what p percent of a whole are added to
//   convert   v mid                 v * mid
//   left      allowance used        max(0, allowance - used)
//   free      base left             max(0, base - left)
//   free_whole  base left           0 when base <= left, otherwise base
//   free_count  count used          0 when used < count, otherwise 1: 0 makes the line 0
//   part      base from [to]        min(base, to) - from
//   percent   p base                p * base / 100;   bps   p base   p * base / 10000
//   each      price units           price * units;    flat  price    price
//   per       base every charge started|complete      blocks * charge
//   plus      v1 v2 ...             the sum;          minus  a b     a - b
//   at_least  v bound               max(v, bound);    at_most  v bound   min(v, bound)
//   greatest  v1 v2 ...             the largest;      least  v1 v2 ...   the smallest
//   cap       v max used            min(v, max(0, max - used))
//   waived                          0
//   round     v quantum mode        the multiple of quantum that mode picks
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "fees/form.h"
#include "money/currency.h"

namespace levy::fees {

enum class StepOp {
  amount,
  of,
  units,
  debit,
  divide,
  times,
  gross_up,
  convert,
  left,
  free,
  free_whole,
  free_count,
  part,
  percent,
  bps,
  each,
  flat,
  per,
  plus,
  minus,
  at_least,
  at_most,
  greatest,
  least,
  cap,
  waived,
  round
};
std::string_view to_string(StepOp op);

struct Step {
  StepOp op = StepOp::amount;
  std::vector<std::string> args;
  std::string value;
  std::string currency;  // of the value; empty: a plain number
  Place place;           // the rule's
};

// A figure of a step, borrowed for the length of the call: where nobody asks for steps, naming what
// they would hold costs nothing.
class StepFigure {
 public:
  StepFigure(const Form& form) : form_(&form) {}
  StepFigure(const Rational& number) : number_(&number) {}
  Rational value() const { return form_ != nullptr ? form_->constant() : *number_; }

 private:
  const Form* form_ = nullptr;
  const Rational* number_ = nullptr;
};

// Collects steps while single amounts are evaluated; silent otherwise.
class Steps {
 public:
  explicit Steps(bool wanted) : wanted_(wanted) {}
  void add(StepOp op, std::initializer_list<StepFigure> args, StepFigure value, Currency currency,
           const Place& place, std::string_view word = "");
  void add(StepOp op, const std::vector<Form>& args, StepFigure value, Currency currency,
           const Place& place);
  bool wanted() const { return wanted_; }
  std::vector<Step> take() { return std::exchange(steps_, {}); }

 private:
  void record(StepOp op, std::vector<std::string> args, StepFigure value, Currency currency,
              const Place& place);

  bool wanted_;
  std::vector<Step> steps_;
};

}  // namespace levy::fees
