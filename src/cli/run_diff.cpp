// levy diff: what a new version of a tariff changes, and for whom.
#include "base/suggest.h"
#include "base/text.h"
#include "cli/account_files.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/still_working.h"
#include "cli/syntax.h"
#include "comparison/impact.h"
#include "formats/json.h"
#include "formats/read_rows.h"
#include "render/json/diff_json.h"
#include "render/pages/diff_page.h"
#include "render/text/page.h"

namespace levy::cli {
namespace {

// The two versions, which the report borrows.
struct Versions {
  Loaded before, after;
  LoadedRates rates;
  const fees::Plan *old_plan = nullptr, *new_plan = nullptr;
  Instant time;
};

int load(Versions& versions, const DiffCommand& command) {
  versions.before = load_named_tariff(command.before, command.common);
  if (!versions.before.tariff) return versions.before.status;
  versions.after = load_named_tariff(command.after, command.common);
  if (!versions.after.tariff) return versions.after.status;
  versions.rates = load_rates(command.rates, command.common);
  if (versions.rates.status != 0) return versions.rates.status;
  Checked<fees::Question> question = question_of({}, command.common, *versions.before.tariff);
  if (!question) return report_error(question.faults(), command.common);
  versions.time = question->now;
  versions.old_plan = &versions.before.tariff->nearest(versions.time);
  versions.new_plan = &versions.after.tariff->nearest(versions.time);
  return status_done;
}

Checked<formats::Document> document_of(const schedule::Schedule& schedule) {
  return formats::parse_json(Source(schedule.file, std::string(schedule.place.text())));
}

// The texts once more, for what the plans do not keep.
std::vector<render::words::FileChange> changes_of_files(const Versions& versions) {
  Checked<formats::Document> one = document_of(versions.old_plan->schedule);
  Checked<formats::Document> other = document_of(versions.new_plan->schedule);
  if (!one || !other) return {};
  return render::words::file_changes(*one, *other);
}

// ---- transactions ------------------------------------------------------------------------------

// "2%": percent. None where it is not given.
Checked<std::optional<Rational>> read_max_increase(const DiffCommand& command) {
  if (command.max_increase.empty()) return std::optional<Rational>();
  if (command.transactions.empty()) {
    return usage("--max-increase needs the operations that are to be counted",
                 "name their file with --transactions");
  }
  std::string text = command.max_increase;
  if (text.ends_with('%')) text.pop_back();
  Checked<Decimal> percent = parse_decimal(text);
  if (percent && percent->sign() >= 0) return std::optional<Rational>(*percent);
  return usage("--max-increase " + in_quotes(command.max_increase) + " is not a percentage",
               "write it as 2% or 0.5%");
}

struct MeasuredImpact {
  std::optional<comparison::Impact> impact;
  int status = status_done;  // where there is none: what `report_error` returned
};

MeasuredImpact measure(const DiffCommand& command, const Versions& versions) {
  MeasuredImpact measured;
  Checked<std::unique_ptr<StreamFile>> opened = StreamFile::open(command.transactions);
  if (!opened) {
    measured.status = report_error(opened.faults(), command.common);
    return measured;
  }
  StreamFile& file = **opened;
  facts::MappingTarget target =
      facts::mapping_target({&versions.old_plan->schedule, &versions.new_plan->schedule}, false);
  LoadedMapping mapping = load_mapping(command.mapping, target, command.common);
  measured.status = mapping.status;
  if (mapping.status != 0) return measured;
  std::optional<Progress> progress;
  if (can_show_progress()) progress.emplace(file.size());
  std::uint64_t bytes = 0, count = 0;
  formats::NextRow table = facts::read_table_by(mapping.mapping.get(), target, command.transactions,
                                                [&](char* into, std::size_t size) {
                                                  std::size_t read = file.read(into, size);
                                                  bytes += read;
                                                  return read;
                                                });
  formats::NextRow rows = [&](formats::Row& row) {
    if (progress) progress->show(bytes, count++);
    return table(row);
  };
  comparison::ImpactQuestion question{*versions.old_plan, *versions.new_plan,
                                      versions.rates.rates ? &*versions.rates.rates : nullptr,
                                      versions.time, command.transactions};
  Checked<comparison::Impact> impact = comparison::measure_impact(question, rows);
  progress.reset();
  if (file.failed()) {
    measured.status = report_error({file.fault()}, command.common);
  } else if (!impact) {
    measured.status = report_error(impact.faults(), command.common);
  } else {
    measured.impact = std::move(*impact);
  }
  return measured;
}

bool exceeds(const comparison::Impact& impact, const Rational& bound) {
  std::optional<Rational> rise = impact.greatest_rise();
  return impact.rises_from_nothing() || (rise && *rise > bound);
}

struct Answer {
  render::pages::DiffReport report;
  std::optional<comparison::Impact> impact;
  std::optional<Rational> bound;  // on the rise, in percent

