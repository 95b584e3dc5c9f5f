#include "base/threads.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace levy {

Threads::Threads(std::size_t wanted) : kept_(std::max<std::size_t>(wanted, 1) - 1) {
  others_.reserve(kept_);
  try {
    while (others_.size() < kept_) {
      std::size_t number = others_.size() + 1;
      others_.emplace_back([this, number] { wait_for_work(number); });
    }
  } catch (const std::system_error&) {
    keep(others_.size() / 2);
  }
}

Threads::~Threads() { keep(0); }

void Threads::keep(std::size_t count) {
  {
    std::lock_guard lock(mutex_);
    kept_ = count;
  }
  changed_.notify_all();
  for (; others_.size() > count; others_.pop_back()) others_.back().join();
}

void Threads::wait_for_work(std::size_t number) {
  std::size_t done = 0;  // runs
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return number > kept_ || runs_ > done; });
      if (runs_ == done) return;
      done = runs_;
    }
    call(number);
    std::lock_guard lock(mutex_);
    if (--busy_ == 0) changed_.notify_all();
  }
}

void Threads::call(std::size_t number) {
  try {
    (*work_)(number);
  } catch (...) {
    std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }
}

void Threads::run(const std::function<void(std::size_t)>& work) {
  {
    std::lock_guard lock(mutex_);
    work_ = &work;
    busy_ = others_.size();
    ++runs_;
  }
  changed_.notify_all();
  call(0);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return busy_ == 0; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace levy
