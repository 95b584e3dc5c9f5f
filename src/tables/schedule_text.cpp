// From a list of prices to the schedule that charges them.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "base/text.h"
#include "formats/json_writer.h"
#include "schedule/attributes.h"
#include "tables/price_list.h"

namespace levy::tables {

bool PriceRow::has_price() const {
  return waived || !percent.empty() || !bps.empty() || !margin.empty() || !flat.empty() ||
         !charge.empty();
}

namespace {

using Rows = std::vector<const PriceRow*>;

const PriceTest* find_test(const PriceRow& row, std::string_view name) {
  for (const PriceTest& test : row.tests)
    if (test.name == name) return &test;
  return nullptr;
}

// Rows that belong together, in order of appearance.
template <class Same>
std::vector<Rows> grouped(const Rows& rows, const Same& same) {
  std::vector<Rows> groups;
  for (const PriceRow* row : rows) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Rows& one) { return same(*one.front(), *row); });
    if (group == groups.end()) group = groups.insert(group, Rows());
    group->push_back(row);
  }
  return groups;
}

std::vector<Rows> fees_of(const std::vector<PriceRow>& rows) {
  Rows all;
  for (const PriceRow& row : rows) all.push_back(&row);
  return grouped(all, [](const PriceRow& a, const PriceRow& b) { return a.fee == b.fee; });
}

bool is_one_case(const PriceRow& a, const PriceRow& b) {
  auto condition = [](const PriceRow& row) {
    return row.range == PriceRow::Range::condition ? row.bounds : PriceBounds();
  };
  return a.tests == b.tests && condition(a) == condition(b);
}

// How an attribute's values are used, over all fees.
struct Use {
  std::vector<std::string> values;
  bool has_remainder = false;  // a row of a fee stands for the values that its others do not name
  bool is_always_needed = false;  // some fee has a price for the named values only
};

void note_use(Use& use, const Rows& fee, const std::string& name) {
  bool all = true, any = false;
  for (const PriceRow* row : fee) {
    const PriceTest* test = find_test(*row, name);
    all = all && test != nullptr;
    any = any || test != nullptr;
    use.has_remainder = use.has_remainder || (test != nullptr && test->negated);
    if (test == nullptr) continue;
    for (const std::string& value : test->values)
      if (!is_among(use.values, value)) use.values.push_back(value);
  }
  use.has_remainder = use.has_remainder || (any && !all);
  use.is_always_needed = use.is_always_needed || (any && all && !fee.front()->optional);
}

schedule::Attribute declared(const std::string& name, const Use& use) {
  schedule::Attribute attribute;
  attribute.name = name;
  bool is_bool = std::all_of(use.values.begin(), use.values.end(), [](const std::string& value) {
    return value == "true" || value == "false";
  });
  if (is_bool)
    attribute.kind = schedule::Attribute::Kind::boolean;
  else if (use.has_remainder || !use.is_always_needed)
    attribute.kind = schedule::Attribute::Kind::text;
  else
    attribute.kind = schedule::Attribute::Kind::listed, attribute.values = use.values;
  return attribute;
}

}  // namespace

std::vector<schedule::Attribute> declared_attributes(const std::vector<PriceRow>& rows) {
  std::vector<std::string> names;
  for (const PriceRow& row : rows)
    for (const PriceTest& test : row.tests)
      if (!is_among(names, test.name) && !is_among(schedule::builtin_attributes(), test.name))
        names.push_back(test.name);
  std::vector<schedule::Attribute> attributes;
  for (const std::string& name : names) {
    Use use;
    for (const Rows& fee : fees_of(rows)) note_use(use, fee, name);
    attributes.push_back(declared(name, use));
  }
  return attributes;
}

namespace {

class ScheduleWriter {
 public:
  explicit ScheduleWriter(const PriceList& list)
      : list_(list), attributes_(declared_attributes(list.rows)) {}

