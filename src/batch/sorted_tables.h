// Tables whose rows are judged in the order of time and come out in the order of the input.
//
// The input is copied to a file of its own while it is read once for the rows' times; then the rows
// are read from it in the order of time, rows of one time in the order of the input, and what is
// written for them is kept in another file until all are answered. Memory: 32 bytes a row, and
// rejected rows' places.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "batch/batch.h"
#include "batch/chunks.h"
#include "batch/worker.h"

namespace levy::batch {

class SortedTables {
 public:
  SortedTables(Spool input, Spool output, std::size_t chunk_bytes)
      : input_(std::move(input)), output_(std::move(output)), chunk_bytes_(chunk_bytes) {}

  // Before the chunks of a table, whose first record stands after so many line ends.
  void begin_table(const std::string& file, std::uint64_t lines_before);
  bool add(const Chunk& chunk, Worker& reader);  // false: a spool failed, as below

  // After all chunks; then all rows by `next`, and the answers to its chunks in their order, each
  // with the places of its rows.
  void sort();
  bool next(Chunk& chunk);  // false: there are no more, or a spool failed
  // `rejects`: how their cells are written; none: nobody asks for them.
  bool answered(const Chunk& chunk, const ChunkAnswer& answer,
                std::optional<formats::CsvCells> rejects);

  // After all answers: what they wrote, in the order of the input. False: a sink or a spool failed.
  bool write(const std::function<bool(std::string_view)>& sink);
  bool write_rejects(const std::function<bool(std::string_view)>& sink);

  // Of the rows in error, the first few in the order of the input.
  Diagnostics first_faults() const;
  const std::optional<Diagnostic>& fault() const { return fault_; }  // of a spool
  std::uint64_t size() const { return rows_.size(); }

 private:
  struct SortedRow {
    std::int64_t seconds;   // of its time; once answered, where in the output it stands
    std::int32_t fraction;  // nanoseconds; once answered, how many bytes that are
    std::uint32_t size;     // of the record
    std::uint64_t at;       // of the record, in the input
    std::uint64_t line;     // on which it begins, in its table
  };
  struct TablePart {
    std::string file;
    std::uint64_t at;  // in the input: of its first byte
  };
  struct Reject {
    std::uint64_t row;  // its place in the input
    std::uint64_t at;   // in the output
    std::size_t size;
  };

  const TablePart& table_of(const SortedRow& row) const;
  void reject(const SortedRow& row, const RowFault& fault,
              std::optional<formats::CsvCells> written);
  bool keep(const Spool& spool, bool done);
  bool append(std::string_view text);

  Spool input_, output_;
  std::size_t chunk_bytes_;
  std::vector<TablePart> tables_;
  std::uint64_t input_size_ = 0, output_size_ = 0;
  std::uint64_t line_ends_ = 0;  // of the present table
  std::deque<SortedRow> rows_;
  std::size_t next_ = 0, answered_ = 0;
  std::vector<Reject> rejects_;
  std::map<std::uint64_t, Diagnostic> first_faults_;  // by place in the input
  std::optional<Diagnostic> fault_;
};

// A row in error as a line of the rejects: file, line, byte offset, column, code, message, record.
std::string reject_line(const std::string& file, const RowFault& fault, std::uint64_t line,
                        std::uint64_t byte, formats::CsvCells cells);
// The fault of a row, at its line.
Diagnostic fault_at(const std::string& file, const RowFault& fault, std::uint64_t line);

}  // namespace levy::batch
