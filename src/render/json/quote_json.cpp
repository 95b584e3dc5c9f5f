#include "render/json/quote_json.h"

#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"
#include "render/words/labels.h"
#include "schedule/attributes.h"

namespace levy::render::json {
namespace {

const schedule::Schedule& schedule_of(const fees::Quote& quote) { return quote.plan->schedule; }

std::string amount_in(const Money& money, const fees::Quote& quote) {
  return format_amount(money, schedule_of(quote).currencies);
}

void write_operation(formats::JsonWriter& json, const fees::Quote& quote) {
  const facts::Operation& operation = quote.operation;
  json.object("operation", [&] {
    json.member("operation", operation.name);
    json.member("amount", amount_in({*operation.amount, operation.currency}, quote));
    json.member("currency", operation.currency.code());
    if (operation.converts()) json.member("to_currency", operation.to_currency.code());
    if (operation.converts() && operation.rate) json.member("rate", operation.rate->to_string());
    json.member("time", to_string(operation.time, schedule_of(quote).timezone));
    for (const auto& [name, value] : operation.attributes) {
      json.key(name);
      schedule::is_boolean(schedule_of(quote), name) ? json.boolean(value == "true")
                                                     : json.string(value);
    }
    for (const auto& [name, value] : operation.quantities) json.member(name, value.to_string());
  });
}

void write_steps(formats::JsonWriter& json, const std::vector<fees::Step>& steps) {
  json.objects("steps", steps, [&](const fees::Step& step) {
    json.member("op", to_string(step.op));
    json.array("args", step.args, [&](const std::string& arg) { json.string(arg); });
    json.member("value", step.value);
  });
}

void write_lines(formats::JsonWriter& json, const fees::Quote& quote, std::string_view language,
                 bool explain) {
  json.objects("lines", quote.lines, [&](const fees::Line& line) {
    json.member("fee", line.fee->id);
    std::string title = words::title_of(*line.fee, line.taken, language);
    if (!title.empty()) json.member("title", title);
    json.member("amount", amount_in(line.amount, quote));
    json.member("currency", line.amount.currency.code());
    json.member("collect", schedule::to_string(line.collect));
    json.member("exact", line.exact.to_string());
    json.member("rule", line.taken->place.pointer());
    if (explain) write_steps(json, line.steps);
  });
}

void write_one_money(formats::JsonWriter& json, std::string_view name, const Money& money,
                     const fees::Quote& quote) {
  words::write_amounts(json, name, {{money.currency, money.amount}}, schedule_of(quote).currencies);
}

void write_conversion(formats::JsonWriter& json, const fees::Quote& quote) {
  json.key("conversion");
  if (!quote.exchange) return json.null();
  json.object([&] {
    json.member("mid", quote.exchange->mid.to_string());
    json.member("margin", quote.exchange->margin.to_string());
    json.member("rate", quote.exchange->rate.to_string());
    write_one_money(json, "margin_cost", quote.exchange->margin_cost, quote);
  });
}

void write_solutions(formats::JsonWriter& json, const fees::Quote& quote) {
  const fees::Solutions& solutions = *quote.solutions;
  json.object("solutions", [&] {
    json.key("count");
    solutions.count ? json.number(solutions.count->to_string()) : json.null();
    json.member("smallest", amount_in(solutions.smallest, quote));
    json.key("largest");
    solutions.largest ? json.string(amount_in(*solutions.largest, quote)) : json.null();
  });
}

void write_not_taken(formats::JsonWriter& json, const fees::Quote& quote) {
  json.objects("not_taken", quote.skipped, [&](const fees::Skipped& skipped) {
    json.member("fee", skipped.fee->id);
    json.member("rule", skipped.skipped != nullptr ? skipped.skipped->place.pointer()
                                                   : skipped.fee->place.pointer());
    if (skipped.condition != nullptr) json.member("condition", skipped.condition->name);
    json.member("reason", words::reason_of(skipped, quote));
  });
}

}  // namespace

void write_quote(formats::JsonWriter& json, const fees::Quote& quote, std::string_view language,
                 bool explain) {
  words::write_schedule_id(json, schedule_of(quote));
  write_operation(json, quote);
  write_lines(json, quote, language, explain);
  words::write_amounts(json, "fees", quote.fees, schedule_of(quote).currencies);
  words::write_amounts(json, "debit", quote.debit, schedule_of(quote).currencies);
  write_one_money(json, "credit", quote.credit, quote);
  write_conversion(json, quote);
  json.array("assumed", quote.assumed, [&](const std::string& meter) { json.string(meter); });
  if (quote.solutions) write_solutions(json, quote);
  if (explain) write_not_taken(json, quote);
}

namespace {

void write_limit_state(formats::JsonWriter& json, const limits::LimitState& state,
                       const schedule::Schedule& schedule) {
  json.object([&] {
    json.member("limit", state.limit->id);
    words::write_window(json, state.limit->meter);
    words::write_currency(json, state.currency);
    words::write_figure(json, "min", state.min, state.currency, schedule);
    words::write_figure(json, "max", state.max, state.currency, schedule);
    words::write_figure(json, "used", state.used, state.currency, schedule);
    json.member("assumed", state.assumed);
    words::write_figure(json, "after", state.after, state.currency, schedule);
    words::write_figure(json, "headroom", state.headroom, state.currency, schedule);
    json.member("holds", state.holds);
    words::write_override(json, state.override_, state.currency, schedule);
  });
}

void write_max_amount(formats::JsonWriter& json, const limits::Verdict& verdict) {
  if (!verdict.max_amount_known) return;
  json.key("max_amount");
  if (!verdict.max_amount) return json.null();
  json.object([&] {
    json.member(verdict.max_amount->currency.code(),
                format_amount(*verdict.max_amount, verdict.schedule->currencies));
  });
}

void write_allowed_at(formats::JsonWriter& json, const limits::Verdict& verdict) {
  json.key("allowed_at");
  if (!verdict.allowed_at) return json.null();
  json.object([&] {
    json.member("tier", verdict.allowed_at->tier);
    words::write_missing(json, verdict.allowed_at->missing, verdict.allowed_at->all_listed,
                         *verdict.schedule);
  });
}

}  // namespace

void write_verdict(formats::JsonWriter& json, const limits::Verdict& verdict) {
  json.member("allowed", verdict.allowed);
  if (verdict.tier_known) {
    json.key("tier");
    verdict.tier ? json.string(*verdict.tier) : json.null();
  }
  json.array("limits", verdict.limits, [&](const limits::LimitState& state) {
    write_limit_state(json, state, *verdict.schedule);
  });
  json.array("blocked_by", verdict.blocked_by, [&](const std::string& id) { json.string(id); });
  write_max_amount(json, verdict);
  write_allowed_at(json, verdict);
  if (!verdict.history) return;
  json.key("retry_at");
  verdict.retry_at ? json.string(to_string(*verdict.retry_at, verdict.schedule->timezone))
                   : json.null();
}

void write_judged_quote(formats::JsonWriter& json, const ask::JudgedQuote& judged,
                        std::string_view language, bool explain) {
  write_quote(json, *judged.rows.front().quote, language, explain);
  words::write_history(json, judged.history);
  if (!judged.decision) return;
  json.object("decision", [&] {
    if (*judged.decision) {
      write_verdict(json, **judged.decision);
    } else {
      text::write_error(json, judged.decision->faults());
    }
  });
}

std::string judged_quote_json(const Checked<ask::JudgedQuote>& judged) {
  formats::JsonWriter json;
  json.object([&] {
    if (!judged) {
      text::write_error(json, judged.faults());
    } else if (!judged->rows.front().quote) {
      text::write_error(json, judged->rows.front().quote.faults());
    } else {
      write_judged_quote(json, *judged, "en", true);
    }
  });
  return json.text();
}

std::string verdict_answer_json(const Checked<limits::Verdict>& verdict) {
  formats::JsonWriter json;
  json.object([&] {
    if (verdict) {
      write_verdict(json, *verdict);
      words::write_history(json, verdict->history);
    } else {
      text::write_error(json, verdict.faults());
    }
  });
  return json.text();
}

}  // namespace levy::render::json
