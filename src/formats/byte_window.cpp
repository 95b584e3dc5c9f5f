#include "formats/byte_window.h"

#include <algorithm>
#include <cstring>

namespace levy::formats {
namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;

}  // namespace

bool ByteWindow::grow() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (bytes_.size() < end_ + block_bytes + padding) {
    bytes_.resize(std::max(2 * bytes_.size(), end_ + block_bytes + padding));
  }
  std::size_t count = read_(bytes_.data() + end_, block_bytes);
  end_ += count;
  ended_ = count == 0;
  return !ended_;
}

void ByteWindow::consume(std::size_t count) {
  std::string_view gone = text().substr(0, count);
  lines_ += static_cast<std::size_t>(std::count(gone.begin(), gone.end(), '\n'));
  consume_uncounted(gone.size());
}

void ByteWindow::consume_uncounted(std::size_t count) {
  begin_ += count;
  offset_ += count;
}

std::size_t ByteWindow::take(char* into, std::size_t size) {
  std::size_t count = std::min(size, end_ - begin_);
  if (count > 0) {
    std::memcpy(into, text().data(), count);
    begin_ += count;
  } else if (!ended_) {
    count = read_(into, size);
    ended_ = count == 0;
  }
  offset_ += count;
  return count;
}

void ByteWindow::put_back(std::string_view taken) {
  if (begin_ < taken.size()) {
    std::size_t rest = end_ - begin_;
    bytes_.resize(std::max(bytes_.size(), taken.size() + rest + padding));
    std::memmove(bytes_.data() + taken.size(), bytes_.data() + begin_, rest);
    begin_ = taken.size();
    end_ = begin_ + rest;
  }
  begin_ -= taken.size();
  offset_ -= taken.size();
  if (!taken.empty()) std::memcpy(bytes_.data() + begin_, taken.data(), taken.size());
}

void ByteWindow::skip_lines(std::size_t lines) {
  while (lines > 0) {
    std::size_t end = text().find('\n');
    bool is_whole = end != std::string_view::npos;
    consume(is_whole ? end + 1 : text().size());
    if (is_whole) {
      --lines;
    } else if (!grow()) {
      return;
    }
  }
}

void ByteWindow::skip_byte_order_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  while (text().size() < mark.size() && grow()) {
  }
  if (text().starts_with(mark)) consume(mark.size());
}

ReadBlock read_from(std::string_view text) {
  return [text](char* into, std::size_t size) mutable {
    std::size_t count = std::min(size, text.size());
    if (count > 0) std::memcpy(into, text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

}  // namespace levy::formats
