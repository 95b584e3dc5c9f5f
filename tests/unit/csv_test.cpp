#include "formats/csv.h"

#include "unit/catch.h"

namespace levy {
namespace {

struct Seen {
  std::string text;  // cells joined by |, or "!" and the fault's message
  std::size_t line, byte_offset;
};

// A stream that gives `step` bytes at a time.
formats::ReadBlock trickle(std::string_view text, std::size_t step) {
  return [text, step](char* into, std::size_t size) mutable {
    std::size_t count = std::min({step, size, text.size()});
    text.copy(into, count);
    text.remove_prefix(count);
    return count;
  };
}

std::string joined(const formats::Row& row) {
  if (row.fault) return "!" + row.fault->message;
  std::string all;
  for (std::size_t i = 0; i < row.texts.size(); ++i)
    all += (i > 0 ? "|" : "") + std::string(row.texts[i]);
  return all;
}

std::vector<Seen> read_all(const std::string& text, std::size_t step, bool is_tsv = false) {
  formats::TableShape shape;
  shape.is_tsv = is_tsv;
  formats::CsvReader reader("t.csv", formats::ByteWindow(trickle(text, step)), shape);
  std::vector<Seen> seen;
  formats::Row row;
  while (reader.next(row)) seen.push_back({joined(row), row.line, row.byte_offset});
  return seen;
}

std::vector<std::string> texts(const std::string& text, std::size_t step = 1 << 20) {
  std::vector<std::string> result;
  for (const Seen& one : read_all(text, step)) result.push_back(one.text);
  return result;
}

using List = std::vector<std::string>;

constexpr const char* stray = "!a quote stands inside a cell that is not quoted";
constexpr const char* around = "!a quoted cell has text around its quotes";
constexpr const char* open_quote = "!a quote opens here and never closes";

TEST_CASE("RFC 4180 in full", "[csv]") {
  struct Case {
    const char *title, *text;
    List rows;
  };
  const Case cases[] = {
      {"LF", "a,b\n1,2\n3,4\n", {"1|2", "3|4"}},
      {"CRLF", "a,b\r\n1,2\r\n3,4\r\n", {"1|2", "3|4"}},
      {"mixed", "a,b\r\n1,2\n3,4\r\n", {"1|2", "3|4"}},
      {"the last line without its end", "a,b\n1,2", {"1|2"}},
      {"the last cell is empty", "a,b\n1,", {"1|"}},
      {"all cells are empty", "a,b\n,\n", {"|"}},
      {"blanks are kept", "a,b\n 1 , 2\n", {" 1 | 2"}},
      {"quotes", "a,b\n\"1\",\"2\"\n", {"1|2"}},
      {"a comma in quotes", "a,b\n\"1,5\",2\n", {"1,5|2"}},
      {"a line end in quotes", "a,b\n\"1\n5\",2\n3,4\n", {"1\n5|2", "3|4"}},
      {"CRLF in quotes", "a,b\r\n\"1\r\n5\",2\r\n", {"1\r\n5|2"}},
      {"doubled quotes", "a,b\n\"say \"\"hi\"\"\",2\n", {"say \"hi\"|2"}},
      {"only a doubled quote", "a,b\n\"\"\"\",\"\"\n", {"\"|"}},
      {"two cells with doubled quotes", "a,b\n\"\"\"x\",\"y\"\"\"\n", {"\"x|y\""}},
      {"a quoted header", "\"a\",\"b\"\n1,2\n", {"1|2"}},
      {"a quoted last cell without line end", "a,b\n1,\"2\"", {"1|2"}},
      {"a return at the very end", "a,b\n1,2\r", {"1|2"}},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n1,2\n",
       {"1|2"}},
      {"blank lines are no records", "a,b\n\n1,2\n\r\n3,4\n\n", {"1|2", "3|4"}},
      {"of one column they are", "a\n1\n\n2\n", {"1", "", "2"}},
      {"no records", "a,b\n", {}},
      {"UTF-8", "a,b\n手续费,é\n", {"手续费|é"}},
      {"too few cells", "a,b\n1\n3,4\n", {"!the record has 1 cells and the header 2", "3|4"}},
      {"too many", "a,b\n1,2,3\n3,4\n", {"!the record has 3 cells and the header 2", "3|4"}},
      {"a quote inside", "a,b\n1x\"y,2\n3,4\n", {stray, "3|4"}},
      {"text after the quotes", "a,b\n\"1\"x,2\n3,4\n", {around, "3|4"}},
      {"text after quotes over two lines", "a,b\n\"1\n2\"x,2\n3,4\n", {around, "3|4"}},
      {"a quote that never closes", "a,b\n1,\"2\n3,4\n5,6\n", {open_quote, "3|4", "5|6"}},
      {"in the last line", "a,b\n1,2\n3,\"4", {"1|2", open_quote}},
      {"a lone return",
       "a,b\n1\r2,3\n3,4\n",
       {"!a carriage return stands without a line feed", "3|4"}},
      {"an empty file", "", {"!the table is empty"}},
      {"two columns of one name", "a,b,a\n1,2,3\n", {"!two columns are called \"a\""}},
      {"columns without a name", "a,,\n1,2,3\n", {"1|2|3"}},
  };
  for (const Case& one : cases) {
    INFO(one.title);
    for (std::size_t step : {std::size_t{1} << 20, std::size_t{1}, std::size_t{2}, std::size_t{3}})
      CHECK(texts(one.text, step) == one.rows);
  }
}

TEST_CASE("TSV as PostgreSQL and ClickHouse write it", "[csv]") {
  struct Case {
    const char *title, *text;
    List rows;
  };
  constexpr const char* unknown = "!a backslash stands before what it does not escape";
  const Case cases[] = {
      {"LF", "a\tb\n1\t2\n3\t4\n", {"1|2", "3|4"}},
      {"CRLF", "a\tb\r\n1\t2\r\n", {"1|2"}},
      {"the last line without its end", "a\tb\n1\t2", {"1|2"}},
      {"what is not given", "a\tb\n\\N\t2\n\t2\n", {"|2", "|2"}},
      {"quotes and commas mean nothing", "a\tb\n\"1\t2,3\n", {"\"1|2,3"}},
      {"control characters", "a\tb\n\\b\\f\\n\\r\\t\\v\\\\\t2\n", {"\b\f\n\r\t\v\\|2"}},
      {"bytes", "a\tb\n\\x41\\x7a\t2\n", {"Az|2"}},
      {"a sign stands for itself", "a\tb\n\\'\\/\\.\t2\n", {"'/.|2"}},
      {"other letters",
       "a\tb\n\\q\t2\n1\\N\t2\n\\a\t2\n3\t4\n",
       {unknown, unknown, unknown, "3|4"}},
      {"digits", "a\tb\n\\101\t2\n\\xg1\t2\n\\x4\t2\n", {unknown, unknown, unknown}},
      {"a line that would go on", "a\tb\n1\t2\\\n3\t4\n", {"!the line ends in a backslash", "3|4"}},
      {"another number of cells", "a\tb\n1\n", {"!the record has 1 cells and the header 2"}},
      {"a lone return", "a\tb\n1\r1\t2\n", {"!a carriage return stands without a line feed"}},
      {"blank lines", "a\tb\n\n1\t2\n", {"1|2"}},
  };
  for (const Case& one : cases) {
    INFO(one.title);
    for (std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{1} << 20}) {
      List rows;
      for (const Seen& seen : read_all(one.text, step, true)) rows.push_back(seen.text);
      CHECK(rows == one.rows);
    }
  }
}

