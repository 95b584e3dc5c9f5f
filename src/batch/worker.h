// Worker: answers the records of a chunk, one thread's own.
#pragma once

#include <memory>
#include <vector>

#include "batch/chunks.h"
#include "batch/fast/fast_rows.h"
#include "batch/fast/line_shapes.h"
#include "batch/fast/mapped_step.h"
#include "batch/fast/rows.h"
#include "batch/fast/separators.h"
#include "batch/rows/layout.h"
#include "batch/rows/row_evaluator.h"
#include "formats/csv.h"
#include "formats/json_lines.h"

namespace levy::batch {

// What a worker counts by: a ledger, of the accounts in its part; null where rows do not count.
struct Counting {
  ledger::Ledger* ledger = nullptr;
  RowPart part;
  bool gives_places = false;  // of each row, whoever answers it
};

class Worker {
 public:
  Worker(const fees::Tariff& tariff, const rows::BatchOptions& options, const rows::Layout& layout,
         const Counting& counting, rows::SharedCurves& curves, std::string file);

  // With a part of its own, the rows of the others are left out.
  void work(const Chunk& chunk, ChunkAnswer& answer);
  // Visits the rows of a chunk's text, each with its time where that can be read.
  void each_row(
      std::string_view text,
      const std::function<void(const formats::Row&, const std::optional<Instant>&)>& visit);
  rows::Totals totals() const;

 private:
  using Outcome = facts::RowMapper::Outcome;

  template <class Visit>
  void read_rows(std::string_view text, Visit visit);
  void work_rest(std::string_view text, std::size_t begin, ChunkAnswer& answer);
  void work_plain(std::string_view text, ChunkAnswer& answer);
  std::size_t work_step(std::string_view text, std::size_t begin, ChunkAnswer& answer);
  std::size_t work_quoted(std::string_view text, std::size_t begin, ChunkAnswer& answer);
  std::optional<std::size_t> gather_record(std::string_view step, std::size_t begin);
  std::size_t work_record(std::string_view text, std::size_t begin, ChunkAnswer& answer);
  void answer_records(std::string_view text, std::size_t begin, std::size_t first,
                      std::size_t count, ChunkAnswer& answer);
  fast::Rows own_records(const fast::Rows& records, const std::uint16_t* places);
  void keep_own_lines(const char* text);
  std::size_t number_of(std::size_t row) const { return part_.parts == 1 ? row : own_[row]; }
  template <class Ask>
  void write_rows(const fast::Rows& rows, std::size_t count, std::size_t bytes,
                  const fast::CellSpan* lines, ChunkAnswer& answer, Ask ask);
  void add_places(std::string_view written, std::size_t first, std::size_t row,
                  ChunkAnswer& answer) const;
  void answer_ragged(std::string_view text, std::size_t begin, std::size_t count,
                     ChunkAnswer& answer);
  void ask_record(const fast::Rows& records, std::size_t row, std::size_t byte,
                  ChunkAnswer& answer);
  void work_lines(std::string_view text, ChunkAnswer& answer);
  std::size_t work_lines_step(std::string_view text, std::size_t begin, ChunkAnswer& answer);
  std::size_t gather_lines(std::string_view step, std::size_t line, std::size_t place);
  bool map_line();
  void map_lines(std::string_view text, std::size_t step, ChunkAnswer& answer);
  void answer_lines(std::string_view text, std::size_t step, ChunkAnswer& answer);
  void ask_line(const fast::Rows& rows, std::size_t row, std::string_view text, std::size_t step,
                ChunkAnswer& answer);
  void work_line(std::string_view text, std::size_t begin, std::size_t end, bool in_full,
                 ChunkAnswer& answer);
  void work_rows(std::string_view text, std::size_t line, std::size_t byte, bool in_full,
                 ChunkAnswer& answer);
  bool answer_fast(const formats::Row& row, ChunkAnswer& answer);
  void take(const formats::Row& row, std::size_t line, std::size_t byte, bool in_full,
            ChunkAnswer& answer);
  void check_keys(formats::Row& row);
  void find_cells(const formats::Row& row);
  // `known`: what is wrong with it, where that is known; or null. A row is skipped where the
  // mapper's outcome says so.
  void ask(const formats::Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer,
           const Diagnostics* known = nullptr);
  // Will anybody read what is wrong with the next row?
  bool is_told(const ChunkAnswer& answer) const {
    return options_.tells_all_faults || answer.faults.size() < rows::first_faults_max;
  }
  void report_error(const formats::Row& row, std::size_t line, std::size_t byte,
                    const Diagnostic& fault, ChunkAnswer& answer);

  const rows::BatchOptions& options_;
  const rows::Layout& layout_;
  RowPart part_;
  bool gives_places_;
  std::string file_;
  std::vector<std::string> own_columns_;  // the table's
  formats::TableShape shape_;
  fast::MappedStep mapped_;
  facts::ColumnCheck check_;
  rows::RowEvaluator evaluator_;
  fast::FastRows fast_;
  std::vector<std::size_t> input_;  // columns of the output's rows
  fast::LineShapes shapes_;
  rows::Totals totals_;
  fast::Separators separators_;
  std::vector<fast::CellSpan> lines_;       // gathered in this step, to be answered together
  std::vector<fast::CellSpan> line_cells_;  // theirs, and one more
  std::vector<fast::CellSpan>
      written_cells_;  // the same as a CSV writes them, with quotes where needed
  std::vector<fast::CellSpan> shape_cells_;  // of lines of JSON that go through a mapper
  Outcome outcome_ = Outcome::read;          // of the row at hand
  // Where the worker answers a part: which of the rows at hand are its own, and theirs of places.
  std::vector<std::uint32_t> own_;
  std::vector<std::uint16_t> own_places_;
  formats::JsonLinesReader lines_reader_;
  formats::CsvReader records_reader_;
  formats::Row row_;  // read last
  rows::RowCells cells_;
  std::string scratch_, padded_;
  bool is_utf8_ = true;    // is the chunk?
  std::size_t asked_ = 0;  // records of the chunk
};

}  // namespace levy::batch
