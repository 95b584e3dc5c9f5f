#include "render/json/diff_json.h"

#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"

namespace levy::render::json {
namespace {

std::string_view to_word(comparison::FigureDiff::Kind kind) {
  switch (kind) {
    case comparison::FigureDiff::Kind::fees:
      return "fees";
    case comparison::FigureDiff::Kind::debited:
      return "debited";
    case comparison::FigureDiff::Kind::arrives:
      return "arrives";
    case comparison::FigureDiff::Kind::margin:
      return "margin";
  }
  ensure(false, "a difference is of one of three figures");
  return "";
}

void write_text(formats::JsonWriter& json, std::string_view name,
                const std::optional<std::string>& text) {
  json.key(name);
  text ? json.string(*text) : json.null();
}

std::optional<std::string> money_text(const std::optional<Rational>& value, Currency currency,
                                      const Currencies& currencies) {
  if (!value) return std::nullopt;
  return format_amount({*value, currency}, currencies);
}

void write_extreme(formats::JsonWriter& json, std::string_view name,
                   const std::optional<curves::Extreme>& extreme, const comparison::CellDiff& cell,
                   Currency currency, const Currencies& currencies) {
  json.key(name);
  if (!extreme) return json.null();
  json.object([&] {
    json.member("value", currency.empty() ? extreme->value.to_string()
                                          : format_amount({extreme->value, currency}, currencies));
    Currency unit = cell.amounts_in;
    write_text(json, "at",
               cell.variable.empty() ? money_text(extreme->at, unit, currencies)
               : extreme->at         ? std::optional(extreme->at->to_string())
                                     : std::nullopt);
  });
}

// All values between its ends; whether an end belongs to it is said.
void write_quantity_range(formats::JsonWriter& json, const comparison::DiffRow& row) {
  std::optional<Rational> until = row.below ? row.below : row.until;
  json.member("from", row.above.value_or(row.from).to_string());
  json.member("from_included", !row.above);
  write_text(json, "until", until ? std::optional(until->to_string()) : std::nullopt);
  json.member("until_included", until && !row.below);
}

void write_row(formats::JsonWriter& json, const comparison::DiffRow& row,
               const comparison::CellDiff& cell, const comparison::FigureDiff& figure,
               const Currencies& currencies) {
  json.object([&] {
    if (cell.variable.empty()) {
      json.member("from", *money_text(row.from, cell.amounts_in, currencies));
      write_text(json, "until", money_text(row.until, cell.amounts_in, currencies));
    } else {
      write_quantity_range(json, row);
    }
    json.member("kind", comparison::to_string(row.kind));
    if (row.line) {
      json.member("slope", row.line->slope().to_string());
      json.member("base", row.line->base.to_string());
      json.member("exact", row.line->is_exact());
    }
    bool compared = !row.before && !row.after;
    if (compared) {
      write_extreme(json, "least", row.minimum, cell, figure.currency, currencies);
      write_extreme(json, "most", row.maximum, cell, figure.currency, currencies);
    }
    for (const auto& [name, fault] : {std::pair("before", &row.before), {"after", &row.after}}) {
      if (!*fault) continue;
      json.key(name);
      text::write_diagnostic(json, **fault);
    }
  });
}

void write_held(formats::JsonWriter& json, const comparison::Held& held,
                const Currencies& currencies) {
  auto value = [&](const Rational& x) {
    return held.currency.empty() ? x.to_string() : format_amount({x, held.currency}, currencies);
  };
  json.object([&] {
    json.member(held.is_reading ? "reading" : "quantity", held.name);
    if (!held.currency.empty()) json.member("currency", held.currency.code());
    if (held.is_range) {
      json.member("from", value(held.values.front()));
      write_text(json, "until",
                 held.open ? std::nullopt : std::optional(value(held.values.back())));
    } else {
      json.array("values", held.values, [&](const Rational& x) { json.string(value(x)); });
      json.member("others", static_cast<std::int64_t>(held.others));
    }
  });
}

void write_cell(formats::JsonWriter& json, const comparison::CellDiff& cell,
                const Currencies& currencies) {
  json.object([&] {
    json.array("cells", cell.cells,
               [&](const cells::Cell& one) { json.string(cells::to_words(one)); });
    json.member("amounts_in", cell.amounts_in.code());
    write_text(json, "along", cell.variable.empty() ? std::nullopt : std::optional(cell.variable));
    write_text(json, "amount", money_text(cell.amount, cell.amounts_in, currencies));
    json.array("held", cell.held,
               [&](const comparison::Held& held) { write_held(json, held, currencies); });
    json.objects("figures", cell.figures, [&](const comparison::FigureDiff& figure) {
      json.member("figure", to_word(figure.kind));
      if (!figure.currency.empty()) json.member("currency", figure.currency.code());
      json.array("rows", figure.rows, [&](const comparison::DiffRow& row) {
        write_row(json, row, cell, figure, currencies);
      });
    });
  });
}

void write_operation_diff(formats::JsonWriter& json, const comparison::OperationDiff& operation,
                          const Currencies& currencies) {
  json.object([&] {
    json.member("operation", operation.operation);
    json.member("in_old", operation.in_old);
    json.member("in_new", operation.in_new);
    json.member("cells", static_cast<std::int64_t>(operation.cells));
    json.member("same", static_cast<std::int64_t>(operation.same));
    json.member("complete", operation.complete);
    json.array("not_compared", operation.not_compared,
               [&](const std::string& name) { json.string(name); });
    json.array("changed", operation.changed,
               [&](const comparison::CellDiff& cell) { write_cell(json, cell, currencies); });
  });
}

void write_terms(formats::JsonWriter& json, const std::vector<words::TermChange>& terms) {
  json.objects("terms", terms, [&](const words::TermChange& term) {
    json.member("part", term.part);
    json.member("id", term.id);
    json.member("tier", term.tier);
    json.member("before", term.before);
    json.member("after", term.after);
  });
}

void write_files(formats::JsonWriter& json, const char* name,
                 const std::vector<words::FileChange>& files, bool is_text) {
  json.array(name, [&] {
    for (const words::FileChange& change : files) {
      if (change.is_text != is_text) continue;
      json.object([&] {
        json.member("pointer", change.pointer);
        json.member("before", change.before);
        json.member("after", change.after);
      });
    }
  });
}

void write_version(formats::JsonWriter& json, const char* name,
                   const schedule::Schedule& schedule) {
  json.object(name, [&] {
    json.member("id", schedule.id);
    if (!schedule.version.empty()) json.member("version", schedule.version);
    json.member("file", schedule.file);
  });
}

}  // namespace

void write_diff(formats::JsonWriter& json, const pages::DiffReport& report) {
  const comparison::Diff& costs = report.costs;
  json.member("same", report.is_same());
  write_version(json, "old", costs.before->schedule);
  write_version(json, "new", costs.after->schedule);
  json.member("nominal_rates", costs.nominal_rates);
  json.array("operations", costs.operations, [&](const comparison::OperationDiff& operation) {
    write_operation_diff(json, operation, costs.after->schedule.currencies);
  });
  write_terms(json, report.terms);
  write_files(json, "text", report.files, true);
  write_files(json, "other", report.files, false);
}

}  // namespace levy::render::json
