// Checked<T>: a value, or the diagnostics why there is none. Never both, never neither.
#pragma once

#include <utility>
#include <variant>

#include "base/diagnostic.h"
#include "base/ensure.h"

namespace levy {

template <class T>
class [[nodiscard]] Checked {
 public:
  Checked(const T& value) : state_(std::in_place_index<0>, value) {}
  Checked(T&& value) : state_(std::in_place_index<0>, std::move(value)) {}
  Checked(Diagnostic fault) : state_(std::in_place_index<1>, Diagnostics{std::move(fault)}) {}
  Checked(Diagnostics faults) : state_(std::in_place_index<1>, std::move(faults)) {
    ensure(!std::get<1>(state_).empty(), "a rejected value says why");
  }

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const& { return std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  const T* operator->() const { return &std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }

  const Diagnostics& faults() const& { return std::get<1>(state_); }
  Diagnostics&& faults() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Diagnostics> state_;
};

}  // namespace levy
