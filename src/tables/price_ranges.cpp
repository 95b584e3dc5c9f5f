// What the rows of a table by amount mean.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "money/currency.h"
#include "tables/table_text.h"

namespace levy::tables {
namespace {

class RangeSettler {
 public:
  RangeSettler(std::vector<PriceRow>& rows, TableText& table) : rows_(rows), table_(table) {}

  // Rows of one fee that ask for the same belong together.
  void run() {
    std::vector<bool> done(rows_.size(), false);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (done[i]) continue;
      std::vector<PriceRow*> group;
      for (std::size_t k = i; k < rows_.size(); ++k) {
        if (rows_[k].fee != rows_[i].fee || rows_[k].tests != rows_[i].tests) continue;
        done[k] = true;
        group.push_back(&rows_[k]);
      }
      settle(group);
    }
  }

 private:
  using Range = PriceRow::Range;

  static std::optional<Decimal> figure(const PriceMoney& money) {
    if (money.entries.size() != 1) return std::nullopt;
    Checked<Decimal> number = parse_decimal(money.entries[0].substr(0, money.entries[0].find(' ')));
    return number ? std::optional<Decimal>(*number) : std::nullopt;
  }

  void settle(std::vector<PriceRow*>& group) {
    bool said = table_.has("bands") &&
                std::any_of(group.begin(), group.end(),
                            [](const PriceRow* row) { return row->range != Range::none; });
    bool ranged = std::any_of(group.begin(), group.end(),
                              [](const PriceRow* row) { return !row->bounds.empty(); });
    if (!ranged && !said) return;
    if (said) return check_said(group);
    complete_ends(group);
    if (!table_.faults.empty()) return;
    bool slab = continues_from_zero(group);
    if (!table_.faults.empty()) return;
    for (PriceRow* row : group) row->range = slab ? Range::slab : Range::condition;
    std::string fee = in_quotes(group.front()->fee);
    table_.assume(slab
                      ? "the row that holds the amount charges all of it, in " + fee +
                            " (bands: slab; graduated charges each part in its own row)"
                      : "the rows of " + fee + " leave amounts without a price, which are refused");
    if (slab && (!group.back()->bounds.up_to.empty() || !group.back()->bounds.below.empty()))
      table_.assume("amounts above the last row of " + fee + " are refused");
  }

  // Rows say where they end: by the next row's beginning, where not by themselves.
  void complete_ends(std::vector<PriceRow*>& group) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      PriceBounds& bounds = group[i]->bounds;
      const TableLine& line = table_.line_of(*group[i]);
      for (const PriceMoney* one : {&bounds.from, &bounds.above, &bounds.up_to, &bounds.below})
        if (one->entries.size() > 1)
          table_.fault(Code::bad_value, "bounds in several currencies need the column bands",
                       "write slab, graduated or condition there", line, 0);
      if (!bounds.up_to.empty() || !bounds.below.empty() || i + 1 == group.size()) continue;
      const PriceBounds& next = group[i + 1]->bounds;
      std::optional<Decimal> begin = begin_of(bounds), end = begin_of(next);
      if (begin && end && *end <= *begin) return report_order(*group[i + 1]);
      if (next.from.empty() && next.above.empty()) {
        table_.fault(Code::bands_not_ascending, "the row does not say where it ends",
                     "write its last amount in the column up_to", line, 0);
      } else {
        bounds.up_to = next.above;
        if (next.above.empty()) bounds.below = next.from;
        table_.assume("a row without an end ends where the next one begins");
      }
    }
  }

  static std::optional<Decimal> begin_of(const PriceBounds& bounds) {
    return bounds.from.empty() ? figure(bounds.above) : figure(bounds.from);
  }

  void report_order(const PriceRow& row) {
    table_.fault(Code::bands_not_ascending,
                 "the row's amounts do not lie above those of the row before",
                 "order the rows by amount, without overlaps", table_.line_of(row),
                 table_.index_of(table_.has("from") ? "from" : "up_to"));
  }

  // Do the rows follow one another from 0, without a gap? A gap of one unit, of the currency or of
  // whole numbers, is none: "101" after "100".
  bool continues_from_zero(const std::vector<PriceRow*>& group) {
    Decimal end = 0;
    bool continues = true;
    for (const PriceRow* row : group) {
      std::optional<Decimal> from = figure(row->bounds.from), above = figure(row->bounds.above);
      std::optional<Decimal> up_to = figure(row->bounds.up_to), below = figure(row->bounds.below);
      std::optional<Decimal> begin = from ? from : above;
      std::optional<Decimal> last = up_to ? up_to : below;
      bool first = row == group.front();
      if ((begin && !first && *begin < end) || (last && begin && *last < *begin) ||
          (last && !first && *last <= end)) {
        report_order(*row);
        return false;
      }
      if (begin) continues = follows(*row, *begin, end, first) && continues;
      if (!last && row != group.back()) continues = false;
      if (last) end = *last;
    }
    return continues;
  }

  bool follows(const PriceRow& row, const Decimal& begin, const Decimal& end, bool first) {
    if (begin == end) {
      if (!first && !row.bounds.from.empty())
        table_.assume(
            "an amount at which one row ends and the next begins belongs to the first of them");
      return true;
    }
    bool whole = begin.is_integer() && end.is_integer();
    std::string text =
        row.bounds.from.empty() ? row.bounds.above.entries[0] : row.bounds.from.entries[0];
    int digits = find_iso_digits(text.substr(text.find(' ') + 1)).value_or(0);
    Decimal gap = begin - end;
    if (gap != Decimal::ten_to(-digits) && !(whole && gap == Decimal(1))) return false;
    if (gap != Decimal::ten_to(-digits))
      table_.assume(
          "an amount between the end of one row and the beginning of the next, as between "
          "100 and 101, belongs to the next");
    return true;
  }

  // With the column bands nothing is guessed; only what a row says twice must agree.
  void check_said(const std::vector<PriceRow*>& group) {
    const PriceRow* before = nullptr;
    for (const PriceRow* row : group) {
      const TableLine& line = table_.line_of(*row);
      bool bands = row->range == Range::slab || row->range == Range::graduated;
      if (row->range == Range::none && !row->bounds.empty())
        table_.fault_in("bands", Code::bad_value,
                        "the row has bounds, and does not say what they are",
                        "write slab, graduated or condition", line);
      if (!bands) continue;
      if (!row->bounds.up_to.empty() && !row->bounds.below.empty())
        table_.fault_in("up_to", Code::bad_value, "the row ends twice", "keep up_to or below",
                        line);
      if (before != nullptr && before->range == row->range && !meets(*before, *row))
        table_.fault_in(
            "bands", Code::bands_not_ascending, "the row does not begin where the row before ends",
            "write the end of the row before in above, after up_to, or in from, after below", line);
      if (row->range == Range::graduated && (!row->min.empty() || !row->max.empty()))
        table_.fault_in("bands", Code::bad_value, "a row of graduated bands has no min and no max",
                        "write them in a row of the same fee without bands", line);
      before = row;
    }
  }

  static bool meets(const PriceRow& before, const PriceRow& row) {
    if (row.bounds.from.empty() && row.bounds.above.empty()) return true;
    return row.bounds.above == before.bounds.up_to && row.bounds.from == before.bounds.below;
  }

  std::vector<PriceRow>& rows_;
  TableText& table_;
};

}  // namespace

void settle_ranges(std::vector<PriceRow>& rows, TableText& table) {
  RangeSettler(rows, table).run();
}

}  // namespace levy::tables
