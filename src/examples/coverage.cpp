// What of a schedule is worth an example.
#include "examples/coverage.h"

#include <algorithm>
#include <map>

#include "schedule/charge_parts.h"
#include "schedule/walk.h"

namespace levy::examples {
namespace {

using ItemKind = CoverItem::Kind;

// ---- roundings ---------------------------------------------------------------------------------

// Shares of what is whole that need not be whole. A price for `each` counts by its own figure, as
// units are mostly whole.
bool has_shares(const schedule::Terms& terms) {
  auto shares = [](const schedule::Term& term) {
    const schedule::Rate* rate = schedule::rate_of(term);
    const std::vector<schedule::Band>* bands = schedule::bands_of(term);
    auto of_band = [](const schedule::Band& band) { return has_shares(band.terms); };
    return (rate != nullptr && !rate->fraction.is_integer()) ||
           (bands != nullptr && std::any_of(bands->begin(), bands->end(), of_band));
  };
  return std::any_of(terms.list.begin(), terms.list.end(), shares);
}

bool has_shares(const schedule::Charge& charge) {
  auto of_member = [](const schedule::Charge& member) {
    return has_shares(member) || member.convert;
  };
  return has_shares(charge.terms) || charge.convert ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), of_member) ||
         std::any_of(charge.least.begin(), charge.least.end(), of_member);
}

// May a line differ from its exact value? Sums of whole quanta never do.
bool may_round(const schedule::Charge& charge, const fees::Rounder& rounder,
               const Currencies& currencies) {
  if (charge.waived || charge.margin || rounder.exact) return false;
  if (has_shares(charge)) return true;
  std::vector<const schedule::Price*> prices = schedule::prices_of(charge);
  return std::any_of(prices.begin(), prices.end(), [&](const schedule::Price* price) {
    return std::any_of(price->money.begin(), price->money.end(), [&](const Money& money) {
      return !is_multiple(money.amount, rounder.quantum(money.currency, currencies));
    });
  });
}

bool fee_may_round(const fees::FeePlan& fee, const fees::Rounder& rounder,
                   const Currencies& currencies) {
  return std::any_of(fee.cases.begin(), fee.cases.end(), [&](const fees::CasePlan& one) {
    return may_round(one.as_written->charge, rounder, currencies);
  });
}

// ---- charges -----------------------------------------------------------------------------------

class Listing {
 public:
  explicit Listing(const fees::Plan& plan) : plan_(plan), schedule_(plan.schedule) {}
  std::vector<CoverItem> take();

 private:
  void add_fee(const fees::FeePlan& fee);
  void add_charge(const std::string& prefix, const schedule::Charge& charge);
  void add_terms(const std::string& prefix, const schedule::Terms& terms);
  void add_bands(const std::string& prefix, const std::vector<schedule::Band>& bands,
                 ItemKind kind);
  void add_members(const std::string& prefix, const std::vector<schedule::Charge>& members);
  void add_total_rounding();
  void add_limit(const schedule::Limit& limit);
  void add_limit(const schedule::Limit& limit, const std::string& tier);
  void add(ItemKind kind, const std::string& name, const Place& place);

  const fees::Plan& plan_;
  const schedule::Schedule& schedule_;
  CoverItem now_{};  // what the items at hand are of
  std::vector<CoverItem> items_;
};

void Listing::add(ItemKind kind, const std::string& name, const Place& place) {
  CoverItem item = now_;
  item.kind = kind;
  item.name = name;
  item.place = place;
  items_.push_back(std::move(item));
}

void Listing::add_fee(const fees::FeePlan& plan) {
  const schedule::Fee& fee = *plan.as_written;
  now_ = CoverItem{};
  now_.fee = &fee;
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    now_.case_index = i;
    std::string prefix = fee.in_place ? fee.id : fee.id + ".case" + std::to_string(i + 1);
    add(ItemKind::taken, prefix + ".taken", fee.cases[i].place);
    add_charge(prefix, fee.cases[i].charge);
  }
  now_.case_index = 0;
  if (fee_may_round(plan, plan.line, schedule_.currencies))
    add(ItemKind::line_rounding, fee.id + ".rounding", fee.round ? fee.round->place : fee.place);
}

