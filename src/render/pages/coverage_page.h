// Which parts of a tariff its examples exercise, and the examples that it lacks, for people.
#pragma once

#include <string>

#include "examples/suggestion.h"
#include "render/text/page.h"
#include "render/words/words.h"

namespace levy {

// "the maximum of withdrawal, case 2 (method is card) never binds in an example", and what a
// suggested example shows of it: "the maximum of withdrawal, case 2 (method is card) binds".
std::string uncovered_words(const CoverItem& item, const Wording& wording);
std::string covered_words(const CoverItem& item, const Wording& wording);
// Why no example was found for it, as far as that can be told.
std::string not_found_words(const CoverItem& item);

// "covered 31 of 36", and an item for each of the others.
void add_coverage(Page& page, const Coverage& coverage, const Wording& wording);

// As the object has it that goes into "examples": the title says what it shows, and whose figures
// these are.
std::string title_of(const Suggestion& suggestion, const Coverage& coverage,
                     const Wording& wording);
// The objects, commas between them, ready to be pasted into a schedule's "examples"; then what
// there is none for.
void add_suggestions(Page& page, const Suggestions& suggestions, const Coverage& coverage,
                     const Wording& wording);

}  // namespace levy