  std::string run() {
    json_.object([&] {
      json_.key("levy"), json_.integer(1);
      json_.member("id", list_.id);
      member("title", list_.title);
      member("note", list_.note);
      member("currency", list_.currency);
      write_rounding();
      write_attributes();
      json_.objects("fees", fees_of(list_.rows), [&](const Rows& fee) { write_fee(fee); });
      if (!list_.examples.empty())
        json_.objects("examples", list_.examples,
                      [&](const PriceExample& example) { write_example(example); });
    });
    return json_.text() + "\n";
  }

 private:
  void member(std::string_view name, std::string_view text) {
    if (!text.empty()) json_.member(name, text);
  }

  void member(std::string_view name, const PriceMoney& money) {
    if (money.empty()) return;
    if (money.entries.size() == 1 && !money.as_list) return json_.member(name, money.entries[0]);
    json_.array(name, money.entries, [&](const std::string& entry) { json_.string(entry); });
  }

  void words(std::string_view name, const std::vector<std::string>& all) {
    if (all.size() == 1) return json_.member(name, all[0]);
    if (!all.empty()) json_.array(name, all, [&](const std::string& one) { json_.string(one); });
  }

  // The mode that most fees have stands in the schedule, so that conversions are rounded like them;
  // a quantum only where every fee has the same rule.
  void write_rounding() {
    std::map<std::string, std::size_t> counts;
    bool one_rule = true;
    for (const PriceRow& row : list_.rows) {
      if (!row.round.mode.empty()) ++counts[row.round.mode];
      one_rule = one_rule && row.round == list_.rows.front().round;
    }
    auto most = std::max_element(counts.begin(), counts.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != counts.end()) rounding_.mode = most->first;
    if (one_rule && !list_.rows.empty()) rounding_.to = list_.rows.front().round.to;
    if (!rounding_.empty()) json_.object("rounding", [&] { write_rule(rounding_); });
  }

  void write_rule(const PriceRound& rule) {
    member("mode", rule.mode);
    member("to", rule.to);
  }

  void write_round(const PriceRound& rule) {
    if (rule.none) return json_.member("round", "none");
    if (rule == rounding_ || rule.empty()) return;
    json_.object("round", [&] { write_rule(rule); });
  }

  void write_attributes() {
    if (attributes_.empty()) return;
    json_.object("attributes", [&] {
      for (const schedule::Attribute& one : attributes_) {
        if (one.kind == schedule::Attribute::Kind::listed)
          json_.array(one.name, one.values, [&](const std::string& value) { json_.string(value); });
        else
          json_.member(one.name, one.kind == schedule::Attribute::Kind::text ? "text" : "boolean");
      }
    });
  }

  bool is_of_booleans(std::string_view name) const {
    for (const schedule::Attribute& one : attributes_)
      if (one.name == name) return one.kind == schedule::Attribute::Kind::boolean;
    return name == "cross_border";
  }

  void write_values(const PriceTest& test) {
    auto value = [&](const std::string& text) {
      if (is_of_booleans(test.name)) return json_.boolean(text == "true");
      json_.string(text);
    };
    if (test.values.size() == 1) return value(test.values[0]);
    json_.array([&] {
      for (const std::string& one : test.values) value(one);
    });
  }

  void write_when(const std::vector<PriceTest>& tests, const PriceBounds& bounds) {
    if (tests.empty() && bounds.empty()) return;
    json_.object("when", [&] {
      for (const PriceTest& test : tests) {
        json_.key(test.name);
        if (!test.negated)
          write_values(test);
        else
          json_.object([&] { json_.key("not"), write_values(test); });
      }
      if (!bounds.empty()) json_.object("amount", [&] { write_bounds(bounds); });
    });
  }

  void write_bounds(const PriceBounds& bounds) {
    member("from", bounds.from);
    member("above", bounds.above);
    member("up_to", bounds.up_to);
    member("below", bounds.below);
  }

  void write_terms(const PriceRow& row) {
    member("percent", row.percent);
    member("bps", row.bps);
    member("flat", row.flat);
    if (!row.charge.empty()) {
      json_.object("per", [&] {
        member("every", row.every);
        member("charge", row.charge);
        if (row.complete_blocks) json_.member("count", "complete");
      });
    }
    member("min", row.min);
    member("max", row.max);
  }

