// CellCurve: what an operation of one cell costs along one variable, for every value of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "cells/cells.h"
#include "curves/piece_query.h"

namespace levy {

// Borrows the plan and the cell; stays where it is, as its context points into it.
struct CellCurve {
  const Plan* plan = nullptr;
  const Cell* cell = nullptr;
  Operation operation;           // its amount is set where the operation has one
  std::string variable;          // empty: the amount; else a quantity
  Readings readings;             // none: all meters are at 0
  const Rates* rates = nullptr;  // null: `nominal`, where there are any
  // Every currency at 1, where something is charged `in` another: a tariff is judged without rates.
  std::optional<Rates> nominal;
  Work* work = nullptr;  // null: without bound
  AmountRange whole{0, std::nullopt, 1};
  // What limits on one operation allow in some tier: amounts outside of it are refused. They are
  // in `whole` all the same.
  AmountInterval allowed{0, std::nullopt};
  Curve curve;

  EvaluationContext context() const;
  bool of_amount() const { return variable.empty(); }
  // An amount that limits allow: 1000, or the nearest to it.
  Rational usual_amount() const;
  bool is_piece_allowed(const CurvePiece& piece) const;
  // The part of the piece that is allowed, from `least` on; nothing: none of it.
  std::optional<AmountInterval> range_of(const CurvePiece& piece,
                                         const Rational& minimum = 0) const;
};

// Which variables the cost of the operation may depend on: "" for the amount (also where fees only
// compare with it), and quantities.
std::vector<std::string> variables_of(const Schedule& schedule, const std::string& operation);
// And with them the quantities of `times`, which a quote needs, and which no curve is drawn along.
std::vector<std::string> quantities_asked(const Schedule& schedule, const std::string& operation);

// The values of a quantity that every schedule declaring it allows, in steps one place finer than
// any figure that one of them writes of it: what lies between two bounds is seen. Nothing: none
// declares it, or what they allow has nothing in common.
std::optional<AmountRange> values_of(const std::vector<const Schedule*>& schedules,
                                     const std::string& quantity);

// Every currency that the schedules know at 1: so that what converts has a rate.
Rates nominal_rates(const std::vector<const Schedule*>& schedules);

// Fills everything but the curve; then `draw` the curve.
CellCurve make_cell_curve(const Plan& plan, const Cell& cell, const std::string& variable,
                          bool has_amount);
// `memo` is what cell curves of other cells came to; null: nobody else asks.
void draw(CellCurve& cell_curve, ChargeMemo* memo = nullptr);

// ---- figures -----------------------------------------------------------------------------------

// All that is collected in the source currency, on top and deducted.
Form fees_of(const Evaluation& value, Currency source);
// The answer at one value of the variable; steps with `explain`.
Checked<Evaluation> evaluate_at(const CellCurve& cell_curve, const Rational& x,
                                Explain explain = Explain::no);

// ---- words -------------------------------------------------------------------------------------

// "100.01 EUR"; of a quantity "10.5 units".
std::string say(const CellCurve& cell_curve, const Rational& x);
std::string say(const CellCurve& cell_curve, const Rational& value, Currency currency);
// "withdrawal, currency EUR, method bank".
std::string where_of(const CellCurve& cell_curve);
// The command that asks about x.
CommandWords quote_command(const CellCurve& cell_curve, const Rational& x);
// levy quote or check, FILE, OPERATION, AMOUNT, and what the operation says.
CommandWords command_of(const std::string& verb, const Schedule& schedule,
                        const Operation& operation, const std::vector<Choice>& choices,
                        bool needs_time);

}  // namespace levy
