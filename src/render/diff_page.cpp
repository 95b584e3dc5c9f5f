#include "render/diff_page.h"

#include <algorithm>

#include "render/labels.h"

namespace levy {
namespace {

std::string version_words(const Schedule& schedule) {
  return schedule.id + (schedule.version.empty() ? "" : " " + schedule.version) + " (" +
         schedule.file + ")";
}

std::string range_words(const DiffRow& row, const CellDiff& cell, const Currencies& currencies) {
  if (cell.along.empty()) return amounts_words(row.from, row.until, cell.amounts_in, currencies);
  std::string from = row.from.to_string();
  if (!row.until) return "from " + from;
  return *row.until == row.from ? from : from + " to " + row.until->to_string();
}

std::string figure_name(FigureDiff::Kind kind) {
  switch (kind) {
    case FigureDiff::Kind::fees:
      return "Fees";
    case FigureDiff::Kind::debited:
      return "Debited";
    case FigureDiff::Kind::arrives:
      return "Arrives";
    case FigureDiff::Kind::margin:
      return "Margin";
  }
  ensure(false, "a difference is of one of three figures");
  return "";
}

std::string signed_money(const Rational& value, Currency currency, const Currencies& currencies) {
  std::string words = currency.empty() ? value.to_string() + " points of percent"
                                       : near_money_words({value, currency}, currencies);
  return value.sign() > 0 ? "+" + words : words;
}

// "+0.01 to +5.00 EUR"; a bound that roundings may not reach says so.
std::string extremes_words(const DiffRow& row, Currency currency, const Currencies& currencies) {
  bool compared = row.line || row.least || row.most;
  if (!compared || row.kind == DiffRow::Kind::same) return "";
  std::string least = row.least ? signed_money(row.least->value, currency, currencies) : "";
  std::string most = row.most ? signed_money(row.most->value, currency, currencies) : "";
  bool bound = (row.least && !row.least->at) || (row.most && !row.most->at);
  std::string words = least == most   ? least
                      : least.empty() ? most + " and less, without end"
                      : most.empty()  ? least + " and more, without end"
                                      : least + " to " + most;
  return words + (bound ? " at the utmost" : "");
}

std::string plain_decimal(const Rational& value) {
  if (value.is_decimal()) return value.to_string();
  return "~" + round(value, Decimal::ten_to(-6), RoundingMode::half_even).to_string();
}

void add_operation(Page& page, const OperationDiff& operation, const Currencies& currencies) {
  page.push_back(Heading{2, operation.operation});
  if (!operation.in_old || !operation.in_new) {
    page.push_back(Paragraph{operation.in_new ? "A new operation." : "No longer an operation."});
    return;
  }
  if (operation.changed.empty()) {
    page.push_back(Paragraph{"Costs what it did, at every amount."});
    return;
  }
  for (const CellDiff& cell : operation.changed) {
    std::vector<std::string> words;
    for (const Cell& one : cell.cells) {
      std::string text = to_words(one);
      words.push_back(text.empty() ? "every operation" : text);
    }
    page.push_back(Heading{3, "For " + words.front()});
    if (words.size() > 1) {
      std::string others;
      for (std::size_t i = 1; i < words.size(); ++i) others += (i > 1 ? "; " : "") + words[i];
      page.push_back(Paragraph{"And alike for: " + others});
    }
    for (const FigureDiff& figure : cell.figures) {
      Grid grid;
      grid.columns = {cell.along.empty() ? "Amount" : cell.along, figure_name(figure.kind), "By",
                      "Least to most"};
      for (const DiffRow& row : figure.rows) {
        grid.row({range_words(row, cell, currencies), std::string(to_string(row.kind)),
                  change_words(row, figure.currency, cell.along, currencies),
                  extremes_words(row, figure.currency, currencies)});
      }
      grid.drop_empty_columns();
      page.push_back(std::move(grid));
    }
  }
  if (operation.same > 0) {
    page.push_back(Paragraph{"The same for the other " + std::to_string(operation.same) + " of " +
                             std::to_string(operation.cells) + " classes of operations."});
  }
  if (!operation.complete)
    page.push_back(Paragraph{"There are more classes than could be looked at."});
}

std::string side(const std::string& words) { return words.empty() ? "none" : words; }

void add_terms(Page& page, const std::vector<TermChange>& terms) {
  if (terms.empty()) return;
  page.push_back(Heading{2, "Limits and requirements"});
  Grid grid;
  grid.columns = {"What", "Tier", "Before", "After"};
  for (const TermChange& term : terms) {
    std::string what = term.part + (term.id.empty() ? "" : " " + term.id);
    grid.row({what, term.tier, side(term.before), side(term.after)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

void add_files(Page& page, const DiffReport& report) {
  std::vector<const FileChange*> told;
  std::size_t examples = 0;
  for (const FileChange& change : report.files) {
    bool example = change.pointer.starts_with("/examples");
    examples += example ? 1 : 0;
    if (!example && (change.is_text || report.is_same())) told.push_back(&change);
  }
  if (told.empty() && examples == 0) return;
  page.push_back(Heading{2, "Without effect on any amount"});
  if (examples > 0)
    page.push_back(Paragraph{"Examples differ in " + std::to_string(examples) + " places."});
  if (told.empty()) return;
  Grid grid;
  grid.columns = {"Where", "Before", "After"};
  for (const FileChange* change : told)
    grid.row({change->pointer, side(change->before), side(change->after)});
  page.push_back(std::move(grid));
}

std::string summary(const DiffReport& report) {
  if (report.is_same()) {
    return report.files.empty() ? "Nothing changes: the two say the same."
                                : "No amount and no limit changes.";
  }
  std::vector<std::string> changed;
  for (const OperationDiff& one : report.costs.operations) {
    if (!one.changed.empty() || one.in_old != one.in_new) changed.push_back(one.operation);
  }
  std::string words;
  for (const std::string& one : changed) words += (words.empty() ? "" : ", ") + one;
  if (changed.empty()) return "No cost changes; limits or requirements do.";
  return "Costs change for: " + words + ".";
}

}  // namespace

std::string change_words(const DiffRow& row, Currency currency, const std::string& along,
                         const Currencies& currencies) {
  using Kind = DiffRow::Kind;
  if (row.kind == Kind::starts) return "quoted now; before: " + row.before->message;
  if (row.kind == Kind::ends) return "no longer quoted: " + row.after->message;
  if (row.kind == Kind::refused) return row.before->message + "; now: " + row.after->message;
  if (row.kind == Kind::unsettled) return "could not be told exactly";
  if (row.kind == Kind::same || !row.line) return "";
  bool single = row.least && row.most && row.least->at && row.least->value == row.most->value;
  if (single) return signed_money(row.least->value, currency, currencies);
  const Form& line = *row.line;
  std::string rounded = line.is_exact() ? "" : ", as rounded";
  Rational base = line.is_exact() ? line.base + line.low() : line.base;
  if (line.slope().is_zero()) return signed_money(base, currency, currencies) + rounded;
  std::string sign = line.slope().sign() > 0 ? "+" : "";
  std::string words = along.empty()
                          ? sign + plain_decimal(line.slope() * Rational(100)) + " % of the amount"
                          : sign + plain_decimal(line.slope()) + " " +
                                std::string(currency.code()) + " for each of " + along;
  if (!base.is_zero()) {
    std::string fixed = near_money_words({absolute(base), currency}, currencies);
    words += (base.sign() > 0 ? " + " : " - ") + fixed;
  }
  return words + rounded;
}

Page diff_page(const DiffReport& report) {
  const Schedule& before = report.costs.before->schedule;
  const Schedule& after = report.costs.after->schedule;
  Page page;
  page.push_back(Heading{1, "Changes of " + after.id});
  page.push_back(Facts{{{"Old", version_words(before)}, {"New", version_words(after)}}});
  page.push_back(Paragraph{summary(report)});
  for (const OperationDiff& operation : report.costs.operations) {
    bool changes = !operation.changed.empty() || operation.in_old != operation.in_new;
    if (changes) add_operation(page, operation, after.currencies);
  }
  bool converts = std::any_of(
      report.costs.operations.begin(), report.costs.operations.end(), [](const OperationDiff& one) {
        return std::any_of(one.changed.begin(), one.changed.end(), [](const CellDiff& cell) {
          return cell.cells.front().operation.converts();
        });
      });
  if (report.costs.nominal_rates && converts) {
    page.push_back(
        Paragraph{"Of conversions the margins are compared; with --rates, what arrives."});
  }
  add_terms(page, report.terms);
  add_files(page, report);
  return page;
}

}  // namespace levy
