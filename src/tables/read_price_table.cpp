// From a table as people keep it to a list of prices, and what had to be assumed.
#include <algorithm>
#include <optional>

#include "base/suggest.h"
#include "money/likely.h"
#include "money/rational.h"
#include "money/rounding.h"
#include "schedule/attributes.h"
#include "schedule/decode/reader.h"
#include "tables/table_text.h"

namespace levy::tables {
namespace {

bool is_number_column(std::string_view column) {
  static const std::vector<std::string> columns = {
      "from", "above", "up_to", "below", "percent", "bps", "flat", "per", "min", "max", "margin"};
  return is_among(columns, column);
}

class PriceTableReader {
 public:
  PriceTableReader(std::string file, std::string currency)
      : default_currency_(std::move(currency)) {
    table_.file = std::move(file);
  }

  Checked<ReadPrices> run(std::string_view text) {
    table_.read(text);
    if (table_.faults.empty()) name_columns();
    if (table_.faults.empty()) report_no_prices();
    if (table_.faults.empty()) find_number_style();
    if (table_.faults.empty()) find_currency();
    if (table_.faults.empty())
      for (const TableLine& line : table_.lines) read_row(line);
    if (table_.faults.empty()) settle_ranges(read_.list.rows, table_);
    if (table_.faults.empty()) report_repeated();
    if (!table_.faults.empty()) return std::move(table_.faults);
    tell_attributes();
    read_.list.currency = currency_;
    read_.assumed = std::move(table_.assumed);
    return std::move(read_);
  }

 private:
  using Range = PriceRow::Range;
  // Each column is one of a price, or an attribute.
  void name_columns() {
    for (const std::string& name : table_.header.cells) {
      std::string known = price_column(name);
      if (known.empty() && name.starts_with("attribute ")) known = "@" + name.substr(10);
      if (known.empty()) known = "@" + name_of_words(name, '_');
      bool used = std::any_of(table_.lines.begin(), table_.lines.end(), [&](const TableLine& line) {
        return !line.cells[table_.columns.size()].empty();
      });
      if (known == "@" && used)
        table_.fault(Code::misspelt_column,
                     name.empty() ? "a column without a name has cells"
                                  : "no name can be made of the column " + in_quotes(name),
                     "give it a name that begins with a letter from a to z", table_.header,
                     table_.columns.size());
      if (table_.has(known) && known != "@")
        table_.fault(Code::misspelt_column, "two columns mean " + plain(known),
                     "keep one of them, or rename one", table_.header, table_.columns.size());
      if (!known.starts_with("@") && name_of_words(name, '_') != known)
        table_.assume("the column " + in_quotes(name) + " is " + known);
      if (known != "@" && !used && known.starts_with("@"))
        table_.assume("the column " + in_quotes(name) + " is empty, and is not used"), known = "@";
      report_attribute(known, name);
      table_.columns.push_back(known);
    }
  }

  // A table whose columns have names of another language is not one of attributes alone.
  void report_no_prices() {
    static const std::vector<std::string> prices = {"percent", "bps", "flat",  "per",
                                                    "min",     "max", "margin"};
    bool has_price = std::any_of(prices.begin(), prices.end(),
                                 [&](const std::string& one) { return table_.has(one); });
    if (has_price) return;
    table_.fault(
        Code::misspelt_column, "no column of this table is a price",
        "call those with prices " + join_or(prices) + "; levy-init(1) has the names of all columns",
        table_.header, 0);
  }

  static std::string plain(std::string_view column) {
    return std::string(column.starts_with("@") ? column.substr(1) : column);
  }

  void report_attribute(const std::string& known, const std::string& name) {
    if (!known.starts_with("@") || known == "@") return;
    std::string attribute = known.substr(1);
    if (attribute == "tier" || schedule::follows_from_time(attribute)) {
      table_.fault(Code::misspelt_column, "a table of prices cannot ask for " + attribute,
                   "make the schedule without it, and write the condition into it by hand",
                   table_.header, table_.columns.size());
    } else if (!is_among(schedule::builtin_attributes(), attribute) &&
               !schedule::decode::is_id(attribute)) {
      table_.fault(Code::misspelt_column, in_quotes(name) + " cannot be the name of an attribute",
                   "call it otherwise, \"by_" + attribute + "\"", table_.header,
                   table_.columns.size());
    }
  }

  // ---- numbers and money -----------------------------------------------------------------------

  template <class Visit>
  void each_number(const TableLine& line, const Visit& visit) const {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      if (!is_number_column(table_.columns[i])) continue;
      for (const std::string& part : split_at(line.cells[i], '|'))
        for (const std::string& one :
             table_.columns[i] == "per" ? split_at(part, '/') : std::vector<std::string>{part})
          if (std::string digits = take_apart(one).digits; !digits.empty()) visit(i, digits);
    }
  }

