// The parts that batch's speed rests on, each against the plain way to the same answer.
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "batch/bytes.h"
#include "batch/chunks.h"
#include "batch/fast_time.h"
#include "batch/leaf.h"
#include "batch/line_shapes.h"
#include "batch/plain_number.h"
#include "batch/row_kinds.h"
#include "batch/rows.h"
#include "batch/separators.h"
#include "fees/quote.h"
#include "formats/json_lines.h"
#include "schedule/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

TEST_CASE("Figures are written digit by digit as Decimal writes them", "[batch]") {
  std::mt19937_64 dice(1);
  for (int i = 0; i < 2000; ++i) {
    auto value = static_cast<std::int64_t>(dice() >> (dice() % 63));
    if (i % 3 == 0) value = -value;
    int digits = static_cast<int>(dice() % 10);
    char text[units_width_max + 24];
    std::string written(text, write_units(text, value, digits));
    CHECK(written == Decimal::of(value, digits).to_string(digits));
  }
}

TEST_CASE("The plain form of time is read as the general reader reads it", "[batch]") {
  const std::string forms[] = {
      "2026-02-28T23:59:59Z", "2024-02-29T00:00:00Z", "2000-02-29T12:00:00Z",
      "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
      "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
      "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
      "2026:01-01T00:00:00Z", "2026-01-01t00:00:00Z", "2026-01-01T00:00:00z",
      "2026-01-01T00-00:00Z", "2a26-01-01T00:00:00Z", "2026-01-01T0 :00:00Z",
      "2026-01-01 00:00:00Z", "2026-01-01T00:00:00",  "2026-01-01"};
  for (const std::string& text : forms) {
    INFO(text);
    std::optional<Instant> plain = read_plain_instant(text);
    Checked<Instant> general = parse_instant(text, TimeZone());
    if (plain) {
      REQUIRE(general);
      CHECK(*plain == *general);
    }
    bool shaped = text.size() == 20 && text[4] == '-' && text[10] == 'T' && text[19] == 'Z';
    if (general && shaped) CHECK(plain.has_value());
  }
}

