// What each operation costs: a row for each fee and case, bands below.
#include <algorithm>

#include "render/show_parts.h"

namespace levy {
namespace {

bool concerns_operation(const Fee& fee, const std::string& operation) {
  const auto& names = fee.operations;
  return names.empty() || std::find(names.begin(), names.end(), operation) != names.end();
}

std::string case_name(const Case& one, const Wording& wording) {
  std::string title(one.title.in(wording.language));
  return title.empty() ? "-" : "- " + title;
}

// ---- rows --------------------------------------------------------------------------------------

std::string own_rounding(const FeePlan& fee, const Wording& wording) {
  return fee.as_written->round ? round_words(fee.line, wording) : "";
}

void add_single(Grid& grid, const FeePlan& plan, const Wording& wording) {
  const Fee& fee = *plan.as_written;
  const Charge& charge = fee.cases.front().charge;
  std::string when = when_words(fee.when, wording), rounding = own_rounding(plan, wording);
  std::string words = charge_words(charge, wording) + (rounding.empty() ? "" : "; " + rounding);
  grid.row({titled(fee.title, fee.id, wording), when.empty() ? "always" : when, words,
            collect_words(charge, plan.cases.front().collect)});
}

// "method is bank"; a case without conditions takes what the ones before it left.
std::string case_when(const Case& one, bool first, const Wording& wording) {
  std::string when = when_words(one.when, wording);
  if (!when.empty()) return when;
  return first ? "always" : "otherwise";
}

void add_cases(Grid& grid, const FeePlan& plan, const Wording& wording) {
  const Fee& fee = *plan.as_written;
  grid.row({titled(fee.title, fee.id, wording), when_words(fee.when, wording),
            own_rounding(plan, wording), ""},
           Grid::Row::Kind::head);
  for (const CasePlan& one : plan.cases) {
    const Case& as_written = *one.as_written;
    bool first = &as_written == &fee.cases.front();
    grid.row(
        {case_name(as_written, wording), case_when(as_written, first, wording),
         charge_words(as_written.charge, wording), collect_words(as_written.charge, one.collect)},
        Grid::Row::Kind::member);
  }
}

Grid fee_grid(const FeeGroup& group, const Wording& wording) {
  bool choice = std::any_of(group.fees.begin(), group.fees.end(),
                            [](const FeePlan* fee) { return fee->as_written->cases.size() > 1; });
  Grid grid;
  grid.columns = {"Fee", choice ? "When (the first that holds)" : "When", "Charge", "Collected"};
  for (const FeePlan* fee : group.fees) {
    if (fee->as_written->in_place)
      add_single(grid, *fee, wording);
    else
      add_cases(grid, *fee, wording);
  }
  return grid;
}

// ---- bands -------------------------------------------------------------------------------------

bool same_ranges(const BandTable& a, const BandTable& b) {
  return a.caption == b.caption && a.axis == b.axis &&
         std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                    [](const auto& x, const auto& y) { return x.range == y.range; });
}

// Cases with the same bands share a table, a column each.
struct SharedBands {
  BandTable bands;
  Grid grid;
};

void add_bands_of(std::vector<SharedBands>& all, const BandTable& table,
                  const std::string& heading) {
  auto shared = std::find_if(all.begin(), all.end(),
                             [&](const SharedBands& one) { return same_ranges(one.bands, table); });
  if (shared == all.end()) {
    Grid grid;
    grid.columns = {table.axis};
    for (const BandTable::Row& row : table.rows) grid.row({row.range});
    all.push_back({table, std::move(grid)});
    shared = all.end() - 1;
  }
  shared->grid.columns.push_back(heading);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    shared->grid.rows[i].cells.push_back(table.rows[i].charge);
}

std::string band_heading(const Fee& fee, const Case& one, const Wording& wording) {
  std::string title(one.title.in(wording.language));
  if (!title.empty()) return title;
  std::string when = fee.in_place ? "" : when_words(one.when, wording);
  return when.empty() ? "Charge" : when;
}

void add_bands(Page& page, const Fee& fee, const Wording& wording) {
  std::vector<SharedBands> all;
  for (const Case& one : fee.cases) {
    for (const BandTable& table : band_tables(one.charge, wording))
      add_bands_of(all, table, band_heading(fee, one, wording));
  }
  for (SharedBands& one : all) {
    page.push_back(Paragraph{titled(fee.title, fee.id, wording) + ": " + one.bands.caption});
    page.push_back(std::move(one.grid));
  }
}

void add_notes(Page& page, const FeeGroup& group, const Wording& wording) {
  Facts notes;
  auto add = [&](const std::string& of, const LocalText& note) {
    std::string text(note.in(wording.language));
    if (!text.empty()) notes.rows.emplace_back(of, text);
  };
  for (const FeePlan* plan : group.fees) {
    const Fee& fee = *plan->as_written;
    add("Note on " + fee.id, fee.note);
    for (const Case& one : fee.cases)
      add("Note on " + fee.id + ", " + band_heading(fee, one, wording), one.note);
  }
  if (!notes.rows.empty()) page.push_back(std::move(notes));
}

// ---- amounts by currency -----------------------------------------------------------------------

bool same_money(const MoneyList& a, const MoneyList& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const Money& one) {
           const Money* other = find_money(b, one.currency);
           return other != nullptr && *other == one;
         });
}

