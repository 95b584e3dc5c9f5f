#include "facts/rates.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "unit/catch.h"

namespace levy {
namespace {

Currency currency(const std::string& code) { return *Currency::of(code); }

Instant at(const std::string& text) {
  Checked<Instant> instant = parse_instant(text, TimeZone());
  REQUIRE(instant);
  return *instant;
}

std::string read(const std::string& name) {
  auto folder = std::filesystem::path(LEVY_TESTS_DIR) / "data/rates";
  std::ifstream file(folder / name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

facts::RatesHistory history_of(const std::string& name) {
  Checked<facts::RatesHistory> history = facts::parse_rates(Source(name, read(name)));
  INFO(name);
  if (!history) FAIL(to_string(history.faults()[0].place) << " " << history.faults()[0].message);
  CHECK(history->file == name);
  return *history;
}

std::string rate(const facts::Rates& row, const std::string& code) {
  auto found = row.rates.find(currency(code));
  return found == row.rates.end() ? "none" : found->second.to_string();
}

std::string mid(const facts::Rates& row, const std::string& source, const std::string& target) {
  std::optional<Rational> found = row.mid(currency(source), currency(target));
  return found ? found->to_string() : "none";
}

TEST_CASE("levy's own rates") {
  facts::RatesHistory history = history_of("levy.json");
  REQUIRE(history.rows.size() == 1);
  const facts::Rates& row = history.rows[0];
  CHECK(row.base == currency("EUR"));
  CHECK(*row.as_of == at("2026-11-20T15:00:00Z"));
  CHECK(row.rates.size() == 5);
  CHECK(rate(row, "USD") == "1.1523");
  CHECK(rate(row, "JPY") == "181.04");
  CHECK(rate(row, "BTC") == "0.000012345678901234");
  CHECK(rate(row, "EUR") == "none");
}

TEST_CASE("mid rates are exact") {
  facts::RatesHistory history = history_of("levy.json");
  const facts::Rates& row = history.rows[0];
  CHECK(mid(row, "EUR", "USD") == "1.1523");
  CHECK(mid(row, "USD", "EUR") == "10000/11523");
  CHECK(mid(row, "USD", "JPY") == "1810400/11523");
  CHECK(mid(row, "JPY", "USD") == "11523/1810400");
  CHECK(mid(row, "USD", "USD") == "1");
  CHECK(mid(row, "EUR", "EUR") == "1");
  CHECK(mid(row, "EUR", "SEK") == "none");
  CHECK(mid(row, "SEK", "USD") == "none");
  CHECK(mid(row, "SEK", "SEK") == "1");
}

TEST_CASE("the ECB's four files say the same of one day") {
  for (const char* name : {"ecb_daily.csv", "ecb_hist.csv", "ecb_daily.xml", "ecb_hist-90d.xml"}) {
    INFO(name);
    facts::RatesHistory history = history_of(name);
    const facts::Rates& row = history.rows.back();
    CHECK(row.base == currency("EUR"));
    CHECK(*row.as_of == at("2026-11-20T15:00:00Z"));  // 16:00 in Frankfurt, in winter
    CHECK(row.rates.size() == 29);
    CHECK(rate(row, "USD") == "1.1523");
    CHECK(rate(row, "GBP") == "0.8793");
    CHECK(rate(row, "ZAR") == "20.0317");
    CHECK(rate(row, "CYP") == "none");
  }
}

TEST_CASE("histories run from old to new") {
  facts::RatesHistory history = history_of("ecb_hist.csv");
  REQUIRE(history.rows.size() == 4);
  CHECK(history.rows[0].as_of == at("1999-01-04T15:00:00Z"));
  CHECK(rate(history.rows[0], "CYP") == "0.58231");
  CHECK(rate(history.rows[0], "BGN") == "none");
  CHECK(rate(history.rows[3], "USD") == "1.1523");
  facts::RatesHistory recent = history_of("ecb_hist-90d.xml");
  REQUIRE(recent.rows.size() == 3);
  CHECK(rate(recent.rows[0], "USD") == "1.159");
  CHECK(rate(recent.rows[2], "USD") == "1.1523");
}

TEST_CASE("rates published the other way round") {
  Checked<facts::RatesHistory> history = facts::parse_rates(
      Source("f", R"({"levy_rates":1,"base":"EUR","rates":{"CZK":"1/0.041229","NOK":"100/6.332",
              "EUR":"1/1"}})"));
  REQUIRE(history);
  const facts::Rates& row = history->rows[0];
  CHECK(rate(row, "CZK") == "1000000/41229");
  CHECK(mid(row, "CZK", "EUR") == "0.041229");
  CHECK(mid(row, "NOK", "EUR") == "0.06332");
  CHECK(rate(row, "EUR") == "none");
}

TEST_CASE("levy's own rates of several times") {
  Checked<facts::RatesHistory> history =
      facts::parse_rates(Source("h", R"({"levy_rates":1,"base":"EUR","history":[
              {"as_of":"2026-11-19T15:00:00Z","rates":{"USD":"1.1519"}},
              {"as_of":"2026-11-20","rates":{"USD":"1.1523","JPY":"181.04"}}]})"));
  REQUIRE(history);
  REQUIRE(history->rows.size() == 2);
  CHECK(history->at(at("2026-11-19T14:59:59Z")) == &history->before);
  CHECK(rate(*history->at(at("2026-11-19T15:00:00Z")), "USD") == "1.1519");
  CHECK(rate(*history->at(at("2026-11-20")), "USD") == "1.1523");
  CHECK(mid(history->rows[1], "USD", "JPY") == "1810400/11523");
}

TEST_CASE("the latest row at or before a time") {
  facts::RatesHistory history = history_of("ecb_hist.csv");
  CHECK(history.at(at("1999-01-04T14:59:59.999999999Z")) == &history.before);
  CHECK(history.before.begins == at("1999-01-04T15:00:00Z"));
  CHECK(history.at(at("1999-01-04T15:00:00Z")) == &history.rows[0]);
  CHECK(history.at(at("2026-11-18T14:59:59Z")) == &history.rows[0]);
  CHECK(history.at(at("2026-11-19T14:59:59Z")) == &history.rows[1]);
  CHECK(history.at(at("2026-11-19T15:00:00Z")) == &history.rows[2]);
  CHECK(history.at(at("2030-01-01")) == &history.rows[3]);
}

TEST_CASE("the ECB's day in summer") {
  Checked<facts::RatesHistory> history =
      facts::parse_rates(Source("s", "Date, USD, \n3 July 2026, 1.17, \n"));
  REQUIRE(history);
  CHECK(history->rows[0].as_of == at("2026-07-03T14:00:00Z"));
}

TEST_CASE("spellings of one file") {
  const std::vector<std::string> same = {
      "Date,USD,JPY\n2026-11-20,1.1523,N/A",
      "Date,USD,JPY,\r\n2026-11-20,1.1523,N/A,\r\n\r\n",
      "\xEF\xBB\xBF"
      "Date, USD, JPY, \n20 November 2026, 1.1523, , \n",
      "Date,EUR,USD\n2026-11-20,1.000,1.15230\n",
      R"({"levy_rates":1,"base":"EUR","as_of":"2026-11-20T16:00+01:00","rates":{"USD":1.1523}})",
      " \n{\"rates\":{\"USD\":11523e-4},\"as_of\":\"2026-11-20t15:00:00z\",\"base\":\"EUR\","
      "\"levy_rates\":1}",
      "\xEF\xBB\xBF<gesmes:Envelope><Cube><Cube time='2026-11-20'><Cube currency='USD' "
      "rate='1.1523'/><Cube currency='JPY' rate='N/A'/></Cube></Cube></gesmes:Envelope>",
  };
  for (const std::string& text : same) {
    INFO(text);
    Checked<facts::RatesHistory> history = facts::parse_rates(Source("same", text));
    if (!history) FAIL(history.faults()[0].message);
    REQUIRE(history->rows.size() == 1);
    CHECK(history->rows[0].as_of == at("2026-11-20T15:00:00Z"));
    CHECK(history->rows[0].rates.size() == 1);
    CHECK(rate(history->rows[0], "USD") == "1.1523");
  }
}

// A bad text, and for every fault: its code, "line:column+width", and a part of its message.
struct Fault {
  Code code;
  std::string place;
  std::string message;
};

struct Bad {
  std::string text;
  std::vector<Fault> faults;
};

void check_bad(const Bad& bad) {
  INFO(bad.text);
  Checked<facts::RatesHistory> history = facts::parse_rates(Source("bad", bad.text));
  REQUIRE_FALSE(history);
  for (const Diagnostic& fault : history.faults()) {
    UNSCOPED_INFO(to_string(fault.code) << " " << to_string(fault.place) << "+"
                                        << fault.place.width() << " " << fault.message);
  }
  REQUIRE(history.faults().size() == bad.faults.size());
  for (std::size_t i = 0; i < bad.faults.size(); ++i) {
    const Diagnostic& fault = history.faults()[i];
    const Place& place = fault.place;
    CHECK(fault.code == bad.faults[i].code);
    CHECK(place.file() == "bad");
    CHECK(std::to_string(place.line()) + ":" + std::to_string(place.column()) + "+" +
              std::to_string(place.width()) ==
          bad.faults[i].place);
    CHECK(fault.message.find(bad.faults[i].message) != std::string::npos);
    CHECK_FALSE(fault.remedy.empty());
  }
}

TEST_CASE("fractions and histories that are not right") {
  const std::vector<Bad> table = {
      {R"({"levy_rates":1,"base":"EUR","rates":{"USD":"1/0"}})",
       {{Code::bad_decimal, "1:48+1", "not above 0"}}},
      {R"({"levy_rates":1,"base":"EUR","rates":{"USD":"-1/2"}})",
       {{Code::bad_rates, "1:45+6", "more than 0"}}},
      {R"({"levy_rates":1,"base":"EUR","rates":{"EUR":"2/1"}})",
       {{Code::bad_rates, "1:45+5", "rate is 1"}}},
      {R"({"levy_rates":1,"base":"EUR","as_of":"2026-11-20","history":[]})",
       {{Code::conflicting_keys, "1:30+7", "\"as_of\" cannot stand"},
        {Code::bad_value, "1:61+2", "empty"}}},
      {R"({"levy_rates":1,"base":"EUR","history":[{"as_of":"2026-11-20","rates":{}},
{"as_of":"2026-11-20","rates":{}},{"rates":{}}]})",
       {{Code::bad_rates, "2:10+12", "not later"}, {Code::missing_key, "2:35+12", "as_of"}}},
  };
  for (const Bad& bad : table) check_bad(bad);
}

