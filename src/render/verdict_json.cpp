#include "render/verdict_json.h"

#include "render/ladder_parts.h"

namespace levy {
namespace {

void write_limit_state(JsonWriter& json, const LimitState& state, const Schedule& schedule) {
  json.object([&] {
    json.member("limit", state.limit->id);
    write_window(json, state.limit->meter);
    write_currency(json, state.currency);
    write_figure(json, "min", state.min, state.currency, schedule);
    write_figure(json, "max", state.max, state.currency, schedule);
    write_figure(json, "used", state.used, state.currency, schedule);
    json.member("assumed", state.assumed);
    write_figure(json, "after", state.after, state.currency, schedule);
    write_figure(json, "headroom", state.headroom, state.currency, schedule);
    json.member("holds", state.holds);
    write_override(json, state.override_, state.currency, schedule);
  });
}

void write_max_amount(JsonWriter& json, const Verdict& verdict) {
  if (!verdict.max_amount_known) return;
  json.key("max_amount");
  if (!verdict.max_amount) return json.null();
  json.object([&] {
    json.member(verdict.max_amount->currency.code(),
                format_amount(*verdict.max_amount, verdict.schedule->currencies));
  });
}

void write_allowed_at(JsonWriter& json, const Verdict& verdict) {
  json.key("allowed_at");
  if (!verdict.allowed_at) return json.null();
  json.object([&] {
    json.member("tier", verdict.allowed_at->tier);
    write_missing(json, verdict.allowed_at->missing, *verdict.schedule);
  });
}

}  // namespace

void write_verdict(JsonWriter& json, const Verdict& verdict) {
  json.member("allowed", verdict.allowed);
  if (verdict.tier_known) {
    json.key("tier");
    verdict.tier ? json.string(*verdict.tier) : json.null();
  }
  json.array("limits", verdict.limits,
             [&](const LimitState& state) { write_limit_state(json, state, *verdict.schedule); });
  json.array("blocked_by", verdict.blocked_by, [&](const std::string& id) { json.string(id); });
  write_max_amount(json, verdict);
  write_allowed_at(json, verdict);
  if (!verdict.history) return;
  json.key("retry_at");
  verdict.retry_at ? json.string(to_string(*verdict.retry_at, verdict.schedule->timezone))
                   : json.null();
}

}  // namespace levy
