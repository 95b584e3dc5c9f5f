#include "fees/evaluation.h"

#include <algorithm>
#include <utility>

#include "fees/charge_parts.h"
#include "fees/charging.h"
#include "fees/condition_forms.h"
#include "schedule/attributes.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

// One pass over the fees in order, then the totals.
class Evaluator {
 public:
  Evaluator(const Plan& plan, const Scene& scene, Stretch& stretch, Explain explain)
      : plan_(plan),
        scene_(scene),
        stretch_(stretch),
        explain_(explain),
        steps_(explain == Explain::yes),
        charging_(plan, scene, stretch, steps_, result_) {}

  Checked<Evaluation> run();
  // Decides every fee before any is charged, so that all that is missing is said at once.
  std::optional<Diagnostics> choose();

 private:
  std::optional<Diagnostics> choose_case(std::size_t index);
  std::optional<Diagnostic> find_missing() const;
  // Which case is taken: its index; nothing when the fee does not apply or is undecided.
  Checked<std::optional<std::size_t>> take_case(std::size_t index);
  Checked<Truth> holds(const std::optional<When>& when, std::size_t fee,
                       std::optional<std::size_t> case_index);
  std::optional<Diagnostics> add_line(std::size_t index, std::size_t case_index);
  void skip(std::size_t fee, std::optional<std::size_t> case_index, NotTaken::Reason reason,
            const Condition* condition = nullptr);
  Form round(const Form& value, const Rounder& rounder, Currency currency);

  std::optional<Diagnostics> find_rate();
  std::optional<Diagnostics> check_currencies() const;
  Form collected(Collect collect, Currency currency);
  std::optional<Diagnostics> add_totals();
  std::optional<Diagnostics> add_credit();
  std::optional<Diagnostics> refuse_negative(const Form& before, const Form& fees,
                                             Currency currency, const std::string& what);
  Form deducted_in(Currency currency) const;

  const Plan& plan_;
  const Scene& scene_;
  Stretch& stretch_;
  Explain explain_;
  Steps steps_;
  Evaluation result_;
  Charging charging_;
  // Per fee, once chosen: the case that is taken (none: no line), or why that cannot be said.
  struct Choice {
    std::optional<std::size_t> taken;
    std::optional<Diagnostics> faults;
  };
  std::vector<Choice> choices_;
  std::vector<Missing> missing_;  // of all undecided fees
  Place missing_place_;
};

Checked<Evaluation> Evaluator::run() {
  if (auto faults = choose()) return *faults;
  auto taken = std::count_if(choices_.begin(), choices_.end(),
                             [](const Choice& choice) { return choice.taken.has_value(); });
  result_.lines.reserve(static_cast<std::size_t>(taken));
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    if (!stretch_.is_settled()) return std::move(result_);  // it means nothing
    if (choices_[i].faults) return *choices_[i].faults;
    if (!choices_[i].taken) continue;
    if (auto faults = add_line(i, *choices_[i].taken)) return *faults;
  }
  if (auto faults = find_rate()) return *faults;
  if (auto faults = add_totals()) return *faults;
  if (auto faults = add_credit()) return *faults;
  return std::move(result_);
}

// ---- selection ---------------------------------------------------------------------------------

void Evaluator::skip(std::size_t fee, std::optional<std::size_t> case_index,
                     NotTaken::Reason reason, const Condition* condition) {
  if (explain_ == Explain::yes)
    result_.not_taken.push_back(NotTaken{fee, case_index, reason, condition});
}

// An amount that is needed and absent comes first, then what else is missing; faults of a single
// fee wait for their turn among the charges.
std::optional<Diagnostics> Evaluator::choose() {
  std::optional<Diagnostics> no_amount;
  choices_.reserve(plan_.fees.size());
  for (std::size_t i = 0; i < plan_.fees.size(); ++i) {
    choices_.emplace_back();
    choices_[i].faults = choose_case(i);
    if (choices_[i].faults && choices_[i].faults->front().code == Code::bad_amount && !no_amount)
      no_amount = choices_[i].faults;
  }
  if (no_amount) return no_amount;
  if (auto missing = find_missing()) return Diagnostics{*missing};
  return std::nullopt;
}

