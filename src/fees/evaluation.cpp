// What the range's x stands for.
#include "fees/evaluation.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "fees/charging.h"
#include "fees/choosing.h"

namespace levy::fees {

Form EvaluationContext::amount_on(const AmountRange& amounts) const {
  if (!operation.amount) return Form();
  return variable == nullptr ? amounts.variable() : Form(*operation.amount);
}

Form EvaluationContext::quantity_on(const AmountRange& amounts, const std::string& name,
                                    const Rational& value) const {
  return variable != nullptr && *variable == name ? amounts.variable() : Form(value);
}

Diagnostic missing_amount(const Place& place) {
  return Diagnostic{Code::bad_amount, "this operation needs an amount",
                    "give the amount, for example \"250 EUR\"", place};
}

namespace {

// One pass over the fees in order, then the totals.
class Evaluator {
 public:
  Evaluator(const Plan& plan, const EvaluationContext& context, AmountRange& amounts,
            PartialEvaluation& partial, Explain explain)
      : plan_(plan),
        context_(context),
        amounts_(amounts),
        partial_(partial),
        explain_(explain),
        steps_(explain == Explain::yes),
        charging_(plan, context, amounts, steps_, result_, partial.known) {}

  Checked<Evaluation> run();

 private:
  std::optional<Diagnostics> pass();
  std::optional<Diagnostics> choose();
  void resume();
  bool holds_for_parts() const;
  void save();
  std::optional<Diagnostics> add_line(std::size_t index, std::size_t case_index);
  void skip(std::size_t fee, std::size_t case_index, NotTaken::Reason reason);
  Form rounded(const LineForm& line, const Form& one);
  Form round(const Form& value, const Rounder& rounder, Currency currency);

  std::optional<Diagnostics> find_rate();
  std::optional<Diagnostics> check_currencies() const;
  Form collected(schedule::Collect collect, Currency currency);
  std::optional<Diagnostics> add_totals();
  std::optional<Diagnostics> add_credit();
  std::optional<Diagnostics> check_not_negative(const Form& before, const Form& fees,
                                                Currency currency, const std::string& what);
  Form deducted_in(Currency currency) const;

