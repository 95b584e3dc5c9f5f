#include "batch/row_parts.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace levy {

std::size_t RowPart::of(std::string_view account, std::size_t row, std::size_t parts) {
  return (account.empty() ? row : std::hash<std::string_view>()(account)) % parts;
}

void join(std::vector<ChunkAnswer>& parts, ChunkAnswer& whole) {
  struct Next {
    const ChunkAnswer* part;
    std::size_t row = 0, begin = 0;
    std::size_t record() const { return part->places[row].record; }
  };
  std::vector<Next> rest;
  for (ChunkAnswer& part : parts) {
    if (!part.places.empty()) rest.push_back({&part});
    whole.row_count += part.row_count;
    std::move(part.faults.begin(), part.faults.end(), std::back_inserter(whole.faults));
  }
  while (!rest.empty()) {
    auto first = std::min_element(rest.begin(), rest.end(), [](const Next& a, const Next& b) {
      return a.record() < b.record();
    });
    std::size_t end = first->part->places[first->row].end;
    whole.rows.append(first->part->rows.text().substr(first->begin, end - first->begin));
    whole.places.push_back({first->record(), whole.rows.text().size()});
    first->begin = end;
    if (++first->row == first->part->places.size()) rest.erase(first);
  }
  std::sort(whole.faults.begin(), whole.faults.end(),
            [](const RowFault& a, const RowFault& b) { return a.byte < b.byte; });
  whole.line_ends = parts.front().line_ends;  // each has been through all records
  for (ChunkAnswer& part : parts) part.clear();
}

}  // namespace levy
