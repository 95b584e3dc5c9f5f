#include "batch/chunks.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

namespace levy {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// As far as the readers look at one record: a CSV's two bytes beyond the most, a line one.
std::size_t looked_at_max(TableForm form) {
  return record_bytes_max + (form == TableForm::csv ? 2 : 1);
}

}  // namespace

// So many bytes of the text are whole records; 0: not even one. Only quotes can hide a line end.
std::size_t ChunkCutter::whole_records(std::string_view text, bool last) {
  if (form_ == TableForm::json_lines || text.find('"') == npos) {
    if (last) return text.size();
    std::size_t end = text.rfind('\n');
    return end == npos ? 0 : end + 1;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    std::string_view rest = text.substr(at, looked_at_max(form_));
    scan_csv_record(rest, last || rest.size() == looked_at_max(form_), record_);
    if (!record_.complete) break;
    bool torn = record_.size == looked_at_max(form_) && rest.back() != '\n';
    if (torn) return at;  // it stands alone
    at += record_.size;
  }
  return at;
}

void ChunkCutter::skip_torn(Chunk& chunk) {
  while (torn_) {
    std::size_t end = window_.text().find('\n');
    torn_ = end == npos;
    if (!torn_) ++chunk.line_ends_skipped;
    window_.consume_uncounted(torn_ ? window_.text().size() : end + 1);
    if (torn_ && !window_.grow()) torn_ = false;
  }
}

// So many bytes, unless the stream ends before.
bool ChunkCutter::fill(Chunk& chunk, std::size_t size) {
  if (chunk.bytes.size() < size + ByteWindow::padding)
    chunk.bytes.resize(size + ByteWindow::padding);
  while (chunk.size < size) {
    std::size_t count = window_.take(chunk.bytes.data() + chunk.size, size - chunk.size);
    if (count == 0) return false;
    chunk.size += count;
  }
  return true;
}

bool ChunkCutter::next(Chunk& chunk) {
  chunk.line_ends_skipped = 0;
  skip_torn(chunk);
  chunk.size = 0;
  chunk.byte_offset = window_.offset();
  std::size_t count = 0;
  // As many bytes as were asked for, or as the first record needs.
  for (std::size_t size = chunk_bytes_; count == 0; size *= 2) {
    bool ended = !fill(chunk, size);
    if (chunk.size == 0) return false;
    count = whole_records(chunk.text(), ended);
    bool looked_at = ended || size > looked_at_max(form_);
    if (count > 0 || !looked_at) continue;
    count = std::min(chunk.size, looked_at_max(form_));
    torn_ = chunk.text()[count - 1] != '\n';
  }
  window_.put_back(chunk.text().substr(count));
  chunk.size = count;
  return true;
}

// ---- threads -----------------------------------------------------------------------------------

namespace {

// What the threads share: who reads next, what is ready and not yet its turn.
class Crew {
 public:
  Crew(const Pipeline& pipeline, unsigned threads)
      : pipeline_(pipeline),
        in_flight_max_(threads * chunks_in_flight_per_thread),
        spare_(threads) {}

  void work(unsigned number) {
    try {
      Task task;
      task.owner = number;
      while (take(task)) {
        pipeline_.work(number, task.chunk, task.answer);
        give(std::move(task));
      }
    } catch (...) {
      stop(std::current_exception());
    }
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Task {
    unsigned owner = 0;  // the thread in whose caches its memory is
    Chunk chunk;
    ChunkAnswer answer;
  };

  bool take(Task& task) {
    std::unique_lock lock(mutex_);
    // Reading a chunk takes less time than waking a thread: look again before going to sleep.
    for (int looks = 0; reading_ && looks < looks_max; ++looks) {
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    room_.wait(lock, [&] { return stopped_ || (!reading_ && in_flight_ < in_flight_max_); });
    if (stopped_ || ended_) return false;
    reading_ = true;
    std::vector<Task>& own = spare_[task.owner];
    if (!own.empty()) {
      task = std::move(own.back());
      own.pop_back();
    } else {
      task = Task{task.owner, {}, {}};  // what was given away may still say another chunk's counts
    }
    task.chunk.sequence = read_;
    lock.unlock();
    bool more = pipeline_.next(task.chunk);
    lock.lock();
    reading_ = false;
    ended_ = !more;
    if (more) {
      ++read_;
      ++in_flight_;
    }
    room_.notify_all();
    return more;
  }

  // Whoever brings the chunk whose turn it is writes it, and all that are ready after it.
  void give(Task task) {
    std::unique_lock lock(mutex_);
    ready_.emplace(task.chunk.sequence, std::move(task));
    if (writing_) return;
    writing_ = true;
    for (auto next = ready_.find(written_); next != ready_.end() && !stopped_;
         next = ready_.find(written_)) {
      Task own = std::move(next->second);
      ready_.erase(next);
      lock.unlock();
      bool emitted = pipeline_.emit(own.chunk, own.answer);
      lock.lock();
      ++written_;
      --in_flight_;
      own.answer.clear();
      spare_[own.owner].push_back(std::move(own));
      if (!emitted) stopped_ = true;
      room_.notify_all();
    }
    writing_ = false;
  }

  void stop(std::exception_ptr failure) {
    std::lock_guard lock(mutex_);
    if (!failure_) failure_ = failure;
    stopped_ = true;
    room_.notify_all();
  }

  static constexpr unsigned chunks_in_flight_per_thread = 4;
  static constexpr int looks_max = 500;  // some hundred microseconds

  const Pipeline& pipeline_;
  std::size_t in_flight_max_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::uint64_t, Task> ready_;
  std::vector<std::vector<Task>> spare_;  // by owner
  std::uint64_t read_ = 0, written_ = 0;
  std::size_t in_flight_ = 0;
  bool reading_ = false, writing_ = false, ended_ = false, stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

void ChunkAnswer::clear() {
  rows.clear();
  faults.clear();
  line_ends = row_count = 0;
}

void run(const Pipeline& pipeline, unsigned threads) {
  Crew crew(pipeline, threads);
  std::vector<std::thread> others;
  for (unsigned number = 1; number < threads; ++number)
    others.emplace_back([&crew, number] { crew.work(number); });
  crew.work(0);
  for (std::thread& other : others) other.join();
  crew.rethrow();
}

}  // namespace levy
