// levy: what a payment costs, exactly, from a fee schedule.
//
// The library's face: load a tariff, put a question, read the answer. Everything is in namespace
// levy; what a header below does not declare is not part of the face.
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
