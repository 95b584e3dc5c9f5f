#include "comparison/compare.h"

#include <algorithm>

namespace levy::comparison {
namespace {

Checked<Rational> converted(const Money& money, Currency currency, const facts::Rates* rates) {
  if (money.amount.is_zero()) return Rational(0);
  return facts::convert(money, currency, rates);
}

Checked<Rational> cost_of(const fees::Quote& quote, Currency currency, const facts::Rates* rates) {
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

const facts::Rates* rates_for(const fees::Question& question, const fees::Quote& quote) {
  return question.rates == nullptr ? nullptr : question.rates->at(quote.operation.time);
}

std::optional<Rational> percent_of(const fees::Quote& quote, const Rational& cost,
                                   Currency currency, const facts::Rates* rates) {
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

void add_cost(Offer& offer, const fees::Question& question, Currency currency) {
  if (!offer.quote) {
    offer.cost = offer.quote.faults();
    return;
  }
  const facts::Rates* rates = rates_for(question, *offer.quote);
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
    for (ask::Expanded& row : ask::expand(*candidates[i].tariff, candidates[i].question)) {
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

// Who is cheapest where: the lower edge of several curves.

namespace {

// Leaders, one more curve at a time.
class Race {
 public:
  Race(const std::vector<curves::PiecewiseFigure>& figures, const Rational& unit,
       curves::GapMemo& memo)
      : figures_(figures), unit_(unit), memo_(memo) {}

  std::vector<Lead> enter(std::size_t index, const std::vector<Lead>& leads) const;

 private:
  std::vector<Lead> enter_one(std::size_t index, const Lead& lead) const;

  const std::vector<curves::PiecewiseFigure>& figures_;
  Rational unit_;
  curves::GapMemo& memo_;
};

bool is_undecided(const Diagnostic* fault) {
  return fault != nullptr && fault->code == Code::undecidable;
}

// Where nobody led: the newcomer does, wherever it has a price.
std::vector<Lead> lead_alone(const curves::PiecewiseFigure& figure, std::size_t index,
                             const Lead& empty) {
  std::vector<Lead> leads;
  for (const curves::Segment& segment : figure.segments) {
    Lead lead = empty;
    lead.from = std::max(empty.from, segment.amounts.from());
    lead.until = curves::earlier(empty.until, segment.amounts.until());
    if (lead.until && *lead.until < lead.from) continue;
    if (segment.form)
      lead.leaders = {index};
    else
      lead.undecided = lead.undecided || is_undecided(&segment.form.faults().front());
    leads.push_back(std::move(lead));
  }
  return leads;
}

// The answer to "is the newcomer cheaper than this leader?" on one run of amounts.
Lead decide(Lead lead, std::size_t newcomer, const std::vector<const curves::Gap*>& against) {
  lead.undecided =
      lead.undecided || std::any_of(against.begin(), against.end(), [](const curves::Gap* gap) {
        return is_undecided(gap->first_fault) || is_undecided(gap->second_fault);
      });
  bool priced = std::any_of(against.begin(), against.end(),
                            [](const curves::Gap* gap) { return gap->second_fault == nullptr; });
  if (!priced) return lead;
  bool beaten = std::any_of(against.begin(), against.end(), [](const curves::Gap* gap) {
    return gap->settled && gap->signs.only_more();
  });
  if (beaten) return lead;
  bool wins = std::all_of(against.begin(), against.end(), [](const curves::Gap* gap) {
    return gap->first_fault != nullptr || (gap->settled && gap->signs.only_less());
  });
  if (wins) {
    lead.leaders = {newcomer};
    lead.equal = lead.settled = true;
    return lead;
  }
  for (std::size_t i = against.size(); i-- > 0;) {  // who is beaten by the newcomer drops out
    bool drops = against[i]->settled && against[i]->signs.only_less();
    if (drops) lead.leaders.erase(lead.leaders.begin() + static_cast<std::ptrdiff_t>(i));
  }
  bool same = std::all_of(against.begin(), against.end(),
                          [](const curves::Gap* gap) { return gap->is_same(); });
  lead.settled = lead.settled && std::all_of(against.begin(), against.end(),
                                             [](const curves::Gap* gap) { return gap->settled; });
  lead.equal = lead.equal && same;
  lead.leaders.push_back(newcomer);
  return lead;
}

// The leaders' gaps are cut finer until one of each holds throughout. Without work the newcomer may
// be any of them.
std::vector<Lead> Race::enter_one(std::size_t index, const Lead& lead) const {
  if (memo_.work->is_done()) {
    Lead open = lead;
    open.undecided = true;
    return {open};
  }
  if (lead.leaders.empty()) return lead_alone(figures_[index], index, lead);
  std::vector<std::vector<curves::Gap>> all;
  for (std::size_t leader : lead.leaders)
    all.push_back(
        curves::difference(figures_[leader], figures_[index], {lead.from, lead.until}, &memo_));
  std::vector<std::size_t> at(all.size(), 0);
  std::vector<Lead> decided;
  for (Rational from = lead.from;;) {
    std::optional<Rational> until = lead.until;
    std::vector<const curves::Gap*> against;
    for (std::size_t i = 0; i < all.size(); ++i) {
      against.push_back(&all[i][at[i]]);
      until = curves::earlier(until, against.back()->until);
    }
    Lead part = lead;
    part.from = from;
    part.until = until;
    decided.push_back(decide(std::move(part), index, against));
    if (!until || (lead.until && *until >= *lead.until)) return decided;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i][at[i]].until && *all[i][at[i]].until <= *until) ++at[i];
    }
    from = *until + unit_;
  }
}

std::vector<Lead> Race::enter(std::size_t index, const std::vector<Lead>& leads) const {
  std::vector<Lead> next;
  for (const Lead& lead : leads) {
    for (Lead& part : enter_one(index, lead)) {
      bool same = !next.empty() && next.back().leaders == part.leaders &&
                  next.back().equal == part.equal && next.back().settled == part.settled &&
                  next.back().undecided == part.undecided;
      if (same)
        next.back().until = part.until;
      else
        next.push_back(std::move(part));
    }
  }
  return next;
}

std::vector<Lead> race(const Comparison& comparison,
                       const std::vector<curves::PiecewiseFigure>& figures,
                       const fees::AmountInterval& range, fees::Work& work) {
  std::vector<Lead> leads = {Lead{range.from, range.until, {}, true, true, false, {}, {}}};
  curves::GapMemo memo;
  memo.work = &work;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (comparison.series[i].series.faults) continue;
    leads =
        Race(figures, Rational(figures[i].segments.front().amounts.unit()), memo).enter(i, leads);
  }
  for (Lead& lead : leads) {
    lead.settled = lead.settled && !lead.undecided;
    if (lead.leaders.empty()) continue;
    const curves::PiecewiseFigure& figure = figures[lead.leaders.front()];
    lead.cost_from = figure.at(lead.from);
    if (lead.until) lead.cost_until = figure.at(*lead.until);
  }
  return leads;
}

// Amounts that are counted in different units cannot be held against each other.
void report_other_units(Comparison& comparison) {
  std::optional<Decimal> unit;
  for (Comparison::Line& line : comparison.series) {
    if (line.series.faults) continue;
    Decimal own = line.series.currencies().minor_unit(comparison.currency);
    if (!unit) unit = own;
    if (own == *unit) continue;
    line.series.faults =
        Diagnostics{Diagnostic{Code::precision,
                               "this tariff counts " + std::string(comparison.currency.code()) +
                                   " in units of " + own.to_string() + ", not " + unit->to_string(),
                               "let both declare the same digits"}};
  }
}

}  // namespace

void compare_curves(Comparison& comparison, const std::vector<Candidate>& candidates,
                    const fees::AmountInterval& range) {
  fees::Work work{curve_steps_max};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    fees::Question question = candidates[i].question;
    question.request.currency = std::string(comparison.currency.code());
    for (curves::Series& series :
         curves::find_series(*candidates[i].tariff, question, range, &work))
      comparison.series.push_back({i, std::move(series)});
  }
  report_other_units(comparison);
  std::vector<curves::PiecewiseFigure> figures;
  for (const Comparison::Line& line : comparison.series) {
    Currency currency = comparison.currency;
    const facts::Rates* rates = line.series.resolved.rates;
    figures.push_back(
        curves::piecewise_figure(line.series, [currency, rates](const fees::Evaluation& result) {
          return curves::cost_in(result, currency, rates);
        }));
  }
  comparison.leads = race(comparison, figures, range, work);
  comparison.out_of_work = work.is_done();
  for (Comparison::Line& line : comparison.series) line.series.work = nullptr;
}

}  // namespace levy::comparison
