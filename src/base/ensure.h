// What levy promises itself. `ensure` states an invariant of the program, never of its input:
// input that is wrong becomes a Diagnostic. It is always compiled in; a broken promise ends the
// command with exit status 4 rather than with a wrong figure.
#pragma once

#include <stdexcept>

namespace levy {

// levy's own fault, thrown by `ensure` and caught in main only.
struct Fault : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void fail_ensure(const char* what, const char* file, int line);

inline void ensure(bool holds, const char* what, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  if (!holds) fail_ensure(what, file, line);
}

}  // namespace levy
