#include "render/json/compare_json.h"

#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"

namespace levy::render::json {
namespace {

const schedule::Schedule& nearest_schedule(const comparison::Candidate& candidate) {
  return candidate.tariff->nearest(candidate.question.now).schedule;
}

void write_quoted(formats::JsonWriter& json, const fees::Quote& quote) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  const facts::Operation& operation = quote.operation;
  json.member("amount", format_amount({*operation.amount, operation.currency}, currencies));
  json.member("currency", operation.currency.code());
  words::write_amounts(json, "fees", quote.fees, currencies);
  words::write_amounts(json, "debit", quote.debit, currencies);
  words::write_amounts(json, "credit", {{quote.credit.currency, quote.credit.amount}}, currencies);
}

void write_offer(formats::JsonWriter& json, const comparison::Offer& offer,
                 const comparison::Comparison& comparison,
                 const std::vector<comparison::Candidate>& candidates) {
  const schedule::Schedule& schedule =
      offer.quote ? offer.quote->plan->schedule : nearest_schedule(candidates[offer.candidate]);
  json.object([&] {
    json.key("rank");
    offer.rank ? json.integer(static_cast<std::int64_t>(*offer.rank)) : json.null();
    words::write_schedule_id(json, schedule);
    words::write_given(json, offer.given);
    if (offer.quote) write_quoted(json, *offer.quote);
    if (offer.cost) {
      json.member("cost", format_amount({*offer.cost, comparison.currency}, schedule.currencies));
      if (offer.percent) json.member("percent", offer.percent->to_string());
      json.array("assumed", offer.quote->assumed,
                 [&](const std::string& meter) { json.string(meter); });
    } else {
      text::write_error(json, offer.cost.faults());
    }
  });
}

void write_end(formats::JsonWriter& json, std::string_view name,
               const std::optional<Rational>& value, Currency currency,
               const Currencies& currencies) {
  json.key(name);
  value ? json.string(format_amount({*value, currency}, currencies)) : json.null();
}

void write_lead(formats::JsonWriter& json, const comparison::Lead& lead,
                const comparison::Comparison& comparison,
                const std::vector<comparison::Candidate>& candidates) {
  const Currencies& currencies = nearest_schedule(candidates.front()).currencies;
  json.object([&] {
    write_end(json, "from", lead.from, comparison.currency, currencies);
    write_end(json, "until", lead.until, comparison.currency, currencies);
    json.array("cheapest", lead.leaders, [&](std::size_t leader) {
      const comparison::Comparison::Line& line = comparison.series[leader];
      json.object([&] {
        words::write_schedule_id(json, line.series.resolved.plan->schedule);
        words::write_given(json, line.series.given);
      });
    });
    json.member("equal", lead.equal);
    json.member("settled", lead.settled);
    write_end(json, "cost_from", lead.cost_from, comparison.currency, currencies);
    write_end(json, "cost_until", lead.cost_until, comparison.currency, currencies);
  });
}

}  // namespace

void write_comparison(formats::JsonWriter& json, const comparison::Comparison& comparison,
                      const std::vector<comparison::Candidate>& candidates, bool with_curve) {
  json.key("currency");
  comparison.currency.empty() ? json.null() : json.string(comparison.currency.code());
  json.array("offers", comparison.offers, [&](const comparison::Offer& offer) {
    write_offer(json, offer, comparison, candidates);
  });
  if (!with_curve) return;
  json.array("leads", comparison.leads,
             [&](const comparison::Lead& lead) { write_lead(json, lead, comparison, candidates); });
  if (comparison.out_of_work) {
    json.key("undecided");
    text::write_diagnostic(json, curves::out_of_work());
  }
  json.array("without_curve", [&] {
    for (const comparison::Comparison::Line& line : comparison.series) {
      if (!line.series.faults) continue;
      json.object([&] {
        words::write_schedule_id(json, nearest_schedule(candidates[line.candidate]));
        words::write_given(json, line.series.given);
        text::write_error(json, *line.series.faults);
      });
    }
  });
}

}  // namespace levy::render::json
