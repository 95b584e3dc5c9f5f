// From a schedule to its prices as a table, and what of it a table cannot say.
#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "base/suggest.h"
#include "formats/csv.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"
#include "tables/price_list.h"

namespace levy::tables {
namespace {

// Why a fee cannot be said; empty: it can.
using Reason = std::string;

// What a cell of values would take for something else than a value.
bool is_plain_value(const std::string& value) {
  return !value.empty() && value != "*" && value.find('|') == npos && value.front() != ' ' &&
         value.back() != ' ' && !value.starts_with("not ");
}

class PriceLister {
 public:
  PriceLister(const schedule::Schedule& schedule, std::string_view language)
      : schedule_(schedule), language_(language) {}

  ListedPrices run() {
    listed_.list.id = schedule_.id;
    listed_.list.title = schedule_.title.in(language_);
    listed_.list.currency = schedule_.currency.code();
    for (const schedule::Fee& fee : schedule_.fees) add_fee(fee);
    spell_out_remainders();
    leave_out_attributes();
    leave_out_document();
    return std::move(listed_);
  }

 private:
  using Range = PriceRow::Range;

  void leave_out(std::string pointer, std::string what, std::string reason) {
    listed_.left_out.push_back({std::move(pointer), std::move(what), std::move(reason)});
  }

  // ---- fees ------------------------------------------------------------------------------------

  void add_fee(const schedule::Fee& fee) {
    std::vector<PriceRow> rows;
    Reason reason = list_fee(fee, rows);
    if (reason.empty()) {
      for (PriceRow& row : rows) listed_.list.rows.push_back(std::move(row));
      return;
    }
    absent_.insert(fee.id);
    leave_out(fee.place.pointer(), "the fee " + in_quotes(fee.id), reason);
  }

  Reason list_fee(const schedule::Fee& fee, std::vector<PriceRow>& rows) {
    if (schedule_.currencies.declares(schedule_.currency))
      return "a table cannot say how many digits " + std::string(schedule_.currency.code()) +
             " has";
    PriceRow common;
    common.fee = fee.id;
    common.title = fee.title.in(language_);
    common.operations = fee.operations;
    common.round = round_of(fee);
    if (fee.when) common.optional = !fee.when->conditions.empty();
    Reason reason = fee.when ? add_tests(*fee.when, common) : Reason();
    std::vector<PriceTest> shared = common.tests;
    for (const schedule::Case& one : fee.cases) {
      PriceRow row = common;
      if (!fee.in_place) row.case_title = one.title.in(language_);
      row.collect =
          schedule::to_string(one.collect.value_or(fee.collect.value_or(schedule_.collect)));
      if (reason.empty() && one.when) reason = add_tests(*one.when, row);
      if (reason.empty()) reason = add_charge(one.charge, row, rows);
      if (!reason.empty()) return reason;
    }
    return common.optional && !shares_only(rows, shared)
               ? "what all its cases ask for would decide whether it is charged"
               : "";
  }

  // Would only these be taken for what decides whether the fee is charged?
  static bool shares_only(const std::vector<PriceRow>& rows, const std::vector<PriceTest>& shared) {
    for (const PriceTest& test : rows.front().tests) {
      bool all = std::all_of(rows.begin(), rows.end(), [&](const PriceRow& row) {
        return std::find(row.tests.begin(), row.tests.end(), test) != row.tests.end();
      });
      bool meant = std::find(shared.begin(), shared.end(), test) != shared.end();
      if (all != meant) return false;
    }
    return true;
  }

  PriceRound round_of(const schedule::Fee& fee) const {
    const schedule::RoundRule& own = fee.round ? *fee.round : schedule_.rounding.rule;
    const schedule::RoundRule& general = schedule_.rounding.rule;
    PriceRound round;
    round.none = own.none;
    if (own.none) return round;
    if (own.mode || general.mode) round.mode = to_string(own.mode ? *own.mode : *general.mode);
    const schedule::RoundRule& quantum = own.to || !own.to_money.empty() ? own : general;
    if (quantum.to) round.to.entries = {quantum.to->to_string()};
    if (!quantum.to_money.empty()) round.to = money_of(quantum.to_money, false);
    return round;
  }

