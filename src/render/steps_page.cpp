#include "render/steps_page.h"

#include "render/not_taken.h"

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
  if (op == "debit") return "paid before this fee: " + joined(a, " + ");
  if (op == "divide") return a[0] + " divided by " + a[1];
  if (op == "times") return a[1] + " times " + a[0];
  if (op == "gross_up")
    return a[0] + " / (1 - " + a[1] + " %), as the fee is a share of itself too";
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

std::string where(const Place& place) { return to_string(place); }

// " (fee.json:3:5)", where the place is known.
std::string bracketed(const Place& place) {
  std::string text = where(place);
  return text.empty() ? "" : " (" + text + ")";
}

Grid line_steps(const Line& line, const Quote& quote, std::string_view language) {
  std::string title = title_of(*line.fee, line.taken, language);
  if (title.empty()) title = line.fee->id;
  Grid grid;
  grid.caption = title + ": " + to_string(line.amount, quote.plan->schedule.currencies) +
                 bracketed(line.taken->place);
  grid.columns = {"", "", "", ""};
  for (const Step& step : line.steps)
    grid.row({phrase(step), step.value, step.currency, where(step.place)});
  return grid;
}

Grid not_taken(const Quote& quote, std::string_view language) {
  Grid grid;
  grid.caption = "Not taken";
  grid.columns = {"", "", ""};
  for (const Skipped& skipped : quote.skipped) {
    std::string title = title_of(*skipped.fee, skipped.skipped, language);
    const Place& place = skipped.condition != nullptr ? skipped.condition->place
                         : skipped.skipped != nullptr ? skipped.skipped->place
                                                      : skipped.fee->place;
    grid.row({title.empty() ? skipped.fee->id : title, reason_of(skipped, quote), where(place)});
  }
  return grid;
}

}  // namespace

void add_steps(Page& page, const Quote& quote, std::string_view language) {
  bool explained = !quote.skipped.empty();
  for (const Line& line : quote.lines) explained = explained || !line.steps.empty();
  if (!explained) return;
  page.push_back(Paragraph{"How it came about"});
  for (const Line& line : quote.lines) page.push_back(line_steps(line, quote, language));
  if (quote.exchange) {
    for (const auto& [fee, taken] : quote.exchange->margins) {
      page.push_back(Paragraph{title_of(*fee, taken, language) + ": " + taken->charge.margin->text +
                               " % off the mid rate" + bracketed(taken->place)});
    }
  }
  if (!quote.skipped.empty()) page.push_back(not_taken(quote, language));
}

}  // namespace levy