std::optional<Diagnostics> Evaluator::choose_case(std::size_t index) {
  const Fee& fee = *plan_.fees[index].as_written;
  if (!concerns(fee.operations, scene_.operation.name)) {
    skip(index, {}, NotTaken::Reason::operation);
    return std::nullopt;
  }
  Checked<Truth> applies = holds(fee.when, index, {});
  if (!applies) return applies.faults();
  if (*applies != Truth::yes) return std::nullopt;
  Checked<std::optional<std::size_t>> taken = take_case(index);
  if (!taken) return taken.faults();
  choices_[index].taken = *taken;
  if (!*taken) return std::nullopt;
  const Charge& charge = fee.cases[**taken].charge;
  if (!uses_amount(charge)) return std::nullopt;
  Checked<Form> amount = charging_.amount(charge.place);
  if (!amount) return amount.faults();
  return std::nullopt;
}

// Attributes and quantities that conditions ask for; failing those, quantities that are charged.
std::optional<Diagnostic> Evaluator::find_missing() const {
  Diagnostic fault{Code::missing_attributes, "", "", missing_place_};
  fault.missing = missing_;
  if (missing_.empty()) {
    fault.code = Code::missing_quantity;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (!choices_[i].taken) continue;
      const Charge& charge = plan_.fees[i].cases[*choices_[i].taken].as_written->charge;
      for (const std::string& name : quantities_of(charge)) {
        if (scene_.operation.quantities.contains(name)) continue;
        if (fault.missing.empty()) fault.place = charge.place;
        Missing missing = describe_attribute(plan_.schedule, name);
        if (std::find(fault.missing.begin(), fault.missing.end(), missing) == fault.missing.end())
          fault.missing.push_back(missing);
      }
    }
  }
  if (fault.missing.empty()) return std::nullopt;
  std::string list;
  for (const Missing& one : fault.missing) list += (list.empty() ? "" : ", ") + one.name;
  fault.message = "what this costs also depends on " + list;
  fault.remedy = "give " + list;
  return fault;
}

Checked<std::optional<std::size_t>> Evaluator::take_case(std::size_t index) {
  const FeePlan& fee = plan_.fees[index];
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    Checked<Truth> truth = holds(fee.cases[i].as_written->when, index, i);
    if (!truth) return std::move(truth).faults();
    if (*truth == Truth::unknown) return std::optional<std::size_t>();
    if (*truth == Truth::no) continue;
    for (std::size_t j = i + 1; j < fee.cases.size(); ++j)
      skip(index, j, NotTaken::Reason::earlier_case);
    return std::optional(i);
  }
  return Diagnostic{Code::uncovered, "no case of the fee " + fee.as_written->id + " holds here",
                    "add a case for it, or a last case without \"when\"", fee.as_written->place};
}

Checked<Truth> Evaluator::holds(const std::optional<When>& when, std::size_t fee,
                                std::optional<std::size_t> case_index) {
  if (!when) return Truth::yes;
  const Operation& operation = scene_.operation;
  auto test = [&](const Condition& condition) -> Checked<Truth> {
    Form value;
    if (condition.subject == Condition::Subject::amount) {
      Checked<Form> amount = charging_.amount(condition.place);
      if (!amount) return std::move(amount).faults();
      value = *amount;
    } else {
      auto found = operation.quantities.find(condition.name);
      if (found == operation.quantities.end()) return Truth::unknown;
      value = scene_.quantity_on(stretch_, found->first, found->second);
    }
    Checked<std::vector<Form>> figures = figures_of(condition, operation.currency);
    if (!figures) return std::move(figures).faults();
    return test_form(condition, value, *figures, stretch_);
  };
  Checked<WhenAnswer> answer = decide(*when, plan_.schedule, operation, test);
  if (!answer) return std::move(answer).faults();
  if (answer->truth == Truth::no)
    skip(fee, case_index, NotTaken::Reason::condition, answer->first_false);
  for (const Condition* condition : answer->unknown) {
    Missing missing = describe_attribute(plan_.schedule, condition->name);
    if (missing_.empty()) missing_place_ = condition->place;
    if (answer->truth == Truth::unknown &&
        std::find(missing_.begin(), missing_.end(), missing) == missing_.end())
      missing_.push_back(missing);
  }
  return answer->truth;
}

