#include "batch/regular_line.h"

#include <algorithm>

#include "batch/plain_number.h"

namespace levy {
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

}  // namespace levy
