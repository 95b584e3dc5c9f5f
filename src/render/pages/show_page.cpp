// What each operation costs: a row for each fee and case, bands below.
#include "render/pages/show_page.h"

#include <algorithm>

#include "base/suggest.h"
#include "facts/meters.h"
#include "render/text/translate.h"
#include "render/words/answer_parts.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::render::pages {
namespace {

bool concerns_operation(const schedule::Fee& fee, const std::string& operation) {
  const auto& names = fee.operations;
  return names.empty() || std::find(names.begin(), names.end(), operation) != names.end();
}

std::string case_name(const schedule::Case& one, const words::Wording& wording) {
  std::string title(one.title.in(wording.language));
  return title.empty() ? "-" : "- " + title;
}

// ---- rows --------------------------------------------------------------------------------------

std::string own_rounding(const fees::FeePlan& fee, const words::Wording& wording) {
  return fee.as_written->round ? words::round_words(fee.line, wording) : "";
}

void add_single(text::Grid& grid, const fees::FeePlan& plan, const words::Wording& wording) {
  const schedule::Fee& fee = *plan.as_written;
  const schedule::Charge& charge = fee.cases.front().charge;
  std::string when = words::when_words(fee.when, wording), rounding = own_rounding(plan, wording);
  std::string words =
      words::charge_words(charge, wording) + (rounding.empty() ? "" : "; " + rounding);
  grid.row({titled(fee.title, fee.id, wording), when.empty() ? "always" : when, words,
            words::collect_words(charge, plan.cases.front().collect)});
}

// "method is bank"; a case without conditions takes what the ones before it left.
std::string case_when(const schedule::Case& one, bool first, const words::Wording& wording) {
  std::string when = words::when_words(one.when, wording);
  if (!when.empty()) return when;
  return first ? "always" : "otherwise";
}

void add_cases(text::Grid& grid, const fees::FeePlan& plan, const words::Wording& wording) {
  const schedule::Fee& fee = *plan.as_written;
  grid.row({titled(fee.title, fee.id, wording), words::when_words(fee.when, wording),
            own_rounding(plan, wording), ""},
           text::Grid::Row::Kind::head);
  for (const fees::CasePlan& one : plan.cases) {
    const schedule::Case& as_written = *one.as_written;
    bool first = &as_written == &fee.cases.front();
    grid.row({case_name(as_written, wording), case_when(as_written, first, wording),
              words::charge_words(as_written.charge, wording),
              words::collect_words(as_written.charge, one.collect)},
             text::Grid::Row::Kind::member);
  }
}

text::Grid fee_grid(const FeeGroup& group, const words::Wording& wording) {
  bool choice = std::any_of(group.fees.begin(), group.fees.end(), [](const fees::FeePlan* fee) {
    return fee->as_written->cases.size() > 1;
  });
  text::Grid grid;
  grid.columns = {"Fee", choice ? "When (the first that holds)" : "When", "Charge", "Collected"};
  for (const fees::FeePlan* fee : group.fees) {
    if (fee->as_written->in_place)
      add_single(grid, *fee, wording);
    else
      add_cases(grid, *fee, wording);
  }
  return grid;
}

// ---- bands -------------------------------------------------------------------------------------

bool same_ranges(const words::BandTable& a, const words::BandTable& b) {
  return a.caption == b.caption && a.axis == b.axis &&
         std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                    [](const auto& x, const auto& y) { return x.range == y.range; });
}

// Cases with the same bands share a table, a column each.
struct SharedBands {
  words::BandTable bands;
  text::Grid grid;
};

void add_bands_of(std::vector<SharedBands>& all, const words::BandTable& table,
                  const std::string& heading) {
  auto shared = std::find_if(all.begin(), all.end(),
                             [&](const SharedBands& one) { return same_ranges(one.bands, table); });
  if (shared == all.end()) {
    text::Grid grid;
    grid.columns = {table.axis};
    for (const words::BandTable::Row& row : table.rows) grid.row({row.range});
    all.push_back({table, std::move(grid)});
    shared = all.end() - 1;
  }
  shared->grid.columns.push_back(heading);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    shared->grid.rows[i].cells.push_back(table.rows[i].charge);
}

