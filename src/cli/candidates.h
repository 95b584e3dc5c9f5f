// What could stand at the end of an unfinished command line: for completion by shells.
#pragma once

#include <string>
#include <vector>

namespace levy {

// `words` are those after "levy", the last one unfinished or empty. Commands, options with those
// that the named schedule declares, their values, ids of schedules, operations. Where only a file's
// name could stand there is none.
//
//   {"quote", "okpay", "withdrawal", "--method", "b"}      bank
std::vector<std::string> candidates_for(const std::vector<std::string>& words);

}  // namespace levy
