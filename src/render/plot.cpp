#include "render/plot.h"

#include <algorithm>

#include "render/labels.h"

namespace levy {
namespace {

constexpr int edges_told_max = 40;  // in the description
constexpr int steps_seen = 150;     // lower steps look like a slope

// ---- what is to be seen ------------------------------------------------------------------------

// The last amount where a price changes its line, over all series.
std::optional<Rational> last_edge(const std::vector<Track>& tracks) {
  std::optional<Rational> last;
  for (const Track& track : tracks) {
    std::vector<Stroke> strokes = strokes_of(track);
    for (std::size_t i = 0; i + 1 < strokes.size(); ++i) {
      bool priced = strokes[i].fault == nullptr && strokes[i + 1].fault == nullptr;
      bool ends = strokes[i].fault == nullptr && i + 2 == strokes.size();
      if ((priced || ends) && (!last || *strokes[i].until > *last)) last = *strokes[i].until;
    }
  }
  return last;
}

AmountRange visible_range(const std::vector<Track>& tracks, const PlotWords& words,
                          const Rational& unit) {
  AmountRange range = words.range;
  if (!range.until) {
    std::optional<Rational> edge = last_edge(tracks);
    bool tells = edge && *edge > range.from && *edge >= unit * Rational(100);
    Rational end =
        tells ? round_up_nicely(*edge * Rational(Decimal::of(125, 2))) : unit * Rational(100'000);
    range.until = Rational((end / unit).floor()) * unit;
    if (*range.until <= range.from) range.until = range.from + unit * Rational(100'000);
  }
  if (words.logarithmic && range.from.sign() <= 0)
    range.from = std::max(unit, Rational((*range.until / Rational(10000) / unit).floor()) * unit);
  return range;
}

// Percentages grow without end towards 0: there the picture is cut off.
Rational least_told(const Plot& plot) {
  if (plot.shown != Shown::percent || plot.logarithmic) return plot.range.from;
  return std::max(plot.range.from, *plot.range.until / Rational(50));
}

void find_heights(Plot& plot) {
  std::optional<Rational> low, high;
  Rational least =
      std::max(least_told(plot), plot.shown == Shown::percent ? plot.unit : Rational(0));
  for (const PlotLine& line : plot.lines) {
    for (const Stroke& stroke : line.strokes) {
      Rational from = std::max(stroke.from, least);
      if (from > *stroke.until) continue;
      for (const Rational& x : {from, *stroke.until}) {
        Rational value = shown_value(plot.shown, x, value_on(stroke, x));
        if (!low || value < *low) low = value;
        if (!high || value > *high) high = value;
      }
    }
  }
  plot.low = std::min(Rational(0), low.value_or(0));
  plot.high = std::max(Rational(0), high.value_or(0));
  if (plot.low == plot.high) plot.high = plot.low + Rational(1);
  if (plot.high.sign() > 0) plot.high = round_up_nicely(plot.high);
}

// "needs: method"; the first reason that there is, or that the figure is elsewhere.
std::string missing_words(const Track& track) {
  const Diagnostic* fault = find_reason(track);
  return fault == nullptr ? "no price in this range" : fault->message;
}

// With no tolerance steps are left as slopes.
void add_curves(Plot& plot, const std::vector<const Series*>& series,
                const std::vector<Track>& tracks, const PlotWords& words,
                const std::optional<Rational>& tolerance) {
  plot.lines.clear();
  for (std::size_t i = 0; i < series.size(); ++i) {
    plot.lines.push_back({words.labels[i], {}, {}, {}});
    if (series[i]->faults) plot.lines.back().missing = series[i]->faults->front().message;
    if (series[i]->faults) continue;
    Rational steps = tolerance ? *tolerance : Rational(Decimal::ten_to(60));
    plot.lines.back().strokes =
        strokes_within(*series[i], tracks[i], plot.shown, plot.range, steps);
    plot.lines.back().missing = missing_words(tracks[i]);
  }
}

bool is_alike(const Stroke& a, const Stroke& b) {
  return a.from == b.from && a.until == b.until && a.at_from == b.at_from &&
         a.at_until == b.at_until && a.form.base == b.form.base && a.form.slope() == b.form.slope();
}

// Lines that lie on each other throughout become one with both names.
void join_alike(std::vector<PlotLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = lines.size() - 1; j > i; --j) {
      const auto &one = lines[i].strokes, &other = lines[j].strokes;
      bool alike =
          !one.empty() && std::equal(one.begin(), one.end(), other.begin(), other.end(), is_alike);
      if (!alike) continue;
      lines[i].joined.insert(lines[i].joined.begin(), lines[j].label);
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
    }
    for (const std::string& label : lines[i].joined) lines[i].label += " = " + label;
  }
}

std::string describe(const Plot& plot, const std::vector<const Series*>& series) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i]->faults) continue;
    const std::vector<Stroke>& strokes = plot.lines[i].strokes;
    const Currencies& currencies = series[i]->currencies();
    Currency source = series[i]->setting.operation.currency;
    bool converts = plot.shown == Shown::net && series[i]->setting.operation.converts();
    Currency currency = converts ? series[i]->setting.operation.to_currency : source;
    text += plot.lines[i].label + ": ";
    int told = 0;
    for (const Stroke& stroke : strokes) {
      if (++told > edges_told_max) break;
      if (told > 1) text += "; ";
      text += amounts_words(stroke.from, stroke.until, source, currencies) + " ";
      text += near_money_words({stroke.at_from, currency}, currencies);
      if (*stroke.at_until != stroke.at_from)
        text += " to " + near_money_words({*stroke.at_until, currency}, currencies);
    }
    text += told > edges_told_max ? "; and so on. " : strokes.empty() ? "no price. " : ". ";
  }
  return text;
}

}  // namespace

