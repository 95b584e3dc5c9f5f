#include "render/json/compare_json.h"

#include "render/text/diagnostic_json.h"
#include "render/words/answer_parts.h"

namespace levy {
namespace {

const Schedule& nearest_schedule(const Candidate& candidate) {
  return candidate.tariff->nearest(candidate.question.now).schedule;
}

void write_quoted(JsonWriter& json, const Quote& quote) {
  const Currencies& currencies = quote.plan->schedule.currencies;
  const Operation& operation = quote.operation;
  json.member("amount", format_amount({*operation.amount, operation.currency}, currencies));
  json.member("currency", operation.currency.code());
  write_amounts(json, "fees", quote.fees, currencies);
  write_amounts(json, "debit", quote.debit, currencies);
  write_amounts(json, "credit", {{quote.credit.currency, quote.credit.amount}}, currencies);
}

void write_offer(JsonWriter& json, const Offer& offer, const Comparison& comparison,
                 const std::vector<Candidate>& candidates) {
  const Schedule& schedule =
      offer.quote ? offer.quote->plan->schedule : nearest_schedule(candidates[offer.candidate]);
  json.object([&] {
    json.key("rank");
    offer.rank ? json.integer(static_cast<std::int64_t>(*offer.rank)) : json.null();
    write_schedule_id(json, schedule);
    write_given(json, offer.given);
    if (offer.quote) write_quoted(json, *offer.quote);
    if (offer.cost) {
      json.member("cost", format_amount({*offer.cost, comparison.currency}, schedule.currencies));
      if (offer.percent) json.member("percent", offer.percent->to_string());
      json.array("assumed", offer.quote->assumed,
                 [&](const std::string& meter) { json.string(meter); });
    } else {
      write_error(json, offer.cost.faults());
    }
  });
}

void write_end(JsonWriter& json, std::string_view name, const std::optional<Rational>& value,
               Currency currency, const Currencies& currencies) {
  json.key(name);
  value ? json.string(format_amount({*value, currency}, currencies)) : json.null();
}

void write_lead(JsonWriter& json, const Lead& lead, const Comparison& comparison,
                const std::vector<Candidate>& candidates) {
  const Currencies& currencies = nearest_schedule(candidates.front()).currencies;
  json.object([&] {
    write_end(json, "from", lead.from, comparison.currency, currencies);
    write_end(json, "until", lead.until, comparison.currency, currencies);
    json.array("cheapest", lead.leaders, [&](std::size_t leader) {
      const Comparison::Line& line = comparison.series[leader];
      json.object([&] {
        write_schedule_id(json, line.series.resolved.plan->schedule);
        write_given(json, line.series.given);
      });
    });
    json.member("equal", lead.equal);
    json.member("settled", lead.settled);
    write_end(json, "cost_from", lead.cost_from, comparison.currency, currencies);
    write_end(json, "cost_until", lead.cost_until, comparison.currency, currencies);
  });
}

}  // namespace

void write_comparison(JsonWriter& json, const Comparison& comparison,
                      const std::vector<Candidate>& candidates, bool with_curve) {
  json.key("currency");
  comparison.currency.empty() ? json.null() : json.string(comparison.currency.code());
  json.array("offers", comparison.offers,
             [&](const Offer& offer) { write_offer(json, offer, comparison, candidates); });
  if (!with_curve) return;
  json.array("leads", comparison.leads,
             [&](const Lead& lead) { write_lead(json, lead, comparison, candidates); });
  json.array("without_curve", [&] {
    for (const Comparison::Line& line : comparison.series) {
      if (!line.series.faults) continue;
      json.object([&] {
        write_schedule_id(json, nearest_schedule(candidates[line.candidate]));
        write_given(json, line.series.given);
        write_error(json, *line.series.faults);
      });
    }
  });
}

}  // namespace levy
