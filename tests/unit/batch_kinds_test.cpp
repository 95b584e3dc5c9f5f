// Which rows of a batch are of one kind: words, their numbers, and what they mean to a tariff.
#include <map>
#include <random>
#include <set>
#include <string>

#include "batch/fast/row_classes.h"
#include "batch/fast/rows.h"
#include "batch/fast/value_classes.h"
#include "batch/rows/layout.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

TEST_CASE("A word keeps its number, whatever comes after it", "[batch]") {
  bool by_blocks = GENERATE(false, true);
  if (by_blocks && !batch::fast::has_word_blocks()) return;
  batch::fast::Interner words(by_blocks);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 3000; ++i) {
    std::string text = i % 3 == 0 ? "w" : i % 3 == 1 ? "a word of some length " : "";
    text += std::to_string(i);
    if (i > 1000 && i % 100 == 7) text += "and so on, beyond what fits the table of the others";
    if (i > 2000 && i % 100 == 9) text += std::string(60, 'x');
    if (i % 100 == 8) text += std::string(1, '\0');
    texts.push_back(text);
  }
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      std::string padded = texts[i] + std::string(64, static_cast<char>('a' + round));
      std::string_view word = std::string_view(padded).substr(0, texts[i].size());
      CHECK(words.number_of(word) == i + 1);
      batch::fast::CellSpan cell(0, word.size());
      const batch::fast::CellSpan both[] = {cell, cell};
      std::uint64_t numbers[2] = {};
      batch::fast::CellRun cells =
          batch::fast::Rows::of_cells(padded.data(), both, 1, 2).run({0, 0});
      words.find(cells, 2, numbers);
      words.add(cells, 2, numbers);
      CHECK(numbers[0] == i + 1);
      CHECK(numbers[1] == i + 1);
    }
  }
  CHECK(words.size() == texts.size());
}

TEST_CASE("Words that mean the same make rows of one kind", "[batch]") {
  batch::fast::RowClasses classes({{0, 0}, {1, 1}}, false);
  const std::string text = "FRITxyFR" + std::string(batch::fast::cell_padding, ' ');
  // FR,x  IT,x  FR,y
  const batch::fast::CellSpan cells[] = {{0, 2}, {4, 5}, {2, 4}, {4, 5}, {6, 8}, {5, 6}};
  batch::fast::Rows rows = batch::fast::Rows::of_cells(text.data(), cells, 2, 3);
  std::vector<std::uint64_t> before = classes.find(rows, {});
  CHECK(std::set<std::uint64_t>(before.begin(), before.end()).size() == 3);
  classes.give_value_class(0, rows.cell(0, 0), "in Europe");
  CHECK(classes.find(rows, {}) == before);
  classes.give_value_class(0, rows.cell(1, 0), "in Europe");
  const std::vector<std::uint64_t>& after = classes.find(rows, {});
  CHECK(after[0] == before[0]);
  CHECK(after[1] == before[0]);
  CHECK(after[2] == before[2]);
}

