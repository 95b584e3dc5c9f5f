#include "batch/line_shapes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace levy {
namespace {

constexpr std::size_t shapes_max = 8;

constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}

constexpr std::array<bool, 256> plain = make_plain();

bool is_plain(char c) { return plain[static_cast<unsigned char>(c)]; }
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

bool LineShapes::read(std::string_view line, Cells& cells) {
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (!fits(shapes_[i], line, cells)) continue;
    if (i > 0) std::swap(shapes_[i], shapes_[i - 1]);
    return true;
  }
  return false;
}

bool LineShapes::fits(const Shape& shape, std::string_view line, Cells& cells) const {
  std::fill(cells.begin(), cells.end(), std::string_view());
  std::size_t at = 0;
  for (const Value& value : shape.values) {
    if (line.compare(at, value.before.size(), value.before) != 0) return false;
    at += value.before.size();
    std::size_t begin = at;
    if (value.is_string) {
      while (at < line.size() && is_plain(line[at])) ++at;
    } else {
      at = number_end(line, begin);
      if (at == begin) return false;
    }
    if (value.column < cells.size()) cells[value.column] = line.substr(begin, at - begin);
  }
  return line.substr(at) == shape.after;
}

void LineShapes::learn(const Row& row) {
  if (shapes_.size() >= shapes_max || row.fault || row.tokens.empty()) return;
  Cells cells(columns_.size());
  if (read(row.raw, cells)) return;  // known, and asked in full for another reason
  Shape shape;
  std::size_t at = 0;
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    std::string_view token = row.tokens[i];
    Value value;
    value.is_string = token.starts_with('"');
    if (value.is_string) token = token.substr(1, token.size() - 2);
    bool is_number = !value.is_string && !token.empty() && number_end(token, 0) == token.size();
    if (!is_number && !(value.is_string && std::all_of(token.begin(), token.end(), is_plain)))
      return;
    auto begin = static_cast<std::size_t>(token.data() - row.raw.data());
    value.before = row.raw.substr(at, begin - at);
    auto found = std::find(columns_.begin(), columns_.end(), row.names[i]);
    value.column = static_cast<std::size_t>(found - columns_.begin());
    shape.values.push_back(std::move(value));
    at = begin + token.size();
  }
  shape.after = row.raw.substr(at);
  shapes_.push_back(std::move(shape));
}

}  // namespace levy
