// Strokes: a figure's curve as it is drawn and tabulated, one line between two exact edges each.
#pragma once

#include <optional>
#include <vector>

#include "analysis/track.h"

namespace levy {

enum class Shown {
  fee,      // what is collected, in the operation's currency; of a conversion with its margin
  percent,  // the same, in percent of the amount
  net,      // what arrives
};

// On the amounts of one stroke the figure runs along its line, up to what rounding does.
struct Stroke {
  Rational from;
  std::optional<Rational> until;      // included; none: without end
  const Diagnostic* fault = nullptr;  // why there is no figure; then all below is nothing
  Rational at_from;                   // exact, rounding included
  std::optional<Rational> at_until;   // none: without end
  Form form;
};

// What is drawn of a series: the fee, or what arrives. A percentage is drawn of the fee.
Track shown_track(const Series& series, Shown shown);

// Why there is no figure anywhere; null: somewhere there is one.
const Diagnostic* find_reason(const Track& track);

// Neighbouring legs of one line are one stroke. Faults are borrowed from the track.
std::vector<Stroke> strokes_of(const Track& track);

// Inside `range`, which has an end. Steps (a fee per started block) that rise by more than
// `tolerance` become strokes of their own, as far as strokes_max allows.
std::vector<Stroke> strokes_within(const Series& series, const Track& track, Shown shown,
                                   const AmountRange& range, const Rational& tolerance);

// Does the figure jump from one stroke to the next, by more than its slope and roundings explain?
bool jumps(const Stroke& before, const Stroke& next, const Rational& unit);

}  // namespace levy
