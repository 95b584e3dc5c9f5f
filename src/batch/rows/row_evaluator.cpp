#include "batch/rows/row_evaluator.h"

#include <algorithm>
#include <utility>

#include "facts/counting.h"
#include "fees/resolve.h"
#include "limits/assess.h"
#include "limits/ladder.h"
#include "schedule/walk.h"

namespace levy::batch::rows {
namespace {

Diagnostic no_time() {
  return Diagnostic{Code::bad_time, "the row has no time, and the answer depends on it",
                    "give it a time, or say when with --at TIME or --set time=TIME"};
}

Diagnostic no_account() {
  return Diagnostic{Code::missing_reading,
                    "the row has no account, and its meters count by account",
                    "give it an account or readings (used.METER), or give --assume-zero"};
}

limits::Costs costs_of(const fees::Plan& plan, const facts::Rates* rates) {
  limits::Costs costs;
  costs.debit_of = [&plan, rates](const facts::Operation& operation,
                                  const facts::Readings& readings) -> Checked<Rational> {
    Checked<fees::Quote> quoted =
        fees::quote(plan, fees::EvaluationContext{operation, rates, readings});
    if (!quoted) return std::move(quoted).faults();
    return quoted->debit.at(operation.currency);
  };
  return costs;
}

}  // namespace

std::string_view to_string(RowStatus status) {
  constexpr std::string_view words[] = {"ok", "declined", "error", "match", "mismatch", "skipped"};
  return words[static_cast<std::size_t>(status)];
}

bool counts_past(const fees::Tariff& tariff, bool enforce_limits) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const fees::Plan& plan) {
    std::vector<facts::Counter> counters = facts::counters_of(plan.schedule);
    return std::any_of(counters.begin(), counters.end(), [&](const facts::Counter& counter) {
      bool wanted = schedule::find_id(plan.schedule.fees, counter.use.id) ||
                    (enforce_limits && schedule::find_id(plan.schedule.limits, counter.use.id));
      return wanted && counter.use.meter->window.kind != Window::Kind::transaction;
    });
  });
}

bool depends_on_time(const fees::Tariff& tariff, const BatchOptions& options) {
  if (tariff.versions.size() > 1 || options.rates != nullptr) return true;
  if (counts_past(tariff, options.enforce_limits)) return true;
  const schedule::Schedule& schedule = tariff.versions.front().schedule;
  bool depends = schedule.from || schedule.until;
  schedule::each_condition(schedule, [&](const schedule::Condition& condition) {
    depends = depends || condition.subject == schedule::Condition::Subject::date ||
              condition.subject == schedule::Condition::Subject::time_of_day ||
              condition.name == "weekday";
  });
  return depends;
}

Checked<Rational> read_billed(std::string_view text, const fees::Plan& plan, Currency currency,
                              const std::string& what) {
  Checked<Money> money = parse_money(text, plan.schedule.currencies, currency);
  if (money && money->currency == currency) return money->amount;
  Diagnostic fault{Code::bad_amount, "",
                   what == "fee" ? "write the billed fee in the operation's currency"
                                 : "write it in " + std::string(currency.code())};
  fault.message = text.empty() ? "there is no billed " + what
                  : money      ? "the billed " + what + " is not in " + std::string(currency.code())
                               : "the billed " + what + ": " + money.faults().front().message;
  return fault;
}

namespace {

void set_field(fees::Question& question, const std::string& name, std::string_view value) {
  if (name == "receive") {
    question.receive = value;
  } else if (name == "pay") {
    question.pay = value;
  } else {
    question.request.set(name, value);
  }
}

// What is to arrive, what is to be paid and an amount each say the same.
std::optional<Diagnostics> check_targets(const fees::Question& question) {
  bool has_amount = !question.request.amount.empty();
  int given = (question.receive ? 1 : 0) + (question.pay ? 1 : 0) + (has_amount ? 1 : 0);
  if (given <= 1) return std::nullopt;
  return Diagnostics{Diagnostic{Code::bad_amount, "the row says its amount in more than one way",
                                "give one of amount, receive and pay"}};
}

}  // namespace

RowEvaluator::RowEvaluator(const fees::Tariff& tariff, const BatchOptions& options,
                           const Layout& layout, ledger::Ledger* ledger)
    : tariff_(tariff), options_(options), layout_(layout), ledger_(ledger), causes_(tariff) {
  constant_.rates = options.rates;
  constant_.max_age_seconds = options.max_age_seconds;
  constant_.now = options.now;
  for (const auto& [field, value] : layout.constants) {
    if (field.starts_with("used.")) {
      constant_.used.emplace_back(field.substr(5), value);
    } else if (field != "id" && field != "account" && field != "balance") {
      set_field(constant_, field, value);
    }
  }
  if (!options.enforce_limits) return;
  for (const fees::Plan& plan : tariff.versions)
    ladders_.push_back(limits::compile_ladder(plan.schedule));
}

