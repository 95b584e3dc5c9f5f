// Cells: the choices of discrete attributes that matter for an operation, and no others.
//
// Per attribute the values fall into classes that no condition tells apart: the values named alike,
// and all that are named nowhere. A cell takes one class of each attribute; cells for which the
// same conditions hold cost the same, so only the first of them is kept. 249 countries of which a
// tariff names 30 in one set are two classes.
//
//   {"when": {"country": "@EEA"}}, {"when": {"tier": "premium"}}, in EUR
//       country AT (for the 30 of @EEA), tier premium      country AT, tier basic
//       country AD (for any other), tier premium           country AD, tier basic
//
// How to use it: take `cell.operation`; give it an amount where the fees use one (any, such as 0:
// over a range the amount is the range's); evaluate it or draw its curve (fees/curve.h).
//
//   for (const Cell& cell : find_cells({&plan}, "withdrawal").all) {
//     Operation operation = cell.operation;
//     operation.amount = Rational(0);
//     Readings none;
//     Curve curve = find_curve(plan, EvaluationContext{operation, nullptr, none}, whole);
//     ... to_words(cell) is "currency EUR, country any other, method bank"
//   }
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "facts/operation.h"
#include "fees/plan.h"

namespace levy::cells {

// What a cell says of one attribute.
struct Choice {
  std::string name;                 // "currency", "method", "weekday", "date"
  std::string value;                // that stands for the class; of a date or time, where it begins
  std::vector<std::string> values;  // the whole class; empty: any that no condition names
};

struct Cell {
  // Without an amount. Quantities are at their default, else at their least, else 1. The time is
  // one that the cell asks for, within the time in force.
  facts::Operation operation;
  std::vector<Choice> choices;  // in the order: currency, countries, time, the rest as declared
  bool needs_time = false;      // some condition looks at the clock
};

struct CellScope {
  bool converts = false;  // operations that convert, and what only they meet: margins
  bool limits = false;    // conditions of limits too; where they differ by tier, each tier
  std::vector<const schedule::When*> also;  // conditions to be distinguished beside those of fees
  const schedule::Fee* only = nullptr;  // the conditions of this fee alone, whatever its operations
  bool any_currency = false;            // one that nothing names, too
  std::size_t cells_max = 4096;
};

struct Cells {
  std::vector<Cell> all;  // at least one
  bool complete = true;   // false: there are more than cells_max
};

// The common refinement over all plans (two versions that are compared, say); the time lies in
// force of the first, whose declarations count.
Cells find_cells(const std::vector<const fees::Plan*>& plans, const std::string& operation,
                 const CellScope& scope = {});

// "currency EUR, country any other, method bank or card"; "" where nothing matters.
std::string to_words(const Cell& cell);

// A time in force: the first there is, else the day before the last, else 2026-01-05, a Monday.
Instant time_in_force(const schedule::Schedule& schedule);

// What a quantity is where nobody says: its default, else its least, else 1.
Rational usual_value(const schedule::Quantity& quantity);

// The currencies that an operation may reasonably be in: the schedule's own, those in which its
// fees for this operation have money, and those that their conditions name. In this order.
std::vector<Currency> currencies_of(const schedule::Schedule& schedule,
                                    const std::string& operation);

}  // namespace levy::cells
