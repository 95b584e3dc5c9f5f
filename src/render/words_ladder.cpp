// Meters, limits, tiers, evidence and guarantees in words.
#include <algorithm>

#include "base/suggest.h"
#include "render/words.h"

namespace levy {
namespace {

std::string period_words(Window::Kind period) { return to_string(Window{period}); }

std::string evidence_name(std::string_view id, const Wording& wording) {
  const Evidence* evidence = wording.schedule.find_evidence(id);
  std::string title(evidence == nullptr ? "" : evidence->title.in(wording.language));
  return title.empty() ? std::string(id) : title + " (" + std::string(id) + ")";
}

std::string subject_words(const Meter& meter) {
  switch (meter.measure) {
    case Meter::Measure::amount:
      return "amount";
    case Meter::Measure::debit:
      return "amount and fees on top";
    case Meter::Measure::count:
      return "number of operations";
    case Meter::Measure::quantity:
      return name_words(meter.quantity);
    case Meter::Measure::fee:
      return "this fee";
    case Meter::Measure::units:
      return "units";
    case Meter::Measure::balance:
      return "balance afterwards";
  }
  return {};
}

const Figure* bound_for(const std::optional<Bounds>& bounds, std::string_view tier) {
  if (!bounds) return nullptr;
  for (const auto& [name, figure] : bounds->figures) {
    if ((!bounds->by_tier || name == tier) && figure) return &*figure;
  }
  return nullptr;
}

bool is_zero(const Figure& figure) {
  if (figure.number) return figure.number->is_zero();
  return std::all_of(figure.money.begin(), figure.money.end(),
                     [](const Money& one) { return one.amount.is_zero(); });
}

std::string promise(std::string_view what, const std::optional<Guarantee::Promise>& promise,
                    const Wording& wording) {
  if (!promise) return {};
  std::string words(what);
  if (promise->money) return words + money_words(promise->money->money, wording);
  return words + promise->percent->text + " % of the amount";
}

}  // namespace

std::string duration_words(std::int64_t seconds) {
  auto many = [](std::int64_t count, std::string_view unit) {
    return std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s");
  };
  if (seconds % 86400 == 0 && seconds != 86400) return many(seconds / 86400, "day");
  if (seconds % 3600 == 0) return many(seconds / 3600, "hour");
  if (seconds % 60 == 0) return many(seconds / 60, "minute");
  return many(seconds, "second");
}

std::string window_words(const Window& window) {
  switch (window.kind) {
    case Window::Kind::transaction:
      return "per operation";
    case Window::Kind::day:
    case Window::Kind::week:
    case Window::Kind::month:
    case Window::Kind::quarter:
    case Window::Kind::year:
      return "per calendar " + period_words(window.kind);
    case Window::Kind::year_from:
      return "per " + to_string(window);  // "year from 04-01"
    case Window::Kind::day_from:
    case Window::Kind::week_from:
    case Window::Kind::month_from:
      return "per " + to_string(window);  // "day from 16:30"
    case Window::Kind::lifetime:
      return "over the account's whole life";
    case Window::Kind::previous:
      return "in the calendar " + period_words(window.period) + " before";
    case Window::Kind::rolling:
      return "within " + duration_words(window.seconds);
  }
  return {};
}

// ", for each recipient".
std::string per_attribute_words(const Meter& meter) {
  std::string words;
  for (const std::string& name : meter.per)
    words += (words.empty() ? ", for each " : " and ") + name_words(name);
  return words;
}

std::string measure_words(const Meter& meter) {
  std::string words = subject_words(meter);
  if (meter.measure != Meter::Measure::balance) {
    bool single = meter.window.kind == Window::Kind::transaction;
    words += single ? " of one operation" : " " + window_words(meter.window);
    words += per_attribute_words(meter);
  }
  return words;
}

std::string counts_words(const Meter& meter, const Wording& wording) {
  if (!meter.counts) return "";
  const auto& operations = meter.counts->operations;
  std::string words = operations ? join_and(*operations) : "every operation";
  std::string where = when_words(meter.counts->when, wording);
  return where.empty() ? words : words + " where " + where;
}

std::string meter_words(const Meter& meter, const Wording& wording) {
  std::string words = subject_words(meter);
  if (meter.operations) words += " of " + join_and(*meter.operations);
  if (meter.operations && meter.measure == Meter::Measure::count)
    words = "number of " + join_and(*meter.operations) + " operations";
  words += " " + window_words(meter.window) + per_attribute_words(meter);
  std::string where = when_words(meter.when, wording);
  if (!where.empty()) words += " where " + where;
  if (!meter.currency.empty() && meter.currency != wording.schedule.currency)
    words += ", in " + std::string(meter.currency.code());
  return words;
}

std::string allowed_words(const Limit& limit, std::string_view tier, const Wording& wording) {
  const Figure *min = bound_for(limit.min, tier), *max = bound_for(limit.max, tier);
  if (min == nullptr && max == nullptr) return "no limit";
  if (min == nullptr && is_zero(*max)) return "none (" + figure_words(*max, wording) + ")";
  if (min == nullptr) return "up to " + figure_words(*max, wording);
  if (max == nullptr) return figure_words(*min, wording) + " or more";
  return figure_words(*min, wording) + " to " + figure_words(*max, wording);
}

std::string requirement_words(const Requirement& requirement, const Wording& wording) {
  if (requirement.kind == Requirement::Kind::evidence) {
    std::string name = evidence_name(requirement.evidence, wording);
    if (!requirement.at_least) return name;
    return name + " at least " + figure_words(*requirement.at_least, wording);
  }
  std::vector<std::string> parts;
  for (const Requirement& part : requirement.of) {
    std::string words = requirement_words(part, wording);
    bool compound = part.kind != Requirement::Kind::evidence && part.of.size() > 1;
    parts.push_back(compound && requirement.of.size() > 1 ? "(" + words + ")" : words);
  }
  if (requirement.kind == Requirement::Kind::any) return join_or(parts);
  if (requirement.kind == Requirement::Kind::all) return join_and(parts);
  return "at least " + std::to_string(requirement.count) + " of: " + join_or(parts);
}

std::string evidence_words(const Evidence& evidence, const Wording& wording) {
  switch (evidence.kind) {
    case Evidence::Kind::document:
      return evidence.max_age_seconds
                 ? "document, for " + duration_words(*evidence.max_age_seconds) + " from its issue"
                 : "document";
    case Evidence::Kind::approval:
      return "approval, granted by the operator";
    case Evidence::Kind::number:
      return "number in the account's profile";
    case Evidence::Kind::activity:
      return "activity: " + meter_words(*evidence.meter, wording);
  }
  return {};
}

std::string promise_words(const Guarantee& guarantee, const Wording& wording) {
  std::vector<std::string> parts;
  for (std::string words :
       {promise("the fees are at most ", guarantee.fee_at_most, wording),
        promise("the fees are at least ", guarantee.fee_at_least, wording),
        promise("at least this much arrives: ", guarantee.credit_at_least, wording)}) {
    if (!words.empty()) parts.push_back(std::move(words));
  }
  return join_and(parts);
}

}  // namespace levy
