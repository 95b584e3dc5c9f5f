#include "formats/byte_window.h"

#include <algorithm>
#include <cstring>

namespace levy {
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

}  // namespace levy
