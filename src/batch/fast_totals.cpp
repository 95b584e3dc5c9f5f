// The control totals of the rows that leaves answered.
#include "batch/fast_rows.h"

namespace levy {
namespace {

// The figure of all rows together.
Rational sum_of(const LeafPiece& piece, const LeafFigure& figure, std::int64_t rows, Int128 n,
                const std::vector<Int128>& roundings) {
  auto times = [](std::int64_t factor, Int128 value) {
    return Decimal(factor) * Decimal::of(value, 0);
  };
  Decimal sum = times(figure.sum.slope, n) + times(figure.sum.base, rows);
  for (std::uint32_t i = 0; i < figure.sum.count; ++i) {
    const LeafTerm& term = piece.terms[figure.sum.first + i];
    sum += times(term.factor, roundings[term.rounding]);
  }
  return Rational(sum * Decimal::ten_to(-figure.scale));
}

}  // namespace

void FastRows::add_to(Totals& totals) const {
  for (const Answered& answered : leaves_) {
    if (!answered.leaf) continue;
    for (std::size_t i = 0; i < answered.sums.size(); ++i) add_piece(answered, i, totals);
  }
}

void FastRows::add_piece(const Answered& answered, std::size_t index, Totals& totals) const {
  const Leaf& leaf = *answered.leaf;
  const LeafPiece& piece = leaf.pieces[index];
  const Sums& sums = answered.sums[index];
  if (sums.rows == 0) return;
  auto sum = [&](const LeafFigure& figure) {
    return sum_of(piece, figure, sums.rows, sums.n, sums.roundings);
  };
  auto rows = static_cast<std::uint64_t>(sums.rows);
  totals.rows += rows;
  (layout_.billed ? totals.matched : totals.ok) += rows;
  CurrencyTotals& own = totals.currencies[leaf.currency];
  own.rows += rows;
  own.amount += variable_.empty() ? Rational(Decimal::of(sums.n, leaf.digits))
                                  : leaf.amount * Rational(sums.rows);
  own.fee += sum(piece.fee);
  own.debit += sum(piece.debit);
  totals.credits[leaf.credit_currency] += sum(piece.credit);
  for (const LeafLine& line : piece.lines) {
    LineTotals& of_fee = totals.fees[{leaf.plan->fees[line.fee].as_written->id, leaf.currency}];
    of_fee.rows += rows;
    of_fee.amount += sum(line.amount);
  }
}

}  // namespace levy
