// Rows that count for those after them: judged by the limits once their leaves have priced them.
#include <algorithm>

#include "batch/fast/fast_rows.h"

namespace levy::batch::fast {

// The longest reason names every limit of a version.
void FastRows::find_reason_size() {
  for (const fees::Plan& plan : tariff_.versions) {
    std::size_t ids = 0;
    for (const schedule::Limit& limit : plan.schedule.limits) ids += limit.id.size() + 1;
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
  if (found.piece->figures == nullptr) {
    // That its account's rows are in order is asked before its price.
    if (found.piece->fault != nullptr && !counted_.open(row)) found.fault = nullptr;
    return false;
  }
  CountedCell& cell = *cells_[row];
  std::int64_t values[rows::lowered_roundings_max];
  CountedCell::Row come_to;
  bool is_priced = counted_.open(row) && find_values(row, cell, values) &&
                   fill_row(found, cell, values, come_to);
  std::uint64_t blocked = is_priced ? counted_.judge(cell, come_to) : CountedRows::in_full;
  if (blocked == CountedRows::in_full) {
    found.piece = &in_full_.pieces.front();
    return false;
  }
  blocked_[row] = blocked;
  if (blocked == 0) found.piece->add(found.n, values, found.piece->figures->piece.roundings.size());
  return true;
}

// Of all roundings of the row's piece. Where its account's readings have a say, that is the one of
// the pieces side by side whose guards hold, and its figures are found only now. False: none does.
bool FastRows::find_values(std::size_t row, const CountedCell& cell, std::int64_t* values) {
  Found& found = found_[row];
  if (found.piece->figures->is_plain) {
    std::copy_n(found.values, rows::first_roundings, values);
    return true;
  }
  if (cell.readings.empty()) {
    rows::round_all(found.piece->figures->piece, found.n, values);
    return true;
  }
  for (std::size_t i = 0; i < cell.readings.size(); ++i) {
    values[i] = counted_.reading(cell.readings[i]);
    if (values[i] < 0 || values[i] > rows::reading_max) return false;
  }
  for (;; ++found.piece) {
    const PieceFigures* figures = found.piece->figures;
    if (figures == nullptr || figures->piece.from > found.n) return false;
    rows::round_rest(figures->piece, found.n, values);
    if (rows::guards_hold(figures->piece, found.n, values)) break;
  }
  put_figures(row, values);
  return true;
}

// What limits and meters ask of the row, in minor units. False: it is not said in these.
bool FastRows::fill_row(const Found& found, const CountedCell& cell, const std::int64_t* values,
                        CountedCell::Row& row) const {
  const rows::LoweredPiece& piece = found.piece->figures->piece;
  row.n = found.n;
  if (cell.asks_debit) {
    if (piece.debit.scale != found.piece->table->digits) return false;
    row.debit = rows::value_of(piece, piece.debit.sum, found.n, values);
  }
  for (std::size_t i = 0; i < cell.lines.size(); ++i) {
    const CountedCell::CountedLine& wanted = cell.lines[i];
    auto line = std::find_if(piece.lines.begin(), piece.lines.end(),
                             [&](const rows::LoweredLine& one) { return one.fee == wanted.fee; });
    if (line == piece.lines.end()) {
      // Without a line it is not known whether an allowance would have been used.
      if (wanted.is_exemption) return false;
      continue;
    }
    if (line->amount.scale != wanted.scale) return false;
    row.lines[i] = rows::value_of(piece, line->amount.sum, found.n, values);
    row.exempted |= line->exempted ? std::uint32_t{1} << i : 0;
  }
  return true;
}

}  // namespace levy::batch::fast
