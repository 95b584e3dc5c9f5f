#include "inference/observations.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/suggest.h"
#include "facts/columns.h"
#include "formats/read_rows.h"
#include "inference/fee_fit.h"
#include "money/money.h"
#include "schedule/attributes.h"
#include "schedule/decode/reader.h"
#include "tables/price_list.h"

namespace levy::inference {

std::optional<std::size_t> Observed::find_column(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == name) return i;
  return std::nullopt;
}

std::string Observed::value(std::uint32_t combination, std::string_view column) const {
  std::optional<std::size_t> at = find_column(column);
  return at ? columns[*at].values[combinations[combination][*at]] : "";
}

namespace {

constexpr std::size_t told_max = 5, combinations_max = 200'000;

auto key_of(const Observation& one) { return std::tie(one.combination, one.amount, one.fee); }

// What batch writes beside what it reads, and what tells rows and accounts apart.
bool is_no_attribute(std::string_view name) {
  static const std::vector<std::string> names = {
      "id",   "account",         "time",       "status",     "fee",   "debit",  "credit",
      "rate", "credit_currency", "other_fees", "difference", "cause", "reason", "balance"};
  return is_among(names, name) || name.starts_with("fee.");
}

class ObservationReader {
 public:
  ObservationReader(const std::string& file, const InferOptions& options) : options_(options) {
    observed_.file = file;
  }

  Checked<Observed> run(formats::ReadBlock read) {
    formats::NextRow next = formats::read_table(observed_.file, std::move(read));
    formats::Row row;
    while (next(row)) {
      if (row.fault && row.line == 0) return *row.fault;
      if (row.fault) {
        refuse(*row.fault);
        continue;
      }
      if (texts_.empty())
        if (std::optional<Diagnostic> fault = name_columns(row)) return *fault;
      read_row(row);
      if (observed_.all.size() >= compact_at_ && !compact())
        return Diagnostic{Code::bad_file, "the table has more than 6,000,000 rows that differ",
                          "give part of it", Place::of_file(observed_.file)};
    }
    if (texts_.empty())
      return Diagnostic{Code::bad_file, "the table has no rows",
                        "give charged operations, a row each", Place::of_file(observed_.file)};
    drop_columns();
    compact();
    return std::move(observed_);
  }

 private:
  void refuse(Diagnostic fault) {
    ++observed_.unusable;
    if (observed_.first_unusable.size() < told_max)
      observed_.first_unusable.push_back(std::move(fault));
  }
  void refuse(const formats::Row& row, Code code, std::string message, std::string remedy) {
    Diagnostic fault{code, std::move(message), std::move(remedy),
                     Place::of_record(observed_.file, row.line, row.raw, 0)};
    refuse(std::move(fault));
  }

  // ---- columns ---------------------------------------------------------------------------------

  std::optional<Diagnostic> name_columns(const formats::Row& row) {
    for (std::string_view name : row.names) texts_.emplace_back(name);
    for (const std::string& needed : {options_.amount, options_.fee})
      if (!is_among(texts_, needed)) return no_column(row, needed);
    if (options_.by)
      for (const std::string& name : *options_.by)
        if (!is_among(texts_, name)) return no_column(row, name);
    if (!is_among(texts_, "currency") && options_.currency.empty())
      return Diagnostic{Code::bad_amount, "nothing says which currency the amounts are in",
                        "add a column currency, or give --currency EUR",
                        Place::of_line(observed_.file, 1)};
    for (const char* first : {"operation", "currency"})
      if (is_among(texts_, first)) add_column(first, first);
    std::vector<std::string> passed;
    for (const std::string& name : texts_) {
      bool fixed = name == options_.amount || name == options_.fee || name == "operation" ||
                   name == "currency";
      if (fixed) continue;
      bool wanted = options_.by ? is_among(*options_.by, name) : !is_no_attribute(name);
      std::string called =
          is_among(schedule::builtin_attributes(), name) ? name : tables::name_of_words(name, '_');
      bool can_be = schedule::decode::is_id(called) && called != "tier" &&
                    !schedule::follows_from_time(called);
      wanted&& can_be && !observed_.find_column(called) ? add_column(called, name)
                                                        : passed.push_back(name);
    }
    if (!passed.empty())
      observed_.notes.push_back("columns that were not looked at: " + join_or(passed));
    return std::nullopt;
  }

  Diagnostic no_column(const formats::Row& row, const std::string& name) const {
    return Diagnostic{Code::misspelt_column,
                      "the table has no column " + in_quotes(name) + did_you_mean(name, texts_),
                      "its columns are " + join_or(texts_),
                      Place::of_line(observed_.file, row.line > 1 ? 1 : row.line)};
  }

  void add_column(const std::string& called, const std::string& name) {
    observed_.columns.push_back({called, {}, false});
    sources_.push_back(name);
    numbers_.emplace_back();
    if (called != name)
      observed_.notes.push_back("the column " + in_quotes(name) + " is the attribute " + called);
  }

  // ---- rows ------------------------------------------------------------------------------------

