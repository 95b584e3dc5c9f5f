#include "money/text_fault.h"

#include <algorithm>
#include <utility>

#include "base/code_points.h"

namespace levy {

Diagnostic text_fault(std::string_view text, std::size_t begin, std::size_t end, Code code,
                      std::string_view message, std::string remedy) {
  Diagnostic fault;
  fault.code = code;
  fault.message = message;
  fault.remedy = std::move(remedy);
  begin = std::min(begin, text.size());
  end = std::max(begin, std::min(end, text.size()));
  fault.place.column = 1 + count_code_points(text.substr(0, begin));
  fault.place.width = std::max<std::size_t>(1, count_code_points(text.substr(begin, end - begin)));
  return fault;
}

}  // namespace levy
