// Texts that the program carries with it: the files of render/texts/, compiled in by CMake.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/code.h"
#include "formats/json_writer.h"
#include "render/text/page.h"

namespace levy::render::words {

std::string_view schedule_schema_text();  // texts/schedule.schema.json
std::string_view rates_schema_text();     // texts/rates.schema.json
std::string_view starter_schedule();      // texts/starter.json
std::string_view mapping_schema_text();   // texts/mapping.schema.json
std::string_view explain_text();          // texts/explain.txt

// What a diagnostic's code means: its cause, a bad and a good example, how to fix it. The words
// are in texts/explain.txt.

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

text::Page explanation_page(const Explanation& one);               // for a terminal
std::string explanation_markdown(const Explanation& one);          // the same for a web page
text::Page explanation_list(const std::vector<Explanation>& all);  // a line each
void write_explanation(formats::JsonWriter& json, const Explanation& one);  // an object

// The JSON Schemas (draft 2020-12) of what levy reads. That of a schedule refuses what
// decoding refuses, as far as a schema can. What takes arithmetic or looks across the document
// (bands out of order, names that are not declared, digits of a currency) it does not see;
// tests/schema lists these codes.

std::string schedule_schema();  // ends with a line end
std::string rates_schema();     // of levy's own rates files
std::string mapping_schema();   // of mappings

}  // namespace levy::render::words