TEST_CASE("A cell of a TSV is written so that it is read again", "[csv]") {
  for (std::string_view text :
       {"plain", "a\tb", "\\", "\\N", "two\nlines\r\n", "\b\f\v", "é", ""}) {
    std::string cell, again;
    formats::append_tsv_cell(cell, text);
    formats::append_unescaped(again, cell);
    CHECK(again == text);
    CHECK(cell.find_first_of("\t\n\r") == std::string::npos);
  }
}

TEST_CASE("A record knows its line and its byte", "[csv]") {
  std::vector<Seen> seen = read_all(
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n\"x\ny\",3\r\n4\r\n5,6",
      4);
  REQUIRE(seen.size() == 4);
  std::size_t lines[] = {2, 3, 5, 6}, offsets[] = {8, 13, 22, 25};
  for (std::size_t i = 0; i < 4; ++i) {
    INFO(i);
    CHECK(seen[i].line == lines[i]);
    CHECK(seen[i].byte_offset == offsets[i]);
  }
}

TEST_CASE("A fault stands at its line and column, with the line", "[csv]") {
  formats::CsvReader reader("t.csv",
                            formats::ByteWindow(formats::read_from("a,b\n\"1\n2\",é\"x\n")));
  formats::Row row;
  REQUIRE(reader.next(row));
  REQUIRE(row.fault);
  CHECK(to_string(row.fault->place) == "t.csv:3:5");
  CHECK(row.fault->place.excerpt().text == "2\",é\"x");
  CHECK(row.raw == "\"1\n2\",é\"x");
}

