// Two operations in one window: what the meters of fees read for the second, after the first.
#pragma once

#include <optional>

#include "analysis/course.h"

namespace levy {

// Does a line along the course depend on a meter that counts from one operation to the next?
bool is_metered(const Course& course);

// The operation that the course asks about at x.
Operation operation_at(const Course& course, const Rational& x);

// The readings after an operation at x, the first of its window; nothing where it cannot be quoted,
// or a meter counts in another currency.
std::optional<Readings> readings_after(const Course& course, const Rational& x);

}  // namespace levy
