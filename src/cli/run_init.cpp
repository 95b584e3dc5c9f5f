// levy init: a schedule to begin with, or one from a table of prices.
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/syntax.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "render/text/schedule_layout.h"
#include "render/words/explain.h"
#include "schedule/decode/load.h"
#include "schedule/decode/reader.h"
#include "tables/price_list.h"

namespace levy::cli {
namespace {

// "prices/Card fees.csv" is called card-fees.
std::string id_from(const std::string& file) {
  std::string name = file.substr(file.find_last_of('/') + 1);
  name = tables::name_of_words(name.substr(0, name.find_last_of('.')), '-');
  return schedule::decode::is_id(name) ? name : "my-tariff";
}

std::optional<Diagnostic> misuse_of_init(const InitCommand& command) {
  if (!command.id.empty() && !schedule::decode::is_id(command.id))
    return usage(in_quotes(command.id) + " is not an id",
                 "write letters from a to z, digits, _ and -, a letter first");
  if (!command.currency.empty() && command.table.empty())
    return usage("--currency is for the amounts of a table", "give --from-csv with it");
  if (!command.currency.empty() && !find_iso_digits(command.currency))
    return usage(in_quotes(command.currency) + " is not a currency's code",
                 "write an ISO 4217 code such as EUR");
  return std::nullopt;
}

std::string laid_out(std::string text) {
  Checked<formats::Document> document = formats::parse_json(Source("schedule", std::move(text)));
  ensure(static_cast<bool>(document), "what levy writes is JSON");
  return render::text::schedule_layout(*document);
}

std::string starter(const std::string& id) {
  std::string text(render::words::starter_schedule());
  constexpr std::string_view name = "my-tariff";
  if (!id.empty()) text.replace(text.find(name), name.size(), id);
  return laid_out(std::move(text));
}

// What is wrong with the schedule that the table makes, told of the table's lines.
Diagnostics told_of_table(Diagnostics faults, const tables::PriceList& list,
                          const std::string& file) {
  std::vector<std::string> fees;
  std::vector<std::size_t> lines;
  for (const tables::PriceRow& row : list.rows) {
    if (is_among(fees, row.fee)) continue;
    fees.push_back(row.fee);
    lines.push_back(row.line);
  }
  for (Diagnostic& fault : faults) {
    std::string pointer = fault.place.pointer();
    std::size_t line = 1;
    for (std::size_t i = 0; i < fees.size(); ++i)
      if ((pointer + "/").starts_with("/fees/" + std::to_string(i) + "/")) line = lines[i];
    fault.place = Place::of_line(file, line);
    fault.related.clear();
  }
  return faults;
}

int print_read(const std::string& schedule, const std::vector<std::string>& assumed,
               const InitCommand& command) {
  if (command.common.json) {
    formats::JsonWriter json;
    json.object([&] {
      json.member("schedule", schedule);
      json.array("assumed", assumed, [&](const std::string& one) { json.string(one); });
    });
    return print(json.text() + "\n");
  }
  int status = print(schedule);
  std::string text;
  for (const std::string& one : assumed) text += "levy: assumed: " + one + "\n";
  warn(text);
  return status;
}

int init_from_table(const InitCommand& command) {
  Checked<Source> source = read_file(command.table);
  if (!source) return report_error(source.faults(), command.common);
  Checked<tables::ReadPrices> read =
      tables::read_price_table(source->file(), source->text(), command.currency);
  if (!read) return report_error(read.faults(), command.common);
  read->list.id = command.id.empty() ? id_from(command.table) : command.id;
  std::string schedule = laid_out(tables::schedule_text(read->list));
  Checked<schedule::Schedule> loaded =
      schedule::decode::load_schedule(Source("schedule", schedule));
  if (!loaded)
    return report_error(told_of_table(loaded.faults(), read->list, source->file()), command.common);
  return print_read(schedule, read->assumed, command);
}

}  // namespace

Syntax syntax_of(InitCommand& command) {
  Syntax syntax{
      "init", translatable("A schedule to begin with, or one from a table of prices"), {}};
  std::vector<Option>& options = syntax.options;
  options.push_back({"--from-csv", &command.table, translatable("A table of prices, a row each")});
  options.push_back({"--id", &command.id, translatable("The tariff's id")});
  options.push_back(
      {"--currency", &command.currency, translatable("What bare amounts of the table are in")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy init > fee.json", translatable("a small schedule with notes, to be changed")},
      {"levy init --from-csv prices.csv > fee.json", translatable("a schedule from a table")}};
  return syntax;
}

int run(const InitCommand& command) {
  if (auto fault = misuse_of_init(command)) return report_error({*fault}, command.common);
  if (!command.table.empty()) return init_from_table(command);
  if (command.common.json) return print_read(starter(command.id), {}, command);
  return print(starter(command.id));
}

}  // namespace levy::cli
