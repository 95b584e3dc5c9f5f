#include "base/source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/ensure.h"
#include "base/text.h"

namespace levy {

std::size_t Outline::add(std::size_t begin, std::size_t parent, std::string_view step) {
  steps_ += step;
  values_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(parent),
                     static_cast<std::uint32_t>(steps_.size())});
  return values_.size() - 1;
}

std::string_view Outline::step_of(std::size_t value) const {
  std::size_t begin = value == 0 ? 0 : values_[value - 1].step_end;
  return std::string_view(steps_).substr(begin, values_[value].step_end - begin);
}

std::string Outline::pointer_at(std::size_t at) const {
  auto after = std::partition_point(values_.begin(), values_.end(),
                                    [&](const Value& value) { return value.begin <= at; });
  if (after == values_.begin()) return "";
  std::vector<std::size_t> path;
  std::size_t value = static_cast<std::size_t>(after - values_.begin() - 1);
  for (; value != none; value = values_[value].parent) path.push_back(value);
  std::string pointer;
  for (auto step = path.rbegin(); step != path.rend(); ++step) pointer += step_of(*step);
  return pointer;
}

namespace {

constexpr std::size_t block_size = 1024;
constexpr std::size_t excerpt_bytes_max = 400;
constexpr std::size_t whole_file = UINT32_MAX;

// What stands before a block of the text.
struct Mark {
  std::uint32_t lines = 0;       // line ends
  std::uint32_t points = 0;      // code points
  std::uint32_t line_begin = 0;  // where the line that the block begins in begins
};

std::vector<Mark> marks_of(std::string_view text) {
  std::vector<Mark> marks(1);
  Mark now;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % block_size == 0) marks.push_back(now);
    if (continues_code_point(text[i])) continue;
    ++now.points;
    if (text[i] != '\n') continue;
    ++now.lines;
    now.line_begin = static_cast<std::uint32_t>(i + 1);
  }
  return marks;
}

// Of the line around byte `at`, what is shown: all of it, or what stands nearest.
struct Shown {
  std::size_t begin = 0, end = 0;
  bool goes_on = false;  // the line does, after it
};

Shown shown_around(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at;
  while (begin > 0 && at - begin <= excerpt_bytes_max && text[begin - 1] != '\n') --begin;
  while (end < text.size() && end - at <= excerpt_bytes_max && text[end] != '\n') ++end;
  bool whole = end == text.size() || text[end] == '\n';
  if (whole && end > begin && text[end - 1] == '\r') --end;
  if (end - begin <= excerpt_bytes_max) return {begin, end, false};
  std::size_t half = excerpt_bytes_max / 2;
  Shown shown{begin, end, false};
  if (at - begin <= half) {
    shown.end = begin + excerpt_bytes_max;
  } else if (end < at + half) {
    shown.begin = end - excerpt_bytes_max;
  } else {
    shown.begin = at - half;
    shown.end = at + half;
  }
  while (shown.begin < at && continues_code_point(text[shown.begin])) ++shown.begin;
  while (shown.end > at && shown.end < end && continues_code_point(text[shown.end])) --shown.end;
  shown.goes_on = !whole || shown.end < end;
  return shown;
}

}  // namespace

struct Source::Shared {
  std::string file;
  std::string text;
  std::size_t first_line = 1;                // in which the text begins
  std::size_t first_column = 1;              // at which it begins; 0: not known
  bool goes_on = false;                      // its last line does, after the text
  std::vector<Mark> marks = marks_of(text);  // one a block
  Outline outline = {};

  std::size_t block_of(std::size_t at) const { return std::min(at / block_size, marks.size() - 1); }
  // From the beginning of its block.
  std::string_view text_before(std::size_t at) const {
    std::size_t begin = block_of(at) * block_size;
    return std::string_view(text).substr(begin, at - begin);
  }
  std::size_t line_begin(std::size_t at) const {
    std::size_t newline = text_before(at).rfind('\n');
    if (newline == std::string_view::npos) return marks[block_of(at)].line_begin;
    return block_of(at) * block_size + newline + 1;
  }
  std::size_t line_ends_before(std::size_t at) const {
    std::string_view part = text_before(at);
    auto ends = static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    return marks[block_of(at)].lines + ends;
  }
  std::size_t points_before(std::size_t at) const {
    return marks[block_of(at)].points + count_code_points(text_before(at));
  }
  std::size_t column_at(std::size_t at) const {
    std::size_t begin = line_begin(at);
    return (begin == 0 ? first_column : 1) + points_before(at) - points_before(begin);
  }
};

