#include "levy_c.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "ask/check.h"
#include "base/suggest.h"
#include "batch/batch.h"
#include "batch/rows/batch_words.h"
#include "examples/example_question.h"
#include "formats/json_writer.h"
#include "render/json/findings_json.h"
#include "render/json/quote_json.h"
#include "render/pages/batch_summary.h"
#include "render/text/diagnostic_json.h"
#include "render/words/finding_words.h"
#include "validation/validate.h"

struct levy_tariff {
  levy::fees::Tariff tariff;
};

namespace levy {
namespace {

// ---- answers -----------------------------------------------------------------------------------

// malloc, so that nobody needs to know C++ to free it.
void give(levy_bytes* answer, std::string_view text) {
  answer->data = static_cast<char*>(std::malloc(text.size() + 1));
  answer->size = answer->data == nullptr ? 0 : text.size();
  if (answer->data == nullptr) throw std::bad_alloc();
  if (!text.empty()) std::memcpy(answer->data, text.data(), text.size());
  answer->data[text.size()] = '\0';
}

// `as`: the faults are findings of this one.
levy_status report_error(levy_bytes* answer, const Diagnostics& faults,
                         std::optional<Code> as = {}) {
  formats::JsonWriter json;
  json.object([&] { render::text::write_error(json, faults, as); });
  give(answer, json.text() + "\n");
  return LEVY_UNUSABLE;
}

// What a face function does, with nothing thrown out of it.
template <class Work>
levy_status guarded(levy_bytes* answer, Work work) noexcept {
  if (answer == nullptr) return LEVY_UNUSABLE;
  *answer = {nullptr, 0};
  try {
    return work();
  } catch (const std::exception& thrown) {
    levy_bytes_free(answer);
    try {
      report_error(answer, {Diagnostic{Code::internal, thrown.what(), "this is levy's own fault"}});
    } catch (...) {
      *answer = {nullptr, 0};
    }
    return LEVY_FAULT;
  } catch (...) {
    return LEVY_FAULT;
  }
}

// ---- what is given -----------------------------------------------------------------------------

std::string_view bytes_of(const char* data, std::size_t size) {
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}

Checked<std::vector<Source>> sources_of(const levy_file* files, std::size_t count) {
  if (files == nullptr || count == 0)
    return usage("there is no file to load", "give at least one levy_file");
  std::vector<Source> sources;
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = files[i].name == nullptr ? "" : files[i].name;
    sources.emplace_back(std::move(name), std::string(bytes_of(files[i].data, files[i].size)));
  }
  return sources;
}

// What a key of a request or of options may hold; what is not named is a field of the operation.
struct KeyRule {
  std::string_view key;
  std::vector<formats::Node::Kind>
      kinds;  // none, of the rule for all other keys: there are no others
  std::string_view remedy;
};

std::optional<Diagnostic> wrong_kind(const formats::Document& document,
                                     const formats::Member& member, const KeyRule& rule) {
  const formats::Node& value = member.value;
  if (std::find(rule.kinds.begin(), rule.kinds.end(), value.kind) != rule.kinds.end())
    return std::nullopt;
  Diagnostic fault{Code::wrong_type,
                   "\"" + member.key + "\" cannot be " + std::string(formats::name_of(value.kind)),
                   std::string(rule.remedy)};
  fault.place = document.place(value);
  return fault;
}

Diagnostic unknown_key(const formats::Document& document, const formats::Member& member,
                       const std::vector<KeyRule>& rules) {
  std::vector<std::string> known;
  for (const KeyRule& rule : rules) {
    if (!rule.key.empty()) known.emplace_back(rule.key);
  }
  Diagnostic fault{Code::unknown_key,
                   "there is no option \"" + member.key + "\"" + did_you_mean(member.key, known),
                   "the options are " + join_or(known)};
  fault.place = document.place(member);
  return fault;
}

using Kind = formats::Node::Kind;

const std::vector<KeyRule>& request_rules() {
  static const std::vector<KeyRule> rules = {
      {"used", {Kind::object}, "write an object: {\"daily\": \"250 EUR\"}"},
      {"rates", {Kind::object, Kind::string}, "give the document, or its text"},
      {"profile", {Kind::object, Kind::string}, "give the document, or its text"},
      {"history", {Kind::array, Kind::string}, "give a list of rows, or a table's text"},
      {"strict", {Kind::boolean}, "write true or false"},
      {"explain", {Kind::boolean}, "write true or false"},
      {"", {Kind::string, Kind::number, Kind::boolean}, "write a text, a number, true or false"}};
  return rules;
}

// An object whose members keep the rules; the rule with an empty key is for all other keys.
Checked<formats::Document> object_of(std::string_view text, const char* name,
                                     const std::vector<KeyRule>& rules) {
  Checked<formats::Document> document = formats::parse_json(Source(name, std::string(text)));
  if (!document) return document;
  if (!document->root.is(Kind::object))
    return usage(std::string("the ") + name + " is not an object", "write {\"key\": value, ...}");
  Diagnostics faults;
  for (const formats::Member& member : document->root.members) {
    auto own = std::find_if(rules.begin(), rules.end(),
                            [&](const KeyRule& rule) { return rule.key == member.key; });
    if (own == rules.end() && rules.back().kinds.empty()) {
      faults.push_back(unknown_key(*document, member, rules));
      continue;
    }
    auto fault = wrong_kind(*document, member, own == rules.end() ? rules.back() : *own);
    if (fault) faults.push_back(std::move(*fault));
  }
  if (!faults.empty()) return faults;
  return document;
}

// A text that stands for a document is its contents here, not a path: nothing is read.
examples::ExampleTools tools_of_request() {
  examples::ExampleTools tools;
  tools.read = [](const std::string& text) { return Source("request", text); };
  return tools;
}

// ---- questions ---------------------------------------------------------------------------------

struct Asked {
  std::unique_ptr<examples::ExampleQuestion> question;
  std::string language = "en";
};

// Takes a member out of the request: what is not for example_question.
std::string taken(formats::Node& request, std::string_view key) {
  auto found = std::find_if(request.members.begin(), request.members.end(),
                            [&](const formats::Member& member) { return member.key == key; });
  if (found == request.members.end()) return "";
  std::string text = examples::text_of(found->value);
  request.members.erase(found);
  return text;
}

Checked<Asked> asked_in(std::string_view text, const fees::Tariff& tariff) {
  Checked<formats::Document> document = object_of(text, "request", request_rules());
  if (!document) return std::move(document).faults();
  formats::Node request = document->root;
  std::string at = taken(request, "at"), language = taken(request, "lang");
  bool explains = taken(request, "explain") == "true";
  const schedule::Schedule& schedule = tariff.versions.front().schedule;
  Instant time = now();
  if (!at.empty()) {
    Checked<Instant> given = parse_instant(at, schedule.timezone);
    if (!given) return std::move(given).faults();
    time = *given;
  }
  auto question = examples::example_question(request, schedule, tools_of_request(), time);
  if (!question) return std::move(question).faults();
  (*question)->asked.question.explain = explains ? fees::Explain::yes : fees::Explain::no;
  Asked asked{std::move(*question)};
  if (!language.empty()) asked.language = language;
  return asked;
}

levy_status quote_into(levy_bytes* answer, const fees::Tariff& tariff, std::string_view request) {
  Checked<Asked> asked = asked_in(request, tariff);
  if (!asked) return report_error(answer, asked.faults());
  const ask::CheckQuestion& question = asked->question->asked;
  Checked<ask::JudgedQuote> judged = ask::quote_and_check(tariff, question, false);
  if (!judged) return report_error(answer, judged.faults());
  const Checked<fees::Quote>& quote = judged->rows.front().quote;
  if (!quote) return report_error(answer, quote.faults());
  formats::JsonWriter json;
  json.object([&] {
    render::json::write_judged_quote(json, *judged, asked->language,
                                     question.question.explain == fees::Explain::yes);
  });
  give(answer, json.text() + "\n");
  return LEVY_OK;
}

levy_status check_into(levy_bytes* answer, const fees::Tariff& tariff, std::string_view request) {
  Checked<Asked> asked = asked_in(request, tariff);
  if (!asked) return report_error(answer, asked.faults());
  Checked<limits::Verdict> verdict = ask::check(tariff, asked->question->asked);
  if (!verdict) return report_error(answer, verdict.faults());
  give(answer, render::json::verdict_answer_json(verdict) + "\n");
  return verdict->allowed ? LEVY_OK : LEVY_NO;
}

// ---- tables ------------------------------------------------------------------------------------

const std::vector<KeyRule>& batch_rules() {
  constexpr std::string_view list = "write a list of names", yes_or_no = "write true or false";
  static const std::vector<KeyRule> rules = {
      {"map", {Kind::object}, "write an object: {\"amount\": \"Betrag\"}"},
      {"set", {Kind::object}, "write an object: {\"operation\": \"payment\"}"},
      {"columns", {Kind::array}, list},
      {"select", {Kind::array}, list},
      {"results", {Kind::array}, list},
      {"lines", {Kind::boolean}, yes_or_no},
      {"filter", {Kind::boolean}, yes_or_no},
      {"header", {Kind::boolean}, yes_or_no},
      {"csv_safe", {Kind::boolean}, yes_or_no},
      {"enforce_limits", {Kind::boolean}, yes_or_no},
      {"assume_zero", {Kind::boolean}, yes_or_no},
      {"sort", {Kind::boolean}, yes_or_no},
      {"in_given_order", {Kind::boolean}, yes_or_no},
      {"rates", {Kind::object, Kind::string}, "give the document, or its text"},
      {"history", {Kind::string}, "give a table's text"},
      {"input_format", {Kind::string}, "write \"csv\", \"tsv\" or \"jsonl\""},
      {"output_format", {Kind::string}, "write \"csv\", \"tsv\" or \"jsonl\""},
      {"reconcile", {Kind::string}, "name the column"},
      {"tolerance", {Kind::string, Kind::number}, "write money: \"0.01 EUR\""},
      {"max_age", {Kind::string}, "write a length of time: \"24h\""},
      {"at", {Kind::string}, "write a time: \"2026-11-20T15:00:00Z\""},
      {"threads", {Kind::number}, "write a whole number"},
      {"", {}, ""}};  // no other key
  return rules;
}

// A member of the options, which may be null: not given.
class Given {
 public:
  explicit Given(const formats::Node& options) : options_(options) {}

