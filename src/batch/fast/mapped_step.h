// MappedStep: the rows of a step by a mapping (facts/mapped_rows.h). What the mapping writes stands
// behind the step's own text, so that both are cells of one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch/fast/rows.h"
#include "batch/rows/layout.h"
#include "batch/rows/row_evaluator.h"
#include "formats/row.h"

namespace levy::batch::fast {

class MappedStep {
 public:
  using Outcome = facts::RowMapper::Outcome;

  // `delimiter`: between the table's cells.
  MappedStep(const rows::Layout& layout, char delimiter);

  // Do rows have to go through a mapper? And have cells to be written otherwise than they stand?
  bool has_mapper() const { return mapper_.has_value(); }
  bool has_own_text() const { return mapper_ || delimiter_ != ','; }

  // A step's text, of which cells are places; what was added before is forgotten.
  void begin(std::string_view step);
  void forget();  // what was added to the step
  // The step's text and what was added, for which 64 more bytes can be read.
  const char* text();
  std::size_t added_bytes() const { return text_.size() - step_size_; }

  // A cell as a CSV with commas has to write it; nothing: there is no room.
  std::optional<CellSpan> add_quoted(std::string_view cell);
  // The row whose own cells these are, and its others behind them. False: there is no room. One
  // that is not read has nothing in the column `variable`, so that no curve answers it.
  bool add_row(CellSpan* cells, std::size_t variable);
  Outcome outcome(std::size_t row) const { return mapper_ ? outcomes_[row] : Outcome::read; }
  void move_outcome(std::size_t from, std::size_t to);

  // A row as its reader has it, whose own texts are among the cells. A record with too few cells,
  // or too many, may be one that is skipped: sections of other columns are such. The others hold
  // until the next row.
  Outcome map_row(const formats::Row& row, rows::RowCells& cells);
  const Diagnostic& fault() const { return mapper_->fault(); }  // of a faulty row

 private:
  const rows::Layout& layout_;
  char delimiter_;
  std::optional<facts::RowMapper> mapper_;
  std::string text_;
  std::size_t step_size_ = 0;
  std::vector<Outcome> outcomes_;  // of the step's rows so far
  // Of one row.
  std::vector<std::string_view> sources_;
  std::vector<facts::RowMapper::Span> spans_;
  std::string row_text_;
};

}  // namespace levy::batch::fast
