#include "render/json/ladder_json.h"

#include <functional>

#include "render/words/answer_parts.h"

namespace levy::render::json {
namespace {

void write_title(formats::JsonWriter& json, const schedule::LocalText& title,
                 std::string_view language) {
  std::string_view text = title.in(language);
  if (!text.empty()) json.member("title", text);
}

void write_requirement(formats::JsonWriter& json, const schedule::Requirement& requirement,
                       const schedule::Schedule& schedule);

void write_comparison(formats::JsonWriter& json, const schedule::Requirement& requirement,
                      const schedule::Schedule& schedule) {
  const schedule::Figure& figure = *requirement.at_least;
  json.object([&] {
    json.object(requirement.evidence, [&] {
      json.member("at_least", figure.number ? figure.number->to_string()
                                            : to_string(figure.money.front(), schedule.currencies));
    });
  });
}

void write_parts(formats::JsonWriter& json, std::string_view name,
                 const schedule::Requirement& requirement, const schedule::Schedule& schedule) {
  json.array(name, requirement.of,
             [&](const schedule::Requirement& part) { write_requirement(json, part, schedule); });
}

// In the schedule's own form.
void write_requirement(formats::JsonWriter& json, const schedule::Requirement& requirement,
                       const schedule::Schedule& schedule) {
  if (requirement.kind == schedule::Requirement::Kind::evidence) {
    if (requirement.at_least) return write_comparison(json, requirement, schedule);
    return json.string(requirement.evidence);
  }
  json.object([&] {
    if (requirement.kind == schedule::Requirement::Kind::at_least) {
      json.member("at_least", requirement.count);
    }
    std::string_view name = requirement.kind == schedule::Requirement::Kind::all   ? "all"
                            : requirement.kind == schedule::Requirement::Kind::any ? "any"
                                                                                   : "of";
    write_parts(json, name, requirement, schedule);
  });
}

void write_tier(formats::JsonWriter& json, const limits::TierView& view, bool known,
                const schedule::Schedule& schedule, std::string_view language) {
  json.object([&] {
    json.member("tier", view.tier->id);
    write_title(json, view.tier->title, language);
    if (known) {
      json.member("reached", view.reached);
    }
    json.key("requires");
    if (view.tier->requires_) {
      write_requirement(json, *view.tier->requires_, schedule);
    } else {
      json.null();
    }
    if (!view.reached) words::write_missing(json, view.missing, view.all_listed, schedule);
  });
}

// One value for all tiers, or one by tier.
void write_bound(formats::JsonWriter& json, std::string_view name, const limits::LimitView& view,
                 std::optional<Rational> limits::BoundView::*bound,
                 const schedule::Schedule& schedule) {
  if (view.by_tier.size() != schedule.tiers.size() || schedule.tiers.empty()) {
    words::write_figure(json, name, view.by_tier.front().*bound, view.currency, schedule);
    return;
  }
  json.object(name, [&] {
    for (std::size_t i = 0; i < schedule.tiers.size(); ++i)
      words::write_figure(json, schedule.tiers[i].id, view.by_tier[i].*bound, view.currency,
                          schedule);
  });
}

void write_limit(formats::JsonWriter& json, const limits::LimitView& view,
                 const schedule::Schedule& schedule, std::string_view language) {
  json.object([&] {
    json.member("limit", view.limit->id);
    write_title(json, view.limit->title, language);
    words::write_window(json, view.limit->meter);
    words::write_currency(json, view.currency);
    if (view.limit->min) write_bound(json, "min", view, &limits::BoundView::min, schedule);
    if (view.limit->max || view.override_)
      write_bound(json, "max", view, &limits::BoundView::max, schedule);
    if (view.used) words::write_figure(json, "used", view.used, view.currency, schedule);
    if (view.headroom)
      words::write_figure(json, "headroom", view.headroom, view.currency, schedule);
    words::write_override(json, view.override_, view.currency, schedule);
  });
}

std::string_view kind_word(schedule::Evidence::Kind kind) {
  switch (kind) {
    case schedule::Evidence::Kind::document:
      return "document";
    case schedule::Evidence::Kind::approval:
      return "approval";
    case schedule::Evidence::Kind::number:
      return "number";
    case schedule::Evidence::Kind::activity:
      return "activity";
  }
  return {};
}

void write_evidence_view(formats::JsonWriter& json, const limits::EvidenceView& view,
                         const schedule::Schedule& schedule, std::string_view language) {
  bool shown = view.evidence->kind == schedule::Evidence::Kind::document ||
               view.evidence->kind == schedule::Evidence::Kind::approval;
  json.object([&] {
    json.member("evidence", view.evidence->id);
    json.member("kind", kind_word(view.evidence->kind));
    write_title(json, view.evidence->title, language);
    if (view.given && shown) {
      json.member("in_force", view.in_force);
    }
    if (view.until) json.member("until", to_string(*view.until, schedule.timezone));
    if (view.value) words::write_figure(json, "value", view.value, view.currency, schedule);
    if (view.value && !view.currency.empty()) words::write_currency(json, view.currency);
  });
}

void write_expiry(formats::JsonWriter& json, const limits::Expiry& expiry,
                  const schedule::Schedule& schedule) {
  json.object([&] {
    json.member(expiry.is_override ? "override" : "evidence", expiry.id);
    json.member("at", to_string(expiry.at, schedule.timezone));
    if (expiry.falls) {
      json.key("tier_after");
      expiry.tier_after ? json.string(*expiry.tier_after) : json.null();
    }
  });
}

template <class Item>
void write_all(formats::JsonWriter& json, std::string_view name, const std::vector<Item>& items,
               const std::function<void(const Item&)>& write) {
  json.array(name, items, [&](const Item& item) { write(item); });
}

}  // namespace

void write_account_status(formats::JsonWriter& json, const limits::AccountStatus& status,
                          std::string_view language) {
  const schedule::Schedule& schedule = *status.schedule;
  words::write_schedule_id(json, schedule);
  json.member("time", to_string(status.time, schedule.timezone));
  if (status.known) {
    json.key("tier");
    status.tier ? json.string(schedule.tiers[*status.tier].id) : json.null();
    json.member("tier_given", status.tier_given);
  }
  write_all<limits::TierView>(json, "tiers", status.tiers, [&](const limits::TierView& view) {
    write_tier(json, view, status.known, schedule, language);
  });
  write_all<limits::LimitView>(json, "limits", status.limits, [&](const limits::LimitView& view) {
    write_limit(json, view, schedule, language);
  });
  write_all<limits::EvidenceView>(json, "evidence", status.evidence,
                                  [&](const limits::EvidenceView& view) {
                                    write_evidence_view(json, view, schedule, language);
                                  });
  write_all<limits::Expiry>(json, "expiring", status.expiring, [&](const limits::Expiry& expiry) {
    write_expiry(json, expiry, schedule);
  });
  words::write_history(json, status.history);
}

}  // namespace levy::render::json