  bool is_true(std::string_view key) const {
    const formats::Node* node = options_.find(key);
    return node != nullptr && node->truth;
  }
  std::string text(std::string_view key) const {
    const formats::Node* node = options_.find(key);
    return node == nullptr ? "" : examples::text_of(*node);
  }
  std::optional<std::vector<std::string>> names(std::string_view key) const {
    const formats::Node* node = options_.find(key);
    if (node == nullptr) return std::nullopt;
    std::vector<std::string> names;
    for (const formats::Node& item : node->items) names.push_back(examples::text_of(item));
    return names;
  }
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view key) const {
    std::vector<std::pair<std::string, std::string>> pairs;
    const formats::Node* node = options_.find(key);
    if (node == nullptr) return pairs;
    for (const formats::Member& member : node->members)
      pairs.emplace_back(member.key, examples::text_of(member.value));
    return pairs;
  }

 private:
  const formats::Node& options_;
};

std::optional<Diagnostics> unknown_form(const Given& given, std::string_view key) {
  std::string word = given.text(key);
  if (word.empty() || batch::rows::find_table_form(word)) return std::nullopt;
  return Diagnostics{usage("\"" + word + "\" is not a form of tables", "write csv, tsv or jsonl")};
}

Checked<batch::rows::BatchOptions> batch_options(const Given& given, const fees::Tariff& tariff) {
  batch::rows::BatchOptions options;
  options.map = given.pairs("map");
  options.set = given.pairs("set");
  options.select = given.names("select");
  options.columns = given.names("columns");
  if (auto names = given.names("results")) {
    Checked<std::vector<batch::rows::Result>> results = batch::rows::read_results(*names);
    if (!results) return std::move(results).faults();
    options.results = *results;
  }
  for (std::string_view key : {"input_format", "output_format"}) {
    if (auto faults = unknown_form(given, key)) return *faults;
  }
  options.input = batch::rows::find_table_form(given.text("input_format"));
  options.output = batch::rows::find_table_form(given.text("output_format"));
  options.lines = given.is_true("lines");
  options.every_line = given.is_true("filter");
  options.header = !options.every_line || given.is_true("header");
  if (given.is_true("csv_safe")) options.cells = formats::CsvCells::safe;
  options.enforce_limits = given.is_true("enforce_limits");
  options.assume_zero = given.is_true("assume_zero");
  options.sort = given.is_true("sort");
  options.in_given_order = given.is_true("in_given_order");
  if (auto faults = batch::rows::check_form(options)) return *faults;
  if (auto faults = batch::rows::check_order(options)) return *faults;
  std::vector<std::string> billed = given.names("reconcile").value_or(std::vector<std::string>());
  if (std::string column = given.text("reconcile"); billed.empty() && !column.empty())
    billed = {column};
  if (auto faults = batch::rows::set_reconcile(options, billed, tariff)) return *faults;
  if (std::string money = given.text("tolerance"); !money.empty()) {
    if (auto faults = batch::rows::set_tolerance(options, money, tariff)) return *faults;
  }
  if (auto faults =
          batch::rows::set_times(options, given.text("at"), given.text("max_age"), tariff))
    return *faults;
  Checked<unsigned> threads = batch::rows::read_threads(given.text("threads"));
  if (!threads) return std::move(threads).faults();
  options.threads = *threads;
  return options;
}

