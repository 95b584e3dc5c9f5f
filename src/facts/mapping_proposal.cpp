#include "facts/mapping_proposal.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/table_look.h"
#include "formats/json_writer.h"

namespace levy::facts {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t values_told = 8;

// ---- names -------------------------------------------------------------------------------------

// Without case, blanks and signs; other alphabets stay.
std::string bare_name(std::string_view name) {
  std::string text;
  for (char c : name) {
    bool is_other = static_cast<unsigned char>(c) >= 0x80;
    if (is_other || is_digit(c) || is_lower(c)) text += c;
    if (is_capital(c)) text += static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

struct FieldNames {
  std::string_view field;
  Texts names;  // bare, that surely mean it
};

// What columns of exports are called, most telling first.
const std::vector<FieldNames>& field_names() {
  static const std::vector<FieldNames> names = {
      {"amount",
       {"amount", "gross", "grossamount", "transactionamount", "betrag", "umsatz", "bruttobetrag",
        "montant", "importe", "importo", "bedrag", "valor", "金额", "金额（元）", "交易金额",
        "总额", "totalcollected", "cost", "sum"}},
      {"currency",
       {"currency", "currencycode", "ccy", "waehrung", "währung", "whg", "devise", "moneda",
        "valuta", "币种", "货币"}},
      {"time", {"time",         "datetime",    "date",          "created",
                "createdutc",   "createdat",   "timestamp",     "dateutc",
                "datum",        "buchungstag", "buchungsdatum", "transactiondate",
                "creationdate", "starteddate", "交易时间",      "交易日期",
                "日期",         "时间",        "交易创建时间",  "fecha",
                "data",         "tag",         "uhr",           "uhrzeit"}},
      {"billed",
       {"fee", "fees", "feeamount", "totalfees", "commission", "gebühr", "gebuehr", "gebühren",
        "entgelt", "frais", "手续费", "服务费", "服务费（元）", "comisión"}},
      {"id",
       {"id", "transactionid", "txid", "reference", "referenz", "pspreference", "交易号",
        "交易单号", "流水号", "订单号"}},
      {"account", {"account", "accountid", "customerid", "konto", "auftragskonto", "账号", "账户"}},
  };
  return names;
}

const FieldNames* names_of_field(std::string_view field) {
  const auto& all = field_names();
  auto found = std::find_if(all.begin(), all.end(),
                            [&](const FieldNames& one) { return one.field == field; });
  return found == all.end() ? nullptr : &*found;
}

class Proposer {
 public:
  explicit Proposer(const ProposalQuestion& question) : question_(question) {}

  Checked<MappingProposal> run() {
    Checked<LookedAtTable> looked =
        look_at_table(question_.file, question_.start, question_.is_whole);
    if (!looked) return std::move(looked).faults();
    table_ = std::move(*looked);
    tell_shape();
    find_numbers();
    find_times();
    find_named("currency");
    find_named("billed");
    find_named("id");
    find_named("account");
    find_amount();
    find_operation();
    for (const auto& [name, values] : question_.domains) find_values(name, values);
    write();
    return std::move(proposal_);
  }

 private:
  struct FieldGuess {
    std::string field;
    Texts columns;
    std::vector<std::pair<std::string, std::string>> values;
    std::string letters, sign, constant;
  };

  void guess(std::string about, std::string says) {
    proposal_.guessed.push_back({std::move(about), std::move(says)});
  }
  void leave_open(std::string about, std::string says) {
    proposal_.open.push_back({std::move(about), std::move(says)});
  }

  void tell_shape();
  const Texts& cells_of(const std::string& column) const;
  bool is_number_column(const std::string& column) const;
  Texts columns_called(std::string_view field) const;
  void find_numbers();
  void find_times();
  void take_time(const Texts& columns, const Texts& patterns);
  void find_named(const std::string& field);
  void find_amount();
  void find_operation();
  void find_values(const std::string& field, const Texts& values);
  void tell_values(const std::string& field, const std::string& column);
  void write();

  const ProposalQuestion& question_;
  LookedAtTable table_;
  MappingProposal proposal_;
  std::vector<FieldGuess> fields_;
  bool has_numbers_ = false;
  char decimal_ = '.';
  std::string group_, pattern_;
  bool has_parentheses_ = false, has_trailing_ = false;
};

void Proposer::tell_shape() {
  const formats::TableShape& shape = table_.shape;
  if (!table_.is_encoding_sure) {
    leave_open("encoding",
               "the table is not UTF-8, and its other characters are too few to tell "
               "windows-1252 from gb18030; it is read as windows-1252");
  } else if (shape.encoding != "utf-8") {
    guess("encoding", shape.encoding);
  }
  std::string shown = shape.delimiter == '\t' ? "a tab" : in_quotes({&shape.delimiter, 1});
  if (shape.delimiter != ',') guess("delimiter", shown + " divides the cells");
  if (shape.skipped_lines > 0)
    guess("skip_lines", std::to_string(shape.skipped_lines) + " lines stand before the table");
  if (!table_.has_names)
    leave_open("header",
               "the first line looks like a record; if it is one, name the columns with "
               "\"header\": [\"...\"] in \"input\"");
}

const Texts& Proposer::cells_of(const std::string& column) const {
  auto found = std::find(table_.columns.begin(), table_.columns.end(), column);
  return table_.cells[static_cast<std::size_t>(found - table_.columns.begin())];
}

bool Proposer::is_number_column(const std::string& column) const {
  const Texts& cells = cells_of(column);
  return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
    bool has_digit = std::any_of(cell.begin(), cell.end(), is_digit);
    return has_digit && cell.find_first_of(":/") == std::string::npos;
  });
}

Texts Proposer::columns_called(std::string_view field) const {
  Texts found;
  const FieldNames* names = names_of_field(field);
  for (const std::string& column : table_.columns) {
    bool is_called = bare_name(column) == bare_name(field) ||
                     (names != nullptr && is_among(names->names, bare_name(column)));
    if (is_called) found.push_back(column);
  }
  return found;
}

// ---- numbers -----------------------------------------------------------------------------------

// What one number's separators say. `decides`: they can be read in one way only.
struct Separated {
  bool decides = false;
  char decimal = '\0', group = '\0';
};

Separated separators_of(std::string_view cell) {
  constexpr std::size_t group_digits = 3;
  std::size_t last = cell.find_last_of(".,");
  if (last == npos) return {};
  char mark = cell[last], other = mark == '.' ? ',' : '.';
  std::size_t end = cell.find_last_of("0123456789");
  std::size_t after = end == npos || end < last ? 0 : end - last;
  bool has_other = cell.find(other) != npos;
  bool repeats = cell.find(mark) != last;
  if (has_other && !repeats) return {true, mark, other};
  if (repeats) return {true, '\0', mark};
  return {after != group_digits, after != group_digits ? mark : '\0', '\0'};
}

void Proposer::find_numbers() {
  std::set<char> decimals, groups;
  std::string ambiguous;
  bool has_quote = false, has_blank = false;
  for (const char* field : {"amount", "billed"}) {
    for (const std::string& column : columns_called(field)) {
      if (!is_number_column(column)) continue;
      for (const std::string& cell : cells_of(column)) {
        Separated one = separators_of(cell);
        if (one.decimal != '\0') decimals.insert(one.decimal);
        if (one.group != '\0') groups.insert(one.group);
        bool has_any = cell.find_first_of(".,") != std::string::npos;
        if (!one.decides && has_any) ambiguous = cell;
        has_parentheses_ = has_parentheses_ || (cell.front() == '(' && cell.back() == ')');
        has_trailing_ = has_trailing_ || cell.back() == '-';
        has_quote = has_quote || cell.find('\'') != std::string::npos;
        std::size_t blank = cell.find(' ');
        has_blank =
            has_blank || (blank != npos && blank + 1 < cell.size() && is_digit(cell[blank + 1]) &&
                          blank > 0 && is_digit(cell[blank - 1]));
      }
    }
  }
  bool disagrees = decimals.size() > 1 || groups.size() > 1 ||
                   (decimals.size() == 1 && groups.count(*decimals.begin()) > 0);
  if (disagrees)
    return leave_open("numbers",
                      "some figures have a comma before their decimals and some a point");
  if (decimals.empty() && groups.empty() && !ambiguous.empty())
    return leave_open("numbers", in_quotes(ambiguous) +
                                     " may be a number with three decimals, or "
                                     "one of thousands");
  if (decimals.size() == 1) decimal_ = *decimals.begin();
  if (decimals.empty() && groups.size() == 1) decimal_ = *groups.begin() == '.' ? ',' : '.';
  if (groups.size() == 1) group_ = std::string(1, *groups.begin());
  if (has_quote) group_ = "'";
  if (has_blank) group_ = " ";
  has_numbers_ = decimal_ == ',' || !group_.empty() || has_parentheses_ || has_trailing_;
  if (decimal_ == ',') guess("numbers", "a comma stands before decimals");
  if (!group_.empty()) guess("numbers", in_quotes(group_) + " stands between thousands");
  if (has_parentheses_) guess("numbers", "parentheses stand around what is below 0");
  if (has_trailing_) guess("numbers", "a minus stands after what is below 0");
}

// ---- times -------------------------------------------------------------------------------------

const Texts& time_patterns() {
  static const Texts patterns = [] {
    Texts all = {"%s"};
    for (const char* day : {"%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
                            "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
                            "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%d %b %y"}) {
      for (const char* clock : {"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p",
                                " %H:%M:%S %z", "T%H:%M:%S", "T%H:%M:%S%z"})
        all.push_back(std::string(day) + clock);
    }
    return all;
  }();
  return patterns;
}

// A day in the years in which payments took place, so that a number of eight digits or seconds of
// ten are not any number.
bool is_likely(const TimeFormat::Reading& reading) {
  constexpr std::int32_t day_1990 = 7305, day_2100 = 47'482;
  return reading.day.number >= day_1990 && reading.day.number < day_2100;
}

// The patterns that every text has.
Texts patterns_of(const Texts& texts) {
  Texts fitting;
  for (const std::string& pattern : time_patterns()) {
    Checked<TimeFormat> format = TimeFormat::of(pattern, {});
    bool fits = !texts.empty() && std::all_of(texts.begin(), texts.end(), [&](const auto& text) {
      std::optional<TimeFormat::Reading> reading = format->read(text);
      return reading && is_likely(*reading);
    });
    if (fits) fitting.push_back(pattern);
  }
  return fitting;
}

void Proposer::find_times() {
  Texts columns = columns_called("time");
  Texts dates, clocks;
  for (const std::string& column : columns) {
    const Texts& cells = cells_of(column);
    bool is_clock = !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
      return static_cast<bool>(parse_time_of_day(cell));
    });
    (is_clock ? clocks : dates).push_back(column);
  }
  if (dates.size() == 1 && clocks.size() == 1) {
    Texts joined;
    const Texts &days = cells_of(dates[0]), &times = cells_of(clocks[0]);
    for (std::size_t i = 0; i < std::min(days.size(), times.size()); ++i)
      joined.push_back(days[i] + " " + times[i]);
    return take_time({dates[0], clocks[0]}, patterns_of(joined));
  }
  if (dates.size() == 1) return take_time(dates, patterns_of(cells_of(dates[0])));
  if (columns.size() > 1)
    return leave_open("time", "the columns " + join_or(columns) + " may each say it");
  leave_open("time", "no column is called so that it surely says when");
}