TEST_CASE("Only what no condition tells apart means the same", "[batch]") {
  struct Pair {
    std::string when;
    std::string column, one, other;
    bool same;
  };
  const std::string europe = R"("when": {"country": ["FR", "IT"]}, )";
  const Pair pairs[] = {
      {europe, "country", "FR", "IT", true},
      {europe, "country", "US", "JP", true},
      {europe, "country", "FR", "US", false},
      {europe, "country", "US", "ZZ", false},
      {europe, "country", "US", "", false},
      {R"("when": {"cross_border": true}, )", "country", "US", "JP", false},
      {R"("when": {"method": {"not": "card"}}, )", "method", "bank", "wallet", true},
      {R"("when": {"method": {"not": "card"}}, )", "method", "bank", "card", false},
      {R"("when": {"method": "card"}, )", "method", "bank", "cash", false},
      {"", "currency", "EUR", "USD", false},
      {"", "operation", "a", "b", false},
  };
  for (const Pair& pair : pairs) {
    INFO(pair.when << pair.column << " " << pair.one << " " << pair.other);
    std::string text = R"({"levy": 1, "id": "t", "currency": "EUR",
      "attributes": {"method": ["card", "bank", "wallet"]}, "fees": [{"id": "a", )" +
                       pair.when + R"("percent": "1"}]})";
    Checked<schedule::Schedule> schedule = schedule::decode::load_schedule(Source("t.json", text));
    REQUIRE(schedule);
    fees::Tariff tariff;
    tariff.versions.push_back(fees::compile(std::move(*schedule)));
    batch::rows::BatchOptions options;
    Checked<batch::rows::Layout> layout = batch::rows::lay_out(
        tariff, options, batch::rows::TableForm::csv,
        std::vector<std::string>{"operation", "amount", "country", "currency", "method"});
    REQUIRE(layout);
    batch::fast::ValueClasses value_classes(tariff, *layout, false);
    std::size_t column = *layout->column_of(pair.column);
    CHECK((value_classes.of(column, pair.one) == value_classes.of(column, pair.other)) ==
          pair.same);
  }
}

// Cells of any text.
struct Cut {
  std::string text = std::string(batch::fast::cell_padding, ' ');
  std::vector<batch::fast::CellSpan> cells;

  void add(const std::string& cell) {
    std::size_t begin = text.size() - batch::fast::cell_padding;
    text.insert(begin, cell);
    cells.emplace_back(begin, begin + cell.size());
  }
  batch::fast::Rows rows(std::size_t columns) const {
    return batch::fast::Rows::of_cells(text.data(), cells.data(), columns, cells.size() / columns);
  }
};

TEST_CASE("Rows are of one kind where all their words are the same", "[batch]") {
  std::mt19937 dice(4);
  batch::fast::RowClasses classes({{0, 0}, {1, 1}, {2, 2}}, true);
  std::map<std::string, std::uint64_t> seen;
  for (int step = 0; step < 200; ++step) {
    Cut cut;
    std::vector<std::uint64_t> moments;
    for (std::size_t i = 0; i < 30; ++i) {
      std::size_t most = i % 3 == 0 ? 3u : 1u + static_cast<std::size_t>(step);
      cut.add(std::to_string(dice() % most));
      if (i % 3 == 0) moments.push_back(dice() % 4);
    }
    batch::fast::Rows rows = cut.rows(3);
    const auto& found = classes.find(rows, moments);
    for (std::size_t row = 0; row < 10; ++row) {
      std::string key = std::to_string(moments[row]);
      for (std::size_t i = 0; i < 3; ++i) key += "," + std::string(rows.cell(row, i));
      auto [known, is_new] = seen.emplace(key, found[row]);
      CHECK(known->second == found[row]);
      CHECK(found[row] != 0);
    }
  }
  std::set<std::uint64_t> numbers;
  for (const auto& [key, kind] : seen) numbers.insert(kind);
  CHECK(numbers.size() == seen.size());
}

TEST_CASE("Where there are too many words for a key, rows have no kind", "[batch]") {
  std::vector<batch::fast::ColumnRun> runs;
  for (std::size_t column = 0; column < 40; ++column) runs.push_back({column, column});
  batch::fast::RowClasses classes(runs, false);
  std::map<std::vector<int>, std::uint64_t> seen;
  std::mt19937 dice(5);
  std::size_t none = 0;
  for (int step = 0; step < 3000; ++step) {
    std::vector<int> values;
    Cut cut;
    for (std::size_t column = 0; column < 40; ++column) {
      values.push_back(static_cast<int>(dice() % (step < 1500 ? 1u : 3u)));
      cut.add(std::to_string(values.back()));
    }
    std::uint64_t kind = classes.find(cut.rows(40), {}).front();
    none += kind == 0;
    if (kind == 0) continue;
    auto [known, is_new] = seen.emplace(values, kind);
    CHECK(known->second == kind);
  }
  CHECK(none > 0);
  std::set<std::uint64_t> numbers;
  for (const auto& [values, kind] : seen) numbers.insert(kind);
  CHECK(numbers.size() == seen.size());
}

}  // namespace
}  // namespace levy
