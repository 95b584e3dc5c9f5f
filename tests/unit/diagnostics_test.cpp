// Every folder of tests/diagnostics is a code; each <case>.json in it is a smallest bad input and
// <case>.expect what levy says about it, to the letter. LEVY_UPDATE=1 writes the .expect files
// anew: read what changed before you keep it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "render/pages/findings_page.h"
#include "render/text/diagnostic_text.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"
#include "validation/validate.h"

namespace levy {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(LEVY_TESTS_DIR) / "diagnostics";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The first code of those that validate finds in schedules that can be used; uncovered is another.
bool is_of_soundness(const std::string& word) {
  const std::vector<Code>& codes = all_codes();
  auto first = std::find(codes.begin(), codes.end(), Code::broken_guarantee);
  auto last = std::find(codes.begin(), codes.end(), Code::usage);
  std::optional<Code> code = find_code(word);
  return code && (code == Code::uncovered || code == Code::overlapping_versions ||
                  std::find(first, last, *code) != last);
}

// Other kinds of files have their cases elsewhere: rates, and versions of one schedule.
bool is_from_one_schedule(const fs::path& path) {
  fs::path inside = fs::relative(path, folder);
  return path.extension() == ".json" && !is_of_soundness(inside.begin()->string());
}

std::vector<fs::path> cases() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (is_from_one_schedule(entry.path())) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool updates() {
  const char* wanted = std::getenv("LEVY_UPDATE");
  return wanted != nullptr && std::string(wanted) == "1";
}

// A file in which nothing is wrong says so, which no .expect does.
std::string report(const fs::path& path, std::set<std::string>& codes) {
  Checked<schedule::Schedule> loaded =
      schedule::decode::load_schedule(Source(path.filename().string(), read(path)));
  if (loaded) return "no fault\n";
  for (const Diagnostic& fault : loaded.faults()) codes.emplace(to_string(fault.code));
  return render::text::diagnostics_text(loaded.faults(), {});
}

// Faults of files that are no schedules have unit tables and transcripts of their own.
bool is_checked_elsewhere(Code code) {
  return code == Code::bad_rates || code == Code::misspelt_column || code == Code::bad_text;
}

}  // namespace

TEST_CASE("each bad schedule is told what is wrong, where, and what would be right") {
  for (const fs::path& path : cases()) {
    INFO(path.string());
    std::set<std::string> codes;
    std::string said = report(path, codes);
    CHECK(codes.contains(path.parent_path().filename().string()));
    fs::path expected = fs::path(path).replace_extension(".expect");
    if (updates()) std::ofstream(expected, std::ios::binary) << said;
    CHECK(said == read(expected));
  }
}

TEST_CASE("every fault of form and reference has its cases") {
  const std::vector<Code>& codes = all_codes();
  auto first = std::find(codes.begin(), codes.end(), Code::syntax);
  auto last = std::find(codes.begin(), codes.end(), Code::usage);
  for (auto code = first; code != last; ++code) {
    if (is_checked_elsewhere(*code)) continue;
    INFO(to_string(*code));
    CHECK(fs::is_directory(folder / to_string(*code)));
  }
}

// A case of soundness is a schedule that can be used, or a folder with the versions of one.
std::string findings_of(const fs::path& path, std::set<std::string>& codes) {
  std::vector<fs::path> files = {path};
  if (fs::is_directory(path)) {
    files.clear();
    for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  }
  std::vector<fees::Plan> plans;
  std::vector<const fees::Plan*> borrowed;
  for (const fs::path& file : files) {
    Checked<schedule::Schedule> loaded =
        schedule::decode::load_schedule(Source(file.filename().string(), read(file)));
    REQUIRE(bool(loaded));
    plans.push_back(fees::compile(std::move(*loaded)));
  }
  for (const fees::Plan& plan : plans) borrowed.push_back(&plan);
  validation::Report report = validation::validate(borrowed);
  for (const validation::Finding& finding : report.findings)
    codes.emplace(to_string(finding.what.code));
  return render::pages::findings_text(report, {});
}

TEST_CASE("each unsound tariff is told what is wrong with it, and how it shows") {
  for (const auto& code : fs::directory_iterator(folder)) {
    if (!is_of_soundness(code.path().filename().string())) continue;
    for (const auto& entry : fs::directory_iterator(code.path())) {
      if (entry.path().extension() == ".expect") continue;
      INFO(entry.path().string());
      std::set<std::string> codes;
      std::string said = findings_of(entry.path(), codes);
      CHECK(codes.contains(code.path().filename().string()));
      fs::path expected = fs::path(entry.path()).replace_extension(".expect");
      if (updates()) std::ofstream(expected, std::ios::binary) << said;
      CHECK(said == read(expected));
    }
  }
}

TEST_CASE("a fault's place points at a value of the document") {
  for (const fs::path& path : cases()) {
    INFO(path.string());
    Checked<schedule::Schedule> loaded =
        schedule::decode::load_schedule(Source(path.filename().string(), read(path)));
    REQUIRE_FALSE(bool(loaded));
    Checked<formats::Document> document = formats::parse_json(Source("x", read(path)));
    if (!document) continue;  // no value to point at
    for (const Diagnostic& fault : loaded.faults()) {
      CHECK(fault.place.line() > 0);
      CHECK_FALSE(fault.message.empty());
      CHECK_FALSE(fault.remedy.empty());
      CHECK((fault.place.pointer().empty() || fault.place.pointer().front() == '/'));
    }
  }
}

}  // namespace levy
