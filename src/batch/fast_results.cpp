// What the rows that leaves answered look like in the output.
#include <algorithm>

#include "batch/fast_rows.h"

namespace levy {
namespace {

char* cut_zeros(char* at, int most) {
  for (; most > 0 && at[-1] == '0'; --most) --at;
  return at;
}

}  // namespace

std::size_t FastRows::added_bytes_max() const {
  return layout_.output.size() * (units_width_max + 1) + 64 + 2 * cell_padding;
}

// A comma follows every column, and a line end takes the last one's place.
template <class Rows>
std::size_t FastRows::write(Rows rows, std::size_t row, char*& into) const {
  using Run = typename Rows::Run;
  std::vector<Run> input;
  for (const ColumnRun& run : input_) input.push_back(rows.column_run(run));
  // What is written might be any of the memory that members point to, as far as compilers see.
  const Run *first = input.data(), *last = first + input.size();
  const Found* found = found_.data() + row;
  ResultWriter results{written_.data(), written_.data() + written_.size(), figures_.data()};
  char* at = into;
  for (; row < rows.rows; ++row, ++found) {
    if (found->figures == nullptr) [[unlikely]]
      break;
    for (const Run* run = first; run != last; ++run) {
      at = write_cell(at, (*run)[row]);
      *at++ = ',';
    }
    at = write_results(results, *found, row, at);
  }
  into = at;
  return row;
}

template std::size_t FastRows::write(Slices rows, std::size_t row, char*& at) const;
template std::size_t FastRows::write(Spans rows, std::size_t row, char*& at) const;

char* FastRows::write_first(char* at) const {
  if (found_[0].figures == nullptr) return nullptr;
  ResultWriter results{written_.data(), written_.data() + written_.size(), figures_.data()};
  return write_results(results, found_[0], 0, at);
}

[[gnu::always_inline]] inline char* FastRows::write_results(ResultWriter results,
                                                            const Found& found, std::size_t row,
                                                            char* at) const {
  const LeafFigure* const* asked = found.figures->asked.data();
  const Figures* figure = results.figures;
  for (const Written* written = results.first; written != results.last; ++written) {
    if (!written->is_figure) {
      at = write_word(found, written->result, at);
      *at++ = ',';
      continue;
    }
    if (*asked != nullptr) {
      int scale = (*asked)->scale;
      at = figure->write(row, scale, at);
      if (written->is_line) at = cut_zeros(at, scale - found.figures->piece.fee.scale);
    }
    ++asked;
    ++figure;
    *at++ = ',';
  }
  at[-1] = '\n';
  return at;
}

char* FastRows::write_word(const Found& found, Result result, char* at) const {
  auto word = [&](std::string_view text) { return std::copy(text.begin(), text.end(), at); };
  switch (result) {
    case Result::status:
      return word(layout_.billed ? "match" : "ok");
    case Result::credit_currency:
      return word(found.leaf->leaf.credit_currency.code());
    case Result::difference:
      return write_units(at, 0, found.figures->piece.fee.scale);
    case Result::fee:
    case Result::debit:
    case Result::credit:  // figures
    case Result::other_fees:
    case Result::cause:
    case Result::reason:  // nothing, of a row that is ok
      break;
  }
  return at;
}

}  // namespace levy
