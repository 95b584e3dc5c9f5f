#include "batch/chunks.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "ledger/account_table.h"

namespace levy::batch {
namespace {

constexpr std::size_t few_bytes = 4096;  // to read ahead where each record is a chunk

// As far as the readers look at one record: a CSV's two bytes beyond the most, a line of JSON one.
std::size_t looked_at_max(rows::TableForm form) {
  return record_bytes_max + (form == rows::TableForm::json_lines ? 1 : 2);
}

constexpr std::size_t row_digits_max = 18;  // of how many rows a block has: they fit 64 bits

}  // namespace

ChunkCutter::ChunkCutter(rows::TableForm form, formats::ByteWindow bytes,
                         const rows::BatchOptions& options, std::function<bool()> ready)
    : form_(form),
      window_(std::move(bytes)),
      delimiter_(options.mapping == nullptr ? ',' : options.mapping->shape.delimiter),
      chunk_bytes_(options.flush == rows::Flush::record ? few_bytes : options.chunk_bytes),
      one_record_(options.flush == rows::Flush::record),
      in_blocks_(options.chunk_header) {
  if (options.flush != rows::Flush::chunk) ready_ = std::move(ready);
}

// So many bytes of the text are whole records, or the first one; 0: not even one. Only quotes can
// hide a line end.
std::size_t ChunkCutter::whole_records(std::string_view text, bool last) {
  if (form_ != rows::TableForm::csv || text.find('"') == npos) {
    if (last && !one_record_) return text.size();
    std::size_t end = one_record_ ? text.find('\n') : text.rfind('\n');
    if (end != npos) return end + 1;
    return last ? text.size() : 0;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    std::string_view rest = text.substr(at, looked_at_max(form_));
    formats::scan_csv_record(rest, last || rest.size() == looked_at_max(form_), record_,
                             delimiter_);
    if (!record_.complete) break;
    bool torn = record_.size == looked_at_max(form_) && rest.back() != '\n';
    if (torn) return at;  // it stands alone
    at += record_.size;
    if (one_record_) break;
  }
  return at;
}

// ---- blocks of rows ----------------------------------------------------------------------------

bool ChunkCutter::fail(std::string message, std::string remedy) {
  fault_ = Diagnostic{Code::bad_file, std::move(message), std::move(remedy)};
  return false;
}

// Reads how many rows come next, past blocks without any; false: the end, or a fault.
bool ChunkCutter::begin_block(Chunk& chunk) {
  constexpr std::string_view remedy =
      "write the number of rows on a line of its own before them, or leave out --chunk-header";
  while (rows_left_ == 0) {
    std::size_t end = npos;
    while ((end = window_.text().find('\n')) == npos && window_.text().size() <= row_digits_max &&
           window_.grow()) {
    }
    if (window_.text().empty()) return false;
    std::string_view line = window_.text().substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    bool is_number = end != npos && !line.empty() && line.size() <= row_digits_max &&
                     std::all_of(line.begin(), line.end(), is_digit);
    if (!is_number)
      return fail("a block of rows begins with their number, not with " + in_quotes(line),
                  std::string(remedy));
    for (char digit : line) rows_left_ = 10 * rows_left_ + static_cast<std::uint64_t>(digit - '0');
    window_.consume_uncounted(end + 1);
    ++chunk.line_ends_skipped;
  }
  return true;
}

std::size_t ChunkCutter::end_of_record(std::string_view text, std::size_t at) {
  bool may_span = form_ == rows::TableForm::csv && text.find('"', at) != npos;
  if (!may_span) return std::min(text.find('\n', at), text.size() - 1) + 1;
  formats::scan_csv_record(text.substr(at, looked_at_max(form_)), true, record_, delimiter_);
  return at + record_.size;
}

// So many bytes of whole records belong to the present block.
std::size_t ChunkCutter::rows_of_block(std::string_view text) {
  std::size_t at = 0;
  for (; at < text.size() && rows_left_ > 0; --rows_left_) at = end_of_record(text, at);
  return at;
}

// ------------------------------------------------------------------------------------------------

void ChunkCutter::skip_torn(Chunk& chunk) {
  while (torn_) {
    std::size_t end = window_.text().find('\n');
    torn_ = end == npos;
    if (!torn_) ++chunk.line_ends_skipped;
    window_.consume_uncounted(torn_ ? window_.text().size() : end + 1);
    if (torn_ && !window_.grow()) torn_ = false;
  }
}

// So many bytes, unless the stream ends or pauses before.
ChunkCutter::Filled ChunkCutter::fill(Chunk& chunk, std::size_t size) {
  if (chunk.bytes.size() < size + formats::ByteWindow::padding)
    chunk.bytes.resize(size + formats::ByteWindow::padding);
  while (chunk.size < size) {
    std::size_t count = window_.take(chunk.bytes.data() + chunk.size, size - chunk.size);
    if (count == 0) return Filled::ended;
    chunk.size += count;
    if (ready_ && !ready_()) return Filled::paused;
  }
  return Filled::full;
}

bool ChunkCutter::next(Chunk& chunk) {
  chunk.line_ends_skipped = 0;
  skip_torn(chunk);
  if (in_blocks_ && !begin_block(chunk)) return false;
  chunk.size = 0;
  chunk.byte_offset = window_.offset();
  std::size_t count = 0;
  // As many bytes as were asked for, or as the first record needs.
  for (std::size_t size = chunk_bytes_; count == 0;) {
    Filled filled = fill(chunk, size);
    bool ended = filled == Filled::ended;
    if (chunk.size == 0 && in_blocks_)
      return fail(
          "the input ends within a block that lacks " + std::to_string(rows_left_) + " of its rows",
          "write as many rows as the line before them says");
    if (chunk.size == 0) return false;
    count = whole_records(chunk.text(), ended);
    if (filled == Filled::paused) continue;  // and wait for the rest of the first record
    bool looked_at = ended || size > looked_at_max(form_);
    size *= 2;
    if (count > 0 || !looked_at) continue;
    count = std::min(chunk.size, looked_at_max(form_));
    torn_ = chunk.text()[count - 1] != '\n';
  }
  if (in_blocks_) count = rows_of_block(chunk.text().substr(0, count));
  window_.put_back(chunk.text().substr(count));
  chunk.size = count;
  return true;
}

// ---- threads -----------------------------------------------------------------------------------

namespace {

// What the threads share: who reads next, what is ready and not yet its turn.
class ThreadPool {
 public:
  ThreadPool(const Pipeline& pipeline, unsigned threads)
      : pipeline_(pipeline),
        threads_(threads),
        in_flight_max_(threads * chunks_in_flight_per_thread),
        next_(threads),
        spare_(threads) {}

