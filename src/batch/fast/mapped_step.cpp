#include "batch/fast/mapped_step.h"

#include <algorithm>

#include "batch/fast/separators.h"

namespace levy::batch::fast {

MappedStep::MappedStep(const rows::Layout& layout, char delimiter)
    : layout_(layout),
      delimiter_(delimiter),
      mapper_(layout.is_mapped() ? layout.mapper : std::nullopt) {
  if (mapper_) spans_.resize(mapper_->written().size());
}

void MappedStep::begin(std::string_view step) {
  if (!has_own_text()) return;
  text_ = step;
  step_size_ = step.size();
  outcomes_.clear();
}

void MappedStep::forget() {
  text_.resize(step_size_);
  outcomes_.clear();
}

const char* MappedStep::text() {
  text_.append(cell_padding, '\0');
  return text_.data();
}

std::optional<CellSpan> MappedStep::add_quoted(std::string_view cell) {
  std::size_t begin = text_.size();
  if (begin + cell.size() + 2 + cell_padding > Separators::text_bytes_max) return std::nullopt;
  text_.append("\"").append(cell).append("\"");
  return CellSpan(begin, text_.size());
}

bool MappedStep::add_row(CellSpan* cells, std::size_t variable) {
  const std::size_t before = text_.size();
  sources_.clear();
  for (std::size_t source : layout_.mapper_sources)
    sources_.push_back(std::string_view(text_).substr(cells[source].begin(), cells[source].size()));
  row_text_.clear();
  Outcome outcome = mapper_->map(sources_.data(), row_text_, spans_.data());
  if (before + row_text_.size() + cell_padding > Separators::text_bytes_max) return false;
  text_ += row_text_;
  const bool is_read = outcome == Outcome::read;
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    CellSpan written(before + spans_[i].begin, before + spans_[i].end);
    cells[layout_.input_columns + i] = is_read ? written : CellSpan();
  }
  if (!is_read) cells[variable] = CellSpan();
  outcomes_.push_back(outcome);
  return true;
}

void MappedStep::move_outcome(std::size_t from, std::size_t to) {
  if (mapper_) outcomes_[to] = outcomes_[from];
}

MappedStep::Outcome MappedStep::map_row(const formats::Row& row, rows::RowCells& cells) {
  if (!mapper_) return Outcome::read;
  const std::size_t first = layout_.input_columns;
  std::fill(cells.begin() + static_cast<std::ptrdiff_t>(first), cells.end(), std::string_view());
  sources_.clear();
  for (std::size_t source : layout_.mapper_sources) sources_.push_back(cells[source]);
  if (row.fault)
    return mapper_->is_chosen(sources_.data(), true) ? Outcome::read : Outcome::skipped;
  row_text_.clear();
  Outcome outcome = mapper_->map(sources_.data(), row_text_, spans_.data());
  if (outcome != Outcome::read) return outcome;
  for (std::size_t i = 0; i < spans_.size(); ++i)
    cells[first + i] =
        std::string_view(row_text_).substr(spans_[i].begin, spans_[i].end - spans_[i].begin);
  return outcome;
}

}  // namespace levy::batch::fast