void Proposer::take_time(const Texts& columns, const Texts& patterns) {
  std::string named = in_quotes(columns.front());
  if (columns.size() > 1) named += " and " + in_quotes(columns.back());
  const Texts& cells = cells_of(columns.front());
  if (patterns.empty())
    return leave_open("time", named + " has texts such as " +
                                  in_quotes(cells.empty() ? "" : cells.front()) +
                                  ", and not all are written in one way that is known here");
  if (patterns.size() > 1)
    return leave_open("time", in_quotes(cells.front()) + " in " + named + " may be read as " +
                                  join_or(patterns) +
                                  ": write the one that is meant under "
                                  "\"times\", \"format\"");
  fields_.push_back({"time", columns, {}, {}, {}, {}});
  guess("time", named + ", written as " + patterns.front());
  bool is_own = columns.size() == 1 && static_cast<bool>(parse_instant(cells.front(), TimeZone()));
  if (!is_own) pattern_ = patterns.front();
  bool has_zone = pattern_ == "%s" || pattern_.find("%z") != std::string::npos ||
                  (is_own && cells.front().find_first_of("Zz+") != std::string::npos);
  if (!has_zone)
    leave_open("timezone",
               "the table does not say where clocks show these times; they are read as "
               "the schedule's, unless \"times\" has a \"timezone\"");
}

