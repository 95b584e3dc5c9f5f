// Lines of JSON that are known by their shape: by the places of their quotes, or byte by byte.
#include <random>
#include <string>
#include <vector>

#include "batch/fast/line_shapes.h"
#include "batch/fast/separators.h"
#include "formats/json_lines.h"
#include "unit/catch.h"

namespace levy {
namespace {

const std::vector<std::string> columns = {"id", "amount", "note"};
const std::vector<std::size_t> written = {0};

class Lines {
 public:
  explicit Lines(unsigned seed) : dice_(seed) {}

  // Of some shape, and one in twenty with a byte changed.
  std::string line() {
    static const std::string far = std::string(70, ' ');
    std::string text;
    switch (dice_() % 5) {
      case 0:
        text =
            R"({"id":")" + word() + R"(","amount":)" + number() + R"(,"note":")" + word() + R"("})";
        break;
      case 1:
        text = R"({ "amount" : )" + number() + R"( , "id" : ")" + word() + R"(" })";
        break;
      case 2:
        text = R"({"note":")" + word() + R"(",)" + far + R"("id":")" + word() + R"(","amount":)" +
               number() + far + "}";
        break;
      case 3:
        text =
            R"( {"other":)" + number() + R"(,"id":")" + word() +
            R"(","a key that is far longer than any block of bytes that is compared at once":")" +
            word() + R"(","amount":)" + number() + "}";
        break;
      default:
        text = R"({"id":")" + word() + R"(","amount":")" + number() + R"("})";
    }
    if (dice_() % 20 == 0) text[dice_() % text.size()] = R"(",:{}0x. )"[dice_() % 9];
    return text + "\n";
  }

 private:
  std::string word() {
    std::string text;
    for (std::size_t i = dice_() % 12; i > 0; --i)
      text += static_cast<char>(dice_() % 30 == 0 ? ',' : 'a' + dice_() % 26);
    return text;
  }
  std::string number() {
    std::string text = std::to_string(dice_() % (dice_() % 2 == 0 ? 10 : 100000));
    if (dice_() % 2 == 0) text += "." + std::to_string(dice_() % 100);
    return text;
  }

  std::mt19937 dice_;
};

TEST_CASE("Lines are read alike by their quotes and byte by byte", "[batch]") {
  Lines source(7);
  batch::fast::LineShapes shapes(columns, written, false);
  std::size_t read = 0, refused = 0;
  for (int step = 0; step < 300; ++step) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += source.line();
    formats::JsonLinesReader reader("t", formats::ByteWindow(formats::read_from(text)));
    for (formats::Row row; reader.next(row);) shapes.learn(row);

    std::string padded = text + std::string(batch::fast::cell_padding, '"');
    std::string_view whole = std::string_view(padded).substr(0, text.size());
    batch::fast::Separators separators(batch::fast::Separators::Kind::quotes);
    separators.find(whole);
    REQUIRE(separators.is_plain());
    const std::uint16_t* places = separators.places();
    std::vector<batch::fast::CellSpan> cells(20 * columns.size() + 1), cell(columns.size() + 1);
    std::size_t begin = 0;
    for (std::size_t place = 0; place < separators.count();) {
      std::vector<batch::fast::CellSpan> lines;
      std::size_t its_own = shapes.read_plain(padded.data(), places + place,
                                              separators.count() - place, lines, cells.data());
      for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(lines[i].begin() == begin);
        CHECK(shapes.read(whole, begin, cell.data()) == std::size_t{lines[i].end});
        for (std::size_t column = 0; column < columns.size(); ++column) {
          const batch::fast::CellSpan& found = cells[i * columns.size() + column];
          CHECK(whole.substr(found.begin(), found.size()) ==
                whole.substr(cell[column].begin(), cell[column].size()));
        }
        begin = lines[i].end + std::size_t{1};
        ++read;
      }
      place += its_own;
      if (place == separators.count()) break;
      auto end = shapes.read(whole, begin, cell.data());
      CHECK((!end || whole[*end] != '\n'));
      ++refused;
      begin = whole.find('\n', begin) + 1;
      while (places[place++] + std::size_t{1} != begin) continue;
    }
    CHECK(begin == text.size());
  }
  CHECK(read > 4000);
  CHECK(refused > 200);
}

