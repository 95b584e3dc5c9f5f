// levy infer: a tariff from what it charged.
#include "inference/infer.h"

#include <unistd.h>

#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "cli/terminal.h"
#include "formats/json.h"
#include "render/pages/infer_page.h"
#include "render/text/schedule_layout.h"
#include "schedule/decode/reader.h"
#include "tables/table_text.h"

namespace levy::cli {
namespace {

std::optional<Diagnostic> misuse_of_infer(const InferCommand& command) {
  if (command.fee.empty())
    return usage("infer needs to know which column has what was charged", "name it: --fee COLUMN");
  if (!command.id.empty() && !schedule::decode::is_id(command.id))
    return usage(in_quotes(command.id) + " is not an id",
                 "write letters from a to z, digits, _ and -, a letter first");
  if (!command.currency.empty() && !find_iso_digits(command.currency))
    return usage(in_quotes(command.currency) + " is not a currency's code",
                 "write an ISO 4217 code such as EUR");
  return std::nullopt;
}

inference::InferOptions infer_options(const InferCommand& command) {
  inference::InferOptions options;
  options.fee = command.fee;
  if (!command.amount.empty()) options.amount = command.amount;
  options.currency = command.currency;
  if (!command.by.empty()) {
    options.by.emplace();
    for (const std::string& names : command.by)
      for (std::string& name : tables::split_at(names, ',')) options.by->push_back(std::move(name));
  }
  return options;
}

std::string schedule_of(inference::Inferred& inferred, const InferCommand& command) {
  tables::PriceList& list = inferred.list;
  if (list.rows.empty()) return "";
  std::string name = command.table.substr(command.table.find_last_of('/') + 1);
  name = tables::name_of_words(name.substr(0, name.find_last_of('.')), '-');
  list.id = !command.id.empty() ? command.id : schedule::decode::is_id(name) ? name : "inferred";
  list.note = "Inferred from " + std::to_string(inferred.explained_rows) + " of " +
              std::to_string(inferred.observed.rows) + " rows of " + command.table + ".";
  Checked<formats::Document> document =
      formats::parse_json(Source("schedule", tables::schedule_text(list)));
  ensure(static_cast<bool>(document), "what levy writes is JSON");
  return render::text::schedule_layout(*document);
}

}  // namespace

Syntax syntax_of(InferCommand& command) {
  Syntax syntax{"infer", translatable("A tariff from a table of what was charged"), {}};
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"TABLE", &command.table, translatable("Charged operations, CSV or JSON Lines"), true});
  options.push_back({"--fee", &command.fee, translatable("The column that has what was charged")});
  options.push_back(
      {"--by", &command.by, translatable("What the fee may depend on; default: all columns")});
  options.push_back(
      {"--amount", &command.amount, translatable("The column of amounts; default: amount")});
  options.push_back(
      {"--currency", &command.currency, translatable("Where there is no column currency")});
  options.push_back({"--id", &command.id, translatable("The tariff's id")});
  add_common(syntax, command.common);
  syntax.examples = {{"levy infer bills.csv --fee billed > tariff.json",
                      translatable("the tariff, and what the bills leave open")},
                     {"levy infer bills.csv --fee billed --by card,country --json",
                      translatable("for a program, by these attributes only")}};
  return syntax;
}

int run(const InferCommand& command) {
  if (auto fault = misuse_of_infer(command)) return report_error({*fault}, command.common);
  Checked<std::unique_ptr<StreamFile>> file = StreamFile::open(command.table);
  if (!file) return report_error(file.faults(), command.common);
  StreamFile& stream = **file;
  Checked<inference::Inferred> inferred = inference::infer(
      command.table, [&](char* into, std::size_t size) { return stream.read(into, size); },
      infer_options(command));
  if (stream.failed()) return report_error({stream.fault()}, command.common);
  if (!inferred) return report_error(inferred.faults(), command.common);
  std::string schedule = schedule_of(*inferred, command);
  bool all =
      inferred->explained_rows == inferred->observed.rows && inferred->observed.unusable == 0;
  int status = all ? status_done : status_no;
  if (command.common.json) {
    formats::JsonWriter json;
    json.object([&] { render::pages::write_inferred(json, *inferred, schedule); });
    return print(json.text() + "\n", status);
  }
  int printed = schedule.empty() ? status : print(schedule, status);
  render::text::PageForm form{window_columns(STDERR_FILENO),
                              wants_color(command.common, STDERR_FILENO)};
  warn(render::text::page_text(render::pages::infer_page(*inferred), form));
  return printed;
}

}  // namespace levy::cli