TEST_CASE("files that are something else") {
  const std::vector<Bad> table = {
      {"", {{Code::bad_rates, "1:1+1", "empty"}}},
      {" \n\n", {{Code::bad_rates, "3:1+1", "empty"}}},
      {"USD 1.15", {{Code::bad_rates, "1:1+1", "not a rates file"}}},
      {"PK\x03\x04", {{Code::bad_rates, "0:0+1", "packed"}}},
      {"\n<!DOCTYPE html><p>404", {{Code::bad_rates, "2:1+1", "web page"}}},
      {"<HTML>", {{Code::bad_rates, "1:1+1", "web page"}}},
      {"<rss></rss>", {{Code::bad_rates, "1:2+3", "outermost element is rss"}}},
      {"<a", {{Code::syntax, "1:2+1", "not XML"}}},
      {"<gesmes:Envelope><Cube></gesmes:Envelope>", {{Code::syntax, "1:26+1", "not XML"}}},
      {"<gesmes:Envelope/>", {{Code::bad_rates, "1:1+1", "no day's rates"}}},
      {"Date, USD, \n", {{Code::bad_rates, "1:1+1", "no day's rates"}}},
      {"Date;USD\n", {{Code::bad_rates, "1:1+8", "first column is not Date"}}},
      {std::string("Date,USD\n\0", 10), {{Code::nul_byte, "2:1+1", "NUL"}}},
      {"[]", {{Code::wrong_type, "1:1+2", ""}}},
      {"{", {{Code::syntax, "1:2+1", ""}}},
  };
  for (const Bad& bad : table) check_bad(bad);
}

