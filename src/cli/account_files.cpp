#include "cli/account_files.h"

#include <utility>

#include "cli/files.h"
#include "cli/output.h"
#include "formats/read_rows.h"

namespace levy::cli {
namespace {

int open_profile(const std::string& path, AccountFiles& files, const Common& common) {
  Checked<Source> source = read_file(path);
  if (!source) return report_error(source.faults(), common);
  Checked<formats::Document> document = formats::parse_json(std::move(*source));
  if (!document) return report_error(document.faults(), common, Code::bad_file);
  files.profile = std::move(*document);
  return 0;
}

}  // namespace

AccountFiles open_account_files(const AccountOptions& options, const fees::Tariff& tariff,
                                const Common& common) {
  AccountFiles files;
  if (options.profile == "-" && options.history == "-") {
    Diagnostic both = usage("--profile and --history cannot both be standard input",
                            "give one of them as a file");
    files.status = report_error({both}, common);
    return files;
  }
  if (options.new_account && options.history.empty()) {
    Diagnostic unused = usage("--new-account is said of a history, and none is given",
                              "give one with --history, or leave it out");
    files.status = report_error({unused}, common);
    return files;
  }
  if (!options.mapping.empty() && options.history.empty()) {
    Diagnostic unused = usage("--mapping says how a history is read, and none is given",
                              "give one with --history, or leave it out");
    files.status = report_error({unused}, common);
    return files;
  }
  if (!options.profile.empty()) files.status = open_profile(options.profile, files, common);
  if (files.status != 0 || options.history.empty()) return files;
  files.target = fees::mapping_target(tariff, true);
  LoadedMapping mapping = load_mapping(options.mapping, files.target, common);
  files.status = mapping.status;
  if (files.status != 0) return files;
  files.mapping = std::move(mapping.mapping);
  Checked<std::unique_ptr<StreamFile>> history = StreamFile::open(options.history);
  if (history) {
    files.history = std::move(*history);
  } else {
    files.status = report_error(history.faults(), common);
  }
  return files;
}

ask::CheckQuestion check_question(fees::Question question, const AccountOptions& options,
                                  const AccountFiles& files) {
  ask::CheckQuestion asked;
  asked.question = std::move(question);
  asked.account = options.account;
  asked.new_account = options.new_account;
  if (!options.balance.empty()) asked.balance = options.balance;
  if (files.profile) asked.profile = &*files.profile;
  if (!files.history) return asked;
  StreamFile* file = files.history.get();
  asked.history_file = options.history;
  auto read = [file](char* into, std::size_t size) { return file->read(into, size); };
  asked.history =
      facts::read_table_by(files.mapping.get(), files.target, options.history, read, "time");
  return asked;
}

int report_check_error(const Diagnostics& faults, const AccountOptions& options,
                       const AccountFiles& files, const Common& common) {
  if (files.history && files.history->failed())
    return report_error({files.history->fault()}, common);
  const std::string& file = faults.front().place.file();
  bool in_file = !file.empty() && (file == options.profile || file == options.history);
  // A reading of a meter that the tariff has not is the same mistake wherever it is given.
  if (faults.front().code == Code::unknown_meter) in_file = false;
  return in_file ? report_error(faults, common, Code::bad_file) : report_error(faults, common);
}

}  // namespace levy::cli
