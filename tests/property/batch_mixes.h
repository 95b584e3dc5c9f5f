// Tables that mix every optional form of every cell, over tariffs of several versions and zones.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace levy {

struct Column {
  std::string name;
  std::vector<std::string> values;  // of which each row takes one; "" is not given
};

// A tariff, and the forms that the cells of a table take.
struct Mixed {
  std::string name;
  std::vector<std::string> versions;
  std::vector<Column> columns;  // after the id, the time first, the amount second
  std::vector<std::pair<std::string, std::string>> map = {}, set = {};
};

std::vector<Mixed> mixes();

// A random tariff whose fees ask what an account did before, perhaps of two versions, and a table's
// columns for it; times are in June and July of 2026.
Mixed random_readings(std::mt19937_64& dice);

}  // namespace levy