std::string json(const std::string& rates) {
  return R"({"levy_rates":1,"base":"EUR","as_of":"2026-11-20","rates":)" + rates + "}";
}

TEST_CASE("bad levy rates") {
  const std::vector<Bad> table = {
      {"{}",
       {{Code::missing_key, "1:1+2", "levy_rates"},
        {Code::missing_key, "1:1+2", "base"},
        {Code::missing_key, "1:1+2", "rates"}}},
      {R"({"levy_rates":2,"base":"eur","as_of":"2026-02-30","rates":[]})",
       {{Code::bad_rates, "1:15+1", "format 2"},
        {Code::bad_rates, "1:24+5", "\"eur\" is not a currency code"},
        {Code::bad_time, "1:47+2", "no day 30"},
        {Code::wrong_type, "1:59+2", "array"}}},
      {R"({"levy_rates":"1","base":1,"as_of":1,"rates":{}})",
       {{Code::wrong_type, "1:15+3", "string"},
        {Code::wrong_type, "1:26+1", "number"},
        {Code::wrong_type, "1:36+1", "number"}}},
      {R"({"levy_rates":1,"base":"EUR","as_off":"2026-11-20","rates":{}})",
       {{Code::unknown_key, "1:30+8", "as_off"}}},
      {json(R"({"USD":0})"), {{Code::bad_rates, "1:66+1", "more than 0"}}},
      {json(R"({"USD":"-1.5"})"), {{Code::bad_rates, "1:66+6", "more than 0"}}},
      {json(R"({"EUR":"1.01"})"), {{Code::bad_rates, "1:66+6", "its rate is 1, not 1.01"}}},
      {json(R"({"USD":"1,15"})"), {{Code::bad_decimal, "1:68+1", ""}}},
      {json(R"({"USD":null})"), {{Code::wrong_type, "1:66+4", "null"}}},
      {json(R"({"USD":1e999})"), {{Code::precision, "1:66+5", ""}}},
      {json(R"({"usd":1,"U":2})"),
       {{Code::bad_rates, "1:60+5", "\"usd\" is not"},
        {Code::bad_rates, "1:68+3", "\"U\" is not"}}},
      {json(R"({"USD":1,"USD":2})"), {{Code::duplicate_key, "1:68+5", ""}}},
  };
  for (const Bad& bad : table) check_bad(bad);
}

