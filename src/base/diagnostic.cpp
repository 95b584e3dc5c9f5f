#include "base/diagnostic.h"

#include <algorithm>

namespace levy {

Diagnostic usage(std::string message, std::string remedy) {
  return Diagnostic{Code::usage, std::move(message), std::move(remedy)};
}

Diagnostic text_fault(std::string_view text, std::size_t begin, std::size_t end, Code code,
                      std::string_view message, std::string remedy) {
  Diagnostic fault;
  fault.code = code;
  fault.message = message;
  fault.remedy = std::move(remedy);
  begin = std::min(begin, text.size());
  fault.place = Place::within(begin, std::max(begin, std::min(end, text.size())));
  return fault;
}

void sort_by_place(Diagnostics& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     auto order = order_of(a.place, b.place);
                     return order != 0 ? order < 0 : a.code < b.code;
                   });
}

}  // namespace levy
