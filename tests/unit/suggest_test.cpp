#include "base/suggest.h"

#include "unit/catch.h"

using namespace levy;

TEST_CASE("suggest: the nearest word, where one is near") {
  const std::vector<std::string> words = {"percent", "percent_of", "flat", "per", "min", "max"};
  struct Row {
    std::string word, nearest;
  };
  const std::vector<Row> table = {
      {"percnet", "percent"},        // swapped neighbours are one edit
      {"prcent", "percent"},         //
      {"Percent", "percent"},        //
      {"percentof", "percent_of"},   //
      {"flt", "flat"},               //
      {"mix", "min"},                // a tie goes to the earlier one
      {"xyz", ""},                   //
      {"", ""},                      //
      {"commission", ""},            //
      {std::string(1000, 'p'), ""},  //
  };
  for (const Row& row : table) {
    INFO(row.word);
    CHECK(suggest(row.word, words) == row.nearest);
  }
  CHECK(suggest("flat", {}).empty());
}

TEST_CASE("suggest: as messages say it") {
  CHECK(did_you_mean("flta", {"flat"}) == " (did you mean \"flat\"?)");
  CHECK(did_you_mean("xyz", {"flat"}).empty());
  CHECK(join_or({}).empty());
  CHECK(join_or({"a"}) == "a");
  CHECK(join_or({"a", "b"}) == "a or b");
  CHECK(join_or({"a", "b", "c"}) == "a, b or c");
}
