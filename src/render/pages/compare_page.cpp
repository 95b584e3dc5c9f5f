#include "render/pages/compare_page.h"

#include <algorithm>

#include "render/text/translate.h"
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

std::string value_given(const comparison::Offer& offer, const std::string& name,
                        const std::string& any) {
  for (const auto& [own, value] : offer.given) {
    if (own == name) return value;
  }
  return any;
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

std::string why_not(const Diagnostic& fault, std::string_view language) {
  std::string text = words::fault_words(fault);
  if (fault.code != Code::missing_rate) return text;
  return text::translate(language, "{error}; give --rates", {{"error", text}});
}

struct Columns {
  std::vector<std::string> names;
  bool several = false;  // tariffs
  bool cost = false;
  std::string any = {};
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
  for (const std::string& name : columns.names)
    cells.push_back(value_given(offer, name, columns.any));
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
                const std::vector<comparison::Candidate>& candidates, std::string_view language) {
  text::Grid grid = text::grid_in(language);
  Columns columns{names_given(comparison), candidates.size() > 1, !cost_is_fees(comparison),
                  grid.any};
  grid.columns = {""};
  if (columns.several) grid.columns.push_back(text::translate(language, "tariff"));
  grid.described_from = grid.columns.size();
  for (const std::string& name : columns.names) grid.columns.push_back(name);
  grid.described_until = grid.columns.size();
  for (const char* title : words::amount_titles)
    grid.columns.push_back(text::translate(language, title));
  if (columns.cost) grid.columns.push_back(text::translate(language, "cost"));
  grid.columns.push_back(text::translate(language, "of the amount"));
  for (const comparison::Offer& offer : comparison.offers) {
    grid.row(offer_cells(offer, columns, comparison, candidates));
    if (!offer.cost) grid.rows.back().note = why_not(offer.cost.faults().front(), language);
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  if (columns.cost)
    page.push_back(text::Paragraph{
        text::translate(language, "Cost: what is debited less what arrives, at the mid rate.")});
}

void add_head(text::Page& page, const comparison::Comparison& comparison,
              std::string_view language) {
  for (const comparison::Offer& offer : comparison.offers) {
    if (!offer.quote) continue;
    const fees::Quote& quote = *offer.quote;
    const schedule::Schedule& schedule = quote.plan->schedule;
    const facts::Operation& operation = quote.operation;
    page.push_back(text::Paragraph{text::translate(
        language, "{question}, at {time}",
        {{"question", words::operation_words(schedule, operation, language)},
         {"time", words::time_words(operation.time, schedule.timezone, language)}})});
    return;
  }
}

text::Lines assumed_by_offers(const comparison::Comparison& comparison, std::string_view language) {
  std::vector<std::string> meters;
  for (const comparison::Offer& offer : comparison.offers) {
    if (!offer.quote) continue;
    for (const std::string& meter : offer.quote->assumed) {
      if (std::find(meters.begin(), meters.end(), meter) == meters.end()) meters.push_back(meter);
    }
  }
  text::Lines lines;
  if (!meters.empty()) lines.add(words::assumed_words(meters, language));
  return lines;
}

// ---- leads -------------------------------------------------------------------------------------

std::string leaders_words(const comparison::Lead& lead, const std::vector<std::string>& labels,
                          std::string_view language) {
  std::vector<std::string> leaders;
  for (std::size_t leader : lead.leaders) leaders.push_back(labels[leader]);
  if (leaders.empty())
    return text::translate(language, lead.undecided ? text::translatable("not decided")
                                                    : text::translatable("nobody has a price"));
  std::string list =
      lead.equal ? words::join_and(leaders, language) : words::join_or(leaders, language);
  auto say = [&](std::string_view sentence) {
    return text::translate(language, sentence, {{"list", list}});
  };
  if (lead.undecided) return say(text::translatable("{list} (of those that are decided)"));
  if (!lead.settled) return say(text::translatable("{list} (not determined exactly)"));
  if (leaders.size() == 1) return list;
  return say(lead.equal ? text::translatable("{list} (the same)")
                        : text::translatable("{list} (roundings decide, amount by amount)"));
}

std::string lead_cost(const comparison::Lead& lead, Currency currency, const Currencies& currencies,
                      std::string_view language) {
  if (!lead.cost_from) return "";
  std::string from = words::near_money_words({*lead.cost_from, currency}, currencies);
  if (!lead.cost_until) return text::translate(language, "from {min}", {{"min", from}});
  std::string until = words::near_money_words({*lead.cost_until, currency}, currencies);
  return from == until
             ? from
             : text::translate(language, "{min} to {max}", {{"min", from}, {"max", until}});
}

void add_leads(text::Page& page, const comparison::Comparison& comparison,
               const std::vector<comparison::Candidate>& candidates, std::string_view language) {
  if (comparison.leads.empty()) return;
  const Currencies& currencies = compared_currencies(comparison, candidates);
  std::vector<words::Labelled> lines;
  for (const comparison::Comparison::Line& line : comparison.series) {
    const comparison::Candidate& candidate = candidates[line.candidate];
    lines.push_back(
        {&candidate.tariff->nearest(candidate.question.now).schedule, line.series.given});
  }
  std::vector<std::string> labels = words::labels_of(lines);
  page.push_back(text::Paragraph{text::translate(language, "Cheapest by amount")});
  text::Grid grid;
  grid.columns = {text::translate(language, "amount"), text::translate(language, "cheapest"),
                  text::translate(language, "cost")};
  for (const comparison::Lead& lead : comparison.leads) {
    grid.row(
        {words::amounts_words(lead.from, lead.until, comparison.currency, currencies, language),
         leaders_words(lead, labels, language),
         lead_cost(lead, comparison.currency, currencies, language)});
  }
  page.push_back(std::move(grid));
  if (comparison.out_of_work)
    page.push_back(
        text::Paragraph{text::translate(language, "Not all decided: {error}",
                                        {{"error", why_not(curves::out_of_work(), language)}})});
  for (std::size_t i = 0; i < comparison.series.size(); ++i) {
    const curves::Series& series = comparison.series[i].series;
    bool is_said =
        comparison.out_of_work && series.faults && series.faults->front().code == Code::undecidable;
    if (!series.faults || is_said) continue;
    page.push_back(text::Paragraph{text::translate(
        language, "Not in this table: {tariff}, {error}",
        {{"tariff", labels[i]}, {"error", why_not(series.faults->front(), language)}})});
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
                        const std::vector<comparison::Candidate>& candidates,
                        std::string_view language) {
  text::Page page;
  add_head(page, comparison, language);
  add_offers(page, comparison, candidates, language);
  text::Lines assumed = assumed_by_offers(comparison, language);
  if (!assumed.lines.empty()) page.push_back(std::move(assumed));
  add_leads(page, comparison, candidates, language);
  if (holds_rounded(page))
    page.push_back(text::Paragraph{text::translate(language, words::rounded_note)});
  return page;
}

}  // namespace levy::render::pages
