// The parts that batch's speed rests on, each against the plain way to the same answer.
#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include "batch/chunks.h"
#include "batch/fast/bytes.h"
#include "batch/fast/curve_table.h"
#include "batch/fast/line_shapes.h"
#include "batch/fast/plain_forms.h"
#include "batch/fast/rows.h"
#include "batch/fast/separators.h"
#include "batch/rows/lowered_curve.h"
#include "fees/quote.h"
#include "formats/json_lines.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

TEST_CASE("Figures are written digit by digit as Decimal writes them", "[batch]") {
  std::mt19937_64 dice(1);
  std::vector<std::int64_t> values = {0, 1, 9, 10, 99'999'999, 100'000'000, -1, 10'000'000};
  while (values.size() < 2000) {
    auto value = static_cast<std::int64_t>(dice() >> (dice() % 63));
    values.push_back(values.size() % 3 == 0 ? -value : value);
  }
  for (int digits = 0; digits < 10; ++digits) {
    batch::fast::Figures figures;
    figures.begin(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) figures.put(i, values[i], digits);
    figures.spell();
    for (std::size_t i = 0; i < values.size(); ++i) {
      char text[batch::fast::units_width_max + 24];
      std::string wanted = Decimal::of(values[i], digits).to_string(digits);
      CHECK(std::string(text, batch::fast::write_units(text, values[i], digits)) == wanted);
      CHECK(std::string(text, figures.write(i, text)) == wanted);
    }
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
  batch::fast::PlainTimes times;
  times.begin(std::size(forms));
  for (std::size_t i = 0; i < std::size(forms); ++i) {
    const std::string& text = forms[i];
    INFO(text);
    std::optional<Instant> plain = batch::fast::read_plain_instant(text);
    Checked<Instant> general = parse_instant(text, TimeZone());
    if (plain) {
      REQUIRE(general);
      CHECK(*plain == *general);
    }
    bool shaped = text.size() == 20 && text[4] == '-' && text[10] == 'T' && text[19] == 'Z';
    if (general && shaped) CHECK(plain.has_value());
    times.put(i, text);
  }
  times.check();
  for (std::size_t i = 0; i < std::size(forms); ++i) {
    INFO(forms[i]);
    bool is_leap_day = forms[i].substr(5, 5) == "02-29";
    if (times.get(i)) CHECK(batch::fast::is_plain_utc(forms[i]));
    if (!times.get(i) && !is_leap_day) CHECK(!batch::fast::is_plain_utc(forms[i]));
  }
}

TEST_CASE("Of every second of a year, and of none besides, many times are plain", "[batch]") {
  batch::fast::PlainTimes times;
  for (int year : {1900, 2000, 2024, 2026}) {
    for (int month = 0; month <= 13; ++month) {
      std::vector<std::string> texts;
      for (int day = 0; day <= 33; ++day) {
        for (const char* clock : {"00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60"}) {
          auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
          texts.push_back(std::to_string(year) + "-" + two(month) + "-" + two(day) + "T" + clock +
                          "Z");
        }
      }
      times.begin(texts.size());
      for (std::size_t i = 0; i < texts.size(); ++i) times.put(i, texts[i]);
      times.check();
      for (std::size_t i = 0; i < texts.size(); ++i) {
        INFO(texts[i]);
        bool is_instant = static_cast<bool>(parse_instant(texts[i], TimeZone()));
        CHECK(batch::fast::is_plain_utc(texts[i]) == is_instant);
        CHECK(times.get(i) == (is_instant && texts[i].substr(5, 5) != "02-29"));
      }
    }
  }
}

TEST_CASE("Separators are found where they stand, whatever the length", "[batch]") {
  std::mt19937 dice(2);
  const batch::fast::Separators::Step step = GENERATE(from_range(batch::fast::Separators::steps()));
  for (auto kind : {batch::fast::Separators::Kind::commas, batch::fast::Separators::Kind::quotes}) {
    bool csv = kind == batch::fast::Separators::Kind::commas;
    const std::string bytes = csv ? ",\nab\"\r" : "\"\nab,\\\x1F\x7F\x80";
    for (std::size_t size = 0; size < 400; ++size) {
      std::size_t kinds = size % 2 == 0 ? 4 : bytes.size();
      std::string text;
      for (std::size_t i = 0; i < size; ++i) text += bytes[dice() % (i > 100 ? 4 : kinds)];
      std::string padded = text + std::string(batch::fast::Separators::padding, '\r');
      batch::fast::Separators separators(kind, step);
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
      std::string others = csv ? "\"\r" : "\\\x1F";
      CHECK(separators.is_plain() == (text.find_first_of(others) == std::string::npos));
    }
  }
}

TEST_CASE("Cells of a record are the fields between the separators", "[batch]") {
  std::string text = "a,bc,\r\n,,d\n";
  std::string padded = text + std::string(batch::fast::cell_padding, ',');
  batch::fast::Separators separators(batch::fast::Separators::Kind::commas);
  separators.find(std::string_view(padded).substr(0, text.size()));
  batch::fast::Rows rows =
      batch::fast::Rows::of_records(padded.data(), separators.places(), 3, 2, true);
  CHECK(rows.cell(0, 0) == "a");
  CHECK(rows.cell(0, 1) == "bc");
  CHECK(rows.cell(0, 2).empty());
  CHECK(rows.record(0) == "a,bc,");
  CHECK(rows.cell(1, 0).empty());
  CHECK(rows.cell(1, 2) == "d");
  CHECK(rows.run({1, 2})[1] == ",d");
  CHECK(rows.record(1) == ",,d");
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
  batch::fast::PlainNumbers numbers;
  numbers.begin(1);
  for (const NumberCase& one : cases) {
    INFO(one.text << " with " << one.digits);
    std::string padded = one.text + "3.5,7";
    padded.resize(std::max(padded.size(), one.text.size() + 32), '9');
    auto text = std::string_view(padded).substr(0, one.text.size());
    CHECK(batch::fast::read_plain_number(text, one.digits) == one.value);
    numbers.put(0, text);
    numbers.read();
    std::int64_t together = numbers.get(0, one.digits);
    if (together != batch::fast::PlainNumbers::none) CHECK(together == one.value);
    if (one.value && one.text.size() <= 8 && one.digits <= 10) CHECK(together == one.value);
  }
}

TEST_CASE("Zeros at the end say nothing, and money is a number and a currency", "[batch]") {
  const NumberCase cases[] = {
      {"12.500000", 2, 1250},
      {"12.00", 0, 12},
      {"12.0", 0, 12},
      {"0.000", 2, 0},
      {"12.505000", 2, std::nullopt},
      {"12.", 0, std::nullopt},
      {".0", 0, std::nullopt},
      {"1.2.0", 2, std::nullopt},
      {"100", 0, 100},
  };
  for (const NumberCase& one : cases) {
    INFO(one.text << " with " << one.digits);
    CHECK(batch::fast::read_plain_number(one.text, one.digits) == one.value);
  }
  struct MoneyCase {
    const char *text, *number, *currency;
  };
  const MoneyCase money[] = {{"12.50 EUR", "12.50", "EUR"},
                             {"12.50", "12.50", ""},
                             {"", "", ""},
                             {"12.50 ", "", ""},
                             {" 12", "", "12"},
                             {"1  EUR", "1", " EUR"}};
  for (const MoneyCase& one : money) {
    batch::fast::MoneyText split = batch::fast::split_money(one.text);
    CHECK(split.number == one.number);
    CHECK(split.currency == one.currency);
  }
}

TEST_CASE("A leaf's rounding is the one rounding function's", "[batch]") {
  std::mt19937_64 dice(3);
  for (int i = 0; i < 6000; ++i) {
    std::uint64_t divisor = 2 + dice() % (i % 2 == 0 ? 12 : 1'000'000);
    if (i % 11 == 0)
      divisor =
          batch::rows::LoweredRounding::divisor_max - dice() % (i % 2 == 0 ? 2 : 1'000'000'000);
    auto mode = static_cast<RoundingMode>(i % 7);
    auto sum = static_cast<std::int64_t>(dice() >> (4 + dice() % 60));
    if (i % 3 == 0) sum = -sum;
    batch::rows::LoweredSum of_n;
    of_n.slope = 1;
    of_n.base = i % 4;
    batch::rows::LoweredRounding rounding =
        batch::rows::lowered_rounding(of_n, divisor, mode, sum < 0 || i % 5 == 0);
    Rational exact = Rational(sum) / Rational(static_cast<std::int64_t>(divisor));
    Decimal wanted = round(exact, Decimal(1), mode);
    CHECK(Decimal(batch::rows::round_sum(sum, rounding)) == wanted);
    CHECK(batch::fast::PlainRounding::is_possible(rounding) == (rounding.lift == 0));
    if (batch::fast::PlainRounding::is_possible(rounding))
      CHECK(Decimal(batch::fast::PlainRounding(rounding).round(sum - of_n.base)) == wanted);
  }
}

fees::Plan plan_of(const std::string& fees) {
  std::string text = R"({"levy": 1, "id": "t", "currency": "EUR", "fees": [)" + fees + "]}";
  Checked<schedule::Schedule> schedule = schedule::decode::load_schedule(Source("t.json", text));
  REQUIRE(schedule);
  return fees::compile(std::move(*schedule));
}

// Every figure of a lowered curve is the evaluator's, at the edges of its pieces and between them.
// So that rows which are evaluated in full after all do not pass for a lowered curve that works.
void check_curve(const fees::Plan& plan, const facts::Operation& operation, std::mt19937_64& dice) {
  facts::Readings readings;
  std::optional<batch::rows::LoweredCurve> curve =
      batch::rows::lower(plan, fees::EvaluationContext{operation, nullptr, readings});
  REQUIRE(curve);
  REQUIRE(!curve->pieces.empty());
  Decimal unit = plan.schedule.currencies.minor_unit(operation.currency);
  for (const batch::rows::LoweredPiece& piece : curve->pieces) {
    std::int64_t last = std::min<std::int64_t>(piece.until, 2'000'000);
    std::vector<std::int64_t> amounts = {piece.from, piece.from + 1, last, last - 1};
    for (int i = 0; i < 40 && last > piece.from; ++i)
      amounts.push_back(piece.from + static_cast<std::int64_t>(
                                         dice() % static_cast<std::uint64_t>(last - piece.from)));
    for (std::int64_t n : amounts) {
      if (n < piece.from || n > piece.until) continue;
      facts::Operation asked = operation;
      asked.amount = Rational(Decimal(n) * unit);
      Checked<fees::Quote> quoted =
          fees::quote(plan, fees::EvaluationContext{asked, nullptr, readings});
      INFO(operation.name << " " << n);
      if (piece.fault) {
        REQUIRE(!quoted);
        CHECK(quoted.faults().front().code == *piece.fault);
        continue;
      }
      REQUIRE(quoted);
      std::vector<std::int64_t> values(piece.roundings.size());
      batch::rows::round_all(piece, n, values.data());
      auto figure = [&](const batch::rows::LoweredFigure& one) {
        return Rational(
            Decimal::of(batch::rows::value_of(piece, one.sum, n, values.data()), one.scale));
      };
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
      R"({"id": "a", "percent": "1", "flat": "0.30", "collect": "deducted"})",
      R"({"id": "a", "slab": [{"up_to": "1000", "percent": "1"}]})",
  };
  std::mt19937_64 dice(6);
  for (const std::string& fees : tariffs) {
    INFO(fees);
    fees::Plan plan = plan_of(fees);
    facts::Operation operation;
    operation.name = "payment";
    operation.currency = plan.schedule.currency;
    operation.amount = Rational(1);
    check_curve(plan, operation, dice);
  }
}

// At any reading exactly one of the pieces at an amount counts, and says what the evaluator says.
TEST_CASE("A reading is a second variable of a leaf", "[batch]") {
  const std::string tariffs[] = {
      R"({"id": "a", "percent": "1.5", "free": {"amount": "10", "window": "month"}})",
      R"({"id": "a", "percent": "1.5", "free": {"amount": "10", "window": "day", "whole": true}})",
      R"({"id": "a", "graduated": [{"up_to": "5", "percent": "3"}, {"below": "9", "percent": "2"},
          {"percent": "1"}], "by": {"window": "month"}})",
      R"({"id": "a", "per": {"every": "2.50", "charge": "0.10"}, "by": {"window": "month"}})",
      R"({"id": "a", "percent": "7", "round": {"mode": "up", "to": "0.05"},
          "cap": {"max": "1", "window": "month"}}, {"id": "b", "of": ["a"], "percent": "30"})",
  };
  for (const std::string& fees : tariffs) {
    INFO(fees);
    fees::Plan plan = plan_of(fees);
    facts::Operation operation;
    operation.name = "payment";
    operation.currency = plan.schedule.currency;
    operation.amount = Rational(1);
    auto curve = batch::rows::lower(
        plan, fees::EvaluationContext{operation, nullptr, facts::Readings()}, {{"a", 2}});
    REQUIRE(curve);
    for (std::int64_t n = 1; n <= 1200; n += 7) {
      for (std::int64_t used = 0; used <= 1500; used += used < 80 ? 5 : 50) {
        INFO(n << " after " << used);
        facts::Readings readings{{"a", {Rational(Decimal::of(used, 2)), operation.currency}}};
        operation.amount = Rational(Decimal::of(n, 2));
        auto quoted = fees::quote(plan, fees::EvaluationContext{operation, nullptr, readings});
        REQUIRE(quoted);
        std::size_t count = 0;
        for (const batch::rows::LoweredPiece& piece : curve->pieces) {
          if (n < piece.from || n > piece.until) continue;
          std::vector<std::int64_t> values(piece.roundings.size());
          values[0] = used;
          batch::rows::round_rest(piece, n, values.data());
          if (!batch::rows::guards_hold(piece, n, values.data())) continue;
          ++count;
          std::int64_t fee = batch::rows::value_of(piece, piece.fee.sum, n, values.data());
          CHECK(Rational(Decimal::of(fee, piece.fee.scale)) == quoted->fees.at(operation.currency));
        }
        CHECK(count == 1);
      }
    }
  }
}

