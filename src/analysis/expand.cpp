#include "analysis/expand.h"

#include <algorithm>

namespace levy {
namespace {

// The first missing attribute whose values are listed; null where there is none.
const Missing* first_closed(const Checked<Quote>& quote) {
  if (quote || quote.faults().front().code != Code::missing_attributes) return nullptr;
  const std::vector<Missing>& missing = quote.faults().front().missing;
  auto found = std::find_if(missing.begin(), missing.end(),
                            [](const Missing& one) { return one.closed && !one.domain.empty(); });
  return found == missing.end() ? nullptr : &*found;
}

void expand_into(std::vector<Expanded>& rows, const Tariff& tariff, const Question& question,
                 const std::vector<std::pair<std::string, std::string>>& given,
                 Checked<Quote> answer) {
  const Missing* missing = first_closed(answer);
  if (missing == nullptr || rows.size() >= expansion_max) {
    rows.push_back(Expanded{given, std::move(answer)});
    return;
  }
  for (const std::string& value : missing->domain) {
    Question narrower = question;
    narrower.request.set(missing->name, value);
    auto chosen = given;
    chosen.emplace_back(missing->name, value);
    expand_into(rows, tariff, narrower, chosen, quote(tariff, narrower));
  }
}

}  // namespace

std::vector<Expanded> expand(const Tariff& tariff, const Question& question) {
  return expand(tariff, question, quote(tariff, question));
}

std::vector<Expanded> expand(const Tariff& tariff, const Question& question,
                             Checked<Quote> answer) {
  std::vector<Expanded> rows;
  expand_into(rows, tariff, question, {}, std::move(answer));
  return rows;
}

}  // namespace levy
