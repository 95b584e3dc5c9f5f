#include "batch/fast/line_shapes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "batch/fast/plain_forms.h"

namespace levy::batch::fast {
namespace {

constexpr std::size_t block_bytes = 16;

// Where the quotes and the end of the line in a literal stand.
std::vector<std::size_t> places_in(std::string_view literal) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] == '"' || literal[i] == '\n') places.push_back(i);
  }
  return places;
}

}  // namespace

std::size_t RegularLine::Value::plain_end(std::string_view text, std::size_t begin) const {
  if (literal.empty()) return plain_number_end(text, begin);
  return text.substr(begin).starts_with(literal) ? begin + literal.size() : begin;
}

RegularLine::RegularLine(const std::vector<Value>& values, const std::string& after,
                         std::size_t columns) {
  std::vector<char> given(columns + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    add_literal(value.before, i == 0);
    given[value.column] = 1;
    std::size_t place = places_ - 1;
    if (value.is_string) {
      strings_.push_back(
          {static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(value.column)});
      continue;
    }
    const std::string& next = i + 1 < values.size() ? values[i + 1].before : after + "\n";
    numbers_.push_back({place, value.before.size() - value.before.rfind('"') - 1,
                        next.find_first_of("\"\n"), value.column, value});
  }
  add_literal(after + "\n", values.empty());
  for (std::size_t column = 0; column < columns; ++column) {
    if (!given[column]) not_given_.push_back(column);
  }
}

void RegularLine::add_literal(std::string_view literal, bool is_first) {
  std::vector<std::size_t> places = places_in(literal);
  if (is_first) first_gap_ = static_cast<std::uint16_t>(places.front() + 1);
  if (literal.size() > cell_padding - block_bytes)
    distances_.push_back({places_, places_ + places.size() - 1, places.back() - places.front()});
  auto offset = -static_cast<std::ptrdiff_t>(places.front());
  for (; !literal.empty(); offset += block_bytes) {
    Block block;
    block.place = places_;
    block.offset = offset;
    std::size_t size = std::min(literal.size(), block_bytes);
    for (std::size_t i = 0; i < size; ++i) {
      block.bytes[i] = static_cast<unsigned char>(literal[i]);
      block.mask[i] = 0xFF;
    }
    blocks_.push_back(block);
    literal.remove_prefix(size);
  }
  places_ += places.size();
}

bool RegularLine::has_distances(const std::uint16_t* places) const {
  return std::all_of(distances_.begin(), distances_.end(), [&](const Distance& distance) {
    return places[distance.other] - places[distance.place] == static_cast<int>(distance.bytes);
  });
}

// Of all numbers there must be enough room for what stands around them: blocks rely on it.
bool RegularLine::read_numbers(const char* text, const std::uint16_t* places,
                               CellSpan* cells) const {
  for (const Number& number : numbers_) {
    std::size_t begin = places[number.place] + 1 + number.skip;
    std::size_t next = places[number.place + 1];
    if (begin + number.cut >= next) return false;
    std::size_t end = next - number.cut;
    if (number.value.plain_end({text, end}, begin) != end) return false;
    cells[number.column] = CellSpan(begin, end);
  }
  return true;
}

