#include "analysis/strokes.h"

#include <algorithm>

namespace levy {
namespace {

constexpr std::size_t strokes_max = 600;

FigureOf figure_shown(const Series& series, Shown shown) {
  if (shown == Shown::net)
    return [](const Evaluation& result) -> Checked<Form> { return result.credit; };
  Currency currency = series.setting.operation.currency;
  const Rates* rates = series.setting.rates;
  bool converts = series.setting.operation.converts();
  return [currency, rates, converts](const Evaluation& result) -> Checked<Form> {
    if (result.margins.empty()) return fees_in(result, currency, rates);
    if (converts) return cost_in(result, currency, rates);
    if (!result.lines.empty()) return fees_in(result, currency, rates);
    return Diagnostic{
        Code::missing_attributes,
        "the price is a margin on the rate: there is one where the operation converts",
        "give the currency that arrives, --to"};
  };
}

bool continues(const Stroke& stroke, const Leg& leg) {
  if (stroke.fault != nullptr || !leg.form)
    return stroke.fault != nullptr && !leg.form &&
           stroke.fault->code == leg.form.faults().front().code;
  return stroke.form.base == leg.form->base && stroke.form.slope() == leg.form->slope();
}

void append_leg(std::vector<Stroke>& strokes, const Leg& leg) {
  if (strokes.empty() || !continues(strokes.back(), leg)) {
    Stroke stroke;
    stroke.from = leg.stretch.from();
    if (leg.form)
      stroke.form = *leg.form;
    else
      stroke.fault = &leg.form.faults().front();
    strokes.push_back(std::move(stroke));
  }
  Stroke& last = strokes.back();
  last.until = leg.stretch.until();
  if (!leg.form) return;
  last.form.widen(*leg.form);
}

void find_ends(std::vector<Stroke>& strokes, const Track& track) {
  for (Stroke& stroke : strokes) {
    if (stroke.fault != nullptr) continue;
    stroke.at_from = *track.at(stroke.from);
    if (stroke.until) stroke.at_until = track.at(*stroke.until);
  }
}

std::vector<Stroke> without_ends(const std::vector<Leg>& legs) {
  std::vector<Stroke> strokes;
  for (const Leg& leg : legs) append_leg(strokes, leg);
  return strokes;
}

// A stretch halved until its steps are strokes, or too many.
class Stairs {
 public:
  Stairs(const Series& series, Shown shown, Rational tolerance)
      : series_(series), figure_(figure_shown(series, shown)), tolerance_(std::move(tolerance)) {}

  void add(const Leg& leg) {
    bool steep = leg.form && leg.form->high() - leg.form->low() > tolerance_;
    bool single = leg.stretch.until() && *leg.stretch.until() == leg.stretch.from();
    if (!steep || single || ++halved_ > strokes_max * 12) return append_leg(strokes_, leg);
    Rational middle =
        leg.stretch.grid_floor((leg.stretch.from() + *leg.stretch.until()) / Rational(2));
    add_part(leg.stretch.part(leg.stretch.from(), middle));
    add_part(leg.stretch.part(middle + Rational(leg.stretch.unit()), leg.stretch.until()));
  }
  std::vector<Stroke> take() { return std::move(strokes_); }

 private:
  void add_part(const Stretch& part) {
    Curve curve = find_curve(*series_.setting.plan, series_.scene(), part);
    for (const CurvePiece& piece : curve) {
      bool settled = piece.is_settled() && *piece.result;
      if (settled) add(Leg{piece.stretch, figure_(**piece.result)});
    }
  }

  const Series& series_;
  FigureOf figure_;
  Rational tolerance_;
  std::size_t halved_ = 0;
  std::vector<Stroke> strokes_;
};

}  // namespace

const Diagnostic* find_reason(const Track& track) {
  const Diagnostic* reason = nullptr;
  for (const Leg& leg : track.legs) {
    if (leg.form) return nullptr;
    if (reason == nullptr) reason = &leg.form.faults().front();
  }
  return reason;
}

Track shown_track(const Series& series, Shown shown) {
  return track_of(series, figure_shown(series, shown));
}

std::vector<Stroke> strokes_of(const Track& track) {
  std::vector<Stroke> strokes = without_ends(track.legs);
  find_ends(strokes, track);
  return strokes;
}

std::vector<Stroke> strokes_within(const Series& series, const Track& track, Shown shown,
                                   const AmountRange& range, const Rational& tolerance) {
  std::vector<Leg> legs;
  Stairs stairs(series, shown, tolerance);
  for (const Leg& leg : track.legs) {
    Rational from = std::max(range.from, leg.stretch.from());
    Rational until =
        leg.stretch.until() ? std::min(*range.until, *leg.stretch.until()) : *range.until;
    if (until < from) continue;
    legs.push_back(Leg{leg.stretch.part(from, until), leg.form});
    if (!leg.form) continue;
    stairs.add(legs.back());
  }
  std::vector<Stroke> strokes = stairs.take();
  if (strokes.size() > strokes_max) strokes = without_ends(legs);
  std::erase_if(strokes, [](const Stroke& stroke) { return stroke.fault != nullptr; });
  find_ends(strokes, track);
  return strokes;
}

bool jumps(const Stroke& before, const Stroke& next, const Rational& unit) {
  if (before.fault != nullptr || next.fault != nullptr || !before.at_until) return false;
  Rational steepest = std::max(absolute(before.form.slope()), absolute(next.form.slope()));
  Rational blur = before.form.high() - before.form.low() + next.form.high() - next.form.low();
  return absolute(next.at_from - *before.at_until) > steepest * unit + blur + unit;
}

}  // namespace levy
