#include "analysis/compare.h"

#include <algorithm>

namespace levy {
namespace {

Checked<Rational> converted(const Money& money, Currency currency, const Rates* rates) {
  if (money.amount.is_zero()) return Rational(0);
  return convert(money, currency, rates);
}

Checked<Rational> cost_of(const Quote& quote, Currency currency, const Rates* rates) {
  Rational cost;
  for (const auto& [debited_in, amount] : quote.debit) {
    Checked<Rational> value = converted({amount, debited_in}, currency, rates);
    if (!value) return value;
    cost += *value;
  }
  Checked<Rational> arrives = converted(quote.credit, currency, rates);
  if (!arrives) return arrives;
  return cost - *arrives;
}

const Rates* rates_for(const Question& question, const Quote& quote) {
  return question.rates == nullptr ? nullptr : question.rates->at(quote.operation.time);
}

std::optional<Rational> percent_of(const Quote& quote, const Rational& cost, Currency currency,
                                   const Rates* rates) {
  Checked<Rational> amount =
      converted({*quote.operation.amount, quote.operation.currency}, currency, rates);
  if (!amount || amount->is_zero()) return std::nullopt;
  return cost * Rational(100) / *amount;
}

Currency common_currency(const std::vector<Offer>& offers) {
  for (const Offer& offer : offers) {
    if (offer.quote) return offer.quote->operation.currency;
  }
  return Currency();
}

void add_cost(Offer& offer, const Question& question, Currency currency) {
  if (!offer.quote) {
    offer.cost = offer.quote.faults();
    return;
  }
  const Rates* rates = rates_for(question, *offer.quote);
  offer.cost = cost_of(*offer.quote, currency, rates);
  if (offer.cost) offer.percent = percent_of(*offer.quote, *offer.cost, currency, rates);
}

void rank_by_cost(std::vector<Offer>& offers) {
  std::stable_sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) {
    if (!a.cost || !b.cost) return static_cast<bool>(a.cost) && !b.cost;
    return *a.cost < *b.cost;
  });
  for (std::size_t i = 0; i < offers.size() && offers[i].cost; ++i) {
    bool tied = i > 0 && *offers[i].cost == *offers[i - 1].cost;
    offers[i].rank = tied ? offers[i - 1].rank : i + 1;
  }
}

}  // namespace

Comparison compare(const std::vector<Candidate>& candidates) {
  Comparison comparison;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (Expanded& row : expand(*candidates[i].tariff, candidates[i].question)) {
      Offer offer{i, std::move(row.given), std::move(row.quote), Rational(0), {}, {}};
      comparison.offers.push_back(std::move(offer));
    }
  }
  comparison.currency = common_currency(comparison.offers);
  for (Offer& offer : comparison.offers)
    add_cost(offer, candidates[offer.candidate].question, comparison.currency);
  rank_by_cost(comparison.offers);
  return comparison;
}

}  // namespace levy
