#include "examples/examples.h"

#include <map>

#include "base/text.h"
#include "examples/compare_answer.h"
#include "examples/example_question.h"
#include "formats/json_writer.h"

namespace levy::examples {
namespace {

// One schedule's examples are run against it alone.
struct Bench {
  const fees::Tariff& tariff;
  const ExampleTools& tools;
  Instant now;
  const ExampleWitness* witness;  // null: none
  const schedule::Schedule& schedule() const { return tariff.versions.front().schedule; }

  Checked<std::unique_ptr<ExampleQuestion>> question(const formats::Node& request) const {
    return example_question(request, schedule(), tools, now);
  }
  void show(const schedule::Example& example, const fees::Quote& quote) const {
    if (witness != nullptr) witness->quoted(example, quote);
  }
  void show(const schedule::Example& example, const limits::Verdict& verdict) const {
    if (witness != nullptr) witness->judged(example, verdict);
  }
};

std::string quote_answer(const Bench& bench, const schedule::Example& example) {
  auto question = bench.question(example.request);
  if (!question) return bench.tools.quote_json(std::move(question).faults());
  Checked<ask::JudgedQuote> judged = ask::quote_and_check(bench.tariff, (*question)->asked, false);
  if (judged && judged->rows.front().quote) bench.show(example, *judged->rows.front().quote);
  return bench.tools.quote_json(judged);
}

std::string check_answer(const Bench& bench, const schedule::Example& example) {
  auto question = bench.question(example.request);
  if (!question) return bench.tools.verdict_json(std::move(question).faults());
  Checked<limits::Verdict> verdict = ask::check(bench.tariff, (*question)->asked);
  if (verdict) bench.show(example, *verdict);
  return bench.tools.verdict_json(verdict);
}

// ---- batches -----------------------------------------------------------------------------------

// What a batch has come to so far. Rows that were refused do not count.
struct Batch {
  std::map<Currency, Rational> fees;
  std::vector<std::string> statuses;
};

void add_answer(Batch& batch, const Bench& bench, const schedule::Example& example,
                const fees::Quote& quote, const limits::Verdict* verdict) {
  bench.show(example, quote);
  if (verdict != nullptr) bench.show(example, *verdict);
  if (verdict != nullptr && !verdict->allowed) return;
  for (const auto& [currency, fee] : quote.fees) batch.fees[currency] += fee;
}

Batch run_batch_example(const Bench& bench, const schedule::Example& example) {
  Batch batch;
  ExampleTools::AskRow ask = bench.tools.run_rows(bench.tariff);
  auto seen = [&](const fees::Quote& quote, const limits::Verdict* verdict) {
    add_answer(batch, bench, example, quote, verdict);
  };
  for (const formats::Node& row : example.request.items) {
    auto question = bench.question(row);
    batch.statuses.emplace_back(question ? ask((*question)->asked.question, seen) : "error");
  }
  return batch;
}

std::string batch_answer(const Bench& bench, const schedule::Example& example) {
  Batch batch = run_batch_example(bench, example);
  formats::JsonWriter json;
  json.object([&] {
    json.object("fees", [&] {
      for (const auto& [currency, fee] : batch.fees) {
        json.member(currency.code(),
                    format_amount(Money{fee, currency}, bench.schedule().currencies));
      }
    });
    json.array("statuses", batch.statuses, [&](const std::string& status) { json.string(status); });
  });
  return json.text();
}

// ---- one example -------------------------------------------------------------------------------

std::string answer_to(const Bench& bench, const schedule::Example& example) {
  switch (example.kind) {
    case schedule::Example::Kind::quote:
      return quote_answer(bench, example);
    case schedule::Example::Kind::check:
      return check_answer(bench, example);
    case schedule::Example::Kind::batch:
      return batch_answer(bench, example);
  }
  return {};
}

ExampleResult run_example(const Bench& bench, const schedule::Example& example) {
  const schedule::Schedule& schedule = bench.schedule();
  Checked<formats::Document> answer =
      formats::parse_json(Source("answer", answer_to(bench, example)));
  ensure(static_cast<bool>(answer), "levy's own answers are JSON");
  return ExampleResult{&example, compare_answer(example.expect, answer->root, schedule.currencies,
                                                schedule.currency)};
}

}  // namespace

std::vector<ExampleResult> run_examples(const fees::Tariff& tariff, const ExampleTools& tools,
                                        Instant now, const ExampleWitness* witness) {
  Bench bench{tariff, tools, now, witness};
  std::vector<ExampleResult> results;
  for (const schedule::Example& example : bench.schedule().examples) {
    results.push_back(run_example(bench, example));
  }
  return results;
}

}  // namespace levy::examples