  void work(unsigned number) {
    try {
      while (Task* task = take(number)) {
        pipeline_.work(number, task->chunk,
                       pipeline_.in_parts ? task->parts[number] : task->answer);
        give(*task);
      }
    } catch (...) {
      stop();
      throw;
    }
  }

 private:
  struct Task {
    unsigned owner = 0;    // the thread that read it, and in whose caches its memory is
    unsigned workers = 0;  // that have not answered it yet
    Chunk chunk;
    std::vector<ChunkAnswer> parts;  // by thread
    ChunkAnswer answer;
  };

  // The next to be answered by this thread; null: there is none.
  Task* take(unsigned number) {
    std::unique_lock lock(mutex_);
    // Reading a chunk takes less time than waking a thread: look again before going to sleep.
    for (int looks = 0; reading_ && !read_for(number) && looks < looks_max; ++looks) {
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    room_.wait(lock, [&] { return stopped_ || read_for(number) || may_read(); });
    if (stopped_) return nullptr;
    Task* task = read_for(number);
    if (task == nullptr && !ended_) task = read(number, lock);
    ++next_[number];
    return task;
  }

  // Where all threads answer all chunks, another one may have read it.
  Task* read_for(unsigned number) const {
    auto found = pipeline_.in_parts ? tasks_.find(next_[number]) : tasks_.end();
    return found == tasks_.end() ? nullptr : found->second.get();
  }

  bool may_read() const { return ended_ || (!reading_ && tasks_.size() < in_flight_max_); }

  Task* read(unsigned number, std::unique_lock<std::mutex>& lock) {
    reading_ = true;
    std::unique_ptr<Task> task;
    std::vector<std::unique_ptr<Task>>& own = spare_[number];
    if (!own.empty()) {
      task = std::move(own.back());
      own.pop_back();
    }
    lock.unlock();
    if (!task) task = std::make_unique<Task>();
    task->owner = number;
    task->workers = pipeline_.in_parts ? threads_ : 1;
    task->parts.resize(pipeline_.in_parts ? threads_ : 0);
    bool more = pipeline_.next(task->chunk);
    lock.lock();
    reading_ = false;
    ended_ = !more;
    room_.notify_all();
    return more ? tasks_.emplace(read_++, std::move(task)).first->second.get() : nullptr;
  }

  // Whoever brings the chunk whose turn it is writes it, and all that are ready after it.
  void give(Task& task) {
    std::unique_lock lock(mutex_);
    if (--task.workers > 0 || writing_) return;
    writing_ = true;
    for (auto next = tasks_.begin();
         next != tasks_.end() && next->second->workers == 0 && !stopped_; next = tasks_.begin()) {
      std::unique_ptr<Task> own = std::move(next->second);
      tasks_.erase(next);
      lock.unlock();
      if (pipeline_.in_parts) join(own->parts, own->answer);
      bool emitted = pipeline_.emit(own->chunk, own->answer);
      own->answer.clear();
      lock.lock();
      spare_[own->owner].push_back(std::move(own));
      if (!emitted) stopped_ = true;
      room_.notify_all();
    }
    writing_ = false;
  }

  void stop() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

  static constexpr unsigned chunks_in_flight_per_thread = 4;
  static constexpr int looks_max = 500;  // some hundred microseconds

  const Pipeline& pipeline_;
  const unsigned threads_;
  const std::size_t in_flight_max_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::uint64_t, std::unique_ptr<Task>> tasks_;   // read and not written, by sequence
  std::vector<std::uint64_t> next_;                        // by thread: so many it has taken
  std::vector<std::vector<std::unique_ptr<Task>>> spare_;  // by owner
  std::uint64_t read_ = 0;
  bool reading_ = false, writing_ = false, ended_ = false, stopped_ = false;
};

}  // namespace

void ChunkAnswer::clear() {
  rows.clear();
  places.clear();
  faults.clear();
  line_ends = row_count = 0;
}

void run(const Pipeline& pipeline, Threads& threads) {
  ThreadPool pool(pipeline, static_cast<unsigned>(threads.count()));
  threads.run([&pool](std::size_t number) { pool.work(static_cast<unsigned>(number)); });
}

std::size_t RowPart::of(std::string_view account, std::size_t row, std::size_t parts) {
  return (account.empty() ? row : ledger::AccountTable::hash(account)) % parts;
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

}  // namespace levy::batch