  void find_number_style() {
    for (const TableLine& line : table_.lines) {
      each_number(line, [&](std::size_t column, const std::string& digits) {
        if (style_.look(digits, line.line)) return;
        table_.fault(Code::bad_decimal,
                     in_quotes(digits) + " has another sign before its decimals than " +
                         in_quotes(style_.seen()) + " in line " + std::to_string(style_.line()),
                     "write all numbers in one way: 1234.50 or 1234,50", line, column);
      });
    }
    if (!table_.faults.empty()) return;
    if (style_.has_comma())
      table_.assume("a comma stands before decimals, as in " + in_quotes(style_.seen()) +
                    " in line " + std::to_string(style_.line()));
    if (style_.is_settled(table_.separator)) return;
    for (const TableLine& line : table_.lines) {
      if (line.line != style_.ambiguous_line()) continue;
      std::vector<std::string> may_be = likely_decimals(style_.ambiguous());
      std::size_t at = 0;
      each_number(line, [&](std::size_t column, const std::string& digits) {
        if (digits == style_.ambiguous()) at = column;
      });
      table_.fault(
          Code::bad_decimal, in_quotes(style_.ambiguous()) + " may be two numbers",
          may_be.empty() ? "write it without a sign between thousands" : "write " + join_or(may_be),
          line, at);
    }
  }

  std::optional<std::string> number(const std::string& digits, const std::string& column,
                                    const TableLine& line, bool fraction = false) {
    std::string text = style_.canonical(digits);
    bool sound = fraction ? static_cast<bool>(parse_fraction(text, FractionOf::whole_numbers))
                          : static_cast<bool>(parse_decimal(text));
    if (!digits.empty() && sound) return text;
    table_.fault_in(column, Code::bad_decimal,
                    in_quotes(table_.cell(line, column)) + " is not a number",
                    "write digits, and decimals after a point: 12.50", line);
    return std::nullopt;
  }

  std::string share(const TableLine& line, const std::string& column) {
    std::string text = table_.cell(line, column);
    if (text.empty()) return "";
    NumberText parts = take_apart(text);
    bool sign = parts.after == "%" && column != "bps";
    if (!parts.before.empty() || (!parts.after.empty() && !sign)) {
      table_.fault_in(column, Code::bad_decimal, in_quotes(text) + " is not a number",
                      "write digits only: 2.9", line);
      return "";
    }
    return number(parts.digits, column, line, true).value_or("");
  }

  // What a bare amount of the row is in; "" where nothing says it.
  std::string currency_of_row(const TableLine& line) const {
    std::vector<std::string> codes = codes_of_row(line);
    if (codes.size() == 1) return codes[0];
    return codes.empty() ? currency_ : "";
  }
  std::vector<std::string> codes_of_row(const TableLine& line) const {
    std::string text = table_.has("currency") ? table_.cell(line, "currency") : "";
    if (text.empty() || text == "*" || text.starts_with("not ")) return {};
    return split_at(text, '|');
  }

  std::string one_money(const std::string& text, const std::string& column, const TableLine& line) {
    NumberText parts = take_apart(text);
    std::string code = parts.before.empty() ? parts.after : parts.before;
    if (!parts.before.empty() && !parts.after.empty()) code = parts.before + " " + parts.after;
    std::optional<std::string> amount = number(parts.digits, column, line);
    if (!amount) return "";
    if (!code.empty() && !is_currency(code)) {
      std::string likely = likely_currency(code, {});
      table_.fault_in(column, Code::unknown_currency, in_quotes(code) + " is not a currency's code",
                      likely.empty() ? "write the amount alone, or with an ISO 4217 code: 0.30 USD"
                                     : "write " + likely,
                      line);
      return "";
    }
    if (code.empty()) code = currency_of_row(line);
    if (code.empty())
      table_.fault_in(column, Code::bad_amount, in_quotes(text) + " names no currency",
                      "add a column currency, or give --currency EUR", line);
    return *amount + " " + code;
  }

  PriceMoney money(std::string text, const std::string& column, const TableLine& line) {
    PriceMoney money;
    if (text.empty()) return money;
    if (text.starts_with('[') && text.ends_with(']')) {
      text = text.substr(1, text.size() - 2);
      money.as_list = true;
    }
    for (const std::string& part : split_at(text, '|'))
      money.entries.push_back(one_money(part, column, line));
    money.as_list = money.as_list && money.entries.size() == 1;
    return money;
  }
  PriceMoney money_in(const TableLine& line, const std::string& column) {
    return money(table_.cell(line, column), column, line);
  }

  // ---- currencies ------------------------------------------------------------------------------

  static bool is_currency(std::string_view code) { return find_iso_digits(code).has_value(); }

