// The differences for programs.
#include "render/diagnostic_json.h"
#include "render/diff_page.h"
#include "render/ladder_parts.h"

namespace levy {
namespace {

std::string_view to_word(FigureDiff::Kind kind) {
  switch (kind) {
    case FigureDiff::Kind::fees:
      return "fees";
    case FigureDiff::Kind::debited:
      return "debited";
    case FigureDiff::Kind::arrives:
      return "arrives";
    case FigureDiff::Kind::margin:
      return "margin";
  }
  ensure(false, "a difference is of one of three figures");
  return "";
}

void write_text(JsonWriter& json, std::string_view name, const std::optional<std::string>& text) {
  json.key(name);
  text ? json.string(*text) : json.null();
}

std::optional<std::string> money_text(const std::optional<Rational>& value, Currency currency,
                                      const Currencies& currencies) {
  if (!value) return std::nullopt;
  return format_amount({*value, currency}, currencies);
}

void write_extreme(JsonWriter& json, std::string_view name, const std::optional<Extreme>& extreme,
                   const CellDiff& cell, Currency currency, const Currencies& currencies) {
  json.key(name);
  if (!extreme) return json.null();
  json.begin_object();
  json.member("value", currency.empty() ? extreme->value.to_string()
                                        : format_amount({extreme->value, currency}, currencies));
  Currency unit = cell.amounts_in;
  write_text(json, "at",
             cell.along.empty() ? money_text(extreme->at, unit, currencies)
             : extreme->at      ? std::optional(extreme->at->to_string())
                                : std::nullopt);
  json.end_object();
}

void write_row(JsonWriter& json, const DiffRow& row, const CellDiff& cell, const FigureDiff& figure,
               const Currencies& currencies) {
  json.begin_object();
  bool money = cell.along.empty();
  json.member("from",
              money ? *money_text(row.from, cell.amounts_in, currencies) : row.from.to_string());
  write_text(json, "until",
             money       ? money_text(row.until, cell.amounts_in, currencies)
             : row.until ? std::optional(row.until->to_string())
                         : std::nullopt);
  json.member("kind", to_string(row.kind));
  if (row.line) {
    json.member("slope", row.line->slope().to_string());
    json.member("base", row.line->base.to_string());
    json.key("exact");
    json.boolean(row.line->is_exact());
  }
  bool compared = !row.before && !row.after;
  if (compared) {
    write_extreme(json, "least", row.least, cell, figure.currency, currencies);
    write_extreme(json, "most", row.most, cell, figure.currency, currencies);
  }
  for (const auto& [name, fault] : {std::pair("before", &row.before), {"after", &row.after}}) {
    if (!*fault) continue;
    json.key(name);
    write_diagnostic(json, **fault);
  }
  json.end_object();
}

void write_held(JsonWriter& json, const Held& held, const Currencies& currencies) {
  auto value = [&](const Rational& x) {
    return held.currency.empty() ? x.to_string() : format_amount({x, held.currency}, currencies);
  };
  json.begin_object();
  json.member(held.is_reading ? "reading" : "quantity", held.name);
  if (!held.currency.empty()) json.member("currency", held.currency.code());
  if (held.is_range) {
    json.member("from", value(held.values.front()));
    write_text(json, "until", held.open ? std::nullopt : std::optional(value(held.values.back())));
  } else {
    json.key("values");
    json.begin_array();
    for (const Rational& x : held.values) json.string(value(x));
    json.end_array();
    json.key("others");
    json.integer(static_cast<std::int64_t>(held.others));
  }
  json.end_object();
}

void write_cell(JsonWriter& json, const CellDiff& cell, const Currencies& currencies) {
  json.begin_object();
  json.key("cells");
  json.begin_array();
  for (const Cell& one : cell.cells) json.string(to_words(one));
  json.end_array();
  json.member("amounts_in", cell.amounts_in.code());
  write_text(json, "along", cell.along.empty() ? std::nullopt : std::optional(cell.along));
  write_text(json, "amount", money_text(cell.amount, cell.amounts_in, currencies));
  json.key("held");
  json.begin_array();
  for (const Held& held : cell.held) write_held(json, held, currencies);
  json.end_array();
  json.key("figures");
  json.begin_array();
  for (const FigureDiff& figure : cell.figures) {
    json.begin_object();
    json.member("figure", to_word(figure.kind));
    if (!figure.currency.empty()) json.member("currency", figure.currency.code());
    json.key("rows");
    json.begin_array();
    for (const DiffRow& row : figure.rows) write_row(json, row, cell, figure, currencies);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_operation_diff(JsonWriter& json, const OperationDiff& operation,
                          const Currencies& currencies) {
  json.begin_object();
  json.member("operation", operation.operation);
  json.key("in_old");
  json.boolean(operation.in_old);
  json.key("in_new");
  json.boolean(operation.in_new);
  json.key("cells");
  json.integer(static_cast<std::int64_t>(operation.cells));
  json.key("same");
  json.integer(static_cast<std::int64_t>(operation.same));
  json.key("complete");
  json.boolean(operation.complete);
  json.key("not_compared");
  json.begin_array();
  for (const std::string& name : operation.not_compared) json.string(name);
  json.end_array();
  json.key("changed");
  json.begin_array();
  for (const CellDiff& cell : operation.changed) write_cell(json, cell, currencies);
  json.end_array();
  json.end_object();
}

void write_terms(JsonWriter& json, const std::vector<TermChange>& terms) {
  json.key("terms");
  json.begin_array();
  for (const TermChange& term : terms) {
    json.begin_object();
    json.member("part", term.part);
    json.member("id", term.id);
    json.member("tier", term.tier);
    json.member("before", term.before);
    json.member("after", term.after);
    json.end_object();
  }
  json.end_array();
}

void write_files(JsonWriter& json, const char* name, const std::vector<FileChange>& files,
                 bool is_text) {
  json.key(name);
  json.begin_array();
  for (const FileChange& change : files) {
    if (change.is_text != is_text) continue;
    json.begin_object();
    json.member("pointer", change.pointer);
    json.member("before", change.before);
    json.member("after", change.after);
    json.end_object();
  }
  json.end_array();
}

void write_version(JsonWriter& json, const char* name, const Schedule& schedule) {
  json.key(name);
  json.begin_object();
  json.member("id", schedule.id);
  if (!schedule.version.empty()) json.member("version", schedule.version);
  json.member("file", schedule.file);
  json.end_object();
}

}  // namespace

void write_diff(JsonWriter& json, const DiffReport& report) {
  const Diff& costs = report.costs;
  json.key("same");
  json.boolean(report.is_same());
  write_version(json, "old", costs.before->schedule);
  write_version(json, "new", costs.after->schedule);
  json.key("nominal_rates");
  json.boolean(costs.nominal_rates);
  json.key("operations");
  json.begin_array();
  for (const OperationDiff& operation : costs.operations)
    write_operation_diff(json, operation, costs.after->schedule.currencies);
  json.end_array();
  write_terms(json, report.terms);
  write_files(json, "text", report.files, true);
  write_files(json, "other", report.files, false);
}

}  // namespace levy
