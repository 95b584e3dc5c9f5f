#include "facts/mapping.h"

#include <algorithm>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "formats/encoding.h"
#include "formats/json.h"
#include "schedule/decode/decode_parts.h"
#include "schedule/decode/reader.h"

namespace levy::facts {
namespace {

constexpr int skipped_lines_max = 1000;
constexpr std::string_view text_remedy = "write a text in quotes; it is compared with the cell's";
constexpr std::string_view character_remedy = "write one character, such as \";\" or \"\\t\"";

std::vector<std::string> decode_texts(schedule::decode::Reader& reader, const formats::Node& list,
                                      std::string_view remedy) {
  std::vector<std::string> texts;
  if (!reader.expect_items(list, remedy)) return texts;
  for (const formats::Node& item : list.items) {
    if (auto text = reader.text(item, remedy)) texts.push_back(std::move(*text));
  }
  return texts;
}

// One text, or a list of them.
std::vector<std::string> decode_one_or_more(schedule::decode::Reader& reader,
                                            const formats::Node& node, std::string_view remedy) {
  if (node.is(formats::Node::Kind::array)) return decode_texts(reader, node, remedy);
  if (auto text = reader.text(node, remedy)) return {std::move(*text)};
  return {};
}

// ---- how the table is written ------------------------------------------------------------------

void decode_delimiter(schedule::decode::Reader& reader, const formats::Node& node,
                      formats::TableShape& shape) {
  auto text = reader.text(node, character_remedy);
  if (!text) return;
  bool is_usable = text->size() == 1 && *text != "\"" && *text != "\n" && *text != "\r" &&
                   static_cast<unsigned char>(text->front()) < 0x80;
  if (is_usable) {
    shape.delimiter = text->front();
  } else {
    reader.fault(node, Code::bad_value, in_quotes(*text) + " cannot stand between cells",
                 std::string(character_remedy));
  }
}

void decode_header(schedule::decode::Reader& reader, const formats::Node& node,
                   formats::TableShape& shape) {
  constexpr std::string_view remedy =
      "write true where the first line names the columns, else their names: [\"id\", \"amount\"]";
  if (node.is(formats::Node::Kind::boolean) && node.truth) return;
  if (!node.is(formats::Node::Kind::array)) {
    reader.fault(node, node.is(formats::Node::Kind::boolean) ? Code::bad_value : Code::wrong_type,
                 "the columns have no names", std::string(remedy));
    return;
  }
  shape.header = decode_texts(reader, node, remedy);
  for (std::size_t i = 0; i < shape.header->size(); ++i) {
    const std::string& name = (*shape.header)[i];
    bool is_known =
        std::find(shape.header->begin(), shape.header->begin() + static_cast<std::ptrdiff_t>(i),
                  name) != shape.header->begin() + static_cast<std::ptrdiff_t>(i);
    if (is_known && !name.empty() && i < node.items.size())
      reader.fault(node.items[i], Code::duplicate_id, "two columns are called " + in_quotes(name),
                   "give each column its own name, or \"\" to one that is not used");
  }
}

void decode_input(schedule::decode::Reader& reader, const formats::Node& node,
                  formats::TableShape& shape) {
  if (!reader.object(node, "an input", {{"delimiter", "skip_lines", "header", "encoding"}, {}}))
    return;
  if (const formats::Node* delimiter = node.find("delimiter"))
    decode_delimiter(reader, *delimiter, shape);
  if (const formats::Node* lines = node.find("skip_lines")) {
    shape.skipped_lines =
        static_cast<std::size_t>(reader.integer(*lines, 0, skipped_lines_max).value_or(0));
  }
  if (const formats::Node* header = node.find("header")) decode_header(reader, *header, shape);
  if (const formats::Node* encoding = node.find("encoding")) {
    auto which = reader.word(*encoding, "an encoding that is known here", formats::encodings());
    if (which) shape.encoding = formats::encodings()[*which];
  }
}

// ---- numbers and times -------------------------------------------------------------------------

void decode_negative(schedule::decode::Reader& reader, const formats::Node& node,
                     NumberForm& form) {
  static const schedule::decode::Words ways = {"minus", "parentheses", "trailing"};
  form.minus = false;
  auto take = [&](const formats::Node& one) {
    auto way = reader.word(one, "a way to write a negative number", ways);
    if (!way) return;
    (*way == 0 ? form.minus : *way == 1 ? form.parentheses : form.trailing) = true;
  };
  if (!node.is(formats::Node::Kind::array)) return take(node);
  if (!reader.expect_items(node, "name at least one way, or leave the key out")) return;
  for (const formats::Node& item : node.items) take(item);
}

NumberForm decode_numbers(schedule::decode::Reader& reader, const formats::Node& node) {
  NumberForm form;
  if (!reader.object(node, "\"numbers\"", {{"decimal", "group", "negative", "minor_units"}, {}}))
    return form;
  static const schedule::decode::Words decimals = {".", ","};
  if (const formats::Node* decimal = node.find("decimal")) {
    auto which = reader.word(*decimal, "a decimal separator", decimals);
    if (which) form.decimal = decimals[*which].front();
  }
  if (const formats::Node* group = node.find("group")) {
    constexpr std::string_view remedy =
        "write the character that stands between thousands: \".\", \",\", \" \" or \"'\"";
    auto text = reader.text(*group, remedy);
    bool is_one = text && count_code_points(*text) == 1 && !is_digit(text->front()) &&
                  *text != std::string(1, form.decimal) && *text != "-";
    if (is_one) form.group = *text;
    if (text && !is_one)
      reader.fault(*group, Code::bad_value, in_quotes(*text) + " cannot stand between thousands",
                   std::string(remedy) + "; another one than the decimal separator");
  }
  if (const formats::Node* negative = node.find("negative"))
    decode_negative(reader, *negative, form);
  if (const formats::Node* units = node.find("minor_units"))
    form.minor_units = reader.boolean(*units).value_or(false);
  return form;
}

std::map<std::string, std::int32_t, std::less<>> decode_zones(schedule::decode::Reader& reader,
                                                              const formats::Node& node) {
  constexpr std::string_view remedy = "write the offset from UTC, such as \"-04:00\"";
  std::map<std::string, std::int32_t, std::less<>> zones;
  if (!reader.expect(node, formats::Node::Kind::object, "write {\"EDT\": \"-04:00\"}"))
    return zones;
  for (const formats::Member& member : node.members) {
    auto text = reader.text(member.value, remedy);
    if (!text) continue;
    std::optional<std::int32_t> offset = read_utc_offset(*text);
    if (offset) zones[member.key] = *offset;
    if (!offset)
      reader.fault(member.value, Code::bad_value, in_quotes(*text) + " is not an offset from UTC",
                   std::string(remedy));
  }
  return zones;
}

std::optional<TimeForm> decode_times(schedule::decode::Reader& reader, const formats::Node& node) {
  if (!reader.object(node, "\"times\"", {{"format", "timezone", "zones"}, {}})) return std::nullopt;
  constexpr std::string_view remedy = "write how the times are written: \"%d.%m.%Y %H:%M:%S\"";
  const formats::Node* pattern = reader.need(node, "format", remedy);
  const formats::Node* zones = node.find("zones");
  std::optional<TimeFormat> format;
  std::map<std::string, std::int32_t, std::less<>> known;
  if (zones != nullptr) known = decode_zones(reader, *zones);
  if (pattern != nullptr) {
    if (auto text = reader.text(*pattern, remedy))
      format = reader.accept(*pattern, TimeFormat::of(*text, std::move(known)));
  }
  std::optional<TimeZone> timezone;
  if (const formats::Node* zone = node.find("timezone")) {
    auto name = reader.text(*zone, "write the name of a time zone, such as \"Europe/Berlin\"");
    if (name) timezone = reader.accept(*zone, TimeZone::find(*name));
  }
  if (!format) return std::nullopt;
  if (format->takes_zones() && zones == nullptr)
    reader.fault(*pattern, Code::missing_key, "%Z takes abbreviations, and none is listed",
                 "add \"zones\": {\"EDT\": \"-04:00\"}");
  if (!format->takes_zones() && zones != nullptr)
    reader.fault(*schedule::decode::find_member(node, "zones"), Code::conflicting_keys,
                 "\"zones\" are what %Z takes, and the format has none",
                 "write %Z where the abbreviation stands, or remove \"zones\"");
  return TimeForm{std::move(*format), std::move(timezone)};
}

// ---- rows --------------------------------------------------------------------------------------

std::optional<ColumnCondition> decode_condition(schedule::decode::Reader& reader,
                                                const formats::Member& member) {
  ColumnCondition condition;
  condition.column = member.key;
  condition.place = reader.place(member);
  const formats::Node* texts = &member.value;
  if (texts->is(formats::Node::Kind::object)) {
    if (!reader.object(*texts, "a condition on a column", {{"not"}, {}})) return std::nullopt;
    texts = reader.need(*texts, "not", "write {\"not\": \"Pending\"}");
    if (texts == nullptr) return std::nullopt;
    condition.is_not = true;
  }
  condition.texts = decode_one_or_more(reader, *texts, text_remedy);
  return condition;
}

RowChoice decode_choice(schedule::decode::Reader& reader, const formats::Node& node) {
  constexpr std::string_view remedy = "write {\"when\": {\"Status\": \"Completed\"}}";
  RowChoice choice;
  if (!reader.object(node, "a choice of rows", {{"when"}, {}})) return choice;
  const formats::Node* when = reader.need(node, "when", remedy);
  if (when == nullptr || !reader.expect(*when, formats::Node::Kind::object, remedy)) return choice;
  if (when->members.empty())
    reader.fault(*when, Code::bad_value, "this holds for every row", std::string(remedy));
  for (const formats::Member& member : when->members) {
    if (auto condition = decode_condition(reader, member)) choice.push_back(std::move(*condition));
  }
  return choice;
}

// ---- fields ------------------------------------------------------------------------------------

void decode_values(schedule::decode::Reader& reader, const formats::Node& node,
                   FieldMapping& field) {
  constexpr std::string_view remedy = "write what levy reads in its place, as a text in quotes";
  if (!reader.expect(node, formats::Node::Kind::object, "write {\"Payment\": \"payment\"}")) return;
  field.has_values = true;
  for (const formats::Member& member : node.members) {
    auto text = reader.text(member.value, remedy);
    if (!text) continue;
    if (member.key == "*") {
      field.other = std::move(*text);
    } else {
      field.values[member.key] = std::move(*text);
    }
  }
}

void decode_columns(schedule::decode::Reader& reader, const formats::Node& node,
                    FieldMapping& field) {
  const formats::Member* one = schedule::decode::find_member(node, "column");
  const formats::Member* several = schedule::decode::find_member(node, "columns");
  const formats::Member* constant = schedule::decode::find_member(node, "value");
  const formats::Member* first = one != nullptr ? one : several != nullptr ? several : constant;
  if (first == nullptr) {
    reader.fault(node, Code::missing_key, "nothing says which column it is",
                 "name it with \"column\", several with \"columns\", or give a constant \"value\"");
    return;
  }
  for (const formats::Member* other : {several, constant}) {
    if (other == nullptr || other == first) continue;
    reader.fault(*other, Code::conflicting_keys,
                 in_quotes(other->key) + " cannot stand beside " + in_quotes(first->key),
                 "keep one of the two");
  }
  if (first == several) {
    field.columns = decode_texts(reader, several->value, "name the columns in their order");
    return;
  }
  auto text =
      reader.text(first->value, first == constant ? "write the same text for every row, in quotes"
                                                  : "write the name of the column");
  if (!text) return;
  if (first == constant) {
    field.constant = std::move(*text);
  } else {
    field.columns = {std::move(*text)};
  }
}

// A constant is written as levy reads it.
void check_constant(schedule::decode::Reader& reader, const formats::Node& node) {
  if (schedule::decode::find_member(node, "value") == nullptr) return;
  for (std::string_view key : {"values", "sign", "case", "strip"}) {
    const formats::Member* beside = schedule::decode::find_member(node, key);
    if (beside == nullptr) continue;
    reader.fault(*beside, Code::conflicting_keys,
                 in_quotes(key) + " is about a column, and \"value\" is a constant",
                 "write the constant as levy is to read it");
  }
}

FieldMapping decode_field(schedule::decode::Reader& reader, const formats::Member& member) {
  FieldMapping field;
  field.field = member.key;
  field.place = reader.place(member);
  const formats::Node& node = member.value;
  if (node.is(formats::Node::Kind::string)) {
    if (!node.text.empty()) field.columns = {node.text};
    return field;
  }
  const schedule::decode::Keys keys{
      {"column", "columns", "value", "strip", "values", "case", "sign"}, {}};
  if (!reader.object(node, "a field", keys)) return field;
  decode_columns(reader, node, field);
  check_constant(reader, node);
  if (const formats::Node* strip = node.find("strip"))
    field.strips = decode_one_or_more(reader, *strip, "write the text that is taken off");
  if (const formats::Node* values = node.find("values")) decode_values(reader, *values, field);
  if (const formats::Node* letters = node.find("case")) {
    auto which = reader.word(*letters, "a case", {"lower", "upper"});
    if (which) field.letters = *which == 0 ? FieldMapping::Case::lower : FieldMapping::Case::upper;
  }
  if (const formats::Node* sign = node.find("sign")) {
    auto which = reader.word(*sign, "what is done with a sign", {"negate", "absolute"});
    if (which) field.sign = *which == 0 ? NumberSign::negate : NumberSign::absolute;
  }
  return field;
}

// ---- the document ------------------------------------------------------------------------------

void decode_version(schedule::decode::Reader& reader, const formats::Node& root) {
  constexpr std::string_view remedy = "write \"levy_mapping\": 1";
  const formats::Node* node = reader.need(root, "levy_mapping", remedy);
  if (node == nullptr || !reader.expect(*node, formats::Node::Kind::number, remedy) ||
      node->text == "1")
    return;
  reader.fault(*node, Code::bad_value, "mappings of format " + node->text + " are unknown here",
               std::string(remedy));
}

Mapping decode_mapping(schedule::decode::Reader& reader, const formats::Node& root) {
  Mapping mapping;
  const schedule::decode::Keys keys{{"$schema", "levy_mapping", "id", "title", "note", "source",
                                     "input", "numbers", "times", "rows", "fields"},
                                    {}};
  if (!reader.object(root, "a mapping", keys)) return mapping;
  decode_version(reader, root);
  if (const formats::Node* id = reader.need(root, "id", "name it: \"id\": \"stripe-balance\""))
    mapping.id = reader.id(*id).value_or("");
  for (std::string_view key : {"title", "note"})
    schedule::decode::decode_local_text(reader, root, key);
  if (const formats::Node* source = root.find("source"))
    reader.text(*source, "write where the layout is described");
  mapping.shape.is_mapped = true;
  if (const formats::Node* input = root.find("input")) decode_input(reader, *input, mapping.shape);
  if (const formats::Node* numbers = root.find("numbers"))
    mapping.numbers = decode_numbers(reader, *numbers);
  if (const formats::Node* times = root.find("times")) mapping.times = decode_times(reader, *times);
  if (const formats::Node* rows = root.find("rows")) {
    if (reader.expect_items(*rows, "list the rows that are read, or leave the key out")) {
      for (const formats::Node& item : rows->items)
        mapping.choices.push_back(decode_choice(reader, item));
    }
  }
  const formats::Node* fields = root.find("fields");
  if (fields != nullptr && reader.expect(*fields, formats::Node::Kind::object,
                                         "write {\"amount\": \"COLUMN\", \"time\": \"COLUMN\"}")) {
    for (const formats::Member& member : fields->members)
      mapping.fields.push_back(decode_field(reader, member));
  }
  return mapping;
}

}  // namespace

const FieldMapping* Mapping::find(std::string_view field) const {
  auto found = std::find_if(fields.begin(), fields.end(),
                            [&](const FieldMapping& one) { return one.field == field; });
  return found == fields.end() ? nullptr : &*found;
}

Checked<Mapping> load_mapping(Source source) {
  Checked<formats::Document> document = formats::parse_json(std::move(source));
  if (!document) return std::move(document).faults();
  schedule::decode::Reader reader(*document);
  Mapping mapping;
  if (!reader.is_another_document(document->root, "a mapping"))
    mapping = decode_mapping(reader, document->root);
  mapping.file = document->source.file();
  Diagnostics faults = reader.take_faults();
  if (!faults.empty()) return faults;
  return mapping;
}

}  // namespace levy::facts
