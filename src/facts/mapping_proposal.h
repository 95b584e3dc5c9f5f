// What a mapping of a table would be, as far as its header and first rows tell (levy-mapping(1)).
// A guess is made only where it is surely better than none; what is left open is said, with what
// there is to choose from.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "facts/mapped_rows.h"

namespace levy::facts {

struct MappingProposal {
  std::string json;  // the document, laid out
  struct Remark {
    std::string about, says;  // "amount", "the column \"Betrag\", by its name"
  };
  std::vector<Remark> guessed, open;
};

// What a proposal looks at: so many bytes of the table, and as many rows as they hold.
inline constexpr std::size_t proposal_bytes = std::size_t{256} << 10;

// `start`: the table's first bytes, as they stand in the file; `is_whole`: there are no more.
// `operations`: those of the tariff; `domains`: its attributes that have a list of values, with
// these. Code bad_file: it is no table.
struct ProposalQuestion {
  std::string file;
  std::string_view start;
  bool is_whole = false;
  std::vector<std::string> operations;
  std::vector<std::pair<std::string, std::vector<std::string>>> domains;
  MappingTarget target;
};
Checked<MappingProposal> propose_mapping(const ProposalQuestion& question);

}  // namespace levy::facts
