// Rows of a table that are answered together, pass by pass: Slices of a CSV, Spans of lines of
// JSON. Both give their cells; 64 readable bytes follow each, so that they can be read in whole
// words.
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
    return column_run({column, column})[row];
  }
  // By row: the cells of a run and the commas between them.
  class Run {
   public:
    [[gnu::always_inline]] std::string_view operator[](std::size_t row) const {
      auto begin = static_cast<std::uint16_t>(before_[row * columns_] + 1);  // 65 535 + 1 is 0
      auto size = static_cast<std::size_t>(ends_[row * columns_] - begin);
      if (may_return_ && size > 0 && text_[begin + size - 1] == '\r') --size;
      return {text_ + begin, size};
    }

   private:
    friend struct Slices;
    const char* text_;
    const std::uint16_t *before_, *ends_;
    std::size_t columns_;
    bool may_return_;
  };
  Run column_run(ColumnRun wanted) const {
    Run run;
    run.text_ = text;
    run.before_ = ends + wanted.first - 1;
    run.ends_ = ends + wanted.last;
    run.columns_ = columns;
    run.may_return_ = has_returns && wanted.last + 1 == columns;
    return run;
  }
  // Without its line end.
  std::string_view record(std::size_t row) const { return column_run({0, columns - 1})[row]; }
};

// A cell, by places in a text.
struct CellSpan {
  std::uint16_t begin = 0, end = 0;
};

// Records whose cells were found one by one.
struct Spans {
  const char* text = nullptr;
  const CellSpan* cells = nullptr;  // rows x columns
  std::size_t columns = 0, rows = 0;

  std::string_view cell(std::size_t row, std::size_t column) const {
    return column_run({column, column})[row];
  }
  // By row: a column, or cells that stand side by side as in Slices.
  class Run {
   public:
    [[gnu::always_inline]] std::string_view operator[](std::size_t row) const {
      std::size_t begin = first_[row * columns_].begin;
      return {text_ + begin, last_[row * columns_].end - begin};
    }

   private:
    friend struct Spans;
    const char* text_;
    const CellSpan *first_, *last_;
    std::size_t columns_;
  };
  Run column_run(ColumnRun wanted) const {
    Run run;
    run.text_ = text;
    run.first_ = cells + wanted.first;
    run.last_ = cells + wanted.last;
    run.columns_ = columns;
    return run;
  }
};

}  // namespace levy
