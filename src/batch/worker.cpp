#include "batch/worker.h"

#include <algorithm>

#include "batch/row_text.h"
#include "batch/separators.h"
#include "formats/csv.h"
#include "formats/json_lines.h"

namespace levy {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// May its records be told apart by commas and line ends alone?
bool is_plain(std::string_view text) {
  if (text.find('"') != npos) return false;
  for (std::size_t at = text.find('\r'); at != npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return false;
  }
  return true;
}

// Where every line gets one, so does a blank one.
Row blank_line(std::string_view line) {
  Row row;
  row.raw = line;
  row.fault = Diagnostic{Code::bad_file, "the line is blank", "write one object a line"};
  row.fault->place.column = 1;
  return row;
}

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

Worker::Worker(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
               Ledger* ledger, std::string file)
    : options_(options),
      layout_(layout),
      file_(std::move(file)),
      asker_(tariff, options, layout, ledger),
      fast_(tariff, options, layout, asker_),
      shapes_(layout.columns),
      cells_(layout.columns.size()) {
  any_input_column_ =
      !layout.output.empty() && layout.output.front().kind == OutputColumn::Kind::input;
}

void Worker::work(const Chunk& chunk, ChunkAnswer& answer) {
  bool slices = layout_.input == TableForm::csv && chunk.size <= record_bytes_max &&
                layout_.columns.size() > 1 && is_plain(chunk.text());
  if (slices) {
    work_slices(chunk, answer);
  } else if (layout_.input == TableForm::json_lines) {
    work_lines(chunk, answer);
  } else {
    work_rows(chunk.text(), 0, 0, answer);
    answer.line_ends = line_ends(chunk.text());
  }
}

Totals Worker::totals() const {
  Totals totals = totals_;
  fast_.add_to(totals);
  return totals;
}

// ---- records without quotes --------------------------------------------------------------------

void Worker::work_slices(const Chunk& chunk, ChunkAnswer& answer) {
  std::string_view text = chunk.text();
  std::size_t count = find_separators(text, separators_);
  std::size_t columns = layout_.columns.size();
  std::size_t begin = 0;
  for (std::size_t first = 0; begin < text.size();) {
    std::size_t last = first;  // the line end's
    while (last < count && (separators_[last] & line_end_bit) == 0) ++last;
    std::size_t end = last < count ? separators_[last] & ~line_end_bit : text.size();
    std::string_view record = text.substr(begin, end - begin);
    bool whole = last - first + 1 == columns && last < count;
    if (whole) {
      work_slice(record, &separators_[first], last - first, text, answer);
    } else {
      work_rows(text.substr(begin, end - begin + (last < count ? 1 : 0)), answer.line_ends, begin,
                answer);
    }
    if (last < count) ++answer.line_ends;
    begin = end + 1;
    first = last + 1;
  }
}

void Worker::work_slice(std::string_view record, const std::uint32_t* separators, std::size_t count,
                        std::string_view text, ChunkAnswer& answer) {
  if (!record.empty() && record.back() == '\r') record.remove_suffix(1);
  std::size_t begin = static_cast<std::size_t>(record.data() - text.data()), start = begin;
  for (std::size_t i = 0; i < count; ++i) {
    cells_[i] = text.substr(start, separators[i] - start);
    start = separators[i] + 1;
  }
  cells_[count] = text.substr(start, begin + record.size() - start);
  std::size_t room = record.size() + layout_.output.size() + 1;
  char* at = answer.rows.room(room);
  char* row_begin = at;
  if (layout_.passes_whole) {
    std::memcpy(at, record.data(), record.size());
    at += record.size();
  } else {
    for (const OutputColumn& column : layout_.output) {
      if (column.kind != OutputColumn::Kind::input) break;
      if (at != row_begin || &column != &layout_.output.front()) *at++ = ',';
      const std::string_view cell = cells_[column.index];
      std::memcpy(at, cell.data(), cell.size());
      at += cell.size();
    }
  }
  std::size_t before = answer.rows.text().size();
  answer.rows.wrote(at);
  if (fast_.answer(cells_, CellForm::slices, any_input_column_, answer.rows)) {
    answer.rows.append("\n");
    ++answer.row_count;
    return;
  }
  answer.rows.cut(before);
  Row row;
  row.raw = record;
  row.texts.assign(cells_.begin(), cells_.end());
  ask(row, answer.line_ends, begin, answer);
}

// ---- lines of JSON -----------------------------------------------------------------------------

void Worker::work_lines(const Chunk& chunk, ChunkAnswer& answer) {
  std::string_view text = chunk.text();
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::size_t next = std::min(end + 1, text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (options_.every_line && line.find_first_not_of(" \t\r") == npos) {
      ask(blank_line(line), answer.line_ends, begin, answer);
    } else if (!work_line(line, answer)) {
      work_rows(text.substr(begin, next - begin), answer.line_ends, begin, answer);
    }
    if (next > end) ++answer.line_ends;
    begin = next;
  }
}

// False: it is asked in full, or is of no known shape.
bool Worker::work_line(std::string_view line, ChunkAnswer& answer) {
  bool csv = layout_.output_form == TableForm::csv;
  if (!csv || line.size() > record_bytes_max || !shapes_.read(line, cells_)) return false;
  std::size_t before = answer.rows.text().size();
  for (const OutputColumn& column : layout_.output) {
    if (column.kind != OutputColumn::Kind::input) break;
    std::string_view cell = cells_[column.index];
    if (cell.find(',') != npos) {
      answer.rows.cut(before);
      return false;
    }
    char* at = answer.rows.room(cell.size() + 1);
    if (&column != &layout_.output.front()) *at++ = ',';
    std::memcpy(at, cell.data(), cell.size());
    answer.rows.wrote(at + cell.size());
  }
  if (fast_.answer(cells_, CellForm::plain, any_input_column_, answer.rows)) {
    answer.rows.append("\n");
    ++answer.row_count;
    return true;
  }
  answer.rows.cut(before);
  return false;
}

// ---- any records -------------------------------------------------------------------------------

NextRow Worker::reader_of(std::string_view text) const {
  if (layout_.input == TableForm::json_lines) {
    auto reader = std::make_shared<JsonLinesReader>(file_, ByteWindow(read_from(text)));
    return [reader](Row& row) { return reader->next(row); };
  }
  auto reader = std::make_shared<CsvReader>(file_, ByteWindow(read_from(text)));
  reader->name_columns(layout_.columns, options_.every_line);
  return [reader](Row& row) { return reader->next(row); };
}

void Worker::work_rows(std::string_view text, std::size_t line, std::size_t byte,
                       ChunkAnswer& answer) {
  NextRow next = reader_of(text);
  Row row;
  while (next(row)) {
    take(row, line + row.line - 1, byte + row.byte_offset, answer);
    if (layout_.output_form == TableForm::csv) shapes_.learn(row);
  }
}

void Worker::find_cells(const Row& row) {
  if (row.fault) return;
  if (layout_.input == TableForm::csv) {
    cells_.assign(row.texts.begin(), row.texts.end());
    return;
  }
  for (std::size_t i = 0; i < layout_.columns.size(); ++i)
    cells_[i] = row.text_of(layout_.columns[i]);
}

void Worker::take(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer) {
  find_cells(row);
  bool csv = layout_.output_form == TableForm::csv;
  if (!row.fault && csv) {
    std::size_t before = answer.rows.text().size();
    scratch_.clear();
    append_input(scratch_, layout_, row, cells_);
    answer.rows.append(scratch_);
    if (fast_.answer(cells_, CellForm::any, any_input_column_, answer.rows)) {
      answer.rows.append("\n");
      ++answer.row_count;
      return;
    }
    answer.rows.cut(before);
  }
  ask(row, line, byte, answer);
}

void Worker::ask(const Row& row, std::size_t line, std::size_t byte, ChunkAnswer& answer) {
  RowAnswer asked;
  if (row.fault) {
    asked.status = RowStatus::error;
    asked.faults = {*row.fault};
  } else {
    asked = asker_.ask(cells_);
  }
  ++answer.row_count;
  count(asked);
  scratch_.clear();
  append_row(scratch_, layout_, row, cells_, asked);
  answer.rows.append(scratch_);
  if (asked.status != RowStatus::error) return;
  RowFault fault;
  fault.line = line;
  fault.byte = byte;
  fault.column = column_of(row, asked.faults.front());
  fault.fault = asked.faults.front();
  fault.record = std::string(row.raw);
  answer.faults.push_back(std::move(fault));
}

// Which column a fault is about: readers of fields begin their messages with the field's name.
std::string Worker::column_of(const Row& row, const Diagnostic& fault) const {
  if (row.fault) return std::to_string(row.fault->place.column);
  std::string_view best;
  std::size_t column = npos;
  for (const BoundField& field : layout_.fields) {
    bool named = fault.message.starts_with(field.name + " ") ||
                 (fault.code == Code::unknown_operation && field.name == "operation");
    if (named && field.name.size() > best.size()) {
      best = field.name;
      column = field.column;
    }
  }
  return column == npos ? std::string() : layout_.columns[column];
}

// ---- totals ------------------------------------------------------------------------------------

void Worker::count(const RowAnswer& answer) {
  ++totals_.rows;
  switch (answer.status) {
    case RowStatus::ok:
      ++totals_.ok;
      break;
    case RowStatus::declined:
      ++totals_.declined;
      for (const std::string& limit : answer.blocked_by) ++totals_.declined_by[limit];
      return;
    case RowStatus::error:
      ++totals_.errors;
      ++totals_.error_codes[std::string(to_string(answer.faults.front().code))];
      return;
    case RowStatus::match:
      ++totals_.matched;
      break;
    case RowStatus::mismatch:
      ++totals_.mismatched;
      break;
  }
  const Quote& quote = *answer.quote;
  Currency own = quote.operation.currency;
  CurrencyTotals& totals = totals_.currencies[own];
  ++totals.rows;
  totals.amount += *quote.operation.amount;
  totals.fee += quote.fees.at(own);
  totals.debit += quote.debit.at(own);
  totals_.credits[quote.credit.currency] += quote.credit.amount;
  for (const auto& [currency, fee] : quote.fees) {
    if (currency != own) totals_.other_fees[currency] += fee;
  }
  for (const Line& line : quote.lines) {
    LineTotals& of_fee = totals_.fees[{line.fee->id, line.amount.currency}];
    ++of_fee.rows;
    of_fee.amount += line.amount.amount;
  }
  count_billing(answer);
}

void Worker::count_billing(const RowAnswer& answer) {
  if (answer.status != RowStatus::mismatch) return;
  ++totals_.causes[answer.cause.empty() ? "unknown" : answer.cause];
  const Quote& quote = *answer.quote;
  std::vector<std::string> groups = {""};
  for (const Line& line : quote.lines) groups.push_back("fee " + line.fee->id);
  for (std::string_view name : {"method", "tier"}) {
    auto found = quote.operation.attributes.find(name);
    if (found != quote.operation.attributes.end())
      groups.push_back(std::string(name) + " " + found->second);
  }
  for (const std::string& group : groups) {
    BillingTotals& billing = totals_.billing[{group, quote.operation.currency}];
    bool over = answer.difference.sign() > 0;
    ++(over ? billing.over_rows : billing.under_rows);
    (over ? billing.over : billing.under) += absolute(answer.difference);
  }
}

}  // namespace levy