void Listing::add_charge(const std::string& prefix, const schedule::Charge& charge) {
  if (charge.free) {
    add(ItemKind::free_used, prefix + ".free.used", charge.free->place);
    add(ItemKind::free_exceeded, prefix + ".free.exceeded", charge.free->place);
  }
  add_bands(prefix, charge.graduated(), ItemKind::graduated_band);
  add_bands(prefix, charge.slab(), ItemKind::slab_band);
  add_members(prefix, charge.greatest);
  add_members(prefix, charge.least);
  add_terms(prefix, charge.terms);
  if (!charge.cap) return;
  add(ItemKind::cap_binds, prefix + ".cap.binds", charge.cap->place);
  add(ItemKind::cap_idle, prefix + ".cap.idle", charge.cap->place);
}

void Listing::add_terms(const std::string& prefix, const schedule::Terms& terms) {
  if (terms.min) {
    add(ItemKind::min_binds, prefix + ".min.binds", terms.min->place);
    add(ItemKind::min_idle, prefix + ".min.idle", terms.min->place);
  }
  if (!terms.max) return;
  add(ItemKind::max_binds, prefix + ".max.binds", terms.max->place);
  add(ItemKind::max_idle, prefix + ".max.idle", terms.max->place);
}

void Listing::add_bands(const std::string& prefix, const std::vector<schedule::Band>& bands,
                        ItemKind kind) {
  CoverItem outside = now_;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    now_.number = i + 1;
    now_.band = &bands[i];
    std::string name = prefix + ".band" + std::to_string(i + 1);
    add(kind, name, bands[i].place);
    add_terms(name, bands[i].terms);
  }
  now_ = outside;
}

void Listing::add_members(const std::string& prefix, const std::vector<schedule::Charge>& members) {
  CoverItem outside = now_;
  for (std::size_t i = 0; i < members.size(); ++i) {
    now_.number = i + 1;
    std::string name = prefix + ".member" + std::to_string(i + 1);
    add(ItemKind::member, name, members[i].place);
    add_charge(name, members[i]);
  }
  now_ = outside;
}

void Listing::add_total_rounding() {
  if (schedule_.rounding.apply != schedule::Rounding::Apply::total) return;
  bool any = std::any_of(plan_.fees.begin(), plan_.fees.end(), [&](const fees::FeePlan& fee) {
    return fee.line.exact && fee_may_round(fee, plan_.total, schedule_.currencies);
  });
  now_ = CoverItem{};
  if (any) add(ItemKind::total_rounding, "rounding.total", schedule_.rounding.rule.place);
}

// ---- limits ------------------------------------------------------------------------------------

// A maximum of nothing refuses whatever is asked.
bool is_nothing(const schedule::Figure& figure) { return schedule::value_of(figure).is_zero(); }

void Listing::add_limit(const schedule::Limit& limit, const std::string& tier) {
  std::string prefix = limit.id + (tier.empty() ? "" : "." + tier);
  const schedule::Figure* min = schedule::bound_in(limit.min, tier);
  const schedule::Figure* max = schedule::bound_in(limit.max, tier);
  if (min == nullptr && max == nullptr) return;
  now_ = CoverItem{};
  now_.limit = &limit;
  now_.tier = tier;
  bool never_holds = max != nullptr && is_nothing(*max);
  if (!never_holds) add(ItemKind::limit_holds, prefix + ".holds", limit.place);
  if (min != nullptr) add(ItemKind::limit_min_blocks, prefix + ".min.blocks", min->place);
  if (max != nullptr) add(ItemKind::limit_max_blocks, prefix + ".max.blocks", max->place);
}

void Listing::add_limit(const schedule::Limit& limit) {
  if (!limit.is_by_tier()) return add_limit(limit, "");
  for (const schedule::Tier& tier : schedule_.tiers) add_limit(limit, tier.id);
}

