#include "ledger/account_table.h"

#include <map>
#include <string>

#include "unit/catch.h"

namespace levy {
namespace {

struct Record {
  std::int64_t first, second;
};

TEST_CASE("An account is found by its name, among as many as there are", "[account_table]") {
  ledger::AccountTable table(sizeof(Record));
  auto open = [&](const std::string& name) {
    return static_cast<Record*>(table.find_or_open(name, ledger::AccountTable::hash(name)));
  };
  std::map<std::string, Record*> records;
  for (int i = 0; i < 20'000; ++i) {
    // Names of every length, the empty one too, and some that only differ at their end.
    std::string name = std::string(static_cast<std::size_t>(i % 40), 'x') + std::to_string(i);
    if (i == 0) name.clear();
    CHECK(table.find(name, ledger::AccountTable::hash(name)) == nullptr);
    Record* record = open(name);
    CHECK((record->first == 0 && record->second == 0));
    record->first = i;
    records[name] = record;
  }
  CHECK(table.size() == records.size());
  for (const auto& [name, record] : records) {
    CHECK(table.find(name, ledger::AccountTable::hash(name)) == record);
    CHECK(open(name) == record);
  }
}

TEST_CASE("Names that are longer than the table's chunks are names as well", "[account_table]") {
  ledger::AccountTable table(sizeof(Record));
  for (std::size_t size : {std::size_t{600'000}, std::size_t{3}, std::size_t{524'288},
                           std::size_t{1'000'000}, std::size_t{7}}) {
    std::string name(size, 'n');
    auto* record = static_cast<Record*>(table.find_or_open(name, ledger::AccountTable::hash(name)));
    record->second = static_cast<std::int64_t>(size);
  }
  for (std::size_t size : {std::size_t{600'000}, std::size_t{3}, std::size_t{524'288},
                           std::size_t{1'000'000}, std::size_t{7}}) {
    std::string name(size, 'n');
    auto* record = static_cast<Record*>(table.find(name, ledger::AccountTable::hash(name)));
    REQUIRE(record != nullptr);
    CHECK(record->second == static_cast<std::int64_t>(size));
  }
}

TEST_CASE("Names with one hash are told apart", "[account_table]") {
  ledger::AccountTable table(sizeof(Record));
  auto* a = static_cast<Record*>(table.find_or_open("a", 7));
  auto* b = static_cast<Record*>(table.find_or_open("b", 7));
  CHECK(a != b);
  CHECK(table.find("a", 7) == a);
  CHECK(table.find("b", 7) == b);
  CHECK(table.find("c", 7) == nullptr);
}

}  // namespace
}  // namespace levy