// ---- fields ------------------------------------------------------------------------------------

void Proposer::find_named(const std::string& field) {
  Texts columns = columns_called(field);
  if (field == "billed")
    std::erase_if(columns, [&](const std::string& column) { return !is_number_column(column); });
  bool is_needed = field == "currency";
  if (columns.size() > 1)
    return leave_open(field, "the columns " + join_or(columns) + " may each say it");
  if (columns.empty()) {
    if (is_needed)
      leave_open(field, "no column says it; amounts are in " +
                            std::string(question_.target.currency.code()) + ", the schedule's");
    return;
  }
  FieldGuess one{field, columns, {}, {}, {}, {}};
  const Texts& cells = cells_of(columns.front());
  auto has_small = [](const std::string& cell) {
    return std::any_of(cell.begin(), cell.end(), is_lower);
  };
  if (field == "currency" && std::any_of(cells.begin(), cells.end(), has_small))
    one.letters = "upper";
  if (field == "billed") {
    bool all_below =
        !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
          return cell.front() == '-' || cell.front() == '(' || cell.back() == '-' ||
                 cell.find_first_of("123456789") == std::string::npos;
        });
    bool any = std::any_of(cells.begin(), cells.end(), [](const auto& cell) {
      return cell.front() == '-' || cell.front() == '(' || cell.back() == '-';
    });
    if (any && all_below) one.sign = "negate";
    if (any && !all_below)
      leave_open(field, "some fees in " + in_quotes(columns.front()) +
                            " are below 0: \"sign\" says what that means");
  }
  guess(field, "the column " + in_quotes(columns.front()) + ", by its name" +
                   (one.letters.empty() ? "" : "; in small letters") +
                   (one.sign.empty() ? "" : "; written as what it takes off"));
  fields_.push_back(std::move(one));
}

