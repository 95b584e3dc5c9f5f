// What is fuzzed: each target takes any bytes, and ensures what must hold of the answer. Which one
// it is, the variable FUZZ_TARGET says; replay.cpp and libFuzzer both run it.
//
//   json       a tree whose places hold and which survives being written and read again, or faults
//              that have places and words of their own
//   schedule   loaded, it is the same in levy's layout; its quotes add up
//   question   of the schedule that uses the whole format, in lines: operation, amount, FIELD=VALUE
//   table      a CSV or lines of JSON: by integers and by the evaluator, in chunks of any size and
//   by
//              several threads the bytes are the same
//   rates, profile, history    read, or faults
//   oracle     eight bytes are the seed of a schedule and a question that the oracle answers alike
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/ensure.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "levy.h"
#include "limits/profile.h"
#include "render/json/quote_json.h"
#include "render/text/diagnostic_json.h"
#include "render/text/diagnostic_text.h"
#include "render/text/schedule_layout.h"
#include "schedule/decode/repair.h"
#ifdef LEVY_FUZZ_ORACLE
#include "oracle/oracle.h"
#include "oracle/universe.h"
#endif

namespace levy {
namespace {

void write(formats::JsonWriter& json, const formats::Node& node);

void write_members(formats::JsonWriter& json, const formats::Node& object) {
  json.begin_object();
  for (const formats::Member& member : object.members) {
    json.key(member.key);
    write(json, member.value);
  }
  json.end_object();
}

void write(formats::JsonWriter& json, const formats::Node& node) {
  switch (node.kind) {
    case formats::Node::Kind::null:
      return json.null();
    case formats::Node::Kind::boolean:
      return json.boolean(node.truth);
    case formats::Node::Kind::number:
      return json.number(node.text);
    case formats::Node::Kind::string:
      return json.string(node.text);
    case formats::Node::Kind::object:
      return write_members(json, node);
    case formats::Node::Kind::array:
      json.begin_array();
      for (const formats::Node& item : node.items) write(json, item);
      return json.end_array();
  }
}

std::string written(const formats::Node& node) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  write(json, node);
  return json.text();
}

void check_places(const formats::Document& document, const formats::Node& node) {
  ensure(node.begin < node.end && node.end <= document.source.text().size(), "a value has bytes");
  ensure(document.place(node).line() > 0, "a value has a line");
  for (const formats::Node& item : node.items) check_places(document, item);
  for (const formats::Member& member : node.members) {
    ensure(member.key_begin < member.key_end && member.key_end < member.value.begin, "key, value");
    ensure(!document.place(member).pointer().empty(), "a member has a pointer");
    check_places(document, member.value);
  }
}

void check_tree(const formats::Document& document) {
  check_places(document, document.root);
  std::string once = written(document.root);
  Checked<formats::Document> again = formats::parse_json(Source("again.json", once));
  ensure(static_cast<bool>(again), "what was read and written can be read");
  ensure(written(again->root) == once, "and is the same");
}

void check_faults(const Diagnostics& faults) {
  std::size_t line = 0;
  for (const Diagnostic& fault : faults) {
    ensure(!fault.message.empty() && fault.message != "this file is not JSON", "it says why");
    ensure(fault.place.line() >= line, "in the order of the file");
    line = fault.place.line();
  }
  std::string shown = render::text::diagnostics_text(faults, {});
  ensure(shown.find('\x1b') == std::string::npos, "nothing for the terminal to obey");
  formats::JsonWriter json;
  render::text::write_diagnostics(json, faults);
  ensure(static_cast<bool>(formats::parse_json(Source("faults.json", json.text()))),
         "faults are JSON");
}

void fuzz_json(const std::string& text) {
  Checked<formats::Document> document = formats::parse_json(Source("fuzz.json", text));
  document ? check_tree(*document) : check_faults(document.faults());
}

// ---- schedules and questions -------------------------------------------------------------------

// Of the format's own test: every key is in it.
const fees::Tariff& whole_tariff() {
  static const fees::Tariff tariff = [] {
    std::ifstream file(LEVY_TESTS_DIR "/data/schedule/whole.json");
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    Checked<fees::Tariff> loaded = fees::load_tariff({Source("whole.json", text)});
    ensure(static_cast<bool>(loaded), "the schedule of the whole format loads");
    return std::move(*loaded);
  }();
  return tariff;
}

Instant some_time() { return *parse_instant("2026-03-01T12:00:00Z", TimeZone()); }

Rational amount_in(const std::map<Currency, Rational>& amounts, Currency currency) {
  auto found = amounts.find(currency);
  return found == amounts.end() ? Rational(0) : found->second;
}

// Debit is the amount and all that is collected on top; the answer as JSON can be read.
void check_quote(const Checked<fees::Quote>& quote) {
  if (!quote) return ensure(!quote.faults().empty(), "there is a reason");
  Rational on_top, deducted;
  Currency source = quote->operation.currency;
  for (const fees::Line& line : quote->lines) {
    bool own = line.amount.currency == source;
    if (own && line.collect == schedule::Collect::on_top) on_top += line.amount.amount;
    if (own && line.collect == schedule::Collect::deducted) deducted += line.amount.amount;
  }
  const schedule::Schedule& schedule = quote->plan->schedule;
  Rational debit = quote->operation.amount.value_or(Rational(0)) + on_top;
  Rational apart = absolute(amount_in(quote->debit, source) - debit);
  Rational quantum = schedule.currencies.minor_unit(source);
  if (schedule.rounding.apply == schedule::Rounding::Apply::line && !schedule.rounding.rule.to)
    ensure(apart <= quantum, "the debit is the amount and what is collected on top");
  ensure(amount_in(quote->debit, source).sign() >= 0, "no debit is negative");
  ensure(quote->credit.amount.sign() >= 0, "no credit is negative");
  formats::JsonWriter json;
  json.object([&] { render::json::write_quote(json, *quote, "en", true); });
  ensure(static_cast<bool>(formats::parse_json(Source("quote.json", json.text()))),
         "a quote is JSON");
}

void fuzz_schedule(const std::string& text) {
  Checked<fees::Tariff> tariff = fees::load_tariff({Source("fuzz.json", text)});
  std::string repaired = schedule::decode::repair_schedule(Source("fuzz.json", text));
  if (!tariff) {
    ensure(!tariff.faults().empty(), "there is a reason");
    return (void)render::text::diagnostics_text(tariff.faults(), {});
  }
  ensure(repaired == text, "what loads needs no repair");
  std::string laid_out =
      render::text::schedule_layout(*formats::parse_json(Source("fuzz.json", text)));
  Checked<formats::Document> again = formats::parse_json(Source("again.json", laid_out));
  ensure(again && render::text::schedule_layout(*again) == laid_out,
         "a layout is laid out already");
  ensure(static_cast<bool>(fees::load_tariff({Source("again.json", laid_out)})),
         "and loads as well");
  const schedule::Schedule& schedule = tariff->versions.front().schedule;
  std::vector<std::string> operations = schedule.operations();
  if (operations.empty()) operations.emplace_back("payment");
  for (std::size_t i = 0; i < operations.size() && i < 3; ++i) {
    fees::Question question;
    question.now = some_time();
    question.request.operation = operations[i];
    for (const char* amount : {"0", "100", "12345678901234567890"}) {
      question.request.amount = amount;
      check_quote(fees::quote(*tariff, question));
    }
  }
}

void fuzz_question(const std::string& text) {
  fees::Question question;
  question.now = some_time();
  std::size_t number = 0;
  for (std::size_t from = 0; from <= text.size(); ++number) {
    std::size_t end = std::min(text.find('\n', from), text.size());
    std::string line = text.substr(from, end - from);
    std::size_t equals = line.find('=');
    if (number == 0)
      question.request.operation = line;
    else if (number == 1)
      question.request.amount = line;
    else if (line.starts_with("used.") && equals != std::string::npos)
      question.used.emplace_back(line.substr(5, equals - 5), line.substr(equals + 1));
    else if (line.starts_with("receive="))
      question.receive = line.substr(8);
    else if (equals != std::string::npos)
      question.request.set(line.substr(0, equals), line.substr(equals + 1));
    from = end + 1;
  }
  if (question.receive) question.request.amount.clear();
  check_quote(fees::quote(whole_tariff(), question));
}

// ---- tables ------------------------------------------------------------------------------------

struct Answered {
  std::string rows, rejects;
  bool operator==(const Answered&) const = default;
};

std::optional<Answered> answer_table(const std::string& text, batch::rows::BatchOptions options,
                                     std::optional<std::string> history = {}) {
  Answered answer;
  options.now = some_time();
  options.now_is_given = true;
  auto into = [](std::string& all) {
    return [&all](std::string_view bytes) {
      all += bytes;
      return true;
    };
  };
  batch::BatchSinks sinks{into(answer.rows), into(answer.rejects), {}, {}, {}};
  std::optional<batch::BatchInput> past;
  if (history) past = batch::BatchInput{"past", formats::read_from(*history)};
  Checked<batch::BatchOutcome> outcome = batch::run_batch(
      whole_tariff(), options, {{"fuzz", formats::read_from(text)}}, std::move(past), sinks);
  if (!outcome) return std::nullopt;
  const batch::rows::Totals& totals = outcome->totals;
  ensure(totals.rows == totals.ok + totals.declined + totals.errors, "no row is lost");
  return answer;
}

// No cell of a safe CSV is a formula.
void check_cells(const std::string& text) {
  formats::CsvReader reader("safe", formats::ByteWindow(std::string_view(text)));
  formats::Row row;
  while (reader.next(row)) {
    for (std::string_view cell : row.texts)
      ensure(!formats::is_formula(cell), "a safe cell is no formula");
  }
}

// The first byte chooses how the table is answered.
void fuzz_table(const std::string& bytes) {
  if (bytes.empty()) return;
  auto choice = static_cast<unsigned char>(bytes.front());
  std::string text = bytes.substr(1);
  batch::rows::BatchOptions options;
  options.assume_zero = (choice & 1U) != 0;
  options.lines = (choice & 2U) != 0;
  if ((choice & 4U) != 0)
    options.output =
        (choice & 8U) != 0 ? batch::rows::TableForm::csv : batch::rows::TableForm::json_lines;
  if ((choice & 16U) != 0) options.cells = formats::CsvCells::safe;
  options.in_given_order = (choice & 32U) != 0;
  options.enforce_limits = (choice & 64U) != 0;
  std::optional<Answered> usual = answer_table(text, options);
  if (usual && options.cells == formats::CsvCells::safe) check_cells(usual->rows);
  batch::rows::BatchOptions in_full = options, in_parts = options;
  in_full.in_full = true;
  in_parts.chunk_bytes = 1 + choice;
  in_parts.threads = 2;
  ensure(answer_table(text, in_full) == usual, "integers and the evaluator agree");
  ensure(answer_table(text, in_parts) == usual, "chunks and threads change no byte");
}

void fuzz_history(const std::string& text) {
  batch::rows::BatchOptions options;
  options.enforce_limits = true;
  const std::string rows = "account,operation,amount,tier\na,withdrawal,250,verified\n";
  std::optional<Answered> one = answer_table(rows, options, text);
  options.threads = 2;
  ensure(answer_table(rows, options, text) == one, "threads change no byte");
}

// ---- documents beside the schedule -------------------------------------------------------------

void fuzz_rates(const std::string& text) {
  Checked<facts::RatesHistory> rates = facts::parse_rates(Source("fuzz", text));
  if (!rates) return ensure(!rates.faults().empty(), "there is a reason");
  ensure(std::is_sorted(
             rates->rows.begin(), rates->rows.end(),
             [](const facts::Rates& a, const facts::Rates& b) { return a.as_of < b.as_of; }),
         "rates are in the order of time");
  fees::Question question;
  question.now = some_time();
  question.rates = &*rates;
  question.request.operation = "conversion";
  question.request.amount = "100";
  question.request.set("to_currency", "USD");
  check_quote(fees::quote(whole_tariff(), question));
}

void fuzz_profile(const std::string& text) {
  Checked<formats::Document> document = formats::parse_json(Source("fuzz.json", text));
  if (!document) return;
  Checked<limits::Profile> profile =
      limits::decode_profile(*document, whole_tariff().versions.front().schedule);
  if (!profile) ensure(!profile.faults().empty(), "there is a reason");
}

// ---- the oracle --------------------------------------------------------------------------------

#ifdef LEVY_FUZZ_ORACLE
using oracle::Json;

// What it says, levy says alike.
bool agrees(const Json& wanted, const Json& got) {
  if (wanted.is_object()) {
    return got.is_object() &&
           std::all_of(wanted.items().begin(), wanted.items().end(), [&](const auto& member) {
             return got.contains(member.key()) && agrees(member.value(), got[member.key()]);
           });
  }
  return wanted.is_array() ? wanted.size() == got.size() &&
                                 std::equal(wanted.begin(), wanted.end(), got.begin(), agrees)
                           : wanted == got;
}

void fuzz_oracle(const std::string& bytes) {
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), std::min(bytes.size(), sizeof seed));
  Json schedule = oracle::random_schedule(seed), rates = oracle::random_rates(seed + 1);
  Json request = oracle::random_request(schedule, seed + 2);
  Checked<fees::Tariff> tariff = fees::load_tariff({Source("random", schedule.dump())});
  ensure(static_cast<bool>(tariff), "a valid schedule loads");
  std::optional<facts::RatesHistory> history;
  if (!rates.is_null()) history = *facts::parse_rates(Source("rates", rates.dump()));
  fees::Question question;
  question.rates = history ? &*history : nullptr;
  for (const auto& [key, value] : request.items()) {
    if (key == "used") {
      for (const auto& [id, reading] : value.items())
        question.used.emplace_back(id, reading.get<std::string>());
    } else {
      question.request.set(key, value.is_boolean() ? (value.get<bool>() ? "true" : "false")
                                                   : value.get<std::string>());
    }
  }
  Checked<fees::Quote> answer = fees::quote(*tariff, question);
  Json got = {{"error", {{"code", answer ? "" : to_string(answer.faults().front().code)}}}};
  if (answer) {
    formats::JsonWriter json;
    json.object([&] { render::json::write_quote(json, *answer, "en", false); });
    got = Json::parse(json.text());
  }
  ensure(agrees(oracle::quote(schedule, request, rates), got), "the oracle agrees");
}
#endif

using FuzzTarget = void (*)(const std::string&);

FuzzTarget chosen_target() {
  static const std::map<std::string, FuzzTarget> targets = {
#ifdef LEVY_FUZZ_ORACLE
      {"oracle", fuzz_oracle},
#endif
      {"json", fuzz_json},      {"schedule", fuzz_schedule}, {"question", fuzz_question},
      {"table", fuzz_table},    {"history", fuzz_history},   {"rates", fuzz_rates},
      {"profile", fuzz_profile}};
  const char* name = std::getenv("FUZZ_TARGET");
  auto found = targets.find(name == nullptr ? "" : name);
  if (found != targets.end()) return found->second;
  for (const auto& [known, target] : targets) std::cerr << "FUZZ_TARGET=" << known << "\n";
  std::exit(2);
}

}  // namespace
}  // namespace levy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto target = levy::chosen_target();
  target(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
