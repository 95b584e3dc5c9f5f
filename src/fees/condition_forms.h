// Conditions on the amount and on quantities, over a stretch of amounts.
#pragma once

#include <vector>

#include "base/checked.h"
#include "fees/form.h"
#include "schedule/conditions.h"

namespace levy {

// The condition's figures in the order in which test_form reads them; a money list without an
// entry is a fault.
Checked<std::vector<Form>> figures_of(const Condition& condition, Currency currency);

// Whether a condition on a number holds over the whole stretch.
Truth test_form(const Condition& condition, const Form& value, const std::vector<Form>& figures,
                Stretch& stretch);

}  // namespace levy
