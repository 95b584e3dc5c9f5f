#include "schedule/decode/decode_money.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "money/likely.h"
#include "money/rational.h"

namespace levy::schedule::decode {
namespace {

constexpr std::string_view money_remedy = "write money as a string, \"12.50 EUR\"";

// {"EUR": "1"} as the list that it must mean, ["1 EUR"]; "" for anything else.
std::string likely_list(const formats::Node& node) {
  std::string list;
  for (const formats::Member& member : node.members) {
    bool entry = Currency::of(member.key) && (member.value.is(formats::Node::Kind::string) ||
                                              member.value.is(formats::Node::Kind::number));
    if (!entry) return "";
    list += (list.empty() ? "" : ", ") + in_quotes(member.value.text + " " + member.key);
  }
  return list.empty() ? "" : "[" + list + "]";
}

}  // namespace

std::vector<const formats::Node*> items_of(const formats::Node& array) {
  std::vector<const formats::Node*> items;
  for (const formats::Node& item : array.items) items.push_back(&item);
  return items;
}

std::optional<Rate> decode_rate(Reader& reader, const formats::Node& node, int unit) {
  std::optional<Rational> value;
  if (node.is(formats::Node::Kind::string)) {
    value = reader.accept(node, parse_fraction(node.text, FractionOf::whole_numbers));
  } else if (std::optional<Decimal> decimal = reader.decimal(node)) {
    value = Rational(*decimal);
  }
  if (!value) return std::nullopt;
  return Rate{*value / Rational(unit), node.text, reader.place(node)};
}

std::optional<Currency> MoneyReader::currency(const formats::Node& node) const {
  if (!reader_.expect(node, formats::Node::Kind::string,
                      "write a currency's code, for example \"EUR\""))
    return std::nullopt;
  std::optional<Currency> currency = Currency::of(node.text);
  if (currency && currencies_.find_digits(*currency)) return currency;
  std::string meant = likely_currency(node.text, currencies_);
  std::string remedy = currency ? declare_words(node.text) : "use an ISO 4217 code";
  reader_.fault(node, Code::unknown_currency, in_quotes(node.text) + " is not a known currency",
                meant.empty() ? remedy : "write " + in_quotes(meant));
  return std::nullopt;
}

bool MoneyReader::keeps_sign(const formats::Node& node, int sign, AmountRule::Sign wanted) const {
  if (wanted == AmountRule::Sign::any || sign > 0) return true;
  if (wanted == AmountRule::Sign::not_negative && sign == 0) return true;
  reader_.fault(node, Code::not_positive,
                node.text + (sign < 0 ? " is negative" : " is not above 0"),
                wanted == AmountRule::Sign::positive ? "write a value above 0" : "write 0 or more");
  return false;
}

bool MoneyReader::keeps(const formats::Node& node, const Money& money, AmountRule rule) const {
  if (!keeps_sign(node, money.amount.sign(), rule.sign)) return false;
  Decimal unit = currencies_.minor_unit(money.currency);
  if (!rule.fits || is_multiple(money.amount, unit)) return true;
  std::string code(money.currency.code());
  reader_.fault(node, Code::precision,
                node.text + " is finer than the minor unit of " + code + ", " + unit.to_string(),
                "write a multiple of " + unit.to_string() + " " + code +
                    "; only the prices \"flat\", \"each\" and \"charge\" may be finer");
  return false;
}

std::optional<Money> MoneyReader::money(const formats::Node& node, AmountRule rule) const {
  std::optional<Money> money;
  if (std::string meant = likely_list(node); !meant.empty()) {
    reader_.fault(node, Code::wrong_type, "an amount names its currency inside its text",
                  "write " + meant);
    return std::nullopt;
  }
  if (node.is(formats::Node::Kind::number)) {
    std::optional<Decimal> amount = reader_.decimal(node);
    if (!amount) return std::nullopt;
    if (bare_.empty()) {
      reader_.fault(
          node, Code::bad_amount, node.text + " names no currency",
          "write it with one, \"" + node.text + " EUR\", or give the schedule a \"currency\"");
      return std::nullopt;
    }
    money = Money{Rational(*amount), bare_};
  } else if (reader_.expect(node, formats::Node::Kind::string, money_remedy)) {
    money = reader_.accept(node, parse_money(node.text, currencies_, bare_));
  }
  if (!money || !keeps(node, *money, rule)) return std::nullopt;
  return money;
}

std::optional<Decimal> MoneyReader::number(const formats::Node& node, AmountRule::Sign sign) const {
  Checked<Money> money =
      parse_money(node.is(formats::Node::Kind::string) ? node.text : "", currencies_, {});
  if (money) {
    std::string amount = money->amount.to_string();
    reader_.fault(node, Code::bad_decimal, "a plain number is expected here, not money",
                  "write " + in_quotes(amount) + ": this is not an amount of a currency");
    return std::nullopt;
  }
  std::optional<Decimal> number = reader_.decimal(node);
  if (!number || !keeps_sign(node, number->sign(), sign)) return std::nullopt;
  return number;
}

std::optional<MoneyList> MoneyReader::entries(const std::vector<const formats::Node*>& nodes,
                                              AmountRule rule) const {
  MoneyList list;
  std::vector<const formats::Node*> places;
  bool sound = true;
  for (const formats::Node* node : nodes) {
    std::optional<Money> entry = money(*node, rule);
    sound = sound && entry;
    if (!entry) continue;
    const Money* twin = find_money(list, entry->currency);
    if (twin != nullptr) {
      std::string code(entry->currency.code());
      reader_.fault(*node, Code::duplicate_money, "the list has two amounts in " + code,
                    "keep one amount per currency",
                    {reader_.place(*places[static_cast<std::size_t>(twin - list.data())])});
      sound = false;
      continue;
    }
    list.push_back(*entry);
    places.push_back(node);
  }
  if (!sound) return std::nullopt;
  return list;
}

std::optional<Price> MoneyReader::price(const formats::Node& node, AmountRule rule) const {
  std::optional<MoneyList> list;
  if (!node.is(formats::Node::Kind::array)) {
    list = entries({&node}, rule);
  } else if (reader_.expect_items(node, "write one amount per currency, [\"0.30 EUR\"]")) {
    list = entries(items_of(node), rule);
  }
  if (!list) return std::nullopt;
  return Price{*std::move(list), reader_.place(node), !node.is(formats::Node::Kind::array)};
}

std::optional<Figure> MoneyReader::figure(const formats::Node& node, Measured measured,
                                          AmountRule rule) const {
  Figure figure;
  figure.place = reader_.place(node);
  if (measured == Measured::number) {
    figure.number = number(node, rule.sign);
    if (!figure.number) return std::nullopt;
    return figure;
  }
  std::optional<Price> money = price(node, rule);
  if (!money) return std::nullopt;
  figure.money = std::move(money->money);
  return figure;
}

std::optional<Figure> MoneyReader::single(const formats::Node& node, Measured measured,
                                          AmountRule rule) const {
  if (measured == Measured::number || !node.is(formats::Node::Kind::array))
    return figure(node, measured, rule);
  reader_.fault(node, Code::wrong_type, "a money list cannot stand here",
                "write one amount; other currencies are converted for the comparison");
  return std::nullopt;
}

}  // namespace levy::schedule::decode