  // ---- conditions ------------------------------------------------------------------------------

  Reason add_tests(const schedule::When& when, PriceRow& row) {
    for (const schedule::Condition& one : when.conditions) {
      Reason reason = one.subject == schedule::Condition::Subject::amount ? add_amount(one, row)
                                                                          : add_attribute(one, row);
      if (!reason.empty()) return reason;
    }
    return {};
  }

  static Reason add_amount(const schedule::Condition& condition, PriceRow& row) {
    if (!condition.range) return "it asks for certain amounts, not for a range";
    if (!row.bounds.empty()) return "it asks for the amount twice";
    const schedule::Condition::Range& range = *condition.range;
    auto bound = [](const std::optional<schedule::Figure>& figure) {
      return figure ? money_of(figure->money, false) : PriceMoney();
    };
    row.range = Range::condition;
    row.bounds = {bound(range.from), bound(range.above), bound(range.up_to), bound(range.below)};
    return {};
  }

  Reason add_attribute(const schedule::Condition& condition, PriceRow& row) const {
    const std::string& name = condition.name;
    if (condition.subject != schedule::Condition::Subject::attribute)
      return "it asks for " + name + ", a figure of the operation";
    if (name == "tier" || schedule::follows_from_time(name))
      return "it asks for " + name + ", which a table cannot say";
    bool twice = std::any_of(row.tests.begin(), row.tests.end(),
                             [&](const PriceTest& test) { return test.name == name; });
    if (twice) return "it asks for " + name + " twice";
    if (!std::all_of(condition.values.begin(), condition.values.end(), is_plain_value))
      return "a value of " + name + " has a sign that divides values";
    PriceTest test{name, condition.negated, condition.values};
    const schedule::Attribute* declared = schedule_.find_attribute(name);
    // Of a list the rest can be named, and then stays a list.
    if (test.negated && declared != nullptr &&
        declared->kind == schedule::Attribute::Kind::listed) {
      test = {name, false, declared->values};
      std::erase_if(test.values,
                    [&](const std::string& value) { return is_among(condition.values, value); });
    }
    if (name == "currency" && test.values.size() == 1 &&
        schedule_.currencies.declares(*Currency::of(test.values[0])))
      return "a table cannot say how many digits " + test.values[0] + " has";
    row.tests.push_back(std::move(test));
    return {};
  }

  // ---- charges ---------------------------------------------------------------------------------

  static PriceMoney money_of(const MoneyList& list, bool as_list) {
    PriceMoney money;
    for (const Money& one : list)
      money.entries.push_back(one.amount.to_string() + " " + std::string(one.currency.code()));
    money.as_list = as_list && list.size() == 1;
    return money;
  }
  static PriceMoney money_of(const std::optional<schedule::Price>& price) {
    return price ? money_of(price->money, !price->one_money) : PriceMoney();
  }

  static Reason unsayable(const schedule::Charge& charge) {
    if (!charge.units.empty())
      return "its base is " + join_or(charge.units) + ", and not the amount";
    if (!charge.times.empty()) return "it is charged for each of " + charge.times;
    if (!charge.in.empty()) return "it is paid in " + std::string(charge.in.code());
    if (charge.by) return "its band is that of a meter";
    if (charge.free) return "it has an allowance";
    if (charge.cap) return "it has a cap over a window";
    if (!charge.greatest.empty()) return "it is the greatest of several charges";
    if (!charge.least.empty()) return "it is the least of several charges";
    return {};
  }

  Reason add_charge(const schedule::Charge& charge, const PriceRow& alternative,
                    std::vector<PriceRow>& rows) const {
    Reason reason = unsayable(charge);
    if (!reason.empty()) return reason;
    PriceRow row = alternative;
    row.convert = charge.convert;
    row.waived = charge.waived;
    if (charge.margin) row.margin = charge.margin->text;
    reason = add_base(charge, row);
    if (!reason.empty()) return reason;
    PriceRow whole = row;
    add_terms(charge.terms, whole);
    bool has_bands = !charge.slab().empty() || !charge.graduated().empty();
    if (has_bands && row.range == Range::condition)
      return "it asks for the amount, and has bands of it";
    if (!has_bands || whole.has_price() || !whole.min.empty() || !whole.max.empty())
      rows.push_back(whole);
    add_bands(charge.graduated(), Range::graduated, row, rows);
    add_bands(charge.slab(), Range::slab, row, rows);
    return names_declared_money(charge);
  }