batch::BatchInput input_of(std::string_view text, const char* name) {
  return {name, [text](char* into, std::size_t size) mutable {
            std::size_t count = std::min(size, text.size());
            if (count > 0) std::memcpy(into, text.data(), count);
            text.remove_prefix(count);
            return count;
          }};
}

// Where rows that are sorted wait: in memory, as the table itself does.
Checked<batch::Spool> memory_spool() {
  auto kept = std::make_shared<std::string>();
  batch::Spool spool;
  spool.write = [kept](std::uint64_t at, std::string_view bytes) {
    if (kept->size() < at + bytes.size()) kept->resize(at + bytes.size());
    kept->replace(at, bytes.size(), bytes);
    return true;
  };
  spool.read = [kept](std::uint64_t at, char* into, std::size_t size) {
    if (at + size > kept->size()) return false;
    if (size > 0) std::memcpy(into, kept->data() + at, size);
    return true;
  };
  spool.fault = [] {
    return Diagnostic{Code::internal, "a row was read back that had not been written", ""};
  };
  return spool;
}

// A table on its way out. It grows where the caller will have it: a great block moves to a greater
// one without being copied, and is handed over as it is.
class GrowingBytes {
 public:
  GrowingBytes() = default;
  GrowingBytes(const GrowingBytes&) = delete;
  GrowingBytes& operator=(const GrowingBytes&) = delete;
  ~GrowingBytes() { std::free(data_); }

