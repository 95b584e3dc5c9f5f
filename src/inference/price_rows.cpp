// Pieces of lines as a charge: a minimum, a maximum, bands.
#include <algorithm>

#include "inference/infer.h"

namespace levy::inference {
namespace {

// One piece, or several that one line with bounds explains.
struct Bounded {
  FeeLine line;
  std::optional<Decimal> min, max;
  std::optional<Decimal> bound;  // where the next begins
  bool bound_is_next = false;
  std::int64_t first = 0, last = 0;

  bool is_flat() const { return line.percent.is_zero() && !min && !max; }
};

class Shaper {
 public:
  explicit Shaper(const FeeCell& cell) : cell_(cell), digits_(digits_of(cell.currency)) {}

  std::vector<tables::PriceRow> run() {
    for (const FeePiece& piece : cell_.fit.pieces)
      parts_.push_back({piece.line, std::nullopt, std::nullopt, piece.bound, piece.bound_is_next,
                        piece.first, piece.last});
    join_bounds();
    if (parts_.size() == 1) return {row_of(parts_.front(), tables::PriceRow::Range::none)};
    if (std::optional<std::vector<tables::PriceRow>> rows = graduated()) return *rows;
    std::vector<tables::PriceRow> rows;
    for (const Bounded& part : parts_) rows.push_back(banded(part, tables::PriceRow::Range::slab));
    return rows;
  }

 private:
  // ---- minima and maxima -----------------------------------------------------------------------

  // A flat price before a share of the amount that goes on from it is its minimum, and one after it
  // its maximum.
  void join_bounds() {
    for (std::size_t i = 0; i + 1 < parts_.size();) {
      Bounded &one = parts_[i], &next = parts_[i + 1];
      bool joined = false;
      if (fits(one) && next.line.percent.sign() > 0 && !next.min && meets(next, one)) {
        next.min = one.line.flat;
        next.first = one.first;
        parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(i));
        joined = true;
      } else if (fits(next) && one.line.percent.sign() > 0 && !one.max && meets(one, next)) {
        one.max = next.line.flat;
        one.last = next.last;
        one.bound = next.bound;
        one.bound_is_next = next.bound_is_next;
        parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        joined = true;
      }
      if (!joined) ++i;
    }
  }

  // A minimum or maximum is a multiple of the minor unit.
  bool fits(const Bounded& part) const {
    return part.is_flat() && is_multiple(Rational(part.line.flat), Decimal::ten_to(-digits_));
  }

  Decimal at(const FeeLine& line, std::int64_t amount) const {
    return Decimal(amount) * Decimal::ten_to(-digits_ - 2) * line.percent + line.flat;
  }
  Decimal rounded(const Decimal& fee) const {
    return round(Rational(fee), Decimal::of(cell_.fit.rounding.quantum, 4 + digits_),
                 cell_.fit.rounding.mode);
  }

  // With the flat price as its bound, does the share still come to what both explain? It grows with
  // the amount, so the amounts at which they meet decide.
  bool meets(const Bounded& share, const Bounded& flat) const {
    bool before = flat.last < share.first;
    std::int64_t of_flat = before ? flat.last : flat.first;
    std::int64_t of_share = before ? share.first : share.last;
    auto bounded = [&](const Decimal& fee) {
      return before ? std::max(fee, flat.line.flat) : std::min(fee, flat.line.flat);
    };
    return rounded(bounded(at(share.line, of_flat))) == rounded(flat.line.flat) &&
           rounded(bounded(at(share.line, of_share))) == rounded(at(share.line, of_share));
  }

  // ---- graduated bands -------------------------------------------------------------------------

  // Where each part goes on from where the one before ends, the parts are shares of their own
  // bands.
  std::optional<std::vector<tables::PriceRow>> graduated() const {
    std::vector<Decimal> bounds;
    for (std::size_t i = 0; i + 1 < parts_.size(); ++i) {
      if ((i > 0 && parts_[i].min) || parts_[i].max || parts_[i + 1].min) return std::nullopt;
      std::optional<Decimal> bound = crossing(parts_[i], parts_[i + 1]);
      if (!bound) return std::nullopt;
      bounds.push_back(*bound);
    }
    tables::PriceRow whole = common();
    whole.flat = money(parts_.front().line.flat);
    if (parts_.front().line.flat.is_zero()) whole.flat = {};
    if (parts_.front().min) whole.min = money(*parts_.front().min);
    if (parts_.back().max) whole.max = money(*parts_.back().max);
    std::vector<tables::PriceRow> rows;
    if (whole.has_price() || !whole.min.empty() || !whole.max.empty()) rows.push_back(whole);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      tables::PriceRow row = common();
      row.range = tables::PriceRow::Range::graduated;
      row.percent = parts_[i].line.percent.to_string();
      if (i < bounds.size()) row.bounds.up_to = money(bounds[i]);
      rows.push_back(std::move(row));
    }
    return rows;
  }

  std::optional<Decimal> crossing(const Bounded& one, const Bounded& next) const {
    Decimal percents = next.line.percent - one.line.percent;
    if (percents.is_zero()) return std::nullopt;
    Rational amount =
        Rational((one.line.flat - next.line.flat) * Decimal(100)) / Rational(percents);
    Decimal unit = Decimal::ten_to(-digits_);
    bool between = amount >= Rational(Decimal(one.last) * unit) &&
                   amount <= Rational(Decimal(next.first) * unit);
    if (!between || !is_multiple(amount, unit) || amount.sign() <= 0) return std::nullopt;
    return amount.decimal();
  }

  // ---- rows ------------------------------------------------------------------------------------

  tables::PriceMoney money(const Decimal& amount) const {
    return {{amount.to_string(digits_) + " " + cell_.currency}, false};
  }

  tables::PriceRow common() const {
    tables::PriceRow row;
    std::string name = cell_.operation.empty() ? "" : tables::name_of_words(cell_.operation, '_');
    row.fee = name.empty() ? "fee" : name + "-fee";
    if (!name.empty()) row.operations = {name};
    row.tests = cell_.tests;
    row.round.mode = to_string(cell_.fit.rounding.mode);
    if (cell_.fit.rounding.quantum != fee_units)
      row.round.to.entries = {Decimal::of(cell_.fit.rounding.quantum, 4 + digits_).to_string()};
    return row;
  }

  tables::PriceRow row_of(const Bounded& part, tables::PriceRow::Range range) const {
    tables::PriceRow row = common();
    row.range = range;
    if (!part.line.percent.is_zero()) row.percent = part.line.percent.to_string();
    if (!part.line.flat.is_zero() || part.line.percent.is_zero()) row.flat = money(part.line.flat);
    if (part.min) row.min = money(*part.min);
    if (part.max) row.max = money(*part.max);
    return row;
  }

  tables::PriceRow banded(const Bounded& part, tables::PriceRow::Range range) const {
    tables::PriceRow row = row_of(part, range);
    if (part.bound) (part.bound_is_next ? row.bounds.below : row.bounds.up_to) = money(*part.bound);
    return row;
  }

  const FeeCell& cell_;
  int digits_;
  std::vector<Bounded> parts_;
};

}  // namespace

std::vector<tables::PriceRow> price_rows(const FeeCell& cell) {
  if (cell.fit.pieces.empty()) return {};
  return Shaper(cell).run();
}

}  // namespace levy::inference
