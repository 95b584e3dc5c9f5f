#include "examples/example_question.h"

#include <algorithm>
#include <cstring>

#include "formats/json_writer.h"
#include "formats/read_rows.h"

namespace levy::examples {
namespace {

using Kind = formats::Node::Kind;

// A document inside the example, or the file that it names.
Checked<Source> document_of(const formats::Node& node, const schedule::Schedule& schedule,
                            const ExampleTools& tools) {
  if (node.is(Kind::string)) return tools.read(node.text);
  return Source(schedule.file, formats::to_json(node));
}

class Builder {
 public:
  Builder(const schedule::Schedule& schedule, const ExampleTools& tools, ExampleQuestion& question)
      : schedule_(schedule), tools_(tools), built_(question) {}

  std::optional<Diagnostics> add(const std::string& key, const formats::Node& value);

 private:
  std::optional<Diagnostics> add_rates(const formats::Node& value);
  std::optional<Diagnostics> add_profile(const formats::Node& value);
  std::optional<Diagnostics> add_history(const formats::Node& value);
  std::optional<Diagnostics> add_max_age(const formats::Node& value);

  const schedule::Schedule& schedule_;
  const ExampleTools& tools_;
  ExampleQuestion& built_;
};

std::optional<Diagnostics> Builder::add(const std::string& key, const formats::Node& value) {
  fees::Question& question = built_.asked.question;
  if (key == "rates") return add_rates(value);
  if (key == "profile") return add_profile(value);
  if (key == "history") return add_history(value);
  if (key == "max_age") return add_max_age(value);
  if (key == "used") {
    for (const formats::Member& reading : value.members)
      question.used.emplace_back(reading.key, text_of(reading.value));
  } else if (key.starts_with("used.")) {
    question.used.emplace_back(key.substr(5), text_of(value));
  } else if (key == "strict") {
    question.strict = value.truth;
  } else if (key == "receive") {
    question.receive = value.text;
  } else if (key == "pay") {
    question.pay = value.text;
  } else {
    question.request.set(key, text_of(value));
  }
  return std::nullopt;
}

std::optional<Diagnostics> Builder::add_rates(const formats::Node& value) {
  Checked<Source> source = document_of(value, schedule_, tools_);
  if (!source) return source.faults();
  Checked<facts::RatesHistory> rates = facts::parse_rates(std::move(*source));
  if (!rates) return rates.faults();
  built_.rates = std::move(*rates);
  built_.asked.question.rates = &*built_.rates;
  return std::nullopt;
}

std::optional<Diagnostics> Builder::add_profile(const formats::Node& value) {
  Checked<Source> source = document_of(value, schedule_, tools_);
  if (!source) return source.faults();
  Checked<formats::Document> document = formats::parse_json(std::move(*source));
  if (!document) return document.faults();
  built_.profile = std::move(*document);
  built_.asked.profile = &*built_.profile;
  return std::nullopt;
}

std::optional<Diagnostics> Builder::add_history(const formats::Node& value) {
  if (!value.is(Kind::string)) {
    Checked<formats::Document> rows =
        formats::parse_json(Source(schedule_.file, formats::to_json(value)));
    ensure(static_cast<bool>(rows), "what was JSON is JSON when it is written again");
    built_.history = std::move(*rows);
    built_.asked.history_file = built_.history->source.file();
    built_.asked.history = formats::read_items(*built_.history, built_.history->root);
    return std::nullopt;
  }
  Checked<Source> source = tools_.read(value.text);
  if (!source) return source.faults();
  built_.history_file = std::move(*source);
  ExampleQuestion* built = &built_;
  built_.asked.history_file = value.text;
  auto read = [built](char* into, std::size_t size) {
    std::string_view rest = built->history_file->text().substr(built->history_at);
    std::size_t count = std::min(size, rest.size());
    std::memcpy(into, rest.data(), count);
    built->history_at += count;
    return count;
  };
  built_.asked.history = formats::read_table(value.text, read, "time");
  return std::nullopt;
}

std::optional<Diagnostics> Builder::add_max_age(const formats::Node& value) {
  Checked<std::int64_t> age = parse_duration(value.text);
  if (!age) return age.faults();
  built_.asked.question.max_age_seconds = *age;
  return std::nullopt;
}

}  // namespace

std::string text_of(const formats::Node& node) {
  if (node.is(Kind::boolean)) return node.truth ? "true" : "false";
  if (node.is(Kind::string) || node.is(Kind::number)) return node.text;
  return formats::to_json(node);
}

Checked<std::unique_ptr<ExampleQuestion>> example_question(const formats::Node& request,
                                                           const schedule::Schedule& schedule,
                                                           const ExampleTools& tools, Instant now) {
  auto question = std::make_unique<ExampleQuestion>();
  question->asked.question.now = now;
  question->asked.question.explain = fees::Explain::yes;
  Builder builder(schedule, tools, *question);
  for (const formats::Member& member : request.members) {
    if (auto faults = builder.add(member.key, member.value)) return *faults;
  }
  return question;
}

}  // namespace levy::examples