TEST_CASE("bad CSV") {
  const std::vector<Bad> table = {
      {"Date,USD,usd\n2026-11-20,1,x\n", {{Code::bad_rates, "1:10+3", "\"usd\" is not"}}},
      {"Date,USD\n2026-11-20,0\n2026-11-19,-1\n",
       {{Code::bad_rates, "2:12+1", "more than 0"}, {Code::bad_rates, "3:12+2", "more than 0"}}},
      {"Date,USD\n2026-02-30,1,15\n", {{Code::bad_rates, "2:1+15", "3 cells, and the header 2"}}},
      {"Date,USD\n2026-02-30,1..5\n",
       {{Code::bad_time, "2:9+2", "no day 30"}, {Code::bad_decimal, "2:14+1", ""}}},
      {"Date, USD, \n31 November 2026, 1, \n", {{Code::bad_time, "2:1+16", "no day 31"}}},
      {"Date, USD, \n1 Nov 2026, 1, \n", {{Code::bad_time, "2:1+10", "not a date"}}},
      {"Date,USD,USD\n2026-11-20,1,2\n", {{Code::bad_rates, "2:14+1", "USD is given twice"}}},
      {"Date,USD\n2026-11-20,1\n2026-11-19,1\n2026-11-20,1\n",
       {{Code::bad_rates, "4:1+10", "date is given twice"}}},
      {"Date,EUR\n2026-11-20,1.1\n", {{Code::bad_rates, "2:12+3", "its rate is 1"}}},
  };
  for (const Bad& bad : table) check_bad(bad);
}

