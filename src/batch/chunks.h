// Chunks: a table cut into runs of whole records, answered by several threads, written in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/threads.h"
#include "batch/batch.h"
#include "batch/fast/bytes.h"
#include "formats/csv.h"

namespace levy::batch {

// Whole records. So many readable bytes follow the text.
struct Chunk {
  std::uint64_t sequence = 0;           // 0, 1, ...
  std::vector<char> bytes;              // the text and ByteWindow::padding more
  std::size_t size = 0;                 // of the text
  std::uint64_t byte_offset = 0;        // of the text in its file
  std::uint64_t line_ends_skipped = 0;  // that came before it and are in no chunk
  std::string_view text() const { return {bytes.data(), size}; }
};

// Cuts a stream at ends of records. How a record ends does not depend on where the stream is cut:
// one that is longer than record_bytes_max stands alone, as far as its reader looks at it, and the
// rest of its line is skipped.
class ChunkCutter {
 public:
  // Where `ready` says that no more can be read without waiting, what is there is cut off.
  ChunkCutter(rows::TableForm form, formats::ByteWindow bytes, const rows::BatchOptions& options,
              std::function<bool()> ready);

  // For what stands before the records: a byte order mark, a CSV's header.
  formats::ByteWindow& window() { return window_; }
  bool next(Chunk& chunk);  // false: the end, or a fault
  // Of the blocks of rows (BatchOptions::chunk_header): code bad_file.
  const std::optional<Diagnostic>& fault() const { return fault_; }

 private:
  bool begin_block(Chunk& chunk);
  std::size_t rows_of_block(std::string_view text);
  std::size_t end_of_record(std::string_view text, std::size_t at);
  bool fail(std::string message, std::string remedy);
  std::size_t whole_records(std::string_view text, bool last);
  void skip_torn(Chunk& chunk);
  enum class Filled { full, paused, ended };
  Filled fill(Chunk& chunk, std::size_t size);

  rows::TableForm form_;
  formats::ByteWindow window_;
  char delimiter_;
  std::size_t chunk_bytes_;
  bool one_record_;              // a chunk
  std::function<bool()> ready_;  // none: chunks are filled, however long it takes
  bool torn_ = false;            // what was cut off last goes on to the end of its line
  bool in_blocks_;               // a line with the number of rows stands before them
  std::uint64_t rows_left_ = 0;  // of the present block
  std::optional<Diagnostic> fault_;
  formats::CsvRecord record_;
};

// A row that could not be answered, placed within its chunk.
struct RowFault {
  std::uint64_t line = 0;  // line ends before it
  std::uint64_t byte = 0;  // from the chunk's start
  std::string column;      // the header's name, or the character in an unreadable record
  Diagnostic fault;
  std::string record;
};

// Where a row stands that one of several workers answered.
struct RowPlace {
  std::size_t record = 0;  // of the chunk
  std::size_t end = 0;     // of what is written for it
};

// What a worker makes of a chunk.
struct ChunkAnswer {
  fast::Bytes rows;              // ready to be written
  std::vector<RowPlace> places;  // of each, where the worker answers a part (chunks.h)
  std::vector<RowFault> faults;
  std::uint64_t line_ends = 0, row_count = 0;

  void clear();  // keeps the memory
};

struct Pipeline {
  std::function<bool(Chunk&)> next;                                // one thread at a time
  std::function<void(unsigned, const Chunk&, ChunkAnswer&)> work;  // by thread number
  std::function<bool(const Chunk&, ChunkAnswer&)> emit;  // in order, one at a time; false: stop
  // Every thread works on every chunk, each in the order of the chunks and on rows of its own.
  bool in_parts = false;
};

// What one of the threads throws is thrown here.
void run(const Pipeline& pipeline, Threads& threads);

// Row parts: where rows count for rows after them, several workers answer one chunk, each the rows
// of its own accounts, so that every account's rows are answered in the order of the input.

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

}  // namespace levy::batch
