// levy quote: what an operation costs.
#include "analysis/expand.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "formats/json_writer.h"
#include "render/diagnostic_json.h"
#include "render/quote_json.h"
#include "render/quote_text.h"

namespace levy {
namespace {

std::string one_as_json(const Quote& quote, const QuoteCommand& command) {
  JsonWriter json;
  json.begin_object();
  write_quote(json, quote, command.common.language, command.explain);
  json.end_object();
  return json.text() + "\n";
}

void write_row(JsonWriter& json, const Expanded& row, const QuoteCommand& command) {
  json.begin_object();
  json.key("given");
  json.begin_object();
  for (const auto& [name, value] : row.given) json.member(name, value);
  json.end_object();
  json.key("quote");
  json.begin_object();
  if (row.quote) {
    write_quote(json, *row.quote, command.common.language, command.explain);
  } else {
    json.key("error");
    write_diagnostics(json, row.quote.faults());
  }
  json.end_object();
  json.end_object();
}

std::string all_as_json(const std::vector<Expanded>& rows, const QuoteCommand& command) {
  JsonWriter json;
  json.begin_object();
  json.key("quotes");
  json.begin_array();
  for (const Expanded& row : rows) write_row(json, row, command);
  json.end_array();
  json.end_object();
  return json.text() + "\n";
}

int answer(const Tariff& tariff, const Question& question, const QuoteCommand& command) {
  if (command.common.json && !command.expand) {
    Checked<Quote> one = quote(tariff, question);
    if (!one) return refuse(one.faults(), command.common);
    return print(one_as_json(*one, command));
  }
  std::vector<Expanded> rows = expand(tariff, question);
  if (command.common.json) return print(all_as_json(rows, command));
  if (rows.size() > 1) return print(expansion_text(rows, command.common.language));
  if (!rows.front().quote) return refuse(rows.front().quote.faults(), command.common);
  return print(quote_text(*rows.front().quote, command.common.language));
}

}  // namespace

int run(const QuoteCommand& command) {
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  LoadedRates rates = load_rates(command.words.rates, command.common);
  if (rates.status != 0) return rates.status;
  Checked<Question> question = question_of(command.words, command.common, *loaded.tariff);
  if (!question) return refuse(question.faults(), command.common);
  question->receive = command.receive;
  question->pay = command.pay;
  if (rates.rates) question->rates = &*rates.rates;
  if (command.explain) question->explain = Explain::yes;
  return answer(*loaded.tariff, *question, command);
}

}  // namespace levy
