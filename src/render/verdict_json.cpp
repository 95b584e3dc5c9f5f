#include "render/verdict_json.h"

#include "render/ladder_parts.h"

namespace levy {
namespace {

void write_limit_state(JsonWriter& json, const LimitState& state, const Schedule& schedule) {
  json.begin_object();
  json.member("limit", state.limit->id);
  write_window(json, state.limit->meter);
  write_currency(json, state.currency);
  write_figure(json, "min", state.min, state.currency, schedule);
  write_figure(json, "max", state.max, state.currency, schedule);
  write_figure(json, "used", state.used, state.currency, schedule);
  json.key("assumed");
  json.boolean(state.assumed);
  write_figure(json, "after", state.after, state.currency, schedule);
  write_figure(json, "headroom", state.headroom, state.currency, schedule);
  json.key("holds");
  json.boolean(state.holds);
  write_override(json, state.override_, state.currency, schedule);
  json.end_object();
}

void write_max_amount(JsonWriter& json, const Verdict& verdict) {
  if (!verdict.max_amount_known) return;
  json.key("max_amount");
  if (!verdict.max_amount) return json.null();
  json.begin_object();
  json.member(verdict.max_amount->currency.code(),
              format_amount(*verdict.max_amount, verdict.schedule->currencies));
  json.end_object();
}

void write_allowed_at(JsonWriter& json, const Verdict& verdict) {
  json.key("allowed_at");
  if (!verdict.allowed_at) return json.null();
  json.begin_object();
  json.member("tier", verdict.allowed_at->tier);
  write_missing(json, verdict.allowed_at->missing, *verdict.schedule);
  json.end_object();
}

}  // namespace

void write_verdict(JsonWriter& json, const Verdict& verdict) {
  json.key("allowed");
  json.boolean(verdict.allowed);
  if (verdict.tier_known) {
    json.key("tier");
    verdict.tier ? json.string(*verdict.tier) : json.null();
  }
  json.key("limits");
  json.begin_array();
  for (const LimitState& state : verdict.limits) write_limit_state(json, state, *verdict.schedule);
  json.end_array();
  json.key("blocked_by");
  json.begin_array();
  for (const std::string& id : verdict.blocked_by) json.string(id);
  json.end_array();
  write_max_amount(json, verdict);
  write_allowed_at(json, verdict);
  if (!verdict.history) return;
  json.key("retry_at");
  verdict.retry_at ? json.string(to_string(*verdict.retry_at, verdict.schedule->timezone))
                   : json.null();
}

}  // namespace levy
