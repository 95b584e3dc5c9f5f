#include "render/impact_page.h"

#include <algorithm>

#include "render/diagnostic_json.h"
#include "render/labels.h"

namespace levy {
namespace {

// Figures of currencies with many digits as short as they are.
std::string money_words(const Rational& value, Currency currency, const Currencies& currencies) {
  int places = std::min(currencies.digits(currency), 6);
  return value.to_string(places) + " " + std::string(currency.code());
}

std::string signed_words(const Rational& value, Currency currency, const Currencies& currencies) {
  return (value.sign() > 0 ? "+" : "") + money_words(value, currency, currencies);
}

std::string signed_percent(const ImpactSum& sum) {
  std::optional<Rational> percent = sum.percent();
  if (!percent) return sum.change().is_zero() ? "" : "from nothing";
  return (percent->sign() > 0 ? "+" : "") + percent_words(*percent);
}

std::vector<std::string> sum_cells(const ImpactSum& sum, Currency currency,
                                   const Currencies& currencies) {
  return {std::to_string(sum.count),
          std::to_string(sum.dearer),
          std::to_string(sum.cheaper),
          money_words(sum.before, currency, currencies),
          money_words(sum.after, currency, currencies),
          signed_words(sum.change(), currency, currencies),
          signed_percent(sum)};
}

const std::vector<std::string> sum_columns = {"Operations", "Dearer", "Cheaper",   "Fees before",
                                              "Fees after", "Change", "In percent"};

Grid sums_grid(const char* first, const std::map<std::pair<std::string, Currency>, ImpactSum>& sums,
               const Currencies& currencies) {
  Grid grid;
  grid.columns = {first};
  grid.columns.insert(grid.columns.end(), sum_columns.begin(), sum_columns.end());
  for (const auto& [key, sum] : sums) {
    if (sum.before.is_zero() && sum.after.is_zero()) continue;
    std::vector<std::string> cells = sum_cells(sum, key.second, currencies);
    cells.insert(cells.begin(), key.first.empty() ? "not given" : key.first);
    grid.row(std::move(cells));
  }
  return grid;
}

bool has_tiers(const Impact& impact) {
  for (const auto& [key, sum] : impact.by_tier) {
    if (!key.first.empty()) return true;
  }
  return false;
}

void add_movers(Page& page, const Impact& impact, const Currencies& currencies) {
  if (impact.movers.empty()) return;
  page.push_back(Heading{3, "Largest changes"});
  Grid grid;
  grid.columns = {"Line", "Id", "Operation", "Fees before", "Fees after", "Change"};
  for (const Mover& mover : impact.movers) {
    grid.row({std::to_string(mover.line), mover.id, mover.what,
              money_words(mover.before, mover.currency, currencies),
              money_words(mover.after, mover.currency, currencies),
              signed_words(mover.after - mover.before, mover.currency, currencies)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

std::string who_quotes(const ImpactFault& fault) {
  return fault.in_old ? "only the old" : fault.in_new ? "only the new" : "neither";
}

void add_faults(Page& page, const Impact& impact) {
  if (impact.faults.empty()) return;
  page.push_back(
      Paragraph{"Not counted, as not both versions quote them: " + std::to_string(impact.only_old) +
                " only the old, " + std::to_string(impact.only_new) + " only the new, " +
                std::to_string(impact.neither) + " neither. The first:"});
  Grid grid;
  grid.columns = {"Line", "Quoted by", "Why"};
  for (const ImpactFault& fault : impact.faults) {
    grid.row({std::to_string(fault.line), who_quotes(fault),
              std::string(to_string(fault.fault.code)) + ": " + fault.fault.message});
  }
  page.push_back(std::move(grid));
}

// ---- JSON --------------------------------------------------------------------------------------

void write_sum(JsonWriter& json, const ImpactSum& sum, Currency currency,
               const Currencies& currencies) {
  json.member("currency", currency.code());
  json.count("operations", sum.count);
  json.count("dearer", sum.dearer);
  json.count("cheaper", sum.cheaper);
  json.member("before", format_amount({sum.before, currency}, currencies));
  json.member("after", format_amount({sum.after, currency}, currencies));
  json.member("change", format_amount({sum.change(), currency}, currencies));
  json.key("percent");
  std::optional<Rational> percent = sum.percent();
  percent ? json.string(percent->to_string()) : json.null();
}

void write_sums(JsonWriter& json, const char* name, const char* key,
                const std::map<std::pair<std::string, Currency>, ImpactSum>& sums,
                const Currencies& currencies) {
  json.objects(name, sums, [&](const auto& entry) {
    const auto& [of, sum] = entry;
    json.member(key, of.first);
    write_sum(json, sum, of.second, currencies);
  });
}

void write_movers(JsonWriter& json, const Impact& impact, const Currencies& currencies) {
  json.objects("movers", impact.movers, [&](const Mover& mover) {
    json.count("line", mover.line);
    if (!mover.id.empty()) json.member("id", mover.id);
    json.member("operation", mover.what);
    json.member("currency", mover.currency.code());
    json.member("before", format_amount({mover.before, mover.currency}, currencies));
    json.member("after", format_amount({mover.after, mover.currency}, currencies));
  });
}

void write_faults(JsonWriter& json, const Impact& impact) {
  json.objects("faults", impact.faults, [&](const ImpactFault& fault) {
    json.count("line", fault.line);
    json.member("in_old", fault.in_old);
    json.member("in_new", fault.in_new);
    json.key("error");
    write_diagnostic(json, fault.fault);
  });
}

}  // namespace

void add_impact(Page& page, const Impact& impact, const Currencies& currencies) {
  page.push_back(Heading{2, "Effect on " + std::to_string(impact.rows) + " operations"});
  Grid totals;
  totals.columns = sum_columns;
  for (const auto& [currency, sum] : impact.totals)
    totals.row(sum_cells(sum, currency, currencies));
  if (!totals.rows.empty()) page.push_back(std::move(totals));
  Grid cells = sums_grid("For", impact.by_cell, currencies);
  if (cells.rows.size() > 1) page.push_back(std::move(cells));
  if (has_tiers(impact)) page.push_back(sums_grid("Tier", impact.by_tier, currencies));
  add_movers(page, impact, currencies);
  add_faults(page, impact);
}

void write_impact(JsonWriter& json, const Impact& impact, const Currencies& currencies) {
  json.object("impact", [&] {
    json.count("rows", impact.rows);
    json.count("only_old", impact.only_old);
    json.count("only_new", impact.only_new);
    json.count("neither", impact.neither);
    json.objects("totals", impact.totals, [&](const auto& entry) {
      const auto& [currency, sum] = entry;
      write_sum(json, sum, currency, currencies);
    });
    write_sums(json, "cells", "cell", impact.by_cell, currencies);
    write_sums(json, "tiers", "tier", impact.by_tier, currencies);
    write_movers(json, impact, currencies);
    write_faults(json, impact);
  });
}

}  // namespace levy
