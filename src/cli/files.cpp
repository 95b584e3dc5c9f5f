#include "cli/files.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/version.h"
#include "formats/json.h"

namespace levy::cli {

std::string directory_of_ids(const Common& common) {
  if (!common.schedules.empty()) return common.schedules;
  const char* named = std::getenv("LEVY_SCHEDULES");
  return named != nullptr && *named != '\0' ? named : installed_schedules();
}

std::string id_of(const Source& source) {
  Checked<formats::Document> document = formats::parse_json(source);
  const formats::Node* id = document && document->root.is(formats::Node::Kind::object)
                                ? document->root.find("id")
                                : nullptr;
  return id != nullptr && id->is(formats::Node::Kind::string) ? id->text : "";
}

namespace {

namespace fs = std::filesystem;

// The *.json of a directory, sorted. As in a shell, names that begin with a point are not among
// them; pipes, devices and directories are passed over. What cannot be looked at stays in: reading
// it says why.
Checked<std::vector<std::string>> json_files_in(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code unknown;
    fs::file_status status = entry->status(unknown);
    bool passed_over = !unknown && !fs::is_regular_file(status) && fs::exists(status);
    bool hidden = entry->path().filename().string().starts_with('.');
    if (entry->path().extension() == ".json" && !hidden && !passed_over)
      files.push_back(entry->path().string());
  }
  if (error) {
    Diagnostic fault{Code::unreadable, "cannot be read: " + error.message(),
                     "check the path; --schedules and LEVY_SCHEDULES say where ids are looked up"};
    fault.place = Place::of_file(directory);
    return fault;
  }
  std::sort(files.begin(), files.end());
  return files;
}

// What a file among the schedules has to do with an id.
enum class Bears { no, yes, unknown };

// Of a document that was parsed. A schedule that does not say its id, or not as text, may be meant
// to have any that it mentions.
Bears bears_id(const formats::Node& root, const std::string& id) {
  if (!root.is(formats::Node::Kind::object)) return Bears::no;
  const formats::Node* own = root.find("id");
  if (own != nullptr && own->is(formats::Node::Kind::string))
    return own->text == id ? Bears::yes : Bears::no;
  return root.find("levy") != nullptr ? Bears::unknown : Bears::no;
}

// As a word of its own, in whatever quotes.
bool mentions(std::string_view text, const std::string& id) {
  auto is_part = [](char c) {
    return c == '_' || c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  for (std::size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1)) {
    std::size_t end = at + id.size();
    bool begins = at == 0 || !is_part(text[at - 1]);
    if (begins && (end == text.size() || !is_part(text[end]))) return true;
  }
  return false;
}

// Only texts that may hold the id are parsed. A text that mentions another's id and never this one
// is another's, whatever is wrong with it.
bool may_hold(std::string_view text, const std::string& id) {
  auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  return mentions(text, id) || has("\\u") || !has("\"id\"");
}

// Every version counts, whatever its file is called.
Checked<std::vector<Source>> with_id(const std::vector<std::string>& files, const std::string& id) {
  std::vector<Source> found;
  for (const std::string& file : files) {
    Checked<Source> source = read_file(file);
    if (!source) return std::move(source).faults();
    if (!may_hold(source->text(), id)) continue;
    Checked<formats::Document> document = formats::parse_json(*source);
    if (!document) return std::move(document).faults();
    Bears bears = bears_id(document->root, id);
    if (bears == Bears::yes || (bears == Bears::unknown && mentions(source->text(), id)))
      found.push_back(std::move(*source));
  }
  return found;
}

Diagnostic unknown_schedule(const std::string& id, const std::string& directory,
                            const std::vector<std::string>& files) {
  std::vector<std::string> ids;
  for (const std::string& file : files) {
    Checked<Source> source = read_file(file);
    if (source) ids.push_back(id_of(*source));
  }
  std::string meant = suggest(id, ids);
  return Diagnostic{
      Code::bad_file,
      "there is no schedule " + in_quotes(id) + " in " + directory + did_you_mean(id, ids),
      (meant.empty() ? "" : "write " + meant + "; ") +
          "levy list names them all; or name a file, or the directory with --schedules"};
}

Diagnostic no_schedules_in(const std::string& directory) {
  return Diagnostic{Code::bad_file, "there is no *.json file in " + directory,
                    "name a schedule, or the directory that holds schedules"};
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
  Checked<std::vector<std::string>> files = json_files_in(directory);
  if (!files) return std::move(files).faults();
  Checked<std::vector<Source>> versions = with_id(*files, name);
  if (versions && versions->empty()) return unknown_schedule(name, directory, *files);
  return versions;
}

}  // namespace

