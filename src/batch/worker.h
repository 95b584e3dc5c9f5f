// Worker: answers the records of a chunk, one thread's own.
#pragma once

#include <memory>
#include <vector>

#include "batch/ask.h"
#include "batch/chunks.h"
#include "batch/fast_rows.h"
#include "batch/layout.h"
#include "batch/line_shapes.h"
#include "formats/read_rows.h"

namespace levy {

class Worker {
 public:
  Worker(const Tariff& tariff, const BatchOptions& options, const Layout& layout, Ledger* ledger,
         std::string file);

  void work(const Chunk& chunk, ChunkAnswer& answer);
  Totals totals() const;

 private:
  void work_slices(const Chunk& chunk, ChunkAnswer& answer);
  void work_slice(std::string_view record, const std::uint32_t* separators, std::size_t count,
                  std::string_view text, ChunkAnswer& answer);
  void work_lines(const Chunk& chunk, ChunkAnswer& answer);
  bool work_line(std::string_view line, ChunkAnswer& answer);
  void work_rows(std::string_view text, std::size_t line, std::size_t byte, ChunkAnswer& answer);
  NextRow reader_of(std::string_view text) const;
  void take(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer);
  void find_cells(const Row& row);
  void ask(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer);
  void count(const RowAnswer& answer);
  void count_billing(const RowAnswer& answer);
  std::string column_of(const Row& row, const Diagnostic& fault) const;

  const BatchOptions& options_;
  const Layout& layout_;
  std::string file_;
  Asker asker_;
  FastRows fast_;
  LineShapes shapes_;
  Totals totals_;
  std::vector<std::uint32_t> separators_;
  Cells cells_;
  std::string scratch_;
  bool any_input_column_ = false;
};

}  // namespace levy