TEST_CASE("Separators are found where they stand, whatever the length", "[batch]") {
  std::mt19937 dice(2);
  for (auto kind : {Separators::Kind::commas, Separators::Kind::quotes}) {
    bool csv = kind == Separators::Kind::commas;
    const std::string bytes = csv ? ",\nab\"\r" : "\"\nab,\\\x1F\x7F\x80";
    for (std::size_t size = 0; size < 400; ++size) {
      std::size_t kinds = size % 2 == 0 ? 4 : bytes.size();
      std::string text;
      for (std::size_t i = 0; i < size; ++i) text += bytes[dice() % (i > 100 ? 4 : kinds)];
      std::string padded = text + std::string(Separators::padding, '\r');
      Separators separators(kind);
      separators.find(std::string_view(padded).substr(0, size));
      std::vector<std::uint16_t> found(separators.places(),
                                       separators.places() + separators.count());
      std::vector<std::uint16_t> wanted;
      for (std::size_t i = 0; i < size; ++i) {
        if (text[i] == bytes[0] || text[i] == '\n') wanted.push_back(static_cast<std::uint16_t>(i));
      }
      CHECK(found == wanted);
      CHECK(separators.line_ends() ==
            static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
      CHECK(separators.places()[-1] == 65'535);
      std::string others = csv ? "\"\r" : "\\\x1F\x7F\x80";
      CHECK(separators.is_plain() == (text.find_first_of(others) == std::string::npos));
    }
  }
}

TEST_CASE("Slices are the fields between the separators", "[batch]") {
  std::string text = "a,bc,\r\n,,d\n";
  std::string padded = text + std::string(cell_padding, ',');
  Separators separators(Separators::Kind::commas);
  separators.find(std::string_view(padded).substr(0, text.size()));
  Slices slices{padded.data(), separators.places(), 3, 2, true};
  CHECK(slices.cell(0, 0) == "a");
  CHECK(slices.cell(0, 1) == "bc");
  CHECK(slices.cell(0, 2).empty());
  CHECK(slices.record(0) == "a,bc,");
  CHECK(slices.cell(1, 0).empty());
  CHECK(slices.cell(1, 2) == "d");
  CHECK(slices.run(1, {1, 2}) == ",d");
  CHECK(slices.record(1) == ",,d");
}

struct NumberCase {
  std::string text;
  int digits;
  std::optional<std::int64_t> value;
};

TEST_CASE("Plain numbers are read; every other form is left to the general reader", "[batch]") {
  const NumberCase cases[] = {
      {"0", 2, 0},
      {"7", 0, 7},
      {"12.34", 2, 1234},
      {"12.3", 2, 1230},
      {"12", 2, 1200},
      {"0.05", 2, 5},
      {"0.000001", 6, 1},
      {"99999999", 2, 9'999'999'900},
      {"123456.78", 2, 12'345'678},
      {"99999999", 10, 999'999'990'000'000'000},
      {"123456789012345678", 0, 123'456'789'012'345'678},
      {"999999999999999.99", 2, 99'999'999'999'999'999},
      {"1", 18, 1'000'000'000'000'000'000},
      {"2", 19, std::nullopt},
      {"1234567890123456789", 0, std::nullopt},
      {"12.345", 2, std::nullopt},
      {"", 2, std::nullopt},
      {".5", 2, std::nullopt},
      {"5.", 2, std::nullopt},
      {".", 2, std::nullopt},
      {"1.2.3", 2, std::nullopt},
      {"007", 2, std::nullopt},
      {"00", 2, std::nullopt},
      {"00.5", 2, std::nullopt},
      {"-1", 2, std::nullopt},
      {"+1", 2, std::nullopt},
      {"1 EUR", 2, std::nullopt},
      {"1e3", 2, std::nullopt},
      {"1,5", 2, std::nullopt},
      {"\xB1", 2, std::nullopt},
      {"1234567x", 2, std::nullopt},
      {"123456789x", 2, std::nullopt},
      {"1234567890.", 2, std::nullopt},
      {"0123456789", 2, std::nullopt},
  };
  for (const NumberCase& one : cases) {
    INFO(one.text << " with " << one.digits);
    std::string padded = one.text + "3.5,7";
    padded.resize(std::max(padded.size(), one.text.size() + 32), '9');
    auto text = std::string_view(padded).substr(0, one.text.size());
    CHECK(PlainNumber::read(text, one.digits) == one.value);
  }
}

TEST_CASE("A word keeps its number, whatever comes after it", "[batch]") {
  Vocabulary words;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 3000; ++i) {
    std::string text = i % 3 == 0 ? "w" : i % 3 == 1 ? "a word of some length " : "";
    text += std::to_string(i);
    if (i % 100 == 7) text += "and so on, beyond what fits the tables";
    if (i % 100 == 8) text += std::string(1, '\0');
    texts.push_back(text);
  }
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      std::string padded = texts[i] + std::string(32, static_cast<char>('a' + round));
      CHECK(words.number_of(std::string_view(padded).substr(0, texts[i].size())) == i + 1);
    }
  }
  CHECK(words.size() == texts.size());
}

TEST_CASE("Rows are of one kind where all their words are the same", "[batch]") {
  std::mt19937 dice(4);
  RowKinds kinds({{0, 0}, {1, 1}, {2, 2}}, true);
  std::map<std::string, std::uint32_t> seen;
  for (int step = 0; step < 200; ++step) {
    std::vector<std::string> texts;
    std::vector<std::uint64_t> moments;
    for (std::size_t i = 0; i < 30; ++i) {
      std::size_t most = i % 3 == 0 ? 3u : 1u + static_cast<std::size_t>(step);
      texts.push_back(std::to_string(dice() % most) + std::string(32, ' '));
      if (i % 3 == 0) moments.push_back(dice() % 4);
    }
    std::vector<std::string_view> cells;
    for (const std::string& text : texts)
      cells.push_back(std::string_view(text).substr(0, text.find(' ')));
    const auto& found = kinds.find(CellRows{cells.data(), 3, 10}, moments);
    for (std::size_t row = 0; row < 10; ++row) {
      std::string key = std::to_string(moments[row]);
      for (std::size_t i = 0; i < 3; ++i) key += "," + std::string(cells[3 * row + i]);
      auto [known, is_new] = seen.emplace(key, found[row]);
      CHECK(known->second == found[row]);
      CHECK(found[row] != 0);
    }
  }
  std::set<std::uint32_t> numbers;
  for (const auto& [key, kind] : seen) numbers.insert(kind);
  CHECK(numbers.size() == seen.size());
}

TEST_CASE("Where there are too many words for a key, rows have no kind", "[batch]") {
  std::vector<ColumnRun> runs;
  for (std::size_t column = 0; column < 40; ++column) runs.push_back({column, column});
  RowKinds kinds(runs, false);
  std::map<std::vector<int>, std::uint32_t> seen;
  std::mt19937 dice(5);
  std::size_t none = 0;
  for (int step = 0; step < 3000; ++step) {
    std::vector<int> values;
    std::vector<std::string> texts;
    for (std::size_t column = 0; column < 40; ++column) {
      values.push_back(static_cast<int>(dice() % (step < 1500 ? 1u : 3u)));
      texts.push_back(std::to_string(values.back()) + std::string(32, ' '));
    }
    std::vector<std::string_view> cells;
    for (const std::string& text : texts) cells.push_back(std::string_view(text).substr(0, 1));
    std::uint32_t kind = kinds.find(CellRows{cells.data(), 40, 1}, {}).front();
    none += kind == 0;
    if (kind == 0) continue;
    auto [known, is_new] = seen.emplace(values, kind);
    CHECK(known->second == kind);
  }
  CHECK(none > 0);
  std::set<std::uint32_t> numbers;
  for (const auto& [values, kind] : seen) numbers.insert(kind);
  CHECK(numbers.size() == seen.size());
}

TEST_CASE("A leaf's rounding is the one rounding function's", "[batch]") {
  std::mt19937_64 dice(3);
  for (int i = 0; i < 6000; ++i) {
    std::uint64_t divisor = 2 + dice() % (i % 2 == 0 ? 12 : 1'000'000);
    auto mode = static_cast<RoundingMode>(i % 7);
    auto sum = static_cast<std::int64_t>(dice() >> (3 + dice() % 60));
    if (i % 3 == 0) sum = -sum;
    LeafRounding rounding = leaf_rounding(LeafSum(), divisor, mode, sum < 0 || i % 5 == 0);
    Rational exact = Rational(sum) / Rational(static_cast<std::int64_t>(divisor));
    CHECK(Decimal(round_sum(sum, rounding)) == round(exact, Decimal(1), mode));
  }
}

Plan plan_of(const std::string& fees) {
  std::string text = R"({"levy": 1, "id": "t", "currency": "EUR", "fees": [)" + fees + "]}";
  Checked<Schedule> schedule = load_schedule(Source("t.json", text));
  REQUIRE(schedule);
  return compile(std::move(*schedule));
}

// Every figure of a leaf is the evaluator's, at the edges of its pieces and between them. So that
// rows which are asked in full after all do not pass for a leaf that works.
void check_leaf(const Plan& plan, const Operation& operation, std::mt19937_64& dice) {
  Readings readings;
  std::optional<Leaf> leaf = lower(plan, Scene{operation, nullptr, readings});
  REQUIRE(leaf);
  REQUIRE(!leaf->pieces.empty());
  Decimal unit = plan.schedule.currencies.minor_unit(operation.currency);
  for (const LeafPiece& piece : leaf->pieces) {
    std::int64_t last = std::min<std::int64_t>(piece.until, 2'000'000);
    std::vector<std::int64_t> amounts = {piece.from, piece.from + 1, last, last - 1};
    for (int i = 0; i < 40 && last > piece.from; ++i)
      amounts.push_back(piece.from + static_cast<std::int64_t>(
                                         dice() % static_cast<std::uint64_t>(last - piece.from)));
    for (std::int64_t n : amounts) {
      if (n < piece.from || n > piece.until) continue;
      Operation asked = operation;
      asked.amount = Rational(Decimal(n) * unit);
      Checked<Quote> quoted = quote(plan, Scene{asked, nullptr, readings});
      REQUIRE(quoted);
      std::vector<std::int64_t> values(piece.roundings.size());
      round_all(piece, n, values.data());
      auto figure = [&](const LeafFigure& one) {
        return Rational(Decimal::of(value_of(piece, one.sum, n, values.data()), one.scale));
      };
      INFO(operation.name << " " << n);
      CHECK(figure(piece.fee) == quoted->fees.at(operation.currency));
      CHECK(figure(piece.debit) == quoted->debit.at(operation.currency));
      CHECK(figure(piece.credit) == quoted->credit.amount);
    }
  }
}

TEST_CASE("A leaf says what the evaluator says", "[batch]") {
  const std::string tariffs[] = {
      R"({"id": "a", "percent": "2.9", "flat": "0.30"})",
      R"({"id": "a", "percent": "1.75", "min": "0.25", "max": "25", "round": {"mode": "up"}})",
      R"({"id": "a", "percent": "100/3", "collect": "deducted"})",
      R"({"id": "a", "graduated": [{"up_to": "1000", "percent": "1"},
          {"up_to": "10000", "percent": "0.5"}, {"percent": "0.1"}]})",
      R"({"id": "a", "flat": "0.07"}, {"id": "b", "percent": "1"}, {"id": "c", "percent": "0.3"},
         {"id": "d", "percent": "-20", "of": ["a", "b", "c"], "round": {"mode": "half-up"}},
         {"id": "e", "percent": "-7", "of": ["d"], "round": {"mode": "down"}})",
  };
  std::mt19937_64 dice(6);
  for (const std::string& fees : tariffs) {
    INFO(fees);
    Plan plan = plan_of(fees);
    Operation operation;
    operation.name = "payment";
    operation.currency = plan.schedule.currency;
    operation.amount = Rational(1);
    check_leaf(plan, operation, dice);
  }
}