  void write_bands(std::string_view key, const Rows& rows, PriceRow::Range range) {
    Rows bands;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(bands),
                 [&](const PriceRow* row) { return row->range == range; });
    if (bands.empty()) return;
    json_.objects(key, bands, [&](const PriceRow* row) {
      member("up_to", row->bounds.up_to);
      member("below", row->bounds.below);
      write_terms(*row);
    });
  }

  void write_charge(const Rows& rows) {
    for (const PriceRow* row : rows) {
      if (row->range == PriceRow::Range::slab || row->range == PriceRow::Range::graduated) continue;
      member("margin", row->margin);
      if (row->waived) json_.member("waived", true);
      write_terms(*row);
    }
    write_bands("graduated", rows, PriceRow::Range::graduated);
    write_bands("slab", rows, PriceRow::Range::slab);
    const PriceRow& first = *rows.front();
    words("of", first.of == std::vector<std::string>{"debit"} ? first.of : as_list(first.of));
    if (first.convert) json_.member("convert", true);
  }

  // `of` is "debit", or a list even where it names one fee.
  std::vector<std::string> as_list(const std::vector<std::string>& of) {
    if (of.size() != 1) return of;
    json_.array("of", of, [&](const std::string& one) { json_.string(one); });
    return {};
  }

  void write_fee(const Rows& rows) {
    const PriceRow& first = *rows.front();
    json_.member("id", first.fee);
    member("title", first.title);
    words("operation", first.operations);
    std::vector<PriceTest> shared;
    PriceBounds bounds;
    if (first.optional) shared = shared_tests(rows), bounds = shared_bounds(rows);
    write_when(shared, bounds);
    bool one_way = std::all_of(rows.begin(), rows.end(),
                               [&](const PriceRow* row) { return row->collect == first.collect; });
    if (one_way) member("collect", first.collect);
    write_round(first.round);
    std::vector<Rows> cases = grouped(rows, is_one_case);
    bool in_place = cases.size() == 1 && first.tests.size() == shared.size() &&
                    (first.range != PriceRow::Range::condition || first.bounds == bounds);
    if (in_place) return write_charge(rows);
    json_.objects("cases", cases, [&](const Rows& one) {
      const PriceRow& row = *one.front();
      member("title", row.case_title);
      std::vector<PriceTest> own;
      for (const PriceTest& test : row.tests)
        if (std::find(shared.begin(), shared.end(), test) == shared.end()) own.push_back(test);
      bool asks = row.range == PriceRow::Range::condition && row.bounds != bounds;
      write_when(own, asks ? row.bounds : PriceBounds());
      if (!one_way) member("collect", row.collect);
      write_charge(one);
    });
  }

  static std::vector<PriceTest> shared_tests(const Rows& rows) {
    std::vector<PriceTest> shared = rows.front()->tests;
    std::erase_if(shared, [&](const PriceTest& test) {
      return !std::all_of(rows.begin(), rows.end(), [&](const PriceRow* row) {
        return std::find(row->tests.begin(), row->tests.end(), test) != row->tests.end();
      });
    });
    return shared;
  }

  static PriceBounds shared_bounds(const Rows& rows) {
    bool all = std::all_of(rows.begin(), rows.end(), [&](const PriceRow* row) {
      return row->range == PriceRow::Range::condition && row->bounds == rows.front()->bounds;
    });
    return all ? rows.front()->bounds : PriceBounds();
  }

  void write_example(const PriceExample& example) {
    member("title", example.title);
    json_.object("quote", [&] {
      json_.member("operation", example.operation);
      json_.member("amount", example.amount);
      for (const auto& [name, value] : example.fields) {
        json_.key(name);
        is_of_booleans(name) ? json_.boolean(value == "true") : json_.string(value);
      }
    });
    json_.object("expect", [&] { json_.member("total", example.fee); });
  }

  const PriceList& list_;
  std::vector<schedule::Attribute> attributes_;
  PriceRound rounding_;
  formats::JsonWriter json_;
};

}  // namespace

std::string schedule_text(const PriceList& list) { return ScheduleWriter(list).run(); }

}  // namespace levy::tables
