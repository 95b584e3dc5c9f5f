// Bounds: all that limits what levy reads and how much work a question is given, so that it ends
// whatever the input.
//
// levy(1), SECURITY, has the same table: the words behind a bound are its row there, and
// tests/cli/check_man.py holds one against the other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace levy {

// What is read: more is refused.
inline constexpr std::size_t document_bytes_max = 64u << 20;  // schedule, profile, rates
inline constexpr std::size_t record_bytes_max = 1u << 20;     // record of a table
inline constexpr int json_depth_max = 64;                     // levels of nesting in JSON
inline constexpr std::size_t id_length_max = 64;              // characters of an id
inline constexpr int digits_max = 60;                         // significant digits of a figure
inline constexpr int places_max = 40;                         // digits after its point
inline constexpr int exponent_max = 100;                      // exponent of a number in JSON
inline constexpr int currency_digits_max = 30;                // digits of a currency's minor unit
inline constexpr int rate_digits_max = 40;                    // digits that a rate is rounded to
inline constexpr unsigned threads_max = 256;                  // threads of a batch

// What is answered: what is left out is said to be.
inline constexpr std::size_t expansion_max = 1'000;      // rows of a quote that lacks attributes
inline constexpr std::size_t series_max = 200;           // curves of one tariff
inline constexpr std::size_t evidence_sets_max = 1'024;  // sets of missing evidence
inline constexpr std::size_t curve_lines_max = 500'000;  // lines of fees that a curve keeps

// Work, in steps (fees/work.h): where they are used up, the rest is undecided.
inline constexpr std::int64_t validate_steps_max = 10'000'000;  // validate
inline constexpr std::int64_t charges_steps_max = 3'000'000;    // validate, charges of zero
inline constexpr std::int64_t guarantee_steps_max = 5'000'000;  // validate, a guarantee
inline constexpr std::int64_t diff_steps_max = 4'000'000;       // diff
inline constexpr std::int64_t curve_steps_max = 5'000'000;      // plot, compare --curve
inline constexpr std::int64_t reverse_steps_max = 10'000'000;   // a reverse quote
inline constexpr std::int64_t infer_steps_max = 300'000'000;    // infer, a row held against a line
inline constexpr std::int64_t suggest_steps_max = 5'000'000;    // test --suggest, fees or limits

}  // namespace levy
