#include "render/pages/batch_summary.h"

#include "formats/json_writer.h"
#include "render/text/page.h"
#include "render/words/answer_parts.h"

namespace levy::render::pages {
namespace {

std::string rows_text(std::uint64_t rows) {
  return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

std::string counts_text(const batch::rows::Totals& totals) {
  std::string text = rows_text(totals.rows) + ": ";
  bool reconciles = totals.matched + totals.mismatched > 0;
  text += reconciles ? std::to_string(totals.matched) + " match, " +
                           std::to_string(totals.mismatched) + " do not"
                     : std::to_string(totals.ok) + " ok";
  if (totals.declined > 0) text += ", " + std::to_string(totals.declined) + " declined";
  if (totals.skipped > 0) text += ", " + std::to_string(totals.skipped) + " skipped";
  return text + ", " + std::to_string(totals.errors) + (totals.errors == 1 ? " error" : " errors");
}

text::Grid currency_grid(const batch::rows::Totals& totals, const Currencies& currencies) {
  text::Grid grid;
  grid.columns = {"Currency", "Rows", "Amount", "Fees", "Debit"};
  for (const auto& [currency, one] : totals.currencies) {
    auto amount = [&, own = currency](const Rational& value) {
      return format_amount({value, own}, currencies);
    };
    grid.row({std::string(currency.code()), std::to_string(one.rows), amount(one.amount),
              amount(one.fee), amount(one.debit)});
  }
  return grid;
}

text::Grid credit_grid(const batch::rows::Totals& totals, const Currencies& currencies) {
  text::Grid grid;
  grid.columns = {"Currency", "What arrives", "Other fees"};
  auto both = totals.credits;
  for (const auto& [currency, fee] : totals.other_fees) both[currency];
  for (const auto& [currency, credit] : both) {
    auto other = totals.other_fees.find(currency);
    bool has_other = other != totals.other_fees.end();
    grid.row({std::string(currency.code()), format_amount({credit, currency}, currencies),
              has_other ? format_amount({other->second, currency}, currencies) : ""});
  }
  grid.drop_empty_columns();
  return grid;
}

text::Grid fee_totals_grid(const batch::rows::Totals& totals, const Currencies& currencies) {
  text::Grid grid;
  grid.columns = {"Fee", "Currency", "Rows", "Sum"};
  for (const auto& [key, line] : totals.fees) {
    const auto& [fee, currency] = key;
    grid.row({fee, std::string(currency.code()), std::to_string(line.rows),
              format_amount({line.amount, currency}, currencies)});
  }
  return grid;
}

text::Grid count_grid(const std::string& name, const batch::rows::RowCounts& counts) {
  text::Grid grid;
  grid.columns = {name, "Rows"};
  for (const auto& [what, count] : counts) grid.row({what, std::to_string(count)});
  return grid;
}

// What stands in a grid of its own, by the word that its groups begin with.
constexpr std::string_view by_cause = "cause ", by_month = "month ";

// Groups that begin with `prefix`; without one, all others.
text::Grid billing_grid(const batch::rows::Totals& totals, const Currencies& currencies,
                        std::string_view prefix) {
  text::Grid grid;
  grid.columns = {"Of", "Currency", "Rows over", "Over-billed", "Rows under", "Under-billed"};
  for (const auto& [key, one] : totals.billing) {
    const auto& [group, currency] = key;
    bool is_apart = group.starts_with(by_cause) || group.starts_with(by_month);
    if (prefix.empty() ? is_apart : !group.starts_with(prefix)) continue;
    grid.row({group.empty() ? "all" : group.substr(prefix.size()), std::string(currency.code()),
              std::to_string(one.over_rows), format_amount({one.over, currency}, currencies),
              std::to_string(one.under_rows), format_amount({one.under, currency}, currencies)});
  }
  return grid;
}

batch::rows::RowCounts history_counts(const std::optional<facts::HistoryCounts>& history) {
  batch::rows::RowCounts counts;
  if (!history) return counts;
  counts["counted"] = history->counted;
  for (const auto& [status, rows] : history->left_out) counts["left out: " + status] = rows;
  return counts;
}

text::Grid snapshot_grid(const std::optional<ledger::SnapshotCounts>& snapshot) {
  text::Grid grid;
  grid.columns = {"Of the snapshot", ""};
  if (!snapshot) return grid;
  grid.row({"accounts", std::to_string(snapshot->accounts)});
  for (const std::string& id : snapshot->not_carried) grid.row({"meter not carried", id});
  for (const std::string& id : snapshot->begun) grid.row({"meter that begins with nothing", id});
  return grid;
}

text::Page page_of(const batch::rows::Totals& totals, const Currencies& currencies) {
  text::Page page = {text::Heading{1, counts_text(totals)}};
  auto add = [&](const std::string& heading, text::Grid grid) {
    if (grid.rows.empty()) return;
    page.push_back(text::Heading{2, heading});
    page.push_back(std::move(grid));
  };
  add("Operations", currency_grid(totals, currencies));
  add("What arrives", credit_grid(totals, currencies));
  add("Fees", fee_totals_grid(totals, currencies));
  add("Billed against computed", billing_grid(totals, currencies, ""));
  add("By cause", billing_grid(totals, currencies, by_cause));
  add("By month", billing_grid(totals, currencies, by_month));
  add("Declined by limit", count_grid("Limit", totals.declined_by));
  add("Errors", count_grid("Code", totals.error_codes));
  add("Snapshot", snapshot_grid(totals.snapshot));
  add("History", count_grid("Of its rows", history_counts(totals.history)));
  return page;
}

// ---- JSON --------------------------------------------------------------------------------------

void write_counts(formats::JsonWriter& json, std::string_view name,
                  const batch::rows::RowCounts& counts) {
  json.object(name, [&] {
    for (const auto& [what, count] : counts) {
      json.member(what, static_cast<std::int64_t>(count));
    }
  });
}

void write_currency_totals(formats::JsonWriter& json, const batch::rows::Totals& totals,
                           const Currencies& currencies) {
  json.object("currencies", [&] {
    for (const auto& total : totals.currencies) {
      json.object(total.first.code(), [&] {
        const auto& [currency, one] = total;
        json.count("rows", one.rows);
        json.member("amount", format_amount({one.amount, currency}, currencies));
        json.member("fee", format_amount({one.fee, currency}, currencies));
        json.member("debit", format_amount({one.debit, currency}, currencies));
      });
    }
  });
}

void write_fees(formats::JsonWriter& json, const batch::rows::Totals& totals,
                const Currencies& currencies) {
  json.objects("fees", totals.fees, [&](const auto& entry) {
    const auto& [key, line] = entry;
    json.member("fee", key.first);
    json.member("currency", key.second.code());
    json.count("rows", line.rows);
    json.member("amount", format_amount({line.amount, key.second}, currencies));
  });
}

void write_billing(formats::JsonWriter& json, const batch::rows::Totals& totals,
                   const Currencies& currencies) {
  json.objects("billing", totals.billing, [&](const auto& entry) {
    const auto& [key, one] = entry;
    json.member("of", key.first.empty() ? "all" : key.first);
    json.member("currency", key.second.code());
    json.count("over_rows", one.over_rows);
    json.member("over", format_amount({one.over, key.second}, currencies));
    json.count("under_rows", one.under_rows);
    json.member("under", format_amount({one.under, key.second}, currencies));
  });
}

void write_snapshot_counts(formats::JsonWriter& json,
                           const std::optional<ledger::SnapshotCounts>& snapshot) {
  if (!snapshot) return;
  auto string = [&](const std::string& id) { json.string(id); };
  json.object("snapshot", [&] {
    json.count("accounts", snapshot->accounts);
    json.array("not_carried", snapshot->not_carried, string);
    json.array("begun", snapshot->begun, string);
  });
}

}  // namespace

std::string batch_summary_text(const batch::rows::Totals& totals, const Currencies& currencies,
                               const text::PageForm& form) {
  return text::page_text(page_of(totals, currencies), form);
}

std::string batch_summary_markdown(const batch::rows::Totals& totals,
                                   const Currencies& currencies) {
  return text::page_markdown(page_of(totals, currencies));
}

std::string batch_summary_json(const batch::rows::Totals& totals, const Currencies& currencies) {
  formats::JsonWriter json;
  json.object([&] {
    json.count("rows", totals.rows);
    json.count("ok", totals.ok);
    json.count("declined", totals.declined);
    json.count("errors", totals.errors);
    if (totals.skipped > 0) json.count("skipped", totals.skipped);
    json.count("matched", totals.matched);
    json.count("mismatched", totals.mismatched);
    write_currency_totals(json, totals, currencies);
    words::write_amounts(json, "credits", totals.credits, currencies);
    write_fees(json, totals, currencies);
    words::write_amounts(json, "other_fees", totals.other_fees, currencies);
    write_counts(json, "error_codes", totals.error_codes);
    write_counts(json, "declined_by", totals.declined_by);
    write_billing(json, totals, currencies);
    write_counts(json, "causes", totals.causes);
    write_snapshot_counts(json, totals.snapshot);
    words::write_history(json, totals.history);
  });
  return json.text() + "\n";
}

}  // namespace levy::render::pages
