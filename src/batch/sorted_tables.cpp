#include "batch/sorted_tables.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace levy::batch {
namespace {

constexpr std::size_t written_at_once = std::size_t{1} << 18;

}  // namespace

std::string reject_line(const std::string& file, const RowFault& fault, std::uint64_t line,
                        std::uint64_t byte, formats::CsvCells cells) {
  std::string text;
  formats::append_csv_cell(text, file, cells);
  text += "," + std::to_string(line) + "," + std::to_string(byte) + ",";
  formats::append_csv_cell(text, fault.column, cells);
  text += "," + std::string(to_string(fault.fault.code)) + ",";
  formats::append_csv_cell(text, fault.fault.message, cells);
  text += ",";
  formats::append_csv_cell(text, fault.record, cells);
  return text + "\n";
}

Diagnostic fault_at(const std::string& file, const RowFault& fault, std::uint64_t line) {
  Diagnostic one = fault.fault;
  Place rule = std::exchange(one.place, Place::of_line(file, line));
  bool elsewhere = rule.line() > 0 && !rule.file().empty() && rule.file() != file;
  if (elsewhere) one.related.push_back(std::move(rule));
  return one;
}

bool SortedTables::keep(const Spool& spool, bool done) {
  if (!done && !fault_) fault_ = spool.fault();
  return done;
}

// ---- reading -----------------------------------------------------------------------------------

void SortedTables::begin_table(const std::string& file, std::uint64_t lines_before) {
  tables_.push_back({file, input_size_});
  line_ends_ = lines_before;
}

bool SortedTables::add(const Chunk& chunk, Worker& reader) {
  std::string_view text = chunk.text();
  std::uint64_t begin = tables_.back().at + chunk.byte_offset;
  if (!keep(input_, input_.write(begin, text))) return false;
  input_size_ = begin + text.size();
  line_ends_ += chunk.line_ends_skipped;
  reader.each_row(text, [&](const formats::Row& row, const std::optional<Instant>& time) {
    std::size_t end = row.byte_offset + row.raw.size();
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
    // A row without a time is in error, whenever it is judged.
    Instant at = time.value_or(Instant{std::numeric_limits<std::int64_t>::min(), 0});
    rows_.push_back({at.seconds, at.nanoseconds, static_cast<std::uint32_t>(end - row.byte_offset),
                     begin + row.byte_offset, line_ends_ + row.line});
  });
  line_ends_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return true;
}

void SortedTables::sort() {
  std::sort(rows_.begin(), rows_.end(), [](const SortedRow& a, const SortedRow& b) {
    return std::tie(a.seconds, a.fraction, a.at) < std::tie(b.seconds, b.fraction, b.at);
  });
}

// Whole records, each with a line end. One that is longer than a record may be stands alone, as it
// does where tables are cut into chunks.
bool SortedTables::next(Chunk& chunk) {
  chunk.size = 0;
  chunk.byte_offset = chunk.line_ends_skipped = 0;
  while (next_ < rows_.size()) {
    const SortedRow& row = rows_[next_];
    bool is_long = row.size > record_bytes_max;
    if (chunk.size > 0 && (is_long || chunk.size + row.size >= chunk_bytes_)) break;
    std::size_t size = chunk.size + row.size + 1;
    if (chunk.bytes.size() < size + formats::ByteWindow::padding)
      chunk.bytes.resize(std::max(2 * chunk.bytes.size(), size + formats::ByteWindow::padding));
    if (!keep(input_, input_.read(row.at, chunk.bytes.data() + chunk.size, row.size))) return false;
    chunk.size += row.size;
    if (!is_long && chunk.bytes[chunk.size - 1] != '\n') chunk.bytes[chunk.size++] = '\n';
    ++next_;
    if (is_long) break;
  }
  return chunk.size > 0;
}

// ---- answers -----------------------------------------------------------------------------------

const SortedTables::TablePart& SortedTables::table_of(const SortedRow& row) const {
  auto after =
      std::upper_bound(tables_.begin(), tables_.end(), row.at,
                       [](std::uint64_t at, const TablePart& table) { return at < table.at; });
  return *(after - 1);
}

bool SortedTables::append(std::string_view text) {
  bool done = keep(output_, output_.write(output_size_, text));
  output_size_ += text.size();
  return done;
}

void SortedTables::reject(const SortedRow& row, const RowFault& fault,
                          std::optional<formats::CsvCells> written) {
  const TablePart& table = table_of(row);
  first_faults_.emplace(row.at, fault_at(table.file, fault, row.line));
  if (first_faults_.size() > rows::first_faults_max)
    first_faults_.erase(std::prev(first_faults_.end()));
  if (!written) return;
  std::string line = reject_line(table.file, fault, row.line, row.at - table.at, *written);
  rejects_.push_back({row.at, output_size_, line.size()});
  append(line);
}

bool SortedTables::answered(const Chunk& chunk, const ChunkAnswer& answer,
                            std::optional<formats::CsvCells> rejects) {
  std::uint64_t written = output_size_;
  if (!append(answer.rows.text())) return false;
  std::size_t begin = 0, byte = 0, fault = 0;
  for (const RowPlace& place : answer.places) {
    SortedRow& row = rows_[answered_++];
    std::size_t size = row.size;
    bool ended = chunk.bytes[byte + size - 1] == '\n' || row.size > record_bytes_max;
    if (!ended) ++size;
    for (; fault < answer.faults.size() && answer.faults[fault].byte < byte + size; ++fault)
      reject(row, answer.faults[fault], rejects);
    row.seconds = static_cast<std::int64_t>(written + begin);
    row.fraction = static_cast<std::int32_t>(place.end - begin);
    begin = place.end;
    byte += size;
  }
  ensure(byte == chunk.size, "every row of a chunk is answered");
  return !fault_;
}

bool SortedTables::write(const std::function<bool(std::string_view)>& sink) {
  std::sort(rows_.begin(), rows_.end(),
            [](const SortedRow& a, const SortedRow& b) { return a.at < b.at; });
  std::string text;
  for (const SortedRow& row : rows_) {
    auto size = static_cast<std::size_t>(row.fraction);
    text.resize(text.size() + size);
    auto at = static_cast<std::uint64_t>(row.seconds);
    if (!keep(output_, output_.read(at, text.data() + text.size() - size, size))) return false;
    if (text.size() < written_at_once) continue;
    if (!sink(text)) return false;
    text.clear();
  }
  return sink(text);
}

bool SortedTables::write_rejects(const std::function<bool(std::string_view)>& sink) {
  std::sort(rejects_.begin(), rejects_.end(),
            [](const Reject& a, const Reject& b) { return a.row < b.row; });
  std::string text;
  for (const Reject& reject : rejects_) {
    text.resize(reject.size);
    if (!keep(output_, output_.read(reject.at, text.data(), text.size()))) return false;
    if (!sink(text)) return false;
  }
  return true;
}

Diagnostics SortedTables::first_faults() const {
  Diagnostics faults;
  for (const auto& [at, fault] : first_faults_) faults.push_back(fault);
  return faults;
}

}  // namespace levy::batch
