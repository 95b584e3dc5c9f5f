#include "base/ensure.h"

#include <string>

namespace levy {

void fail_ensure(const char* what, const char* file, int line) {
  throw Fault(std::string(file) + ":" + std::to_string(line) + ": " + what);
}

}  // namespace levy
