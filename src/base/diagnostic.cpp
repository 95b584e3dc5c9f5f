#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace levy {

void sort_by_place(Diagnostics& diagnostics) {
  auto key = [](const Diagnostic& d) {
    return std::tie(d.place.file, d.place.line, d.place.column, d.code);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

}  // namespace levy
