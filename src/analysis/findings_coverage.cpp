// What no case covers, what lies above the last band, and money that is missing in a currency.
#include <algorithm>

#include "analysis/findings.h"

namespace levy {
namespace {

// A run of pieces with one fault.
struct PriceGap {
  Range range;
  Diagnostic fault;
};

bool same_fault(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.place == b.place;
}

std::vector<PriceGap> gaps_of(const Course& course) {
  std::vector<PriceGap> gaps;
  bool in_gap = false;
  for (const CurvePiece& piece : course.curve) {
    std::optional<Range> range = course.range_of(piece);
    bool faulty = range && piece.is_settled() && !*piece.result;
    if (!faulty) {
      in_gap = in_gap && !range;
      continue;
    }
    const Diagnostic& fault = piece.result->faults().front();
    if (in_gap && same_fault(gaps.back().fault, fault)) {
      gaps.back().range.until = range->until;
    } else {
      gaps.push_back(PriceGap{*range, fault});
    }
    in_gap = true;
  }
  return gaps;
}

// " for amounts from 10.01 EUR to 10.99 EUR", " for units above 5"; "" where it is all of them.
std::string course_range_words(const Course& course, const Range& range) {
  bool from_first = range.from == std::max(course.whole.from(), course.allowed.from);
  bool to_last = !range.until || range.until == course.allowed.until;
  if (from_first && to_last) return "";
  auto word = [&](const Rational& x) {
    return course.of_amount() ? say(course, x) : x.to_string();
  };
  std::string of = course.of_amount() ? " for amounts" : " for " + course.variable;
  if (to_last) return of + " from " + word(range.from) + " on";
  if (range.from == *range.until)
    return (course.of_amount() ? " for " : of + " ") + word(range.from);
  if (from_first) return of + " up to " + word(*range.until);
  return of + " from " + word(range.from) + " to " + word(*range.until);
}

// An amount that people would try, where the range leaves the choice.
Rational example_in(const Course& course, const Range& range) {
  constexpr int usual = 100;
  bool inside = course.of_amount() && range.from < Rational(usual) &&
                (!range.until || *range.until > Rational(usual));
  return inside ? Rational(usual) : range.from;
}

std::string fault_message(const Diagnostic& fault) {
  if (fault.code == Code::above_last_band) return "the last band is closed: there is no price";
  constexpr std::string_view here = " here";
  std::string message = fault.message;
  if (fault.code == Code::uncovered && message.ends_with(here))
    message.resize(message.size() - here.size());
  return message;
}

bool is_told_here(Code code) {
  return code == Code::uncovered || code == Code::above_last_band || code == Code::missing_money ||
         code == Code::mixed_currencies;
}

}  // namespace

// The rate's fault has the place of a margin only where it is theirs.
void find_margin_faults(const Course& course, Report& report) {
  for (const PriceGap& gap : gaps_of(course)) {
    const Diagnostic& fault = gap.fault;
    if (fault.code != Code::rate_not_positive || fault.place.pointer().empty()) continue;
    std::string range = course_range_words(course, gap.range);
    Finding finding =
        make_finding(course, Code::margin, fault.place, fault.message + range, fault.remedy);
    add_figure(finding, "from", say(course, gap.range.from));
    if (gap.range.until) add_figure(finding, "until", say(course, *gap.range.until));
    finding.key = range;
    report.findings.push_back(std::move(finding));
  }
}

void find_coverage(const Course& course, Report& report) {
  for (const PriceGap& gap : gaps_of(course)) {
    const Diagnostic& fault = gap.fault;
    // Nobody gives rates here, and what is converted cannot be judged without them.
    if (fault.code == Code::missing_rate)
      report.undecided.push_back({where_of(course), "what it costs: " + fault.message});
    if (!is_told_here(fault.code)) continue;
    bool band = fault.code == Code::above_last_band;
    std::string range = course_range_words(course, gap.range);
    Finding finding = make_finding(
        course, band ? Code::closed_last_band : fault.code, fault.place,
        fault_message(fault) + range,
        band ? "leave the last band open, or let a limit on one operation refuse what lies above"
             : fault.remedy);
    add_figure(finding, "from", say(course, gap.range.from));
    if (gap.range.until) add_figure(finding, "until", say(course, *gap.range.until));
    finding.reproduce.push_back(quote_command(course, example_in(course, gap.range)));
    finding.key = band ? "" : range;
    report.findings.push_back(std::move(finding));
  }
  for (const CurvePiece& piece : course.curve) {
    if (piece.is_settled() || !course.is_piece_allowed(piece)) continue;
    report.undecided.push_back({where_of(course), "anything from " +
                                                      say(course, piece.stretch.from()) +
                                                      " on: its roundings decide too much"});
    return;
  }
}

}  // namespace levy
