#include "batch/fast/curve_table.h"

#include <algorithm>

namespace levy::batch::fast {
namespace {

// The figure of all rows together.
Rational sum_of(const rows::LoweredFigure& figure, const TablePiece& piece) {
  auto times = [](std::int64_t factor, Int128 value) {
    return Decimal(factor) * Decimal::of(value, 0);
  };
  Decimal sum = times(figure.sum.slope, piece.sum_of_n()) + times(figure.sum.base, piece.rows());
  for (std::size_t i = 0; i < rows::first_roundings; ++i)
    sum += times(figure.sum.factors[i], piece.sum_of_rounding(i));
  for (std::uint32_t i = 0; i < figure.sum.count; ++i) {
    const rows::LoweredTerm& term = piece.figures->piece.terms[figure.sum.first + i];
    sum += times(term.factor, piece.sum_of_rounding(term.rounding));
  }
  return Rational(sum * Decimal::ten_to(-figure.scale));
}

void add_piece(const rows::LoweredCurve& curve, const TablePiece& piece, bool amounts, bool billed,
               rows::Totals& totals) {
  if (piece.rows() == 0) return;
  const rows::LoweredPiece& figures = piece.figures->piece;
  auto rows = static_cast<std::uint64_t>(piece.rows());
  totals.rows += rows;
  (billed ? totals.matched : totals.ok) += rows;
  rows::CurrencyTotals& own = totals.currencies[curve.currency];
  own.rows += rows;
  own.amount += amounts ? Rational(Decimal::of(piece.sum_of_n(), curve.digits))
                        : curve.amount * Rational(piece.rows());
  own.fee += sum_of(figures.fee, piece);
  own.debit += sum_of(figures.debit, piece);
  totals.credits[curve.credit_currency] += sum_of(figures.credit, piece);
  for (const rows::LoweredLine& line : figures.lines) {
    rows::LineTotals& of_fee =
        totals.fees[{curve.plan->fees[line.fee].as_written->id, curve.currency}];
    of_fee.rows += rows;
    of_fee.amount += sum_of(line.amount, piece);
  }
}

}  // namespace

bool PlainRounding::is_possible(const rows::LoweredRounding& rounding) {
  return rounding.lift == 0 && rounding.factor == 0 && rounding.sum.count == 0;
}

PlainRounding::PlainRounding(const rows::LoweredRounding& rounding)
    : slope(rounding.slope),
      base(static_cast<std::uint64_t>(rounding.base) + rounding.added),
      inverse(rounding.inverse),
      divisor(rounding.divisor),
      shift(rounding.shift),
      odd_down(rounding.halves & rows::LoweredRounding::odd_down),
      all_down((rounding.halves & rows::LoweredRounding::all_down) != 0 ? 1 : 0) {}

CurveTable& CurveTables::add(rows::LoweredCurve curve) {
  std::uint64_t hash = rows::hash_of(curve);
  auto [first, last] = tables_by_hash_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (known->second->curve == curve) return *known->second;
  }
  CurveTable& table = tables_.emplace_back();
  tables_by_hash_.emplace(hash, &table);
  table.digits = curve.digits;
  table.pieces.clear();
  std::int64_t next = 0;
  for (const rows::LoweredPiece& piece : curve.pieces) {
    if (piece.fault && piece.readings > 0) continue;  // its guards are not for figures alone
    if (piece.from > next) {
      table.ends.push_back(piece.from - 1);
      table.pieces.emplace_back();
    }
    table.ends.push_back(piece.until);
    TablePiece& added = table.pieces.emplace_back();
    if (piece.fault) {
      added.fault =
          &faults_.try_emplace(*piece.fault, Diagnostics{Diagnostic{*piece.fault, "", ""}})
               .first->second;
    } else {
      added.figures = share(piece, *curve.plan);
      added.expect(piece.roundings.size());
    }
    next = piece.until + 1;
  }
  table.pieces.emplace_back();
  for (TablePiece& piece : table.pieces) piece.table = &table;
  std::copy_n(table.ends.begin(), std::min(table.ends.size(), table.first_ends.size()),
              table.first_ends.begin());
  table.curve = std::move(curve);
  return table;
}

const PieceFigures* CurveTables::share(const rows::LoweredPiece& piece, const fees::Plan& plan) {
  std::uint64_t hash = rows::hash_of(piece);
  auto [first, last] = shared_by_hash_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (known->second->plan == &plan && known->second->piece == piece) return known->second;
  }
  PieceFigures& table = shared_.emplace_back();
  shared_by_hash_.emplace(hash, &table);
  table.plan = &plan;
  table.piece = piece;
  const std::vector<rows::LoweredRounding>& roundings = table.piece.roundings;
  table.is_plain = roundings.size() == rows::first_roundings &&
                   PlainRounding::is_possible(roundings.front()) && piece.readings == 0;
  table.first = PlainRounding(roundings.front());
  table.second = roundings.at(1);
  table.rounds_twice = table.is_plain && table.second.sum != rows::LoweredSum();
  for (const OutputFigure& wanted : figures_) {
    AskedFigure& asked = table.asked.emplace_back();
    asked.figure = find_figure(table.piece, plan, wanted);
    if (asked.figure == nullptr) continue;
    const rows::LoweredSum& sum = asked.figure->sum;
    asked.slope = sum.slope;
    asked.base = sum.base;
    std::copy_n(sum.factors, rows::first_roundings, asked.factors);
    asked.scale = asked.figure->scale;
  }
  return &table;
}

const rows::LoweredFigure* CurveTables::find_figure(const rows::LoweredPiece& piece,
                                                    const fees::Plan& plan,
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
  auto found =
      std::find_if(piece.lines.begin(), piece.lines.end(), [&](const rows::LoweredLine& line) {
        return plan.fees[line.fee].as_written->id == wanted.fee_id;
      });
  return found == piece.lines.end() ? nullptr : &found->amount;
}

void CurveTables::add_to(rows::Totals& totals, bool amounts) const {
  for (const CurveTable& table : tables_) {
    for (const TablePiece& piece : table.pieces)
      add_piece(table.curve, piece, amounts, !layout_.billed.empty(), totals);
  }
}

}  // namespace levy::batch::fast
