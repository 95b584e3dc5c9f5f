// What an example asks, with the documents that it brings. Used by examples.cpp.
#pragma once

#include <memory>
#include <optional>

#include "examples/examples.h"

namespace levy::examples {

// The question borrows from the rest, so an ExampleQuestion stays where it was made.
struct ExampleQuestion {
  ask::CheckQuestion asked;
  std::optional<facts::RatesHistory> rates;
  std::optional<formats::Document> profile;
  std::optional<formats::Document> history;  // rows inside the example
  std::optional<Source> history_file;        // or a file of them
  std::size_t history_at = 0;                // how much of the file was read
};

// From the fields of a quote, a check, or a row.
Checked<std::unique_ptr<ExampleQuestion>> example_question(const formats::Node& request,
                                                           const schedule::Schedule& schedule,
                                                           const ExampleTools& tools, Instant now);

// The text of a request's field: figures and words alike, booleans as "true" and "false".
std::string text_of(const formats::Node& node);

}  // namespace levy::examples
