// What the stretch's x stands for.
#include "fees/evaluation.h"

namespace levy {

Form Scene::amount_on(const Stretch& stretch) const {
  if (!operation.amount) return Form();
  return variable == nullptr ? stretch.variable() : Form(*operation.amount);
}

Form Scene::quantity_on(const Stretch& stretch, const std::string& name,
                        const Rational& value) const {
  return variable != nullptr && *variable == name ? stretch.variable() : Form(value);
}

Diagnostic missing_amount(const Place& place) {
  return Diagnostic{Code::bad_amount, "this operation needs an amount",
                    "give the amount, for example \"250 EUR\"", place};
}

}  // namespace levy