// ---- lines -------------------------------------------------------------------------------------

std::optional<Diagnostics> Evaluator::add_line(std::size_t index, std::size_t case_index) {
  const FeePlan& fee = plan_.fees[index];
  const CasePlan& taken = fee.cases[case_index];
  const Charge& charge = taken.as_written->charge;
  if (charge.margin) {
    result_.margin += charge.margin->fraction * Rational(100);
    result_.margins.emplace_back(index, case_index);
    if (!scene_.operation.converts()) skip(index, case_index, NotTaken::Reason::no_conversion);
    return std::nullopt;
  }
  steps_.take();  // of a fee that came to no line
  Checked<std::optional<Charged>> charged = charging_.charge(fee, charge);
  if (!charged) return charged.faults();
  if (!*charged) {
    skip(index, case_index, NotTaken::Reason::no_base);
    return std::nullopt;
  }
  LineForm line;
  line.fee = index;
  line.case_index = case_index;
  line.exact = std::move((*charged)->value);
  line.currency = (*charged)->currency;
  line.collect = taken.collect;
  line.amount = round(line.exact, fee.line, line.currency);
  line.steps = steps_.take();
  result_.lines.push_back(std::move(line));
  return std::nullopt;
}

Form Evaluator::round(const Form& value, const Rounder& rounder, Currency currency) {
  if (rounder.exact) return value;
  Decimal quantum = rounder.quantum(currency, plan_.schedule.currencies);
  Form rounded = stretch_.round(value, quantum, rounder.mode);
  steps_.add("round", {value, Rational(quantum)}, rounded, currency, rounder.rule.place,
             to_string(rounder.mode));
  return rounded;
}

// ---- totals ------------------------------------------------------------------------------------

std::optional<Diagnostics> Evaluator::find_rate() {
  const Operation& operation = scene_.operation;
  if (!operation.converts()) return std::nullopt;
  Checked<Rational> mid =
      convert(Money{1, operation.currency}, operation.to_currency, scene_.rates);
  if (!mid) return mid.faults();
  result_.mid = *mid;
  result_.rate = *mid * (Rational(1) - result_.margin / Rational(100));
  const Conversion& conversion = plan_.schedule.conversion;
  if (conversion.rate_digits) {
    result_.rate = levy::round(result_.rate, Decimal::ten_to(-*conversion.rate_digits),
                               conversion.rate_mode.value_or(plan_.schedule.rounding.mode()));
  }
  bool margin_fits = result_.margin.sign() >= 0 && result_.margin < Rational(100);
  if (margin_fits && result_.rate.sign() > 0) return std::nullopt;
  return Diagnostics{
      Diagnostic{Code::rate_not_positive,
                 margin_fits ? "the rate rounds to " + result_.rate.to_string()
                             : "the margins add up to " + result_.margin.to_string() + " percent",
                 margin_fits ? "give \"conversion\" more \"digits\", or convert the other way round"
                             : "margins together are at least 0 and below 100"}};
}

std::optional<Diagnostics> Evaluator::check_currencies() const {
  const Operation& operation = scene_.operation;
  for (const LineForm& line : result_.lines) {
    if (line.collect != Collect::deducted || line.currency == operation.currency) continue;
    if (operation.converts() && line.currency == operation.to_currency) continue;
    const FeePlan& fee = plan_.fees[line.fee];
    return Diagnostics{
        Diagnostic{Code::mixed_currencies,
                   "the fee " + fee.as_written->id + " is deducted in " +
                       std::string(line.currency.code()) + ", which is neither paid nor received",
                   "collect it \"on_top\", or give it an amount in the operation's currency",
                   fee.cases[line.case_index].as_written->place}};
  }
  return std::nullopt;
}

