#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "render/text/translate.h"

namespace levy::cli {
namespace {

constexpr int least = 30, most = 300;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = environment(name);
    if (value.empty()) continue;
    std::string letters;
    for (char c : value) {
      if (c != '-') letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return letters.find("utf8") != std::string::npos;
  }
  return false;
}

int width(int descriptor) {
  std::string columns = environment("COLUMNS");
  bool digits =
      !columns.empty() && columns.size() < 5 &&
      std::all_of(columns.begin(), columns.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) return std::stoi(columns);
  winsize size{};
  if (isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

}  // namespace

std::size_t window_columns(int descriptor) {
  return static_cast<std::size_t>(std::clamp(width(descriptor), least, most));
}

std::string language_asked(const std::string& lang, bool for_program) {
  if (!lang.empty())
    return render::text::find_language(lang).value_or(render::text::plain_tag(lang));
  if (for_program) return "en";
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    std::string value = environment(name);
    if (!value.empty()) return render::text::find_language(value).value_or("en");
  }
  return "en";
}

render::plot::TerminalSize find_terminal() {
  return {std::clamp(width(STDOUT_FILENO), least, most), is_utf8()};
}

}  // namespace levy::cli
