// What this program is and where its data lies.
#pragma once

#include <string>

namespace levy::cli {

std::string version_text();

// {"version", "commit", "compiler", "libraries": {name: version}, "iso_4217": date, "tzdata"};
// commit is null where the program was not built from a clone, tzdata where the system has none.
std::string version_json();

// The directory of the installed schedules: beside the program, wherever it was installed or
// unpacked (../share/levy), else where the build was to be installed.
std::string installed_schedules();

}  // namespace levy::cli