  void read_row(const formats::Row& row) {
    std::string_view fee_text = row.text_of(options_.fee);
    if (fee_text.empty()) {
      ++observed_.without_fee;
      return;
    }
    std::string code(row.text_of("currency"));
    if (code.empty()) code = options_.currency;
    std::optional<Currency> currency = Currency::of(code);
    std::optional<int> digits = currency ? currencies_.find_digits(*currency) : std::nullopt;
    if (!digits)
      return refuse(row, Code::unknown_currency, in_quotes(code) + " is not a currency's code",
                    "write an ISO 4217 code such as EUR");
    std::optional<std::int64_t> amount = units(row, options_.amount, *currency, *digits);
    std::optional<std::int64_t> fee =
        amount ? units(row, options_.fee, *currency, *digits + 4) : std::nullopt;
    if (!fee) return;
    ++observed_.rows;
    observed_.all.push_back({combination_of(row), 1, *amount, *fee, row.line});
  }

  // The money of that column in units of so many digits.
  std::optional<std::int64_t> units(const formats::Row& row, const std::string& column,
                                    Currency currency, int digits) {
    std::string_view text = row.text_of(column);
    Checked<Money> money = parse_money(text, currencies_, currency);
    if (!money) {
      Diagnostic fault = money.faults().front();
      refuse(row, fault.code, column + " " + in_quotes(text) + ": " + fault.message, fault.remedy);
      return std::nullopt;
    }
    std::optional<std::int64_t> whole = money->amount.decimal().minor_units(digits);
    std::int64_t most = inferred_amount_max * (column == options_.fee ? fee_units : 1);
    bool sound = whole && *whole <= most && *whole >= (column == options_.fee ? -most : 0) &&
                 money->currency == currency;
    if (sound) return whole;
    refuse(row, Code::precision, column + " " + in_quotes(text) + " cannot be used",
           "give amounts of 0 to 10^13 minor units, and fees of at most four places more, in one "
           "currency");
    return std::nullopt;
  }

  std::uint32_t combination_of(const formats::Row& row) {
    values_.assign(sources_.size(), 0);
    for (std::size_t i = 0; i < sources_.size(); ++i)
      values_[i] = value_number(i, row.text_of(sources_[i]));
    auto [at, added] =
        known_.try_emplace(values_, static_cast<std::uint32_t>(observed_.combinations.size()));
    if (added) observed_.combinations.push_back(values_);
    if (observed_.combinations.size() > combinations_max) drop_richest();
    return at->second;
  }

  std::uint16_t value_number(std::size_t column, std::string_view text) {
    ObservedColumn& one = observed_.columns[column];
    if (one.dropped) return 0;
    auto found = numbers_[column].find(text);
    if (found != numbers_[column].end()) return found->second;
    bool forced = one.name == "operation" || one.name == "currency";
    if (one.values.size() == observed_values_max && !forced) {
      one.dropped = true;
      return 0;
    }
    auto number = static_cast<std::uint16_t>(one.values.size());
    numbers_[column].emplace(std::string(text), number);
    one.values.emplace_back(text);
    return number;
  }

  // Of the columns that are still attributes, the one with the most values.
  void drop_richest() {
    ObservedColumn* most = nullptr;
    for (ObservedColumn& one : observed_.columns)
      if (!one.dropped && one.name != "operation" && one.name != "currency" &&
          (most == nullptr || one.values.size() > most->values.size()))
        most = &one;
    if (most == nullptr) return;
    most->dropped = true;
    drop_columns();
  }

  // Combinations that differ in dropped columns only become one.
  void drop_columns() {
    std::vector<std::uint32_t> now(observed_.combinations.size());
    std::vector<std::vector<std::uint16_t>> kept;
    known_.clear();
    for (std::size_t i = 0; i < observed_.combinations.size(); ++i) {
      std::vector<std::uint16_t> values = observed_.combinations[i];
      for (std::size_t k = 0; k < values.size(); ++k)
        if (observed_.columns[k].dropped) values[k] = 0;
      auto [at, added] = known_.try_emplace(values, static_cast<std::uint32_t>(kept.size()));
      if (added) kept.push_back(values);
      now[i] = at->second;
    }
    observed_.combinations = std::move(kept);
    for (Observation& one : observed_.all) one.combination = now[one.combination];
    for (ObservedColumn& one : observed_.columns) {
      if (!one.dropped || one.values.empty()) continue;
      observed_.notes.push_back("the column " + one.name + " has more than " +
                                std::to_string(observed_values_max) +
                                " values, and was not looked at");
      one.values.clear();
    }
  }

  // Rows that say the same become one. False: there are too many that differ.
  bool compact() {
    std::vector<Observation>& all = observed_.all;
    std::sort(all.begin(), all.end(), [](const Observation& a, const Observation& b) {
      return std::tuple_cat(key_of(a), std::tie(a.line)) <
             std::tuple_cat(key_of(b), std::tie(b.line));
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (kept > 0 && key_of(all[kept - 1]) == key_of(all[i]))
        all[kept - 1].rows += all[i].rows;
      else
        all[kept++] = all[i];
    }
    all.resize(kept);
    compact_at_ = std::max(compact_at_, kept * 2);
    return kept <= observations_max;
  }

  const InferOptions& options_;
  Observed observed_;
  Currencies currencies_;
  std::vector<std::string> texts_;    // the table's columns
  std::vector<std::string> sources_;  // of each observed column, the table's
  std::vector<std::map<std::string, std::uint16_t, std::less<>>> numbers_;
  std::map<std::vector<std::uint16_t>, std::uint32_t> known_;
  std::vector<std::uint16_t> values_;
  std::size_t compact_at_ = 1'000'000;
};

}  // namespace

Checked<Observed> read_observations(const std::string& file, formats::ReadBlock read,
                                    const InferOptions& options) {
  return ObservationReader(file, options).run(std::move(read));
}

}  // namespace levy::inference
