#include "fees/choosing.h"

#include <algorithm>
#include <utility>

#include "facts/conditions.h"
#include "schedule/attributes.h"
#include "schedule/charge_parts.h"

namespace levy::fees {

// An amount that is needed and absent comes first, then what else is missing; faults of a single
// fee wait for their turn among the charges.
Checked<std::vector<ChosenFee>> Choosing::choose() {
  std::optional<Diagnostics> no_amount;
  for (std::size_t i = 0; i < plan_.fees.size(); ++i) {
    ChosenFee choice = choose_case(i);
    if (choice.faults && choice.faults->front().code == Code::bad_amount && !no_amount)
      no_amount = choice.faults;
    if (choice.taken || choice.faults) choices_.push_back(std::move(choice));
    if (!amounts_.is_settled()) return std::move(choices_);
  }
  if (no_amount) return *no_amount;
  if (auto missing = find_missing()) return *missing;
  return std::move(choices_);
}

ChosenFee Choosing::choose_case(std::size_t index) {
  const schedule::Fee& fee = *plan_.fees[index].as_written;
  ChosenFee choice{index, {}, {}};
  if (!facts::concerns(fee.operations, context_.operation.name)) {
    skip(index, {}, NotTaken::Reason::operation);
    return choice;
  }
  Checked<facts::Truth> applies = holds(fee.when, index, {});
  if (!applies) choice.faults = std::move(applies).faults();
  if (!applies || *applies != facts::Truth::yes) return choice;
  Checked<std::optional<std::size_t>> taken = take_case(index);
  if (!taken) {
    choice.faults = std::move(taken).faults();
    return choice;
  }
  choice.taken = *taken;
  if (!choice.taken || context_.operation.amount) return choice;
  const schedule::Charge& charge = fee.cases[*choice.taken].charge;
  if (schedule::uses_amount(charge)) choice.faults = Diagnostics{missing_amount(charge.place)};
  return choice;
}

// Attributes and quantities that conditions ask for; failing those, quantities that are charged.
std::optional<Diagnostic> Choosing::find_missing() const {
  Diagnostic fault{Code::missing_attributes, "", "", missing_place_};
  fault.missing = missing_;
  if (missing_.empty()) {
    fault.code = Code::missing_quantity;
    for (const ChosenFee& choice : choices_) {
      if (!choice.taken) continue;
      const schedule::Charge& charge =
          plan_.fees[choice.fee].cases[*choice.taken].as_written->charge;
      for (const std::string& name : schedule::quantities_of(charge)) {
        if (context_.operation.quantities.contains(name)) continue;
        if (fault.missing.empty()) fault.place = charge.place;
        Missing missing = schedule::describe_attribute(plan_.schedule, name);
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

Checked<std::optional<std::size_t>> Choosing::take_case(std::size_t index) {
  const FeePlan& fee = plan_.fees[index];
  for (std::size_t i = 0; i < fee.cases.size(); ++i) {
    Checked<facts::Truth> truth = holds(fee.cases[i].as_written->when, index, i);
    if (!truth) return std::move(truth).faults();
    if (!amounts_.is_settled()) return std::optional<std::size_t>();  // it is asked of a part
    if (*truth == facts::Truth::unknown) return std::optional<std::size_t>();
    if (*truth == facts::Truth::no) continue;
    for (std::size_t j = i + 1; j < fee.cases.size(); ++j)
      skip(index, j, NotTaken::Reason::earlier_case);
    return std::optional(i);
  }
  return Diagnostic{Code::uncovered, "no case of the fee " + fee.as_written->id + " holds",
                    "add a case for it, or a last case without \"when\"", fee.as_written->place};
}

Checked<facts::Truth> Choosing::holds(const std::optional<schedule::When>& when, std::size_t fee,
                                      std::optional<std::size_t> case_index) {
  if (!when) return facts::Truth::yes;
  const facts::Operation& operation = context_.operation;
  auto test = [&](const schedule::Condition& condition) -> Checked<facts::Truth> {
    Form value;
    if (condition.subject == schedule::Condition::Subject::amount) {
      if (!operation.amount) return missing_amount(condition.place);
      value = context_.amount_on(amounts_);
    } else {
      auto found = operation.quantities.find(condition.name);
      if (found == operation.quantities.end()) return facts::Truth::unknown;
      value = context_.quantity_on(amounts_, found->first, found->second);
    }
    auto is_above = [&](const Rational& bound, bool or_equal) {
      Form beyond = value - Form(bound);
      return or_equal ? amounts_.is_not_negative(beyond) : amounts_.is_positive(beyond);
    };
    Checked<bool> holds = facts::holds_for(condition, operation.currency, is_above);
    if (!holds) return std::move(holds).faults();
    return *holds ? facts::Truth::yes : facts::Truth::no;
  };
  Checked<facts::WhenAnswer> answer = facts::decide(*when, plan_.schedule, operation, test);
  if (!answer) return std::move(answer).faults();
  if (answer->truth == facts::Truth::no)
    skip(fee, case_index, NotTaken::Reason::condition, answer->first_false);
  for (const schedule::Condition* condition : answer->unknown) {
    Missing missing = schedule::describe_attribute(plan_.schedule, condition->name);
    if (missing_.empty()) missing_place_ = condition->place;
    if (answer->truth == facts::Truth::unknown &&
        std::find(missing_.begin(), missing_.end(), missing) == missing_.end())
      missing_.push_back(missing);
  }
  return answer->truth;
}

void Choosing::skip(std::size_t fee, std::optional<std::size_t> case_index, NotTaken::Reason reason,
                    const schedule::Condition* condition) {
  if (not_taken_ != nullptr) not_taken_->push_back(NotTaken{fee, case_index, reason, condition});
}

}  // namespace levy::fees
