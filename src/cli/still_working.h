// A word on the terminal where an answer takes long.
#pragma once

#include <condition_variable>
#include <mutex>
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

}  // namespace levy::cli