std::vector<CoverItem> Listing::take() {
  for (const fees::FeePlan& fee : plan_.fees) add_fee(fee);
  add_total_rounding();
  bool checks = std::any_of(schedule_.examples.begin(), schedule_.examples.end(),
                            [](const schedule::Example& example) {
                              return example.kind == schedule::Example::Kind::check;
                            });
  if (!checks) return std::move(items_);
  for (const schedule::Limit& limit : schedule_.limits) add_limit(limit);
  return std::move(items_);
}

}  // namespace

Coverage items_of(const fees::Plan& plan) { return Coverage{Listing(plan).take()}; }

namespace {

using ItemKind = CoverItem::Kind;

// Every line that the item's fee came to through the item's case.
std::vector<const fees::Line*> lines_of(const fees::Quote& quote, const CoverItem& item) {
  std::vector<const fees::Line*> lines;
  for (const fees::Line& line : quote.lines) {
    bool any_case = item.kind == ItemKind::line_rounding;
    if (line.fee == item.fee && (any_case || line.taken == &item.fee->cases[item.case_index]))
      lines.push_back(&line);
  }
  return lines;
}

bool is_taken(const fees::Quote& quote, const CoverItem& item) {
  if (!lines_of(quote, item).empty()) return true;
  if (!quote.exchange) return false;
  const schedule::Case* wanted = &item.fee->cases[item.case_index];
  const auto& margins = quote.exchange->margins;
  return std::any_of(margins.begin(), margins.end(),
                     [&](const auto& margin) { return margin.second == wanted; });
}

// ---- steps -------------------------------------------------------------------------------------

// The steps of one rule: of these kinds, at the item's place.
std::vector<const fees::Step*> steps_at(const fees::Quote& quote, const CoverItem& item,
                                        std::initializer_list<fees::StepOp> ops) {
  std::vector<const fees::Step*> steps;
  for (const fees::Line* line : lines_of(quote, item)) {
    for (const fees::Step& step : line->steps) {
      bool is_of_kind = std::find(ops.begin(), ops.end(), step.op) != ops.end();
      if (is_of_kind && step.place == item.place) steps.push_back(&step);
    }
  }
  return steps;
}

// Of a step that may leave its first argument as it is: has it, has it not?
bool has_step(const fees::Quote& quote, const CoverItem& item, fees::StepOp op, bool changes) {
  std::vector<const fees::Step*> steps = steps_at(quote, item, {op});
  return std::any_of(steps.begin(), steps.end(), [&](const fees::Step* step) {
    return (step->args.front() != step->value) == changes;
  });
}

// Over a meter bands are asked twice, for what was before and with what comes: what is the same
// both times is not of this operation.
bool reaches_graduated(const fees::Quote& quote, const CoverItem& item) {
  std::vector<const fees::Step*> steps = steps_at(quote, item, {fees::StepOp::part});
  return steps.size() == 1 || (steps.size() > 1 && steps.front()->value != steps.back()->value);
}

// A slab's band leaves a step for each of its terms.
bool takes_slab(const fees::Quote& quote, const CoverItem& item) {
  for (const fees::Line* line : lines_of(quote, item)) {
    if (std::any_of(line->steps.begin(), line->steps.end(), [&](const fees::Step& step) {
          return step.place != item.place && step.place.lies_in(item.place);
        }))
      return true;
  }
  return false;
}

bool uses_free(const fees::Quote& quote, const CoverItem& item, bool exceeded) {
  for (const fees::Step* step : steps_at(
           quote, item, {fees::StepOp::free, fees::StepOp::free_whole, fees::StepOp::free_count})) {
    bool counts = step->op == fees::StepOp::free_count;
    bool nothing_asked = !counts && step->args.front() == "0";
    bool used = counts ? step->value == "0" : step->args.front() != step->value;
    if (!nothing_asked && (exceeded ? step->value != "0" : used)) return true;
  }
  return false;
}

// The first member that has the value taken; none where a member has no line, as the others'
// numbers are then not known.
bool is_member_taken(const fees::Quote& quote, const CoverItem& item) {
  const schedule::Charge& charge = item.fee->cases[item.case_index].charge;
  std::size_t members = charge.greatest.size() + charge.least.size();
  for (const fees::Line* line : lines_of(quote, item)) {
    for (const fees::Step& step : line->steps) {
      if ((step.op != fees::StepOp::greatest && step.op != fees::StepOp::least) ||
          step.args.size() != members)
        continue;
      auto found = std::find(step.args.begin(), step.args.end(), step.value);
      if (static_cast<std::size_t>(found - step.args.begin()) + 1 == item.number) return true;
    }
  }
  return false;
}

// ---- roundings ---------------------------------------------------------------------------------

bool rounds_line(const fees::Quote& quote, const CoverItem& item) {
  std::vector<const fees::Line*> lines = lines_of(quote, item);
  return std::any_of(lines.begin(), lines.end(),
                     [](const fees::Line* line) { return line->amount.amount != line->exact; });
}

bool rounds_total(const fees::Quote& quote) {
  std::map<Currency, Rational> sums;
  for (const fees::Line& line : quote.lines) {
    if (line.collect != schedule::Collect::none) sums[line.amount.currency] += line.amount.amount;
  }
  return std::any_of(quote.fees.begin(), quote.fees.end(),
                     [&](const auto& fee) { return sums[fee.first] != fee.second; });
}

}  // namespace

