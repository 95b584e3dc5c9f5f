// "Did you mean": the known word that was surely meant, and words as messages quote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace levy {

// The candidate that `word` must stand for, "" where none surely does: the one that differs in
// nothing but case, "-", "_" and blanks; else the only one that begins with the word's three or
// more letters; else the only nearest one by edit distance (insert, delete, replace, swap
// neighbours), which is at most 1 for words of four and five letters, 2 up to eight, 3 beyond.
// Shorter words are codes, where one letter makes another code: they are never guessed at.
std::string suggest(std::string_view word, const std::vector<std::string>& candidates);

// " (did you mean \"x\"?)", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

// "a, b or c".
std::string join_or(const std::vector<std::string>& words);

}  // namespace levy