std::string band_heading(const schedule::Fee& fee, const schedule::Case& one,
                         const words::Wording& wording) {
  std::string title(one.title.in(wording.language));
  if (!title.empty()) return title;
  std::string when = fee.in_place ? "" : words::when_words(one.when, wording);
  return when.empty() ? "Charge" : when;
}

void add_bands(text::Page& page, const schedule::Fee& fee, const words::Wording& wording) {
  std::vector<SharedBands> all;
  for (const schedule::Case& one : fee.cases) {
    for (const words::BandTable& table : words::band_tables(one.charge, wording))
      add_bands_of(all, table, band_heading(fee, one, wording));
  }
  for (SharedBands& one : all) {
    page.push_back(text::Paragraph{titled(fee.title, fee.id, wording) + ": " + one.bands.caption});
    page.push_back(std::move(one.grid));
  }
}

void add_notes(text::Page& page, const FeeGroup& group, const words::Wording& wording) {
  text::Facts notes;
  auto add = [&](const std::string& of, const schedule::LocalText& note) {
    std::string text(note.in(wording.language));
    if (!text.empty()) notes.rows.emplace_back(of, text);
  };
  for (const fees::FeePlan* plan : group.fees) {
    const schedule::Fee& fee = *plan->as_written;
    add("Note on " + fee.id, fee.note);
    for (const schedule::Case& one : fee.cases)
      add("Note on " + fee.id + ", " + band_heading(fee, one, wording), one.note);
  }
  if (!notes.rows.empty()) page.push_back(std::move(notes));
}

// ---- amounts by currency -----------------------------------------------------------------------

bool same_money(const MoneyList& a, const MoneyList& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const Money& one) {
           const Money* other = find_money(b, one.currency);
           return other != nullptr && *other == one;
         });
}

// One column for each list of amounts; cases with the same list share it.
struct PriceColumn {
  std::vector<std::string> cases;
  std::string name;  // "at least"
  const MoneyList* money = nullptr;
};

std::vector<PriceColumn> price_columns(const schedule::Fee& fee, const words::Wording& wording) {
  std::vector<PriceColumn> columns;
  for (const schedule::Case& one : fee.cases) {
    for (const words::LongPrice& price : words::long_prices(one.charge, wording)) {
      auto same = std::find_if(columns.begin(), columns.end(), [&](const PriceColumn& column) {
        return column.name == price.name && same_money(*column.money, *price.money);
      });
      if (same == columns.end()) same = columns.insert(same, {{}, price.name, price.money});
      same->cases.push_back(band_heading(fee, one, wording));
    }
  }
  return columns;
}

// "From abroad: at least"; the name alone where the same cases share every column.
std::string column_heading(const PriceColumn& column, const std::vector<PriceColumn>& columns) {
  bool shared = std::all_of(columns.begin(), columns.end(),
                            [&](const PriceColumn& other) { return other.cases == column.cases; });
  if (shared) return column.name;  // one case, or all of them
  std::string cases;
  for (const std::string& one : column.cases) cases += (cases.empty() ? "" : " / ") + one;
  return cases + ": " + column.name;
}

// In the order in which the lists name them first.
std::vector<Currency> price_currencies(const std::vector<PriceColumn>& columns) {
  std::vector<Currency> currencies;
  for (const PriceColumn& column : columns) {
    for (const Money& one : *column.money) {
      if (std::find(currencies.begin(), currencies.end(), one.currency) == currencies.end())
        currencies.push_back(one.currency);
    }
  }
  return currencies;
}

void add_amounts(text::Page& page, const schedule::Fee& fee, const words::Wording& wording) {
  std::vector<PriceColumn> columns = price_columns(fee, wording);
  if (columns.empty()) return;
  text::Grid grid;
  grid.columns = {"Currency"};
  for (const PriceColumn& column : columns) grid.columns.push_back(column_heading(column, columns));
  for (Currency currency : price_currencies(columns)) {
    std::vector<std::string> cells = {std::string(currency.code())};
    for (const PriceColumn& column : columns) {
      const Money* one = find_money(*column.money, currency);
      cells.push_back(one == nullptr ? "none" : to_string(*one, wording.schedule.currencies));
    }
    grid.row(std::move(cells));
  }
  page.push_back(text::Paragraph{titled(fee.title, fee.id, wording) + ": amounts by currency."});
  page.push_back(std::move(grid));
}

