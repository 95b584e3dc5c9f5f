// A stream read block by block, as a window that grows at its end and is consumed at its start.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace levy::formats {

// Puts at most `size` bytes at `into` and answers how many; 0: the end. Whoever provides it knows
// whether reading failed.
using ReadBlock = std::function<std::size_t(char* into, std::size_t size)>;

class ByteWindow {
 public:
  // So many readable bytes follow the text: what simdjson asks for.
  static constexpr std::size_t padding = 64;

  // `lines`: of the stream, before what is read.
  explicit ByteWindow(ReadBlock read, std::size_t lines = 0)
      : read_(std::move(read)), lines_(lines) {}
  // All of a text in memory, which is not copied; `padding` readable bytes follow it.
  explicit ByteWindow(std::string_view text)
      : borrowed_(text.data()), end_(text.size()), ended_(true) {}

  // What was read and not yet consumed. Growing makes views into it void, consuming does not.
  std::string_view text() const {
    return {(borrowed_ != nullptr ? borrowed_ : bytes_.data()) + begin_, end_ - begin_};
  }
  std::size_t offset() const { return offset_; }  // of the text's first byte in the stream
  std::size_t lines() const { return lines_; }    // line ends consumed

  bool grow();  // one more block; false: the end
  void consume(std::size_t count);
  void consume_uncounted(std::size_t count);  // for whom lines() does not matter

  // Consumes at most `size` bytes, uncounted, into another's memory, and answers how many; 0: the
  // end. What was not read yet goes there straight.
  std::size_t take(char* into, std::size_t size);
  // What was taken last stands before the rest again.
  void put_back(std::string_view taken);

  void skip_lines(std::size_t lines);  // however long they are
  void skip_byte_order_mark();         // at the stream's start, UTF-8's

 private:
  ReadBlock read_;
  const char* borrowed_ = nullptr;  // what stands in place of the bytes
  std::vector<char> bytes_;
  std::size_t begin_ = 0, end_ = 0;
  std::size_t offset_ = 0;
  std::size_t lines_ = 0;
  bool ended_ = false;
};

// Whole texts as a stream, for what is already in memory.
ReadBlock read_from(std::string_view text);

}  // namespace levy::formats
