// Where the fields and records of a text end, in one pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "batch/fast/rows.h"
#include "formats/row.h"

namespace levy::batch::fast {

class Separators {
 public:
  enum class Kind {
    commas,  // and line ends: of a CSV
    tabs,    // and line ends: of a TSV
    quotes,  // and line ends: of lines of JSON
  };

  enum class Step { one, thirty_two, sixty_four };  // bytes looked at together

  static constexpr std::size_t text_bytes_max = 65'535;  // places are kept in 16 bits
  static constexpr std::size_t padding = 64;             // readable bytes after the text

  explicit Separators(Kind kind, Step step = steps().back()) : kind_(kind), step_(step) {}

  static std::vector<Step> steps();  // that this processor can take, the longest last

  void find(std::string_view text);

  std::size_t count() const { return count_; }
  std::size_t line_ends() const { return line_ends_; }  // how many of them
  // Are there bytes that make places mean something else? In a CSV quotes and carriage returns, in
  // a TSV backslashes and carriage returns, in JSON backslashes and control characters.
  bool is_plain() const { return is_plain_; }
  Kind kind() const { return kind_; }
  // Their places, ascending. The one before the first is 65 535, so that in 16 bits one after it is
  // the text's begin.
  const std::uint16_t* places() const { return places_.data() + 1; }

 private:
  Kind kind_;
  Step step_;
  std::vector<std::uint16_t> places_;
  std::size_t count_ = 0, line_ends_ = 0;
  bool is_plain_ = true;
};

// The cell of a CSV or TSV that begins there, and where it ends; nothing: it does not end in the
// step, or says something else than it shows, which its reader knows.
std::optional<CellSpan> find_cell(const formats::TableShape& shape, std::string_view step,
                                  std::size_t begin, std::size_t& end);

std::uint64_t line_ends(std::string_view text);  // how many there are

// Does the record that begins there end in the step?
bool holds_record(std::string_view step, std::size_t begin, const formats::TableShape& shape);

// May its records be distinguished by what divides cells and by line ends alone? `other` is what
// makes cells say something else: a quote, or a TSV's backslash.
bool is_plain(std::string_view text, char other);

// Has each record as many fields as there are columns? Of so many records.
bool are_regular(std::string_view text, const std::uint16_t* ends, std::size_t columns,
                 std::size_t records);

}  // namespace levy::batch::fast
