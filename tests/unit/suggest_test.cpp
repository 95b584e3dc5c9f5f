#include "base/suggest.h"

#include "unit/catch.h"

using namespace levy;

TEST_CASE("suggest: the word that was surely meant, and no other") {
  const std::vector<std::string> words = {"percent", "percent_of", "flat", "per", "min",
                                          "max",     "withdrawal", "card", "bank"};
  struct Row {
    std::string word, nearest;
  };
  const std::vector<Row> table = {
      {"percnet", "percent"},        // swapped neighbours are one edit
      {"prcent", "percent"},         //
      {"Percent", "percent"},        //
      {"percentof", "percent_of"},   //
      {"flt", ""},                   // three letters are a code here too
      {"PERCENT-OF", "percent_of"},  // case and marks are no difference
      {"bnak", "bank"},              //
      {"witdrawel", "withdrawal"},   // three edits at most, of a word this long
      {"withd", "withdrawal"},       // the only one that begins so
      {"perc", ""},                  // two begin so
      {"mix", ""},                   // three letters are a code: one letter makes another
      {"mxa", ""},                   //
      {"Max", "max"},                //
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
  CHECK(suggest("cars", {"card", "cart"}).empty());  // a tie says nothing
}

TEST_CASE("suggest: as messages say it") {
  CHECK(did_you_mean("flta", {"flat"}) == " (did you mean \"flat\"?)");
  CHECK(did_you_mean("xyz", {"flat"}).empty());
  CHECK(join_or({}).empty());
  CHECK(join_or({"a"}) == "a");
  CHECK(join_or({"a", "b"}) == "a or b");
  CHECK(join_or({"a", "b", "c"}) == "a, b or c");
  CHECK(in_quotes("a") == "\"a\"");
  CHECK(in_quotes(std::string(200, 'a')).size() == 202);
  CHECK(in_quotes(std::string(201, 'a')) == "\"" + std::string(200, 'a') + "...\"");
  CHECK(cut_short(std::string(199, 'a') + "手") == std::string(199, 'a') + "...");
}