  Reason add_base(const schedule::Charge& charge, PriceRow& row) const {
    if (charge.of_debit) row.of = {"debit"};
    for (const schedule::OfTerm& term : charge.of) {
      if (absent_.contains(term.fee)) return "it is taken of " + term.fee + ", which is left out";
      std::string name = term.fee.empty() ? "amount" : term.fee;
      row.of.push_back(term.subtract ? "-" + name : name);
    }
    return {};
  }

  static void add_terms(const schedule::Terms& terms, PriceRow& row) {
    if (const schedule::Percent* percent = terms.find<schedule::Percent>())
      row.percent = percent->rate.text;
    if (const schedule::Bps* bps = terms.find<schedule::Bps>()) row.bps = bps->rate.text;
    if (const schedule::Flat* flat = terms.find<schedule::Flat>())
      row.flat = money_of(flat->price.money, !flat->price.one_money);
    if (const schedule::Per* per = terms.find<schedule::Per>()) {
      row.every = money_of(per->every.money, false);
      row.charge = money_of(per->price.money, false);
      row.complete_blocks = per->count == schedule::Per::Count::complete;
    }
    row.min = money_of(terms.min);
    row.max = money_of(terms.max);
  }

  // Each band says where it begins too, for people.
  static void add_bands(const std::vector<schedule::Band>& bands, Range range,
                        const PriceRow& common, std::vector<PriceRow>& rows) {
    const schedule::Band* before = nullptr;
    for (const schedule::Band& band : bands) {
      PriceRow row = common;
      row.range = range;
      if (before != nullptr)
        (before->inclusive ? row.bounds.above : row.bounds.from) =
            money_of(before->bound->money, false);
      if (band.bound)
        (band.inclusive ? row.bounds.up_to : row.bounds.below) = money_of(band.bound->money, false);
      add_terms(band.terms, row);
      rows.push_back(std::move(row));
      before = &band;
    }
  }

  Reason names_declared_money(const schedule::Charge& charge) const {
    Reason reason;
    auto look = [&](const MoneyList& list) {
      for (const Money& one : list)
        if (schedule_.currencies.declares(one.currency))
          reason =
              "a table cannot say how many digits " + std::string(one.currency.code()) + " has";
    };
    auto look_at_terms = [&](const schedule::Terms& terms) {
      for (const schedule::Term& term : terms.list)
        if (const schedule::Price* price = schedule::price_of(term)) look(price->money);
    };
    look_at_terms(charge.terms);
    for (const std::vector<schedule::Band>* bands : {&charge.graduated(), &charge.slab()})
      for (const schedule::Band& band : *bands) look_at_terms(band.terms);
    return reason;
  }

  // ---- attributes ------------------------------------------------------------------------------

  // A row that stands for all values that its fee's other rows do not name says which these are,
  // where they are a list: else the table would take any text for one of them.
  void spell_out_remainders() {
    for (const schedule::Attribute& attribute : schedule_.attributes) {
      if (attribute.kind != schedule::Attribute::Kind::listed) continue;
      std::vector<PriceRow> rows = listed_.list.rows;
      std::set<std::string> alone;  // fees of which a row before asks for nothing else
      for (PriceRow& row : rows) {
        bool asks = std::any_of(row.tests.begin(), row.tests.end(),
                                [&](const PriceTest& test) { return test.name == attribute.name; });
        if (asks && row.tests.size() == 1) alone.insert(row.fee);
        if (!asks && alone.contains(row.fee))
          row.tests.insert(row.tests.begin(), {attribute.name, false, attribute.values});
      }
      // Of no use where another row still stands for any.
      for (const schedule::Attribute& read : declared_attributes(rows))
        if (read.name == attribute.name && read.kind == schedule::Attribute::Kind::listed)
          listed_.list.rows = std::move(rows);
    }
  }

