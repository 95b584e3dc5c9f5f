#include "render/plot/plot.h"

#include <algorithm>

#include "base/ensure.h"
#include "render/words/labels.h"

namespace levy::render::plot {
namespace {

constexpr int log_bits = 24, mantissa_bits = 30;
constexpr int beyond = 1'000'000;  // as far outside as a position is told

int to_int(const Decimal& whole) {
  if (whole > Decimal(beyond)) return beyond;
  if (whole < Decimal(-beyond)) return -beyond;
  return static_cast<int>(*whole.minor_units(0));
}

// The exponent of the power of ten at or below `value`.
int decade_of(const Rational& value) {
  int exponent = 0;
  while (Rational(Decimal::ten_to(exponent)) > value) --exponent;
  while (Rational(Decimal::ten_to(exponent + 1)) <= value) ++exponent;
  return exponent;
}

}  // namespace

// Squaring doubles the logarithm: each time the value passes 2 one more bit is set.
std::int64_t log2_scaled(Rational value) {
  ensure(value.sign() > 0, "only positive values have a logarithm");
  std::int64_t whole = 0;
  const Rational two = 2, much = Rational(std::int64_t{1} << 32);
  while (value >= much) value = value / much, whole += 32;
  while (value >= two) value = value / two, ++whole;
  while (value < Rational(1)) value = value * two, --whole;
  std::uint64_t mantissa = static_cast<std::uint64_t>(
      *(value * Rational(std::int64_t{1} << mantissa_bits)).floor().minor_units(0));
  std::int64_t result = whole;
  for (int bit = 0; bit < log_bits; ++bit) {
    mantissa = (mantissa * mantissa) >> mantissa_bits;
    result *= 2;
    if (mantissa < (std::uint64_t{2} << mantissa_bits)) continue;
    mantissa >>= 1;
    ++result;
  }
  return result;
}

Rational round_up_nicely(const Rational& value) {
  Rational power = Decimal::ten_to(decade_of(value));
  for (int tenths : {10, 15, 20, 25, 30, 40, 50, 60, 80}) {
    Rational nice = power * Rational(Decimal::of(tenths, 1));
    if (nice >= value) return nice;
  }
  return power * Rational(10);
}

Scale::Scale(Rational low, Rational high, int dots, bool logarithmic)
    : low_(std::move(low)), high_(std::move(high)), dots_(dots), logarithmic_(logarithmic) {
  ensure(low_ < high_ && dots_ > 1, "an axis has a length");
  if (!logarithmic_) return;
  log_low_ = log2_scaled(low_);
  log_range_ = std::max<std::int64_t>(1, log2_scaled(high_) - log_low_);
}

int Scale::position(const Rational& value) const {
  const Rational half = Rational(Decimal::of(5, 1));
  if (!logarithmic_)
    return to_int(((value - low_) / (high_ - low_) * Rational(dots_ - 1) + half).floor());
  if (value.sign() <= 0) return -beyond;
  Rational variable(log2_scaled(value) - log_low_);
  return to_int((variable / Rational(log_range_) * Rational(dots_ - 1) + half).floor());
}

std::vector<Tick> Scale::decades(int count) const {
  std::vector<Tick> ticks;
  int first = decade_of(low_), last = decade_of(high_);
  int every = std::max(1, (last - first + count - 1) / std::max(1, count));
  bool between = (last - first + 1) * 3 <= count;
  for (int exponent = first; exponent <= last; exponent += every) {
    for (int digit : {1, 2, 5}) {
      if (digit > 1 && !between) break;
      Decimal value = Decimal::ten_to(exponent) * Decimal(digit);
      if (Rational(value) >= low_ && Rational(value) <= high_)
        ticks.push_back({value, value.to_string()});
    }
  }
  return ticks;
}

std::vector<Tick> Scale::ticks(int count) const {
  if (logarithmic_) return decades(count);
  Rational wanted = (high_ - low_) / Rational(std::max(1, count));
  Rational step = Decimal::ten_to(decade_of(wanted));
  for (int factor : {1, 2, 5, 10}) {
    if (step * Rational(factor) < wanted) continue;
    step = step * Rational(factor);
    break;
  }
  std::vector<Tick> ticks;
  for (Rational value = Rational((low_ / step).ceiling()) * step; value <= high_; value += step)
    ticks.push_back({value, value.to_string()});
  std::size_t places = 0;  // one width for all: 0.0, 0.5, 1.0
  for (const Tick& tick : ticks) {
    std::size_t point = tick.label.find('.');
    if (point != std::string::npos) places = std::max(places, tick.label.size() - point - 1);
  }
  for (Tick& tick : ticks) tick.label = tick.value.to_string(static_cast<int>(places));
  return ticks;
}

namespace {

constexpr int edges_reported_max = 40;  // in the description
constexpr int steps_seen = 150;         // lower steps look like a slope

// ---- what is to be seen ------------------------------------------------------------------------

// The last amount where a price changes its line, over all series.
std::optional<Rational> last_edge(const std::vector<curves::PiecewiseFigure>& figures) {
  std::optional<Rational> last;
  for (const curves::PiecewiseFigure& figure : figures) {
    std::vector<curves::PlotSegment> plot_segments = curves::plot_segments_of(figure);
    for (std::size_t i = 0; i + 1 < plot_segments.size(); ++i) {
      bool priced = plot_segments[i].fault == nullptr && plot_segments[i + 1].fault == nullptr;
      bool ends = plot_segments[i].fault == nullptr && i + 2 == plot_segments.size();
      if ((priced || ends) && (!last || *plot_segments[i].until > *last))
        last = *plot_segments[i].until;
    }
  }
  return last;
}

fees::AmountInterval visible_range(const std::vector<curves::PiecewiseFigure>& figures,
                                   const PlotWords& words, const Rational& unit) {
  fees::AmountInterval range = words.range;
  if (!range.until) {
    std::optional<Rational> edge = last_edge(figures);
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
Rational smallest_told(const Plot& plot) {
  if (plot.shown != curves::Shown::percent || plot.logarithmic) return plot.range.from;
  return std::max(plot.range.from, *plot.range.until / Rational(50));
}

void find_heights(Plot& plot) {
  std::optional<Rational> low, high;
  Rational minimum =
      std::max(smallest_told(plot), plot.shown == curves::Shown::percent ? plot.unit : Rational(0));
  for (const PlotLine& line : plot.lines) {
    for (const curves::PlotSegment& plotted : line.plot_segments) {
      Rational from = std::max(plotted.from, minimum);
      if (from > *plotted.until) continue;
      for (const Rational& x : {from, *plotted.until}) {
        Rational value = shown_value(plot.shown, x, value_on(plotted, x));
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
std::string missing_words(const curves::PiecewiseFigure& figure) {
  const Diagnostic* fault = curves::find_reason(figure);
  return fault == nullptr ? "no price in this range" : fault->message;
}

// With no tolerance steps are left as slopes.
void add_curves(Plot& plot, const std::vector<const curves::Series*>& series,
                const std::vector<curves::PiecewiseFigure>& figures, const PlotWords& words,
                const std::optional<Rational>& tolerance) {
  plot.lines.clear();
  for (std::size_t i = 0; i < series.size(); ++i) {
    plot.lines.push_back({words.labels[i], {}, {}, {}});
    if (series[i]->faults) plot.lines.back().missing = series[i]->faults->front().message;
    if (series[i]->faults) continue;
    Rational steps = tolerance ? *tolerance : Rational(Decimal::ten_to(60));
    plot.lines.back().plot_segments =
        curves::plot_segments_within(*series[i], figures[i], plot.shown, plot.range, steps);
    plot.lines.back().missing = missing_words(figures[i]);
  }
}

bool is_alike(const curves::PlotSegment& a, const curves::PlotSegment& b) {
  return a.from == b.from && a.until == b.until && a.at_from == b.at_from &&
         a.at_until == b.at_until && a.form.base == b.form.base && a.form.slope() == b.form.slope();
}

// Lines that lie on each other throughout become one with both names.
void join_alike(std::vector<PlotLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = lines.size() - 1; j > i; --j) {
      const auto &one = lines[i].plot_segments, &other = lines[j].plot_segments;
      bool alike =
          !one.empty() && std::equal(one.begin(), one.end(), other.begin(), other.end(), is_alike);
      if (!alike) continue;
      lines[i].joined.insert(lines[i].joined.begin(), lines[j].label);
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
    }
    for (const std::string& label : lines[i].joined) lines[i].label += " = " + label;
  }
}

std::string describe(const Plot& plot, const std::vector<const curves::Series*>& series) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i]->faults) continue;
    const std::vector<curves::PlotSegment>& plot_segments = plot.lines[i].plot_segments;
    const Currencies& currencies = series[i]->currencies();
    Currency source = series[i]->resolved.operation.currency;
    bool converts = plot.shown == curves::Shown::net && series[i]->resolved.operation.converts();
    Currency currency = converts ? series[i]->resolved.operation.to_currency : source;
    text += plot.lines[i].label + ": ";
    int told = 0;
    for (const curves::PlotSegment& plotted : plot_segments) {
      if (++told > edges_reported_max) break;
      if (told > 1) text += "; ";
      text += words::amounts_words(plotted.from, plotted.until, source, currencies) + " ";
      text += words::near_money_words({plotted.at_from, currency}, currencies);
      if (*plotted.at_until != plotted.at_from)
        text += " to " + words::near_money_words({*plotted.at_until, currency}, currencies);
    }
    text += told > edges_reported_max ? "; and so on. "
            : plot_segments.empty()   ? "no price. "
                                      : ". ";
  }
  return text;
}

}  // namespace

std::string shown_name(curves::Shown shown) {
  switch (shown) {
    case curves::Shown::fee:
      return "Fees";
    case curves::Shown::percent:
      return "Fees in percent of the amount";
    case curves::Shown::net:
      return "What arrives";
  }
  ensure(false, "a plot shows one of three figures");
  return "";
}

Rational shown_value(curves::Shown shown, const Rational& amount, const Rational& value) {
  return shown == curves::Shown::percent ? value * Rational(100) / amount : value;
}

Rational value_on(const curves::PlotSegment& plotted, const Rational& amount) {
  if (*plotted.until == plotted.from) return plotted.at_from;
  Rational variable = (amount - plotted.from) / (*plotted.until - plotted.from);
  return plotted.at_from + (*plotted.at_until - plotted.at_from) * variable;
}

Plot plot_of(const std::vector<const curves::Series*>& series, curves::Shown shown,
             const PlotWords& words) {
  Plot plot;
  plot.shown = shown;
  plot.logarithmic = words.logarithmic;
  std::vector<curves::PiecewiseFigure> figures;
  for (const curves::Series* one : series) {
    figures.push_back(one->faults ? curves::PiecewiseFigure() : curves::shown_figure(*one, shown));
    if (!one->faults && plot.unit.is_zero())
      plot.unit = one->currencies().minor_unit(one->resolved.operation.currency);
  }
  if (plot.unit.is_zero()) return plot;
  plot.range = visible_range(figures, words, plot.unit);
  add_curves(plot, series, figures, words, std::nullopt);  // how high it all is
  find_heights(plot);
  Rational tolerance = shown == curves::Shown::percent ? Rational(0) : plot.high - plot.low;
  for (const PlotLine& line : plot.lines) {
    for (const curves::PlotSegment& plotted : line.plot_segments)
      tolerance = std::max({tolerance, absolute(plotted.at_from), absolute(*plotted.at_until)});
  }
  add_curves(plot, series, figures, words, tolerance / Rational(steps_seen));
  find_heights(plot);
  for (const curves::Series* one : series) {
    if (one->faults) continue;
    const facts::Operation& operation = one->resolved.operation;
    plot.x_name = "Amount in " + std::string(operation.currency.code());
    Currency to = shown == curves::Shown::net && operation.converts() ? operation.to_currency
                                                                      : operation.currency;
    plot.y_name = shown_name(shown) +
                  (shown == curves::Shown::percent ? "" : " in " + std::string(to.code()));
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

void add_chain(std::vector<Dot>& chain, const Plot& plot, const curves::PlotSegment& plotted,
               const Scale& x, const Scale& y, const Rational& from, const Rational& until,
               int depth) {
  Dot first = dot_of(plot, x, y, from, value_on(plotted, from));
  Dot last = dot_of(plot, x, y, until, value_on(plotted, until));
  bool near = std::abs(first.x - last.x) <= 1 && std::abs(first.y - last.y) <= 1;
  bool bent = plot.logarithmic || plot.shown == curves::Shown::percent;
  if (near || !bent || depth == 0) return chain.push_back(last);
  Rational middle = (from + until) / Rational(2);
  bool straight = is_straight(first, dot_of(plot, x, y, middle, value_on(plotted, middle)), last);
  Rational quarter = (from + middle) / Rational(2);
  bool still =
      straight && is_straight(first, dot_of(plot, x, y, quarter, value_on(plotted, quarter)),
                              dot_of(plot, x, y, middle, value_on(plotted, middle)));
  if (still && std::abs(first.x - last.x) < 60) return chain.push_back(last);
  add_chain(chain, plot, plotted, x, y, from, middle, depth - 1);
  add_chain(chain, plot, plotted, x, y, middle, until, depth - 1);
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

std::vector<Dot> chain_of(const Plot& plot, const curves::PlotSegment& plotted, const Scale& x,
                          const Scale& y) {
  Rational from = plotted.from;
  bool undefined = plot.shown == curves::Shown::percent && from.is_zero();
  if (undefined) from = std::min(plot.unit, *plotted.until);
  if (from.is_zero() && undefined) return {};
  std::vector<Dot> chain = {dot_of(plot, x, y, from, value_on(plotted, from))};
  if (from < *plotted.until) add_chain(chain, plot, plotted, x, y, from, *plotted.until, 40);
  return chain;
}

std::vector<Jump> jumps_of(const Plot& plot, const PlotLine& line, const Scale& x, const Scale& y) {
  std::vector<Jump> all;
  for (std::size_t i = 0; i + 1 < line.plot_segments.size(); ++i) {
    const curves::PlotSegment &before = line.plot_segments[i], &next = line.plot_segments[i + 1];
    bool adjoin = *before.until + plot.unit == next.from;
    if (!adjoin || !curves::jumps(before, next, plot.unit)) continue;
    Dot end = dot_of(plot, x, y, *before.until, *before.at_until);
    Dot begin = dot_of(plot, x, y, next.from, next.at_from);
    bool ends_round = zeros_of(*before.until, plot.unit) >= zeros_of(next.from, plot.unit);
    all.push_back(ends_round ? Jump{end, begin} : Jump{begin, end});
  }
  return all;
}

}  // namespace levy::render::plot
