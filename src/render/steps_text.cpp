#include "render/steps_text.h"

#include "render/not_taken.h"
#include "render/table.h"

namespace levy {
namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& by) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : by) + parts[i];
  return text;
}

// "1 % of 250": the step's operation and figures as a person says them (steps.h lists the ops).
std::string phrase(const Step& step) {
  const std::vector<std::string>& a = step.args;
  const std::string& op = step.op;
  if (op == "amount") return "the amount";
  if (op == "of") return a.size() == 1 ? "the line it is taken of" : "sum of " + joined(a, ", ");
  if (op == "units") return joined(a, " x ");
  if (op == "convert") return a[0] + " at the mid rate " + a[1];
  if (op == "left") return "left of the allowance of " + a[0] + " after " + a[1];
  if (op == "free") return a[0] + " less the free " + a[1];
  if (op == "free_whole") return a[0] + ", free as a whole up to " + a[1];
  if (op == "free_count") return "operation after " + a[1] + ", " + a[0] + " are free";
  if (op == "part") {
    return a.size() == 3 ? "part of " + a[0] + " from " + a[1] + " to " + a[2]
                         : "part of " + a[0] + " from " + a[1];
  }
  if (op == "percent") return a[0] + " % of " + a[1];
  if (op == "bps") return a[0] + " bps of " + a[1];
  if (op == "each") return a[0] + " for each of " + a[1];
  if (op == "flat") return "flat";
  if (op == "per") return a[2] + " per " + a[3] + " " + a[1] + " of " + a[0];
  if (op == "plus") return a.empty() ? "nothing reached" : joined(a, " + ");
  if (op == "minus") return a[0] + " - " + a[1];
  if (op == "at_least") return "at least " + a[1];
  if (op == "at_most") return "at most " + a[1];
  if (op == "greatest") return "the greatest of " + joined(a, ", ");
  if (op == "least") return "the least of " + joined(a, ", ");
  if (op == "cap") return "at most " + a[1] + " less the " + a[2] + " charged before";
  if (op == "waived") return "waived";
  if (op == "round") return "rounded " + a[2] + " to " + a[1];
  return op + " " + joined(a, ", ");
}

std::string where(const Place& place) { return place.line == 0 ? "" : to_string(place); }

std::string line_steps(const Line& line, const Quote& quote, std::string_view language) {
  std::string title = title_of(*line.fee, line.taken, language);
  if (title.empty()) title = line.fee->id;
  std::string text = title + ": " + to_string(line.amount, quote.plan->schedule.currencies) +
                     "  (" + where(line.taken->place) + ")\n";
  Table table;
  for (const Step& step : line.steps) {
    table.row({{phrase(step)}, {step.value, true}, {step.currency}, {where(step.place)}});
  }
  return text + table.text(2);
}

}  // namespace

std::string steps_text(const Quote& quote, std::string_view language) {
  bool explained = !quote.skipped.empty();
  for (const Line& line : quote.lines) explained = explained || !line.steps.empty();
  if (!explained) return {};
  std::string text = "\nHow it came about\n\n";
  for (const Line& line : quote.lines) text += line_steps(line, quote, language) + "\n";
  if (quote.exchange) {
    for (const auto& [fee, taken] : quote.exchange->margins) {
      text += title_of(*fee, taken, language) + ": " + taken->charge.margin->text +
              " % off the mid rate  (" + where(taken->place) + ")\n\n";
    }
  }
  if (quote.skipped.empty()) return text;
  text += "Not taken\n";
  Table table;
  for (const Skipped& skipped : quote.skipped) {
    std::string title = title_of(*skipped.fee, skipped.skipped, language);
    const Place& place = skipped.condition != nullptr ? skipped.condition->place
                         : skipped.skipped != nullptr ? skipped.skipped->place
                                                      : skipped.fee->place;
    table.row(
        {{title.empty() ? skipped.fee->id : title}, {reason_of(skipped, quote)}, {where(place)}});
  }
  return text + table.text(2);
}

}  // namespace levy
