#include "examples/compare_answer.h"

#include "formats/json_writer.h"

namespace levy::examples {
namespace {

using Kind = formats::Node::Kind;

struct AnswerComparison {
  const Currencies& currencies;
  Currency fallback;
  std::vector<std::string> differences;

  void differ(const std::string& what, const std::string& expected, const std::string& got) {
    differences.push_back(what + ": expected " + expected + ", got " + got);
  }
};

std::string shown(const formats::Node* node) {
  return node == nullptr ? "nothing" : formats::to_json(*node);
}

// {"EUR": "2.00"} as "2.00 EUR".
std::string shown_money(const formats::Node* amounts) {
  if (amounts == nullptr || amounts->members.empty()) return shown(amounts);
  std::string text;
  for (const formats::Member& member : amounts->members)
    text += (text.empty() ? "" : ", ") + member.value.text + " " + member.key;
  return text;
}

bool is_figure(const formats::Node& node) { return node.is(Kind::string) || node.is(Kind::number); }

bool equal_text(const AnswerComparison& comparison, const formats::Node& a,
                const formats::Node& b) {
  if (a.text == b.text) return true;
  Checked<Decimal> x = parse_decimal(a.text), y = parse_decimal(b.text);
  if (x && y) return *x == *y;
  Checked<Money> m = parse_money(a.text, comparison.currencies, comparison.fallback);
  Checked<Money> n = parse_money(b.text, comparison.currencies, comparison.fallback);
  return m && n && *m == *n;
}

bool equal_scalar(const AnswerComparison& comparison, const formats::Node& expect,
                  const formats::Node& got) {
  if (is_figure(expect) && is_figure(got)) return equal_text(comparison, expect, got);
  return expect.kind == got.kind && expect.truth == got.truth;
}

// Objects: every key that the example names. Arrays: as a whole.
void compare_node(AnswerComparison& comparison, const std::string& what,
                  const formats::Node& expect, const formats::Node* got) {
  if (got == nullptr) {
    if (!expect.is(Kind::null)) comparison.differ(what, shown(&expect), "nothing");
    return;
  }
  if (expect.is(Kind::object) && got->is(Kind::object)) {
    for (const formats::Member& member : expect.members) {
      compare_node(comparison, what + "." + member.key, member.value, got->find(member.key));
    }
  } else if (expect.is(Kind::array) && got->is(Kind::array) &&
             expect.items.size() == got->items.size()) {
    for (std::size_t i = 0; i < expect.items.size(); ++i) {
      compare_node(comparison, what + "[" + std::to_string(i) + "]", expect.items[i],
                   &got->items[i]);
    }
  } else if (expect.is(Kind::object) || expect.is(Kind::array) ||
             !equal_scalar(comparison, expect, *got)) {
    comparison.differ(what, shown(&expect), shown(got));
  }
}

// Money that the example writes "1.00 EUR", against an object {"EUR": "1.00"}.
void compare_money(AnswerComparison& comparison, const std::string& what,
                   const formats::Node& expect, const formats::Node* amounts) {
  Checked<Money> wanted = parse_money(expect.text, comparison.currencies, comparison.fallback);
  if (!wanted) {
    comparison.differ(what, shown(&expect), "an expectation that is not money");
    return;
  }
  const formats::Node* got = amounts == nullptr ? nullptr : amounts->find(wanted->currency.code());
  Checked<Decimal> value = got == nullptr ? Checked<Decimal>(Decimal(0)) : parse_decimal(got->text);
  bool equal = amounts != nullptr && value && Rational(*value) == wanted->amount;
  if (!equal) {
    comparison.differ(what, to_string(*wanted, comparison.currencies), shown_money(amounts));
  }
}

void compare_amounts(AnswerComparison& comparison, const std::string& what,
                     const formats::Node& expect, const formats::Node* amounts) {
  if (expect.is(Kind::array)) {
    for (const formats::Node& item : expect.items) compare_money(comparison, what, item, amounts);
  } else if (is_figure(expect)) {
    compare_money(comparison, what, expect, amounts);
  } else {
    compare_node(comparison, what, expect, amounts);
  }
}

const formats::Node* find_line(const formats::Node* lines, const std::string& fee) {
  if (lines == nullptr) return nullptr;
  for (const formats::Node& line : lines->items) {
    const formats::Node* id = line.find("fee");
    if (id != nullptr && id->text == fee) return &line;
  }
  return nullptr;
}

void compare_line(AnswerComparison& comparison, const std::string& fee, const formats::Node& expect,
                  const formats::Node* line) {
  std::string what = "lines." + fee;
  if (expect.is(Kind::object) && line != nullptr) {
    return compare_node(comparison, what, expect, line);
  }
  if (expect.is(Kind::null) || line == nullptr) {
    if (!expect.is(Kind::null) || line != nullptr)
      comparison.differ(what, shown(&expect), shown(line));
    return;
  }
  std::string code = line->find("currency")->text;
  Checked<Money> wanted = parse_money(expect.text, comparison.currencies, *Currency::of(code));
  std::string got = line->find("amount")->text + " " + code;
  Checked<Money> charged = parse_money(got, comparison.currencies, Currency());
  // A line that stays exact may have no decimal form: then its text is compared.
  bool equal = wanted && charged ? *wanted == *charged : expect.text == got;
  if (!equal) comparison.differ(what, expect.text, got);
}

void compare_lines(AnswerComparison& comparison, const formats::Node& expect,
                   const formats::Node* lines) {
  if (expect.is(Kind::array)) return compare_node(comparison, "lines", expect, lines);
  for (const formats::Member& member : expect.members) {
    compare_line(comparison, member.key, member.value, find_line(lines, member.key));
  }
}

void compare_key(AnswerComparison& comparison, const std::string& key, const formats::Node& expect,
                 const formats::Node& answer) {
  if (key == "total") {
    compare_amounts(comparison, key, expect, answer.find("fees"));
  } else if (key == "fees" || key == "debit" || key == "credit") {
    compare_amounts(comparison, key, expect, answer.find(key));
  } else if (key == "lines") {
    compare_lines(comparison, expect, answer.find("lines"));
  } else if (key == "error" && expect.is(Kind::string)) {
    const formats::Node* error = answer.find("error");
    compare_node(comparison, key, expect, error == nullptr ? nullptr : error->find("code"));
  } else if (key == "by") {
    compare_node(comparison, key, expect, answer.find("blocked_by"));
  } else {
    compare_node(comparison, key, expect, answer.find(key));
  }
}

}  // namespace

std::vector<std::string> compare_answer(const formats::Node& expect, const formats::Node& answer,
                                        const Currencies& currencies, Currency fallback) {
  AnswerComparison comparison{currencies, fallback, {}};
  const formats::Node* error = answer.find("error");
  if (error != nullptr && expect.find("error") == nullptr) {
    const formats::Node* message = error->find("message");
    comparison.differ(
        "answer", "no error",
        shown(error->find("code")) + " (" + (message == nullptr ? "" : message->text) + ")");
    return comparison.differences;
  }
  for (const formats::Member& member : expect.members) {
    compare_key(comparison, member.key, member.value, answer);
  }
  return comparison.differences;
}

}  // namespace levy::examples