// One column for each list of amounts; cases with the same list share it.
struct PriceColumn {
  std::vector<std::string> cases;
  std::string name;  // "at least"
  const MoneyList* money = nullptr;
};

std::vector<PriceColumn> price_columns(const Fee& fee, const Wording& wording) {
  std::vector<PriceColumn> columns;
  for (const Case& one : fee.cases) {
    for (const LongPrice& price : long_prices(one.charge, wording)) {
      auto same = std::find_if(columns.begin(), columns.end(), [&](const PriceColumn& column) {
        return column.name == price.name && same_money(*column.money, *price.money);
      });
      if (same == columns.end()) same = columns.insert(same, {{}, price.name, price.money});
      same->cases.push_back(band_heading(fee, one, wording));
    }
  }
  return columns;
}

// "From abroad: at least"; the name alone where the same cases share every column.
std::string column_heading(const PriceColumn& column, const std::vector<PriceColumn>& columns) {
  bool shared = std::all_of(columns.begin(), columns.end(),
                            [&](const PriceColumn& other) { return other.cases == column.cases; });
  if (shared) return column.name;  // one case, or all of them
  std::string cases;
  for (const std::string& one : column.cases) cases += (cases.empty() ? "" : " / ") + one;
  return cases + ": " + column.name;
}

// In the order in which the lists name them first.
std::vector<Currency> price_currencies(const std::vector<PriceColumn>& columns) {
  std::vector<Currency> currencies;
  for (const PriceColumn& column : columns) {
    for (const Money& one : *column.money) {
      if (std::find(currencies.begin(), currencies.end(), one.currency) == currencies.end())
        currencies.push_back(one.currency);
    }
  }
  return currencies;
}

void add_amounts(Page& page, const Fee& fee, const Wording& wording) {
  std::vector<PriceColumn> columns = price_columns(fee, wording);
  if (columns.empty()) return;
  Grid grid;
  grid.columns = {"Currency"};
  for (const PriceColumn& column : columns) grid.columns.push_back(column_heading(column, columns));
  for (Currency currency : price_currencies(columns)) {
    std::vector<std::string> cells = {std::string(currency.code())};
    for (const PriceColumn& column : columns) {
      const Money* one = find_money(*column.money, currency);
      cells.push_back(one == nullptr ? "none" : to_string(*one, wording.schedule.currencies));
    }
    grid.row(std::move(cells));
  }
  page.push_back(Paragraph{titled(fee.title, fee.id, wording) + ": amounts by currency."});
  page.push_back(std::move(grid));
}

std::string group_title(const FeeGroup& group) {
  return group.operations.empty() ? "Fees of every operation"
                                  : "Fees of " + join_and(group.operations);
}

}  // namespace

std::vector<FeeGroup> fee_groups(const Plan& plan) {
  std::vector<FeeGroup> groups;
  std::vector<std::string> operations = plan.schedule.operations();
  if (operations.empty()) operations.emplace_back();
  for (const std::string& operation : operations) {
    std::vector<const FeePlan*> fees;
    for (const FeePlan& fee : plan.fees) {
      if (concerns_operation(*fee.as_written, operation)) fees.push_back(&fee);
    }
    if (fees.empty()) continue;
    auto same = std::find_if(groups.begin(), groups.end(),
                             [&](const FeeGroup& group) { return group.fees == fees; });
    if (same == groups.end()) same = groups.insert(groups.end(), {{}, std::move(fees)});
    if (!operation.empty()) same->operations.push_back(operation);
  }
  return groups;
}

void add_fees(Page& page, const Plan& plan, const Wording& wording) {
  for (const FeeGroup& group : fee_groups(plan)) {
    page.push_back(Heading{2, group_title(group)});
    page.push_back(fee_grid(group, wording));
    for (const FeePlan* fee : group.fees) {
      add_bands(page, *fee->as_written, wording);
      add_amounts(page, *fee->as_written, wording);
    }
    add_notes(page, group, wording);
  }
}

}  // namespace levy
