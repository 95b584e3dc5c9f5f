// What changes beside the costs: limits and requirements by tier, and texts.
#pragma once

#include <string>
#include <vector>

#include "formats/json.h"
#include "schedule/schedule.h"

namespace levy::render::words {

// Before and after in words; "" on the side where there is none.
struct TermChange {
  std::string part;  // "limit", "tier", "evidence", "order of tiers", "set", "guarantee"
  std::string id;
  std::string tier;  // "" where it holds for all
  std::string before, after;
};

// Limits with what they count and allow in each tier, tiers with what they require, evidence.
std::vector<TermChange> term_changes(const schedule::Schedule& before,
                                     const schedule::Schedule& after);

// A value of the file that differs.
struct FileChange {
  std::string pointer;        // in the new file, else in the old one
  bool is_text = false;       // a title, note, source ...: nothing is computed from it
  std::string before, after;  // as JSON on one line, shortened; "" where there is none
};

// Items of a list that carry an id are found again by it.
std::vector<FileChange> file_changes(const formats::Document& before,
                                     const formats::Document& after);

}  // namespace levy::render::words