fees::Question RowEvaluator::question_of(const RowCells& cells) const {
  fees::Question question = constant_;
  question.request.fields.reserve(question.request.fields.size() + layout_.fields.size());
  for (const BoundField& field : layout_.fields) {
    if (!cells[field.column].empty()) set_field(question, field.name, cells[field.column]);
  }
  for (const BoundField& used : layout_.used) {
    if (!cells[used.column].empty())
      question.used.emplace_back(used.name, std::string(cells[used.column]));
  }
  return question;
}

Checked<Instant> RowEvaluator::time_of(const RowCells& cells) const {
  fees::Question question = question_of(cells);
  std::string_view text;
  for (const auto& [field, value] : question.request.fields) {
    if (field == "time") text = value;  // the later one counts
  }
  Checked<fees::ResolvedTime> resolved = fees::resolve_time(tariff_, text, options_.now, nullptr);
  if (!resolved) return std::move(resolved).faults();
  return resolved->time;
}

std::string_view RowEvaluator::text_of(const RowCells& cells,
                                       const std::optional<std::size_t>& column,
                                       std::string_view field) const {
  if (column) return cells[*column];
  const std::string* constant = layout_.constant(field);
  return constant == nullptr ? std::string_view() : *constant;
}

AskedRow RowEvaluator::row_of(const RowCells& cells) const {
  AskedRow row;
  row.question = question_of(cells);
  row.account = account_of(cells);
  row.balance = text_of(cells, layout_.balance, "balance");
  for (const BilledColumn& billed : layout_.billed) row.billed.push_back(cells[billed.column]);
  return row;
}

Checked<fees::ResolvedQuestion> RowEvaluator::resolve_row(const AskedRow& row) {
  if (options_.needs_time && facts::time_text(row.question.request).empty()) return no_time();
  Checked<fees::ResolvedQuestion> resolved = fees::resolve(tariff_, row.question);
  if (!resolved) return resolved;
  if (auto faults = add_readings(row, *resolved)) return *faults;
  return resolved;
}

// A row's own readings stand before what was counted.
std::optional<Diagnostics> RowEvaluator::add_readings(const AskedRow& row,
                                                      fees::ResolvedQuestion& resolved) const {
  if (ledger_ == nullptr) return std::nullopt;
  if (row.account.empty()) {
    if (!resolved.readings.empty() || options_.assume_zero) return std::nullopt;
    return Diagnostics{no_account()};
  }
  const facts::Operation& operation = resolved.operation;
  Checked<facts::Readings> counted =
      ledger_->readings(*resolved.plan, row.account, operation.time, &operation);
  if (!counted) return std::move(counted).faults();
  resolved.readings.merge(*counted);
  return std::nullopt;
}

RowAnswer RowEvaluator::ask(const AskedRow& row) {
  RowAnswer answer;
  auto fail = [&](Diagnostics faults) {
    answer = RowAnswer();
    answer.status = RowStatus::error;
    answer.faults = std::move(faults);
    return answer;
  };
  if (auto faults = check_targets(row.question)) return fail(std::move(*faults));
  Checked<fees::ResolvedQuestion> resolved = resolve_row(row);
  if (!resolved) return fail(std::move(resolved).faults());
  Checked<fees::Quote> quoted = fees::quote(*resolved, row.question);
  if (!quoted) return fail(std::move(quoted).faults());
  answer.quote = std::move(*quoted);
  bool is_reverse = row.question.receive || row.question.pay;
  if (is_reverse) resolved->operation.amount = answer.quote->operation.amount;
  if (options_.enforce_limits) {
    if (auto faults = judge(row, *resolved, answer)) return fail(std::move(*faults));
  }
  bool counts = answer.status != RowStatus::declined;
  if (counts && !layout_.billed.empty()) {
    if (auto faults = compare(row, *resolved, answer)) return fail(std::move(*faults));
  }
  if (ledger_ == nullptr || row.account.empty()) return answer;
  if (counts) {
    if (auto fault = ledger_->add(row.account, *answer.quote, resolved->rates))
      return fail({*fault});
  }
  ledger_->answered(row.account, resolved->operation.time);
  return answer;
}

