// What differs between two texts, as patch(1) reads it.
#include "render/text/unified_diff.h"

#include <random>
#include <string>
#include <vector>

#include "unit/catch.h"

namespace levy {
namespace {

std::string numbered(int from, int until) {
  std::string text;
  for (int i = from; i < until; ++i) text += std::to_string(i) + "\n";
  return text;
}

// The text after a diff's hunks are applied to `before`, as patch does it.
std::string patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  auto split = [](const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = text.find('\n', at);
      parts.push_back(text.substr(at, end == std::string::npos ? end : end + 1 - at));
      at += parts.back().size();
    }
    return parts;
  };
  std::vector<std::string> old = split(before), script = split(diff);
  std::string result;
  std::size_t at = 0;
  for (std::size_t i = 2; i < script.size(); ++i) {
    const std::string& line = script[i];
    bool no_end = i + 1 < script.size() && script[i + 1][0] == '\\';
    std::string text = line.substr(1, line.size() - 1 - (no_end ? 1 : 0));
    if (line[0] == '@') {
      std::size_t first = std::stoul(line.substr(4));
      bool none = line.find(",0 +") != std::string::npos;
      while (at + (none ? 0 : 1) < first) result += old.at(at++);
    } else if (line[0] == ' ' || line[0] == '-') {
      if (old.at(at) != text) return "the diff does not fit at " + text;
      ++at;
      if (line[0] == ' ') result += text;
    } else if (line[0] == '+') {
      result += text;
    }
  }
  while (at < old.size()) result += old.at(at++);
  return result;
}

TEST_CASE("a diff") {
  struct Row {
    std::string before, after, expected;
  };
  const std::string head = "--- a/f\n+++ b/f\n";
  const std::vector<Row> rows = {
      {"a\nb\n", "a\nb\n", ""},
      {"a\nb\nc\n", "a\nB\nc\n", head + "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
      {"", "a\n", head + "@@ -0,0 +1 @@\n+a\n"},
      {"a\n", "", head + "@@ -1 +0,0 @@\n-a\n"},
      {"a", "a\n", head + "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
      {numbered(1, 9), numbered(2, 9), head + "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n"},
      {numbered(1, 20), "0\n" + numbered(1, 19),
       head + "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -16,4 +17,3 @@\n 16\n 17\n 18\n-19\n"},
      {numbered(1, 7), "0\n" + numbered(1, 6),
       head + "@@ -1,6 +1,6 @@\n+0\n 1\n 2\n 3\n 4\n 5\n-6\n"},
  };
  for (const Row& row : rows) {
    INFO(row.before << "->\n" << row.after);
    CHECK(render::text::unified_diff("f", row.before, row.after) == row.expected);
  }
}

TEST_CASE("a diff makes of the one text the other") {
  std::mt19937 dice(17);
  for (int round = 0; round < 2000; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      for (auto lines = dice() % 30; lines > 0; --lines)
        text += std::string(1, static_cast<char>('a' + dice() % 4)) + "\n";
    }
    std::string diff = render::text::unified_diff("f", texts[0], texts[1]);
    INFO(diff);
    CHECK(patched(texts[0], diff) == texts[1]);
  }
}

TEST_CASE("texts that differ in thousands of lines are told whole") {
  std::string before = "first\n" + numbered(0, 3000) + "last\n";
  std::string after = "first\n" + numbered(5000, 8000) + "last\n";
  CHECK(patched(before, render::text::unified_diff("f", before, after)) == after);
}

}  // namespace
}  // namespace levy