  void append(std::string_view bytes) {
    reserve(size_ + bytes.size());
    if (!bytes.empty()) std::memcpy(data_ + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  void hand_over(levy_bytes* answer) {
    reserve(size_);
    data_[size_] = '\0';
    *answer = {std::exchange(data_, nullptr), std::exchange(size_, 0)};
    capacity_ = 0;
  }

 private:
  // Room for `size` and the NUL.
  void reserve(std::size_t size) {
    if (size < capacity_) return;
    std::size_t capacity = std::max(size + 1, 2 * capacity_);
    char* grown = static_cast<char*>(std::realloc(data_, capacity));
    if (grown == nullptr) throw std::bad_alloc();
    data_ = grown, capacity_ = capacity;
  }

  char* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

struct TableAnswer {
  levy_bytes *rows, *rejects, *summary;  // rejects may be null
};

levy_status batch_into(const TableAnswer& into, const fees::Tariff& tariff,
                       std::string_view options_text, std::string_view table) {
  if (options_text.empty()) options_text = "{}";
  Checked<formats::Document> document = object_of(options_text, "options", batch_rules());
  if (!document) return report_error(into.summary, document.faults());
  Given given(document->root);
  Checked<batch::rows::BatchOptions> options = batch_options(given, tariff);
  if (!options) return report_error(into.summary, options.faults());
  std::optional<facts::RatesHistory> rates;
  if (const formats::Node* node = document->root.find("rates")) {
    std::string text = node->is(Kind::string) ? node->text : formats::to_json(*node);
    Checked<facts::RatesHistory> read = facts::parse_rates(Source("rates", std::move(text)));
    if (!read) return report_error(into.summary, read.faults(), Code::bad_file);
    rates = std::move(*read);
    options->rates = &*rates;
  }
  std::optional<batch::BatchInput> history;
  const formats::Node* past = document->root.find("history");
  if (past != nullptr) history = input_of(past->text, "history");
  GrowingBytes rows, rejects;
  batch::BatchSinks sinks;
  sinks.write = [&rows](std::string_view bytes) { return rows.append(bytes), true; };
  if (into.rejects != nullptr)
    sinks.reject = [&rejects](std::string_view bytes) { return rejects.append(bytes), true; };
  sinks.spool = memory_spool;
  std::vector<batch::BatchInput> inputs = {input_of(table, "table")};
  Checked<batch::BatchOutcome> outcome =
      batch::run_batch(tariff, *options, std::move(inputs), std::move(history), sinks);
  if (!outcome) return report_error(into.summary, outcome.faults());
  const batch::rows::Totals& totals = outcome->totals;
  rows.hand_over(into.rows);
  if (into.rejects != nullptr) rejects.hand_over(into.rejects);
  give(into.summary,
       render::pages::batch_summary_json(totals, tariff.versions.back().schedule.currencies));
  return totals.errors > 0 || totals.mismatched > 0 ? LEVY_NO : LEVY_OK;
}

levy_status report_null(levy_bytes* answer, const char* what) {
  return report_error(answer,
                      {usage(std::string("the ") + what + " is a null pointer", "give one")});
}

}  // namespace
}  // namespace levy

using levy::guarded;

int levy_c_version(void) { return LEVY_C_VERSION; }

const char* levy_version(void) { return LEVY_VERSION; }

void levy_bytes_free(levy_bytes* bytes) {
  if (bytes == nullptr) return;
  std::free(bytes->data);
  *bytes = {nullptr, 0};
}

void levy_tariff_free(levy_tariff* tariff) { delete tariff; }

levy_status levy_load(const levy_file* files, size_t count, levy_tariff** tariff,
                      levy_bytes* answer) {
  if (tariff != nullptr) *tariff = nullptr;
  return guarded(answer, [&]() -> levy_status {
    if (tariff == nullptr) return levy::report_null(answer, "place for the tariff");
    auto sources = levy::sources_of(files, count);
    if (!sources) return levy::report_error(answer, sources.faults());
    auto loaded = levy::fees::load_tariff(std::move(*sources));
    if (!loaded) return levy::report_error(answer, loaded.faults(), levy::Code::bad_schedule);
    levy::give(answer, "");
    *tariff = new levy_tariff{std::move(*loaded)};
    return LEVY_OK;
  });
}

levy_status levy_quote(const levy_tariff* tariff, const char* request, size_t size,
                       levy_bytes* answer) {
  return guarded(answer, [&] {
    if (tariff == nullptr) return levy::report_null(answer, "tariff");
    return levy::quote_into(answer, tariff->tariff, levy::bytes_of(request, size));
  });
}

levy_status levy_check(const levy_tariff* tariff, const char* request, size_t size,
                       levy_bytes* answer) {
  return guarded(answer, [&] {
    if (tariff == nullptr) return levy::report_null(answer, "tariff");
    return levy::check_into(answer, tariff->tariff, levy::bytes_of(request, size));
  });
}

levy_status levy_validate(const levy_file* files, size_t count, levy_bytes* answer) {
  return guarded(answer, [&]() -> levy_status {
    auto sources = levy::sources_of(files, count);
    if (!sources) return levy::report_error(answer, sources.faults());
    levy::validation::Report report = levy::validation::validate_files(std::move(*sources));
    levy::give(answer, levy::render::json::findings_json(report));
    return levy::render::words::count(report).errors > 0 ? LEVY_NO : LEVY_OK;
  });
}

levy_status levy_batch(const levy_tariff* tariff, const char* options, size_t options_size,
                       const char* table, size_t table_size, levy_bytes* rows, levy_bytes* rejects,
                       levy_bytes* summary) {
  if (rows != nullptr) *rows = {nullptr, 0};
  if (rejects != nullptr) *rejects = {nullptr, 0};
  levy_status status = guarded(summary, [&] {
    if (tariff == nullptr) return levy::report_null(summary, "tariff");
    if (rows == nullptr) return levy::report_null(summary, "place for the rows");
    return levy::batch_into({rows, rejects, summary}, tariff->tariff,
                            levy::bytes_of(options, options_size),
                            levy::bytes_of(table, table_size));
  });
  if (status == LEVY_FAULT) {
    levy_bytes_free(rows);
    levy_bytes_free(rejects);
  }
  return status;
}
