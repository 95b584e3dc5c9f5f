// Input text with its places: byte offsets become file:line:column and an excerpt to print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace levy {

// A place in an input file. `line` and `column` count from 1 (0: the file as a whole); a column
// is one Unicode code point. `width` is how many columns the caret underlines.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t width = 1;
  std::string pointer;  // RFC 6901 JSON Pointer of the value; empty for the root or no JSON
  std::string excerpt;  // the line itself, without its end
};

// "file:line:column", or as much of it as is known.
std::string to_string(const Place& place);

class Source {
 public:
  Source() = default;
  Source(std::string file, std::string text);

  const std::string& file() const { return file_; }
  std::string_view text() const { return text_; }

  // The place of bytes [begin, end); the caret stays on the first line.
  Place place(std::size_t begin, std::size_t end) const;

 private:
  std::string file_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace levy
