// Standard output, checked to the last byte: a full disk is an exit status, never a silent loss.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "cli/commands.h"
#include "formats/json_writer.h"
#include "render/text/diagnostic_text.h"
#include "render/text/page.h"

namespace levy::cli {

inline constexpr int status_done = 0, status_no = 1, status_unusable = 2, status_io = 3,
                     status_fault = 4;

// Writes all of it and flushes; `status`, or status_io (said on standard error) where it failed.
// The text is a program's: it goes out byte by byte, but for what a terminal would obey, where
// standard output is one.
int print(std::string_view text, int status = status_done);
// The same of text for people, in which everything that a file or the user gave has been spelt out
// (text_width.h), and which may be coloured.
int print_for_people(std::string_view text, int status = status_done);
int print_page(const render::text::Page& page, const Common& common, int status = status_done);

// Says why there is no answer: on standard error for people; with --json as {"error": ...} on
// standard output. `as` replaces the code that JSON reports (bad_schedule, bad_file), the faults
// then being its "findings". Returns the exit status.
int report_error(const Diagnostics& faults, const Common& common, std::optional<Code> as = {});
int status_of(const Diagnostics& faults);

// On standard error, for people, its lines folded in a terminal's window; what cannot be said there
// is not said.
void warn(std::string_view text);
std::string last_error();  // errno in words

// Is what goes to this descriptor to be coloured? On a terminal, unless --color, NO_COLOR or
// TERM=dumb says otherwise.
bool wants_color(const Common& common, int descriptor);

// How a diagnostic stands on this descriptor: folded in a terminal's window, and nowhere else.
render::text::DiagnosticForm diagnostic_form(const Common& common, int descriptor);

}  // namespace levy::cli