std::string group_title(const FeeGroup& group) {
  return group.operations.empty() ? "Fees of every operation"
                                  : "Fees of " + words::join_and(group.operations);
}

}  // namespace

std::vector<FeeGroup> fee_groups(const fees::Plan& plan) {
  std::vector<FeeGroup> groups;
  std::vector<std::string> operations = plan.schedule.operations();
  if (operations.empty()) operations.emplace_back();
  for (const std::string& operation : operations) {
    std::vector<const fees::FeePlan*> fees;
    for (const fees::FeePlan& fee : plan.fees) {
      if (concerns_operation(*fee.as_written, operation)) fees.push_back(&fee);
    }
    if (fees.empty()) continue;
    auto same = std::find_if(groups.begin(), groups.end(),
                             [&](const FeeGroup& group) { return group.fees == fees; });
    if (same == groups.end()) same = groups.insert(groups.end(), {{}, std::move(fees)});
    if (!operation.empty()) same->operations.push_back(operation);
  }
  return groups;
}

void add_fees(text::Page& page, const fees::Plan& plan, const words::Wording& wording) {
  for (const FeeGroup& group : fee_groups(plan)) {
    page.push_back(text::Heading{2, group_title(group)});
    page.push_back(fee_grid(group, wording));
    for (const fees::FeePlan* fee : group.fees) {
      add_bands(page, *fee->as_written, wording);
      add_amounts(page, *fee->as_written, wording);
    }
    add_notes(page, group, wording);
  }
}

// Tiers, limits and guarantees.

