#include "batch/line_shapes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "batch/rows.h"

namespace levy {
namespace {

constexpr std::size_t shapes_max = 8;

constexpr std::uint64_t ones = 0x0101010101010101, top_bits = ones * 0x80;

std::uint64_t bytes_at(const char* from) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

// The lowest of its bits is the top bit of the first byte that is not plain: not printable ASCII, a
// quote or a backslash. Those above it may mean nothing.
std::uint64_t not_plain(std::uint64_t bytes) {
  auto below = [&](std::uint64_t word, std::uint64_t limit) {
    return (word - ones * limit) & ~word;
  };
  return (below(bytes, 0x20) | below(bytes ^ (ones * '"'), 1) | below(bytes ^ (ones * '\\'), 1) |
          (bytes + ones) | bytes) &
         top_bits;
}

// Where the plain characters from there on end, `end` at the latest.
std::size_t plain_end(std::string_view line, std::size_t begin) {
  for (std::size_t at = begin; at < line.size(); at += 8) {
    std::uint64_t other = not_plain(bytes_at(line.data() + at));
    if (other != 0)
      return std::min(at + static_cast<std::size_t>(std::countr_zero(other)) / 8, line.size());
  }
  return line.size();
}

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') <= 9; }

// Where a number of digits and a point ends, as JSON writes it; where it begins: it is none.
std::size_t number_end(std::string_view line, std::size_t begin) {
  std::size_t at = begin;
  while (at < line.size() && is_digit(line[at])) ++at;
  bool leading_zero = at > begin + 1 && line[begin] == '0';
  if (at == begin || leading_zero) return begin;
  if (at == line.size() || line[at] != '.') return at;
  std::size_t point = at++;
  while (at < line.size() && is_digit(line[at])) ++at;
  return at == point + 1 ? begin : at;
}

}  // namespace

bool LineShapes::read(std::string_view line, const Quotes& quotes, Cells& cells) {
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (!fits(shapes_[i], line, quotes, cells)) continue;
    if (i > 0) std::swap(shapes_[i], shapes_[i - 1]);
    return true;
  }
  return false;
}

bool LineShapes::Literal::stands_at(const char* at) const {
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    if (bytes_at(at + i) != bytes_at(padded.data() + i)) return false;
  }
  std::uint64_t differs = bytes_at(at + i) ^ bytes_at(padded.data() + i);
  return (differs & ((std::uint64_t{1} << (8 * (size - i))) - 1)) == 0;
}

bool LineShapes::fits(const Shape& shape, std::string_view line, const Quotes& quotes,
                      Cells& cells) const {
  std::fill(cells.begin(), cells.end(), line.substr(0, 0));  // not given, and padded as all cells
  std::size_t at = 0;
  for (const Value& value : shape.values) {
    if (at + value.before.size > line.size() || !value.before.stands_at(line.data() + at))
      return false;
    at += value.before.size;
    std::size_t begin = at;
    if (!value.is_string) {
      at = number_end(line, begin);
      if (at == begin) return false;
    } else if (quotes.places == nullptr) {
      at = plain_end(line, begin);
    } else {
      if (value.quotes >= quotes.count) return false;
      at = quotes.places[value.quotes] - quotes.begin;
    }
    if (value.column < cells.size()) cells[value.column] = line.substr(begin, at - begin);
  }
  return line.size() == at + shape.after.size && shape.after.stands_at(line.data() + at);
}

void LineShapes::learn(const Row& row) {
  if (shapes_.size() >= shapes_max || row.fault || row.tokens.empty()) return;
  Cells cells(columns_.size());
  std::string padded = std::string(row.raw) + std::string(cell_padding, '\0');
  auto text = std::string_view(padded).substr(0, row.raw.size());
  if (read(text, Quotes(), cells)) return;  // known, and asked in full for another reason
  Shape shape;
  std::size_t at = 0, quotes = 0;
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    std::string_view token = row.tokens[i];
    bool is_string = token.starts_with('"');
    if (is_string) token = token.substr(1, token.size() - 2);
    auto begin = static_cast<std::size_t>(token.data() - row.raw.data());
    std::size_t end = is_string ? plain_end(text, begin) : number_end(text, begin);
    if (end != begin + token.size() || (!is_string && token.empty())) return;
    std::string_view before = row.raw.substr(at, begin - at);
    quotes += static_cast<std::size_t>(std::count(before.begin(), before.end(), '"'));
    Value value{Literal(before), is_string, quotes};
    auto found = std::find(columns_.begin(), columns_.end(), row.names[i]);
    value.column = static_cast<std::size_t>(found - columns_.begin());
    shape.values.push_back(std::move(value));
    at = begin + token.size();
  }
  shape.after = Literal(row.raw.substr(at));
  shapes_.push_back(std::move(shape));
}

}  // namespace levy
