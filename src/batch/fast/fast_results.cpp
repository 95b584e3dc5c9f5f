// What the rows that lowered curves answered look like in the output.
#include <algorithm>

#include "batch/fast/fast_rows.h"
#include "formats/csv.h"

namespace levy::batch::fast {
namespace {

// A figure never ends with its point: in a currency without minor digits that goes as well.
char* cut_zeros(char* at, int most) {
  for (; most > 0 && at[-1] == '0'; --most) --at;
  return at[-1] == '.' ? at - 1 : at;
}

// A line of JSON without its last bracket, and what stands around it.
std::string_view open_object(std::string_view line) {
  while (!line.empty() && line.back() != '}') line.remove_suffix(1);
  line.remove_suffix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

// Of an object's first member, without the comma.
char* write_name(char* at, std::string_view name) {
  if (at[-1] == '{') name.remove_prefix(2);
  return std::copy(name.begin(), name.end(), at);
}

}  // namespace

std::size_t FastRows::added_bytes_max() const {
  std::size_t names = 0;
  for (const Member& member : members_) names += member.name.size() + 2;
  for (const Written& written : written_) names += written.member.size() + 4;
  return layout_.output.size() * (units_width_max + 1) + names + 64 + 2 * cell_padding +
         reason_bytes_max_ + words_bytes_max_;
}

// From that row on, up to the first that could not be answered.
template <class WriteInput>
[[gnu::always_inline]] inline std::size_t FastRows::write_rows(std::size_t count, std::size_t row,
                                                               char*& into,
                                                               WriteInput write_input) const {
  const Found* found = found_.data();
  const ResultWriter results = result_writer();
  char* at = into;
  for (; row < count; ++row) {
    if (found[row].piece->figures == nullptr) [[unlikely]]
      break;
    at = write_results(results, found[row], row, write_input(at, row));
  }
  into = at;
  return row;
}

// A divider follows every column, and a line end takes the last one's place.
std::size_t FastRows::write(const Rows& rows, std::size_t row, char*& at, const CellSpan* lines) {
  const std::size_t end = counted_.is_needed() ? judge(rows.count(), row) : rows.count();
  if (to_json_) return write_json(rows, end, row, at, lines);
  std::vector<CellRun> input;
  for (const ColumnRun& run : input_) {
    if (!rows.are_apart()) {
      input.push_back(rows.run(run));
      continue;
    }
    for (std::size_t column = run.first; column <= run.last; ++column)
      input.push_back(rows.run({column, column}));
  }
  auto write_one = [divider = layout_.divider()](char* to, std::string_view cell) {
    to = write_cell(to, cell);
    *to++ = divider;
    return to;
  };
  // What is written might be any of the memory that members point to, as far as compilers see.
  if (input.size() == 1) {
    return input.front().look([&](auto only) {
      return write_rows(end, row, at,
                        [=](char* to, std::size_t i) { return write_one(to, only[i]); });
    });
  }
  const CellRun *first = input.data(), *last = first + input.size();
  return write_rows(end, row, at, [=](char* to, std::size_t i) {
    for (const CellRun* run = first; run != last; ++run) to = write_one(to, (*run)[i]);
    return to;
  });
}

char* FastRows::write_first(char* at) {
  if (counted_.is_needed()) judge(1, 0);
  if (found_[0].piece->figures == nullptr) return nullptr;
  if (to_json_) return write_json_results(found_[0], 0, at);
  return write_results(result_writer(), found_[0], 0, at);
}

FastRows::ResultWriter FastRows::result_writer() const {
  return {written_.data(), written_.data() + written_.size(), figures_.data(), layout_.divider(),
          layout_.output_form == rows::TableForm::tsv};
}

[[gnu::always_inline]] inline char* FastRows::write_results(ResultWriter results,
                                                            const Found& found, std::size_t row,
                                                            char* at) const {
  const PieceFigures& figures = *found.piece->figures;
  const AskedFigure* asked = figures.asked.data();
  const Figures* figure = results.figures;
  for (const Written* written = results.first; written != results.last; ++written) {
    char* begin = at;
    if (!written->is_figure) {
      at = write_word(found, written->result, row, at);
    } else {
      if (asked->figure != nullptr) {
        at = figure->write(row, at);
        if (written->is_line) at = cut_zeros(at, asked->scale - figures.piece.fee.scale);
      }
      ++asked;
      ++figure;
    }
    if (results.writes_null && at == begin)
      at = std::copy(formats::tsv_null.begin(), formats::tsv_null.end(), at);
    *at++ = results.divider;
  }
  at[-1] = '\n';
  return at;
}

// ---- lines of JSON -----------------------------------------------------------------------------

std::size_t FastRows::write_json(const Rows& rows, std::size_t count, std::size_t row, char*& into,
                                 const CellSpan* lines) const {
  char* at = into;
  for (; row < count; ++row) {
    if (found_[row].piece->figures == nullptr) [[unlikely]]
      break;
    if (lines != nullptr) {
      std::string_view line = open_object(rows.text(lines[row]));
      at = std::copy(line.begin(), line.end(), at);
    } else {
      *at++ = '{';
      at = write_members(rows, row, at);
    }
    at = write_json_results(found_[row], row, at);
  }
  into = at;
  return row;
}

// What the row gives: of a CSV as strings, of lines of JSON as they have it. There a cell of a
// value that is not given stands nowhere in the text, and a string between quotes.
char* FastRows::write_members(const Rows& rows, std::size_t row, char* at) const {
  const bool is_json = layout_.input == rows::TableForm::json_lines;
  for (const Member& member : members_) {
    std::string_view cell = rows.cell(row, member.column);
    if (is_json ? cell.data() == rows.text() : cell.empty()) continue;
    at = write_name(at, member.name);
    const bool has_quotes = !is_json || cell.data()[-1] == '"';
    if (has_quotes) *at++ = '"';
    at = write_cell(at, cell);
    if (has_quotes) *at++ = '"';
  }
  return at;
}

// After the object's members so far; closes it.
char* FastRows::write_json_results(const Found& found, std::size_t row, char* at) const {
  const PieceFigures& figures = *found.piece->figures;
  const AskedFigure* asked = figures.asked.data();
  const Figures* figure = figures_.data();
  for (const Written& written : written_) {
    at = write_name(at, written.member);
    char* begin = at++;
    if (!written.is_figure) {
      at = write_word(found, written.result, row, at);
    } else {
      if (asked->figure != nullptr) at = figure->write(row, at);
      if (asked->figure != nullptr && written.is_line)
        at = cut_zeros(at, asked->scale - figures.piece.fee.scale);
      ++asked;
      ++figure;
    }
    bool is_null = at == begin + 1;
    *begin = is_null ? 'n' : '"';
    at = is_null ? std::copy_n("ull", 3, at) : std::copy_n("\"", 1, at);
  }
  return std::copy_n("}\n", 2, at);
}

char* FastRows::write_word(const Found& found, rows::Result result, std::size_t row,
                           char* at) const {
  auto word = [&](std::string_view text) { return std::copy(text.begin(), text.end(), at); };
  switch (result) {
    case rows::Result::status:
      if (!blocked_.empty() && blocked_[row] != 0) return word("declined");
      return word(layout_.billed.empty() ? "ok" : "match");
    case rows::Result::credit_currency:
      return word(found.piece->table->curve.credit_currency.code());
    case rows::Result::version:
      return word(found.piece->table->curve.plan->schedule.version);
    case rows::Result::digest:
      return word(layout_.digests.at(found.piece->table->curve.plan));
    case rows::Result::difference:  // of several comparisons, none is named
      if (layout_.billed.size() > 1) break;
      return write_difference(found, at);
    case rows::Result::amount:
    case rows::Result::fee:
    case rows::Result::debit:
    case rows::Result::credit:  // figures
    case rows::Result::other_fees:
    case rows::Result::cause:  // nothing, of a row that is ok
      break;
    case rows::Result::reason:
      return write_reason(row, at);
  }
  return at;
}

char* FastRows::write_difference(const Found& found, char* at) const {
  const rows::LoweredFigure* figure = found.piece->figures->asked[figures_.size()].figure;
  return write_units(at, 0,
                     figure != nullptr ? figure->scale : found.piece->figures->piece.fee.scale);
}

// The limits that do not hold, semicolons between them.
char* FastRows::write_reason(std::size_t row, char* at) const {
  if (blocked_.empty() || blocked_[row] == 0) return at;
  const std::vector<CountedCell::Test>& tests = cells_[row]->tests;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if ((blocked_[row] >> i & 1) == 0) continue;
    const std::string& id = tests[i].limit->id;
    at = std::copy(id.begin(), id.end(), at);
    *at++ = ';';
  }
  return at - 1;
}

}  // namespace levy::batch::fast
