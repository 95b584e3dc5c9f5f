// Which case of each fee is taken. Used by evaluate only.
#pragma once

#include <optional>
#include <vector>

#include "facts/conditions.h"
#include "fees/evaluation.h"

namespace levy::fees {

class Choosing {
 public:
  // `not_taken` gets what is skipped; null: nobody asks.
  Choosing(const Plan& plan, const EvaluationContext& context, AmountRange& amounts,
           std::vector<NotTaken>* not_taken)
      : plan_(plan), context_(context), amounts_(amounts), not_taken_(not_taken) {}

  // Decides every fee before any is charged, so that all that is missing is said at once.
  Checked<std::vector<ChosenFee>> choose();

 private:
  ChosenFee choose_case(std::size_t index);
  std::optional<Diagnostic> find_missing() const;
  // Which case is taken: its index; nothing when that is undecided.
  Checked<std::optional<std::size_t>> take_case(std::size_t index);
  Checked<facts::Truth> holds(const std::optional<schedule::When>& when, std::size_t fee,
                              std::optional<std::size_t> case_index);
  void skip(std::size_t fee, std::optional<std::size_t> case_index, NotTaken::Reason reason,
            const schedule::Condition* condition = nullptr);

  const Plan& plan_;
  const EvaluationContext& context_;
  AmountRange& amounts_;
  std::vector<NotTaken>* not_taken_;
  std::vector<ChosenFee> choices_;
  std::vector<Missing> missing_;  // of all undecided fees
  Place missing_place_;
};

}  // namespace levy::fees
