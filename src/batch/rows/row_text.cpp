#include "batch/rows/row_text.h"

#include <algorithm>

#include "formats/csv.h"
#include "formats/json_writer.h"

namespace levy::batch::rows {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ";") + part;
  return text;
}

std::string other_fees(const fees::Quote& quote) {
  std::string text;
  for (const auto& [currency, fee] : quote.fees) {
    if (currency == quote.operation.currency) continue;
    text += (text.empty() ? "" : ";") +
            to_string(Money{fee, currency}, quote.plan->schedule.currencies);
  }
  return text;
}

std::string figure_of(Result result, const fees::Quote& quote) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  Currency own = quote.operation.currency;
  switch (result) {
    case Result::amount:
      return quote.operation.amount ? format_amount({*quote.operation.amount, own}, currencies)
                                    : std::string();
    case Result::fee:
      return format_amount({quote.fees.at(own), own}, currencies);
    case Result::debit:
      return format_amount({quote.debit.at(own), own}, currencies);
    case Result::credit:
      return format_amount(quote.credit, currencies);
    case Result::credit_currency:
      return std::string(quote.credit.currency.code());
    case Result::other_fees:
      return other_fees(quote);
    case Result::status:
    case Result::version:
      return quote.plan->schedule.version;
    case Result::digest:
    case Result::difference:
    case Result::cause:
    case Result::reason:
      break;
  }
  return {};
}

// Of several comparisons, those that differ, each with its name.
std::string difference_text(const RowAnswer& answer) {
  const Currencies& currencies = answer.quote->plan->schedule.currencies;
  if (answer.compared.size() == 1)
    return format_amount(answer.compared.front().difference, currencies);
  std::vector<std::string> parts;
  for (const RowAnswer::Compared& one : answer.compared) {
    if (!one.difference.amount.is_zero())
      parts.push_back(one.billed->name + " " + format_amount(one.difference, currencies));
  }
  return joined(parts);
}

std::string text_of(Result result, const RowAnswer& answer) {
  if (result == Result::status) return std::string(to_string(answer.status));
  if (result == Result::reason) return joined(answer.blocked_by);
  if (!answer.quote) return {};
  bool compared = answer.status == RowStatus::match || answer.status == RowStatus::mismatch;
  if (result == Result::cause) return answer.cause.words;
  if (result == Result::difference) return compared ? difference_text(answer) : std::string();
  return figure_of(result, *answer.quote);
}

// "1.25" in the operation's currency, with its code in another.
std::string line_text(const std::string& fee, const RowAnswer& answer) {
  if (!answer.quote) return {};
  const Currencies& currencies = answer.quote->plan->schedule.currencies;
  for (const fees::Line& line : answer.quote->lines) {
    if (line.fee->id != fee) continue;
    bool own = line.amount.currency == answer.quote->operation.currency;
    return own ? format_amount(line.amount, currencies) : to_string(line.amount, currencies);
  }
  return {};
}

std::string added_text(const Layout& layout, const OutputColumn& column, const RowAnswer& answer) {
  const bool is_result = column.kind == OutputColumn::Kind::result;
  if (is_result && static_cast<Result>(column.index) == Result::digest)
    return answer.quote ? layout.digests.at(answer.quote->plan) : std::string();
  if (is_result) return text_of(static_cast<Result>(column.index), answer);
  return line_text(layout.fee_ids[column.index], answer);
}

void append_json_string(std::string& out, std::string_view text) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  json.string(text);
  out += json.text();
}

void append_name(std::string& out, std::string_view name) {
  out += out.back() == '{' ? "" : ", ";
  append_json_string(out, name);
  out += ": ";
}

// The value as the line has it; a CSV's cells are strings.
std::string_view token_of(const formats::Row& row, std::string_view name) {
  for (std::size_t i = 0; i < row.tokens.size(); ++i) {
    if (row.names[i] == name) return row.tokens[i];
  }
  return {};
}

}  // namespace

void append_cell(std::string& out, std::string_view text, const Layout& layout) {
  if (layout.output_form == TableForm::tsv)
    formats::append_tsv_cell(out, text);
  else
    formats::append_csv_cell(out, text, layout.cells);
}