Source::Source(std::string file, std::string text)
    : shared_(std::make_shared<Shared>(Shared{std::move(file), std::move(text)})) {}

const std::string& Source::file() const { return shared_->file; }

std::string_view Source::text() const { return shared_->text; }

Place Source::place(std::size_t begin, std::size_t end) const {
  ensure(begin <= end && begin <= text().size(), "a place lies inside its source");
  return Place(shared_, begin, end);
}

void Source::set_outline(Outline outline) { shared_->outline = std::move(outline); }

Place::Place(std::shared_ptr<const Source::Shared> shared, std::size_t begin, std::size_t end)
    : shared_(std::move(shared)),
      begin_(static_cast<std::uint32_t>(begin)),
      end_(static_cast<std::uint32_t>(end)) {}

Place Place::of_file(std::string file) {
  Source source(std::move(file), "");
  return Place(source.shared_, whole_file, whole_file);
}

Place Place::of_line(std::string file, std::size_t line) {
  return Place(std::make_shared<Source::Shared>(Source::Shared{std::move(file), "", line, 0}), 0,
               0);
}

Place Place::of_record(std::string file, std::size_t line, std::string_view record,
                       std::size_t at) {
  at = std::min(at, record.size());
  Shown shown = shown_around(record, at);
  std::string_view before = record.substr(0, shown.begin);
  std::size_t newline = before.rfind('\n');
  std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  Source::Shared shared{
      std::move(file), std::string(record.substr(shown.begin, shown.end - shown.begin)),
      line + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
      1 + count_code_points(before.substr(line_begin)), shown.goes_on};
  at = std::min(at - shown.begin, shared.text.size());
  return Place(std::make_shared<Source::Shared>(std::move(shared)), at, at);
}

Place Place::within(std::size_t begin, std::size_t end) { return Place(nullptr, begin, end); }

bool Place::has_line() const { return known() && begin_ != whole_file; }

const std::string& Place::file() const {
  static const std::string nowhere;
  return known() ? shared_->file : nowhere;
}

std::size_t Place::line() const {
  return has_line() ? shared_->first_line + shared_->line_ends_before(begin_) : 0;
}

std::size_t Place::column() const { return has_line() ? shared_->column_at(begin_) : 0; }

std::size_t Place::width() const {
  if (!has_line()) return 1;
  std::string_view text = shared_->text;
  std::size_t stop = std::min<std::size_t>(end_, text.size());
  bool one_line = shared_->line_ends_before(stop) == shared_->line_ends_before(begin_);
  if (!one_line) stop = text.find('\n', begin_);
  bool at_line_end = stop == text.size() || text[stop] == '\n';
  if (at_line_end && stop > begin_ && text[stop - 1] == '\r') --stop;
  return std::max<std::size_t>(1, shared_->points_before(stop) - shared_->points_before(begin_));
}

std::string Place::pointer() const {
  return has_line() ? shared_->outline.pointer_at(begin_) : std::string();
}

Excerpt Place::excerpt() const {
  if (!has_line()) return {};
  Shown shown = shown_around(shared_->text, begin_);
  return {shared_->text.substr(shown.begin, shown.end - shown.begin),
          shared_->column_at(shown.begin),
          shown.goes_on || (shown.end == shared_->text.size() && shared_->goes_on)};
}

std::string_view Place::text() const {
  return known() ? std::string_view(shared_->text) : std::string_view();
}

std::weak_ordering order_of(const Place& a, const Place& b) {
  if (auto files = a.file() <=> b.file(); files != 0) return files;
  if (a.shared_ == b.shared_) return a.begin_ <=> b.begin_;
  if (auto lines = a.line() <=> b.line(); lines != 0) return lines;
  return a.column() <=> b.column();
}

std::string to_string(const Place& place) {
  std::string text = place.file();
  if (std::size_t line = place.line(); line != 0) text += ":" + std::to_string(line);
  if (std::size_t column = place.column(); column != 0) text += ":" + std::to_string(column);
  return text;
}

}  // namespace levy