// Catch would print a mebibyte for each mismatch.
List shortened(List rows) {
  for (std::string& row : rows) {
    if (row.size() > 60) row = std::to_string(row.size()) + " bytes";
  }
  return rows;
}

TEST_CASE("No record is longer than a mebibyte, however the stream comes", "[csv]") {
  std::string filler(record_bytes_max, 'x'), fitting(record_bytes_max - 2, 'y');
  List too_long = {"!the record is longer than 1 MiB", "3|4"};
  for (std::size_t step : {std::size_t{4096}, std::size_t{1} << 18, std::size_t{1000003}}) {
    INFO(step);
    CHECK(shortened(texts("a,b\n" + filler + ",2\n3,4\n", step)) == too_long);
    CHECK(shortened(texts("a,b\n" + filler + filler + ",2\n3,4\n", step)) == too_long);
    CHECK(shortened(texts("a,b\n1," + fitting + "\n3,4\n", step)) == List{"1048576 bytes", "3|4"});
    CHECK(shortened(texts("a,b\n\"" + filler + filler + "\",2\n3,4\n", step)) ==
          List{open_quote, "3|4"});
    // Whatever the quote swallowed is read again as records of their own.
    std::string open = "a,b\n\"1,2\n";
    for (int i = 0; i < 200000; ++i) open += "33,44\n";
    std::vector<std::string> seen = texts(open, step);
    CHECK(seen.size() == 200001);
    CHECK(seen.front() == open_quote);
    CHECK(seen.back() == "33|44");
  }
}

TEST_CASE("Cells are found by their column's name", "[csv]") {
  formats::CsvReader reader("t.csv", formats::ByteWindow(formats::read_from("a,b,\n1,,3\n")));
  REQUIRE(reader.header());
  CHECK(*reader.header() == List{"a", "b", ""});
  formats::Row row;
  REQUIRE(reader.next(row));
  CHECK(row.text_of("a") == "1");
  CHECK(row.text_of("b").empty());
  CHECK(row.text_of("c").empty());
}

TEST_CASE("A table may come without a header", "[csv]") {
  formats::CsvReader reader("t.csv", formats::ByteWindow(formats::read_from("1,2\n3,4\n")));
  reader.name_columns({"a", "b"});
  formats::Row row;
  REQUIRE(reader.next(row));
  CHECK(row.text_of("b") == "2");
  CHECK(row.line == 1);
}

TEST_CASE("cells that a spreadsheet would run") {
  struct Row {
    std::string cell, safe;  // as a safe CSV has it
  };
  for (const auto& [cell, safe] : {
           Row{"", ""},
           Row{"a=b", "a=b"},
           Row{"1", "1"},
           Row{"-1.25", "-1.25"},
           Row{"-", "\"'-\""},
           Row{"-1,5", "\"'-1,5\""},
           Row{"-0.30 USD", "\"'-0.30 USD\""},
           Row{"=1", "\"'=1\""},
           Row{"+1", "\"'+1\""},
           Row{"@A1", "\"'@A1\""},
           Row{"\ta", "\"'\ta\""},
           Row{"\r", "\"'\r\""},
           Row{"\n=1", "\"'\n=1\""},
           Row{"=\"a\"", "\"'=\"\"a\"\"\""},
           Row{"＝1", "\"'＝1\""},
           Row{"－1", "\"'－1\""},
           Row{"'=1", "'=1"},
           Row{" =1", " =1"},
           Row{"a,=b", "\"a,=b\""},
       }) {
    INFO(cell);
    std::string exact, written;
    formats::append_csv_cell(exact, cell);
    formats::append_csv_cell(written, cell, formats::CsvCells::safe);
    CHECK(written == safe);
    CHECK(formats::is_formula(cell) == (written != exact));
  }
}

}  // namespace
}  // namespace levy
