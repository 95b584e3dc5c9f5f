// Where the values of a JSON text begin, and which keys and indices lead to each: what names them
// long after the tree that was read from the text is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace levy {

class Outline {
 public:
  static constexpr std::size_t none = UINT32_MAX;

  // The next value in the order of the text, at whose key, or else at itself, byte `begin` stands;
  // `step` is what it adds to the RFC 6901 pointer of its parent, "/fees" or "/0". Its number.
  std::size_t add(std::size_t begin, std::size_t parent, std::string_view step);

  // The JSON Pointer of the value in which, or in whose key, byte `at` stands.
  std::string pointer_at(std::size_t at) const;

 private:
  struct Value {
    std::uint32_t begin = 0;
    std::uint32_t parent = 0;
    std::uint32_t step_end = 0;  // of steps_; it begins where the one before ends
  };
  std::string_view step_of(std::size_t value) const;

  std::vector<Value> values_;
  std::string steps_;
};

}  // namespace levy
