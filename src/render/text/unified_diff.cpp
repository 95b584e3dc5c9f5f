#include "render/text/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace levy::render::text {
namespace {

constexpr std::size_t context_lines = 3;
constexpr std::ptrdiff_t edits_max = 2000;  // the work and the memory are its square

using LineViews = std::vector<std::string_view>;

// Each with its line end; the last may have none.
LineViews lines_of(std::string_view text) {
  LineViews lines;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

enum class Edit : std::uint8_t { keep, remove, add };
using Script = std::vector<Edit>;

// Myers, "An O(ND) difference algorithm and its variations" (1986): `furthest[k]` is how far into
// `a` the diagonal k = x - y has been followed with the edits so far. Its history is walked back.
class Shortest {
 public:
  Shortest(const LineViews& a, const LineViews& b)
      : a_(a), b_(b), n_(std::ssize(a)), m_(std::ssize(b)) {}

  Script script() {
    std::ptrdiff_t bound = std::min(n_ + m_, edits_max);
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * bound + 3), 0);
    for (std::ptrdiff_t edits = 0; edits <= bound; ++edits) {
      history_.emplace_back(furthest.begin() + (bound + 1 - edits - 1),
                            furthest.begin() + (bound + 1 + edits + 2));
      for (std::ptrdiff_t k = -edits; k <= edits; k += 2) {
        std::ptrdiff_t* at = furthest.data() + bound + 1 + k;
        std::ptrdiff_t x = goes_down(at, k, edits) ? at[1] : at[-1] + 1;
        while (x < n_ && x - k < m_ && a_[index(x)] == b_[index(x - k)]) ++x;
        *at = x;
        if (x >= n_ && x - k >= m_) return walk_back(edits);
      }
    }
    Script all(static_cast<std::size_t>(n_), Edit::remove);
    all.insert(all.end(), static_cast<std::size_t>(m_), Edit::add);
    return all;
  }

 private:
  static std::size_t index(std::ptrdiff_t at) { return static_cast<std::size_t>(at); }
  static bool goes_down(const std::ptrdiff_t* at, std::ptrdiff_t k, std::ptrdiff_t edits) {
    return k == -edits || (k != edits && at[-1] < at[1]);
  }

  Script walk_back(std::ptrdiff_t edits) const {
    Script script;
    std::ptrdiff_t x = n_, y = m_;
    for (; edits >= 0; --edits) {
      const std::ptrdiff_t* middle = history_[index(edits)].data() + edits + 1;
      std::ptrdiff_t k = x - y;
      bool down = goes_down(middle + k, k, edits);
      std::ptrdiff_t from = edits == 0 ? 0 : down ? middle[k + 1] : middle[k - 1];
      std::ptrdiff_t from_k = edits == 0 ? 0 : down ? k + 1 : k - 1;
      std::ptrdiff_t start = edits == 0 || down ? from : from + 1;  // where the snake begins
      for (; x > start; --x, --y) script.push_back(Edit::keep);
      if (edits > 0) script.push_back(down ? Edit::add : Edit::remove);
      x = from;
      y = from - from_k;
    }
    std::reverse(script.begin(), script.end());
    return script;
  }

  const LineViews& a_;
  const LineViews& b_;
  std::ptrdiff_t n_, m_;
  std::vector<std::vector<std::ptrdiff_t>> history_;  // diagonals -edits - 1 to edits + 1
};

// With what both begin and end with set aside, so that a small change in a long file is cheap.
Script script_of(const LineViews& a, const LineViews& b) {
  auto [a_first, b_first] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto [a_last, b_last] = std::mismatch(a.rbegin(), std::make_reverse_iterator(a_first), b.rbegin(),
                                        std::make_reverse_iterator(b_first));
  Script script(static_cast<std::size_t>(a_first - a.begin()), Edit::keep);
  LineViews a_middle(a_first, a_last.base()), b_middle(b_first, b_last.base());
  Script middle = Shortest(a_middle, b_middle).script();
  script.insert(script.end(), middle.begin(), middle.end());
  script.insert(script.end(), static_cast<std::size_t>(a_last - a.rbegin()), Edit::keep);
  return script;
}

void add_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// "12,7": from the 12th line on, 7 lines. Of none, the line before them is named.
std::string range(std::size_t first, std::size_t count) {
  std::string text = std::to_string(count == 0 ? first : first + 1);
  return count == 1 ? text : text + "," + std::to_string(count);
}

// A line of the script with where it stands in both texts.
struct DiffLine {
  Edit edit;
  std::size_t x, y;
};

std::vector<DiffLine> diff_lines_of(const Script& script) {
  std::vector<DiffLine> steps;
  std::size_t x = 0, y = 0;
  for (Edit edit : script) {
    steps.push_back({edit, x, y});
    if (edit != Edit::add) ++x;
    if (edit != Edit::remove) ++y;
  }
  return steps;
}

std::string hunk(std::span<const DiffLine> steps, const LineViews& a, const LineViews& b) {
  std::string body;
  std::size_t removed = 0, added = 0;
  for (const DiffLine& step : steps) {
    bool is_added = step.edit == Edit::add;
    add_line(body,
             step.edit == Edit::keep ? ' '
             : is_added              ? '+'
                                     : '-',
             is_added ? b[step.y] : a[step.x]);
    removed += is_added ? 0 : 1;
    added += step.edit == Edit::remove ? 0 : 1;
  }
  return "@@ -" + range(steps.front().x, removed) + " +" + range(steps.front().y, added) + " @@\n" +
         body;
}

// Changes with so few lines between them that their contexts touch are one hunk.
std::string hunks(std::span<const DiffLine> steps, const LineViews& a, const LineViews& b) {
  std::string text;
  std::size_t from = 0, until = 0;  // the hunk that is being gathered, without context behind it
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].edit == Edit::keep) continue;
    if (until > 0 && i - until > 2 * context_lines) {
      text += hunk(steps.subspan(from, until + context_lines - from), a, b);
      until = 0;
    }
    if (until == 0) from = i - std::min(i, context_lines);
    until = i + 1;
  }
  until = std::min(until + context_lines, steps.size());
  return text + hunk(steps.subspan(from, until - from), a, b);
}

}  // namespace

std::string unified_diff(const std::string& name, std::string_view before, std::string_view after) {
  if (before == after) return "";
  LineViews a = lines_of(before), b = lines_of(after);
  bool is_absolute = name.starts_with('/');
  return "--- " + (is_absolute ? name : "a/" + name) + "\n+++ " +
         (is_absolute ? name : "b/" + name) + "\n" + hunks(diff_lines_of(script_of(a, b)), a, b);
}

}  // namespace levy::render::text