std::size_t Coverage::covered() const {
  auto is_covered = [](const CoverItem& item) { return item.by != nullptr; };
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), is_covered));
}

bool exercises(const fees::Quote& quote, const CoverItem& item) {
  switch (item.kind) {
    case ItemKind::taken:
      return is_taken(quote, item);
    case ItemKind::graduated_band:
      return reaches_graduated(quote, item);
    case ItemKind::slab_band:
      return takes_slab(quote, item);
    case ItemKind::min_binds:
    case ItemKind::min_idle:
      return has_step(quote, item, fees::StepOp::at_least, item.kind == ItemKind::min_binds);
    case ItemKind::max_binds:
    case ItemKind::max_idle:
      return has_step(quote, item, fees::StepOp::at_most, item.kind == ItemKind::max_binds);
    case ItemKind::cap_binds:
    case ItemKind::cap_idle:
      return has_step(quote, item, fees::StepOp::cap, item.kind == ItemKind::cap_binds);
    case ItemKind::free_used:
    case ItemKind::free_exceeded:
      return uses_free(quote, item, item.kind == ItemKind::free_exceeded);
    case ItemKind::member:
      return is_member_taken(quote, item);
    case ItemKind::line_rounding:
      return rounds_line(quote, item);
    case ItemKind::total_rounding:
      return rounds_total(quote);
    case ItemKind::limit_holds:
    case ItemKind::limit_min_blocks:
    case ItemKind::limit_max_blocks:
      return false;
  }
  return false;
}

// A limit that an override moved is not seen as it is written.
bool exercises(const limits::Verdict& verdict, const CoverItem& item) {
  for (const limits::LimitState& state : verdict.limits) {
    if (state.limit != item.limit || state.override_) continue;
    if (!item.tier.empty() && verdict.tier != item.tier) continue;
    bool below = state.min && state.after < *state.min;
    bool above = state.max && state.after > *state.max;
    if (item.kind == ItemKind::limit_holds && state.holds) return true;
    if (item.kind == ItemKind::limit_min_blocks && below) return true;
    if (item.kind == ItemKind::limit_max_blocks && above) return true;
  }
  return false;
}

ExampleWitness witness_of(Coverage& coverage) {
  auto mark = [&coverage](const schedule::Example& example, const auto& answer) {
    for (CoverItem& item : coverage.items) {
      if (item.by == nullptr && exercises(answer, item)) item.by = &example;
    }
  };
  return {mark, mark};
}

}  // namespace levy::examples