  // With a bound only its excess is a no: that a change changes something is no news.
  int status() const {
    if (bound) return impact && exceeds(*impact, *bound) ? status_no : status_done;
    return report.is_same() ? status_done : status_no;
  }
};

std::string diff_as_json(const Answer& answer, const Currencies& currencies) {
  formats::JsonWriter json;
  json.object([&] {
    render::json::write_diff(json, answer.report);
    if (answer.impact) render::pages::write_impact(json, *answer.impact, currencies);
    if (answer.bound) {
      json.member("within_max_increase", answer.status() == status_done);
    }
  });
  return json.text() + "\n";
}

render::text::Page as_page(const Answer& answer, const Currencies& currencies) {
  render::text::Page page = render::pages::diff_page(answer.report);
  if (!answer.impact) return page;
  render::pages::add_impact(page, *answer.impact, currencies);
  if (!answer.bound) return page;
  bool within = answer.status() == status_done;
  page.push_back(render::text::Paragraph{
      std::string("The fees rise by ") + (within ? "no more than " : "more than ") +
      answer.bound->to_string() + " % in " + (within ? "every" : "at least one") + " currency."});
  return page;
}

}  // namespace

Syntax syntax_of(DiffCommand& command) {
  Syntax syntax{"diff", translatable("What a new version of a tariff changes, and for whom"), {}};
  std::vector<Option>& options = syntax.options;
  options.push_back(
      {"OLD", &command.before, translatable("The version before: a path or id"), true});
  options.push_back({"NEW", &command.after, translatable("The version after"), true});
  options.push_back(markdown_option(command.common));
  options.push_back({"--transactions", &command.transactions,
                     translatable("The effect on these operations: CSV or JSON Lines")});
  options.push_back(mapping_option(command.mapping));
  options.push_back({"--max-increase", &command.max_increase,
                     translatable("Status 1 only where their fees rise by more: 2%")});
  options.push_back(rates_option(command.rates));
  add_common(syntax, command.common);
  syntax.examples = {
      {"levy diff old.json new.json", translatable("what changes, for whom, in which amounts")},
      {"levy diff old.json new.json --transactions past.csv",
       translatable("what it would have changed")}};
  return syntax;
}

int run(const DiffCommand& command) {
  Versions versions;
  if (int status = load(versions, command); status != 0) return status;
  const facts::Rates* rates =
      versions.rates.rates ? versions.rates.rates->at(versions.time) : nullptr;
  Answer answer;
  Checked<std::optional<Rational>> bound = read_max_increase(command);
  if (!bound) return report_error(bound.faults(), command.common);
  answer.bound = *bound;
  if (!command.transactions.empty()) {
    MeasuredImpact measured = measure(command, versions);
    if (!measured.impact) return measured.status;
    answer.impact = std::move(measured.impact);
  }
  answer.report.costs = comparison::diff(*versions.old_plan, *versions.new_plan, rates);
  answer.report.terms =
      render::words::term_changes(versions.old_plan->schedule, versions.new_plan->schedule);
  answer.report.files = changes_of_files(versions);
  const Currencies& currencies = versions.new_plan->schedule.currencies;
  if (command.common.json) return print(diff_as_json(answer, currencies), answer.status());
  return print_page(as_page(answer, currencies), command.common, answer.status());
}

}  // namespace levy::cli
