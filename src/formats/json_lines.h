// JSON Lines: one object a line; the only sight of simdjson.
//
// A line is read as RFC 8259 asks, with its numbers as their literal text (an exponent is written
// out: 1.5e3 is 1500; one that is then out of bounds stays as written), never as binary floating
// point. Blank lines and a byte order mark at the
// start are skipped. A line that is no object, holds a key twice or is longer than record_bytes_max
// is a fault of that line alone.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "formats/byte_window.h"
#include "formats/row.h"

namespace levy::formats {

class JsonLinesReader {
 public:
  JsonLinesReader(std::string file, ByteWindow bytes);
  JsonLinesReader(JsonLinesReader&&) noexcept;
  ~JsonLinesReader();

  // The same file's next text, which begins with a line.
  void go_on(ByteWindow bytes);
  bool next(Row& row);  // false: the end

 private:
  struct Parser;
  bool find_line(Row& row);
  void parse(Row& row);

  std::string file_;
  ByteWindow bytes_;
  bool started_ = false;
  bool torn_ = false;         // the line given out last goes on, and is skipped
  std::size_t consumed_ = 0;  // of the window's text, by the row given out last
  std::unique_ptr<Parser> parser_;
};

}  // namespace levy::formats
