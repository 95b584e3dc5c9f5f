#include "render/judged_quote_json.h"

#include "render/diagnostic_json.h"
#include "render/history_counts.h"
#include "render/verdict_json.h"

namespace levy {

void write_judged_quote(JsonWriter& json, const JudgedQuote& judged, std::string_view language,
                        bool explain) {
  write_quote(json, *judged.rows.front().quote, language, explain);
  write_history(json, judged.history);
  if (!judged.decision) return;
  json.object("decision", [&] {
    if (*judged.decision) {
      write_verdict(json, **judged.decision);
    } else {
      write_error(json, judged.decision->faults());
    }
  });
}

std::string judged_quote_json(const Checked<JudgedQuote>& judged) {
  JsonWriter json;
  json.object([&] {
    if (!judged) {
      write_error(json, judged.faults());
    } else if (!judged->rows.front().quote) {
      write_error(json, judged->rows.front().quote.faults());
    } else {
      write_judged_quote(json, *judged, "en", true);
    }
  });
  return json.text();
}

std::string verdict_answer_json(const Checked<Verdict>& verdict) {
  JsonWriter json;
  json.object([&] {
    if (verdict) {
      write_verdict(json, *verdict);
      write_history(json, verdict->history);
    } else {
      write_error(json, verdict.faults());
    }
  });
  return json.text();
}

}  // namespace levy
