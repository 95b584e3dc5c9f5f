// Rows of a batch that are at hand as questions: asked one after the other, each by what its
// account did in those before it, as `run_batch` answers the rows of a table. For who wants quotes
// and verdicts instead of a table with columns more.
#pragma once

#include <functional>
#include <string_view>

#include "fees/tariff.h"
#include "limits/verdict.h"

namespace levy::batch::rows {

// Of a row that is ok or declined. The verdict is null where no limit was tested; it has the limits
// and the tier that was given, but no advice.
using RowSeen = std::function<void(const fees::Quote& quote, const limits::Verdict* verdict)>;

// Gives the row's status: ok, declined or error. The question's fields "account" and "balance" say
// whose row it is, as columns do; its readings are the run's. It is not for reverse quotes.
using AskRow = std::function<std::string_view(const fees::Question& question, const RowSeen& seen)>;

// A run over the tariff, which must outlive it. Limits are enforced where they can be judged; the
// rows without an account are those of one.
AskRow run_rows(const fees::Tariff& tariff);

}  // namespace levy::batch::rows
