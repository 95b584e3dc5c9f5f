#include "cli/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/suggest.h"
#include "cli/output.h"
#include "formats/json.h"

namespace levy {
namespace {

namespace fs = std::filesystem;

std::string directory_of_ids(const Common& common) {
  if (!common.schedules.empty()) return common.schedules;
  const char* named = std::getenv("LEVY_SCHEDULES");
  return named != nullptr && *named != '\0' ? named : LEVY_SCHEDULES_DIR;
}

std::vector<std::string> json_files_in(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The document's "id", where it is JSON that has one.
std::string id_of(const Source& source) {
  Checked<Document> document = parse_json(source);
  const Node* id =
      document && document->root.is(Node::Kind::object) ? document->root.find("id") : nullptr;
  return id != nullptr && id->is(Node::Kind::string) ? id->text : "";
}

// Every version counts, whatever its file is called; only files that mention the id are parsed.
std::vector<Source> with_id(const std::vector<std::string>& files, const std::string& id) {
  std::vector<Source> found;
  for (const std::string& file : files) {
    Checked<Source> source = read_file(file);
    bool mentioned = source && source->text().find('"' + id + '"') != std::string_view::npos;
    if (mentioned && id_of(*source) == id) found.push_back(std::move(*source));
  }
  return found;
}

Diagnostic unknown_schedule(const std::string& id, const std::string& directory,
                            const std::vector<std::string>& files) {
  std::vector<std::string> stems;
  for (const std::string& file : files) stems.push_back(fs::path(file).stem().string());
  return Diagnostic{Code::bad_file,
                    "there is no schedule \"" + id + "\" in " + directory + did_you_mean(id, stems),
                    "name a file, or the directory with --schedules or LEVY_SCHEDULES"};
}

// A file, or every version of an id.
Checked<std::vector<Source>> read_named(const std::string& name, const Common& common) {
  std::vector<Source> sources;
  bool is_path = name.find('/') != std::string::npos || name.ends_with(".json") || name == "-";
  if (is_path) {
    Checked<Source> source = read_file(name);
    if (!source) return std::move(source).faults();
    sources.push_back(std::move(*source));
    return sources;
  }
  std::string directory = directory_of_ids(common);
  std::vector<std::string> files = json_files_in(directory);
  sources = with_id(files, name);
  if (sources.empty()) return unknown_schedule(name, directory, files);
  return sources;
}

}  // namespace

Diagnostic unreadable(const std::string& path) {
  Diagnostic fault{Code::unreadable, std::string("cannot be read: ") + std::strerror(errno),
                   "check the path"};
  fault.place = Place::of_file(path);
  return fault;
}

Checked<Source> read_file(const std::string& path) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return unreadable(path);
  std::string text;
  char block[65536];
  std::size_t count = 0;
  while ((count = std::fread(block, 1, sizeof block, file)) > 0) text.append(block, count);
  bool failed = std::ferror(file) != 0;
  Checked<Source> result =
      failed ? Checked<Source>(unreadable(path)) : Checked<Source>(Source(path, std::move(text)));
  if (file != stdin) std::fclose(file);
  return result;
}

Checked<std::vector<Source>> read_schedules(const std::string& name, const Common& common) {
  std::error_code error;
  bool is_directory = fs::is_directory(name, error);
  if (!is_directory) return read_named(name, common);
  std::vector<std::string> files = json_files_in(name);
  if (files.empty())
    return Diagnostic{Code::bad_file, "there is no *.json file in " + name,
                      "name a schedule, or the directory that holds schedules"};
  std::vector<Source> sources;
  for (const std::string& file : files) {
    Checked<Source> source = read_file(file);
    if (!source) return std::move(source).faults();
    sources.push_back(std::move(*source));
  }
  return sources;
}

Loaded read_named_tariff(const std::string& name, const Common& common) {
  Checked<std::vector<Source>> sources = read_named(name, common);
  if (!sources) return {std::nullopt, status_of(sources.faults()), sources.faults()};
  Checked<Tariff> tariff = load_tariff(std::move(*sources));
  if (!tariff) return {std::nullopt, status_unusable, tariff.faults(), Code::bad_schedule};
  return {std::move(*tariff)};
}

Loaded load_named_tariff(const std::string& name, const Common& common) {
  Loaded loaded = read_named_tariff(name, common);
  if (!loaded.tariff) loaded.status = refuse(loaded.faults, common, loaded.as);
  return loaded;
}

std::vector<std::string> schedule_ids(const Common& common) {
  std::vector<std::string> ids;
  for (const std::string& file : json_files_in(directory_of_ids(common))) {
    Checked<Source> source = read_file(file);
    std::string id = source ? id_of(*source) : "";
    if (!id.empty()) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

LoadedRates load_rates(const std::string& path, const Common& common) {
  if (path.empty()) return {};
  Checked<Source> source = read_file(path);
  if (!source) return {std::nullopt, refuse(source.faults(), common)};
  Checked<RatesHistory> rates = parse_rates(std::move(*source));
  if (!rates) return {std::nullopt, refuse(rates.faults(), common, Code::bad_file)};
  return {std::move(*rates), 0};
}

}  // namespace levy