TEST_CASE("A shape has its own true, false and null, and any text that is UTF-8", "[batch]") {
  batch::fast::LineShapes shapes(columns, written, false);
  std::string learnt = R"({"id":"a","amount":1,"x":null,"note":true,"y":false})";
  formats::JsonLinesReader reader("t", formats::ByteWindow(formats::read_from(learnt)));
  formats::Row row;
  REQUIRE(reader.next(row));
  shapes.learn(row);
  struct Case {
    std::string line;
    bool fits;
  };
  const Case cases[] = {
      {R"({"id":"b2","amount":25.5,"x":null,"note":true,"y":false})", true},
      {R"({"id":"Ã©","amount":25.5,"x":null,"note":true,"y":false})", true},
      {"{\"id\":\"\xC3\xA9\x7F\",\"amount\":2,\"x\":null,\"note\":true,\"y\":false}", true},
      {R"({"id":"b","amount":2,"x":null,"note":false,"y":false})", false},
      {R"({"id":"b","amount":2,"x":1,"note":true,"y":false})", false},
      {R"({"id":"b","amount":2,"x":null,"note":truex,"y":false})", false},
  };
  for (const Case& one : cases) {
    INFO(one.line);
    std::string padded = one.line + "\n" + std::string(batch::fast::cell_padding, '"');
    std::string_view text = std::string_view(padded).substr(0, one.line.size() + 1);
    std::vector<batch::fast::CellSpan> cells(columns.size() + 1), cell(columns.size() + 1), lines;
    batch::fast::Separators separators(batch::fast::Separators::Kind::quotes);
    separators.find(text);
    shapes.read_plain(padded.data(), separators.places(), separators.count(), lines, cells.data());
    CHECK(separators.is_plain());
    CHECK((lines.size() == 1) == one.fits);
    std::optional<std::size_t> end = shapes.read(text, 0, cell.data());
    CHECK((end == one.line.size()) == one.fits);
    if (lines.empty()) continue;
    CHECK(text.substr(cells[2].begin(), cells[2].size()) == "true");
    CHECK(text.substr(cell[2].begin(), cell[2].size()) == "true");
  }
}

TEST_CASE("Where a null is a value that is not given, its line is left to its reader", "[batch]") {
  std::string line = R"({"id":null,"amount":1})";
  formats::JsonLinesReader reader("t", formats::ByteWindow(formats::read_from(line)));
  formats::Row row;
  REQUIRE(reader.next(row));
  for (bool gives_nulls : {false, true}) {
    batch::fast::LineShapes shapes(columns, written, gives_nulls);
    shapes.learn(row);
    std::vector<batch::fast::CellSpan> cells(columns.size() + 1);
    std::string padded = line + std::string(batch::fast::cell_padding, '"');
    std::string_view text = std::string_view(padded).substr(0, line.size());
    CHECK(shapes.read(text, 0, cells.data()).has_value() == !gives_nulls);
  }
}

TEST_CASE("A line with a comma in what is written as it stands is left to its reader", "[batch]") {
  batch::fast::LineShapes shapes(columns, written, false);
  auto line_of = [](const std::string& id) { return R"({"id":")" + id + R"(","note":",,"})"; };
  std::string learnt = line_of("a1");
  formats::JsonLinesReader reader("t", formats::ByteWindow(formats::read_from(learnt)));
  formats::Row row;
  REQUIRE(reader.next(row));
  shapes.learn(row);
  std::vector<batch::fast::CellSpan> cells(columns.size() + 1);
  auto fits = [&](const std::string& id) {
    std::string padded = line_of(id) + std::string(batch::fast::cell_padding, ',');
    return shapes.read(std::string_view(padded).substr(0, line_of(id).size()), 0, cells.data())
        .has_value();
  };
  for (std::size_t size = 0; size < 40; ++size) {
    CHECK(fits(std::string(size, '-')));
    for (std::size_t i = 0; i < size; ++i) {
      std::string id(size, '-');
      id[i] = ',';
      CHECK(!fits(id));
    }
  }
}

}  // namespace
}  // namespace levy
