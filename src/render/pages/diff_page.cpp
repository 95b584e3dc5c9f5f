#include "render/pages/diff_page.h"

#include <algorithm>

#include "render/text/diagnostic_json.h"
#include "render/words/labels.h"

namespace levy::render::pages {
namespace {

std::string version_words(const schedule::Schedule& schedule) {
  return schedule.id + (schedule.version.empty() ? "" : " " + schedule.version) + " (" +
         schedule.file + ")";
}

std::string quantity_range(const comparison::DiffRow& row) {
  std::string from = row.above ? "above " + row.above->to_string() : row.from.to_string();
  std::string from_on = row.above ? from : "from " + from;
  if (!row.until) return from_on;
  bool single = !row.above && row.from == *row.until;
  if (single) return from;
  if (row.below) return from_on + ", below " + row.below->to_string();
  return from + (row.above ? " up to " : " to ") + row.until->to_string();
}

std::string row_range_words(const comparison::DiffRow& row, const comparison::CellDiff& cell,
                            const Currencies& currencies) {
  if (!cell.variable.empty()) return quantity_range(row);
  return words::amounts_words(row.from, row.until, cell.amounts_in, currencies);
}

std::string figure_name(comparison::FigureDiff::Kind kind) {
  switch (kind) {
    case comparison::FigureDiff::Kind::fees:
      return "Fees";
    case comparison::FigureDiff::Kind::debited:
      return "Debited";
    case comparison::FigureDiff::Kind::arrives:
      return "Arrives";
    case comparison::FigureDiff::Kind::margin:
      return "Margin";
  }
  ensure(false, "a difference is of one of three figures");
  return "";
}

std::string signed_money(const Rational& value, Currency currency, const Currencies& currencies) {
  std::string words = currency.empty() ? value.to_string() + " points of percent"
                                       : words::near_money_words({value, currency}, currencies);
  return value.sign() > 0 ? "+" + words : words;
}

// "+0.01 to +5.00 EUR"; a bound that roundings may not reach says so.
std::string extremes_words(const comparison::DiffRow& row, Currency currency,
                           const Currencies& currencies) {
  bool compared = row.line || row.minimum || row.maximum;
  if (!compared || row.kind == comparison::DiffRow::Kind::same) return "";
  std::string minimum = row.minimum ? signed_money(row.minimum->value, currency, currencies) : "";
  std::string maximum = row.maximum ? signed_money(row.maximum->value, currency, currencies) : "";
  auto is_bound = [](const std::optional<curves::Extreme>& one) {
    return one && !one->at && !one->open;
  };
  bool bound = is_bound(row.minimum) || is_bound(row.maximum);
  bool above = row.minimum && row.minimum->open, below = row.maximum && row.maximum->open;
  auto open_words = [&](const std::string& side, const Rational& value, const std::string& words) {
    bool zero = value.is_zero() && !currency.empty();
    return side + (zero ? "0 " + std::string(currency.code()) : words);
  };
  if (above) minimum = open_words("above ", row.minimum->value, minimum);
  if (below) maximum = open_words("below ", row.maximum->value, maximum);
  std::string words = minimum == maximum ? minimum
                      : minimum.empty()  ? maximum + (below ? "" : " and less") + ", without end"
                      : maximum.empty()  ? minimum + (above ? "" : " and more") + ", without end"
                                         : minimum + " to " + maximum;
  return words + (bound ? " at the utmost" : "");
}

std::string plain_decimal(const Rational& value) {
  if (value.is_decimal()) return value.to_string();
  return "≈" + round(value, Decimal::ten_to(-6), RoundingMode::half_even).to_string();
}

// " of 1000.00 EUR"; ", where the reading of f is from 10000.01 EUR".
std::string condition_of(const comparison::CellDiff& cell, const Currencies& currencies) {
  std::string words;
  if (cell.amount) words = ", of " + to_string(Money{*cell.amount, cell.amounts_in}, currencies);
  for (const comparison::Held& held : cell.held) words += ", " + held_words(held, currencies);
  return words;
}

void add_cell(text::Page& page, const comparison::CellDiff& cell, const Currencies& currencies) {
  std::vector<std::string> words;
  for (const cells::Cell& one : cell.cells) {
    std::string text = cells::to_words(one);
    words.push_back(text.empty() ? "every operation" : text);
  }
  page.push_back(text::Heading{3, "For " + words.front() + condition_of(cell, currencies)});
  if (words.size() > 1) {
    std::string others;
    for (std::size_t i = 1; i < words.size(); ++i) others += (i > 1 ? "; " : "") + words[i];
    page.push_back(text::Paragraph{"And alike for: " + others});
  }
  for (const comparison::FigureDiff& figure : cell.figures) {
    text::Grid grid;
    grid.columns = {cell.variable.empty() ? "Amount" : cell.variable, figure_name(figure.kind),
                    "By", "Least to most"};
    for (const comparison::DiffRow& row : figure.rows) {
      grid.row({row_range_words(row, cell, currencies),
                std::string(comparison::to_string(row.kind)),
                change_words(row, figure.currency, cell.variable, currencies),
                extremes_words(row, figure.currency, currencies)});
    }
    grid.drop_empty_columns();
    page.push_back(std::move(grid));
  }
}

void add_not_compared(text::Page& page, const comparison::OperationDiff& operation) {
  if (!operation.complete)
    page.push_back(text::Paragraph{"Not compared: there are more classes of operations than the " +
                                   std::to_string(operation.cells) + " that were looked at."});
  if (operation.not_compared.empty()) return;
  std::string names;
  for (const std::string& name : operation.not_compared)
    names += (names.empty() ? "" : "; ") + name;
  page.push_back(text::Paragraph{"Not compared: " + names + "."});
}

void add_operation(text::Page& page, const comparison::OperationDiff& operation,
                   const Currencies& currencies) {
  page.push_back(text::Heading{2, operation.operation});
  if (!operation.in_old || !operation.in_new) {
    page.push_back(
        text::Paragraph{operation.in_new ? "A new operation." : "No longer an operation."});
    return;
  }
  if (operation.changed.empty() && operation.complete && operation.not_compared.empty()) {
    page.push_back(text::Paragraph{"Costs what it did, at every amount."});
    return;
  }
  for (const comparison::CellDiff& cell : operation.changed) add_cell(page, cell, currencies);
  if (operation.same > 0 && !operation.changed.empty()) {
    page.push_back(text::Paragraph{"The same for the other " + std::to_string(operation.same) +
                                   " of " + std::to_string(operation.cells) +
                                   " classes of operations."});
  }
  add_not_compared(page, operation);
}

std::string side(const std::string& words) { return words.empty() ? "none" : words; }

void add_terms(text::Page& page, const std::vector<words::TermChange>& terms) {
  if (terms.empty()) return;
  page.push_back(text::Heading{2, "Limits and requirements"});
  text::Grid grid;
  grid.columns = {"What", "Tier", "Before", "After"};
  for (const words::TermChange& term : terms) {
    std::string what = term.part + (term.id.empty() ? "" : " " + term.id);
    grid.row({what, term.tier, side(term.before), side(term.after)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

void add_files(text::Page& page, const DiffReport& report) {
  std::vector<const words::FileChange*> reported;
  std::size_t examples = 0;
  for (const words::FileChange& change : report.files) {
    bool example = change.pointer.starts_with("/examples");
    examples += example ? 1 : 0;
    if (!example && (change.is_text || report.is_same())) reported.push_back(&change);
  }
  if (reported.empty() && examples == 0) return;
  page.push_back(text::Heading{2, "Without effect on any amount"});
  if (examples > 0)
    page.push_back(text::Paragraph{"Examples differ in " + std::to_string(examples) + " places."});
  if (reported.empty()) return;
  text::Grid grid;
  grid.columns = {"Where", "Before", "After"};
  for (const words::FileChange* change : reported)
    grid.row({change->pointer, side(change->before), side(change->after)});
  page.push_back(std::move(grid));
}

std::string summary(const DiffReport& report) {
  if (report.is_same()) {
    return report.files.empty() ? "Nothing changes: the two say the same."
                                : "No amount and no limit changes.";
  }
  std::string changed, open;
  for (const comparison::OperationDiff& one : report.costs.operations) {
    bool changes = !one.changed.empty() || one.in_old != one.in_new;
    if (changes) changed += (changed.empty() ? "" : ", ") + one.operation;
    if (!changes && !one.is_same()) open += (open.empty() ? "" : ", ") + one.operation;
  }
  if (changed.empty() && open.empty()) return "No cost changes; limits or requirements do.";
  std::string words;
  if (!changed.empty()) words = "Costs change for: " + changed + ".";
  if (!open.empty())
    words += (words.empty() ? "" : " ") + ("Not fully compared, and may change: " + open + ".");
  return words;
}

}  // namespace

std::string held_words(const comparison::Held& held, const Currencies& currencies) {
  auto value = [&](const Rational& x) {
    return held.currency.empty() ? x.to_string() : to_string(Money{x, held.currency}, currencies);
  };
  std::string words = (held.is_reading ? "reading of " : "") + held.name + " ";
  if (held.is_range && held.open) return words + "from " + value(held.values.front());
  if (held.is_range && held.values.size() > 1)
    return words + value(held.values.front()) + " to " + value(held.values.back());
  for (std::size_t i = 0; i < held.values.size(); ++i)
    words += (i > 0 ? " or " : "") + value(held.values[i]);
  if (held.others > 0) words += "; it changes at " + std::to_string(held.others) + " more, too";
  return words;
}

std::string change_words(const comparison::DiffRow& row, Currency currency,
                         const std::string& variable, const Currencies& currencies) {
  using Kind = comparison::DiffRow::Kind;
  if (row.kind == Kind::starts) return "quoted now; before: " + row.before->message;
  if (row.kind == Kind::ends) return "no longer quoted: " + row.after->message;
  if (row.kind == Kind::refused) return row.before->message + "; now: " + row.after->message;
  if (row.kind == Kind::unsettled) return "could not be determined exactly";
  if (row.kind == Kind::same || !row.line) return "";
  bool single =
      row.minimum && row.maximum && row.minimum->at && row.minimum->value == row.maximum->value;
  if (single) return signed_money(row.minimum->value, currency, currencies);
  const fees::Form& line = *row.line;
  std::string rounded = line.is_exact() ? "" : ", as rounded";
  Rational base = line.is_exact() ? line.base + line.low() : line.base;
  if (line.slope().is_zero()) return signed_money(base, currency, currencies) + rounded;
  std::string sign = line.slope().sign() > 0 ? "+" : "";
  std::string words = variable.empty()
                          ? sign + plain_decimal(line.slope() * Rational(100)) + " % of the amount"
                          : sign + plain_decimal(line.slope()) + " " +
                                std::string(currency.code()) + " for each of " + variable;
  if (!base.is_zero()) {
    std::string fixed = words::near_money_words({absolute(base), currency}, currencies);
    words += (base.sign() > 0 ? " + " : " - ") + fixed;
  }
  return words + rounded;
}

text::Page diff_page(const DiffReport& report) {
  const schedule::Schedule& before = report.costs.before->schedule;
  const schedule::Schedule& after = report.costs.after->schedule;
  text::Page page;
  page.push_back(text::Heading{1, "Changes of " + after.id});
  page.push_back(text::Facts{{{"Old", version_words(before)}, {"New", version_words(after)}}});
  page.push_back(text::Paragraph{summary(report)});
  for (const comparison::OperationDiff& operation : report.costs.operations) {
    if (!operation.is_same()) add_operation(page, operation, after.currencies);
  }
  bool converts = std::any_of(report.costs.operations.begin(), report.costs.operations.end(),
                              [](const comparison::OperationDiff& one) {
                                return std::any_of(one.changed.begin(), one.changed.end(),
                                                   [](const comparison::CellDiff& cell) {
                                                     return cell.cells.front().operation.converts();
                                                   });
                              });
  if (report.costs.nominal_rates && converts) {
    page.push_back(
        text::Paragraph{"Of conversions the margins are compared; with --rates, what arrives."});
  }
  add_terms(page, report.terms);
  add_files(page, report);
  return page;
}

namespace {

// Figures of currencies with many digits as short as they are.
std::string money_words(const Rational& value, Currency currency, const Currencies& currencies) {
  int places = std::min(currencies.digits(currency), 6);
  return value.to_string(places) + " " + std::string(currency.code());
}

std::string signed_words(const Rational& value, Currency currency, const Currencies& currencies) {
  return (value.sign() > 0 ? "+" : "") + money_words(value, currency, currencies);
}

std::string signed_percent(const comparison::ImpactSum& sum) {
  std::optional<Rational> percent = sum.percent();
  if (!percent) return sum.change().is_zero() ? "" : "from nothing";
  return (percent->sign() > 0 ? "+" : "") + words::percent_words(*percent);
}

std::vector<std::string> sum_cells(const comparison::ImpactSum& sum, Currency currency,
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

text::Grid sums_grid(const char* first,
                     const std::map<std::pair<std::string, Currency>, comparison::ImpactSum>& sums,
                     const Currencies& currencies) {
  text::Grid grid;
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

bool has_tiers(const comparison::Impact& impact) {
  for (const auto& [key, sum] : impact.by_tier) {
    if (!key.first.empty()) return true;
  }
  return false;
}

void add_movers(text::Page& page, const comparison::Impact& impact, const Currencies& currencies) {
  if (impact.movers.empty()) return;
  page.push_back(text::Heading{3, "Largest changes"});
  text::Grid grid;
  grid.columns = {"Line", "Id", "Operation", "Fees before", "Fees after", "Change"};
  for (const comparison::Mover& mover : impact.movers) {
    grid.row({std::to_string(mover.line), mover.id, mover.what,
              money_words(mover.before, mover.currency, currencies),
              money_words(mover.after, mover.currency, currencies),
              signed_words(mover.after - mover.before, mover.currency, currencies)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

std::string who_quotes(const comparison::ImpactFault& fault) {
  return fault.in_old ? "only the old" : fault.in_new ? "only the new" : "neither";
}

void add_faults(text::Page& page, const comparison::Impact& impact) {
  if (impact.faults.empty()) return;
  page.push_back(text::Paragraph{
      "Not counted, as not both versions quote them: " + std::to_string(impact.only_old) +
      " only the old, " + std::to_string(impact.only_new) + " only the new, " +
      std::to_string(impact.neither) + " neither. The first:"});
  text::Grid grid;
  grid.columns = {"Line", "Quoted by", "Why"};
  for (const comparison::ImpactFault& fault : impact.faults) {
    grid.row({std::to_string(fault.line), who_quotes(fault),
              std::string(to_string(fault.fault.code)) + ": " + fault.fault.message});
  }
  page.push_back(std::move(grid));
}

// ---- JSON --------------------------------------------------------------------------------------

void write_sum(formats::JsonWriter& json, const comparison::ImpactSum& sum, Currency currency,
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

void write_sums(formats::JsonWriter& json, const char* name, const char* key,
                const std::map<std::pair<std::string, Currency>, comparison::ImpactSum>& sums,
                const Currencies& currencies) {
  json.objects(name, sums, [&](const auto& entry) {
    const auto& [of, sum] = entry;
    json.member(key, of.first);
    write_sum(json, sum, of.second, currencies);
  });
}

void write_movers(formats::JsonWriter& json, const comparison::Impact& impact,
                  const Currencies& currencies) {
  json.objects("movers", impact.movers, [&](const comparison::Mover& mover) {
    json.count("line", mover.line);
    if (!mover.id.empty()) json.member("id", mover.id);
    json.member("operation", mover.what);
    json.member("currency", mover.currency.code());
    json.member("before", format_amount({mover.before, mover.currency}, currencies));
    json.member("after", format_amount({mover.after, mover.currency}, currencies));
  });
}

void write_faults(formats::JsonWriter& json, const comparison::Impact& impact) {
  json.objects("faults", impact.faults, [&](const comparison::ImpactFault& fault) {
    json.count("line", fault.line);
    json.member("in_old", fault.in_old);
    json.member("in_new", fault.in_new);
    json.key("error");
    text::write_diagnostic(json, fault.fault);
  });
}

}  // namespace

void add_impact(text::Page& page, const comparison::Impact& impact, const Currencies& currencies) {
  page.push_back(text::Heading{2, "Effect on " + std::to_string(impact.rows) + " operations"});
  if (impact.skipped > 0)
    page.push_back(
        text::Paragraph{"The mapping skips " + std::to_string(impact.skipped) + " more rows."});
  text::Grid totals;
  totals.columns = sum_columns;
  for (const auto& [currency, sum] : impact.totals)
    totals.row(sum_cells(sum, currency, currencies));
  if (!totals.rows.empty()) page.push_back(std::move(totals));
  text::Grid cells = sums_grid("For", impact.by_cell, currencies);
  if (cells.rows.size() > 1) page.push_back(std::move(cells));
  if (has_tiers(impact)) page.push_back(sums_grid("Tier", impact.by_tier, currencies));
  add_movers(page, impact, currencies);
  add_faults(page, impact);
}

void write_impact(formats::JsonWriter& json, const comparison::Impact& impact,
                  const Currencies& currencies) {
  json.object("impact", [&] {
    json.count("rows", impact.rows);
    if (impact.skipped > 0) json.count("skipped", impact.skipped);
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

}  // namespace levy::render::pages
