#include "base/source.h"

#include <algorithm>
#include <utility>

#include "base/code_points.h"
#include "base/ensure.h"

namespace levy {

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line != 0) text += ":" + std::to_string(place.line);
  if (place.column != 0) text += ":" + std::to_string(place.column);
  return text;
}

Source::Source(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)), line_starts_{0} {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

Place Source::place(std::size_t begin, std::size_t end) const {
  ensure(begin <= end && begin <= text_.size(), "a place lies inside its source");
  auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), begin);
  std::size_t line = static_cast<std::size_t>(after - line_starts_.begin());
  std::size_t line_begin = line_starts_[line - 1];
  std::size_t line_end = std::min(text_.find('\n', line_begin), text_.size());
  if (line_end > line_begin && text_[line_end - 1] == '\r') --line_end;
  std::string_view all = text_;
  Place place;
  place.file = file_;
  place.line = line;
  place.column = 1 + count_code_points(all.substr(line_begin, begin - line_begin));
  std::size_t stop = std::max(begin, std::min(end, line_end));
  place.width = std::max<std::size_t>(1, count_code_points(all.substr(begin, stop - begin)));
  place.excerpt = std::string(all.substr(line_begin, line_end - line_begin));
  return place;
}

}  // namespace levy
