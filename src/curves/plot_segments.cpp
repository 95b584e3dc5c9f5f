#include "curves/plot_segments.h"

#include <algorithm>

namespace levy::curves {
namespace {

constexpr std::size_t plot_segments_max = 600;

FigureOf figure_shown(const Series& series, Shown shown) {
  if (shown == Shown::net)
    return [](const fees::Evaluation& result) -> Checked<fees::Form> { return result.credit; };
  Currency currency = series.resolved.operation.currency;
  const facts::Rates* rates = series.resolved.rates;
  bool converts = series.resolved.operation.converts();
  return [currency, rates, converts](const fees::Evaluation& result) -> Checked<fees::Form> {
    if (result.margins.empty()) return fees_in(result, currency, rates);
    if (converts) return cost_in(result, currency, rates);
    if (!result.lines.empty()) return fees_in(result, currency, rates);
    return Diagnostic{
        Code::missing_attributes,
        "the price is a margin on the rate: there is one where the operation converts",
        "give the currency that arrives, --to"};
  };
}

bool continues(const PlotSegment& plotted, const Segment& segment) {
  if (plotted.fault != nullptr || !segment.form)
    return plotted.fault != nullptr && !segment.form &&
           plotted.fault->code == segment.form.faults().front().code;
  return plotted.form.base == segment.form->base && plotted.form.slope() == segment.form->slope();
}

void append_segment(std::vector<PlotSegment>& plot_segments, const Segment& segment) {
  if (plot_segments.empty() || !continues(plot_segments.back(), segment)) {
    PlotSegment plotted;
    plotted.from = segment.amounts.from();
    if (segment.form)
      plotted.form = *segment.form;
    else
      plotted.fault = &segment.form.faults().front();
    plot_segments.push_back(std::move(plotted));
  }
  PlotSegment& last = plot_segments.back();
  last.until = segment.amounts.until();
  if (!segment.form) return;
  last.form.widen(*segment.form);
}

void find_ends(std::vector<PlotSegment>& plot_segments, const PiecewiseFigure& figure) {
  for (PlotSegment& plotted : plot_segments) {
    if (plotted.fault != nullptr) continue;
    plotted.at_from = *figure.at(plotted.from);
    if (plotted.until) plotted.at_until = figure.at(*plotted.until);
  }
}

std::vector<PlotSegment> without_ends(const std::vector<Segment>& segments) {
  std::vector<PlotSegment> plot_segments;
  for (const Segment& segment : segments) append_segment(plot_segments, segment);
  return plot_segments;
}

// A range halved until its steps are plot segments, or too many.
class Stairs {
 public:
  Stairs(const Series& series, Shown shown, Rational tolerance)
      : series_(series), figure_(figure_shown(series, shown)), tolerance_(std::move(tolerance)) {}

  void add(const Segment& segment) {
    bool steep = segment.form && segment.form->high() - segment.form->low() > tolerance_;
    bool single = segment.amounts.until() && *segment.amounts.until() == segment.amounts.from();
    if (!steep || single || ++halved_ > plot_segments_max * 12)
      return append_segment(plot_segments_, segment);
    Rational middle = segment.amounts.grid_floor(
        (segment.amounts.from() + *segment.amounts.until()) / Rational(2));
    add_part(segment.amounts.part(segment.amounts.from(), middle));
    add_part(
        segment.amounts.part(middle + Rational(segment.amounts.unit()), segment.amounts.until()));
  }
  std::vector<PlotSegment> take() { return std::move(plot_segments_); }

 private:
  void add_part(const fees::AmountRange& part) {
    fees::Curve curve = fees::find_curve(*series_.resolved.plan, series_.context(), part);
    for (const fees::CurvePiece& piece : curve) {
      bool settled = piece.is_settled() && *piece.result;
      if (settled) add(Segment{piece.amounts, figure_(**piece.result)});
    }
  }

  const Series& series_;
  FigureOf figure_;
  Rational tolerance_;
  std::size_t halved_ = 0;
  std::vector<PlotSegment> plot_segments_;
};

}  // namespace

const Diagnostic* find_reason(const PiecewiseFigure& figure) {
  const Diagnostic* reason = nullptr;
  for (const Segment& segment : figure.segments) {
    if (segment.form) return nullptr;
    if (reason == nullptr) reason = &segment.form.faults().front();
  }
  return reason;
}

PiecewiseFigure shown_figure(const Series& series, Shown shown) {
  return piecewise_figure(series, figure_shown(series, shown));
}

std::vector<PlotSegment> plot_segments_of(const PiecewiseFigure& figure) {
  std::vector<PlotSegment> plot_segments = without_ends(figure.segments);
  find_ends(plot_segments, figure);
  return plot_segments;
}

std::vector<PlotSegment> plot_segments_within(const Series& series, const PiecewiseFigure& figure,
                                              Shown shown, const fees::AmountInterval& range,
                                              const Rational& tolerance) {
  std::vector<Segment> segments;
  Stairs stairs(series, shown, tolerance);
  for (const Segment& segment : figure.segments) {
    Rational from = std::max(range.from, segment.amounts.from());
    Rational until =
        segment.amounts.until() ? std::min(*range.until, *segment.amounts.until()) : *range.until;
    if (until < from) continue;
    segments.push_back(Segment{segment.amounts.part(from, until), segment.form});
    if (!segment.form) continue;
    stairs.add(segments.back());
  }
  std::vector<PlotSegment> plot_segments = stairs.take();
  if (plot_segments.size() > plot_segments_max) plot_segments = without_ends(segments);
  std::erase_if(plot_segments, [](const PlotSegment& plotted) { return plotted.fault != nullptr; });
  find_ends(plot_segments, figure);
  return plot_segments;
}

bool jumps(const PlotSegment& before, const PlotSegment& next, const Rational& unit) {
  if (before.fault != nullptr || next.fault != nullptr || !before.at_until) return false;
  Rational steepest = std::max(absolute(before.form.slope()), absolute(next.form.slope()));
  Rational blur = before.form.high() - before.form.low() + next.form.high() - next.form.low();
  return absolute(next.at_from - *before.at_until) > steepest * unit + blur + unit;
}

}  // namespace levy::curves
