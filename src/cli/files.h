// Files as the command line names them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/checked.h"
#include "base/source.h"
#include "cli/commands.h"
#include "facts/mapped_rows.h"
#include "fees/tariff.h"

namespace levy::cli {

// A schedule by path, or by id: every version of it in --schedules, LEVY_SCHEDULES, or the
// installed directory, the first that is set.
struct Loaded {
  std::optional<fees::Tariff> tariff;
  int status = 0;           // where there is none: what `report_error` returned
  Diagnostics faults = {};  // why there is none; and as what `report_error` names it
  std::optional<Code> as = {};
};
Loaded read_named_tariff(const std::string& name, const Common& common);  // says nothing
Loaded load_named_tariff(const std::string& name, const Common& common);

// Every file that `name` means: a file, the *.json of a directory, or the versions of an id. Codes
// unreadable, bad_file (a directory without any, an id that nothing has). What is no regular file
// is passed over in a directory; a file there that cannot be read, or cannot be parsed, is a fault
// where it may be a version of the id.
Checked<std::vector<Source>> read_schedules(const std::string& name, const Common& common);

// Each *.json of the directories among them, and the others as they are. Code bad_file: a directory
// without any.
Checked<std::vector<std::string>> expand_directories(const std::vector<std::string>& names);

// Where ids are looked up: --schedules, LEVY_SCHEDULES, or the installed directory.
std::string directory_of_ids(const Common& common);
// The document's "id"; "" where it is no JSON that has one.
std::string id_of(const Source& source);

// The ids that load_named_tariff finds by name, sorted.
std::vector<std::string> schedule_ids(const Common& common);

// A mapping by path, or by id in the directory "mappings" where ids are looked up; checked against
// the fields of the tariff. Null, with status 0, where no name is given.
struct LoadedMapping {
  std::unique_ptr<const facts::Mapping> mapping;
  int status = 0;  // not 0: what `report_error` returned
};
LoadedMapping load_mapping(const std::string& name, const facts::MappingTarget& target,
                           const Common& common);
std::vector<std::string> mapping_ids(const Common& common);

// As load_named_tariff: null status and no rates where `path` is empty.
struct LoadedRates {
  std::optional<facts::RatesHistory> rates;
  int status = 0;
};
LoadedRates load_rates(const std::string& path, const Common& common);

}  // namespace levy::cli
