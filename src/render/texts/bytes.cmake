# cmake -D from=FILE -D name=FUNCTION -D to=FILE.cpp -P bytes.cmake: the file's bytes become a
# function that returns them.
file(READ ${from} hex HEX)
string(REGEX REPLACE "(................................................)" "\\1\n" lines "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" lines "${lines}")
string(REGEX REPLACE "([^\n]+)" "    \"\\1\"" lines "${lines}")
file(WRITE ${to} "// Written by CMake from ${from}.
#include <string_view>

namespace levy::render::text {

std::string_view ${name}();
std::string_view ${name}() {
  static constexpr char bytes[] =
${lines};
  return {bytes, sizeof bytes - 1};
}

}  // namespace levy::render::text
")
