#include "batch/cause_variants.h"

#include <algorithm>

#include "schedule/conditions.h"

namespace levy {
namespace {

using Variants = std::vector<Variant>;
using VariantChange = std::function<void(Schedule&)>;
using Asked = Variant::Asked;

// Prices of a case that are misread, so that its lines come out otherwise.
void add_misread(Variants& variants, std::string cause, VariantChange change, std::size_t fee,
                 std::size_t index) {
  variants.push_back(Variant{std::move(cause), std::move(change), Variant::Kind::misread,
                             Asked::with_case, fee, index});
}

Case& case_of(Schedule& schedule, std::size_t fee, std::size_t index) {
  return schedule.fees[fee].cases[index];
}

// The charge itself, or a member of its `greatest` or `least`.
std::size_t charges_in(const Charge& charge) {
  return 1 + charge.greatest.size() + charge.least.size();
}
template <class AnyCharge>
AnyCharge& charge_in(AnyCharge& charge, std::size_t index) {
  if (index == 0) return charge;
  return charge.least.empty() ? charge.greatest[index - 1] : charge.least[index - 1];
}

// All prices of a charge: its own, its bands', its members'.
template <class AnyCharge, class Visit>
void each_terms(AnyCharge& charge, const Visit& visit) {
  for (std::size_t i = 0; i < charges_in(charge); ++i) {
    auto& one = charge_in(charge, i);
    visit(one.terms);
    for (auto& term : one.terms.list) {
      auto* bands = bands_of(term);
      if (bands == nullptr) continue;
      for (auto& band : *bands) visit(band.terms);
    }
  }
}

// ---- rounding ----------------------------------------------------------------------------------

constexpr RoundingMode all_modes[] = {
    RoundingMode::half_even, RoundingMode::half_up, RoundingMode::half_down, RoundingMode::up,
    RoundingMode::down,      RoundingMode::ceiling, RoundingMode::floor};

void round_all(Schedule& schedule, RoundingMode mode) {
  schedule.rounding.rule.mode = mode;
  for (Fee& fee : schedule.fees) {
    if (fee.round && !fee.round->none) fee.round->mode = mode;
  }
}

void add_roundings(Variants& variants, const Schedule& schedule) {
  auto add = [&](const std::string& words, VariantChange change) -> Variant& {
    return variants.emplace_back(Variant{"rounding: " + words, std::move(change)});
  };
  auto word = [](RoundingMode mode) { return std::string(to_string(mode)); };
  for (RoundingMode mode : all_modes)
    add(word(mode), [mode](Schedule& changed) { round_all(changed, mode); });
  bool by_line = schedule.rounding.apply == Rounding::Apply::line;
  auto other = by_line ? Rounding::Apply::total : Rounding::Apply::line;
  add(by_line ? "total" : "line", [other](Schedule& changed) { changed.rounding.apply = other; });
  if (schedule.fees.size() == 1) return;
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    for (RoundingMode mode : all_modes) {
      Variant& variant = add(word(mode) + " of " + schedule.fees[i].id, [=](Schedule& changed) {
        Fee& fee = changed.fees[i];
        if (!fee.round) fee.round.emplace();
        fee.round->none = false;
        fee.round->mode = mode;
      });
      variant.asked = Asked::with_line;
      variant.fee = i;
    }
  }
}

// ---- bands -------------------------------------------------------------------------------------

void leave_out_edge(std::vector<Band>& bands, std::size_t edge, bool lower_goes_on) {
  if (lower_goes_on) std::swap(bands[edge].terms, bands[edge + 1].terms);
  bands.erase(bands.begin() + static_cast<std::ptrdiff_t>(edge));
}

void add_bands(Variants& variants, const Schedule& schedule, std::size_t fee, std::size_t index) {
  const Fee& owner = schedule.fees[fee];
  auto add = [&](const std::string& words, std::size_t member, std::size_t term, auto change) {
    auto whole = [=](Schedule& changed) {
      change(*bands_of(charge_in(case_of(changed, fee, index).charge, member).terms.list[term]));
    };
    add_misread(variants, "band: " + words + " of " + owner.id, whole, fee, index);
  };
  const Charge& charge = owner.cases[index].charge;
  for (std::size_t member = 0; member < charges_in(charge); ++member) {
    const std::vector<Term>& terms = charge_in(charge, member).terms.list;
    for (std::size_t term = 0; term < terms.size(); ++term) {
      const std::vector<Band>* bands = bands_of(terms[term]);
      if (bands == nullptr) continue;
      add("edge", member, term, [](std::vector<Band>& changed) {
        for (Band& band : changed) band.inclusive = !band.inclusive;
      });
      for (bool below : {true, false}) {
        for (std::size_t edge = 0; edge + 1 < bands->size(); ++edge) {
          add(below ? "next below" : "next above", member, term,
              [=](std::vector<Band>& changed) { leave_out_edge(changed, edge, below); });
        }
      }
    }
  }
}

// ---- bounds ------------------------------------------------------------------------------------

using PriceBound = std::optional<Price> Terms::*;

std::string bound_word(PriceBound bound) { return bound == &Terms::min ? "min" : "max"; }

void leave_out_bounds(Variants& variants, const Schedule& schedule, std::size_t fee,
                      std::size_t index) {
  const Fee& owner = schedule.fees[fee];
  auto add = [&](const std::string& word, const VariantChange& change) {
    add_misread(variants, "bound left out: " + word + " of " + owner.id, change, fee, index);
  };
  const Charge& charge = owner.cases[index].charge;
  for (PriceBound bound : {&Terms::min, &Terms::max}) {
    bool has_one = false;
    each_terms(charge, [&](const Terms& terms) { has_one = has_one || terms.*bound; });
    if (!has_one) continue;
    add(bound_word(bound), [=](Schedule& changed) {
      each_terms(case_of(changed, fee, index).charge,
                 [&](Terms& terms) { (terms.*bound).reset(); });
    });
  }
  if (!charge.cap) return;
  add("cap", [=](Schedule& changed) { case_of(changed, fee, index).charge.cap.reset(); });
}

// Where a case has no bound, those that others of the fee have.
void add_bounds(Variants& variants, const Schedule& schedule, std::size_t fee, std::size_t index) {
  const Fee& owner = schedule.fees[fee];
  for (PriceBound bound : {&Terms::min, &Terms::max}) {
    if (owner.cases[index].charge.terms.*bound) continue;
    for (const Case& other : owner.cases) {
      std::optional<Price> price = other.charge.terms.*bound;
      if (!price) continue;
      auto change = [=](Schedule& changed) {
        case_of(changed, fee, index).charge.terms.*bound = price;
      };
      std::string cause = "bound added: " + bound_word(bound) + " of " + owner.id;
      add_misread(variants, std::move(cause), change, fee, index);
    }
  }
}

// ---- lines -------------------------------------------------------------------------------------

// No operation has such a name. The fee stays, for others may be taken of it.
void leave_out(Fee& fee) { fee.operations = {"-"}; }

void take_only(Fee& fee, std::size_t index) {
  Case taken = fee.cases[index];
  taken.when.reset();
  fee.cases = {std::move(taken)};
  fee.operations.clear();
  fee.when.reset();
}

void leave_out_fees(Variants& variants, const Schedule& schedule) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    auto change = [=](Schedule& changed) { leave_out(changed.fees[i]); };
    variants.push_back(Variant{"surcharge left out: " + schedule.fees[i].id, change,
                               Variant::Kind::misread, Asked::with_line, i});
  }
}