  // One currency for all rows is the schedule's; several are what rows ask for.
  void find_currency() {
    currency_ = default_currency_;
    if (!table_.has("currency")) {
      if (!currency_.empty()) table_.assume("bare amounts are in " + currency_ + " (--currency)");
      return;
    }
    std::string first = table_.cell(table_.lines.front(), "currency");
    bool one = std::all_of(table_.lines.begin(), table_.lines.end(), [&](const TableLine& line) {
      return table_.cell(line, "currency") == first;
    });
    for (const TableLine& line : table_.lines)
      for (const std::string& code : codes_of_row(line))
        if (!is_currency(code))
          table_.fault_in(
              "currency", Code::unknown_currency, in_quotes(code) + " is not a currency's code",
              "write an ISO 4217 code such as EUR; others must be declared in a schedule", line);
    bool sets_schedule = one && is_currency(first) && (currency_.empty() || currency_ == first);
    asks_for_currency_ = !sets_schedule;
    if (!sets_schedule) return;
    currency_ = first;
    table_.assume("all prices are in " + first + ", and nothing is converted");
  }

  // ---- a row -----------------------------------------------------------------------------------

  void read_row(const TableLine& line) {
    PriceRow row;
    row.line = line.line;
    row.title = table_.cell(line, "title");
    row.case_title = table_.cell(line, "case");
    read_operations(line, row);
    read_fee(line, row);
    read_words(line, row);
    read_tests(line, row);
    row.bounds = {money_in(line, "from"), money_in(line, "above"), money_in(line, "up_to"),
                  money_in(line, "below")};
    row.percent = share(line, "percent");
    row.bps = share(line, "bps");
    row.margin = share(line, "margin");
    row.flat = money_in(line, "flat");
    read_per(line, row);
    row.min = money_in(line, "min");
    row.max = money_in(line, "max");
    if (!row.has_price() && row.min.empty() && row.max.empty() && table_.cell(line, "per").empty())
      table_.fault(Code::bad_value, "the row has no price",
                   "write 0 in the column flat where nothing is charged", line, 0);
    read_.list.rows.push_back(std::move(row));
  }

  void read_operations(const TableLine& line, PriceRow& row) {
    std::string text = table_.cell(line, "operation");
    if (text.empty() || text == "*") {
      table_.assume(table_.has("operation")
                        ? "a row without an operation is for all operations"
                        : "the prices are for any operation, as there is no column operation");
      return;
    }
    for (const std::string& word : split_at(text, '|')) {
      std::string name = schedule::decode::is_id(word) ? word : name_of_words(word, '_');
      if (!schedule::decode::is_id(name)) {
        table_.fault_in("operation", Code::bad_id, in_quotes(word) + " cannot name an operation",
                        "write a name that begins with a letter from a to z", line);
        return;
      }
      if (name != word) table_.assume("the operation " + in_quotes(word) + " is called " + name);
      row.operations.push_back(std::move(name));
    }
  }

  void read_fee(const TableLine& line, PriceRow& row) {
    if (!table_.has("fee")) {
      row.fee = row.operations.empty() ? "fee" : row.operations.front() + "-fee";
      return;
    }
    std::string text = table_.cell(line, "fee");
    row.fee = schedule::decode::is_id(text) ? text : name_of_words(text, '-');
    if (!schedule::decode::is_id(row.fee)) {
      table_.fault_in("fee", Code::bad_id, in_quotes(text) + " cannot name a fee",
                      "write the fee's name here, and what it costs in percent or flat", line);
      return;
    }
    if (row.fee == text) return;
    if (row.title.empty()) row.title = text;
    table_.assume("the fee " + in_quotes(text) + " has the id " + row.fee);
  }

  bool flag(const TableLine& line, const std::string& column) {
    std::string text = table_.cell(line, column);
    if (text.empty() || text == "false") return false;
    if (text == "true") return true;
    table_.fault_in(column, Code::bad_value, in_quotes(text) + " is neither true nor false",
                    "write true, or leave the cell empty", line);
    return false;
  }

  void read_words(const TableLine& line, PriceRow& row) {
    row.collect = word(line, "collect", {"on_top", "deducted", "none"});
    if (!table_.has("collect"))
      table_.assume(
          "fees are paid on top of the amount (a column collect says which "
          "are deducted from it)");
    row.optional = word(line, "otherwise", {"no_fee", "error"}) == "no_fee";
    std::string range = word(line, "bands", {"slab", "graduated", "condition"});
    row.range = range == "slab"        ? Range::slab
                : range == "graduated" ? Range::graduated
                : range == "condition" ? Range::condition
                                       : Range::none;
    row.waived = flag(line, "waived");
    row.convert = flag(line, "convert");
    std::string of = table_.cell(line, "of");
    if (!of.empty()) row.of = split_at(of, '|');
    read_round(line, row);
  }