  const Plan& plan_;
  const EvaluationContext& context_;
  AmountRange& amounts_;
  PartialEvaluation& partial_;
  Explain explain_;
  Steps steps_;
  Evaluation result_;
  Charging charging_;
};

Checked<Evaluation> Evaluator::run() {
  std::optional<Diagnostics> faults = pass();
  if (context_.work != nullptr) {
    std::size_t words = 0;  // figures of hundreds of digits take longer, and so do sums of many
    for (const LineForm& line : result_.lines) words += line.exact.base.words();
    const std::size_t lines = result_.lines.size();
    context_.work->spend(10 + plan_.fees.size() / 8 + lines + lines * lines / 512 + 8 * words);
  }
  if (amounts_.split_point()) save();
  if (faults) return std::move(*faults);
  return std::move(result_);
}

std::optional<Diagnostics> Evaluator::pass() {
  if (auto faults = choose()) return faults;
  if (!amounts_.is_settled()) return std::nullopt;
  resume();
  const std::vector<ChosenFee>& choices = *partial_.choices;
  for (std::size_t i = partial_.charged; i < choices.size(); ++i) {
    std::optional<Diagnostics> faults = choices[i].faults;
    if (!faults) faults = add_line(choices[i].fee, *choices[i].taken);
    if (faults && !context_.lines_only) return faults;
    if (!amounts_.is_settled()) return std::nullopt;
    if (faults) {
      result_.line_faults.emplace_back(choices[i].fee, std::move(faults->front()));
      continue;
    }
    if (i == partial_.charged && holds_for_parts()) ++partial_.charged;
  }
  if (context_.lines_only) return std::nullopt;
  if (auto faults = find_rate()) return faults;
  if (auto faults = add_totals()) return faults;
  return add_credit();
}

// ---- what a range and its parts share -----------------------------------------------------------

std::optional<Diagnostics> Evaluator::choose() {
  if (partial_.choices) return std::nullopt;
  bool explains = explain_ == Explain::yes;
  Choosing choosing(plan_, context_, amounts_, explains ? &result_.not_taken : nullptr);
  Checked<std::vector<ChosenFee>> choices = choosing.choose();
  if (!choices) return std::move(choices).faults();
  if (amounts_.is_settled()) partial_.choices = std::move(*choices);
  return std::nullopt;
}

// Roundings are not the same on every part, and over a single amount every form is a constant.
void Evaluator::resume() {
  if (amounts_.is_point()) partial_.charged = 0;
  if (partial_.charged > 0) result_.lines = std::move(partial_.lines);
  partial_.lines.clear();
  result_.lines.reserve(partial_.choices->size());
  for (LineForm& line : result_.lines)
    line.amount = rounded(
        line, line.times == Rational(1) ? line.exact : line.exact * (Rational(1) / line.times));
}

// Whether all that was charged so far is said by lines that hold on any part of the range: no
// bound is left to be decided, and nothing was rounded before what the line is rounded from.
bool Evaluator::holds_for_parts() const {
  if (!result_.margins.empty() || !result_.assumed.empty()) return false;
  if (result_.lines.empty()) return true;
  const LineForm& last = result_.lines.back();
  if (plan_.fees[last.fee].cases[last.case_index].as_written->charge.cap) return false;
  return last.exact.is_exact() && last.exact.shares().empty();
}

void Evaluator::save() {
  if (!partial_.choices) return;
  const std::vector<ChosenFee>& choices = *partial_.choices;
  std::vector<LineForm>& lines = result_.lines;
  if (partial_.charged < choices.size()) {
    std::size_t next = choices[partial_.charged].fee;
    while (!lines.empty() && lines.back().fee >= next) lines.pop_back();
  }
  partial_.lines = std::move(lines);
}

void Evaluator::skip(std::size_t fee, std::size_t case_index, NotTaken::Reason reason) {
  if (explain_ == Explain::yes)
    result_.not_taken.push_back(NotTaken{fee, case_index, reason, nullptr});
}

// ---- lines -------------------------------------------------------------------------------------

std::optional<Diagnostics> Evaluator::add_line(std::size_t index, std::size_t case_index) {
  const FeePlan& fee = plan_.fees[index];
  const CasePlan& taken = fee.cases[case_index];
  const schedule::Charge& charge = taken.as_written->charge;
  if (charge.margin) {
    result_.margin += charge.margin->fraction * Rational(100);
    result_.margins.emplace_back(index, case_index);
    if (!context_.operation.converts()) skip(index, case_index, NotTaken::Reason::no_conversion);
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
  line.currency = (*charged)->currency;
  line.exempted = (*charged)->exempted;
  line.collect = taken.collect;
  Checked<Rational> times = charging_.times_of(charge);
  if (!times) return times.faults();
  line.times = *times;
  line.amount = rounded(line, (*charged)->value);
  line.exact = std::move((*charged)->value);
  if (line.times != Rational(1)) line.exact = line.exact * line.times;
  if (charge.cap) {
    auto held = charging_.capped(fee, charge, line.amount, line.currency);
    if (!held) return held.faults();
    if (*held) line.amount = line.exact = std::move(**held);
  }
  line.steps = steps_.take();
  result_.lines.push_back(std::move(line));
  return std::nullopt;
}

// The line that `one` comes to, of which it is so many times.
Form Evaluator::rounded(const LineForm& line, const Form& one) {
  Form amount = round(one, plan_.fees[line.fee].line, line.currency);
  const schedule::Charge& charge = plan_.fees[line.fee].cases[line.case_index].as_written->charge;
  if (charge.times.empty()) return amount;
  Form whole = amount * line.times;
  steps_.add(StepOp::times, {amount, line.times}, whole, line.currency, charge.place);
  return whole;
}

Form Evaluator::round(const Form& value, const Rounder& rounder, Currency currency) {
  if (rounder.exact) return value;
  Decimal quantum = rounder.quantum(currency, plan_.schedule.currencies);
  Form rounded = amounts_.round(value, quantum, rounder.mode);
  steps_.add(StepOp::round, {value, Rational(quantum)}, rounded, currency, rounder.rule.place,
             to_string(rounder.mode));
  return rounded;
}

// ---- totals ------------------------------------------------------------------------------------

std::optional<Diagnostics> Evaluator::find_rate() {
  const facts::Operation& operation = context_.operation;
  if (!operation.converts()) return std::nullopt;
  if (operation.rate) {
    result_.mid = *operation.rate;
  } else {
    Checked<Rational> mid =
        facts::convert(Money{1, operation.currency}, operation.to_currency, context_.rates);
    if (!mid) return mid.faults();
    result_.mid = *mid;
  }
  result_.rate = result_.mid * (Rational(1) - result_.margin / Rational(100));
  const schedule::Conversion& conversion = plan_.schedule.conversion;
  if (conversion.rate_digits) {
    result_.rate = levy::round(result_.rate, Decimal::ten_to(-*conversion.rate_digits),
                               conversion.rate_mode.value_or(plan_.schedule.rounding.mode()));
  }
  bool margin_fits = result_.margin.sign() >= 0 && result_.margin < Rational(100);
  if (margin_fits && result_.rate.sign() > 0) return std::nullopt;
  Diagnostic fault{Code::rate_not_positive, "the rate rounds to " + result_.rate.to_string(),
                   "give \"conversion\" more \"digits\", or convert the other way round"};
  if (margin_fits) return Diagnostics{std::move(fault)};
  auto [fee, taken] = result_.margins.back();
  fault.message = "the margins add up to " + result_.margin.to_string() + " percent";
  fault.remedy = "margins together are at least 0 and below 100";
  fault.place = plan_.fees[fee].cases[taken].as_written->charge.margin->place;
  return Diagnostics{std::move(fault)};
}

std::optional<Diagnostics> Evaluator::check_currencies() const {
  const facts::Operation& operation = context_.operation;
  for (const LineForm& line : result_.lines) {
    if (line.collect != schedule::Collect::deducted || line.currency == operation.currency)
      continue;
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
Form Evaluator::collected(schedule::Collect collect, Currency currency) {
  Form sum;
  for (const LineForm& line : result_.lines) {
    if (line.collect == collect && line.currency == currency) sum = sum + line.amount;
  }
  const schedule::Schedule& schedule = plan_.schedule;
  if (schedule.rounding.apply == schedule::Rounding::Apply::total) {
    sum = amounts_.round(sum, plan_.total.quantum(currency, schedule.currencies), plan_.total.mode);
  }
  return amounts_.round(sum, schedule.currencies.minor_unit(currency), plan_.total.mode);
}

// `before` less `fees` must not be negative; a single amount's figures are named.
std::optional<Diagnostics> Evaluator::check_not_negative(const Form& before, const Form& fees,
                                                         Currency currency,
                                                         const std::string& what) {
  Form value = before - fees;
  if (amounts_.is_not_negative(value)) return std::nullopt;
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
  Currency source = context_.operation.currency;
  result_.on_top[source];
  for (const LineForm& line : result_.lines) {
    if (line.collect != schedule::Collect::none) result_.on_top[line.currency];
  }
  for (auto& [currency, on_top] : result_.on_top) {
    on_top = collected(schedule::Collect::on_top, currency);
    result_.deducted[currency] = collected(schedule::Collect::deducted, currency);
    Form amount = currency == source ? context_.amount_on(amounts_) : Form();
    Form debit = amount + on_top;
    result_.debit[currency] = debit;
    if (auto faults = check_not_negative(amount, -on_top, currency,
                                         "what is debited in " + std::string(currency.code()))) {
      faults->front().of_debit = true;
      return faults;
    }
  }
  return std::nullopt;
}

Form Evaluator::deducted_in(Currency currency) const {
  auto found = result_.deducted.find(currency);
  return found == result_.deducted.end() ? Form() : found->second;
}

std::optional<Diagnostics> Evaluator::add_credit() {
  const facts::Operation& operation = context_.operation;
  Form amount = context_.amount_on(amounts_), deducted = deducted_in(operation.currency);
  result_.net = amount - deducted;
  if (auto faults = check_not_negative(amount, deducted, operation.currency,
                                       "what is left after deducted fees"))
    return faults;
  result_.credit_currency = operation.converts() ? operation.to_currency : operation.currency;
  result_.credit = result_.net;
  if (!operation.converts()) return std::nullopt;
  const schedule::Schedule& schedule = plan_.schedule;
  Decimal unit = schedule.currencies.minor_unit(operation.to_currency);
  RoundingMode mode = schedule.conversion.round.mode.value_or(schedule.rounding.mode());
  Form converted = result_.net * result_.rate;
  result_.margin_cost = amounts_.round(result_.net * result_.mid - converted, unit, mode);
  Form arriving = amounts_.round(converted, unit, mode);
  Form target_fees = deducted_in(operation.to_currency);
  result_.credit = arriving - target_fees;
  return check_not_negative(arriving, target_fees, operation.to_currency, "what arrives");
}

}  // namespace

Checked<Evaluation> evaluate(const Plan& plan, const EvaluationContext& context,
                             AmountRange& amounts, Explain explain) {
  ensure(explain == Explain::no || context.memo == nullptr, "steps are made and not remembered");
  PartialEvaluation nothing;
  return Evaluator(plan, context, amounts, nothing, explain).run();
}

Checked<Evaluation> evaluate(const Plan& plan, const EvaluationContext& context,
                             AmountRange& amounts, PartialEvaluation& partial) {
  return Evaluator(plan, context, amounts, partial, Explain::no).run();
}

std::optional<Diagnostics> find_missing(const Plan& plan, const EvaluationContext& context) {
  AmountRange point = AmountRange::at(context.operation.amount.value_or(Rational(0)));
  Checked<std::vector<ChosenFee>> choices = Choosing(plan, context, point, nullptr).choose();
  if (choices) return std::nullopt;
  return std::move(choices).faults();
}

}  // namespace levy::fees