struct ShapeCase {
  std::string learnt, line;
  bool fits;
};

TEST_CASE("A line has a shape that was seen, or goes to the reader", "[batch]") {
  const std::string learnt = R"({"id": "a", "amount": 12.5, "note":"x"})";
  const ShapeCase cases[] = {
      {learnt, R"({"id": "bb", "amount": 7, "note":""})", true},
      {learnt, R"({"id": "bb", "amount": 07, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7., "note":""})", false},
      {learnt, R"({"id": "bb", "amount": -7, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7e1, "note":""})", false},
      {learnt, R"({"id": "b\u0041", "amount": 7, "note":""})", false},
      {learnt, "{\"id\": \"\xC3\xA9\", \"amount\": 7, \"note\":\"\"}", false},
      {learnt, R"({"id":"bb", "amount": 7, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7, "note":""} )", false},
      {learnt, R"({"id": "bb", "amount": 7})", false},
      {R"({"id": "a\n"})", R"({"id": "b"})", false},
      {R"({"id": null})", R"({"id": null})", false},
  };
  for (const ShapeCase& one : cases) {
    INFO(one.line);
    JsonLinesReader reader("t", ByteWindow(read_from(one.learnt)));
    Row row;
    REQUIRE(reader.next(row));
    REQUIRE(!row.fault);
    std::vector<std::string> columns = {"amount", "id", "other"};
    LineShapes shapes(columns);
    shapes.learn(row);
    Cells cells(columns.size());
    std::string padded = one.line + std::string(cell_padding, '"');
    auto line = std::string_view(padded).substr(0, one.line.size());
    Cells by_quotes(columns.size());
    Separators separators(Separators::Kind::quotes);
    separators.find(line);
    if (separators.is_plain()) {
      LineShapes::Quotes quotes{separators.places(), separators.count(), 0};
      CHECK(shapes.read(line, quotes, by_quotes) == one.fits);
    }
    CHECK(shapes.read(line, {}, cells) == one.fits);
    if (one.fits) CHECK(by_quotes == cells);
    if (!one.fits) continue;
    CHECK(cells[0] == "7");
    CHECK(cells[1] == "bb");
    CHECK(cells[2].empty());
  }
}

TEST_CASE("A table is cut at ends of records, whatever the size asked for", "[batch]") {
  const std::string table = "1,\"a\nb\"\n2,\"\"\"\n\"\r\n3,c\n\n4,\"open\n5,d";
  for (std::size_t size : {1u, 2u, 5u, 9u, 100u}) {
    ChunkCutter cutter(TableForm::csv, ByteWindow(read_from(table)), size);
    std::string joined;
    Chunk chunk;
    while (cutter.next(chunk)) {
      CHECK(chunk.byte_offset == joined.size());
      joined += chunk.text();
      CsvReader reader("t", ByteWindow(read_from(chunk.text())));
      reader.name_columns({"id", "text"}, true);
      Row row;
      while (reader.next(row)) CHECK((row.fault || row.texts.size() == 2 || row.raw.empty()));
    }
    CHECK(joined == table);
  }
}

}  // namespace
}  // namespace levy
