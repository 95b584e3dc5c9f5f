// The parts that batch's speed rests on, each against the plain way to the same answer.
#include <random>
#include <string>

#include "batch/bytes.h"
#include "batch/chunks.h"
#include "batch/fast_time.h"
#include "batch/leaf.h"
#include "batch/line_shapes.h"
#include "batch/separators.h"
#include "formats/json_lines.h"
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
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += ",\nab"[dice() % 4];
    std::string padded = text + std::string(separators_padding, ',');
    std::vector<std::uint32_t> found;
    std::size_t count = find_separators(std::string_view(padded).substr(0, size), found);
    std::vector<std::uint32_t> wanted;
    for (std::size_t i = 0; i < size; ++i) {
      if (text[i] == ',') wanted.push_back(static_cast<std::uint32_t>(i));
      if (text[i] == '\n') wanted.push_back(static_cast<std::uint32_t>(i) | line_end_bit);
    }
    found.resize(count);
    CHECK(found == wanted);
  }
}

TEST_CASE("A leaf's rounding is the one rounding function's", "[batch]") {
  std::mt19937_64 dice(3);
  for (int i = 0; i < 4000; ++i) {
    LeafRounding rounding;
    rounding.divisor = static_cast<std::int64_t>(2 + dice() % (i % 2 == 0 ? 12 : 1'000'000));
    rounding.mode = static_cast<RoundingMode>(i % 7);
    __extension__ using Wide = unsigned __int128;
    rounding.inverse =
        static_cast<std::uint64_t>((Wide{1} << 64) / static_cast<std::uint64_t>(rounding.divisor));
    auto sum = static_cast<std::int64_t>(dice() >> (3 + dice() % 60));
    if (i % 3 == 0) sum = -sum;
    Rational exact = Rational(sum) / Rational(rounding.divisor);
    CHECK(Decimal(round_sum(sum, rounding)) == round(exact, Decimal(1), rounding.mode));
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
    CHECK(shapes.read(one.line, cells) == one.fits);
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
