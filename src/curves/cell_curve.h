// CellCurve: what an operation of one cell costs along one variable, for every value of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "cells/cells.h"
#include "curves/piece_query.h"

namespace levy::curves {

// Borrows the plan and the cell; stays where it is, as its context points into it.
struct CellCurve {
  const fees::Plan* plan = nullptr;
  const cells::Cell* cell = nullptr;
  facts::Operation operation;           // its amount is set where the operation has one
  std::string variable;                 // empty: the amount; else a quantity
  facts::Readings readings;             // none: all meters are at 0
  const facts::Rates* rates = nullptr;  // null: `nominal`, where there are any
  // Every currency at 1, where something is charged `in` another: a tariff is judged without rates.
  std::optional<facts::Rates> nominal;
  fees::Work* work = nullptr;  // null: without bound
  fees::AmountRange whole{0, std::nullopt, 1};
  // What limits on one operation allow in some tier: amounts outside of it are refused. They are
  // in `whole` all the same.
  fees::AmountInterval allowed{0, std::nullopt};
  fees::Curve curve;

  fees::EvaluationContext context() const;
  bool of_amount() const { return variable.empty(); }
  // An amount that limits allow: 1000, or the nearest to it.
  Rational usual_amount() const;
  bool is_piece_allowed(const fees::CurvePiece& piece) const;
  // The part of the piece that is allowed, from `least` on; nothing: none of it.
  std::optional<fees::AmountInterval> range_of(const fees::CurvePiece& piece,
                                               const Rational& minimum = 0) const;
};

// Which variables the cost of the operation may depend on: "" for the amount (also where fees only
// compare with it), and quantities.
std::vector<std::string> variables_of(const schedule::Schedule& schedule,
                                      const std::string& operation);
// And with them the quantities of `times`, which a quote needs, and which no curve is drawn along.
std::vector<std::string> quantities_asked(const schedule::Schedule& schedule,
                                          const std::string& operation);

// The values of a quantity that every schedule declaring it allows, in steps one place finer than
// any figure that one of them writes of it: what lies between two bounds is seen. Nothing: none
// declares it, or what they allow has nothing in common.
std::optional<fees::AmountRange> values_of(const std::vector<const schedule::Schedule*>& schedules,
                                           const std::string& quantity);

// Every currency that the schedules know at 1: so that what converts has a rate.
facts::Rates nominal_rates(const std::vector<const schedule::Schedule*>& schedules);

// Fills everything but the curve; then `draw` the curve.
CellCurve make_cell_curve(const fees::Plan& plan, const cells::Cell& cell,
                          const std::string& variable, bool has_amount);
// `memo` is what cell curves of other cells came to; null: nobody else asks.
void draw(CellCurve& cell_curve, fees::ChargeMemo* memo = nullptr);

// ---- figures -----------------------------------------------------------------------------------

// All that is collected in the source currency, on top and deducted.
fees::Form fees_of(const fees::Evaluation& value, Currency source);
// The answer at one value of the variable; steps with `explain`.
Checked<fees::Evaluation> evaluate_at(const CellCurve& cell_curve, const Rational& x,
                                      fees::Explain explain = fees::Explain::no);

// ---- words -------------------------------------------------------------------------------------

// "100.01 EUR"; of a quantity "10.5 units".
std::string say(const CellCurve& cell_curve, const Rational& x);
std::string say(const CellCurve& cell_curve, const Rational& value, Currency currency);
// "withdrawal, currency EUR, method bank".
std::string where_of(const CellCurve& cell_curve);
// The command that asks about x.
CommandWords quote_command(const CellCurve& cell_curve, const Rational& x);
// levy quote or check, FILE, OPERATION, AMOUNT, and what the operation says.
CommandWords command_of(const std::string& verb, const schedule::Schedule& schedule,
                        const facts::Operation& operation,
                        const std::vector<cells::Choice>& choices, bool needs_time);

}  // namespace levy::curves
