#include "limits/overrides.h"

namespace levy {
namespace {

// None is without end.
bool is_below(const std::optional<Rational>& a, const std::optional<Rational>& b) {
  if (!a) return false;
  return !b || *a < *b;
}

}  // namespace

const Override* override_at(const Profile& profile, const Limit& limit, Instant t) {
  const Override* found = nullptr;
  for (const Override& one : profile.overrides) {
    if (one.limit == limit.id && (!one.until || t < *one.until)) found = &one;
  }
  return found;
}

std::optional<Rational> overridden_max(const std::optional<Rational>& base,
                                       const std::optional<Rational>& present,
                                       const std::optional<Rational>& granted) {
  bool restricts = is_below(granted, present);
  if (restricts) return granted;
  return is_below(base, granted) ? granted : base;
}

}  // namespace levy
