// The kinds of findings, one function each: what is wrong with a tariff, proved from its curves.
// Each adds to the report; validate.h runs them all. Source: levy-validate(1).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "curves/cell_curve.h"
#include "validation/finding.h"

namespace levy::validation {

// ---- along one cell curve -----------------------------------------------------------------------
// uncovered; closed_last_band; missing_money and mixed_currencies where they hold throughout.
void find_coverage(const curves::CellCurve& cell_curve, Report& report);
void find_cliffs(const curves::CellCurve& cell_curve, Report& report);
void find_splits(const curves::CellCurve& cell_curve, Report& report);
void find_fees_above(const curves::CellCurve& cell_curve, Report& report);       // fee_above_amount
void find_negative_totals(const curves::CellCurve& cell_curve, Report& report);  // negative_total
void find_roundings_to_zero(const curves::CellCurve& cell_curve,
                            Report& report);  // rounds_to_nothing

void find_margin_faults(const curves::CellCurve& cell_curve,
                        Report& report);  // margin; the cell curve has rates

// Which cases the cell curves took, and which of them charged something.
struct CasesSeen {
  using Key = std::pair<std::size_t, std::size_t>;  // index of the fee, of its case
  std::set<Key> taken, charging;
};
// True where some fee applied.
bool note_cases(const curves::CellCurve& cell_curve, CasesSeen& seen);
void find_no_fee(const curves::CellCurve& cell_curve, Report& report);  // no fee applies along it

// ---- of one schedule ---------------------------------------------------------------------------
void find_broken_guarantees(const fees::Plan& plan, Report& report);
void find_unreachable_cases(const fees::Plan& plan, Report& report);
void find_open_edges(const fees::Plan& plan, Report& report);   // edge_style
void find_idle_limits(const fees::Plan& plan, Report& report);  // limit_never_binds
void find_shrinking_limits(const fees::Plan& plan, Report& report);
void find_unreachable_tiers(const fees::Plan& plan, Report& report);
void find_unused(const fees::Plan& plan, Report& report);  // but unused acceptances
// charges_nothing; null: not all cells were looked at.
void find_idle_charges(const fees::Plan& plan, const CasesSeen* seen, Report& report);
void find_fractions(const fees::Plan& plan, Report& report);  // looks_like_a_fraction
void find_idle_caps(const fees::Plan& plan, Report& report);  // cap_never_acts

// ---- of all versions of a tariff ---------------------------------------------------------------
void find_version_faults(std::vector<const fees::Plan*> versions, Report& report);

// ---- what they share ---------------------------------------------------------------------------
Finding make_finding(Code code, Severity severity, const Place& place, std::string message,
                     std::string remedy);
// With the operation and the cell it is about.
Finding make_finding(const curves::CellCurve& cell_curve, Code code, const Place& place,
                     std::string message, std::string remedy);
void add_figure(Finding& finding, const std::string& name, const std::string& value);

// The rule that makes the difference between two amounts: of the fee whose line moves most, the
// case, band or bound that holds at `to` (first) and did at `from`.
struct RuleChange {
  Place now, before;
};
RuleChange find_change(const curves::CellCurve& cell_curve, const Rational& from,
                       const Rational& to, std::optional<std::size_t> fee = std::nullopt);
// Of the line that a fee has at x.
std::optional<Rational> line_at(const Checked<fees::Evaluation>& value, std::size_t fee);
// Where the case that yields the line stands.
const Place& place_of(const fees::Plan& plan, const fees::LineForm& line);

}  // namespace levy::validation