// Of an account nothing is known but its readings, which limits and fees share.
std::optional<Diagnostics> RowEvaluator::judge(const AskedRow& row,
                                               fees::ResolvedQuestion& resolved,
                                               RowAnswer& answer) const {
  static const limits::Account nobody;
  const fees::Plan& plan = *resolved.plan;
  const limits::Ladder& ladder =
      ladders_[static_cast<std::size_t>(&plan - tariff_.versions.data())];
  if (!row.balance.empty()) {
    std::string balance(row.balance);
    if (auto faults = limits::add_balance(ladder, balance, resolved.rates, resolved.readings))
      return faults;
  }
  limits::AccountSnapshot now{ladder,
                              nobody,
                              resolved.readings,
                              resolved.operation.time,
                              resolved.rates,
                              row.question.strict};
  std::optional<std::string> tier;
  auto given = resolved.operation.attributes.find("tier");
  if (given != resolved.operation.attributes.end()) tier = given->second;
  auto limits = limits::test_limits(now, resolved.operation, tier, costs_of(plan, resolved.rates));
  if (!limits) return std::move(limits).faults();
  answer.limits = std::move(*limits);
  for (const limits::LimitState& state : answer.limits) {
    if (!state.holds) answer.blocked_by.push_back(state.limit->id);
  }
  if (!answer.blocked_by.empty()) answer.status = RowStatus::declined;
  return std::nullopt;
}

namespace {

// What was billed is compared with; a line that the quote has not is 0.
Money computed_for(const BilledColumn& billed, const fees::Quote& quote) {
  Currency own = quote.operation.currency;
  switch (billed.of) {
    case BilledColumn::Of::fee:
      return {quote.fees.at(own), own};
    case BilledColumn::Of::debit:
      return {quote.debit.at(own), own};
    case BilledColumn::Of::credit:
      return quote.credit;
    case BilledColumn::Of::line:
      break;
  }
  for (const fees::Line& line : quote.lines) {
    if (line.fee->id == billed.fee_id) return line.amount;
  }
  return {Rational(0), own};
}

bool has_line(const fees::Quote& quote, const std::string& fee_id) {
  return std::any_of(quote.lines.begin(), quote.lines.end(),
                     [&](const fees::Line& line) { return line.fee->id == fee_id; });
}

// What the comparisons say of all fees: the fee's own, else those of its lines together, else what
// was debited too much and arrived too little. In the operation's currency.
Rational difference_of_fees(const RowAnswer& answer) {
  using Of = BilledColumn::Of;
  Currency own = answer.quote->operation.currency;
  Rational of_lines, of_net;
  bool has_lines = false;
  for (const RowAnswer::Compared& one : answer.compared) {
    if (one.billed->of == Of::fee) return one.difference.amount;
    if (one.difference.currency != own) continue;
    has_lines = has_lines || one.billed->of == Of::line;
    if (one.billed->of == Of::line) of_lines += one.difference.amount;
    if (one.billed->of == Of::debit) of_net += one.difference.amount;
    if (one.billed->of == Of::credit) of_net -= one.difference.amount;
  }
  return has_lines ? of_lines : of_net;
}

}  // namespace

Rational RowEvaluator::tolerance_in(Currency currency) const {
  bool tolerates = options_.tolerance_currency.empty() || options_.tolerance_currency == currency;
  return tolerates ? options_.tolerance : Rational(0);
}

std::optional<Diagnostics> RowEvaluator::compare(const AskedRow& row,
                                                 const fees::ResolvedQuestion& resolved,
                                                 RowAnswer& answer) {
  const fees::Quote& quote = *answer.quote;
  bool matches = true;
  for (std::size_t i = 0; i < layout_.billed.size(); ++i) {
    const BilledColumn& billed = layout_.billed[i];
    Money computed = computed_for(billed, quote);
    bool is_absent = billed.of == BilledColumn::Of::line && row.billed[i].empty() &&
                     !has_line(quote, billed.fee_id);
    Rational difference;
    if (!is_absent) {
      Checked<Rational> read =
          read_billed(row.billed[i], *resolved.plan, computed.currency, billed.name);
      if (!read) return std::move(read).faults();
      difference = *read - computed.amount;
    }
    matches = matches && absolute(difference) <= tolerance_in(computed.currency);
    answer.compared.push_back({&billed, {difference, computed.currency}});
  }
  answer.status = matches ? RowStatus::match : RowStatus::mismatch;
  answer.difference = difference_of_fees(answer);
  if (matches) return std::nullopt;
  Currency own = quote.operation.currency;
  // Of fees that are right together there is nothing to explain.
  Rational fee = quote.fees.at(own) + answer.difference;
  if (!answer.difference.is_zero())
    answer.cause = causes_.find(resolved, quote, fee, tolerance_in(own));
  // What is billed line by line needs no guess at whose the difference is.
  bool by_line = std::any_of(answer.compared.begin(), answer.compared.end(), [](const auto& one) {
    return one.billed->of == BilledColumn::Of::line;
  });
  if (!by_line) return std::nullopt;
  answer.cause.parts.clear();
  for (const RowAnswer::Compared& one : answer.compared) {
    bool is_part = one.billed->of == BilledColumn::Of::line && one.difference.currency == own &&
                   !one.difference.amount.is_zero();
    if (is_part) answer.cause.parts.emplace_back(one.billed->fee_id, one.difference.amount);
  }
  return std::nullopt;
}

}  // namespace levy::batch::rows
