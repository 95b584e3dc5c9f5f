#include "batch/line_shapes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace levy {
namespace {

constexpr std::size_t shapes_max = 8;
constexpr std::size_t line_bytes_max = 65'535;  // places in it are kept in 16 bits

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

LineShapes::Literal::Literal(std::string_view text) : size(text.size()) {
  more.resize(size > 16 ? (size - 1) / 16 : 0);
  for (std::size_t i = 0; i < size; ++i) {
    Block& block = i < 16 ? first : more[i / 16 - 1];
    block.bytes[i % 16] = static_cast<unsigned char>(text[i]);
    block.mask[i % 16] = 0xFF;
  }
}

[[gnu::always_inline]] inline LineShapes::Characters LineShapes::Literal::differences(
    const char* at) const {
  Characters found;
  std::memcpy(&found, at, sizeof found);
  Characters differing = (found ^ first.bytes) & first.mask;
  if (size > sizeof found) [[unlikely]]
    differing |= differences_after_first(at);
  return differing;
}

LineShapes::Characters LineShapes::Literal::differences_after_first(const char* at) const {
  Characters differing{};
  for (const Block& block : more) {
    Characters found;
    at += sizeof found;
    std::memcpy(&found, at, sizeof found);
    differing |= (found ^ block.bytes) & block.mask;
  }
  return differing;
}

std::optional<LineShapes::Line> LineShapes::read(std::string_view text, std::size_t begin,
                                                 const Quotes& quotes, CellSpan* cells) {
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    const Shape& shape = shapes_[i];
    std::optional<Line> line;
    if (quotes.places == nullptr) {
      line = read_as<false>(shape, text, begin, quotes, cells);
    } else if (quotes.count >= shape.quotes) {
      line = read_as<true>(shape, text, begin, quotes, cells);
    }
    if (!line) continue;
    if (i > 0) std::swap(shapes_[i], shapes_[i - 1]);
    return line;
  }
  return std::nullopt;
}

// All literals are compared before any difference counts: lines differ seldom. Where they do not,
// every quote on the way stands in a literal, so that a string ends where the next quote stands.
template <bool knows_places>
[[gnu::always_inline]] inline std::optional<LineShapes::Line> LineShapes::read_as(
    const Shape& shape, std::string_view text, std::size_t begin, const Quotes& quotes,
    CellSpan* cells) const {
  for (std::size_t column : shape.not_given) cells[column] = CellSpan();
  Characters differing{};
  std::size_t at = begin;
  for (const Value& value : shape.values) {
    std::size_t from = at + value.before.size;
    if (from > text.size()) return std::nullopt;
    differing |= value.before.differences(text.data() + at);
    if (!value.is_string) {
      at = number_end(text, from);
      if (at == from) return std::nullopt;
    } else {
      at = knows_places ? quotes.places[value.quotes] : plain_end(text, from);
    }
    cells[value.column] = {static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(at)};
  }
  Line line{at + shape.after.size, shape.quotes};
  if (line.end > text.size()) return std::nullopt;
  differing |= shape.after.differences(text.data() + at);
  std::uint64_t halves[2];
  std::memcpy(halves, &differing, sizeof halves);
  if ((halves[0] | halves[1]) != 0) return std::nullopt;
  return line;
}

void LineShapes::learn(const Row& row) {
  if (shapes_.size() >= shapes_max || row.fault || row.tokens.empty()) return;
  if (row.raw.size() > line_bytes_max) return;
  std::vector<CellSpan> cells(columns_.size() + 1);
  std::string padded = std::string(row.raw) + std::string(cell_padding, '\0');
  auto text = std::string_view(padded).substr(0, row.raw.size());
  auto known = read(text, 0, Quotes(), cells.data());
  if (known && known->end == text.size()) return;  // and asked in full for another reason
  Shape shape;
  std::size_t at = 0;
  auto take_literal = [&](std::size_t end) {
    std::string_view literal = row.raw.substr(at, end - at);
    shape.quotes += static_cast<std::size_t>(std::count(literal.begin(), literal.end(), '"'));
    return Literal(literal);
  };
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    std::string_view token = row.tokens[i];
    bool is_string = token.starts_with('"');
    if (is_string) token = token.substr(1, token.size() - 2);
    auto begin = static_cast<std::size_t>(token.data() - row.raw.data());
    std::size_t end = is_string ? plain_end(text, begin) : number_end(text, begin);
    if (end != begin + token.size() || (!is_string && token.empty())) return;
    Literal before = take_literal(begin);
    auto found = std::find(columns_.begin(), columns_.end(), row.names[i]);
    shape.values.push_back(Value{std::move(before), is_string, shape.quotes,
                                 static_cast<std::size_t>(found - columns_.begin())});
    at = begin + token.size();
  }
  shape.after = take_literal(row.raw.size());
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    bool is_given = std::any_of(shape.values.begin(), shape.values.end(),
                                [&](const Value& value) { return value.column == column; });
    if (!is_given) shape.not_given.push_back(column);
  }
  shapes_.push_back(std::move(shape));
}

}  // namespace levy
