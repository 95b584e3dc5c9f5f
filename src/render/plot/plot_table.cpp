#include "render/plot/plot_table.h"

#include <algorithm>

#include "formats/csv.h"
#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"

namespace levy::render::plot {
namespace {

// Figures at both ends of one plot segment; absent: none.
struct Ends {
  std::optional<Rational> from, until;
};

// What one row says. Strokes of the fee and of what arrives are cut at each other's edges.
struct Edges {
  Rational from;
  std::optional<Rational> until;
  std::optional<Diagnostic> fault;
  Rational slope;
  Ends fee, percent, net;
};

std::optional<Rational> percent_at(const std::optional<Rational>& amount,
                                   const std::optional<Rational>& fee) {
  if (!amount || !fee || amount->is_zero()) return std::nullopt;
  return shown_value(curves::Shown::percent, *amount, *fee);
}

std::vector<Edges> edges_of(const curves::Series& series) {
  curves::PiecewiseFigure fee = curves::shown_figure(series, curves::Shown::fee),
                          net = curves::shown_figure(series, curves::Shown::net);
  std::vector<Edges> rows;
  for (const curves::PlotSegment& plotted : curves::plot_segments_of(fee)) {
    Edges row;
    row.from = plotted.from;
    row.until = plotted.until;
    if (plotted.fault != nullptr) {
      row.fault = *plotted.fault;
    } else {
      row.slope = plotted.form.slope();
      row.fee = {plotted.at_from, plotted.at_until};
      row.percent = {percent_at(row.from, row.fee.from), percent_at(row.until, row.fee.until)};
      row.net.from = net.at(row.from);
      if (row.until) row.net.until = net.at(*row.until);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

struct TwoCurrencies {
  Currency source, credit;
  const Currencies& currencies;
};

TwoCurrencies money_of(const curves::Series& series) {
  const facts::Operation& operation = series.resolved.operation;
  Currency credit = operation.converts() ? operation.to_currency : operation.currency;
  return {operation.currency, credit, series.currencies()};
}

std::string cell(const std::optional<Rational>& value, Currency currency,
                 const Currencies& currencies) {
  return value ? format_amount({*value, currency}, currencies) : "";
}

std::string plain(const std::optional<Rational>& value) { return value ? value->to_string() : ""; }

}  // namespace

std::string plot_csv(const std::vector<const curves::Series*>& series,
                     const std::vector<std::string>& labels) {
  std::string text =
      "series,currency,from,until,fee_from,fee_until,percent_from,percent_until,credit_currency,"
      "net_from,net_until,error\r\n";
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i]->faults) {
      formats::append_csv_cell(text, labels[i]);
      text +=
          std::string(11, ',') + std::string(to_string(series[i]->faults->front().code)) + "\r\n";
      continue;
    }
    auto [source, credit, currencies] = money_of(*series[i]);
    for (const Edges& row : edges_of(*series[i])) {
      formats::append_csv_cell(text, labels[i]);
      text += "," + std::string(source.code());
      text += "," + cell(row.from, source, currencies) + "," + cell(row.until, source, currencies);
      text += "," + cell(row.fee.from, source, currencies) + "," +
              cell(row.fee.until, source, currencies);
      text += "," + plain(row.percent.from) + "," + plain(row.percent.until);
      text += "," + std::string(credit.code()) + "," + cell(row.net.from, credit, currencies) +
              "," + cell(row.net.until, credit, currencies);
      text += "," + (!row.fault ? "" : std::string(to_string(row.fault->code))) + "\r\n";
    }
  }
  return text;
}

namespace {

void write_value(formats::JsonWriter& json, const char* name, const std::optional<Rational>& value,
                 Currency currency, const Currencies& currencies) {
  json.key(name);
  value ? json.string(format_amount({*value, currency}, currencies)) : json.null();
}

void write_percent(formats::JsonWriter& json, const char* name,
                   const std::optional<Rational>& value) {
  json.key(name);
  value ? json.string(value->to_string()) : json.null();
}

void write_edges(formats::JsonWriter& json, const Edges& row, const TwoCurrencies& money) {
  json.object([&] {
    write_value(json, "from", row.from, money.source, money.currencies);
    write_value(json, "until", row.until, money.source, money.currencies);
    if (row.fault) {
      json.key("error");
      text::write_diagnostic(json, *row.fault);
    } else {
      write_value(json, "fee_from", row.fee.from, money.source, money.currencies);
      write_value(json, "fee_until", row.fee.until, money.source, money.currencies);
      json.member("fee_slope", row.slope.to_string());
      write_percent(json, "percent_from", row.percent.from);
      write_percent(json, "percent_until", row.percent.until);
      write_value(json, "net_from", row.net.from, money.credit, money.currencies);
      write_value(json, "net_until", row.net.until, money.credit, money.currencies);
    }
  });
}

}  // namespace

void write_plot(formats::JsonWriter& json, const std::vector<const curves::Series*>& series,
                const std::vector<std::string>& labels) {
  json.array("series", [&] {
    for (std::size_t i = 0; i < series.size(); ++i) {
      json.object([&] {
        json.member("label", labels[i]);
        words::write_given(json, series[i]->given);
        if (series[i]->faults) {
          text::write_error(json, *series[i]->faults);
        } else {
          TwoCurrencies money = money_of(*series[i]);
          words::write_schedule_id(json, series[i]->resolved.plan->schedule);
          json.member("currency", money.source.code());
          json.member("credit_currency", money.credit.code());
          json.array("strokes", edges_of(*series[i]),
                     [&](const Edges& row) { write_edges(json, row, money); });
        }
      });
    }
  });
}

}  // namespace levy::render::plot
