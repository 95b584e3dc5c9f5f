#include "batch/rows/run_rows.h"

#include <memory>

#include "batch/rows/row_evaluator.h"

namespace levy::batch::rows {
namespace {

constexpr std::string_view only_account = "account";

// A field that says something of the row and not of the operation; the later of two counts.
std::string_view field_of(const fees::Tariff& tariff, const fees::Question& question,
                          std::string_view name) {
  std::string_view value;
  if (fees::declares(tariff, name)) return value;
  for (const auto& [field, text] : question.request.fields) {
    if (field == name) value = text;
  }
  return value;
}

limits::Verdict verdict_of(const RowAnswer& answer) {
  limits::Verdict verdict;
  verdict.schedule = &answer.quote->plan->schedule;
  verdict.operation = answer.quote->operation;
  verdict.allowed = answer.status != RowStatus::declined;
  auto tier = verdict.operation.attributes.find("tier");
  verdict.tier_known = tier != verdict.operation.attributes.end();
  if (verdict.tier_known) verdict.tier = tier->second;
  verdict.limits = answer.limits;
  verdict.blocked_by = answer.blocked_by;
  return verdict;
}

BatchOptions enforcing_limits() {
  BatchOptions options;
  options.enforce_limits = true;
  return options;
}

// Null: the tariff counts nothing.
std::unique_ptr<ledger::Ledger> open_ledger(const fees::Tariff& tariff) {
  if (!counts_past(tariff, true)) return nullptr;
  return std::make_unique<ledger::Ledger>(tariff, ledger::Ledger::Scope::all);
}

class RowRun {
 public:
  explicit RowRun(const fees::Tariff& tariff)
      : tariff_(tariff),
        ledger_(open_ledger(tariff)),
        judging_(tariff, limits_, no_columns_, ledger_.get()),
        quoting_(tariff, no_limits_, no_columns_, ledger_.get()) {}
  RowRun(const RowRun&) = delete;
  RowRun& operator=(const RowRun&) = delete;

  std::string_view ask(const fees::Question& question, const RowSeen& seen) {
    AskedRow row{question,
                 field_of(tariff_, question, "account"),
                 field_of(tariff_, question, "balance"),
                 {}};
    if (row.account.empty()) row.account = only_account;
    RowAnswer answer = judging_.ask(row);
    // A quote is none the worse for limits that cannot be judged.
    if (answer.status == RowStatus::error) answer = quoting_.ask(row);
    if (answer.status == RowStatus::error) return to_string(answer.status);
    limits::Verdict verdict = verdict_of(answer);
    seen(*answer.quote, verdict.limits.empty() ? nullptr : &verdict);
    return to_string(answer.status);
  }

 private:
  const fees::Tariff& tariff_;
  const Layout no_columns_ = {};
  const BatchOptions limits_ = enforcing_limits(), no_limits_ = {};
  const std::unique_ptr<ledger::Ledger> ledger_;
  RowEvaluator judging_, quoting_;
};

}  // namespace

AskRow run_rows(const fees::Tariff& tariff) {
  auto run = std::make_shared<RowRun>(tariff);
  return [run](const fees::Question& question, const RowSeen& seen) {
    return run->ask(question, seen);
  };
}

}  // namespace levy::batch::rows
