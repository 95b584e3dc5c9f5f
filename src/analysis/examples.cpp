#include "analysis/examples.h"

#include <map>

#include "analysis/compare_answer.h"
#include "analysis/example_question.h"
#include "formats/json_text.h"
#include "formats/json_writer.h"

namespace levy {
namespace {

// One schedule's examples are run against it alone.
struct Bench {
  const Tariff& tariff;
  const ExampleTools& tools;
  Instant now;
  const Schedule& schedule() const { return tariff.versions.front().schedule; }
};

std::string quote_answer(const Bench& bench, const Node& request) {
  auto question = example_question(request, bench.schedule(), bench.tools, bench.now);
  if (!question) return bench.tools.quote_json(std::move(question).faults());
  return bench.tools.quote_json(quote_and_check(bench.tariff, (*question)->asked, false));
}

std::string check_answer(const Bench& bench, const Node& request) {
  auto question = example_question(request, bench.schedule(), bench.tools, bench.now);
  if (!question) return bench.tools.verdict_json(std::move(question).faults());
  return bench.tools.verdict_json(check(bench.tariff, (*question)->asked));
}

// ---- batches -----------------------------------------------------------------------------------

// What a batch has come to so far. Rows that were refused do not count.
struct Batch {
  std::vector<std::string> counted;  // JSON objects, with what meters may ask of a row
  std::map<Currency, Rational> fees;
  std::vector<std::string> statuses;
};

// The row as the history of those after it: its fields, and what it was charged.
std::string counted_row(const Node& row, const Quote& quote) {
  JsonWriter json(JsonWriter::Layout::one_line);
  json.begin_object();
  for (const Member& member : row.members) {
    if (member.key.starts_with("used") || member.key == "rates") continue;
    json.key(member.key);
    write_node(json, member.value);
  }
  Currency currency = quote.operation.currency;
  json.member("debit", quote.debit.at(currency).to_string());
  for (const Line& line : quote.lines) {
    if (line.amount.currency == currency)
      json.member("fee." + line.fee->id, line.amount.amount.to_string());
  }
  json.end_object();
  return json.text();
}

Document history_of(const Batch& batch) {
  std::string text = "[";
  for (const std::string& row : batch.counted) text += (text.size() > 1 ? "," : "") + row;
  Checked<Document> rows = parse_json(Source("earlier rows", text + "]"));
  ensure(static_cast<bool>(rows), "levy's own rows are JSON");
  return std::move(*rows);
}

std::string add_row(Batch& batch, const Bench& bench, const Node& row) {
  auto question = example_question(row, bench.schedule(), bench.tools, bench.now);
  if (!question) return "error";
  give_history(**question, history_of(batch));
  Checked<JudgedQuote> judged = quote_and_check(bench.tariff, (*question)->asked, false);
  if (!judged || !judged->rows.front().quote) return "error";
  if (judged->decision && *judged->decision && !(*judged->decision)->allowed) return "declined";
  const Quote& quote = *judged->rows.front().quote;
  for (const auto& [currency, fee] : quote.fees) batch.fees[currency] += fee;
  batch.counted.push_back(counted_row(row, quote));
  return "ok";
}

std::string batch_answer(const Bench& bench, const Node& rows) {
  Batch batch;
  for (const Node& row : rows.items) batch.statuses.push_back(add_row(batch, bench, row));
  JsonWriter json;
  json.begin_object();
  json.key("fees");
  json.begin_object();
  for (const auto& [currency, fee] : batch.fees) {
    json.member(currency.code(), format_amount(Money{fee, currency}, bench.schedule().currencies));
  }
  json.end_object();
  json.key("statuses");
  json.begin_array();
  for (const std::string& status : batch.statuses) json.string(status);
  json.end_array();
  json.end_object();
  return json.text();
}

// ---- one example -------------------------------------------------------------------------------

std::string answer_to(const Bench& bench, const Example& example) {
  switch (example.kind) {
    case Example::Kind::quote:
      return quote_answer(bench, example.request);
    case Example::Kind::check:
      return check_answer(bench, example.request);
    case Example::Kind::batch:
      return batch_answer(bench, example.request);
  }
  return {};
}

ExampleResult run_example(const Bench& bench, const Example& example) {
  const Schedule& schedule = bench.schedule();
  Checked<Document> answer = parse_json(Source("answer", answer_to(bench, example)));
  ensure(static_cast<bool>(answer), "levy's own answers are JSON");
  return ExampleResult{&example, compare_answer(example.expect, answer->root, schedule.currencies,
                                                schedule.currency)};
}

}  // namespace

std::vector<ExampleResult> run_examples(const Tariff& tariff, const ExampleTools& tools,
                                        Instant now) {
  Bench bench{tariff, tools, now};
  std::vector<ExampleResult> results;
  for (const Example& example : bench.schedule().examples) {
    results.push_back(run_example(bench, example));
  }
  return results;
}

}  // namespace levy
