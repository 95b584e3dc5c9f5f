#include "render/show_page.h"

#include <algorithm>

#include "base/suggest.h"
#include "render/show_parts.h"

namespace levy {
namespace {

constexpr std::size_t currencies_inline_max = 4;  // more stand in a table

std::string declared_currencies(const Schedule& schedule) {
  std::vector<std::string> words;
  for (const std::string& code : schedule.currencies.known_codes()) {
    Currency currency = *Currency::of(code);
    if (!schedule.currencies.declares(currency)) continue;
    words.push_back(code + " (" + std::to_string(schedule.currencies.digits(currency)) + ")");
  }
  return join_and(words);
}

std::string other_versions(const Tariff& tariff, const Plan& plan) {
  std::string words;
  for (const Plan& other : tariff.versions) {
    if (&other == &plan) continue;
    words += (words.empty() ? "" : "; ") + other.schedule.version + ", in force " +
             effective_words(other.schedule);
  }
  return words;
}

// What the ways of collecting that occur mean.
std::string collection(const Plan& plan) {
  bool on_top = false, deducted = false, none = false;
  for (const FeePlan& fee : plan.fees) {
    for (const CasePlan& one : fee.cases) {
      if (one.as_written->charge.margin || one.as_written->charge.waived) continue;
      on_top = on_top || one.collect == Collect::on_top;
      deducted = deducted || one.collect == Collect::deducted;
      none = none || one.collect == Collect::none;
    }
  }
  std::string words;
  auto add = [&](bool occurs, const char* meaning) {
    if (occurs) words += (words.empty() ? "" : "; ") + std::string(meaning);
  };
  add(on_top, "on top: paid besides the amount");
  add(deducted, "deducted: taken out of the amount");
  add(none, "shown only: worked out for other fees or for information, and not charged");
  return words;
}

bool converts(const Schedule& schedule) {
  const Conversion& conversion = schedule.conversion;
  if (conversion.rate_digits || conversion.round.mode) return true;
  for (const Fee& fee : schedule.fees) {
    for (const Case& one : fee.cases) {
      if (one.charge.margin) return true;
    }
  }
  return false;
}

void add_header(Page& page, const Tariff& tariff, const Plan& plan, Instant time,
                const Wording& wording) {
  const Schedule& schedule = plan.schedule;
  std::string title(schedule.title.in(wording.language));
  page.push_back(Heading{1, title.empty() ? schedule.id : title});
  Facts facts;
  auto add = [&](const char* label, std::string text) {
    if (!text.empty()) facts.rows.emplace_back(label, std::move(text));
  };
  add("Tariff", schedule.id + (schedule.version.empty() ? "" : ", version " + schedule.version));
  std::string asked = instant_words(time, schedule.timezone);
  add("In force", effective_words(schedule) +
                      (tariff.at(time) == &plan ? "" : "; not at the time asked, " + asked));
  add("Other versions", other_versions(tariff, plan));
  add("Currency", schedule.currency.empty() ? "each amount names its own"
                                            : std::string(schedule.currency.code()));
  add("Decimal places", declared_currencies(schedule));
  add("Operations", join_and(schedule.operations()));
  if (!schedule.fees.empty()) {
    add("Collected", collection(plan));
    add("Rounding", rounding_words(wording));
  }
  if (converts(schedule)) add("Conversion", conversion_words(wording));
  add("Time zone", schedule.timezone.name());
  add("Note", std::string(schedule.note.in(wording.language)));
  add("Source", schedule.source);
  page.push_back(std::move(facts));
}

}  // namespace

Page show_page(const Tariff& tariff, Instant time, const std::string& language) {
  const Plan& plan = tariff.nearest(time);
  Wording wording{plan.schedule, language, currencies_inline_max};
  Page page;
  add_header(page, tariff, plan, time, wording);
  add_fees(page, plan, wording);
  add_tiers(page, wording);
  add_limits(page, wording);
  add_guarantees(page, wording);
  add_inputs(page, wording);
  return page;
}

}  // namespace levy
