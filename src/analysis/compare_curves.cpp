// Who is cheapest where: the lower edge of several curves.
#include <algorithm>

#include "analysis/compare.h"

namespace levy {
namespace {

// Leaders, one more curve at a time.
class Race {
 public:
  Race(const std::vector<Track>& tracks, const Rational& unit) : tracks_(tracks), unit_(unit) {}

  std::vector<Lead> enter(std::size_t index, const std::vector<Lead>& leads) const;

 private:
  std::vector<Lead> enter_one(std::size_t index, const Lead& lead) const;

  const std::vector<Track>& tracks_;
  Rational unit_;
};

// Where nobody led: the newcomer does, wherever it has a price.
std::vector<Lead> lead_alone(const Track& track, std::size_t index, const Lead& empty) {
  std::vector<Lead> leads;
  for (const Leg& leg : track.legs) {
    Lead lead = empty;
    lead.from = std::max(empty.from, leg.stretch.from());
    lead.until = earlier(empty.until, leg.stretch.until());
    if (lead.until && *lead.until < lead.from) continue;
    if (leg.form) lead.leaders = {index};
    leads.push_back(std::move(lead));
  }
  return leads;
}

// The answer to "is the newcomer cheaper than this leader?" on one run of amounts.
Lead decide(Lead lead, std::size_t newcomer, const std::vector<const Gap*>& against) {
  bool priced = std::any_of(against.begin(), against.end(),
                            [](const Gap* gap) { return gap->second_fault == nullptr; });
  if (!priced) return lead;
  bool beaten = std::any_of(against.begin(), against.end(),
                            [](const Gap* gap) { return gap->settled && gap->signs.only_more(); });
  if (beaten) return lead;
  bool wins = std::all_of(against.begin(), against.end(), [](const Gap* gap) {
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
  bool same =
      std::all_of(against.begin(), against.end(), [](const Gap* gap) { return gap->is_same(); });
  lead.settled = lead.settled && std::all_of(against.begin(), against.end(),
                                             [](const Gap* gap) { return gap->settled; });
  lead.equal = lead.equal && same;
  lead.leaders.push_back(newcomer);
  return lead;
}

// The leaders' gaps are cut finer until one of each holds throughout.
std::vector<Lead> Race::enter_one(std::size_t index, const Lead& lead) const {
  if (lead.leaders.empty()) return lead_alone(tracks_[index], index, lead);
  std::vector<std::vector<Gap>> all;
  for (std::size_t leader : lead.leaders)
    all.push_back(difference(tracks_[leader], tracks_[index], {lead.from, lead.until}));
  std::vector<std::size_t> at(all.size(), 0);
  std::vector<Lead> decided;
  for (Rational from = lead.from;;) {
    std::optional<Rational> until = lead.until;
    std::vector<const Gap*> against;
    for (std::size_t i = 0; i < all.size(); ++i) {
      against.push_back(&all[i][at[i]]);
      until = earlier(until, against.back()->until);
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
                  next.back().equal == part.equal && next.back().settled == part.settled;
      if (same)
        next.back().until = part.until;
      else
        next.push_back(std::move(part));
    }
  }
  return next;
}

std::vector<Lead> race(const Comparison& comparison, const std::vector<Track>& tracks,
                       const AmountRange& range) {
  std::vector<Lead> leads = {Lead{range.from, range.until, {}, true, true, {}, {}}};
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    if (comparison.series[i].series.faults) continue;
    leads = Race(tracks, Rational(tracks[i].legs.front().stretch.unit())).enter(i, leads);
  }
  for (Lead& lead : leads) {
    if (lead.leaders.empty()) continue;
    const Track& track = tracks[lead.leaders.front()];
    lead.cost_from = track.at(lead.from);
    if (lead.until) lead.cost_until = track.at(*lead.until);
  }
  return leads;
}

// Amounts that are counted in different units cannot be held against each other.
void refuse_other_units(Comparison& comparison) {
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
                    const AmountRange& range) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Question question = candidates[i].question;
    question.request.currency = std::string(comparison.currency.code());
    for (Series& series : find_series(*candidates[i].tariff, question, range))
      comparison.series.push_back({i, std::move(series)});
  }
  refuse_other_units(comparison);
  std::vector<Track> tracks;
  for (const Comparison::Line& line : comparison.series) {
    Currency currency = comparison.currency;
    const Rates* rates = line.series.setting.rates;
    tracks.push_back(track_of(line.series, [currency, rates](const Evaluation& result) {
      return cost_in(result, currency, rates);
    }));
  }
  comparison.leads = race(comparison, tracks, range);
}

}  // namespace levy
