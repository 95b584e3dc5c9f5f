// levy list: the tariffs that can be named.
#include <algorithm>
#include <map>

#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "formats/json_writer.h"
#include "render/pages/tariff_list.h"
#include "render/text/diagnostic_json.h"

namespace levy::cli {
namespace {

// The files of each id, in the order of ids; what has no id stands under its file's name, so that
// why it is no schedule is told.
using ById = std::map<std::string, std::vector<Source>>;

Checked<ById> find_files(const ListCommand& command) {
  ById found;
  std::vector<std::string> places = command.places;
  if (places.empty()) places = {directory_of_ids(command.common)};
  for (const std::string& place : places) {
    Checked<std::vector<Source>> sources = read_schedules(place, command.common);
    if (!sources) return std::move(sources).faults();
    for (Source& source : *sources) {
      std::string id = id_of(source);
      found[id.empty() ? source.file() : id].push_back(std::move(source));
    }
  }
  return found;
}

struct Unusable {
  std::string name;
  Diagnostics faults;
};

std::string list_as_json(const std::vector<fees::Tariff>& tariffs,
                         const std::vector<Unusable>& unusable, Instant time,
                         const std::string& language) {
  formats::JsonWriter json;
  json.object([&] {
    json.array("tariffs", tariffs, [&](const fees::Tariff& tariff) {
      render::pages::write_listed(json, tariff, time, language);
    });
    json.objects("errors", unusable, [&](const Unusable& one) {
      json.member("tariff", one.name);
      render::text::write_error(json, one.faults, Code::bad_schedule);
    });
  });
  return json.text() + "\n";
}

}  // namespace

Syntax syntax_of(ListCommand& command) {
  Syntax syntax{"list", translatable("The tariffs that can be named"), {}};
  syntax.options.push_back(
      {"PLACE", &command.places,
       translatable("Directories or schedules; default: where ids are looked up")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy list", translatable("ids, titles, operations, currencies, versions in force")},
      {"levy list schedules/ --lang zh-CN", translatable("of a directory, titles in Chinese")}};
  return syntax;
}

int run(const ListCommand& command) {
  const Common& common = command.common;
  Checked<Instant> time = time_asked(common, TimeZone());
  if (!time) return report_error(time.faults(), common);
  Checked<ById> files = find_files(command);
  if (!files) return report_error(files.faults(), common);
  std::vector<fees::Tariff> tariffs;
  std::vector<Unusable> unusable;
  for (auto& [name, sources] : *files) {
    Checked<fees::Tariff> tariff = fees::load_tariff(std::move(sources));
    if (tariff) {
      tariffs.push_back(std::move(*tariff));
    } else {
      unusable.push_back({name, tariff.faults()});
    }
  }
  int status = status_done;
  for (const Unusable& one : unusable) status = std::max(status, status_of(one.faults));
  if (common.json) return print(list_as_json(tariffs, unusable, *time, common.language), status);
  status = print_page(render::pages::tariff_list(tariffs, *time, common.language), common, status);
  // The others can be named all the same; of a file that cannot be used one fault says which.
  for (const Unusable& one : unusable) report_error({one.faults.front()}, common);
  return status;
}

}  // namespace levy::cli
