// The closed list of what can be wrong. levy-explain(1) explains each;
// the rest say more exactly what is wrong with the form of a file. The word is what --json prints
// and what `levy explain` takes; it never changes its meaning.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace levy {

// clang-format off
#define LEVY_CODES(X) \
  /* the operation */ \
  X(bad_amount) X(not_positive) X(precision) X(unknown_currency) X(unknown_operation) \
  X(unknown_attribute) X(unknown_value) X(bad_value) X(bad_time) X(missing_attributes) \
  X(missing_quantity) X(out_of_range) X(not_in_force) X(uncovered) X(above_last_band) \
  X(missing_money) X(mixed_currencies) X(missing_rate) X(stale_rates) X(rate_not_positive) \
  X(missing_reading) X(unknown_meter) X(unknown_account) X(out_of_order) X(fees_exceed_amount) \
  X(unattainable) X(undecidable) X(bad_schedule) X(bad_file) \
  /* the form of a file */ \
  X(syntax) X(trailing_comma) X(comment) X(nul_byte) X(bad_utf8) X(utf16) X(too_deep) \
  X(not_json) X(trailing_text) X(duplicate_key) X(unknown_key) X(missing_key) X(wrong_type) \
  X(bad_decimal) X(bad_id) X(duplicate_id) X(duplicate_money) X(bad_rates) \
  X(misspelt_column) X(bad_text) \
  /* the references of a schedule */ \
  X(unknown_country) X(unknown_set) X(unknown_tier) X(unknown_evidence) X(unknown_quantity) \
  X(unknown_fee) X(unknown_timezone) X(unknown_limit) \
  X(forward_of) X(bands_not_ascending) X(min_above_max) X(margin) X(limit_misses_tier) \
  X(conflicting_keys) X(overlapping_versions) \
  /* the soundness of a tariff: what validate finds, beside uncovered and missing_money */ \
  X(broken_guarantee) X(closed_last_band) X(version_gap) X(unreachable_case) X(cliff) X(split) \
  X(fee_above_amount) X(rounds_to_nothing) X(negative_total) X(edge_style) \
  X(limit_never_binds) X(limit_shrinks) X(unreachable_tier) X(unused) X(no_fee) \
  X(charges_nothing) X(looks_like_a_fraction) X(cap_never_acts) \
  /* the command line and files */ \
  X(usage) X(unreadable) X(unwritable) X(internal)
// clang-format on

enum class Code {
#define LEVY_ENUMERATOR(word) word,
  LEVY_CODES(LEVY_ENUMERATOR)
#undef LEVY_ENUMERATOR
};

std::string_view to_string(Code code);
std::optional<Code> find_code(std::string_view word);
const std::vector<Code>& all_codes();

}  // namespace levy
