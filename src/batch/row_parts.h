// Row parts: where rows count for rows after them, several workers answer one chunk, each the rows
// of its own accounts, so that every account's rows are answered in the order of the input.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "batch/chunks.h"

namespace levy {

struct RowPart {
  std::size_t number = 0;  // 0 .. parts - 1
  std::size_t parts = 1;

  // Of a row of nobody ("") any part may be the one that has it.
  bool has(std::string_view account, std::size_t row) const {
    return parts == 1 || number == of(account, row, parts);
  }
  static std::size_t of(std::string_view account, std::size_t row, std::size_t parts);
};

// A part's answers, each with its `place`, put together in the order of the chunk's records. The
// parts are left empty.
void join(std::vector<ChunkAnswer>& parts, ChunkAnswer& whole);

}  // namespace levy
