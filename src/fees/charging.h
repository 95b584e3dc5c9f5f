// What one charge comes to. Used by evaluate only.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fees/charge_memo.h"
#include "fees/evaluation.h"

namespace levy {

class Charging {
 public:
  Charging(const Plan& plan, const Scene& scene, Stretch& stretch, Steps& steps, Evaluation& so_far)
      : plan_(plan), scene_(scene), stretch_(stretch), steps_(steps), so_far_(so_far) {}

  // The charge of a fee before its rounding and its cap; nothing where it has no line (none of the
  // fees that its `of` names has one).
  Checked<std::optional<Charged>> charge(const FeePlan& fee, const Charge& charge);

  // How many times the charge is for one: 1 without `times`. Code out_of_range.
  Checked<Rational> times_of(const Charge& charge) const;

  // What a line, rounded as it is, is held to by the charge's cap: what the window still allows;
  // nothing where the line is within it.
  Checked<std::optional<Form>> capped(const FeePlan& fee, const Charge& charge, const Form& line,
                                      Currency currency);

  // The operation's amount over the stretch, or the fault that it is needed and absent.
  Checked<Form> amount(const Place& place) const;

 private:
  // What the charge is a share of. `money`: in `currency`; otherwise a plain number.
  struct Base {
    std::optional<Form> value;  // computed only where something is charged on it
    Currency currency;          // of the line
    bool is_money = true;
    Currency own = {};  // of the base itself, where a lone flat is charged in another
  };

  Checked<std::optional<Charged>> anew(const FeePlan& fee, const Charge& charge);
  Checked<std::optional<Charged>> single(const FeePlan& fee, const Charge& charge);
  Checked<std::optional<Charged>> chosen(const FeePlan& fee, const Charge& charge);
  Checked<std::optional<Base>> find_base(const Charge& charge);
  Checked<std::optional<Base>> base_of_lines(const Charge& charge);
  Checked<Base> base_of_debit(const Charge& charge);
  Form grossed_up(const Charge& charge, const Form& value, Currency currency);
  Checked<Charged> converted_in(const Charge& charge, Form value, Currency currency);
  Checked<Base> base_of_units(const Charge& charge);
  Checked<Currency> currency_of_units(const Charge& charge) const;
  Checked<std::optional<Form>> after_free(const FeePlan& fee, const Charge& charge,
                                          const Base& base);
  Checked<Form> allowance_left(const FeePlan& fee, const Free& free, const Base& base,
                               bool converts);
  std::optional<Diagnostics> check_money(const Charge& charge, const Base& base) const;
  Checked<Form> sum(const FeePlan& fee, const Charge& charge, const Base& base);
  Checked<Form> terms(const Terms& terms, const Form* part, const Base& base, bool convert,
                      std::vector<Form> others = {});
  Checked<Form> per(const Per& per, const Form& part, const Base& base, bool convert);
  Checked<Form> graduated(const Charge& charge, const Form& x, const Base& base);
  Diagnostic above_last_band(const std::string& what, const Form& value, const Base& base,
                             const Rational& end, const Band& last) const;
  Checked<Form> slab(const FeePlan& fee, const Charge& charge, const Base& base);
  Checked<Form> metered(const FeePlan& fee, const Charge& charge, const Base& base);
  Checked<Form> bounded(const Terms& terms, Form value, const Base& base, bool convert);

  Checked<Reading> reading(const FeePlan& fee, const Meter& meter);
  // A reading in another currency than its meter's.
  Checked<Rational> reading_in(const FeePlan& fee, const Reading& reading, Currency currency,
                               const Place& place);
  Checked<Rational> price(const Price& price, Currency currency, bool convert);
  Checked<Rational> figure(const Figure& figure, const Base& base, bool convert);
  Form not_negative(Form form);

  const Plan& plan_;
  const Scene& scene_;
  Stretch& stretch_;
  Steps& steps_;
  Evaluation& so_far_;
};

}  // namespace levy