std::string shown_name(Shown shown) {
  switch (shown) {
    case Shown::fee:
      return "Fees";
    case Shown::percent:
      return "Fees in percent of the amount";
    case Shown::net:
      return "What arrives";
  }
  ensure(false, "a plot shows one of three figures");
  return "";
}

Rational shown_value(Shown shown, const Rational& amount, const Rational& value) {
  return shown == Shown::percent ? value * Rational(100) / amount : value;
}

Rational value_on(const Stroke& stroke, const Rational& amount) {
  if (*stroke.until == stroke.from) return stroke.at_from;
  Rational along = (amount - stroke.from) / (*stroke.until - stroke.from);
  return stroke.at_from + (*stroke.at_until - stroke.at_from) * along;
}

Plot plot_of(const std::vector<const Series*>& series, Shown shown, const PlotWords& words) {
  Plot plot;
  plot.shown = shown;
  plot.logarithmic = words.logarithmic;
  std::vector<Track> tracks;
  for (const Series* one : series) {
    tracks.push_back(one->faults ? Track() : shown_track(*one, shown));
    if (!one->faults && plot.unit.is_zero())
      plot.unit = one->currencies().minor_unit(one->setting.operation.currency);
  }
  if (plot.unit.is_zero()) return plot;
  plot.range = visible_range(tracks, words, plot.unit);
  add_curves(plot, series, tracks, words, std::nullopt);  // how high it all is
  find_heights(plot);
  Rational tolerance = shown == Shown::percent ? Rational(0) : plot.high - plot.low;
  for (const PlotLine& line : plot.lines) {
    for (const Stroke& stroke : line.strokes)
      tolerance = std::max({tolerance, absolute(stroke.at_from), absolute(*stroke.at_until)});
  }
  add_curves(plot, series, tracks, words, tolerance / Rational(steps_seen));
  find_heights(plot);
  for (const Series* one : series) {
    if (one->faults) continue;
    const Operation& operation = one->setting.operation;
    plot.x_name = "Amount in " + std::string(operation.currency.code());
    Currency to =
        shown == Shown::net && operation.converts() ? operation.to_currency : operation.currency;
    plot.y_name =
        shown_name(shown) + (shown == Shown::percent ? "" : " in " + std::string(to.code()));
  }
  plot.title = shown_name(shown) + ": " + words.operation;
  plot.description = describe(plot, series);
  join_alike(plot.lines);
  return plot;
}

