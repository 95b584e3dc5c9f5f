// Which parts of a tariff its examples exercise, and the examples that it lacks, for people.
#pragma once

#include <string>

#include "examples/suggestion.h"
#include "render/text/page.h"
#include "render/words/words.h"

namespace levy::render::pages {

// "the maximum of withdrawal, case 2 (method is card) never binds in an example", and what a
// suggested example shows of it: "the maximum of withdrawal, case 2 (method is card) binds".
std::string uncovered_words(const examples::CoverItem& item, const words::Wording& wording);
std::string covered_words(const examples::CoverItem& item, const words::Wording& wording);
// Why no example was found for it, as far as that can be told.
std::string not_found_words(const examples::CoverItem& item);

// "covered 31 of 36", and an item for each of the others.
void add_coverage(text::Page& page, const examples::Coverage& coverage,
                  const words::Wording& wording);

// As the object has it that goes into "examples": the title says what it shows, and whose figures
// these are.
std::string title_of(const examples::Suggestion& suggestion, const examples::Coverage& coverage,
                     const words::Wording& wording);
// The objects, commas between them, ready to be pasted into a schedule's "examples"; then what
// there is none for.
void add_suggestions(text::Page& page, const examples::Suggestions& suggestions,
                     const examples::Coverage& coverage, const words::Wording& wording);

}  // namespace levy::render::pages
