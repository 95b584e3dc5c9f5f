// Meters: what is counted of an account's past operations, and over which window.
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_parts.h"

namespace levy::schedule::decode {
namespace {

using Kind = Window::Kind;

const Words& window_words() {
  static const Words words = {"transaction", "day", "week", "month", "quarter", "year", "lifetime"};
  return words;
}

Kind window_kind(std::size_t word) {
  constexpr Kind kinds[] = {Kind::transaction, Kind::day,  Kind::week,    Kind::month,
                            Kind::quarter,     Kind::year, Kind::lifetime};
  return kinds[word];
}

// "MM-DD" of some year: 2000 has every day that a year can have.
std::optional<Day> parse_year_day(std::string_view text) {
  Checked<Day> day = parse_day("2000-" + std::string(text));
  if (!day) return std::nullopt;
  return *day;
}

std::optional<Window> decode_year_from(Reader& reader, const formats::Node& node) {
  constexpr std::string_view remedy = "write the month and day on which the year begins, \"04-01\"";
  if (!reader.expect(node, formats::Node::Kind::string, remedy)) return std::nullopt;
  if (!parse_year_day(node.text)) {
    reader.fault(node, Code::bad_time, in_quotes(node.text) + " is not a day of the year",
                 std::string(remedy));
    return std::nullopt;
  }
  Window window;
  window.kind = Kind::year_from;
  window.month = (node.text[0] - '0') * 10 + (node.text[1] - '0');
  window.day = (node.text[3] - '0') * 10 + (node.text[4] - '0');
  return window;
}

std::optional<Window> decode_previous(Reader& reader, const formats::Node& node) {
  std::optional<std::size_t> at =
      reader.word(node, "a calendar period", {"day", "week", "month", "quarter", "year"});
  if (!at) return std::nullopt;
  Window window;
  window.kind = Kind::previous;
  window.period = window_kind(*at + 1);
  return window;
}

std::optional<Window> decode_rolling(Reader& reader, const formats::Node& node) {
  if (!reader.expect(node, formats::Node::Kind::string, "write a length, \"24h\" or \"30d\""))
    return std::nullopt;
  std::optional<std::int64_t> seconds = reader.accept(node, parse_duration(node.text));
  if (!seconds) return std::nullopt;
  Window window;
  window.kind = Kind::rolling;
  window.seconds = *seconds;
  return window;
}

std::optional<Window> decode_day_from(Reader& reader, const formats::Node& node) {
  constexpr std::string_view remedy = "write the time at which the day begins, \"16:30\"";
  if (!reader.expect(node, formats::Node::Kind::string, remedy)) return std::nullopt;
  std::optional<std::int32_t> seconds = reader.accept(node, parse_time_of_day(node.text));
  if (!seconds) return std::nullopt;
  Window window;
  window.kind = Kind::day_from;
  window.seconds = *seconds;
  return window;
}

std::optional<Window> decode_week_from(Reader& reader, const formats::Node& node) {
  Words weekdays;
  for (int day = 0; day < 7; ++day) weekdays.emplace_back(weekday_word(day));
  std::optional<std::size_t> at = reader.word(node, "a weekday", weekdays);
  if (!at) return std::nullopt;
  Window window;
  window.kind = Kind::week_from;
  window.day = static_cast<int>(*at);
  return window;
}

std::optional<Window> decode_month_from(Reader& reader, const formats::Node& node) {
  std::optional<int> day = reader.integer(node, 1, 28);
  if (!day) return std::nullopt;
  Window window;
  window.kind = Kind::month_from;
  window.day = *day;
  return window;
}

// What other words for a window mean; "" where none is surely meant.
std::string likely_window(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> others[] = {
      {"daily", "\"day\""},
      {"per_day", "\"day\""},
      {"calendar_day", "\"day\""},
      {"weekly", "\"week\""},
      {"calendar_week", "\"week\""},
      {"monthly", "\"month\""},
      {"per_month", "\"month\""},
      {"calendar_month", "\"month\""},
      {"quarterly", "\"quarter\""},
      {"yearly", "\"year\""},
      {"annual", "\"year\""},
      {"calendar_year", "\"year\""},
      {"single", "\"transaction\""},
      {"per_transaction", "\"transaction\""},
      {"total", "\"lifetime\""},
      {"ever", "\"lifetime\""},
      {"previous_month", "{\"previous\": \"month\"}"},
      {"last_month", "{\"previous\": \"month\"}"}};
  for (const auto& [other, meant] : others) {
    if (text == other) return std::string(meant);
  }
  if (parse_duration(text)) return "{\"rolling\": " + in_quotes(text) + "}";
  return "";
}

std::optional<Window> decode_window(Reader& reader, const formats::Node& node) {
  std::string meant = node.is(formats::Node::Kind::string) ? likely_window(node.text) : "";
  if (!meant.empty()) {
    reader.fault(node, Code::unknown_value, in_quotes(node.text) + " is not a window",
                 "write " + meant);
    return std::nullopt;
  }
  if (!node.is(formats::Node::Kind::object)) {
    std::optional<std::size_t> at = reader.word(node, "a window", window_words());
    if (!at) return std::nullopt;
    Window window;
    window.kind = window_kind(*at);
    return window;
  }
  struct Form {
    const char* key;
    std::optional<Window> (*decode)(Reader&, const formats::Node&);
  };
  constexpr Form forms[] = {{"year_from", decode_year_from}, {"previous", decode_previous},
                            {"rolling", decode_rolling},     {"day_from", decode_day_from},
                            {"week_from", decode_week_from}, {"month_from", decode_month_from}};
  Keys keys;
  for (const Form& form : forms) keys.known.emplace_back(form.key);
  if (!reader.object(node, "a window", keys)) return std::nullopt;
  if (node.members.size() != 1) {
    reader.fault(node, node.members.empty() ? Code::missing_key : Code::conflicting_keys,
                 node.members.empty() ? "the window is empty" : "a window is one of these, not two",
                 "write one word, or one of {\"year_from\": \"04-01\"}, {\"month_from\": 15}, "
                 "{\"week_from\": \"sun\"}, {\"day_from\": \"16:30\"}, {\"previous\": "
                 "\"month\"}, {\"rolling\": \"30d\"}");
    return std::nullopt;
  }
  for (const Form& form : forms) {
    if (const formats::Node* value = node.find(form.key)) return form.decode(reader, *value);
  }
  return std::nullopt;
}

void decode_measure(Draft& draft, const formats::Node& node, Meter& meter) {
  const Words words = {"amount", "debit", "count", "balance"};
  constexpr Meter::Measure measures[] = {Meter::Measure::amount, Meter::Measure::debit,
                                         Meter::Measure::count, Meter::Measure::balance};
  if (!draft.reader.expect(node, formats::Node::Kind::string,
                           "write \"amount\", \"debit\", \"count\" or a quantity's name"))
    return;
  auto found = std::find(words.begin(), words.end(), node.text);
  if (found != words.end()) {
    meter.measure = measures[found - words.begin()];
  } else {
    meter.measure = Meter::Measure::quantity;
    meter.quantity = node.text;
    is_known_quantity(draft, node, {"amount", "debit", "count"});
  }
}

// A meter that does not count money has no currency.
void decode_meter_currency(Draft& draft, const formats::Node& object, Meter& meter) {
  const formats::Member* currency = find_member(object, "currency");
  if (currency == nullptr) return;
  meter.currency = draft.money().currency(currency->value).value_or(Currency());
  if (measured_by(meter.measure) == Measured::money) return;
  draft.reader.fault(*currency, Code::conflicting_keys,
                     "\"currency\" is for meters that count money, and this one does not",
                     "remove \"currency\"");
}

}  // namespace

Measured measured_by(Meter::Measure measure) {
  switch (measure) {
    case Meter::Measure::amount:
    case Meter::Measure::debit:
    case Meter::Measure::fee:
    case Meter::Measure::balance:
      return Measured::money;
    case Meter::Measure::count:
    case Meter::Measure::quantity:
    case Meter::Measure::units:
      return Measured::number;
  }
  ensure(false, "every measure is money or a number");
  return Measured::number;
}

bool is_known_quantity(Draft& draft, const formats::Node& node, Words known) {
  if (draft.schedule.find_quantity(node.text) || draft.names_doubtful) return true;
  for (const Quantity& quantity : draft.schedule.quantities) known.push_back(quantity.name);
  draft.reader.fault(
      node, Code::unknown_quantity,
      "there is no quantity " + in_quotes(node.text) + did_you_mean(node.text, known),
      "declare it under \"quantities\", or correct the name");
  return false;
}

// Attributes by whose values a meter counts separately.
std::vector<std::string> decode_per_attributes(Draft& draft, const formats::Node& node) {
  constexpr std::string_view remedy = "name an attribute, \"recipient\", or list some";
  std::vector<std::string> names;
  bool list = node.is(formats::Node::Kind::array);
  if (list && !draft.reader.expect_items(node, remedy)) return names;
  for (const formats::Node* item : list ? items_of(node) : std::vector{&node}) {
    if (!draft.reader.text(*item, remedy)) continue;
    const auto& builtin = builtin_attributes();
    bool known = draft.schedule.find_attribute(item->text) != nullptr ||
                 std::find(builtin.begin(), builtin.end(), item->text) != builtin.end();
    bool clock = item->text == "date" || item->text == "time_of_day";
    if (known && !clock) {
      names.push_back(item->text);
    } else if (!draft.names_doubtful) {
      draft.reader.fault(*item, Code::unknown_attribute,
                         clock
                             ? in_quotes(item->text) + " is not what accounts are distinguished by"
                             : "there is no attribute " + in_quotes(item->text),
                         clock ? "say over which time with \"window\""
                               : "declare it under \"attributes\", or correct the name");
    }
  }
  return names;
}

Meter decode_meter(Draft& draft, const formats::Node& object,
                   std::optional<Meter::Measure> implied) {
  Meter meter;
  meter.place = draft.reader.place(object);
  const formats::Node* measure = object.find("measure");
  if (implied) {
    meter.measure = *implied;
  } else if (measure != nullptr) {
    decode_measure(draft, *measure, meter);
  }
  if (const formats::Node* operations = object.find("operation"))
    meter.operations = decode_operations(draft, *operations);
  meter.when =
      decode_key(object, "when", [&](const formats::Node& n) { return decode_when(draft, n); });
  if (const formats::Node* per = object.find("per")) meter.per = decode_per_attributes(draft, *per);
  auto window = [&](const formats::Node& node) { return decode_window(draft.reader, node); };
  meter.window = decode_key(object, "window", window).value_or(Window());
  decode_meter_currency(draft, object, meter);
  if (!meter.per.empty() && meter.window.kind == Window::Kind::transaction) {
    draft.reader.fault(*find_member(object, "per"), Code::conflicting_keys,
                       "\"per\" tells past operations apart, and this meter counts none",
                       "give it a \"window\", or remove \"per\"");
  }
  return meter;
}

}  // namespace levy::schedule::decode
