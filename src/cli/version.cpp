#include "cli/version.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "formats/json_writer.h"
#include "money/currency.h"

namespace levy::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view commit = LEVY_COMMIT;
// "Boost 1.74.0,CLI11 2.1.2"
constexpr std::string_view libraries = LEVY_LIBRARIES;

#if defined(__clang__)
constexpr std::string_view compiler = "Clang " __clang_version__;
#else
constexpr std::string_view compiler = "GCC " __VERSION__;
#endif

// "2025b"; empty: the system has no database of time zones, or does not say which.
std::string time_zone_database() {
  constexpr std::string_view before = "# version ";
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  std::string line;
  if (std::getline(file, line) && line.starts_with(before)) return line.substr(before.size());
  std::ifstream other("/usr/share/zoneinfo/+VERSION");
  return std::getline(other, line) ? line : "";
}

void write_libraries(formats::JsonWriter& json) {
  json.object("libraries", [&] {
    for (std::string_view rest = libraries; !rest.empty();) {
      std::string_view one = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
      std::size_t blank = one.find(' ');
      json.member(one.substr(0, blank), one.substr(blank + 1));
    }
  });
}

void write_known(formats::JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  text.empty() ? json.null() : json.string(text);
}

}  // namespace

std::string version_text() {
  return "levy " LEVY_VERSION "\nISO 4217 currencies as of " + std::string(iso_4217_date()) + "\n";
}

std::string version_json() {
  formats::JsonWriter json;
  json.object([&] {
    json.member("version", LEVY_VERSION);
    write_known(json, "commit", commit);
    json.member("compiler", compiler);
    write_libraries(json);
    json.member("iso_4217", iso_4217_date());
    write_known(json, "tzdata", time_zone_database());
  });
  return json.text() + "\n";
}

std::string installed_schedules() {
  std::error_code error;
  fs::path program = fs::canonical("/proc/self/exe", error);
  fs::path beside =
      (program.parent_path() / LEVY_DATA_FROM_PROGRAM / "schedules").lexically_normal();
  if (!error && fs::is_directory(beside, error)) return beside.string();
  return LEVY_DATA_DIR "/schedules";
}

}  // namespace levy::cli
