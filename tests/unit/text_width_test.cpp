#include "render/text/text_width.h"

#include "unit/catch.h"

using namespace levy;
using namespace std::string_literals;

TEST_CASE("text_width: columns of a terminal") {
  struct Row {
    std::string text;
    std::size_t width;
  };
  const std::vector<Row> table = {
      {"", 0},
      {"abc", 3},
      {"é", 1},
      {"e\xCC\x81", 1},  // e and a combining acute accent
      {"手续费", 6},
      {"カード", 6},
      {"ｶｰﾄﾞ", 4},  // half width
      {"１２", 4},  // full width
      {"한국", 4},
      {"\u1112\u1161\u11ab", 2},  // the same kind of syllable, in letters
      {"😀", 2},
      {"👩\u200d💻", 4},  // a joiner takes no column
      {"🇩🇪", 2},
      {"✅", 2},
      {"€", 1},
      {"→", 1},
      {"नमस्ते", 4},
      {"שלום", 4},
      {"\xF0\xAF\xA0\x80", 2},  // a rare ideograph, U+2F800
      {"\x1B[0m", 7},           // spelt out: \x1B[0m
      {"\xE9", 4},              // spelt out: \xE9
  };
  for (const Row& row : table) {
    INFO(row.text);
    CHECK(render::text::display_width(row.text) == row.width);
  }
}

TEST_CASE("text_width: padding") {
  CHECK(render::text::pad_right("费", 4) == "费  ");
  CHECK(render::text::pad_left("费", 4) == "  费");
  CHECK(render::text::pad_left("1.50", 4) == "1.50");
  CHECK(render::text::pad_right("longer", 3) == "longer");
}

TEST_CASE("text_width: nothing that a terminal would obey is left") {
  CHECK(render::text::printable("a\x1B]0;x\x07z") == "a\\x1B]0;x\\x07z");
  CHECK(render::text::printable("a\tb\nc\r") == "a\\tb\\nc\\x0D");
  CHECK(render::text::printable("\0\x7F"s) == "\\x00\\x7F");
  CHECK(render::text::printable("\xC2\x9B[2J") == "\\x9B[2J");  // the one-character form of ESC [
  CHECK(render::text::printable("\u202Eabc\u2066") == "\\u202Eabc\\u2066");
  CHECK(render::text::printable("a\xE9\xFF") == "a\\xE9\\xFF");
  CHECK(render::text::printable("手 é 😀") == "手 é 😀");
}

TEST_CASE("text_width: a program's text on a terminal keeps its lines, and JSON its meaning") {
  CHECK(render::text::escaped_for_terminal("{\"a\": \"\u202E\x1B\"}\n") ==
        "{\"a\": \"\\u202E\\u001B\"}\n");
  CHECK(render::text::escaped_for_terminal("a\tb\xC2\x9B\xFF手") == "a\tb\\u009B\\xFF手");
}
