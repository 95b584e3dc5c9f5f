// Rows of a table that are answered together, pass by pass: records of a CSV, or lines of JSON
// whose cells were found one by one. 64 readable bytes follow each cell, so that it can be read in
// whole words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace levy::batch::fast {

inline constexpr std::size_t cell_padding = 64;

// Neighbouring columns, from the first to the last.
struct ColumnRun {
  std::size_t first = 0, last = 0;
};

// A cell, by places in a text: that before its first byte, and that after its last. Before the text
// is 65 535.
struct CellSpan {
  std::uint16_t before = 65'535, end = 0;

  CellSpan() = default;
  CellSpan(std::size_t begin, std::size_t end_of_it)
      : before(static_cast<std::uint16_t>(begin - 1)), end(static_cast<std::uint16_t>(end_of_it)) {}
  // Between two places side by side.
  static CellSpan between(const std::uint16_t* places) {
    CellSpan span;
    span.before = places[0];
    span.end = places[1];
    return span;
  }
  std::size_t begin() const { return static_cast<std::uint16_t>(before + 1); }
  std::size_t size() const { return end - begin(); }
};

// Where the cells of a column lie, as CellSpan says it: one in so many places is the next row's.
struct ColumnPlaces {
  const std::uint16_t *befores = nullptr, *ends = nullptr;
  std::size_t a_row = 0;
};

// By row: the cells of neighbouring columns, and what stands between them. `may_return`: may the
// last one end with the CR of a line end?
template <bool may_return>
class PlacedCells {
 public:
  PlacedCells(const char* text, ColumnPlaces places) : text_(text), places_(places) {}

  [[gnu::always_inline]] std::string_view operator[](std::size_t row) const {
    auto begin = static_cast<std::uint16_t>(places_.befores[row * places_.a_row] + 1);
    auto size = static_cast<std::size_t>(places_.ends[row * places_.a_row] - begin);
    if (may_return && size > 0 && text_[begin + size - 1] == '\r') --size;
    return {text_ + begin, size};
  }

 private:
  const char* text_;
  ColumnPlaces places_;
};

// Either of them.
class CellRun {
 public:
  // `use` takes the cells: a loop over many of them is compiled for both.
  template <class Use>
  [[gnu::always_inline]] auto look(Use use) const {
    if (may_return_) return use(PlacedCells<true>(text_, places_));
    return use(PlacedCells<false>(text_, places_));
  }
  std::string_view operator[](std::size_t row) const {
    return look([&](const auto& cells) { return cells[row]; });
  }

 private:
  friend class Rows;
  CellRun(const char* text, ColumnPlaces places, bool may_return)
      : text_(text), places_(places), may_return_(may_return) {}

  const char* text_;
  ColumnPlaces places_;
  bool may_return_;
};

class Rows {
 public:
  // Records without quotes. `ends`, rows x columns: where each field ends, from `text` on; readable
  // at [-1], one before the first. `has_returns`: line ends may be CR LF.
  static Rows of_records(const char* text, const std::uint16_t* ends, std::size_t columns,
                         std::size_t count, bool has_returns) {
    return {text, {ends - 1, ends, columns}, 1, columns, count, has_returns};
  }
  // Some of such records. `places`, rows x (columns + 1): where the record before ends, or whatever
  // stands before the first field, then where each field ends.
  static Rows of_some_records(const char* text, const std::uint16_t* places, std::size_t columns,
                              std::size_t count, bool has_returns) {
    return {text, {places, places + 1, columns + 1}, 1, columns, count, has_returns};
  }
  // PlacedCells from anywhere in a text, rows x columns. Runs are whole where they stand side by
  // side.
  static Rows of_cells(const char* text, const CellSpan* cells, std::size_t columns,
                       std::size_t count) {
    static_assert(sizeof(CellSpan) == 2 * sizeof(std::uint16_t));
    auto places = reinterpret_cast<const std::uint16_t*>(cells);
    return {text, {places, places + 1, 2 * columns}, 2, columns, count, false};
  }
  std::size_t count() const { return count_; }
  std::size_t columns() const { return columns_; }
  CellRun run(ColumnRun wanted) const {
    return {text_,
            {places_.befores + wanted.first * a_column_, places_.ends + wanted.last * a_column_,
             places_.a_row},
            has_returns_ && wanted.last + 1 == columns_};
  }
  std::string_view cell(std::size_t row, std::size_t column) const {
    return run({column, column})[row];
  }
  // Are neighbouring cells anywhere, and not divided by single bytes?
  bool are_apart() const { return a_column_ != 1; }
  const char* text() const { return text_; }
  std::string_view text(CellSpan span) const { return {text_ + span.begin(), span.size()}; }
  // From its first cell to its last; of a record, without its line end.
  std::string_view record(std::size_t row) const { return run({0, columns_ - 1})[row]; }

 private:
  Rows(const char* text, ColumnPlaces places, std::size_t a_column, std::size_t columns,
       std::size_t count, bool has_returns)
      : text_(text),
        places_(places),
        a_column_(a_column),
        columns_(columns),
        count_(count),
        has_returns_(has_returns) {}

  const char* text_;
  ColumnPlaces places_;   // of the first column
  std::size_t a_column_;  // one in so many places is the next column's
  std::size_t columns_, count_;
  bool has_returns_;
};

}  // namespace levy::batch::fast
