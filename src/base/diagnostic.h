// What is wrong with what the user gave: a value that any front end can print.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/code.h"
#include "base/source.h"

namespace levy {

enum class Severity { error, warning };

// An attribute or quantity that the operation lacks, and what it may be ("bank", "card" ...; or
// one word for an open domain, such as "decimal").
struct Missing {
  std::string name;
  std::vector<std::string> domain;
  bool closed = false;  // the domain lists every value
  bool operator==(const Missing&) const = default;
};

// The nearest target that an amount does reach (reverse quotes); both are money, "12.50 EUR".
struct Neighbour {
  std::string target;
  std::string amount;
};

struct Diagnostic {
  Code code = Code::internal;
  std::string message;      // what is wrong, one sentence without a full stop
  std::string remedy = {};  // what would be right; may be empty
  Place place = {};
  Severity severity = Severity::error;
  std::vector<Place> related = {};    // other places involved, in order
  std::vector<Missing> missing = {};  // for Code::missing_attributes and missing_quantity
  // For Code::unattainable: the neighbours below and above; an empty target is none.
  Neighbour below = {}, above = {};
  // For Code::fees_exceed_amount: it is the debit that would be negative, as fees pay out more than
  // the amount.
  bool of_debit = false;
};

using Diagnostics = std::vector<Diagnostic>;

// The command line asks for what cannot be (Code::usage).
Diagnostic usage(std::string message, std::string remedy);

// About bytes [begin, end) of a text that stands on its own (Place::within), such as an option's
// value.
Diagnostic text_fault(std::string_view text, std::size_t begin, std::size_t end, Code code,
                      std::string_view message, std::string remedy = {});

// By file, line, column, then code: the order in which findings are shown.
void sort_by_place(Diagnostics& diagnostics);

}  // namespace levy
