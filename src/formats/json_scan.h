// Where the tokens of JSON text end. Shared by the reader, which scans only what nlohmann has
// already accepted, and by the search for faults, which scans anything.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "base/text.h"

namespace levy {

// More faults than this in one file are not told.
inline constexpr std::size_t json_faults_max = 20;

struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_json_space(char byte);

std::size_t skip_json_space(std::string_view text, std::size_t at);

// Past the closing quote of the string that begins at `at`; the text's end where it has none.
std::size_t string_end(std::string_view text, std::size_t at);

// Past the longest JSON number at `at`; `at` itself where there is none.
std::size_t number_end(std::string_view text, std::size_t at);

bool is_json_number(std::string_view text);

// The message and remedy, at the place of these bytes.
Diagnostic fault_at(const Source& source, Code code, TextSpan span, std::string message,
                    std::string remedy);

}  // namespace levy
