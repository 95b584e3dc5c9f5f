// Examples that a schedule lacks: for what nothing exercises yet, an operation that does, with
// levy's own answer as what is expected. A person has to check the figures: an example that only
// repeats what the program says proves nothing but that the answer stays the same.
#pragma once

#include <cstddef>
#include <vector>

#include "examples/coverage.h"

namespace levy::examples {

struct Suggestion {
  schedule::Example example;           // a quote or a check, without a title
  std::vector<std::size_t> exercises;  // indices into the coverage's items; at least one
};

struct Suggestions {
  std::vector<Suggestion> examples;
  std::vector<std::size_t> not_found;  // items without any
};

// Looks at every piece of every cell's curves, at round amounts near its ends first, and where a
// fee counts, with readings at its own figures. Nothing that takes a rate is asked: rates are not
// made up. Each example was asked as `run_examples` asks it, so it passes.
Suggestions suggest_examples(const fees::Tariff& tariff, const Coverage& coverage,
                             const ExampleTools& tools, Instant now);

}  // namespace levy::examples