// ---- points ------------------------------------------------------------------------------------

Dot dot_of(const Plot& plot, const Scale& x, const Scale& y, const Rational& amount,
           const Rational& value) {
  return {x.position(amount), y.position(shown_value(plot.shown, amount, value))};
}

namespace {

// Straight enough: the middle lies where the chord has it.
bool is_straight(const Dot& from, const Dot& middle, const Dot& until) {
  int x = 2 * middle.x - from.x - until.x, y = 2 * middle.y - from.y - until.y;
  return std::abs(x) <= 2 && std::abs(y) <= 2;
}

void add_chain(std::vector<Dot>& chain, const Plot& plot, const Stroke& stroke, const Scale& x,
               const Scale& y, const Rational& from, const Rational& until, int depth) {
  Dot first = dot_of(plot, x, y, from, value_on(stroke, from));
  Dot last = dot_of(plot, x, y, until, value_on(stroke, until));
  bool near = std::abs(first.x - last.x) <= 1 && std::abs(first.y - last.y) <= 1;
  bool bent = plot.logarithmic || plot.shown == Shown::percent;
  if (near || !bent || depth == 0) return chain.push_back(last);
  Rational middle = (from + until) / Rational(2);
  bool straight = is_straight(first, dot_of(plot, x, y, middle, value_on(stroke, middle)), last);
  Rational quarter = (from + middle) / Rational(2);
  bool still =
      straight && is_straight(first, dot_of(plot, x, y, quarter, value_on(stroke, quarter)),
                              dot_of(plot, x, y, middle, value_on(stroke, middle)));
  if (still && std::abs(first.x - last.x) < 60) return chain.push_back(last);
  add_chain(chain, plot, stroke, x, y, from, middle, depth - 1);
  add_chain(chain, plot, stroke, x, y, middle, until, depth - 1);
}

// How many minor units' zeros the amount ends in: the rounder of two is the written edge.
int zeros_of(const Rational& amount, const Rational& unit) {
  Decimal whole = (amount / unit).floor();
  int zeros = 0;
  while (!whole.is_zero() && divide_floor(whole, 10).remainder.is_zero()) {
    whole = divide_floor(whole, 10).quotient;
    ++zeros;
  }
  return zeros;
}

}  // namespace

std::vector<Dot> chain_of(const Plot& plot, const Stroke& stroke, const Scale& x, const Scale& y) {
  Rational from = stroke.from;
  bool undefined = plot.shown == Shown::percent && from.is_zero();
  if (undefined) from = std::min(plot.unit, *stroke.until);
  if (from.is_zero() && undefined) return {};
  std::vector<Dot> chain = {dot_of(plot, x, y, from, value_on(stroke, from))};
  if (from < *stroke.until) add_chain(chain, plot, stroke, x, y, from, *stroke.until, 40);
  return chain;
}

std::vector<Jump> jumps_of(const Plot& plot, const PlotLine& line, const Scale& x, const Scale& y) {
  std::vector<Jump> all;
  for (std::size_t i = 0; i + 1 < line.strokes.size(); ++i) {
    const Stroke &before = line.strokes[i], &next = line.strokes[i + 1];
    bool adjoin = *before.until + plot.unit == next.from;
    if (!adjoin || !jumps(before, next, plot.unit)) continue;
    Dot end = dot_of(plot, x, y, *before.until, *before.at_until);
    Dot begin = dot_of(plot, x, y, next.from, next.at_from);
    bool ends_round = zeros_of(*before.until, plot.unit) >= zeros_of(next.from, plot.unit);
    all.push_back(ends_round ? Jump{end, begin} : Jump{begin, end});
  }
  return all;
}

}  // namespace levy
