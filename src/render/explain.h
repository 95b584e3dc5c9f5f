// What a diagnostic's code means: its cause, a bad and a good example, how to mend it. The words
// are in texts/explain.txt.
#pragma once

#include <string>
#include <vector>

#include "base/code.h"
#include "formats/json_writer.h"

namespace levy {

struct Explanation {
  Code code = Code::internal;
  std::string cause;      // sentences
  std::string bad, good;  // an example of each
  std::string mend;       // sentences
  std::string accept;     // where a finding of validate can be accepted; empty: it cannot

  std::string first_sentence() const;  // of the cause
};

Explanation explanation_of(Code code);
std::vector<Explanation> explanations();  // in the order of the codes

std::string explanation_page(const Explanation& one);               // for a terminal
std::string explanation_markdown(const Explanation& one);           // the same for a web page
std::string explanation_list(const std::vector<Explanation>& all);  // a line each
void write_explanation(JsonWriter& json, const Explanation& one);   // an object

}  // namespace levy