void Proposer::find_amount() {
  Texts columns = columns_called("amount");
  std::erase_if(columns, [&](const std::string& column) { return !is_number_column(column); });
  if (columns.size() != 1) {
    Texts numbers;
    for (const std::string& column : table_.columns) {
      if (is_number_column(column)) numbers.push_back(column);
    }
    std::string which = columns.empty() ? join_or(numbers) : join_or(columns);
    return leave_open("amount", which.empty()
                                    ? "no column has numbers"
                                    : "it may be " + which + ": name one under \"fields\"");
  }
  FieldGuess one{"amount", columns, {}, {}, {}, {}};
  const Texts& cells = cells_of(columns.front());
  auto is_below = [](const std::string& cell) {
    return cell.front() == '-' || cell.front() == '(' || cell.back() == '-';
  };
  auto below = static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), is_below));
  if (below == cells.size()) one.sign = "absolute";
  guess("amount", "the column " + in_quotes(columns.front()) + ", by its name" +
                      (one.sign.empty() ? "" : "; all are below 0, and the sign is left off"));
  if (below > 0 && below < cells.size())
    leave_open("amount",
               std::to_string(below) + " of " + std::to_string(cells.size()) +
                   " are below 0: choose rows with \"rows\", or say with \"sign\" what it "
                   "means");
  bool are_whole = std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
    return cell.find_first_of(".,") == std::string::npos;
  });
  if (are_whole)
    leave_open("minor_units",
               "all amounts are whole numbers; if they are cents, write "
               "\"minor_units\": true under \"numbers\"");
  fields_.push_back(std::move(one));
}

void Proposer::find_operation() {
  if (question_.operations.empty()) return;
  if (question_.operations.size() == 1)
    return guess("operation", "every row is " + in_quotes(question_.operations.front()) +
                                  ", the schedule's only one");
  find_values("operation", question_.operations);
}

// A column in which every text is one of the values, but for case and blanks; else the one of the
// field's name, whose texts are told.
void Proposer::find_values(const std::string& field, const Texts& values) {
  Texts fitting;
  std::vector<std::pair<std::string, std::string>> turned;
  for (const std::string& column : table_.columns) {
    std::map<std::string, std::string> by_text;
    bool fits = !cells_of(column).empty();
    for (const std::string& cell : cells_of(column)) {
      auto meant = std::find_if(values.begin(), values.end(), [&](const std::string& value) {
        return bare_name(value) == bare_name(cell);
      });
      fits = fits && meant != values.end();
      if (!fits) break;
      by_text[cell] = *meant;
    }
    if (!fits) continue;
    fitting.push_back(column);
    turned.assign(by_text.begin(), by_text.end());
  }
  if (fitting.size() == 1) {
    bool is_plain = std::all_of(turned.begin(), turned.end(),
                                [](const auto& one) { return one.first == one.second; });
    if (is_plain) turned.clear();
    guess(field, "the column " + in_quotes(fitting.front()) + ", by what it says");
    fields_.push_back({field, fitting, turned, {}, {}, {}});
    return;
  }
  if (fitting.size() > 1)
    return leave_open(field, "the columns " + join_or(fitting) + " may each say it");
  Texts called = columns_called(field);
  if (called.empty() && field == "operation") {
    for (const std::string& column : table_.columns) {
      for (const char* name : {"type", "art", "typ", "buchungstext", "类型", "交易类型", "kind"}) {
        if (bare_name(column) == name) called.push_back(column);
      }
    }
  }
  if (called.size() == 1) return tell_values(field, called.front());
  leave_open(field, "no column says which of " + join_or(values) + " it is");
}

