// levy: what a payment costs, exactly, from a fee schedule.
//
// The library's face: load a tariff, put a question, read the answer. What a header below declares,
// and the types that it is made of, can be named in namespace levy itself, whatever folder they are
// from; all else is not part of the face.
//
//   #include "levy.h"
//
//   levy::Source file("fee.json", R"({"levy": 1, "id": "fee", "currency": "EUR",
//       "fees": [{"id": "card", "percent": "2.5", "flat": "0.25 EUR", "collect": "deducted"}]})");
//   levy::Checked<levy::Tariff> tariff = levy::load_tariff({file});
//   levy::Question question;
//   question.request.operation = "payment";
//   question.request.amount = "18 EUR";
//   question.now = levy::now();
//   levy::Checked<levy::Quote> answer = levy::quote(*tariff, question);
//   levy::Currencies known = answer->plan->schedule.currencies;
//   levy::to_string(answer->credit, known)          is "17.30 EUR": 18 less 0.45 and 0.25
//
// The steps
//   Source        bytes with a name; the caller reads the file
//   load_tariff   one or more versions of a schedule; every fault of every file in one run
//   Question      what is asked, as text: a Request (operation, amount, fields by name), or a
//                 target to receive or pay (a reverse quote); readings, rates, the time
//   quote         the answer: lines, totals, credit, rate
//   expand        one quote per value of the attributes that were not given
//   check         may the account do it, by limits, profile and history; quote_and_check: both
//   find_series   the curve of a question, over all amounts
//   validate      is the tariff sound? Findings, proved over all amounts
//   diff          what a new version changes, for whom, at which amounts
//   run_batch     a table in, the same table with what each row costs out; from memory with
//                 BatchInput{"name", read_from(text)}
//   run_examples  the examples that a schedule carries
//
//   question.request.amount = "";
//   question.receive = "17.30 EUR";
//   answer = levy::quote(*tariff, question);
//   answer->operation.amount                        is 18: what must be sent to deliver 17.30
//
//   levy::Report report = levy::validate({&tariff->versions.front()});
//   report.findings                                 is not empty: 0.25 EUR are charged of 0.10 EUR
//
//   std::string rows;
//   levy::BatchOptions options;
//   levy::run_batch(*tariff, options, {{"table.csv",
//   levy::read_from("operation,amount\npay,18\n")}},
//                   std::nullopt, {[&](std::string_view out) { rows += out; return true; }});
//   rows                                            has the line "pay,18,ok,0.70,..."
//
// Errors. What the caller gave may be wrong: then a Checked<T> holds Diagnostics instead of a T,
// never both. Test it before dereferencing. A Diagnostic has a code (base/code.h), a message, a
// remedy and a place. levy's own mistakes throw Fault, and nothing else is thrown on purpose but
// std::bad_alloc.
//
// Ownership. A Tariff owns its schedules; it can be moved, and must not change while in use. A
// Quote borrows from the Tariff: fees, cases, places and titles are pointers into it, so the Tariff
// must outlive the Quote and stay where it is. A Question borrows its rates for the length of
// the call. Curves, reports and differences borrow from the plans they were made of. All else is
// held by value.
//
// Threads. The functions have no state of their own. One Tariff may be asked from many threads.
//
// Numbers. Amounts are Rational or Money, always exact. Nothing here takes or gives a double.
#pragma once

#include "ask/check.h"
#include "ask/expand.h"
#include "base/checked.h"
#include "batch/batch.h"
#include "comparison/diff.h"
#include "curves/series.h"
#include "examples/examples.h"
#include "facts/rates.h"
#include "fees/tariff.h"
#include "formats/byte_window.h"
#include "money/money.h"
#include "schedule/decode/load.h"
#include "time/instant.h"
#include "validation/validate.h"

namespace levy {

using ask::CheckQuestion, ask::Choices, ask::Expanded, ask::JudgedQuote, ask::check, ask::expand,
    ask::expand_missing, ask::listed_missing, ask::quote_and_check;
using batch::BatchInput, batch::BatchOutcome, batch::BatchSinks, batch::Spool, batch::run_batch;
using batch::rows::BatchOptions, batch::rows::BillingTotals, batch::rows::CurrencyTotals,
    batch::rows::Flush, batch::rows::LineTotals, batch::rows::Result, batch::rows::RowAnswer,
    batch::rows::TableForm, batch::rows::Totals;
using cells::Cell, cells::CellScope, cells::Cells, cells::Choice;
using comparison::CellDiff, comparison::Diff, comparison::DiffRow, comparison::FigureDiff,
    comparison::Held, comparison::OperationDiff, comparison::cells_of, comparison::diff,
    comparison::to_string;
using curves::Extreme, curves::Series, curves::answer_at, curves::curve_over, curves::find_series,
    curves::out_of_work;
using examples::ExampleResult, examples::ExampleTools, examples::ExampleWitness,
    examples::run_examples;
using facts::HistoryCounts, facts::MeterUse, facts::Operation, facts::Rates, facts::RatesHistory,
    facts::Reading, facts::Readings, facts::Request, facts::parse_rates;
using fees::AmountInterval, fees::AmountRange, fees::CasePlan, fees::ChargeMemo, fees::Curve,
    fees::CurvePiece, fees::Evaluation, fees::EvaluationContext, fees::Exchange, fees::Explain,
    fees::FeePlan, fees::Form, fees::Line, fees::LineForm, fees::NotTaken, fees::Plan,
    fees::Question, fees::Quote, fees::ResolvedQuestion, fees::Rounder, fees::RoundingPoint,
    fees::Share, fees::Skipped, fees::Solutions, fees::Step, fees::StepOp, fees::Tariff, fees::Work,
    fees::declares, fees::load_tariff, fees::mapping_target, fees::quote, fees::resolve;
using formats::ByteWindow, formats::Document, formats::Member, formats::NextRow, formats::Node,
    formats::ReadBlock, formats::Row, formats::read_from;
using limits::LimitState, limits::MissingEvidence, limits::MissingSet, limits::Override,
    limits::Upgrade, limits::Verdict;
using schedule::Acceptance, schedule::Attribute, schedule::Band, schedule::Bounds, schedule::Bps,
    schedule::Cap, schedule::Case, schedule::Charge, schedule::Collect, schedule::Condition,
    schedule::Conversion, schedule::Each, schedule::Evidence, schedule::Example, schedule::Fee,
    schedule::Figure, schedule::Flat, schedule::Free, schedule::Graduated, schedule::Guarantee,
    schedule::KindRules, schedule::Limit, schedule::LocalText, schedule::Meter, schedule::OfTerm,
    schedule::Per, schedule::Percent, schedule::Price, schedule::Quantity, schedule::Rate,
    schedule::Requirement, schedule::RoundRule, schedule::Rounding, schedule::Schedule,
    schedule::Set, schedule::Slab, schedule::Term, schedule::Terms, schedule::Tier, schedule::When;
using schedule::decode::check_references, schedule::decode::decode_schedule,
    schedule::decode::load_schedule;
using validation::Finding, validation::Report, validation::Undecided, validation::sort_findings,
    validation::validate, validation::validate_files;

}  // namespace levy
