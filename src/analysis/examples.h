// The examples that a schedule carries: asked, answered, compared.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/check.h"
#include "base/checked.h"
#include "fees/tariff.h"

namespace levy {

// What running examples needs from the outside: files, and the answers' JSON.
struct ExampleTools {
  // A file that an example names, relative to the schedule's own.
  std::function<Checked<Source>(const std::string& path)> read;
  std::function<std::string(const Checked<JudgedQuote>&)> quote_json;
  std::function<std::string(const Checked<Verdict>&)> verdict_json;
};

struct ExampleResult {
  const Example* example = nullptr;
  std::vector<std::string> differences;  // none: passed
};

// Sees what examples ask answered: quotes with their steps, a batch's row by row; verdicts of
// checks and of a batch's rows.
struct ExampleWitness {
  std::function<void(const Example&, const Quote&)> quoted;
  std::function<void(const Example&, const Verdict&)> judged;
};

// In the schedule's order; an example runs on its own file, at its own time (else at `now`). The
// rows of a batch are asked in order, each with the ones before it that were not refused as its
// history.
std::vector<ExampleResult> run_examples(const Tariff& tariff, const ExampleTools& tools,
                                        Instant now, const ExampleWitness* witness = nullptr);

}  // namespace levy
