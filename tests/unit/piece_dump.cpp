#include "unit/piece_dump.h"

#include "curves/piecewise_figure.h"
#include "schedule/decode/load.h"
#include "unit/catch.h"

namespace levy {
namespace {

std::string ends_text(const Rational& from, const std::optional<Rational>& until) {
  if (!until) return from.to_string() + " on";
  if (*until == from) return from.to_string();
  return from.to_string() + " to " + until->to_string();
}

std::string signs_text(const curves::Gap& gap) {
  std::string text;
  auto add = [&](bool occurs, const char* word) {
    if (occurs) text += (text.empty() ? "" : " or ") + std::string(word);
  };
  add(gap.signs.less, "less");
  add(gap.signs.same, "same");
  add(gap.signs.more, "more");
  return text + (gap.settled ? "" : ", not settled");
}

std::string extreme_text(const std::optional<curves::Extreme>& extreme) {
  if (!extreme) return "without end";
  return extreme->value.to_string() + (extreme->at ? " at " + extreme->at->to_string() : "");
}

std::string code_text(const Diagnostic* fault) {
  return fault == nullptr ? "a figure" : std::string(to_string(fault->code));
}

}  // namespace

std::string dump(const fees::AmountRange& amounts) {
  return ends_text(amounts.from(), amounts.until());
}

std::string dump(const fees::Form& form) {
  std::string text;
  if (!form.base.is_zero() || form.slope().is_zero()) text = form.base.to_string();
  if (!form.slope().is_zero()) {
    bool is_one = form.slope() == Rational(1);
    text += (text.empty() ? "" : " + ") + (is_one ? "" : form.slope().to_string()) + "x";
  }
  if (form.is_plain() || (form.low().is_zero() && form.high().is_zero())) return text;
  text += " + e[" + form.low().to_string() + ", " + form.high().to_string() + "]";
  if (!form.period().is_zero()) text += " every " + form.period().to_string();
  if (!form.grid().is_zero()) text += " on " + form.grid().to_string();
  return text;
}

Dump dump(const fees::Curve& curve, Currency currency) {
  Dump lines;
  for (const fees::CurvePiece& piece : curve) {
    std::string line = dump(piece.amounts) + ": ";
    if (!piece.is_settled()) {
      line += "not settled";
    } else if (!*piece.result) {
      line += to_string(piece.result->faults().front().code);
    } else {
      Checked<fees::Form> fees = curves::fees_in(**piece.result, currency, nullptr);
      line += fees ? dump(*fees) : std::string(to_string(fees.faults().front().code));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Dump dump(const std::vector<curves::Gap>& gaps) {
  Dump lines;
  for (const curves::Gap& gap : gaps) {
    std::string line = ends_text(gap.from, gap.until) + ": ";
    if (!gap.is_compared()) {
      line += code_text(gap.first_fault) + " against " + code_text(gap.second_fault);
    } else {
      line +=
          signs_text(gap) + ", " + extreme_text(gap.minimum) + " to " + extreme_text(gap.maximum);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

fees::Plan plan_with_fees(const std::string& fees) {
  Checked<schedule::Schedule> schedule = schedule::decode::load_schedule(
      Source("t.json", R"({"levy": 1, "id": "t", "currency": "EUR", "fees": [)" + fees + "]}"));
  if (!schedule) FAIL(fees << ": " << schedule.faults().front().message);
  return fees::compile(std::move(*schedule));
}

}  // namespace levy
