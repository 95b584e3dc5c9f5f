#include "cli/progress.h"

#include <cstdio>
#include <string>

namespace levy {
namespace {

using std::chrono::milliseconds;

// "1 234 567": for the eye.
std::string grouped(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, " ");
  return text;
}

std::string duration(std::uint64_t seconds) {
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600)
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds % 3600 / 60) + " min";
}

}  // namespace

void Progress::show(std::uint64_t bytes, std::uint64_t rows) {
  auto now = std::chrono::steady_clock::now();
  if (now - last_ < milliseconds(200)) return;
  last_ = now;
  auto spent =
      static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(now - start_).count());
  std::string line = grouped(rows) + " rows, " + grouped(rows * 1000 / spent) + " a second";
  if (total_ && bytes > 0 && *total_ >= bytes) {
    std::uint64_t left = spent * (*total_ - bytes) / bytes / 1000;
    line += ", " + std::to_string(bytes * 100 / *total_) + " %, " + duration(left) + " left";
  }
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace levy
