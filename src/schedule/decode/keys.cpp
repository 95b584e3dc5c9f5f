#include "schedule/decode/keys.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"
#include "base/suggest.h"

namespace levy::schedule::decode {
namespace {

constexpr std::array<std::string_view, 24> root_key_order = {
    "$schema",  "levy",       "id",         "version",    "title",      "note",
    "source",   "currency",   "currencies", "effective",  "timezone",   "rounding",
    "collect",  "attributes", "quantities", "sets",       "conversion", "fees",
    "evidence", "tiers",      "limits",     "guarantees", "examples",   "accept"};
// Of a fee, a case, and a member of greatest or least.
constexpr std::array<std::string_view, 30> fee_key_order = {
    "id",        "title",   "note",     "operation", "when",  "collect", "round", "units",
    "of",        "times",   "percent",  "bps",       "each",  "flat",    "per",   "by",
    "graduated", "slab",    "greatest", "least",     "min",   "max",     "free",  "cap",
    "in",        "convert", "margin",   "waived",    "cases", "accept"};
constexpr std::array<std::string_view, 9> band_key_order = {
    "up_to", "below", "percent", "bps", "each", "flat", "per", "min", "max"};
constexpr std::array<std::string_view, 3> block_key_order = {"every", "charge", "count"};
// Of a meter and what carries one: by, free, cap, counts, evidence.
constexpr std::array<std::string_view, 15> meter_key_order = {
    "kind",  "title",   "note",      "max_age", "max",    "amount", "units",   "count",
    "whole", "measure", "operation", "when",    "window", "per",    "currency"};
constexpr std::array<std::string_view, 13> limit_key_order = {
    "id",     "title", "note",     "operation", "when", "counts", "measure",
    "window", "per",   "currency", "min",       "max",  "accept"};
constexpr std::array<std::string_view, 5> tier_key_order = {"id", "title", "note", "requires",
                                                            "accept"};
constexpr std::array<std::string_view, 3> quantity_key_order = {"default", "min", "max"};
constexpr std::array<std::string_view, 6> rounding_key_order = {"digits", "mode", "to",
                                                                "apply",  "rate", "round"};
constexpr std::array<std::string_view, 2> period_key_order = {"from", "until"};
constexpr std::array<std::string_view, 2> acceptance_key_order = {"code", "reason"};
constexpr std::array<std::string_view, 6> guarantee_key_order = {
    "title", "operation", "when", "fee_at_most", "fee_at_least", "credit_at_least"};
constexpr std::array<std::string_view, 5> example_key_order = {"title", "quote", "check", "batch",
                                                               "expect"};

constexpr std::array places_under_keys = {
    ObjectPlace{ObjectKind::root, "fees", ObjectKind::fee, true},
    ObjectPlace{ObjectKind::root, "evidence", ObjectKind::evidence, true},
    ObjectPlace{ObjectKind::root, "tiers", ObjectKind::tier, true},
    ObjectPlace{ObjectKind::root, "limits", ObjectKind::limit, true},
    ObjectPlace{ObjectKind::root, "guarantees", ObjectKind::guarantee, true},
    ObjectPlace{ObjectKind::root, "examples", ObjectKind::example, true},
    ObjectPlace{ObjectKind::root, "quantities", ObjectKind::quantities},
    ObjectPlace{ObjectKind::root, "rounding", ObjectKind::rounding},
    ObjectPlace{ObjectKind::root, "conversion", ObjectKind::rounding},
    ObjectPlace{ObjectKind::root, "effective", ObjectKind::period},
    ObjectPlace{ObjectKind::root, "accept", ObjectKind::acceptance},
    ObjectPlace{ObjectKind::rounding, "rate", ObjectKind::rounding},
    ObjectPlace{ObjectKind::rounding, "round", ObjectKind::rounding},
    ObjectPlace{ObjectKind::fee, "round", ObjectKind::rounding},
    ObjectPlace{ObjectKind::fee, "cases", ObjectKind::fee, true},
    ObjectPlace{ObjectKind::fee, "graduated", ObjectKind::band, true},
    ObjectPlace{ObjectKind::fee, "slab", ObjectKind::band, true},
    ObjectPlace{ObjectKind::fee, "greatest", ObjectKind::fee},
    ObjectPlace{ObjectKind::fee, "least", ObjectKind::fee},
    ObjectPlace{ObjectKind::fee, "per", ObjectKind::block},
    ObjectPlace{ObjectKind::fee, "by", ObjectKind::meter},
    ObjectPlace{ObjectKind::fee, "free", ObjectKind::meter},
    ObjectPlace{ObjectKind::fee, "cap", ObjectKind::meter},
    ObjectPlace{ObjectKind::fee, "accept", ObjectKind::acceptance},
    ObjectPlace{ObjectKind::band, "per", ObjectKind::block},
    ObjectPlace{ObjectKind::limit, "counts", ObjectKind::meter},
    ObjectPlace{ObjectKind::limit, "accept", ObjectKind::acceptance},
    ObjectPlace{ObjectKind::tier, "accept", ObjectKind::acceptance},
    ObjectPlace{ObjectKind::example, "batch", ObjectKind::named, true},
};

}  // namespace

KnownKeys keys_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::root:
      return root_key_order;
    case ObjectKind::fee:
      return fee_key_order;
    case ObjectKind::band:
      return band_key_order;
    case ObjectKind::block:
      return block_key_order;
    case ObjectKind::meter:
      return meter_key_order;
    case ObjectKind::limit:
      return limit_key_order;
    case ObjectKind::tier:
      return tier_key_order;
    case ObjectKind::quantity:
      return quantity_key_order;
    case ObjectKind::rounding:
      return rounding_key_order;
    case ObjectKind::period:
      return period_key_order;
    case ObjectKind::acceptance:
      return acceptance_key_order;
    case ObjectKind::guarantee:
      return guarantee_key_order;
    case ObjectKind::example:
      return example_key_order;
    case ObjectKind::named:
    case ObjectKind::evidence:
    case ObjectKind::quantities:
      return {};
  }
  ensure(false, "every kind of object has its keys");
  return {};
}

ObjectPlace place_under(ObjectKind parent, std::string_view key) {
  if (parent == ObjectKind::evidence) return {parent, key, ObjectKind::meter};
  if (parent == ObjectKind::quantities) return {parent, key, ObjectKind::quantity};
  auto found = std::find_if(
      places_under_keys.begin(), places_under_keys.end(),
      [&](const ObjectPlace& child) { return child.parent == parent && child.key == key; });
  return found == places_under_keys.end() ? ObjectPlace{parent, key, ObjectKind::named} : *found;
}

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

std::string alias_key(std::string_view written, const WordList& known) {
  std::string word = in_small_letters(written);
  for (const Alias& alias : aliases) {
    if (alias.written != word) continue;
    for (std::string_view rest = alias.meant; !rest.empty();) {
      std::string_view key = rest.substr(0, rest.find(' '));
      if (has_word(known, key)) return std::string(key);
      rest.remove_prefix(std::min(rest.size(), key.size() + 1));
    }
  }
  return "";
}

std::string likely_key(std::string_view written, const WordList& known) {
  std::string key = alias_key(written, known);
  return key.empty() ? suggest(written, known) : key;
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

}  // namespace levy::schedule::decode
