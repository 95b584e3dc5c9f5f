#include "analysis/coverage.h"

#include <algorithm>
#include <map>

namespace levy {
namespace {

using ItemKind = CoverItem::Kind;

// Every line that the item's fee came to through the item's case.
std::vector<const Line*> lines_of(const Quote& quote, const CoverItem& item) {
  std::vector<const Line*> lines;
  for (const Line& line : quote.lines) {
    bool any_case = item.kind == ItemKind::line_rounding;
    if (line.fee == item.fee && (any_case || line.taken == &item.fee->cases[item.case_index]))
      lines.push_back(&line);
  }
  return lines;
}

bool is_taken(const Quote& quote, const CoverItem& item) {
  if (!lines_of(quote, item).empty()) return true;
  if (!quote.exchange) return false;
  const Case* wanted = &item.fee->cases[item.case_index];
  const auto& margins = quote.exchange->margins;
  return std::any_of(margins.begin(), margins.end(),
                     [&](const auto& margin) { return margin.second == wanted; });
}

// ---- steps -------------------------------------------------------------------------------------

// The steps of one rule: of this kind, at the item's place.
std::vector<const Step*> steps_at(const Quote& quote, const CoverItem& item,
                                  std::string_view start_of_op) {
  std::vector<const Step*> steps;
  for (const Line* line : lines_of(quote, item)) {
    for (const Step& step : line->steps) {
      if (step.op.starts_with(start_of_op) && step.place == item.place) steps.push_back(&step);
    }
  }
  return steps;
}

// Of a step that may leave its first argument as it is: has it, has it not?
bool has_step(const Quote& quote, const CoverItem& item, std::string_view op, bool changes) {
  std::vector<const Step*> steps = steps_at(quote, item, op);
  return std::any_of(steps.begin(), steps.end(), [&](const Step* step) {
    return (step->args.front() != step->value) == changes;
  });
}

// Over a meter bands are asked twice, for what was before and with what comes: what is the same
// both times is not of this operation.
bool reaches_graduated(const Quote& quote, const CoverItem& item) {
  std::vector<const Step*> steps = steps_at(quote, item, "part");
  return steps.size() == 1 || (steps.size() > 1 && steps.front()->value != steps.back()->value);
}

// A slab's band leaves a step for each of its terms.
bool takes_slab(const Quote& quote, const CoverItem& item) {
  for (const Line* line : lines_of(quote, item)) {
    if (std::any_of(line->steps.begin(), line->steps.end(), [&](const Step& step) {
          return step.place != item.place && step.place.lies_in(item.place);
        }))
      return true;
  }
  return false;
}

bool uses_free(const Quote& quote, const CoverItem& item, bool exceeded) {
  for (const Step* step : steps_at(quote, item, "free")) {
    bool counts = step->op == "free_count";
    bool nothing_asked = !counts && step->args.front() == "0";
    bool used = counts ? step->value == "0" : step->args.front() != step->value;
    if (!nothing_asked && (exceeded ? step->value != "0" : used)) return true;
  }
  return false;
}

// The first member that has the value taken; none where a member has no line, as the others'
// numbers are then not known.
bool is_member_taken(const Quote& quote, const CoverItem& item) {
  const Charge& charge = item.fee->cases[item.case_index].charge;
  std::size_t members = charge.greatest.size() + charge.least.size();
  for (const Line* line : lines_of(quote, item)) {
    for (const Step& step : line->steps) {
      if ((step.op != "greatest" && step.op != "least") || step.args.size() != members) continue;
      auto found = std::find(step.args.begin(), step.args.end(), step.value);
      if (static_cast<std::size_t>(found - step.args.begin()) + 1 == item.number) return true;
    }
  }
  return false;
}

// ---- roundings ---------------------------------------------------------------------------------

bool rounds_line(const Quote& quote, const CoverItem& item) {
  std::vector<const Line*> lines = lines_of(quote, item);
  return std::any_of(lines.begin(), lines.end(),
                     [](const Line* line) { return line->amount.amount != line->exact; });
}

bool rounds_total(const Quote& quote) {
  std::map<Currency, Rational> sums;
  for (const Line& line : quote.lines) {
    if (line.collect != Collect::none) sums[line.amount.currency] += line.amount.amount;
  }
  return std::any_of(quote.fees.begin(), quote.fees.end(),
                     [&](const auto& fee) { return sums[fee.first] != fee.second; });
}

}  // namespace

std::size_t Coverage::covered() const {
  auto is_covered = [](const CoverItem& item) { return item.by != nullptr; };
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), is_covered));
}

bool exercises(const Quote& quote, const CoverItem& item) {
  switch (item.kind) {
    case ItemKind::taken:
      return is_taken(quote, item);
    case ItemKind::graduated_band:
      return reaches_graduated(quote, item);
    case ItemKind::slab_band:
      return takes_slab(quote, item);
    case ItemKind::min_binds:
    case ItemKind::min_idle:
      return has_step(quote, item, "at_least", item.kind == ItemKind::min_binds);
    case ItemKind::max_binds:
    case ItemKind::max_idle:
      return has_step(quote, item, "at_most", item.kind == ItemKind::max_binds);
    case ItemKind::cap_binds:
    case ItemKind::cap_idle:
      return has_step(quote, item, "cap", item.kind == ItemKind::cap_binds);
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
bool exercises(const Verdict& verdict, const CoverItem& item) {
  for (const LimitState& state : verdict.limits) {
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
  auto mark = [&coverage](const Example& example, const auto& answer) {
    for (CoverItem& item : coverage.items) {
      if (item.by == nullptr && exercises(answer, item)) item.by = &example;
    }
  };
  return {mark, mark};
}

}  // namespace levy