namespace {

constexpr std::size_t shapes_max = 8;
constexpr std::size_t line_bytes_max = 65'535;  // places in it are kept in 16 bits

constexpr std::uint64_t ones = 0x0101010101010101, top_bits = ones * 0x80;

std::uint64_t bytes_at(const char* from) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

// The lowest of its bits is the top bit of the first byte that is not plain: a control character, a
// quote or a backslash. Those above it may mean nothing.
std::uint64_t not_plain(std::uint64_t bytes) {
  auto below = [&](std::uint64_t word, std::uint64_t limit) {
    return (word - ones * limit) & ~word;
  };
  return (below(bytes, 0x20) | below(bytes ^ (ones * '"'), 1) | below(bytes ^ (ones * '\\'), 1)) &
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

// 8 bytes are readable from each of its first.
bool has_comma(const char* text, std::size_t size) {
  for (; size > 8; text += 8, size -= 8) {
    std::uint64_t bytes = bytes_at(text) ^ (ones * ',');
    if (((bytes - ones) & ~bytes & top_bits) != 0) return true;
  }
  std::uint64_t bytes = bytes_at(text) ^ (ones * ',');
  std::uint64_t beyond = ~std::uint64_t{0} << (4 * size) << (4 * size);
  return ((bytes - ones) & ~bytes & ~beyond & top_bits) != 0;
}

}  // namespace

std::optional<std::size_t> LineShapes::read(std::string_view text, std::size_t begin,
                                            CellSpan* cells) {
  std::optional<std::size_t> end;
  auto reads = [&](const Shape& shape) {
    end = read_as(shape, text, begin, cells);
    return end.has_value();
  };
  if (find_shape(reads) == nullptr || has_commas(text.data(), cells)) return std::nullopt;
  return end;
}

std::size_t LineShapes::read_plain(const char* text, const std::uint16_t* places, std::size_t count,
                                   std::vector<CellSpan>& lines, CellSpan* cells) {
  const std::uint16_t *of_line = places, *end = places + count;
  const std::size_t columns = columns_.size();
  auto reads = [&](const Shape& shape) {
    auto left = static_cast<std::size_t>(end - of_line);
    return shape.regular.places() <= left && shape.regular.read(text, of_line, cells);
  };
  while (of_line != end) {
    const Shape* shape = find_shape(reads);
    if (shape == nullptr || has_commas(text, cells)) break;
    const std::uint16_t* next = of_line + shape->regular.places();
    lines.emplace_back(static_cast<std::uint16_t>(of_line[-1] + 1), next[-1]);
    of_line = next;
    cells += columns;
  }
  return static_cast<std::size_t>(of_line - places);
}

template <class Read>
[[gnu::always_inline]] inline const LineShapes::Shape* LineShapes::find_shape(Read reads) {
  if (shapes_.empty()) return nullptr;
  if (reads(shapes_[last_])) return &shapes_[last_];
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (i == last_ || !reads(shapes_[i])) continue;
    last_ = i;
    return &shapes_[i];
  }
  return nullptr;
}

[[gnu::always_inline]] inline bool LineShapes::has_commas(const char* text,
                                                          const CellSpan* cells) const {
  for (std::size_t column : output_) {
    if (has_comma(text + cells[column].begin(), cells[column].size())) return true;
  }
  return false;
}

std::optional<std::size_t> LineShapes::read_as(const Shape& shape, std::string_view text,
                                               std::size_t begin, CellSpan* cells) const {
  std::fill_n(cells, columns_.size(), CellSpan());
  std::size_t at = begin;
  for (const RegularLine::Value& value : shape.values) {
    if (!text.substr(at).starts_with(value.before)) return std::nullopt;
    std::size_t from = at + value.before.size();
    at = value.is_string ? plain_end(text, from) : value.plain_end(text, from);
    if (!value.is_string && at == from) return std::nullopt;
    cells[value.column] = CellSpan(from, at);
  }
  if (!text.substr(at).starts_with(shape.after)) return std::nullopt;
  return at + shape.after.size();
}

void LineShapes::learn(const formats::Row& row) {
  if (shapes_.size() >= shapes_max || row.fault || row.tokens.empty()) return;
  if (row.raw.size() > line_bytes_max) return;
  std::vector<CellSpan> cells(columns_.size() + 1);
  std::string padded = std::string(row.raw) + std::string(cell_padding, '\0');
  auto text = std::string_view(padded).substr(0, row.raw.size());
  std::optional<std::size_t> known = read(text, 0, cells.data());
  if (known == text.size()) return;  // and evaluated in full for another reason
  std::vector<RegularLine::Value> values;
  std::size_t at = 0;
  auto take_literal = [&](std::size_t end) { return std::string(row.raw.substr(at, end - at)); };
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    std::string_view token = row.tokens[i];
    auto found = std::find(columns_.begin(), columns_.end(), row.names[i]);
    auto column = static_cast<std::size_t>(found - columns_.begin());
    bool is_written = std::find(output_.begin(), output_.end(), column) != output_.end();
    if (token == "null" && gives_nulls_ && is_written) return;
    if (token == "null") continue;  // as if it were not there: part of what stands around values
    RegularLine::Value value;
    value.is_string = token.starts_with('"');
    if (value.is_string) token = token.substr(1, token.size() - 2);
    if (token == "true" || token == "false") value.literal = value.is_string ? "" : token;
    auto begin = static_cast<std::size_t>(token.data() - row.raw.data());
    std::size_t end = value.is_string ? plain_end(text, begin) : value.plain_end(text, begin);
    if (end != begin + token.size() || (!value.is_string && token.empty())) return;
    value.column = column;
    value.before = take_literal(begin);
    values.push_back(std::move(value));
    at = begin + token.size();
  }
  std::string after = take_literal(row.raw.size());
  RegularLine regular(values, after, columns_.size());
  shapes_.push_back({std::move(values), std::move(after), std::move(regular)});
}

}  // namespace levy::batch::fast