void Proposer::tell_values(const std::string& field, const std::string& column) {
  std::set<std::string> distinct(cells_of(column).begin(), cells_of(column).end());
  std::string told;
  std::size_t count = 0;
  for (const std::string& text : distinct) {
    if (count++ == values_told) break;
    told += (told.empty() ? "" : ", ") + in_quotes(text);
  }
  if (distinct.size() > values_told)
    told += " and " + std::to_string(distinct.size() - values_told) + " more";
  leave_open(field, in_quotes(column) + " has " + told +
                        ": say with \"values\" what each is, or "
                        "choose rows with \"rows\"");
}

// ---- the document ------------------------------------------------------------------------------

// "Kontoauszug September.csv" is "kontoauszug-september".
std::string id_for(std::string_view file) {
  std::string_view name = file.substr(file.rfind('/') == npos ? 0 : file.rfind('/') + 1);
  name = name.substr(0, name.find('.'));
  std::string id;
  for (char c : name) {
    char small = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_lower(small) || (is_digit(small) && !id.empty())) {
      id += small;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  constexpr std::size_t id_max = 64;
  return id.empty() ? "export" : id.substr(0, id_max);
}

void write_texts(formats::JsonWriter& json, std::string_view name, const Texts& texts) {
  json.array(name, texts, [&](const std::string& text) { json.string(text); });
}

void Proposer::write() {
  formats::JsonWriter json;
  json.object([&] {
    json.member("levy_mapping", std::int64_t{1});
    json.member("id", id_for(question_.file));
    const formats::TableShape& shape = table_.shape;
    bool has_input = !table_.is_json && (shape.delimiter != ',' || shape.skipped_lines > 0);
    if (has_input || shape.encoding != "utf-8") {
      json.object("input", [&] {
        if (shape.delimiter != ',') json.member("delimiter", std::string(1, shape.delimiter));
        if (shape.skipped_lines > 0) json.count("skip_lines", shape.skipped_lines);
        if (shape.encoding != "utf-8") json.member("encoding", shape.encoding);
      });
    }
    if (has_numbers_) {
      json.object("numbers", [&] {
        if (decimal_ != '.') json.member("decimal", std::string(1, decimal_));
        if (!group_.empty()) json.member("group", group_);
        if (has_parentheses_ || has_trailing_) {
          Texts ways = {"minus"};
          if (has_parentheses_) ways.emplace_back("parentheses");
          if (has_trailing_) ways.emplace_back("trailing");
          write_texts(json, "negative", ways);
        }
      });
    }
    if (!pattern_.empty()) json.object("times", [&] { json.member("format", pattern_); });
    json.object("fields", [&] {
      for (const FieldGuess& field : fields_) {
        bool is_plain = field.columns.size() == 1 && field.values.empty() &&
                        field.letters.empty() && field.sign.empty();
        if (is_plain) {
          json.member(field.field, field.columns.front());
          continue;
        }
        json.object(field.field, [&] {
          if (field.columns.size() == 1) json.member("column", field.columns.front());
          if (field.columns.size() > 1) write_texts(json, "columns", field.columns);
          if (!field.values.empty()) {
            json.object("values", [&] {
              for (const auto& [text, value] : field.values) json.member(text, value);
            });
          }
          if (!field.letters.empty()) json.member("case", field.letters);
          if (!field.sign.empty()) json.member("sign", field.sign);
        });
      }
    });
  });
  proposal_.json = json.text() + "\n";
}

}  // namespace

Checked<MappingProposal> propose_mapping(const ProposalQuestion& question) {
  return Proposer(question).run();
}

}  // namespace levy::facts