Checked<std::vector<Source>> read_schedules(const std::string& name, const Common& common) {
  std::error_code error;
  bool is_directory = fs::is_directory(name, error);
  if (!is_directory) return read_named(name, common);
  Checked<std::vector<std::string>> files = json_files_in(name);
  if (!files) return std::move(files).faults();
  if (files->empty()) return no_schedules_in(name);
  std::vector<Source> sources;
  for (const std::string& file : *files) {
    Checked<Source> source = read_file(file);
    if (!source) return std::move(source).faults();
    sources.push_back(std::move(*source));
  }
  return sources;
}

Checked<std::vector<std::string>> expand_directories(const std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const std::string& name : names) {
    std::error_code error;
    if (!fs::is_directory(name, error)) {
      all.push_back(name);
      continue;
    }
    Checked<std::vector<std::string>> files = json_files_in(name);
    if (!files) return std::move(files).faults();
    if (files->empty()) return no_schedules_in(name);
    all.insert(all.end(), files->begin(), files->end());
  }
  return all;
}

Loaded read_named_tariff(const std::string& name, const Common& common) {
  Checked<std::vector<Source>> sources = read_named(name, common);
  if (!sources) return {std::nullopt, status_of(sources.faults()), sources.faults()};
  Checked<fees::Tariff> tariff = fees::load_tariff(std::move(*sources));
  if (!tariff) return {std::nullopt, status_unusable, tariff.faults(), Code::bad_schedule};
  return {std::move(*tariff)};
}

Loaded load_named_tariff(const std::string& name, const Common& common) {
  Loaded loaded = read_named_tariff(name, common);
  if (!loaded.tariff) loaded.status = report_error(loaded.faults, common, loaded.as);
  return loaded;
}

namespace {

std::vector<std::string> ids_in(const std::string& directory) {
  std::vector<std::string> ids;
  Checked<std::vector<std::string>> files = json_files_in(directory);
  if (!files) return ids;
  for (const std::string& file : *files) {
    Checked<Source> source = read_file(file);
    if (!source) continue;
    std::string id = id_of(*source);
    if (!id.empty()) ids.push_back(std::move(id));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string directory_of_mappings(const Common& common) {
  return directory_of_ids(common) + "/mappings";
}

Checked<Source> find_mapping(const std::string& name, const Common& common) {
  bool is_path = name.find('/') != std::string::npos || name.ends_with(".json") || name == "-";
  if (is_path) return read_file(name);
  std::string directory = directory_of_mappings(common);
  Checked<std::vector<std::string>> files = json_files_in(directory);
  if (!files) return std::move(files).faults();
  for (const std::string& file : *files) {
    Checked<Source> source = read_file(file);
    if (!source || id_of(*source) == name) return source;
  }
  std::vector<std::string> ids = ids_in(directory);
  return Diagnostic{
      Code::bad_file,
      "there is no mapping " + in_quotes(name) + " in " + directory + did_you_mean(name, ids),
      "the mappings there are " + join_or(ids) + "; or name a file"};
}

}  // namespace

std::vector<std::string> schedule_ids(const Common& common) {
  return ids_in(directory_of_ids(common));
}

std::vector<std::string> mapping_ids(const Common& common) {
  return ids_in(directory_of_mappings(common));
}

LoadedMapping load_mapping(const std::string& name, const facts::MappingTarget& target,
                           const Common& common) {
  LoadedMapping loaded;
  if (name.empty()) return loaded;
  Checked<Source> source = find_mapping(name, common);
  if (!source) {
    loaded.status = report_error(source.faults(), common);
    return loaded;
  }
  Checked<facts::Mapping> mapping = facts::load_mapping(std::move(*source));
  if (!mapping) {
    loaded.status = report_error(mapping.faults(), common, Code::bad_file);
    return loaded;
  }
  Diagnostics faults = facts::check_fields(*mapping, target);
  if (!faults.empty()) {
    loaded.status = report_error(faults, common);
    return loaded;
  }
  loaded.mapping = std::make_unique<const facts::Mapping>(std::move(*mapping));
  return loaded;
}

LoadedRates load_rates(const std::string& path, const Common& common) {
  if (path.empty()) return {};
  Checked<Source> source = read_file(path);
  if (!source) return {std::nullopt, report_error(source.faults(), common)};
  Checked<facts::RatesHistory> rates = facts::parse_rates(std::move(*source));
  if (!rates) return {std::nullopt, report_error(rates.faults(), common, Code::bad_file)};
  return {std::move(*rates), 0};
}

}  // namespace levy::cli
