#include "base/suggest.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace levy {
namespace {

// Damerau-Levenshtein with adjacent transpositions (optimal string alignment), two rows back.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

// Without what people leave out or put in: case and the marks between parts of a word.
std::string folded(std::string_view word) {
  std::string letters;
  for (char c : word) {
    if (c == '-' || c == '_' || c == ' ') continue;
    letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

// How far a word of so many letters may be from the one that was meant.
std::size_t distance_max(std::size_t letters) {
  if (letters < 4) return 0;
  return letters < 6 ? 1 : letters < 9 ? 2 : 3;
}

constexpr std::size_t prefix_min = 3;

// The candidates that begin with the word; a word of less than prefix_min letters begins none.
std::set<std::string> completions(const std::string& word,
                                  const std::vector<std::string>& candidates) {
  std::set<std::string> found;
  if (word.size() < prefix_min) return found;
  for (const std::string& candidate : candidates) {
    if (folded(candidate).starts_with(word)) found.insert(candidate);
  }
  return found;
}

}  // namespace

std::string suggest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 64;  // the work is quadratic, and no known word is longer
  if (word.empty() || word.size() > longest) return "";
  std::string letters = folded(word);
  for (const std::string& candidate : candidates) {
    if (folded(candidate) == letters) return candidate;
  }
  // Where several begin so, none is surely meant, and a shorter neighbour still less.
  std::set<std::string> begun = completions(letters, candidates);
  if (!begun.empty()) return begun.size() == 1 ? *begun.begin() : "";
  std::string best;
  std::size_t best_distance = distance_max(letters.size());
  bool tie = false;
  for (const std::string& candidate : candidates) {
    std::string other = folded(candidate);
    auto [shorter, longer] = std::minmax({letters.size(), other.size()});
    if (longer - shorter > best_distance) continue;
    std::size_t distance = edit_distance(letters, other);
    if (distance > best_distance || distance >= other.size() || candidate == best) continue;
    tie = !best.empty() && distance == best_distance;
    if (!tie) best = candidate;
    best_distance = distance;
  }
  return tie ? "" : best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  std::string near = suggest(word, candidates);
  return near.empty() ? "" : " (did you mean \"" + near + "\"?)";
}

std::string join_or(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace levy
