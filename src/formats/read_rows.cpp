#include "formats/read_rows.h"

#include <deque>
#include <memory>
#include <utility>

#include "formats/csv.h"
#include "formats/json_lines.h"
#include "formats/json_scan.h"
#include "formats/table_form.h"
#include "money/decimal.h"

namespace levy {
namespace {

bool begins_with_object(ByteWindow& bytes) {
  while (true) {
    std::string_view text = bytes.text();
    std::size_t at = skip_json_space(text, 0);
    if (at < text.size()) return text[at] == '{';
    if (!bytes.grow()) return false;
  }
}

// A std::function wants to be copied, and readers do not.
template <class Reader>
NextRow next_of(Reader reader) {
  auto shared = std::make_shared<Reader>(std::move(reader));
  return [shared](Row& row) { return shared->next(row); };
}

// As a row of JSON Lines would have it.
struct ItemReader {
  const Document* document = nullptr;
  const Node* array = nullptr;
  std::size_t index = 0;
  std::deque<std::string> rewritten;

  std::string_view text_of(const Node& value) {
    std::string_view written = document->source.text().substr(value.begin, value.end - value.begin);
    switch (value.kind) {
      case Node::Kind::null:
        return {};
      case Node::Kind::string:
        return value.text;
      case Node::Kind::boolean:
      case Node::Kind::array:
      case Node::Kind::object:
        return written;
      case Node::Kind::number:
        break;
    }
    Checked<Decimal> number = parse_json_number(value.text);
    if (!number || value.text.find_first_of("eE") == std::string::npos) return value.text;
    return rewritten.emplace_back(number->to_string());
  }

  bool next(Row& row) {
    row = Row{};
    rewritten.clear();
    if (index == array->items.size()) return false;
    const Node& item = array->items[index++];
    Place place = document->place(item);
    row.line = place.line();
    row.byte_offset = item.begin;
    row.raw = document->source.text().substr(item.begin, item.end - item.begin);
    if (!item.is(Node::Kind::object)) {
      row.fault = Diagnostic{Code::wrong_type,
                             "an object is expected here, not " + std::string(name_of(item.kind)),
                             "write a row as an object, {\"amount\": \"250\"}", place};
    }
    for (const Member& member : item.members) {
      row.names.push_back(member.key);
      row.texts.push_back(text_of(member.value));
    }
    return true;
  }
};

}  // namespace

NextRow read_table(std::string file, ReadBlock read, std::string needed) {
  ByteWindow bytes(std::move(read));
  if (std::optional<Diagnostic> fault = find_foreign_form(bytes, file)) {
    return [fault = std::move(fault)](Row& row) mutable {
      row = Row{};
      row.fault = std::exchange(fault, std::nullopt);
      return row.fault.has_value();
    };
  }
  if (begins_with_object(bytes)) return next_of(JsonLinesReader(std::move(file), std::move(bytes)));
  CsvReader reader(std::move(file), std::move(bytes));
  reader.needs_column(std::move(needed));
  return next_of(std::move(reader));
}

NextRow read_items(const Document& document, const Node& array) {
  return next_of(ItemReader{&document, &array, 0, {}});
}

}  // namespace levy