void append_json_input(std::string& out, const Layout& layout, const formats::Row& row,
                       const RowCells& cells) {
  if (layout.passes_whole && !row.fault) {
    std::string_view line = row.raw;
    while (!line.empty() && line.back() != '}') line.remove_suffix(1);
    out.append(line.substr(0, line.size() - 1));
    while (out.back() == ' ' || out.back() == '\t') out.pop_back();
    return;
  }
  out += '{';
  if (row.fault) return;
  for (const OutputColumn& column : layout.output) {
    if (column.kind != OutputColumn::Kind::input) continue;
    const bool is_json = layout.input == TableForm::json_lines;
    std::string_view token = is_json ? token_of(row, column.name) : std::string_view();
    bool given = is_json ? !token.empty() : !cells[column.index].empty();
    if (!given) continue;
    append_name(out, column.name);
    if (is_json) {
      out.append(token);
    } else {
      append_json_string(out, cells[column.index]);
    }
  }
}

std::string header_line(const Layout& layout) {
  if (layout.output_form == TableForm::json_lines) return {};
  std::string line;
  for (const OutputColumn& column : layout.output) {
    if (&column != &layout.output.front()) line += layout.divider();
    if (!column.name.empty()) append_cell(line, column.name, layout);
  }
  return line + "\n";
}

void append_input(std::string& out, const Layout& layout, const formats::Row& row,
                  const RowCells& cells) {
  const bool is_json = layout.input == TableForm::json_lines;
  for (const OutputColumn& column : layout.output) {
    if (column.kind != OutputColumn::Kind::input) break;
    if (&column != &layout.output.front()) out += layout.divider();
    std::string_view text;
    if (!row.fault) {
      text = cells[column.index];
    } else if (column.index < row.texts.size()) {  // ragged: what there is of it
      text = row.texts[column.index];
    }
    // A TSV distinguishes a cell that is empty from one that is not there.
    bool as_written = layout.keeps_form() && layout.cells == formats::CsvCells::exact && !is_json &&
                      column.index < row.tokens.size();
    if (as_written) {
      out += row.tokens[column.index];
    } else {
      append_cell(out, text, layout);
    }
  }
}

namespace {

// `text_of` says what stands in a column that is not the input's.
template <class TextOf>
void append_texts(std::string& out, const Layout& layout, const formats::Row& row,
                  const RowCells& cells, TextOf text_of) {
  bool json = layout.output_form == TableForm::json_lines;
  if (json) {
    append_json_input(out, layout, row, cells);
  } else {
    append_input(out, layout, row, cells);
  }
  for (const OutputColumn& column : layout.output) {
    if (column.kind == OutputColumn::Kind::input) continue;
    const auto text = text_of(column);
    if (!json) {
      if (&column != &layout.output.front()) out += layout.divider();
      append_cell(out, text, layout);
      continue;
    }
    append_name(out, column.name);
    if (text.empty()) {
      out += "null";
    } else {
      append_json_string(out, text);
    }
  }
  out += json ? "}\n" : "\n";
}

}  // namespace

void append_row(std::string& out, const Layout& layout, const formats::Row& row,
                const RowCells& cells, const RowAnswer& answer) {
  append_texts(out, layout, row, cells,
               [&](const OutputColumn& column) { return added_text(layout, column, answer); });
}

void append_error(std::string& out, const Layout& layout, const formats::Row& row,
                  const RowCells& cells, Code code) {
  append_texts(out, layout, row, cells, [&](const OutputColumn& column) {
    if (column.kind != OutputColumn::Kind::result) return std::string_view();
    auto result = static_cast<Result>(column.index);
    if (result == Result::status) return to_string(RowStatus::error);
    return result == Result::reason ? to_string(code) : std::string_view();
  });
}

formats::Row blank_line(std::string_view line) {
  formats::Row row;
  row.raw = line;
  row.fault = Diagnostic{Code::bad_file, "the line is blank", "write one object a line"};
  row.fault->place = Place::of_record("", 1, line, 0);
  return row;
}

std::string faulty_column(const Layout& layout, const formats::Row& row, const Diagnostic& fault) {
  if (row.fault) return std::to_string(row.fault->place.column());
  std::string_view best;
  std::size_t column = std::string_view::npos;
  for (const BoundField& field : layout.fields) {
    bool named = fault.message.starts_with(field.name + " ") ||
                 (fault.code == Code::unknown_operation && field.name == "operation");
    if (named && field.name.size() > best.size()) {
      best = field.name;
      column = field.column;
    }
  }
  return column == std::string_view::npos ? std::string() : layout.columns[column];
}

}  // namespace levy::batch::rows
