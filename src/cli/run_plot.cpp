// levy plot: fees by amount, as a picture or as their exact edges.
#include <algorithm>
#include <memory>
#include <string>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/outputs.h"
#include "cli/question.h"
#include "cli/questions.h"
#include "cli/syntax.h"
#include "cli/terminal.h"
#include "render/plot/plot_svg.h"
#include "render/plot/plot_table.h"
#include "render/plot/plot_terminal.h"
#include "render/text/text_width.h"
#include "render/words/labels.h"

namespace levy::cli {

namespace {

Checked<Rational> read_bound(const std::string& text, const std::string& option, const Asked& asked,
                             Currency& currency) {
  const schedule::Schedule& schedule = asked.tariffs.front().versions.back().schedule;
  Checked<Money> money = parse_money(text, schedule.currencies, currency);
  if (!money) return about_option(option, money.faults());
  if (currency.empty()) currency = money->currency;
  bool fits = money->amount.sign() >= 0 && money->currency == currency &&
              is_multiple(money->amount, schedule.currencies.minor_unit(money->currency));
  if (fits) return money->amount;
  return Diagnostic{
      Code::bad_amount,
      option + " " + in_quotes(text) + " is not an amount in " + std::string(currency.code()),
      "give an amount of whole minor units in the currency of the curve"};
}

// The currency of the curves: the first question's, else the first tariff's own.
Currency curve_currency(const Asked& asked) {
  const std::string& code = asked.candidates.front().question.request.currency;
  if (auto named = Currency::of(code)) return *named;
  return asked.tariffs.front().versions.back().schedule.currency;
}

Checked<fees::AmountInterval> read_range(const PlotCommand& command, Asked& asked) {
  fees::AmountInterval range{0, std::nullopt};
  Currency currency = curve_currency(asked);
  if (!command.from.empty()) {
    Checked<Rational> from = read_bound(command.from, "--from-amount", asked, currency);
    if (!from) return from.faults();
    range.from = *from;
  }
  if (!command.until.empty()) {
    Checked<Rational> until = read_bound(command.until, "--to-amount", asked, currency);
    if (!until) return until.faults();
    if (*until <= range.from) {
      return Diagnostic{Code::bad_amount, "--to-amount is not above --from-amount",
                        "give a range that holds more than one amount"};
    }
    range.until = *until;
  }
  for (comparison::Candidate& candidate : asked.candidates) {
    if (candidate.question.request.currency.empty() && !currency.empty())
      candidate.question.request.currency = std::string(currency.code());
  }
  return range;
}

struct Drawn {
  std::unique_ptr<fees::Work> work =
      std::make_unique<fees::Work>(fees::Work{curve_steps_max});  // of all series
  std::vector<curves::Series> series;                             // stays where it is
  std::vector<std::string> labels;
};

Drawn find_all(const Asked& asked, const fees::AmountInterval& range) {
  Drawn drawn;
  std::vector<render::words::Labelled> names;
  for (const comparison::Candidate& candidate : asked.candidates) {
    for (curves::Series& one :
         curves::find_series(*candidate.tariff, candidate.question, range, drawn.work.get())) {
      const schedule::Schedule& schedule =
          one.faults ? candidate.tariff->nearest(candidate.question.now).schedule
                     : one.resolved.plan->schedule;
      names.push_back({&schedule, one.given});
      drawn.series.push_back(std::move(one));
    }
  }
  drawn.labels = render::words::labels_of(names);
  return drawn;
}

curves::Shown shown_of(const PlotCommand& command) {
  if (command.show == "net") return curves::Shown::net;
  return command.show == "percent" ? curves::Shown::percent : curves::Shown::fee;
}

int write_picture(const PlotCommand& command, const std::string& picture) {
  Outputs outputs;
  outputs.add("--svg", command.svg).write(picture);
  outputs.finish();
  return outputs.fault() ? report_error({*outputs.fault()}, command.common) : status_done;
}

std::string title_of(const PlotCommand& command, const Drawn& drawn) {
  std::string title = command.words.operation;
  std::vector<std::string> ids;
  for (const curves::Series& one : drawn.series) {
    if (one.faults) continue;
    const schedule::Schedule& schedule = one.resolved.plan->schedule;
    std::string name = schedule.id + (schedule.version.empty() ? "" : " " + schedule.version);
    if (std::find(ids.begin(), ids.end(), name) == ids.end()) ids.push_back(name);
  }
  for (std::size_t i = 0; i < ids.size() && i < 4; ++i) title += (i == 0 ? ", " : " / ") + ids[i];
  return title + (ids.size() > 4 ? " / ..." : "");
}

std::string without_curve(const Drawn& drawn) {
  std::string text;
  for (std::size_t i = 0; i < drawn.series.size(); ++i) {
    const std::optional<Diagnostics>& faults = drawn.series[i].faults;
    bool is_said = drawn.work->is_done() && faults && faults->front().code == Code::undecidable;
    if (!faults || is_said) continue;
    text += render::text::printable("Not drawn: " + drawn.labels[i] + ", " +
                                    render::words::fault_words(faults->front())) +
            "\n";
  }
  if (drawn.work->is_done())
    text += "Not all decided: " + render::words::fault_words(curves::out_of_work()) + "\n";
  return text;
}

// Where none has a price at any amount: the first one's reason.
std::optional<Diagnostic> without_price(const Drawn& drawn, curves::Shown shown) {
  std::optional<Diagnostic> first;
  for (const curves::Series& one : drawn.series) {
    std::optional<Diagnostic> reason;
    if (one.faults) {
      reason = one.faults->front();
    } else {
      curves::PiecewiseFigure figure = curves::shown_figure(one, shown);
      const Diagnostic* fault = curves::find_reason(figure);
      if (fault == nullptr) return std::nullopt;
      reason = *fault;
    }
    if (!first) first = reason;
  }
  return first;
}

int answer_plot(const PlotCommand& command, const Drawn& drawn, const fees::AmountInterval& range) {
  std::vector<const curves::Series*> series;
  for (const curves::Series& one : drawn.series) series.push_back(&one);
  if (command.common.json) {
    formats::JsonWriter json;
    json.object([&] {
      json.member("operation", command.words.operation);
      render::plot::write_plot(json, series, drawn.labels);
    });
    return print(json.text() + "\n");
  }
  if (command.csv) return print(render::plot::plot_csv(series, drawn.labels));
  render::plot::PlotWords words{title_of(command, drawn), drawn.labels, command.logarithmic, range};
  render::plot::Plot plot = render::plot::plot_of(series, shown_of(command), words);
  if (!command.svg.empty()) return write_picture(command, render::plot::plot_svg(plot, "plot"));
  std::string text = render::text::printable(plot.title) + "\n\n" +
                     render::plot::plot_terminal(plot, find_terminal());
  std::string missing = without_curve(drawn);
  return print_for_people(text + (missing.empty() ? "" : "\n" + missing));
}

}  // namespace

Syntax syntax_of(PlotCommand& command) {
  Syntax syntax{
      "plot", translatable("Fees by amount, as a picture"), {schedule_argument(command.schedule)}};
  std::vector<Option>& options = syntax.options;
  add_conditions(syntax, command.words);
  options.push_back(
      {"OTHER", &command.others, translatable("Further schedules, drawn beside the first")});
  options.push_back({.name = "--show",
                     .into = &command.show,
                     .help = translatable("fee, percent (of the amount) or net (what arrives)"),
                     .values = {"fee", "percent", "net"}});
  options.push_back({"--log", &command.logarithmic, translatable("Amounts on a logarithmic axis")});
  options.push_back({"--from-amount", &command.from, translatable("The smallest amount")});
  options.push_back({"--to-amount", &command.until, translatable("The greatest amount")});
  options.push_back(
      {"--svg", &command.svg, translatable("Write the picture to a file; - is standard output")});
  options.push_back(
      {"--csv", &command.csv, translatable("Print the exact edges instead of a picture")});
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy plot okpay withdrawal --tier verified", translatable("a line for each method")},
      {"levy plot okpay withdrawal --svg fees.svg",
       translatable("the same as a picture in a file")}};
  syntax.footer = translatable("What is not given becomes lines.");
  return syntax;
}

int run(const PlotCommand& command) {
  std::vector<std::string> schedules = {command.schedule};
  schedules.insert(schedules.end(), command.others.begin(), command.others.end());
  Asked asked;
  ask_all(asked, schedules, command.words, command.common);
  if (asked.status != 0) return asked.status;
  Checked<fees::AmountInterval> range = read_range(command, asked);
  if (!range) return report_error(range.faults(), command.common);
  Drawn drawn = find_all(asked, *range);
  if (std::optional<Diagnostic> reason = without_price(drawn, shown_of(command)))
    return report_error({*reason}, command.common);
  return answer_plot(command, drawn, *range);
}

}  // namespace levy::cli