namespace {

std::string note_in(const schedule::LocalText& note, const words::Wording& wording) {
  return std::string(note.in(wording.language));
}

void add_evidence(text::Page& page, const words::Wording& wording) {
  if (wording.schedule.evidence.empty()) return;
  text::Grid grid{{"Evidence", "What it is", "Note"}, {}};
  for (const schedule::Evidence& one : wording.schedule.evidence) {
    grid.row({titled(one.title, one.id, wording), words::evidence_words(one, wording),
              note_in(one.note, wording)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

// One column a tier where any limit tells them apart.
std::vector<std::string> tier_columns(const schedule::Schedule& schedule) {
  for (const schedule::Limit& limit : schedule.limits) {
    if (!limit.is_by_tier()) continue;
    std::vector<std::string> ids;
    for (const schedule::Tier& tier : schedule.tiers) ids.push_back(tier.id);
    return ids;
  }
  return {""};
}

text::Grid::Row limit_row(const schedule::Limit& limit, const std::vector<std::string>& tiers,
                          const words::Wording& wording) {
  const schedule::Meter& meter = limit.meter;
  std::string operations =
      meter.operations ? words::join_and(*meter.operations) : "every operation";
  std::string measured = words::measure_words(meter);
  std::string counts = words::counts_words(meter, wording);
  if (!counts.empty()) measured += ", of " + counts;
  text::Grid::Row row{{titled(limit.title, limit.id, wording), operations,
                       words::when_words(meter.when, wording), measured}};
  for (const std::string& tier : tiers)
    row.cells.push_back(words::allowed_words(limit, tier, wording));
  return row;
}

}  // namespace

std::string titled(const schedule::LocalText& title, const std::string& id,
                   const words::Wording& wording) {
  std::string text(title.in(wording.language));
  return text.empty() ? id : text + " (" + id + ")";
}

void add_tiers(text::Page& page, const words::Wording& wording) {
  const schedule::Schedule& schedule = wording.schedule;
  if (schedule.tiers.empty() && schedule.evidence.empty()) return;
  page.push_back(text::Heading{2, "Tiers"});
  text::Grid grid{{"Tier", "Requires", "Note"}, {}};
  bool first = true;
  for (const schedule::Tier& tier : schedule.tiers) {
    std::string words =
        tier.requires_ ? words::requirement_words(*tier.requires_, wording) : "nothing more";
    if (first && !tier.requires_) words = "nothing";
    first = false;
    grid.row({titled(tier.title, tier.id, wording), words, note_in(tier.note, wording)});
  }
  grid.drop_empty_columns();
  if (!grid.rows.empty()) page.push_back(std::move(grid));
  if (schedule.tiers.size() > 1)
    page.push_back(text::Paragraph{"Each tier also requires what the tiers before it require."});
  add_evidence(page, wording);
}

void add_limits(text::Page& page, const words::Wording& wording) {
  const schedule::Schedule& schedule = wording.schedule;
  if (schedule.limits.empty()) return;
  page.push_back(text::Heading{2, "Limits"});
  std::vector<std::string> tiers = tier_columns(schedule);
  text::Grid grid{{"Limit", "Operations", "When", "Measured"}, {}};
  for (const std::string& tier : tiers) grid.columns.push_back(tier.empty() ? "Allowed" : tier);
  text::Facts notes;
  for (const schedule::Limit& limit : schedule.limits) {
    grid.rows.push_back(limit_row(limit, tiers, wording));
    std::string note = note_in(limit.note, wording);
    if (!note.empty()) notes.rows.emplace_back("Note on " + limit.id, note);
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
  if (!notes.rows.empty()) page.push_back(std::move(notes));
}

void add_guarantees(text::Page& page, const words::Wording& wording) {
  if (wording.schedule.guarantees.empty()) return;
  page.push_back(text::Heading{2, "Guarantees"});
  text::Grid grid{{"Promise", "Operations", "When", "Guaranteed"}, {}};
  for (const schedule::Guarantee& one : wording.schedule.guarantees) {
    std::string operations =
        one.operations.empty() ? "every operation" : words::join_and(one.operations);
    grid.row({std::string(one.title.in(wording.language)), operations,
              words::when_words(one.when, wording), words::promise_words(one, wording)});
  }
  grid.drop_empty_columns();
  page.push_back(std::move(grid));
}

// What an operation can say about itself, and the lists that conditions name.

namespace {

using Names = std::vector<std::string>;

void collect_names(Names& names, const std::optional<schedule::When>& when) {
  if (!when) return;
  for (const schedule::Condition& condition : when->conditions) names.push_back(condition.name);
}

void collect_names(Names& names, const schedule::Meter& meter) {
  schedule::each_when(meter, [&](const schedule::When& when) { collect_names(names, when); });
}

Names names_in_conditions(const schedule::Schedule& schedule) {
  Names names;
  for (const schedule::Fee& fee : schedule.fees) {
    collect_names(names, fee.when);
    for (const schedule::Case& one : fee.cases) {
      collect_names(names, one.when);
      schedule::each_meter(one.charge,
                           [&](const schedule::Meter& meter) { collect_names(names, meter); });
    }
  }
  for (const schedule::Limit& limit : schedule.limits) {
    collect_names(names, limit.meter);
    names.insert(names.end(), limit.meter.per.begin(), limit.meter.per.end());
    if (limit.is_by_tier()) names.emplace_back("tier");
  }
  for (const schedule::Evidence& evidence : schedule.evidence) {
    if (evidence.meter) collect_names(names, *evidence.meter);
  }
  for (const schedule::Guarantee& one : schedule.guarantees) collect_names(names, one.when);
  return names;
}

std::string attribute_words(const schedule::Schedule& schedule, const std::string& name,
                            std::string_view language = "en") {
  auto say = [&](std::string_view sentence, text::PlaceValues values = {}) {
    return text::translate(language, sentence, values);
  };
  if (name == "weekday" || name == "date" || name == "time_of_day")
    return say("taken from the operation's time, in {zone}", {{"zone", schedule.timezone.name()}});
  if (name == "currency") return say("the amount's currency");
  if (name == "to_currency") return say("the currency that is to arrive");
  if (name == "cross_border") return say("true or false; or give country and to_country");
  Missing domain = schedule::describe_attribute(schedule, name);
  if (domain.closed) return words::join_or(domain.domain, language);
  return name == "country" || name == "to_country" ? say("a country's two letters")
                                                   : say("any text");
}

std::string quantity_words(const schedule::Quantity& quantity, std::string_view language = "en") {
  std::string words = text::translate(language, "a number");
  auto add = [&](std::string_view sentence, const std::optional<Decimal>& bound) {
    if (bound)
      words =
          text::translate(language, sentence, {{"number", words}, {"bound", bound->to_string()}});
  };
  add(text::translatable("{number}, at least {bound}"), quantity.min);
  add(text::translatable("{number}, at most {bound}"), quantity.max);
  add(text::translatable("{number}; {bound} if not given"), quantity.by_default);
  return words;
}

void add_sets(text::Page& page, const schedule::Schedule& schedule) {
  text::Grid grid{{"List", "Members"}, {}};
  for (const schedule::Set& set : schedule.sets) {
    if (words::is_named(set)) grid.row({"@" + set.name, words::join_and(set.members)});
  }
  if (grid.rows.empty()) return;
  page.push_back(text::Heading{2, "Lists"});
  page.push_back(std::move(grid));
}

}  // namespace

std::vector<std::string> used_attributes(const schedule::Schedule& schedule) {
  Names used = names_in_conditions(schedule), found;
  for (const std::string& name : schedule::builtin_attributes()) {
    if (std::find(used.begin(), used.end(), name) != used.end()) found.push_back(name);
  }
  return found;
}

void add_inputs(text::Page& page, const words::Wording& wording) {
  const schedule::Schedule& schedule = wording.schedule;
  text::Grid grid{{"Name", "Value"}, {}};
  for (const schedule::Attribute& one : schedule.attributes)
    grid.row({one.name, attribute_words(schedule, one.name)});
  for (const std::string& name : used_attributes(schedule))
    grid.row({name, attribute_words(schedule, name)});
  for (const schedule::Quantity& one : schedule.quantities)
    grid.row({one.name, quantity_words(one)});
  if (!grid.rows.empty()) {
    page.push_back(text::Heading{2, "Attributes and quantities that can be given"});
    page.push_back(std::move(grid));
  }
  add_sets(page, schedule);
}

void add_what_can_be_asked(text::Page& page, const schedule::Schedule& schedule,
                           const std::string& language) {
  auto say = [&](std::string_view sentence, text::PlaceValues values = {}) {
    return text::translate(language, sentence, values);
  };
  page.push_back(text::Paragraph{
      say("Of {schedule}:", {{"schedule", words::schedule_words(schedule, language)}})});
  text::Facts facts;
  std::vector<std::string> operations = schedule.operations();
  facts.rows.emplace_back(say("Operations"),
                          operations.empty() ? say("any") : words::join_or(operations, language));
  facts.rows.emplace_back(say("Currency"), schedule.currency.empty()
                                               ? say("each amount names its own")
                                               : std::string(schedule.currency.code()));
  page.push_back(std::move(facts));
  text::Grid options{{"", ""}, {}, say("Its options:")};
  auto add = [&](const std::string& name, std::string words) {
    std::string option = "--" + name;
    std::replace(option.begin(), option.end(), '_', '-');
    options.row({option, std::move(words)});
  };
  for (const schedule::Attribute& one : schedule.attributes)
    add(one.name, attribute_words(schedule, one.name, language));
  for (const std::string& name : used_attributes(schedule)) {
    if (!schedule::follows_from_time(name) && name != "currency" && name != "to_currency")
      add(name, attribute_words(schedule, name, language));
  }
  for (const schedule::Quantity& one : schedule.quantities)
    add(one.name, quantity_words(one, language));
  if (!options.rows.empty()) page.push_back(std::move(options));
  text::Grid meters{{"", ""}, {}, say("Its meters, whose readings --used NAME=VALUE gives:")};
  for (const facts::MeterUse& use : facts::meters_of(schedule)) {
    bool held = use.meter->measure == schedule::Meter::Measure::balance;
    if (!held && use.meter->window.kind == Window::Kind::transaction) continue;  // nothing before
    meters.row({use.id, held
                            ? say("what the account holds (also --balance)")
                            : say("what was used {window}",
                                  {{"window", words::window_words(use.meter->window, language)}})});
  }
  if (!meters.rows.empty()) page.push_back(std::move(meters));
}

namespace {

constexpr std::size_t currencies_inline_max = 4;  // more stand in a table

std::string declared_currencies(const schedule::Schedule& schedule) {
  std::vector<std::string> words;
  for (const std::string& code : schedule.currencies.known_codes()) {
    Currency currency = *Currency::of(code);
    if (!schedule.currencies.declares(currency)) continue;
    words.push_back(code + " (" + std::to_string(schedule.currencies.digits(currency)) + ")");
  }
  return words::join_and(words);
}

std::string other_versions(const fees::Tariff& tariff, const fees::Plan& plan) {
  std::string words;
  for (const fees::Plan& other : tariff.versions) {
    if (&other == &plan) continue;
    words += (words.empty() ? "" : "; ") + other.schedule.version + ", in force " +
             words::effective_words(other.schedule);
  }
  return words;
}

// What the ways of collecting that occur mean.
std::string collection(const fees::Plan& plan) {
  bool on_top = false, deducted = false, none = false;
  for (const fees::FeePlan& fee : plan.fees) {
    for (const fees::CasePlan& one : fee.cases) {
      if (one.as_written->charge.margin || one.as_written->charge.waived) continue;
      on_top = on_top || one.collect == schedule::Collect::on_top;
      deducted = deducted || one.collect == schedule::Collect::deducted;
      none = none || one.collect == schedule::Collect::none;
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

bool converts(const schedule::Schedule& schedule) {
  const schedule::Conversion& conversion = schedule.conversion;
  if (conversion.rate_digits || conversion.round.mode) return true;
  for (const schedule::Fee& fee : schedule.fees) {
    for (const schedule::Case& one : fee.cases) {
      if (one.charge.margin) return true;
    }
  }
  return false;
}

void add_header(text::Page& page, const fees::Tariff& tariff, const fees::Plan& plan, Instant time,
                const words::Wording& wording) {
  const schedule::Schedule& schedule = plan.schedule;
  std::string title(schedule.title.in(wording.language));
  page.push_back(text::Heading{1, title.empty() ? schedule.id : title});
  text::Facts facts;
  auto add = [&](const char* label, std::string text) {
    if (!text.empty()) facts.rows.emplace_back(label, std::move(text));
  };
  add("Tariff", schedule.id + (schedule.version.empty() ? "" : ", version " + schedule.version));
  std::string asked = words::instant_words(time, schedule.timezone);
  add("In force", words::effective_words(schedule) +
                      (tariff.at(time) == &plan ? "" : "; not at the time asked, " + asked));
  add("Other versions", other_versions(tariff, plan));
  add("Currency", schedule.currency.empty() ? "each amount names its own"
                                            : std::string(schedule.currency.code()));
  add("Decimal places", declared_currencies(schedule));
  add("Operations", words::join_and(schedule.operations()));
  if (!schedule.fees.empty()) {
    add("Collected", collection(plan));
    add("Rounding", words::rounding_words(wording));
  }
  if (converts(schedule)) add("Conversion", words::conversion_words(wording));
  add("Time zone", schedule.timezone.name());
  add("Note", std::string(schedule.note.in(wording.language)));
  add("Source", schedule.source);
  page.push_back(std::move(facts));
}

}  // namespace

text::Page show_page(const fees::Tariff& tariff, Instant time, const std::string& language) {
  const fees::Plan& plan = tariff.nearest(time);
  words::Wording wording{plan.schedule, language, currencies_inline_max};
  text::Page page;
  add_header(page, tariff, plan, time, wording);
  add_fees(page, plan, wording);
  add_tiers(page, wording);
  add_limits(page, wording);
  add_guarantees(page, wording);
  add_inputs(page, wording);
  return page;
}

}  // namespace levy::render::pages
