// levy show: the tariff as a person reads it.
#include <algorithm>

#include "cells/cells.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/syntax.h"
#include "render/json/show_json.h"
#include "render/pages/show_html.h"
#include "render/pages/show_page.h"
#include "render/text/page.h"
#include "render/words/labels.h"
#include "tables/price_list.h"
#include "validation/validate.h"

namespace levy::cli {
namespace {

std::string show_as_json(const fees::Plan& plan, const std::string& language) {
  formats::JsonWriter json;
  json.object([&] { render::json::write_tariff(json, plan, language); });
  return json.text() + "\n";
}

// ---- the web page ------------------------------------------------------------------------------

constexpr std::size_t lines_max = 24;  // more cannot be distinguished

// The curves of one operation, in the first currency that it may be in; else why there is none.
struct Drawing {
  std::optional<render::plot::Plot> plot;
  std::string missing;
};

Drawing plot_operation(const fees::Tariff& tariff, const fees::Plan& plan,
                       const std::string& operation, Instant time) {
  fees::Question question;
  question.now = time;
  question.request.operation = operation;
  std::vector<Currency> currencies = cells::currencies_of(plan.schedule, operation);
  if (!currencies.empty()) question.request.currency = std::string(currencies.front().code());
  fees::Work work{curve_steps_max};
  std::vector<curves::Series> all =
      curves::find_series(tariff, question, fees::AmountInterval{0, std::nullopt}, &work);
  std::vector<const curves::Series*> drawn;
  std::vector<render::words::Labelled> names;
  Drawing drawing;
  for (const curves::Series& one : all) {
    if (one.faults && drawing.missing.empty()) drawing.missing = one.faults->front().message;
    if (one.faults) continue;
    drawn.push_back(&one);
    names.push_back({&plan.schedule, one.given});
  }
  if (drawn.size() > lines_max)
    drawing.missing = "there are " + std::to_string(drawn.size()) + " lines to draw";
  if (drawn.empty() || drawn.size() > lines_max) return drawing;
  render::plot::Plot plot =
      render::plot::plot_of(drawn, curves::Shown::fee,
                            {operation, render::words::labels_of(names), false, {0, std::nullopt}});
  bool priced =
      std::any_of(plot.lines.begin(), plot.lines.end(),
                  [](const render::plot::PlotLine& line) { return !line.plot_segments.empty(); });
  drawing.missing = plot.lines.front().missing;
  if (priced) drawing.plot = std::move(plot);
  return drawing;
}

// Of this version, held against the others: what it accepts may lie between two of them.
validation::Report findings_of(const fees::Tariff& tariff, const fees::Plan& plan) {
  std::vector<const fees::Plan*> versions;
  for (const fees::Plan& version : tariff.versions) versions.push_back(&version);
  validation::Report report = validation::validate(versions);
  const std::string& file = plan.schedule.file;
  std::erase_if(report.findings, [&](const validation::Finding& finding) {
    return finding.what.place.file() != file;
  });
  std::erase_if(report.undecided,
                [&](const validation::Undecided& one) { return one.file != file; });
  return report;
}

std::string as_html(const fees::Tariff& tariff, render::text::Page page, Instant time) {
  const fees::Plan& plan = tariff.nearest(time);
  // A tariff that is not in force is drawn as it is while it is.
  if (tariff.at(time) != &plan) time = cells::time_in_force(plan.schedule);
  std::vector<render::plot::Plot> plots;
  for (const std::string& operation : plan.schedule.operations()) {
    bool charged = std::any_of(plan.fees.begin(), plan.fees.end(), [&](const fees::FeePlan& fee) {
      const auto& names = fee.as_written->operations;
      return names.empty() || std::find(names.begin(), names.end(), operation) != names.end();
    });
    if (!charged) continue;
    Drawing drawing = plot_operation(tariff, plan, operation, time);
    if (drawing.plot)
      plots.push_back(std::move(*drawing.plot));
    else
      page.push_back(
          render::text::Paragraph{"No curve of " + operation + ": " + drawing.missing + "."});
  }
  return render::pages::show_html(page, plots, findings_of(tariff, plan));
}

// As a table, with what it cannot say: listed on standard error, and in JSON.
int print_table(const fees::Plan& plan, const Common& common) {
  tables::ListedPrices listed = tables::list_prices(plan.schedule, common.language);
  int status = listed.list.rows.empty() ? status_no : status_done;
  std::string table = tables::price_table(listed.list);
  if (common.json) {
    formats::JsonWriter json;
    json.object([&] {
      json.member("csv", table);
      json.objects("left_out", listed.left_out, [&](const tables::LeftOut& one) {
        json.member("pointer", one.pointer);
        json.member("what", one.what);
        json.member("reason", one.reason);
      });
    });
    return print(json.text() + "\n", status);
  }
  int printed = print(table, status);
  std::string left_out;
  for (const tables::LeftOut& one : listed.left_out)
    left_out += "levy: left out: " + one.what + ": " + one.reason + "\n";
  warn(left_out);
  return printed;
}

}  // namespace

Syntax syntax_of(ShowCommand& command) {
  Syntax syntax{
      "show", translatable("A tariff as a person reads it"), {schedule_argument(command.schedule)}};
  syntax.options.push_back(markdown_option(command.common));
  syntax.options.push_back(
      {"--html", &command.html, translatable("As a web page of its own, with curves")});
  syntax.options.push_back(
      {"--csv", &command.csv,
       translatable("As a table of prices, which levy init --from-csv reads")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy show okpay", translatable("the tariff as a person reads it")},
      {"levy show okpay --html > okpay.html", translatable("a web page of its own, with curves")}};
  return syntax;
}

int run(const ShowCommand& command) {
  if (command.csv && (command.html || command.common.markdown))
    return report_error(
        {usage("--csv is a form of its own", "give one of --csv, --html and --markdown")},
        command.common);
  Loaded loaded = load_named_tariff(command.schedule, command.common);
  if (!loaded.tariff) return loaded.status;
  const fees::Tariff& tariff = *loaded.tariff;
  Checked<Instant> time = time_asked(command.common, tariff.versions.front().schedule.timezone);
  if (!time) return report_error(time.faults(), command.common);
  const std::string& language = command.common.language;
  if (command.csv) return print_table(tariff.nearest(*time), command.common);
  if (command.common.json) return print(show_as_json(tariff.nearest(*time), language));
  render::text::Page page = render::pages::show_page(tariff, *time, language);
  if (command.html) return print(as_html(tariff, page, *time));
  return print_page(page, command.common);
}

}  // namespace levy::cli
