#include "base/source.h"

#include <utility>

#include "base/sha256.h"
#include "base/text.h"
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
    CHECK(place.file() == "f");
    CHECK(place.line() == row.line);
    CHECK(place.column() == row.column);
    CHECK(place.width() == row.width);
    CHECK(place.excerpt().text == row.excerpt);
    CHECK(place.pointer().empty());
  }
}

namespace {

// Counted from the start, byte by byte.
std::pair<std::size_t, std::size_t> line_and_column(const std::string& text, std::size_t at) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < at; ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if (!continues_code_point(text[i])) {
      ++column;
    }
  }
  return {line, column};
}

}  // namespace

TEST_CASE("source: lines and columns are right wherever in a long text they are asked") {
  std::string text;
  for (std::size_t i = 0; text.size() < 5000; ++i) {
    text += i % 3 == 0 ? "é" : i % 5 == 0 ? "手" : "a";
    if (i % 397 == 0) text += i % 2 == 0 ? "\r\n" : "\n";
  }
  Source source("f", text);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && continues_code_point(text[at])) continue;
    Place place = source.place(at, at);
    INFO(at);
    REQUIRE(std::pair(place.line(), place.column()) == line_and_column(text, at));
  }
}

TEST_CASE("source: a place is small, and asking about it takes no longer on a long line") {
  STATIC_REQUIRE(sizeof(Place) <= 24);
  // A look from the start of the line, for each of these, would be 10^13 bytes.
  Source source("f", std::string(std::size_t{40} << 20, 'x'));
  for (std::size_t at = 0; at < source.text().size(); at += 150) {
    Place place = source.place(at, source.text().size());
    REQUIRE(place.column() == at + 1);
    REQUIRE(place.width() == source.text().size() - at);
    REQUIRE(place.excerpt().text.size() == 400);
  }
}

TEST_CASE("source: of a long line 400 bytes around the place are shown") {
  std::string line = std::string(1000, 'a') + "X" + std::string(1000, 'b');
  Excerpt excerpt = Source("f", "first\n" + line + "\nlast").place(1006, 1007).excerpt();
  CHECK(excerpt.text == std::string(200, 'a') + "X" + std::string(199, 'b'));
  CHECK(excerpt.column == 801);
  CHECK(excerpt.goes_on);
  excerpt = Source("f", line).place(5, 6).excerpt();
  CHECK(excerpt.text == std::string(400, 'a'));
  CHECK(excerpt.column == 1);
  CHECK(excerpt.goes_on);
  excerpt = Source("f", line).place(1999, 2000).excerpt();
  CHECK(excerpt.text == std::string(400, 'b'));
  CHECK(excerpt.column == 1602);
  CHECK_FALSE(excerpt.goes_on);
  // No character is cut in half.
  std::string wide;
  for (int i = 0; i < 1000; ++i) wide += "手";
  excerpt = Source("f", wide).place(1500, 1503).excerpt();
  CHECK(excerpt.text.size() == 396);
  CHECK(excerpt.text.starts_with("手"));
  CHECK(excerpt.column == 435);
}

TEST_CASE("source: the place of a record keeps what is shown of it") {
  std::string record = "\"a\n" + std::string(1000, 'b') + "\",é\"x";
  Place place = Place::of_record("t.csv", 7, record, record.size() - 2);
  CHECK(to_string(place) == "t.csv:8:1004");
  Excerpt excerpt = place.excerpt();
  CHECK(excerpt.text == std::string(394, 'b') + "\",é\"x");
  CHECK(excerpt.column == 607);
  CHECK_FALSE(excerpt.goes_on);
  excerpt = Place::of_record("t.csv", 7, record, 5).excerpt();
  CHECK(excerpt.text == std::string(400, 'b'));
  CHECK(excerpt.goes_on);
  CHECK(to_string(Place::of_record("t.csv", 7, record, 1)) == "t.csv:7:2");
}

TEST_CASE("source: a place is written as far as it is known") {
  CHECK(to_string(Place()).empty());
  CHECK(to_string(Place::of_file("a.json")) == "a.json");
  CHECK(to_string(Place::of_line("a.json", 12)) == "a.json:12");
  CHECK(to_string(Source("a.json", "\n x").place(2, 3)) == "a.json:2:2");
}

TEST_CASE("sha256: the examples of FIPS 180-4, and around the ends of blocks") {
  struct Case {
    std::string text, digest;
  };
  const std::vector<Case> table = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(55, 'a'), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
      {std::string(64, 'a'), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Case& one : table) CHECK(sha256(one.text) == one.digest);
}
