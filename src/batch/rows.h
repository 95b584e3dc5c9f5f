// Rows of a table that are answered together, pass by pass: Slices of a CSV, Lines of JSON. Both
// give their cells; 64 readable bytes follow each, so that they can be read in whole words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace levy {

inline constexpr std::size_t cell_padding = 64;

// Neighbouring columns, from the first to the last.
struct ColumnRun {
  std::size_t first = 0, last = 0;
};

// Records of a CSV without quotes.
struct Slices {
  const char* text = nullptr;
  // rows x columns: where each field ends, from `text` on; readable at [-1], one before the first.
  const std::uint16_t* ends = nullptr;
  std::size_t columns = 0, rows = 0;
  bool has_returns = false;  // line ends may be CR LF

  std::string_view cell(std::size_t row, std::size_t column) const {
    return run(row, {column, column});
  }
  // The cells and the commas between them.
  std::string_view run(std::size_t row, ColumnRun wanted) const {
    const std::uint16_t* of_row = ends + row * columns;
    return between(of_row + wanted.first - 1, of_row + wanted.last, wanted.last + 1 == columns);
  }
  // Without its line end.
  std::string_view record(std::size_t row) const {
    return between(ends + row * columns - 1, ends + (row + 1) * columns - 1, true);
  }

 private:
  std::string_view between(const std::uint16_t* before, const std::uint16_t* end,
                           bool is_last) const {
    auto begin = static_cast<std::uint16_t>(*before + 1);  // 65 535 + 1 is 0
    auto size = static_cast<std::size_t>(*end - begin);
    if (is_last && has_returns && size > 0 && text[begin + size - 1] == '\r') --size;
    return {text + begin, size};
  }
};

// Records whose cells were found one by one.
struct CellRows {
  const std::string_view* cells = nullptr;  // rows x columns
  std::size_t columns = 0, rows = 0;

  std::string_view cell(std::size_t row, std::size_t column) const {
    return cells[row * columns + column];
  }
  // Of one column, or of cells that stand side by side in memory as in Slices.
  std::string_view run(std::size_t row, ColumnRun wanted) const {
    std::string_view first = cell(row, wanted.first), last = cell(row, wanted.last);
    return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
  }
};

}  // namespace levy
