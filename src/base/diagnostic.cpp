#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace levy {

Diagnostic usage(std::string message, std::string remedy) {
  return Diagnostic{Code::usage, std::move(message), std::move(remedy)};
}

void sort_by_place(Diagnostics& diagnostics) {
  auto key = [](const Diagnostic& d) {
    return std::tie(d.place.file, d.place.line, d.place.column, d.code);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

}  // namespace levy