// The sum of one currency's lines of one kind, rounded as a whole where the schedule says so, and
// then to the minor unit.
Form Evaluator::collected(Collect collect, Currency currency) {
  Form sum;
  for (const LineForm& line : result_.lines) {
    if (line.collect == collect && line.currency == currency) sum = sum + line.amount;
  }
  const Schedule& schedule = plan_.schedule;
  if (schedule.rounding.apply == Rounding::Apply::total) {
    sum = stretch_.round(sum, plan_.total.quantum(currency, schedule.currencies), plan_.total.mode);
  }
  return stretch_.round(sum, schedule.currencies.minor_unit(currency), plan_.total.mode);
}

// `before` less `fees` must not be negative; a single amount's figures are named.
std::optional<Diagnostics> Evaluator::refuse_negative(const Form& before, const Form& fees,
                                                      Currency currency, const std::string& what) {
  Form value = before - fees;
  if (stretch_.is_not_negative(value)) return std::nullopt;
  Diagnostic fault{Code::fees_exceed_amount, what + " would be negative",
                   "the fees are larger than the amount; take a larger amount"};
  if (value.is_constant() && before.is_constant()) {
    auto text = [&](const Form& form) {
      return to_string(Money{form.constant(), currency}, plan_.schedule.currencies);
    };
    fault.message =
        what + " would be " + text(value) + ": " + text(before) + " less fees of " + text(fees);
  }
  return Diagnostics{std::move(fault)};
}

std::optional<Diagnostics> Evaluator::add_totals() {
  if (auto faults = check_currencies()) return faults;
  Currency source = scene_.operation.currency;
  result_.on_top[source];
  for (const LineForm& line : result_.lines) {
    if (line.collect != Collect::none) result_.on_top[line.currency];
  }
  for (auto& [currency, on_top] : result_.on_top) {
    on_top = collected(Collect::on_top, currency);
    result_.deducted[currency] = collected(Collect::deducted, currency);
    Form amount = currency == source ? scene_.amount_on(stretch_) : Form();
    Form debit = amount + on_top;
    result_.debit[currency] = debit;
    if (auto faults = refuse_negative(amount, -on_top, currency,
                                      "what is debited in " + std::string(currency.code())))
      return faults;
  }
  return std::nullopt;
}

Form Evaluator::deducted_in(Currency currency) const {
  auto found = result_.deducted.find(currency);
  return found == result_.deducted.end() ? Form() : found->second;
}

std::optional<Diagnostics> Evaluator::add_credit() {
  const Operation& operation = scene_.operation;
  Form amount = scene_.amount_on(stretch_), deducted = deducted_in(operation.currency);
  result_.net = amount - deducted;
  if (auto faults =
          refuse_negative(amount, deducted, operation.currency, "what is left after deducted fees"))
    return faults;
  result_.credit_currency = operation.converts() ? operation.to_currency : operation.currency;
  result_.credit = result_.net;
  if (!operation.converts()) return std::nullopt;
  const Schedule& schedule = plan_.schedule;
  Decimal unit = schedule.currencies.minor_unit(operation.to_currency);
  RoundingMode mode = schedule.conversion.round.mode.value_or(schedule.rounding.mode());
  Form converted = result_.net * result_.rate;
  result_.margin_cost = stretch_.round(result_.net * result_.mid - converted, unit, mode);
  Form arriving = stretch_.round(converted, unit, mode);
  Form target_fees = deducted_in(operation.to_currency);
  result_.credit = arriving - target_fees;
  return refuse_negative(arriving, target_fees, operation.to_currency, "what arrives");
}

}  // namespace

Checked<Evaluation> evaluate(const Plan& plan, const Scene& scene, Stretch& stretch,
                             Explain explain) {
  return Evaluator(plan, scene, stretch, explain).run();
}

std::optional<Diagnostics> find_missing(const Plan& plan, const Scene& scene) {
  Stretch point = Stretch::at(scene.operation.amount.value_or(Rational(0)));
  return Evaluator(plan, scene, point, Explain::no).choose();
}

}  // namespace levy