struct ShapeCase {
  std::string learnt, line;
  bool fits;
  std::string amount = "", id = "";
};

TEST_CASE("A line has a shape that was seen, or goes to the reader", "[batch]") {
  const std::string learnt = R"({"id": "a", "amount": 12.5, "note":"x"})";
  const ShapeCase cases[] = {
      {learnt, R"({"id": "bb", "amount": 7, "note":""})", true, "7", "bb"},
      {learnt, R"(5{"id": "bb", "amount": 7, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 07, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7., "note":""})", false},
      {learnt, R"({"id": "bb", "amount": -7, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7e1, "note":""})", false},
      {learnt, R"({"id": "b\u0041", "amount": 7, "note":""})", false},
      {learnt, "{\"id\": \"\xC3\xA9\", \"amount\": 7, \"note\":\"\"}", true, "7", "\xC3\xA9"},
      {learnt, R"({"id":"bb", "amount": 7, "note":""})", false},
      {learnt, R"({"id": "bb", "amount": 7, "note":""} )", false},
      {learnt, R"({"id": "bb", "amount": 7})", false},
      {R"({"id": "a\n"})", R"({"id": "b"})", false},
      {R"({"id": null})", R"({"id": null})", true},
      {R"({"id": null})", R"({"id": "a"})", false},
  };
  for (const ShapeCase& one : cases) {
    INFO(one.line);
    formats::JsonLinesReader reader("t", formats::ByteWindow(formats::read_from(one.learnt)));
    formats::Row row;
    REQUIRE(reader.next(row));
    REQUIRE(!row.fault);
    std::vector<std::string> columns = {"amount", "id", "other"};
    const std::vector<std::size_t> output = {1};
    batch::fast::LineShapes shapes(columns, output, false);
    shapes.learn(row);
    std::vector<batch::fast::CellSpan> cells(columns.size() + 1), by_quotes(columns.size() + 1);
    std::string padded = one.line + std::string(batch::fast::cell_padding, '"');
    auto line = std::string_view(padded).substr(0, one.line.size());
    padded[one.line.size()] = '\n';
    CHECK((shapes.read(line, 0, cells.data()) == line.size()) == one.fits);
    batch::fast::Separators separators(batch::fast::Separators::Kind::quotes);
    separators.find(std::string_view(padded).substr(0, one.line.size() + 1));
    if (separators.is_plain()) {
      std::vector<batch::fast::CellSpan> lines;
      std::size_t places = shapes.read_plain(line.data(), separators.places(), separators.count(),
                                             lines, by_quotes.data());
      CHECK(places == (one.fits ? separators.count() : 0));
      CHECK(lines.size() == (one.fits ? 1 : 0));
    }
    if (!one.fits) continue;
    batch::fast::Rows found =
        batch::fast::Rows::of_cells(line.data(), cells.data(), columns.size(), 1);
    batch::fast::Rows found_by_quotes =
        batch::fast::Rows::of_cells(line.data(), by_quotes.data(), columns.size(), 1);
    for (std::size_t i = 0; i < columns.size(); ++i)
      CHECK(found.cell(0, i) == found_by_quotes.cell(0, i));
    CHECK(found.cell(0, 0) == one.amount);
    CHECK(found.cell(0, 1) == one.id);
    CHECK(found.cell(0, 2).empty());
  }
}

