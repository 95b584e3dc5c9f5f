// A word on the terminal where an answer takes long.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

namespace levy::cli {

// Where standard error is a terminal: says after 1, 10, 100 ... seconds that levy is still at work,
// until it is gone. A line each, because what is printed meanwhile may follow it.
class StillWorking {
 public:
  StillWorking();
  ~StillWorking();

 private:
  void tell();

  std::mutex mutex_;
  std::condition_variable ends_;
  bool ended_ = false;
  std::thread thread_;
};

// Rows and bytes of a table as they are read, on one line of standard error that is taken back.
class Progress {
 public:
  // `total`: the input's bytes, where they are known.
  explicit Progress(std::optional<std::uint64_t> total)
      : total_(total), start_(std::chrono::steady_clock::now()), last_(start_) {}
  ~Progress() { clear(); }

  void show(std::uint64_t bytes, std::uint64_t rows);
  void clear();

 private:
  std::optional<std::uint64_t> total_;
  std::chrono::steady_clock::time_point start_, last_;
  bool shown_ = false;
};

// Is standard error a terminal that can take a line back?
bool can_show_progress();

}  // namespace levy::cli
