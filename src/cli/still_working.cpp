#include "cli/still_working.h"

#include <unistd.h>

#include <chrono>
#include <string>
#include <system_error>

#include "cli/output.h"

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

}  // namespace levy::cli