TEST_CASE("A table is cut at ends of records, whatever the size asked for", "[batch]") {
  const std::string table = "1,\"a\nb\"\n2,\"\"\"\n\"\r\n3,c\n\n4,\"open\n5,d";
  for (std::size_t size : {1u, 2u, 5u, 9u, 100u}) {
    batch::rows::BatchOptions options;
    options.chunk_bytes = size;
    batch::ChunkCutter cutter(batch::rows::TableForm::csv,
                              formats::ByteWindow(formats::read_from(table)), options, nullptr);
    std::string joined;
    batch::Chunk chunk;
    while (cutter.next(chunk)) {
      CHECK(chunk.byte_offset == joined.size());
      joined += chunk.text();
      formats::CsvReader reader("t", formats::ByteWindow(formats::read_from(chunk.text())));
      reader.name_columns({"id", "text"}, true);
      formats::Row row;
      while (reader.next(row)) CHECK((row.fault || row.texts.size() == 2 || row.raw.empty()));
    }
    CHECK(joined == table);
  }
}

TEST_CASE("Where the input pauses, or a record is enough, a table is cut there", "[batch]") {
  const std::vector<std::string> blocks = {"1,a\n2,", "\"b\n", "c\"\n3,d\n", "4,e\n5,f\n6,g"};
  auto chunks_of = [&](batch::rows::Flush flush) {
    std::size_t next = 0;
    auto read = [&](char* into, std::size_t size) {
      if (next == blocks.size()) return std::size_t{0};
      REQUIRE(blocks[next].size() <= size);
      return blocks[next++].copy(into, size);
    };
    batch::rows::BatchOptions options;
    options.flush = flush;
    batch::ChunkCutter cutter(batch::rows::TableForm::csv, formats::ByteWindow(read), options,
                              [] { return false; });
    std::vector<std::string> chunks;
    batch::Chunk chunk;
    while (cutter.next(chunk)) chunks.emplace_back(chunk.text());
    return chunks;
  };
  using Texts = std::vector<std::string>;
  CHECK(chunks_of(batch::rows::Flush::chunk) == Texts{"1,a\n2,\"b\nc\"\n3,d\n4,e\n5,f\n6,g"});
  CHECK(chunks_of(batch::rows::Flush::pause) ==
        Texts{"1,a\n", "2,\"b\nc\"\n3,d\n", "4,e\n5,f\n", "6,g"});
  CHECK(chunks_of(batch::rows::Flush::record) ==
        Texts{"1,a\n", "2,\"b\nc\"\n", "3,d\n", "4,e\n", "5,f\n", "6,g"});
}

}  // namespace
}  // namespace levy
