#include "facts/rates.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "facts/rates_ecb.h"
#include "formats/json.h"
#include "money/rational.h"
#include "schedule/decode/reader.h"

namespace levy::facts {
namespace {

constexpr std::string_view forms_remedy =
    "give levy's rates JSON, or an ECB reference rates file (CSV or XML) as published";

Diagnostic rate_fault(std::string message, std::string remedy) {
  Diagnostic fault;
  fault.code = Code::bad_rates;
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  return fault;
}

void decode_rates_format(schedule::decode::Reader& reader, const formats::Node& node) {
  constexpr std::string_view remedy = "write \"levy_rates\": 1";
  if (!reader.expect(node, formats::Node::Kind::number, remedy) || node.text == "1") return;
  reader.fault(node, Code::bad_rates, "rates of format " + node.text + " are unknown here",
               std::string(remedy));
}

std::optional<Currency> decode_currency(schedule::decode::Reader& reader,
                                        const formats::Node& node) {
  auto code = reader.text(node, "write a currency code, such as \"EUR\"");
  return code ? reader.accept(node, parse_rate_currency(*code)) : std::nullopt;
}

std::optional<Instant> decode_as_of(schedule::decode::Reader& reader, const formats::Node& node) {
  auto text = reader.text(node, "write a time, such as \"2026-11-20T15:00:00Z\"");
  return text ? reader.accept(node, parse_instant(*text, TimeZone())) : std::nullopt;
}

void decode_pair(schedule::decode::Reader& reader, const formats::Member& member, Rates& row) {
  Checked<Currency> currency = parse_rate_currency(member.key);
  if (!currency) {
    const Diagnostic& fault = currency.faults().front();
    reader.fault(member, fault.code, fault.message, fault.remedy);
  }
  std::optional<Rational> rate;
  if (member.value.is(formats::Node::Kind::string)) {
    rate = reader.accept(member.value, parse_fraction(member.value.text, FractionOf::decimals));
  } else if (std::optional<Decimal> decimal = reader.decimal(member.value)) {
    rate = Rational(*decimal);
  }
  if (!currency || !rate) return;
  std::optional<Diagnostic> fault = add_rate(row, *currency, *rate);
  if (fault) reader.fault(member.value, fault->code, fault->message, fault->remedy);
}

void decode_rates(schedule::decode::Reader& reader, const formats::Node& object, Rates& row) {
  constexpr std::string_view remedy =
      "say how many units one base is: \"rates\": {\"USD\": \"1.1523\"}";
  const formats::Node* rates = reader.need(object, "rates", remedy);
  if (rates == nullptr || !reader.expect(*rates, formats::Node::Kind::object, remedy)) return;
  for (const formats::Member& member : rates->members) decode_pair(reader, member, row);
}

// Rows by ascending time, each of which says its own.
std::vector<Rates> decode_history(schedule::decode::Reader& reader, const formats::Node& list,
                                  Currency base) {
  constexpr std::string_view remedy =
      "list the rates by time: [{\"as_of\": \"2026-11-20T15:00:00Z\", \"rates\": {...}}]";
  std::vector<Rates> rows;
  if (!reader.expect_items(list, remedy)) return rows;
  for (const formats::Node& item : list.items) {
    if (!reader.object(item, "rates of one time", {{"as_of", "rates"}, {}})) continue;
    Rates row;
    row.base = base;
    const formats::Node* as_of = reader.need(item, "as_of", "say when the rates were taken");
    if (as_of != nullptr) row.as_of = decode_as_of(reader, *as_of);
    decode_rates(reader, item, row);
    bool ascends = rows.empty() || !row.as_of || *rows.back().as_of < *row.as_of;
    if (!ascends) {
      reader.fault(*as_of, Code::bad_rates, "this is not later than the rates before it",
                   "sort the list by time, and give each time once");
    }
    if (row.as_of && ascends) rows.push_back(std::move(row));
  }
  return rows;
}

// Whatever is found, so that one run names every fault; whole only where the reader found none.
std::vector<Rates> decode_file(schedule::decode::Reader& reader, const formats::Node& root) {
  const schedule::decode::Keys keys{{"levy_rates", "base", "as_of", "rates", "history"}, {}};
  if (!reader.object(root, "a rates file", keys)) return {};
  const formats::Node* format = reader.need(root, "levy_rates", "write \"levy_rates\": 1");
  if (format != nullptr) decode_rates_format(reader, *format);
  const formats::Node* base =
      reader.need(root, "base", "name the base currency: \"base\": \"EUR\"");
  Rates row;
  if (base != nullptr) row.base = decode_currency(reader, *base).value_or(Currency());
  if (const formats::Node* history = root.find("history")) {
    for (std::string_view key : {"as_of", "rates"}) {
      const formats::Member* beside = schedule::decode::find_member(root, key);
      if (beside == nullptr) continue;
      reader.fault(*beside, Code::conflicting_keys,
                   in_quotes(key) + " cannot stand beside \"history\"",
                   "write it inside the list, or remove \"history\"");
    }
    return decode_history(reader, *history, row.base);
  }
  if (const formats::Node* as_of = root.find("as_of")) row.as_of = decode_as_of(reader, *as_of);
  decode_rates(reader, root, row);
  return {std::move(row)};
}

Checked<RatesHistory> parse_json_rates(Source source) {
  Checked<formats::Document> document = formats::parse_json(std::move(source));
  if (!document) return std::move(document).faults();
  schedule::decode::Reader reader(*document);
  std::vector<Rates> rows;
  if (!reader.is_another_document(document->root, "a rates file"))
    rows = decode_file(reader, document->root);
  Diagnostics faults = reader.take_faults();
  if (!faults.empty()) return faults;
  return RatesHistory{document->source.file(), std::move(rows)};
}

// The first bytes, without a byte order mark and blanks.
std::string_view start_of(std::string_view text) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (text.substr(0, bom.size()) == bom) text.remove_prefix(bom.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

bool is_html(std::string_view start) {
  std::string head(start.substr(0, 9));
  std::transform(head.begin(), head.end(), head.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return head == "<!doctype" || head.substr(0, 5) == "<html";
}

// What the file is instead.
Diagnostic no_rates_file(const Source& source) {
  std::string_view text = source.text();
  std::string_view start = start_of(text);
  Diagnostic fault =
      rate_fault("this is not a rates file in a known format", std::string(forms_remedy));
  if (start.empty()) fault.message = "the rates file is empty";
  if (is_html(start)) fault.message = "this is a web page, not a rates file";
  if (text.substr(0, 2) == "PK" || text.substr(0, 2) == "\x1F\x8B") {
    fault.message = "the rates file is packed";
    fault.remedy = "unpack it first";
    fault.place = Place::of_file(source.file());
    return fault;
  }
  fault.place = source.place(text.size() - start.size(), text.size() - start.size());
  return fault;
}

std::optional<Diagnostic> find_nul(const Source& source) {
  std::size_t at = source.text().find('\0');
  if (at == std::string_view::npos) return std::nullopt;
  Diagnostic fault = rate_fault("the file has a NUL byte", "download or export it again");
  fault.code = Code::nul_byte;
  fault.place = source.place(at, at + 1);
  return fault;
}

}  // namespace

Checked<Currency> parse_rate_currency(std::string_view code) {
  std::optional<Currency> currency = Currency::of(code);
  if (currency) return *currency;
  return rate_fault(in_quotes(code) + " is not a currency code",
                    "write the code in capitals, such as USD");
}

std::optional<Diagnostic> add_rate(Rates& row, Currency currency, const Rational& rate) {
  std::string code(currency.code());
  if (rate.sign() <= 0) {
    return rate_fault("a rate is more than 0, and " + code + "'s is " + rate.to_string(),
                      "give the units of " + code + " that one unit of the base is worth");
  }
  if (currency == row.base) {
    if (rate == Rational(1)) return std::nullopt;
    return rate_fault(code + " is the base, so its rate is 1, not " + rate.to_string(),
                      "leave " + code + " out, or name the right base");
  }
  if (row.rates.emplace(currency, rate).second) return std::nullopt;
  return rate_fault(code + " is given twice", "leave one of the two out");
}

std::optional<Rational> Rates::mid(Currency source, Currency target) const {
  if (source == target) return Rational(1);
  auto per_base = [this](Currency currency) -> std::optional<Rational> {
    if (currency == base) return Rational(1);
    auto found = rates.find(currency);
    return found == rates.end() ? std::nullopt : std::optional<Rational>(found->second);
  };
  std::optional<Rational> from = per_base(source);
  std::optional<Rational> to = per_base(target);
  if (!from || !to) return std::nullopt;
  return *to / *from;
}

const Rates* RatesHistory::at(Instant t) const {
  auto after = std::upper_bound(rows.begin(), rows.end(), t, [](Instant instant, const Rates& row) {
    return instant < row.as_of;
  });
  return after == rows.begin() ? &before : &*std::prev(after);
}

namespace {

Checked<RatesHistory> parse_any_rates(Source source) {
  std::string_view start = start_of(source.text());
  if (start.substr(0, 1) == "{" || start.substr(0, 1) == "[") {
    return parse_json_rates(std::move(source));
  }
  bool csv = start.substr(0, 4) == "Date";
  if (!csv && (start.substr(0, 1) != "<" || is_html(start))) return no_rates_file(source);
  if (std::optional<Diagnostic> fault = find_nul(source)) return *fault;
  return csv ? parse_ecb_csv(source) : parse_ecb_xml(source);
}

}  // namespace

Checked<RatesHistory> parse_rates(Source source) {
  Checked<RatesHistory> rates = parse_any_rates(std::move(source));
  if (rates) rates->before.begins = rates->rows.front().as_of;
  return rates;
}

}  // namespace levy::facts