  std::string word(const TableLine& line, const std::string& column,
                   const std::vector<std::string>& words) {
    std::string text = table_.cell(line, column);
    std::string name = name_of_words(text, '_');
    if (text.empty() || is_among(words, name)) return name;
    table_.fault_in(
        column, Code::bad_value,
        in_quotes(text) + " is not what " + column + " can be" + did_you_mean(name, words),
        "write " + join_or(words), line);
    return "";
  }

  // "half-up", "to 0.05", "up to 1 CNY".
  void read_round(const TableLine& line, PriceRow& row) {
    std::string text = table_.cell(line, "round");
    if (text.empty()) return;
    if (text == "none") {
      row.round.none = true;
      return;
    }
    std::size_t to = text.starts_with("to ") ? 0 : text.find(" to ");
    row.round.mode = trimmed(std::string_view(text).substr(0, to));
    if (to != npos)
      row.round.to.entries = split_at(std::string_view(text).substr(text.find("to ", to) + 3), '|');
    if (!row.round.mode.empty() && !find_rounding_mode(row.round.mode))
      table_.fault_in(
          "round", Code::bad_value, in_quotes(row.round.mode) + " is not a way of rounding",
          "write " + join_or(rounding_mode_words()) + ", and perhaps \"to 0.05\"", line);
  }

  void read_tests(const TableLine& line, PriceRow& row) {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      bool currency = table_.columns[i] == "currency" && asks_for_currency_;
      if (!currency && (!table_.columns[i].starts_with("@") || table_.columns[i] == "@")) continue;
      std::string text = line.cells[i];
      if (text.empty() || text == "*") continue;
      PriceTest test{plain(table_.columns[i]), text.starts_with("not "), {}};
      for (std::string& value : split_at(test.negated ? text.substr(4) : text, '|')) {
        if (value.empty() || value.starts_with('@'))
          table_.fault(Code::bad_value,
                       in_quotes(text) + " is not a value, or values with | between them",
                       "name each value: bank|card", line, i);
        test.values.push_back(std::move(value));
      }
      row.tests.push_back(std::move(test));
    }
  }

  // "0.50 EUR / 1000 EUR complete": a price, for each of so much.
  void read_per(const TableLine& line, PriceRow& row) {
    std::string text = table_.cell(line, "per");
    if (text.empty()) return;
    row.complete_blocks = text.ends_with(" complete");
    if (row.complete_blocks) text = trimmed(std::string_view(text).substr(0, text.size() - 9));
    std::vector<std::string> parts = split_at(text, '/');
    if (parts.size() != 2) {
      table_.fault_in("per", Code::bad_value,
                      in_quotes(text) + " is not a price for each of so much",
                      "write 0.50 / 1000: 0.50 for each 1000 begun", line);
      return;
    }
    row.charge = money(parts[0], "per", line);
    row.every = money(parts[1], "per", line);
  }
  // ---- the whole -------------------------------------------------------------------------------

  void report_repeated() {
    const std::vector<PriceRow>& rows = read_.list.rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (rows[i].fee != rows[k].fee) continue;
        const TableLine& line = table_.line_of(rows[i]);
        std::string other = "line " + std::to_string(rows[k].line);
        if (rows[i].tests == rows[k].tests && rows[i].range == rows[k].range &&
            rows[i].bounds == rows[k].bounds) {
          table_.fault(Code::duplicate_key, "the row asks for the same as " + other,
                       table_.has("fee")
                           ? "keep one of them, or tell them apart"
                           : "keep one of them, or add a column fee where both are charged",
                       line, 0);
          break;
        }
        if (rows[i].operations != rows[k].operations || rows[i].optional != rows[k].optional ||
            rows[i].round != rows[k].round) {
          table_.fault(Code::bad_value,
                       "the fee " + in_quotes(rows[i].fee) +
                           " has another operation, rounding or otherwise "
                           "in " +
                           other,
                       "write the same in each of its rows, or give them two ids", line, 0);
          break;
        }
      }
    }
  }

  void tell_attributes() {
    for (const schedule::Attribute& one : declared_attributes(read_.list.rows)) {
      std::string may_be = one.kind == schedule::Attribute::Kind::boolean ? "true or false"
                           : one.kind == schedule::Attribute::Kind::listed
                               ? join_or(one.values)
                               : "any text, as a row stands for all that is not named";
      table_.assume("the column " + one.name + " is an attribute of the operation: " + may_be);
    }
  }

  TableText table_;
  std::string default_currency_, currency_;
  bool asks_for_currency_ = false;
  NumberStyle style_;
  ReadPrices read_;
};

}  // namespace

Checked<ReadPrices> read_price_table(const std::string& file, std::string_view text,
                                     std::string currency) {
  return PriceTableReader(file, std::move(currency)).run(text);
}

}  // namespace levy::tables