  void leave_out_attributes() {
    std::vector<schedule::Attribute> read = declared_attributes(listed_.list.rows);
    for (const schedule::Attribute& one : schedule_.attributes) {
      auto found = std::find_if(read.begin(), read.end(), [&](const schedule::Attribute& other) {
        return other.name == one.name;
      });
      std::string pointer = "/attributes/" + one.name,
                  what = "the attribute " + in_quotes(one.name);
      if (found == read.end()) {
        leave_out(pointer, what, "no price in the table depends on it");
      } else if (found->kind != one.kind) {
        leave_out(pointer, what + " as a list of values", "a row stands for all that is not named");
      } else if (std::vector<std::string> lost = unnamed(one.values, found->values);
                 !lost.empty()) {
        leave_out(pointer, what + " being " + join_or(lost), "no price in the table depends on it");
      }
    }
  }

  static std::vector<std::string> unnamed(const std::vector<std::string>& all,
                                          const std::vector<std::string>& named) {
    std::vector<std::string> rest;
    for (const std::string& value : all)
      if (!is_among(named, value)) rest.push_back(value);
    return rest;
  }

  // ---- the rest of the document ----------------------------------------------------------------

  void leave_out_all(const char* key, std::size_t count) {
    if (count > 0)
      leave_out(std::string("/") + key, std::to_string(count) + " " + key,
                "a table has prices only");
  }

  void leave_out_document() {
    const schedule::Schedule& s = schedule_;
    leave_out_all("quantities", s.quantities.size());
    leave_out_all("evidence", s.evidence.size());
    leave_out_all("tiers", s.tiers.size());
    leave_out_all("limits", s.limits.size());
    leave_out_all("guarantees", s.guarantees.size());
    leave_out_all("examples", s.examples.size());
    if (!s.declared_currencies.empty())
      leave_out("/currencies", "the digits of declared currencies", "a table has prices only");
    bool rounds_none = std::all_of(listed_.list.rows.begin(), listed_.list.rows.end(),
                                   [](const PriceRow& row) { return row.round.none; });
    if (s.rounding.rule.mode && rounds_none && !listed_.list.rows.empty())
      leave_out("/rounding", "how conversions are rounded", "no price in the table is rounded so");
    else if (s.rounding.apply == schedule::Rounding::Apply::total)
      leave_out("/rounding/apply", "that sums are rounded, and not lines",
                "a table says how each price is rounded");
    if (s.conversion.rate_digits || s.conversion.rate_mode || s.conversion.round.mode)
      leave_out("/conversion", "how rates are rounded", "a table has prices only");
    if (s.from || s.until)
      leave_out("/effective", "when the tariff is in force", "a table has prices only");
    if (s.timezone.name() != "UTC")
      leave_out("/timezone", "the time zone", "no price in the table depends on the time");
    if (!s.accepted.empty())
      leave_out("",
                std::to_string(s.accepted.size()) + " accepted finding" +
                    (s.accepted.size() == 1 ? "" : "s"),
                "a table has prices only");
    if (!s.version.empty() || !s.source.empty() || !s.note.empty())
      leave_out("", "version, source and notes", "they change no price");
    if (s.title.by_language.size() > 1)
      leave_out("", "titles in other languages than the one asked for", "they change no price");
  }

