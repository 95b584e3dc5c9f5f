#include "schedule/same_meter.h"

#include <algorithm>

namespace levy::schedule {
namespace {

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  return words;
}

bool same_money(const MoneyList& a, const MoneyList& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const Money& money) {
           const Money* other = find_money(b, money.currency);
           return other != nullptr && *other == money;
         });
}

bool same_figure(const Figure& a, const Figure& b) {
  return a.number == b.number && same_money(a.money, b.money);
}

bool same_bound(const std::optional<Figure>& a, const std::optional<Figure>& b) {
  return a && b ? same_figure(*a, *b) : !a && !b;
}

bool same_range(const std::optional<Condition::Range>& a,
                const std::optional<Condition::Range>& b) {
  if (!a || !b) return !a && !b;
  return same_bound(a->from, b->from) && same_bound(a->above, b->above) &&
         same_bound(a->up_to, b->up_to) && same_bound(a->below, b->below);
}

bool same_condition(const Condition& a, const Condition& b) {
  return a.name == b.name && a.negated == b.negated && sorted(a.values) == sorted(b.values) &&
         same_range(a.range, b.range) &&
         std::is_permutation(a.figures.begin(), a.figures.end(), b.figures.begin(), b.figures.end(),
                             same_figure);
}

std::vector<std::string> operations_of(const Fee& fee, const FeeMeter& one) {
  return sorted(one.meter->operations.value_or(fee.operations));
}

const std::optional<When>& when_of(const Fee& fee, const FeeMeter& one) {
  return one.of_free && !one.meter->when ? fee.when : one.meter->when;
}

bool is_empty(const std::optional<When>& when) { return !when || when->conditions.empty(); }

bool same_optional_when(const std::optional<When>& a, const std::optional<When>& b) {
  if (is_empty(a) || is_empty(b)) return is_empty(a) == is_empty(b);
  return same_when(*a, *b);
}

}  // namespace

bool same_when(const When& a, const When& b) {
  return std::is_permutation(a.conditions.begin(), a.conditions.end(), b.conditions.begin(),
                             b.conditions.end(), same_condition);
}

std::vector<FeeMeter> meters_of(const Fee& fee) {
  std::vector<FeeMeter> meters;
  for (const Case& one : fee.cases) {
    if (one.charge.by) meters.push_back({&*one.charge.by, false});
    if (one.charge.free) meters.push_back({&one.charge.free->meter, true});
    if (one.charge.cap) meters.push_back({&one.charge.cap->meter, false});
  }
  return meters;
}

std::string_view find_difference(const Fee& fee, const FeeMeter& a, const FeeMeter& b) {
  if (a.meter->measure != b.meter->measure || a.meter->quantity != b.meter->quantity)
    return "measure";
  if (operations_of(fee, a) != operations_of(fee, b)) return "operation";
  if (!same_optional_when(when_of(fee, a), when_of(fee, b))) return "when";
  if (a.meter->window != b.meter->window) return "window";
  if (sorted(a.meter->per) != sorted(b.meter->per)) return "per";
  if (a.meter->currency != b.meter->currency) return "currency";
  return "";
}

}  // namespace levy::schedule
