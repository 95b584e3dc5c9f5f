// The files that say what an account has shown and done: a profile, a history.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ask/check.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "facts/mapped_rows.h"

namespace levy::cli {

// Opened for one question, which borrows them.
struct AccountFiles {
  std::optional<formats::Document> profile;
  std::unique_ptr<StreamFile> history;
  std::unique_ptr<const facts::Mapping> mapping;  // of the history; null: as levy writes tables
  facts::MappingTarget target;
  int status = 0;  // not 0: what `report_error` returned
};
AccountFiles open_account_files(const AccountOptions& options, const fees::Tariff& tariff,
                                const Common& common);

ask::CheckQuestion check_question(fees::Question question, const AccountOptions& options,
                                  const AccountFiles& files);

// Says why there is no answer; faults that lie in the profile or the history are bad_file.
int report_check_error(const Diagnostics& faults, const AccountOptions& options,
                       const AccountFiles& files, const Common& common);

// Opens the files, asks, and hands the answer to `say`, which gives the exit status; where there is
// no answer, says why. A history that broke off while it was read is no answer either.
template <class Ask, class Say>
int ask_about_account(fees::Question question, const AccountOptions& options,
                      const fees::Tariff& tariff, const Common& common, const Ask& ask,
                      const Say& say) {
  AccountFiles files = open_account_files(options, tariff, common);
  if (files.status != 0) return files.status;
  ask::CheckQuestion asked = check_question(std::move(question), options, files);
  auto answer = ask(asked);
  bool broken = files.history && files.history->failed();
  if (broken) return report_check_error({}, options, files, common);
  if (!answer) return report_check_error(answer.faults(), options, files, common);
  return say(*answer);
}

}  // namespace levy::cli