  const schedule::Schedule& schedule_;
  std::string language_;
  ListedPrices listed_;
  std::set<std::string, std::less<>> absent_;  // fees that are left out
};

// ---- the table's text
// ----------------------------------------------------------------------------

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::string cell_of(const PriceMoney& money) {
  std::string text = joined(money.entries, "|");
  return money.as_list ? "[" + text + "]" : text;
}

std::string cell_of(const PriceRound& round) {
  if (round.none) return "none";
  std::string to = round.to.empty() ? "" : "to " + cell_of(round.to);
  return round.mode + (round.mode.empty() || to.empty() ? "" : " ") + to;
}

std::string per_cell(const PriceRow& row) {
  if (row.charge.empty()) return "";
  return cell_of(row.charge) + " / " + cell_of(row.every) +
         (row.complete_blocks ? " complete" : "");
}

std::string range_word(PriceRow::Range range) {
  switch (range) {
    case PriceRow::Range::none:
      return "";
    case PriceRow::Range::slab:
      return "slab";
    case PriceRow::Range::graduated:
      return "graduated";
    case PriceRow::Range::condition:
      return "condition";
  }
  return "";
}

std::string test_cell(const PriceRow& row, const std::string& name) {
  for (const PriceTest& test : row.tests)
    if (test.name == name) return (test.negated ? "not " : "") + joined(test.values, "|");
  return "";
}

// A column, and what a row says in it.
struct Column {
  std::string name;
  std::function<std::string(const PriceRow&)> cell;
  bool always = false;  // also where no row says anything
};

std::vector<Column> columns_of(const PriceList& list) {
  std::vector<std::string> names;
  for (const PriceRow& row : list.rows)
    for (const PriceTest& test : row.tests)
      if (!is_among(names, test.name) && test.name != "currency") names.push_back(test.name);
  bool by_currency = std::any_of(list.rows.begin(), list.rows.end(), [](const PriceRow& row) {
    return !test_cell(row, "currency").empty();
  });
  std::vector<Column> columns = {
      {"fee", [](const PriceRow& row) { return row.fee; }, true},
      {"title", [](const PriceRow& row) { return row.title; }},
      {"case", [](const PriceRow& row) { return row.case_title; }},
      {"operation", [](const PriceRow& row) { return joined(row.operations, "|"); }, true}};
  for (const std::string& name : names) {
    std::string header = price_column(name).empty() ? name : "attribute " + name;
    columns.push_back({header, [name](const PriceRow& row) { return test_cell(row, name); }});
  }
  auto currency = [by_currency, &list](const PriceRow& row) {
    return by_currency ? test_cell(row, "currency") : list.currency;
  };
  std::vector<Column> prices = {
      {"currency", currency},
      {"bands", [](const PriceRow& row) { return range_word(row.range); }},
      {"from", [](const PriceRow& row) { return cell_of(row.bounds.from); }},
      {"above", [](const PriceRow& row) { return cell_of(row.bounds.above); }},
      {"up_to", [](const PriceRow& row) { return cell_of(row.bounds.up_to); }},
      {"below", [](const PriceRow& row) { return cell_of(row.bounds.below); }},
      {"percent", [](const PriceRow& row) { return row.percent; }},
      {"bps", [](const PriceRow& row) { return row.bps; }},
      {"flat", [](const PriceRow& row) { return cell_of(row.flat); }},
      {"per", per_cell},
      {"min", [](const PriceRow& row) { return cell_of(row.min); }},
      {"max", [](const PriceRow& row) { return cell_of(row.max); }},
      {"margin", [](const PriceRow& row) { return row.margin; }},
      {"waived", [](const PriceRow& row) { return std::string(row.waived ? "true" : ""); }},
      {"of", [](const PriceRow& row) { return joined(row.of, "|"); }},
      {"convert", [](const PriceRow& row) { return std::string(row.convert ? "true" : ""); }},
      {"collect", [](const PriceRow& row) { return row.collect; }},
      {"otherwise", [](const PriceRow& row) { return std::string(row.optional ? "no fee" : ""); }},
      {"round", [](const PriceRow& row) { return cell_of(row.round); }}};
  columns.insert(columns.end(), prices.begin(), prices.end());
  return columns;
}

}  // namespace

ListedPrices list_prices(const schedule::Schedule& schedule, std::string_view language) {
  return PriceLister(schedule, language).run();
}

std::string price_table(const PriceList& list) {
  std::vector<Column> columns = columns_of(list);
  std::erase_if(columns, [&](const Column& column) {
    return !column.always && std::all_of(list.rows.begin(), list.rows.end(),
                                         [&](const auto& row) { return column.cell(row).empty(); });
  });
  std::string text;
  auto add_line = [&](const std::function<std::string(const Column&)>& cell) {
    for (const Column& column : columns) {
      if (&column != &columns.front()) text += ',';
      formats::append_csv_cell(text, cell(column));
    }
    text += "\n";
  };
  add_line([](const Column& column) { return column.name; });
  for (const PriceRow& row : list.rows)
    add_line([&](const Column& column) { return column.cell(row); });
  return text;
}

}  // namespace levy::tables
