#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace levy {
namespace {

constexpr int least = 30, most = 300;

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = setting(name);
    if (value.empty()) continue;
    std::string letters;
    for (char c : value) {
      if (c != '-') letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return letters.find("utf8") != std::string::npos;
  }
  return false;
}

int width() {
  std::string columns = setting("COLUMNS");
  bool digits =
      !columns.empty() && columns.size() < 5 &&
      std::all_of(columns.begin(), columns.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) return std::stoi(columns);
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

}  // namespace

TerminalSize find_terminal() { return {std::clamp(width(), least, most), is_utf8()}; }

}  // namespace levy
