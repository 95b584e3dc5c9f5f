// The examples that a schedule carries: asked, answered, compared.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ask/check.h"
#include "base/checked.h"
#include "fees/tariff.h"

namespace levy::examples {

// What running examples needs from the outside: files, the answers' JSON, and batches.
struct ExampleTools {
  // A file that an example names, relative to the schedule's own.
  std::function<Checked<Source>(const std::string& path)> read;
  std::function<std::string(const Checked<ask::JudgedQuote>&)> quote_json;
  std::function<std::string(const Checked<limits::Verdict>&)> verdict_json;
  // Begins a run, as batch/rows/run_rows.h does; what it gives asks one row after the other.
  using RowSeen = std::function<void(const fees::Quote&, const limits::Verdict*)>;
  using AskRow = std::function<std::string_view(const fees::Question&, const RowSeen&)>;
  std::function<AskRow(const fees::Tariff&)> run_rows;
};

struct ExampleResult {
  const schedule::Example* example = nullptr;
  std::vector<std::string> differences;  // none: passed
};

// Sees what examples ask answered: quotes with their steps, a batch's row by row; verdicts of
// checks and of a batch's rows.
struct ExampleWitness {
  std::function<void(const schedule::Example&, const fees::Quote&)> quoted;
  std::function<void(const schedule::Example&, const limits::Verdict&)> judged;
};

// In the schedule's order; an example runs on its own file, at its own time (else at `now`).
std::vector<ExampleResult> run_examples(const fees::Tariff& tariff, const ExampleTools& tools,
                                        Instant now, const ExampleWitness* witness = nullptr);

}  // namespace levy::examples