TEST_CASE("a date given twice names the first one too") {
  Checked<facts::RatesHistory> history =
      facts::parse_rates(Source("twice", "Date,USD\n2026-11-20,1\n2026-11-20,2\n"));
  REQUIRE_FALSE(history);
  REQUIRE(history.faults()[0].related.size() == 1);
  CHECK(to_string(history.faults()[0].related[0]) == "twice:2:1");
}

std::string xml(const std::string& days) {
  return "<gesmes:Envelope>\n<Cube>\n" + days + "\n</Cube></gesmes:Envelope>";
}

TEST_CASE("bad XML") {
  const std::vector<Bad> table = {
      {xml("<Cube><Cube currency='USD' rate='1'/></Cube>"),
       {{Code::bad_rates, "3:2+4", "no attribute time"}}},
      {xml("<Cube time=''></Cube>"), {{Code::bad_time, "3:13+1", "empty"}}},
      {xml("<Cube time='20 November 2026'></Cube>"), {{Code::bad_time, "3:13+16", "not a date"}}},
      {xml("<Cube time='2026-13-01'>\n<Cube currency='usd' rate='1'/>\n<Cube rate='x'/>\n"
           "<Cube currency = \"GBP\"/>\n<Cube currency='GBP' rate='0'/></Cube>"),
       {{Code::bad_time, "3:18+2", "no month 13"},
        {Code::bad_rates, "4:17+3", "\"usd\" is not"},
        {Code::bad_rates, "5:2+4", "no attribute currency"},
        {Code::bad_rates, "6:2+4", "no attribute rate"},
        {Code::bad_rates, "7:28+1", "more than 0"}}},
      {xml("<!-- \xC3\xA9 --><Cube time='2026-11-20'><Cube currency='USD' rate='1,5'/></Cube>"),
       {{Code::bad_decimal, "3:63+1", ""}}},
  };
  for (const Bad& bad : table) check_bad(bad);
}

TEST_CASE("a file that is wrong throughout is told so once it is plain") {
  std::string text = "Date,USD\n";
  for (int i = 0; i < 5000; ++i) text += "tomorrow,1\n";
  Checked<facts::RatesHistory> history = facts::parse_rates(Source("many", text));
  REQUIRE_FALSE(history);
  CHECK(history.faults().size() == 100);
}

// Cut anywhere and with any byte changed, a file is read or refused, never worse.
TEST_CASE("damaged files") {
  for (const char* name : {"ecb_daily.csv", "ecb_daily.xml", "levy.json"}) {
    std::string whole = read(name);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      (void)facts::parse_rates(Source("cut", whole.substr(0, i)));
      for (char byte : {'\0', ' ', '<', '\'', '&', ',', '\n', '\xFF'}) {
        std::string changed = whole;
        changed[i] = byte;
        (void)facts::parse_rates(Source("changed", std::move(changed)));
      }
    }
  }
}

}  // namespace
}  // namespace levy

TEST_CASE("rates that do not say when they were taken hold at any time") {
  levy::Checked<levy::facts::RatesHistory> history = levy::facts::parse_rates(
      levy::Source("rates.json", R"({"levy_rates":1,"base":"EUR","rates":{"USD":"1.15"}})"));
  REQUIRE(history);
  CHECK(!history->rows[0].as_of);
  CHECK(history->at(levy::Instant{-62135596800, 0}) == &history->rows[0]);
}
