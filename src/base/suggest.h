// "Did you mean": the nearest known word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace levy {

// The candidate with the smallest edit distance (insert, delete, replace, swap neighbours), when
// that is at most a third of the longer word's length, rounded up; ties go to the earlier one.
// Empty where nothing is near.
std::string suggest(std::string_view word, const std::vector<std::string>& candidates);

// " (did you mean \"x\"?)", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

// "a, b or c".
std::string join_or(const std::vector<std::string>& words);

}  // namespace levy