void add_cases(Variants& variants, const Schedule& schedule, Asked asked) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    const Fee& fee = schedule.fees[i];
    for (std::size_t j = 0; j < fee.cases.size(); ++j) {
      auto change = [=](Schedule& changed) { take_only(changed.fees[i], j); };
      std::string cause = asked == Asked::without_line
                              ? "surcharge added: " + fee.id
                              : "case: " + std::to_string(j + 1) + " of " + fee.id;
      auto kind = asked == Asked::without_line ? Variant::Kind::misread : Variant::Kind::other_case;
      variants.push_back(Variant{std::move(cause), change, kind, asked, i, j});
    }
  }
}

// ---- the fee inside the amount -----------------------------------------------------------------

void contain(Terms& terms) {
  Rational share = 1;
  for (const Term& term : terms.list)
    if (const Rate* rate = rate_of(term)) share += rate->fraction;
  if (share.sign() <= 0) return;
  for (Term& term : terms.list)
    if (Rate* rate = rate_of(term)) rate->fraction = rate->fraction / share;
}

void contain_all(Schedule& schedule) {
  for (Fee& fee : schedule.fees) {
    for (Case& one : fee.cases) {
      // Lines and quantities contain no fee.
      bool of_amount = one.charge.of.empty() && one.charge.units.empty() && !one.charge.of_debit;
      if (of_amount) each_terms(one.charge, contain);
    }
  }
}

}  // namespace

bool Variant::concerns(const Quote& computed) const {
  if (asked == Asked::always) return true;
  const Fee& owner = computed.plan->schedule.fees[fee];
  auto line = std::find_if(computed.lines.begin(), computed.lines.end(),
                           [&](const Line& one) { return one.fee == &owner; });
  if (line == computed.lines.end()) {
    return asked == Asked::without_line &&
           levy::concerns(owner.operations, computed.operation.name);
  }
  if (asked == Asked::with_line) return true;
  bool is_case = line->taken == &owner.cases[case_index];
  return asked == (is_case ? Asked::with_case : Asked::with_other_case);
}

std::vector<Variant> variants_of(const Schedule& schedule) {
  Variants variants;
  auto each_case = [&](auto add) {
    for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
      for (std::size_t j = 0; j < schedule.fees[i].cases.size(); ++j) add(variants, schedule, i, j);
    }
  };
  add_roundings(variants, schedule);
  each_case(add_bands);
  each_case(leave_out_bounds);
  each_case(add_bounds);
  leave_out_fees(variants, schedule);
  add_cases(variants, schedule, Asked::without_line);
  add_cases(variants, schedule, Asked::with_other_case);
  variants.push_back(Variant{"net: fee contained", contain_all, Variant::Kind::contained});
  return variants;
}

}  // namespace levy
