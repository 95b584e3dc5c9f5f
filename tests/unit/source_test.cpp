#include "base/source.h"

#include "unit/catch.h"

using namespace levy;

namespace {

struct Row {
  std::string text;
  std::size_t begin, end;
  std::size_t line, column, width;
  std::string excerpt;
};

}  // namespace

TEST_CASE("source: bytes become lines and columns") {
  const std::vector<Row> table = {
      {"abc", 0, 1, 1, 1, 1, "abc"},
      {"abc", 1, 3, 1, 2, 2, "abc"},
      {"abc", 3, 3, 1, 4, 1, "abc"},              // the end of the text
      {"abc", 1, 1, 1, 2, 1, "abc"},              // no width is shown as one
      {"", 0, 0, 1, 1, 1, ""},                    //
      {"a\nbc\nd", 2, 4, 2, 1, 2, "bc"},          //
      {"a\nbc\nd", 5, 6, 3, 1, 1, "d"},           //
      {"a\r\nbc\r\n", 3, 5, 2, 1, 2, "bc"},       // CRLF
      {"a\r\nbc\r\n", 7, 7, 3, 1, 1, ""},         // after the last line end
      {"a\nbc\nd", 2, 6, 2, 1, 2, "bc"},          // the caret stays on the first line
      {"a\r\nbc\r\nd", 3, 8, 2, 1, 2, "bc"},      //
      {"a\n\nb", 2, 3, 2, 1, 1, ""},              // an empty line
      {"\xE6\x89\x8B=1", 3, 4, 1, 2, 1, "手=1"},  // a column is a code point
      {"\xE6\x89\x8B=1", 0, 3, 1, 1, 1, "手=1"},  //
      {"é😀x", 2, 7, 1, 2, 2, "é😀x"},              //
  };
  for (const Row& row : table) {
    INFO(row.text << " [" << row.begin << ", " << row.end << ")");
    Place place = Source("f", row.text).place(row.begin, row.end);
    CHECK(place.file == "f");
    CHECK(place.line == row.line);
    CHECK(place.column == row.column);
    CHECK(place.width == row.width);
    CHECK(place.excerpt == row.excerpt);
    CHECK(place.pointer.empty());
  }
}

TEST_CASE("source: a place is written as far as it is known") {
  Place place;
  CHECK(to_string(place).empty());
  place.file = "a.json";
  CHECK(to_string(place) == "a.json");
  place.line = 12;
  CHECK(to_string(place) == "a.json:12");
  place.column = 34;
  CHECK(to_string(place) == "a.json:12:34");
}
