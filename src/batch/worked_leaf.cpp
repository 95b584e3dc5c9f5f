#include "batch/worked_leaf.h"

#include <algorithm>

namespace levy {
namespace {

// The figure of all rows together.
Rational sum_of(const LeafFigure& figure, const WorkedPiece& piece) {
  auto times = [](std::int64_t factor, Int128 value) {
    return Decimal(factor) * Decimal::of(value, 0);
  };
  Decimal sum = times(figure.sum.slope, piece.sum_of_n()) + times(figure.sum.base, piece.rows());
  for (std::size_t i = 0; i < first_roundings; ++i)
    sum += times(figure.sum.factors[i], piece.sum_of_rounding(i));
  for (std::uint32_t i = 0; i < figure.sum.count; ++i) {
    const LeafTerm& term = piece.figures->piece.terms[figure.sum.first + i];
    sum += times(term.factor, piece.sum_of_rounding(term.rounding));
  }
  return Rational(sum * Decimal::ten_to(-figure.scale));
}

void add_piece(const Leaf& leaf, const WorkedPiece& piece, bool amounts, bool billed,
               Totals& totals) {
  if (piece.rows() == 0) return;
  const LeafPiece& figures = piece.figures->piece;
  auto rows = static_cast<std::uint64_t>(piece.rows());
  totals.rows += rows;
  (billed ? totals.matched : totals.ok) += rows;
  CurrencyTotals& own = totals.currencies[leaf.currency];
  own.rows += rows;
  own.amount += amounts ? Rational(Decimal::of(piece.sum_of_n(), leaf.digits))
                        : leaf.amount * Rational(piece.rows());
  own.fee += sum_of(figures.fee, piece);
  own.debit += sum_of(figures.debit, piece);
  totals.credits[leaf.credit_currency] += sum_of(figures.credit, piece);
  for (const LeafLine& line : figures.lines) {
    LineTotals& of_fee = totals.fees[{leaf.plan->fees[line.fee].as_written->id, leaf.currency}];
    of_fee.rows += rows;
    of_fee.amount += sum_of(line.amount, piece);
  }
}

}  // namespace

bool PlainRounding::is_possible(const LeafRounding& rounding) {
  return rounding.lift == 0 && rounding.factor == 0 && rounding.sum.count == 0;
}

PlainRounding::PlainRounding(const LeafRounding& rounding)
    : slope(rounding.slope),
      base(static_cast<std::uint64_t>(rounding.base) + rounding.added),
      inverse(rounding.inverse),
      divisor(rounding.divisor),
      shift(rounding.shift),
      odd_down(rounding.halves & LeafRounding::odd_down),
      all_down((rounding.halves & LeafRounding::all_down) != 0 ? 1 : 0) {}

WorkedLeaf& WorkedLeaves::add(Leaf leaf) {
  std::uint64_t hash = hash_of(leaf);
  auto [first, last] = leaves_by_hash_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (known->second->leaf == leaf) return *known->second;
  }
  WorkedLeaf& worked = leaves_.emplace_back();
  leaves_by_hash_.emplace(hash, &worked);
  worked.digits = leaf.digits;
  worked.billed_digits = leaf.plan->schedule.currencies.digits(leaf.currency);
  worked.pieces.clear();
  std::int64_t next = 0;
  for (const LeafPiece& piece : leaf.pieces) {
    if (piece.from > next) {
      worked.ends.push_back(piece.from - 1);
      worked.pieces.emplace_back();
    }
    worked.ends.push_back(piece.until);
    worked.pieces.emplace_back().figures = share(piece, *leaf.plan);
    worked.pieces.back().expect(piece.roundings.size());
    next = piece.until + 1;
  }
  worked.pieces.emplace_back();
  for (WorkedPiece& piece : worked.pieces) piece.leaf = &worked;
  std::copy_n(worked.ends.begin(), std::min(worked.ends.size(), worked.first_ends.size()),
              worked.first_ends.begin());
  worked.leaf = std::move(leaf);
  return worked;
}

const WorkedFigures* WorkedLeaves::share(const LeafPiece& piece, const Plan& plan) {
  std::uint64_t hash = hash_of(piece);
  auto [first, last] = shared_by_hash_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (known->second->plan == &plan && known->second->piece == piece) return known->second;
  }
  WorkedFigures& worked = shared_.emplace_back();
  shared_by_hash_.emplace(hash, &worked);
  worked.plan = &plan;
  worked.piece = piece;
  const std::vector<LeafRounding>& roundings = worked.piece.roundings;
  worked.is_plain =
      roundings.size() == first_roundings && PlainRounding::is_possible(roundings.front());
  worked.first = PlainRounding(roundings.front());
  worked.second = roundings.at(1);
  worked.rounds_twice = worked.is_plain && worked.second.sum != LeafSum();
  for (const OutputFigure& wanted : figures_) {
    AskedFigure& asked = worked.asked.emplace_back();
    asked.figure = find_figure(worked.piece, plan, wanted);
    if (asked.figure == nullptr) continue;
    const LeafSum& sum = asked.figure->sum;
    asked.slope = sum.slope;
    asked.base = sum.base;
    std::copy_n(sum.factors, first_roundings, asked.factors);
    asked.scale = asked.figure->scale;
  }
  return &worked;
}

const LeafFigure* WorkedLeaves::find_figure(const LeafPiece& piece, const Plan& plan,
                                            const OutputFigure& wanted) const {
  switch (wanted.kind) {
    case OutputFigure::Kind::fee:
      return &piece.fee;
    case OutputFigure::Kind::debit:
      return &piece.debit;
    case OutputFigure::Kind::credit:
      return &piece.credit;
    case OutputFigure::Kind::line:
      break;
  }
  auto found = std::find_if(piece.lines.begin(), piece.lines.end(), [&](const LeafLine& line) {
    return plan.fees[line.fee].as_written->id == wanted.fee_id;
  });
  return found == piece.lines.end() ? nullptr : &found->amount;
}

void WorkedLeaves::add_to(Totals& totals, bool amounts) const {
  for (const WorkedLeaf& worked : leaves_) {
    for (const WorkedPiece& piece : worked.pieces)
      add_piece(worked.leaf, piece, amounts, layout_.billed.has_value(), totals);
  }
}

}  // namespace levy
