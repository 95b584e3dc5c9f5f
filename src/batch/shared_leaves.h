// SharedLeaves: leaves that a run's threads make once for all of them.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "batch/leaf.h"

namespace levy {

class SharedLeaves {
 public:
  using Made = std::shared_ptr<const std::optional<Leaf>>;  // no leaf: its rows are asked in full

  // The leaf of a signature, which `make` makes for the second row that asks: what comes once is
  // not worth one. Null: not now; the row is to be asked in full, and nobody waits.
  template <class Make>
  Made find(const std::string& signature, Make make) {
    std::unique_lock lock(mutex_);
    Entry& entry = entries_[signature];
    if (++entry.rows != 2) return entry.made;
    lock.unlock();
    auto made = std::make_shared<const std::optional<Leaf>>(make());
    lock.lock();
    return entry.made = made;
  }

 private:
  struct Entry {
    std::size_t rows = 0;
    Made made;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;  // they stay where they are
};

}  // namespace levy
