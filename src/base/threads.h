// Threads: as many as are wanted, or as the system has.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace levy {

class Threads {
 public:
  // The calling thread is one of them. Where there is no room for so many there are fewer, and room
  // is left for what they are to do.
  explicit Threads(std::size_t wanted);
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  std::size_t count() const { return others_.size() + 1; }

  // Calls work(0) on the calling thread and work(1) to work(count() - 1) on the others, and returns
  // when all have returned. What one of them throws is thrown here.
  void run(const std::function<void(std::size_t)>& work);

 private:
  void wait_for_work(std::size_t number);
  void call(std::size_t number);
  void keep(std::size_t count);  // of the others; the rest end

  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t runs_ = 0;  // begun so far
  std::size_t busy_ = 0;
  std::size_t kept_;  // others with a higher number end
  std::exception_ptr failure_;
  std::vector<std::thread> others_;
};

}  // namespace levy
