#include "render/pages/compare_page.h"

#include <algorithm>

#include "render/words/answer_parts.h"
#include "render/words/labels.h"
#include "render/words/words.h"

namespace levy::render::pages {
namespace {

const Currencies& compared_currencies(const comparison::Comparison& comparison,
                                      const std::vector<comparison::Candidate>& candidates) {
  for (const comparison::Offer& offer : comparison.offers) {
    if (offer.quote) return offer.quote->plan->schedule.currencies;
  }
  return candidates.front().tariff->versions.back().schedule.currencies;
}

const schedule::Schedule& offer_schedule(const comparison::Offer& offer,
                                         const std::vector<comparison::Candidate>& candidates) {
  const comparison::Candidate& candidate = candidates[offer.candidate];
  if (offer.quote) return offer.quote->plan->schedule;
  return candidate.tariff->nearest(candidate.question.now).schedule;
}

std::vector<std::string> names_given(const comparison::Comparison& comparison) {
  std::vector<std::string> names;
  for (const comparison::Offer& offer : comparison.offers) {
    for (const auto& [name, value] : offer.given) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

std::string value_given(const comparison::Offer& offer, const std::string& name) {
  for (const auto& [own, value] : offer.given) {
    if (own == name) return value;
  }
  return "any";
}

std::string amounts_text(const std::map<Currency, Rational>& amounts, Currency main,
                         const Currencies& currencies) {
  std::string text;
  for (const auto& [currency, amount] : amounts) {
    if (amount.is_zero() && (amounts.size() > 1 || currency != main)) continue;
    text += (text.empty() ? "" : " + ") + to_string(Money{amount, currency}, currencies);
  }
  return text.empty() ? to_string(Money{0, main}, currencies) : text;
}

// ---- offers ------------------------------------------------------------------------------------

// Where the cost is the fees, a column of its own would say the same twice.
bool cost_is_fees(const comparison::Comparison& comparison) {
  return std::all_of(comparison.offers.begin(), comparison.offers.end(),
                     [&](const comparison::Offer& offer) {
                       if (!offer.cost) return true;
                       const auto& fees = offer.quote->fees;
                       Rational sum;
                       for (const auto& [currency, amount] : fees) {
                         if (currency != comparison.currency && !amount.is_zero()) return false;
                         sum += amount;
                       }
                       return sum == *offer.cost;
                     });
}

std::string why_not(const Diagnostic& fault) {
  std::string text = words::fault_words(fault);
  return fault.code == Code::missing_rate ? text + "; give --rates" : text;
}

struct Columns {
  std::vector<std::string> names;
  bool several = false;  // tariffs
  bool cost = false;
};

std::vector<std::string> offer_cells(const comparison::Offer& offer, const Columns& columns,
                                     const comparison::Comparison& comparison,
                                     const std::vector<comparison::Candidate>& candidates) {
  std::vector<const schedule::Schedule*> schedules;
  for (const comparison::Offer& other : comparison.offers)
    schedules.push_back(&offer_schedule(other, candidates));
  const schedule::Schedule& schedule = offer_schedule(offer, candidates);
  std::vector<std::string> cells = {offer.rank ? std::to_string(*offer.rank) : "-"};
  if (columns.several) cells.push_back(words::name_among(schedule, schedules));
  for (const std::string& name : columns.names) cells.push_back(value_given(offer, name));
  if (offer.quote) {
    const fees::Quote& quote = *offer.quote;
    Currency source = quote.operation.currency;
    cells.push_back(amounts_text(quote.fees, source, schedule.currencies));
    cells.push_back(amounts_text(quote.debit, source, schedule.currencies));
    cells.push_back(to_string(quote.credit, schedule.currencies));
  } else {
    cells.insert(cells.end(), 3, "");
  }
  if (offer.cost) {
    Money cost{*offer.cost, comparison.currency};
    if (columns.cost) cells.push_back(words::near_money_words(cost, schedule.currencies));
    cells.push_back(offer.percent ? words::percent_words(*offer.percent) : "");
  } else {
    cells.insert(cells.end(), columns.cost ? 2 : 1, "");
  }
  return cells;
}

void add_offers(text::Page& page, const comparison::Comparison& comparison,
                const std::vector<comparison::Candidate>& candidates) {
  Columns columns{names_given(comparison), candidates.size() > 1, !cost_is_fees(comparison)};
  text::Grid grid;
  grid.columns = {""};
  if (columns.several) grid.columns.emplace_back("tariff");
  grid.described_from = grid.columns.size();
  for (const std::string& name : columns.names) grid.columns.push_back(name);
  grid.described_until = grid.columns.size();
  for (const char* title : {"fees", "debited", "arrives"}) grid.columns.emplace_back(title);
  if (columns.cost) grid.columns.emplace_back("cost");
  grid.columns.emplace_back("of the amount");
  for (const comparison::Offer& offer : comparison.offers) {
    grid.row(offer_cells(offer, columns, comparison, candidates));
    if (!offer.cost) grid.rows.back().note = why_not(offer.cost.faults().front());
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  if (columns.cost)
    page.push_back(text::Paragraph{"Cost: what is debited less what arrives, at the mid rate."});
}

void add_head(text::Page& page, const comparison::Comparison& comparison) {
  for (const comparison::Offer& offer : comparison.offers) {
    if (!offer.quote) continue;
    const fees::Quote& quote = *offer.quote;
    const schedule::Schedule& schedule = quote.plan->schedule;
    const facts::Operation& operation = quote.operation;
    std::string text = operation.name + " of " +
                       to_string(Money{*operation.amount, operation.currency}, schedule.currencies);
    if (operation.converts()) text += " to " + std::string(operation.to_currency.code());
    page.push_back(
        text::Paragraph{text + ", at " + words::time_words(operation.time, schedule.timezone)});
    return;
  }
}

text::Lines assumed_by_offers(const comparison::Comparison& comparison) {
  std::vector<std::string> meters;
  for (const comparison::Offer& offer : comparison.offers) {
    if (!offer.quote) continue;
    for (const std::string& meter : offer.quote->assumed) {
      if (std::find(meters.begin(), meters.end(), meter) == meters.end()) meters.push_back(meter);
    }
  }
  text::Lines lines;
  if (!meters.empty()) lines.add(words::assumed_words(meters));
  return lines;
}

// ---- leads -------------------------------------------------------------------------------------

std::string leaders_words(const comparison::Lead& lead, const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < lead.leaders.size(); ++i) {
    if (i > 0) text += i + 1 == lead.leaders.size() ? (lead.equal ? " and " : " or ") : ", ";
    text += labels[lead.leaders[i]];
  }
  if (lead.leaders.empty()) return "nobody has a price";
  if (!lead.settled) return text + " (not determined exactly)";
  if (lead.leaders.size() == 1) return text;
  return text + (lead.equal ? " (the same)" : " (roundings decide, amount by amount)");
}

std::string lead_cost(const comparison::Lead& lead, Currency currency,
                      const Currencies& currencies) {
  if (!lead.cost_from) return "";
  std::string from = words::near_money_words({*lead.cost_from, currency}, currencies);
  if (!lead.cost_until) return "from " + from;
  std::string until = words::near_money_words({*lead.cost_until, currency}, currencies);
  return from == until ? from : from + " to " + until;
}

void add_leads(text::Page& page, const comparison::Comparison& comparison,
               const std::vector<comparison::Candidate>& candidates) {
  if (comparison.leads.empty()) return;
  const Currencies& currencies = compared_currencies(comparison, candidates);
  std::vector<words::Labelled> lines;
  for (const comparison::Comparison::Line& line : comparison.series) {
    const comparison::Candidate& candidate = candidates[line.candidate];
    lines.push_back(
        {&candidate.tariff->nearest(candidate.question.now).schedule, line.series.given});
  }
  std::vector<std::string> labels = words::labels_of(lines);
  page.push_back(text::Paragraph{"Cheapest by amount"});
  text::Grid grid;
  grid.columns = {"amount", "cheapest", "cost"};
  for (const comparison::Lead& lead : comparison.leads) {
    grid.row({words::amounts_words(lead.from, lead.until, comparison.currency, currencies),
              leaders_words(lead, labels), lead_cost(lead, comparison.currency, currencies)});
  }
  page.push_back(std::move(grid));
  for (std::size_t i = 0; i < comparison.series.size(); ++i) {
    const curves::Series& series = comparison.series[i].series;
    if (!series.faults) continue;
    page.push_back(text::Paragraph{"Not in this table: " + labels[i] + ", " +
                                   why_not(series.faults->front())});
  }
}

// Is a figure rounded ("≈1.27 EUR")?
bool holds_rounded(const text::Page& page) {
  for (const text::Block& block : page) {
    const text::Grid* grid = std::get_if<text::Grid>(&block);
    if (grid == nullptr) continue;
    for (const text::Grid::Row& row : grid->rows) {
      for (const std::string& cell : row.cells) {
        if (cell.find("≈") != std::string::npos) return true;
      }
    }
  }
  return false;
}

}  // namespace

text::Page compare_page(const comparison::Comparison& comparison,
                        const std::vector<comparison::Candidate>& candidates) {
  text::Page page;
  add_head(page, comparison);
  add_offers(page, comparison, candidates);
  text::Lines assumed = assumed_by_offers(comparison);
  if (!assumed.lines.empty()) page.push_back(std::move(assumed));
  add_leads(page, comparison, candidates);
  if (holds_rounded(page)) page.push_back(text::Paragraph{std::string(words::rounded_note)});
  return page;
}

}  // namespace levy::render::pages
