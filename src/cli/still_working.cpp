#include "cli/still_working.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "cli/output.h"
#include "cli/terminal.h"

namespace levy::cli {

StillWorking::StillWorking() {
  if (isatty(STDERR_FILENO) == 0) return;
  try {
    thread_ = std::thread([this] { tell(); });
  } catch (const std::system_error&) {
    // There is no thread to be had: levy works on without a word.
  }
}

void StillWorking::tell() {
  std::unique_lock lock(mutex_);
  int passed = 0;
  for (int seconds = 1; seconds <= 10'000; seconds *= 10) {
    auto wait = std::chrono::seconds(seconds - passed);
    if (ends_.wait_for(lock, wait, [this] { return ended_; })) return;
    passed = seconds;
    warn("still working after " + std::to_string(seconds) + " s\n");
  }
}

StillWorking::~StillWorking() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  ends_.notify_one();
  thread_.join();
}

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
  // A line that the window folds could not be taken back.
  line.resize(std::min(line.size(), window_columns(STDERR_FILENO) - 1));
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  shown_ = true;
}

bool can_show_progress() {
  const char* terminal = std::getenv("TERM");
  bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return !dumb && isatty(STDERR_FILENO) == 1;
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace levy::cli
