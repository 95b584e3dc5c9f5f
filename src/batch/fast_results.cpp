// What the rows that leaves answered look like in the output.
#include <algorithm>

#include "batch/fast_rows.h"

namespace levy {
namespace {

// A figure never ends with its point: in a currency without minor digits that goes as well.
char* cut_zeros(char* at, int most) {
  for (; most > 0 && at[-1] == '0'; --most) --at;
  return at[-1] == '.' ? at - 1 : at;
}

}  // namespace

std::size_t FastRows::added_bytes_max() const {
  return layout_.output.size() * (units_width_max + 1) + 64 + 2 * cell_padding;
}

// From that row on, up to the first that could not be answered.
template <class WriteInput>
[[gnu::always_inline]] inline std::size_t FastRows::write_rows(std::size_t count, std::size_t row,
                                                               char*& into,
                                                               WriteInput write_input) const {
  const Found* found = found_.data();
  ResultWriter results{written_.data(), written_.data() + written_.size(), figures_.data()};
  char* at = into;
  for (; row < count; ++row) {
    if (found[row].piece->figures == nullptr) [[unlikely]]
      break;
    at = write_results(results, found[row], row, write_input(at, row));
  }
  into = at;
  return row;
}

// A comma follows every column, and a line end takes the last one's place.
std::size_t FastRows::write(const Rows& rows, std::size_t row, char*& at) const {
  std::vector<CellRun> input;
  for (const ColumnRun& run : input_) input.push_back(rows.run(run));
  auto write_one = [](char* to, std::string_view cell) {
    to = write_cell(to, cell);
    *to++ = ',';
    return to;
  };
  // What is written might be any of the memory that members point to, as far as compilers see.
  if (input.size() == 1) {
    return input.front().look([&](auto only) {
      return write_rows(rows.count(), row, at,
                        [=](char* to, std::size_t i) { return write_one(to, only[i]); });
    });
  }
  const CellRun *first = input.data(), *last = first + input.size();
  return write_rows(rows.count(), row, at, [=](char* to, std::size_t i) {
    for (const CellRun* run = first; run != last; ++run) to = write_one(to, (*run)[i]);
    return to;
  });
}

char* FastRows::write_first(char* at) const {
  if (found_[0].piece->figures == nullptr) return nullptr;
  ResultWriter results{written_.data(), written_.data() + written_.size(), figures_.data()};
  return write_results(results, found_[0], 0, at);
}

[[gnu::always_inline]] inline char* FastRows::write_results(ResultWriter results,
                                                            const Found& found, std::size_t row,
                                                            char* at) const {
  const WorkedFigures& figures = *found.piece->figures;
  const AskedFigure* asked = figures.asked.data();
  const Figures* figure = results.figures;
  for (const Written* written = results.first; written != results.last; ++written) {
    if (!written->is_figure) {
      at = write_word(found, written->result, at);
      *at++ = ',';
      continue;
    }
    if (asked->figure != nullptr) {
      at = figure->write(row, at);
      if (written->is_line) at = cut_zeros(at, asked->scale - figures.piece.fee.scale);
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
      return word(found.piece->leaf->leaf.credit_currency.code());
    case Result::difference:
      return write_units(at, 0, found.piece->figures->piece.fee.scale);
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
