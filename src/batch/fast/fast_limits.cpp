// Rows that count for those after them: judged by the limits once their leaves have priced them.
#include <algorithm>

#include "batch/fast/fast_rows.h"

namespace levy {

// The longest reason names every limit of a version.
void FastRows::find_reason_size() {
  for (const Plan& plan : tariff_.versions) {
    std::size_t ids = 0;
    for (const Limit& limit : plan.schedule.limits) ids += limit.id.size() + 1;
    reason_bytes_max_ = std::max(reason_bytes_max_, ids);
  }
}

// In the order of the input, up to the first that is to be evaluated in full: it may count for
// those after it.
std::size_t FastRows::judge(std::size_t count, std::size_t row) {
  blocked_.resize(count);
  while (row < count && judge_one(row)) ++row;
  return row;
}

bool FastRows::judge_one(std::size_t row) {
  Found& found = found_[row];
  if (found.piece->figures == nullptr) return false;
  CountedCell& cell = *cells_[row];
  std::optional<std::int64_t> debit = cell.asks_debit ? debit_of(found) : 0;
  std::uint64_t blocked = debit ? counted_.judge(row, cell, found.n, *debit) : CountedRows::in_full;
  if (blocked == CountedRows::in_full) {
    found.piece = &in_full_.pieces.front();
    return false;
  }
  blocked_[row] = blocked;
  if (blocked == 0) add_counted(found);
  return true;
}

// In minor units; none: it is not said in these.
std::optional<std::int64_t> FastRows::debit_of(const Found& found) const {
  const LoweredPiece& piece = found.piece->figures->piece;
  if (piece.debit.scale != found.piece->table->digits) return std::nullopt;
  std::int64_t values[lowered_roundings_max];
  round_all(piece, found.n, values);
  return value_of(piece, piece.debit.sum, found.n, values);
}

void FastRows::add_counted(const Found& found) const {
  const PieceFigures& figures = *found.piece->figures;
  if (figures.is_plain) return found.piece->add(found.n, found.values);
  std::int64_t values[lowered_roundings_max];
  round_all(figures.piece, found.n, values);
  found.piece->add(found.n, values, figures.piece.roundings.size());
}

}  // namespace levy
