// The kinds of findings, one function each: what is wrong with a tariff, proved from its curves.
// Each adds to the report; validate.h runs them all. Source: SPEC section 8.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/course.h"
#include "analysis/finding.h"

namespace levy {

// ---- along one course --------------------------------------------------------------------------
// uncovered; closed_last_band; missing_money and mixed_currencies where they hold throughout.
void find_coverage(const Course& course, Report& report);
void find_cliffs(const Course& course, Report& report);
void find_splits(const Course& course, Report& report);
void find_fees_above(const Course& course, Report& report);            // fee_above_amount
void find_negative_totals(const Course& course, Report& report);       // negative_total
void find_roundings_to_nothing(const Course& course, Report& report);  // rounds_to_nothing

// ---- of one schedule ---------------------------------------------------------------------------
void find_broken_guarantees(const Plan& plan, Report& report);
void find_unreachable_cases(const Plan& plan, Report& report);
void find_open_edges(const Plan& plan, Report& report);   // edge_style
void find_idle_limits(const Plan& plan, Report& report);  // limit_never_binds
void find_shrinking_limits(const Plan& plan, Report& report);
void find_unreachable_tiers(const Plan& plan, Report& report);
void find_unused(const Plan& plan, Report& report);  // but unused acceptances

// ---- of all versions of a tariff ---------------------------------------------------------------
void find_version_faults(std::vector<const Plan*> versions, Report& report);

// ---- what they share ---------------------------------------------------------------------------
Finding make_finding(Code code, Severity severity, const Place& place, std::string message,
                     std::string remedy);
// With the operation and the cell it is about.
Finding make_finding(const Course& course, Code code, const Place& place, std::string message,
                     std::string remedy);
void add_figure(Finding& finding, const std::string& name, const std::string& value);

// The rule that makes the difference between two amounts: of the fee whose line moves most, the
// case, band or bound that holds at `to` (first) and did at `from`.
struct RuleChange {
  Place now, before;
};
RuleChange find_change(const Course& course, const Rational& from, const Rational& to,
                       std::optional<std::size_t> fee = std::nullopt);
// Where the case that yields the line stands.
const Place& place_of(const Plan& plan, const LineForm& line);

}  // namespace levy
