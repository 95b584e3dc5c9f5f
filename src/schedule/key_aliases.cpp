#include "schedule/key_aliases.h"

#include <algorithm>

#include "base/suggest.h"

namespace levy {
namespace {

using WordList = std::vector<std::string>;

bool has_word(const WordList& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string in_small_letters(std::string_view text) {
  std::string small;
  for (char c : text) {
    bool capital = c >= 'A' && c <= 'Z';
    small += c == '-' || c == ' ' ? '_' : capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return small;
}

// What is written, and the keys that it may mean, blanks between them: the first that may stand in
// the object is the one. Short ones stand here, too, because none of them is guessed at.
struct Alias {
  std::string_view written, meant;
};
constexpr Alias aliases[] = {
    {"minimum", "min at_least"},
    {"min_fee", "min"},
    {"minimum_fee", "min"},
    {"floor", "min"},
    {"at_least", "min from"},
    {"maximum", "max"},
    {"max_fee", "max"},
    {"maximum_fee", "max"},
    {"ceiling", "max"},
    {"at_most", "max up_to"},
    {"limit", "max limits"},
    {"upper", "up_to max"},
    {"lower", "from min"},
    {"min", "from"},
    {"max", "up_to"},
    {"fixed", "flat"},
    {"fixed_fee", "flat"},
    {"constant", "flat"},
    {"percentage", "percent"},
    {"pct", "percent"},
    {"rate", "percent rates"},
    {"basis_points", "bps"},
    {"bp", "bps"},
    {"per_unit", "each"},
    {"unit_price", "each"},
    {"price", "each charge"},
    {"cost", "charge"},
    {"unit", "units"},
    {"step", "every"},
    {"block", "every"},
    {"size", "every"},
    {"to", "up_to until"},
    {"upto", "up_to"},
    {"until", "up_to"},
    {"through", "up_to until"},
    {"end", "until up_to"},
    {"start", "from"},
    {"since", "from"},
    {"under", "below"},
    {"less_than", "below"},
    {"lt", "below"},
    {"lte", "up_to"},
    {"over", "above"},
    {"more_than", "above"},
    {"greater_than", "above"},
    {"gt", "above"},
    {"gte", "from"},
    {"valid_from", "from effective"},
    {"start_date", "from effective"},
    {"valid_until", "until effective"},
    {"valid_to", "until effective"},
    {"end_date", "until effective"},
    {"valid", "effective"},
    {"validity", "effective"},
    {"if", "when"},
    {"condition", "when"},
    {"conditions", "when"},
    {"where", "when"},
    {"applies_when", "when"},
    {"applies_to", "operation"},
    {"operations", "operation"},
    {"op", "operation"},
    {"transaction_type", "operation"},
    {"type", "kind operation"},
    {"period", "window"},
    {"interval", "window"},
    {"duration", "window"},
    {"timeframe", "window"},
    {"charges", "fees"},
    {"fee", "fees"},
    {"rules", "fees cases"},
    {"options", "cases"},
    {"variants", "cases"},
    {"alternatives", "cases"},
    {"progressive", "graduated"},
    {"marginal", "graduated"},
    {"volume", "slab"},
    {"description", "note"},
    {"comment", "note"},
    {"comments", "note"},
    {"notes", "note"},
    {"label", "title"},
    {"ccy", "currency"},
    {"currency_code", "currency"},
    {"tz", "timezone"},
    {"rounding", "round"},
    {"round", "rounding"},
    {"rounding_mode", "mode round rounding"},
    {"method", "mode"},
    {"increment", "to"},
    {"nearest", "to"},
    {"quantum", "to"},
    {"precision", "to digits"},
    {"decimals", "digits"},
    {"places", "digits"},
    {"minor_units", "digits"},
    {"exponent", "digits"},
    {"base", "of"},
    {"on", "of"},
    {"allowance", "free"},
    {"exempt", "free"},
    {"spread", "margin"},
    {"markup", "margin"},
    {"fx_fee", "margin"},
    {"requirements", "requires"},
    {"required", "requires"},
    {"needs", "requires"},
    {"documents", "evidence"},
    {"kyc", "evidence"},
    {"levels", "tiers"},
    {"tests", "examples"},
    {"expected", "expect"},
    {"promises", "guarantees"},
    {"collection", "collect"},
    {"max_of", "greatest"},
    {"min_of", "least"},
    {"variables", "quantities"},
    {"parameters", "attributes"},
};

// The words for bands, which do not say whether a band charges its part or the whole.
constexpr std::string_view words_for_bands[] = {"bands", "tiers",  "tiered", "brackets",
                                                "steps", "ranges", "levels"};

}  // namespace

std::string likely_key(std::string_view written, const WordList& known) {
  std::string word = in_small_letters(written);
  for (const Alias& alias : aliases) {
    if (alias.written != word) continue;
    for (std::string_view rest = alias.meant; !rest.empty();) {
      std::string_view key = rest.substr(0, rest.find(' '));
      if (has_word(known, key)) return std::string(key);
      rest.remove_prefix(std::min(rest.size(), key.size() + 1));
    }
  }
  return suggest(written, known);
}

std::string two_meanings(std::string_view written, const WordList& known) {
  std::string word = in_small_letters(written);
  bool bands = std::find(std::begin(words_for_bands), std::end(words_for_bands), word) !=
               std::end(words_for_bands);
  if (bands && has_word(known, "graduated") && has_word(known, "slab")) {
    return "write \"graduated\" where each band charges its own part of the amount, or \"slab\" "
           "where the band that holds the amount charges all of it";
  }
  if (word == "name" && has_word(known, "id") && has_word(known, "title"))
    return "write \"id\" for the name that answers use, or \"title\" for the one people read";
  return "";
}

}  // namespace levy
