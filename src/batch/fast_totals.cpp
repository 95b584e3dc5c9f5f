// The control totals of the rows that leaves answered.
#include "batch/fast_rows.h"

namespace levy {

// The figure of all rows together.
Rational FastRows::sum_of(const LeafPiece& piece, const LeafFigure& figure, const Sums& sums) {
  auto times = [](std::int64_t factor, Int128 value) {
    return Decimal(factor) * Decimal::of(value, 0);
  };
  Decimal sum = times(figure.sum.slope, sums.n) + times(figure.sum.base, sums.rows);
  for (std::size_t i = 0; i < first_roundings; ++i)
    sum += times(figure.sum.factors[i], sums.of_rounding(i));
  for (std::uint32_t i = 0; i < figure.sum.count; ++i) {
    const LeafTerm& term = piece.terms[figure.sum.first + i];
    sum += times(term.factor, sums.of_rounding(term.rounding));
  }
  return Rational(sum * Decimal::ten_to(-figure.scale));
}

void FastRows::add_to(Totals& totals) const {
  for (const Answered& answered : leaves_) {
    for (const Piece& piece : answered.pieces) add_piece(answered.leaf, piece, totals);
  }
}

void FastRows::add_piece(const Leaf& leaf, const Piece& piece, Totals& totals) const {
  const Sums& sums = piece.sums;
  if (sums.rows == 0) return;
  const LeafPiece& figures = *piece.figures;
  auto sum = [&](const LeafFigure& figure) { return sum_of(figures, figure, sums); };
  auto rows = static_cast<std::uint64_t>(sums.rows);
  totals.rows += rows;
  (layout_.billed ? totals.matched : totals.ok) += rows;
  CurrencyTotals& own = totals.currencies[leaf.currency];
  own.rows += rows;
  own.amount += variable_.empty() ? Rational(Decimal::of(sums.n, leaf.digits))
                                  : leaf.amount * Rational(sums.rows);
  own.fee += sum(figures.fee);
  own.debit += sum(figures.debit);
  totals.credits[leaf.credit_currency] += sum(figures.credit);
  for (const LeafLine& line : figures.lines) {
    LineTotals& of_fee = totals.fees[{leaf.plan->fees[line.fee].as_written->id, leaf.currency}];
    of_fee.rows += rows;
    of_fee.amount += sum(line.amount);
  }
}

}  // namespace levy
