// A line on the terminal that says how far a long run is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace levy {

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

}  // namespace levy
