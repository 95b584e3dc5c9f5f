#include "render/json/show_json.h"

#include "render/pages/show_page.h"
#include "schedule/attributes.h"

namespace levy::render::json {
namespace {

// Left out where there is nothing to say.
void member_if_any(formats::JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.member(name, text);
}

void write_names(formats::JsonWriter& json, std::string_view key,
                 const std::vector<std::string>& names) {
  json.array(key, names, [&](const std::string& name) { json.string(name); });
}

void write_titles(formats::JsonWriter& json, const schedule::LocalText& title,
                  const schedule::LocalText& note, const words::Wording& wording) {
  member_if_any(json, "title", title.in(wording.language));
  member_if_any(json, "note", note.in(wording.language));
}

// ---- the whole ---------------------------------------------------------------------------------

void write_effective(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  if (!schedule.from && !schedule.until) return;
  json.object("effective", [&] {
    if (schedule.from) json.member("from", to_string(*schedule.from, schedule.timezone));
    if (schedule.until) json.member("until", to_string(*schedule.until, schedule.timezone));
  });
}

void write_currencies(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  member_if_any(json, "currency", schedule.currency.code());
  json.object("currencies", [&] {
    for (const std::string& code : schedule.currencies.known_codes()) {
      Currency currency = *Currency::of(code);
      if (!schedule.currencies.declares(currency)) continue;
      json.member(code, schedule.currencies.digits(currency));
    }
  });
}

void write_header(formats::JsonWriter& json, const words::Wording& wording) {
  const schedule::Schedule& schedule = wording.schedule;
  json.member("id", schedule.id);
  member_if_any(json, "version", schedule.version);
  write_titles(json, schedule.title, schedule.note, wording);
  member_if_any(json, "source", schedule.source);
  write_effective(json, schedule);
  json.member("timezone", schedule.timezone.name());
  write_currencies(json, schedule);
  json.member("collect", schedule::to_string(schedule.collect));
  json.member("rounding", words::rounding_words(wording));
  json.member("conversion", words::conversion_words(wording));
  write_names(json, "operations", schedule.operations());
}

// ---- fees --------------------------------------------------------------------------------------

void write_bands(formats::JsonWriter& json, const schedule::Charge& charge,
                 const words::Wording& wording) {
  std::vector<words::BandTable> tables = words::band_tables(charge, wording);
  if (tables.empty()) return;
  json.objects("bands", tables, [&](const words::BandTable& table) {
    json.member("of", table.axis);
    json.member("how", table.caption);
    json.objects("bands", table.rows, [&](const words::BandTable::Row& row) {
      json.member("range", row.range);
      json.member("charge", row.charge);
    });
  });
}

void write_case(formats::JsonWriter& json, const fees::CasePlan& plan, bool in_place,
                const words::Wording& wording) {
  const schedule::Case& one = *plan.as_written;
  json.object([&] {
    write_titles(json, one.title, one.note, wording);
    if (!in_place) member_if_any(json, "when", words::when_words(one.when, wording));
    json.member("charge", words::charge_words(one.charge, wording));
    write_bands(json, one.charge, wording);
    if (!one.charge.margin && !one.charge.waived)
      json.member("collect", schedule::to_string(plan.collect));
    json.member("rule", one.place.pointer());
  });
}

void write_fee(formats::JsonWriter& json, const fees::FeePlan& plan,
               const words::Wording& wording) {
  const schedule::Fee& fee = *plan.as_written;
  json.object([&] {
    json.member("id", fee.id);
    write_titles(json, fee.title, fee.note, wording);
    write_names(json, "operations", fee.operations);
    member_if_any(json, "when", words::when_words(fee.when, wording));
    if (fee.round) json.member("rounding", words::round_words(plan.line, wording));
    json.array("cases", plan.cases,
               [&](const fees::CasePlan& one) { write_case(json, one, fee.in_place, wording); });
  });
}

// ---- tiers and limits --------------------------------------------------------------------------

void write_evidence(formats::JsonWriter& json, const words::Wording& wording) {
  for (const schedule::Evidence& one : wording.schedule.evidence) {
    json.object([&] {
      json.member("id", one.id);
      write_titles(json, one.title, one.note, wording);
      json.member("is", words::evidence_words(one, wording));
    });
  }
}

void write_tiers(formats::JsonWriter& json, const words::Wording& wording) {
  for (const schedule::Tier& tier : wording.schedule.tiers) {
    json.object([&] {
      json.member("id", tier.id);
      write_titles(json, tier.title, tier.note, wording);
      json.key("requires");
      if (tier.requires_)
        json.string(words::requirement_words(*tier.requires_, wording));
      else
        json.null();
    });
  }
}

void write_figure(formats::JsonWriter& json, const std::optional<schedule::Figure>& figure,
                  const words::Wording& wording) {
  if (figure)
    json.string(words::figure_words(*figure, wording));
  else
    json.null();
}

void write_bounds(formats::JsonWriter& json, std::string_view key,
                  const std::optional<schedule::Bounds>& bounds, const words::Wording& wording) {
  if (!bounds) return;
  json.key(key);
  if (!bounds->by_tier) return write_figure(json, bounds->figures.front().second, wording);
  json.object([&] {
    for (const auto& [tier, figure] : bounds->figures) {
      json.key(tier);
      write_figure(json, figure, wording);
    }
  });
}

void write_limits(formats::JsonWriter& json, const words::Wording& wording) {
  for (const schedule::Limit& limit : wording.schedule.limits) {
    json.object([&] {
      json.member("id", limit.id);
      write_titles(json, limit.title, limit.note, wording);
      write_names(json, "operations", limit.meter.operations.value_or(std::vector<std::string>()));
      member_if_any(json, "when", words::when_words(limit.meter.when, wording));
      json.member("measured", words::measure_words(limit.meter));
      member_if_any(json, "counts", words::counts_words(limit.meter, wording));
      json.member("window", to_string(limit.meter.window));
      write_bounds(json, "min", limit.min, wording);
      write_bounds(json, "max", limit.max, wording);
    });
  }
}

void write_guarantees(formats::JsonWriter& json, const words::Wording& wording) {
  for (const schedule::Guarantee& one : wording.schedule.guarantees) {
    json.object([&] {
      member_if_any(json, "title", one.title.in(wording.language));
      write_names(json, "operations", one.operations);
      member_if_any(json, "when", words::when_words(one.when, wording));
      json.member("guaranteed", words::promise_words(one, wording));
    });
  }
}

// ---- what an operation can say -----------------------------------------------------------------

void write_attributes(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  std::vector<std::string> names;
  for (const schedule::Attribute& one : schedule.attributes) names.push_back(one.name);
  for (const std::string& name : pages::used_attributes(schedule)) names.push_back(name);
  for (const std::string& name : names) {
    Missing domain = schedule::describe_attribute(schedule, name);
    json.object([&] {
      json.member("name", name);
      if (domain.closed)
        write_names(json, "values", domain.domain);
      else
        json.member("kind", domain.domain.front());
    });
  }
}

void write_quantities(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  for (const schedule::Quantity& one : schedule.quantities) {
    json.object([&] {
      json.member("name", one.name);
      if (one.by_default) json.member("default", one.by_default->to_string());
      if (one.min) json.member("min", one.min->to_string());
      if (one.max) json.member("max", one.max->to_string());
    });
  }
}

void write_sets(formats::JsonWriter& json, const schedule::Schedule& schedule) {
  json.object("sets", [&] {
    for (const schedule::Set& set : schedule.sets) write_names(json, set.name, set.members);
  });
}

template <class Write>
void write_list(formats::JsonWriter& json, std::string_view key, Write write) {
  json.array(key, [&] { write(); });
}

}  // namespace

void write_tariff(formats::JsonWriter& json, const fees::Plan& plan, const std::string& language) {
  words::Wording wording{plan.schedule, language};
  write_header(json, wording);
  write_list(json, "attributes", [&] { write_attributes(json, plan.schedule); });
  write_list(json, "quantities", [&] { write_quantities(json, plan.schedule); });
  write_sets(json, plan.schedule);
  write_list(json, "fees", [&] {
    for (const fees::FeePlan& fee : plan.fees) write_fee(json, fee, wording);
  });
  write_list(json, "evidence", [&] { write_evidence(json, wording); });
  write_list(json, "tiers", [&] { write_tiers(json, wording); });
  write_list(json, "limits", [&] { write_limits(json, wording); });
  write_list(json, "guarantees", [&] { write_guarantees(json, wording); });
}

}  // namespace levy::render::json
