// What one charge comes to. Used by evaluate only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fees/charge_memo.h"
#include "fees/evaluation.h"

namespace levy::fees {

// What the parts of a range share of charges with many bands, so that a part does not look at all
// of them again.
struct KnownCharges {
  std::set<const schedule::Charge*> priced;  // all of their money has its entry
  // Of graduated bands: what the first, the first two ... charge where all of each is used.
  std::map<const std::vector<schedule::Band>*, std::vector<Rational>> sums;
};

inline constexpr std::size_t many_bands = 16;  // of fewer nothing is remembered

class Charging {
 public:
  // `known` is made where it is needed.
  Charging(const Plan& plan, const EvaluationContext& context, AmountRange& amounts, Steps& steps,
           Evaluation& so_far, std::shared_ptr<KnownCharges>& known)
      : plan_(plan),
        context_(context),
        amounts_(amounts),
        steps_(steps),
        so_far_(so_far),
        known_(known) {}

  // The charge of a fee before its rounding and its cap; nothing where it has no line (none of the
  // fees that its `of` names has one).
  Checked<std::optional<Charged>> charge(const FeePlan& fee, const schedule::Charge& charge);

  // How many times the charge is for one: 1 without `times`. Code out_of_range.
  Checked<Rational> times_of(const schedule::Charge& charge) const;

  // What a line, rounded as it is, is held to by the charge's cap: what the window still allows;
  // nothing where the line is within it.
  Checked<std::optional<Form>> capped(const FeePlan& fee, const schedule::Charge& charge,
                                      const Form& line, Currency currency);

  // The operation's amount over the range, or the fault that it is needed and absent.
  Checked<Form> amount(const Place& place) const;

 private:
  // What the charge is a share of. `money`: in `currency`; otherwise a plain number.
  struct Base {
    std::optional<Form> value;  // computed only where something is charged on it
    Currency currency;          // of the line
    bool is_money = true;
    Currency own = {};  // of the base itself, where a lone flat is charged in another
  };

  Checked<std::optional<Charged>> anew(const FeePlan& fee, const schedule::Charge& charge);
  Checked<std::optional<Charged>> single(const FeePlan& fee, const schedule::Charge& charge);
  Checked<std::optional<Charged>> chosen(const FeePlan& fee, const schedule::Charge& charge);
  Checked<std::optional<Base>> find_base(const schedule::Charge& charge);
  Checked<std::optional<Base>> base_of_lines(const schedule::Charge& charge);
  Checked<Base> base_of_debit(const schedule::Charge& charge);
  Form grossed_up(const schedule::Charge& charge, const Form& value, Currency currency);
  Checked<Charged> converted_in(const schedule::Charge& charge, Form value, Currency currency);
  Checked<Base> base_of_units(const schedule::Charge& charge);
  Checked<Currency> currency_of_units(const schedule::Charge& charge) const;
  Checked<std::optional<Form>> after_free(const FeePlan& fee, const schedule::Charge& charge,
                                          const Base& base);
  Checked<Form> allowance_left(const FeePlan& fee, const schedule::Free& free, const Base& base,
                               bool converts);
  std::optional<Diagnostics> check_money(const schedule::Charge& charge, const Base& base);
  std::optional<Diagnostics> find_missing_money(const schedule::Charge& charge,
                                                const Base& base) const;
  KnownCharges& known();
  Checked<Form> sum(const FeePlan& fee, const schedule::Charge& charge, const Base& base);
  // What a term is charged on: the charge's base, or the part of it that lies in a band.
  struct Part {
    const FeePlan& fee;
    const schedule::Charge& charge;
    const Base& base;
    const Form* value;  // null where nothing is charged on it
  };
  Checked<Form> terms(const Part& part, const schedule::Terms& terms);
  template <class Asked>
  Checked<Form> added_up(const Part& part, const schedule::Terms& terms, const Asked& asked,
                         std::vector<Form> parts);
  // One for each kind.
  Checked<Form> term(const schedule::Graduated& graduated, const Part& part);
  Checked<Form> term(const schedule::Slab& slab, const Part& part);
  Checked<Form> term(const schedule::Percent& percent, const Part& part);
  Checked<Form> term(const schedule::Bps& bps, const Part& part);
  Checked<Form> term(const schedule::Each& each, const Part& part);
  Checked<Form> term(const schedule::Flat& flat, const Part& part);
  Checked<Form> term(const schedule::Per& per, const Part& part);
  Form share(const schedule::Rate& rate, StepOp op, int scale, const Part& part);
  Checked<Form> over_bands(const std::vector<schedule::Band>& bands, const Form& x, const Part& of);
  std::size_t bands_below(const std::vector<schedule::Band>& bands, const Form& x, const Base& base,
                          bool convert);
  Checked<Rational> sum_of_bands(const std::vector<schedule::Band>& bands, std::size_t count,
                                 const Part& of);
  Diagnostic above_last_band(const std::string& what, const Form& value, const Base& base,
                             const Rational& end, const schedule::Band& last) const;
  Checked<Form> metered(const Part& part);
  Checked<Form> bounded(const schedule::Terms& terms, Form value, const Base& base, bool convert);

  Checked<Form> reading(const FeePlan& fee, const schedule::Meter& meter);
  // A reading in another currency than its meter's.
  Checked<Form> reading_in(const FeePlan& fee, const Form& reading, Currency currency,
                           const Place& place);
  Checked<Rational> price(const schedule::Price& price, Currency currency, bool convert);
  Checked<Rational> figure(const schedule::Figure& figure, const Base& base, bool convert);
  Form not_negative(Form form);

  const Plan& plan_;
  const EvaluationContext& context_;
  AmountRange& amounts_;
  Steps& steps_;
  Evaluation& so_far_;
  std::shared_ptr<KnownCharges>& known_;
};

}  // namespace levy::fees
