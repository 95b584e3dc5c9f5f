#include "analysis/examples.h"

#include <optional>

#include "analysis/compare_answer.h"
#include "formats/json_text.h"

namespace levy {
namespace {

using Kind = Node::Kind;

// The text of a request's field: figures and words alike, booleans as "true" and "false".
std::string text_of(const Node& node) {
  if (node.is(Kind::boolean)) return node.truth ? "true" : "false";
  if (node.is(Kind::string) || node.is(Kind::number)) return node.text;
  return to_json(node);
}

// A document inside the example, or the file that it names.
Checked<Source> document_of(const Node& node, const Schedule& schedule, const ExampleTools& tools) {
  if (node.is(Kind::string)) return tools.read(node.text);
  return Source(schedule.file, to_json(node));
}

// One question of an example, with the rates it owns.
struct Asked {
  Question question;
  std::optional<RatesHistory> rates;
};

std::optional<Diagnostics> add_field(Asked& asked, const Member& member, const Schedule& schedule,
                                     const ExampleTools& tools) {
  const std::string& key = member.key;
  const Node& value = member.value;
  Question& question = asked.question;
  if (key == "rates") {
    Checked<Source> source = document_of(value, schedule, tools);
    if (!source) return source.faults();
    Checked<RatesHistory> rates = parse_rates(std::move(*source));
    if (!rates) return rates.faults();
    asked.rates = std::move(*rates);
  } else if (key == "used") {
    for (const Member& reading : value.members)
      question.used.emplace_back(reading.key, text_of(reading.value));
  } else if (key == "max_age") {
    Checked<std::int64_t> age = parse_duration(value.text);
    if (!age) return age.faults();
    question.max_age_seconds = *age;
  } else if (key == "strict") {
    question.strict = value.truth;
  } else if (key == "receive") {
    question.receive = value.text;
  } else if (key == "pay") {
    question.pay = value.text;
  } else if (key != "profile" && key != "history") {
    question.request.set(key, text_of(value));
  }
  return std::nullopt;
}

Checked<Quote> ask(const Tariff& tariff, const Example& example, const ExampleTools& tools,
                   Instant now) {
  Asked asked;
  asked.question.now = now;
  for (const Member& member : example.request.members) {
    if (auto faults = add_field(asked, member, tariff.versions.front().schedule, tools))
      return *faults;
  }
  if (asked.rates) asked.question.rates = &*asked.rates;
  return quote(tariff, asked.question);
}

ExampleResult run_example(const Tariff& tariff, const Example& example, const ExampleTools& tools,
                          Instant now) {
  const Schedule& schedule = tariff.versions.front().schedule;
  ExampleResult result{&example, {}};
  if (example.kind != Example::Kind::quote) {
    result.differences = {"this kind of example cannot be run"};
    return result;
  }
  std::string text = tools.quote_json(ask(tariff, example, tools, now));
  Checked<Document> answer = parse_json(Source("answer", text));
  ensure(static_cast<bool>(answer), "levy's own answers are JSON");
  result.differences =
      compare_answer(example.expect, answer->root, schedule.currencies, schedule.currency);
  return result;
}

}  // namespace

std::vector<ExampleResult> run_examples(const Tariff& tariff, const ExampleTools& tools,
                                        Instant now) {
  std::vector<ExampleResult> results;
  for (const Example& example : tariff.versions.front().schedule.examples) {
    results.push_back(run_example(tariff, example, tools, now));
  }
  return results;
}

}  // namespace levy
