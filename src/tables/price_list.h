// A tariff as a list of prices, as a spreadsheet has it: each row is one price of one fee, in texts
// as a schedule writes them. What becomes a schedule (levy init, levy infer) and what a schedule
// becomes (levy show --csv) are both this list, so that the two cannot differ in what they mean.
//
//   fee,operation,card,percent,flat           {"id": "card-fee", "operation": "pay", "cases": [
//   card-fee,pay,domestic,1.2,0.10 EUR          {"when": {"card": "domestic"}, "percent": "1.2",
//                                                "flat": "0.10 EUR"}]}
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "schedule/schedule.h"

namespace levy::tables {

// An attribute that must be one of the values, or none of them.
struct PriceTest {
  std::string name;
  bool negated = false;
  std::vector<std::string> values;
  bool operator==(const PriceTest&) const = default;
};

// Money as texts, one a currency: "0.30 USD", "0.25 EUR". Empty: not given.
struct PriceMoney {
  std::vector<std::string> entries;
  bool as_list = false;  // written as a list although there is one entry
  bool empty() const { return entries.empty(); }
  bool operator==(const PriceMoney&) const = default;
};

struct PriceBounds {
  PriceMoney from, above, up_to, below;
  bool empty() const { return from.empty() && above.empty() && up_to.empty() && below.empty(); }
  bool operator==(const PriceBounds&) const = default;
};

struct PriceRound {
  bool none = false;  // the line stays exact
  std::string mode;   // empty: not said
  PriceMoney to;      // or a bare decimal
  bool empty() const { return !none && mode.empty() && to.empty(); }
  bool operator==(const PriceRound&) const = default;
};

struct PriceRow {
  // What the bounds are: none; of a band; or of a condition on the amount.
  enum class Range { none, slab, graduated, condition };
  std::size_t line = 0;  // in the table it was read from
  std::string fee, title, case_title;
  std::vector<std::string> operations;  // empty: all
  std::string collect;                  // empty: as the schedule says
  // Where what all rows of the fee ask for does not hold, the fee is not charged; otherwise that is
  // `uncovered`.
  bool optional = false;
  std::vector<PriceTest> tests;
  Range range = Range::none;
  PriceBounds bounds;
  std::string percent, bps, margin;
  PriceMoney flat, every, charge, min, max;  // every, charge: of `per`
  bool complete_blocks = false;
  std::vector<std::string> of;
  bool convert = false, waived = false;
  PriceRound round;

  bool has_price() const;  // anything that it charges
};

// An operation with what it costs, for the schedule's `examples`.
struct PriceExample {
  std::string title, operation, amount;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string fee;  // the sum of all fees, money
};

struct PriceList {
  std::string id, title, note;
  std::string currency;  // empty: all money names its own
  std::vector<PriceRow> rows;
  std::vector<PriceExample> examples;
};

// Those that the rows ask for and a schedule must declare, in order of appearance. An attribute of
// true and false is boolean; it is a text where a row stands for all other values; else a list of
// the values that the rows name.
std::vector<schedule::Attribute> declared_attributes(const std::vector<PriceRow>& rows);

// The schedule as JSON. Rows of one fee that ask for the same are one case, in order of appearance.
std::string schedule_text(const PriceList& list);

// Something of a schedule that a table of prices cannot say.
struct LeftOut {
  std::string pointer;  // RFC 6901, where it stands; empty: in many places
  std::string what, reason;
};

struct ListedPrices {
  PriceList list;
  std::vector<LeftOut> left_out;
};

// The prices of every fee that a table can say whole. Titles in `language`.
ListedPrices list_prices(const schedule::Schedule& schedule, std::string_view language);

// The columns of the table: those of a price, and the attributes that rows ask for.
std::string price_table(const PriceList& list);

struct ReadPrices {
  PriceList list;
  std::vector<std::string> assumed;  // sentences without a full stop
};

// From a table as people keep it. `currency` is of bare amounts, and empty where the table says it.
// Codes misspelt_column, bad_decimal, bad_amount, bad_value, unknown_currency, bad_id,
// bands_not_ascending, duplicate_key, bad_file, missing_key.
Checked<ReadPrices> read_price_table(const std::string& file, std::string_view text,
                                     std::string currency);

// How the columns are called: "percent", and other words that stand for it ("rate"). Empty: the
// word is none of a price table's.
std::string price_column(std::string_view word);

// Words as a name or an id is written: "Card type" is card_type. Empty where none is left.
std::string name_of_words(std::string_view words, char blank);

}  // namespace levy::tables
