#include "schedule/known_keys.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"

namespace levy {
namespace {

using Kind = ObjectKind;

constexpr std::array<std::string_view, 24> root_keys = {
    "$schema",  "levy",       "id",         "version",    "title",      "note",
    "source",   "currency",   "currencies", "effective",  "timezone",   "rounding",
    "collect",  "attributes", "quantities", "sets",       "conversion", "fees",
    "evidence", "tiers",      "limits",     "guarantees", "examples",   "accept"};
// Of a fee, a case, and a member of greatest or least.
constexpr std::array<std::string_view, 30> fee_keys = {
    "id",        "title",   "note",     "operation", "when",  "collect", "round", "units",
    "of",        "times",   "percent",  "bps",       "each",  "flat",    "per",   "by",
    "graduated", "slab",    "greatest", "least",     "min",   "max",     "free",  "cap",
    "in",        "convert", "margin",   "waived",    "cases", "accept"};
constexpr std::array<std::string_view, 9> band_keys = {"up_to", "below", "percent", "bps", "each",
                                                       "flat",  "per",   "min",     "max"};
constexpr std::array<std::string_view, 3> block_keys = {"every", "charge", "count"};
// Of a meter and what carries one: by, free, cap, counts, evidence.
constexpr std::array<std::string_view, 15> meter_keys = {
    "kind",  "title",   "note",      "max_age", "max",    "amount", "units",   "count",
    "whole", "measure", "operation", "when",    "window", "per",    "currency"};
constexpr std::array<std::string_view, 13> limit_keys = {
    "id",     "title", "note",     "operation", "when", "counts", "measure",
    "window", "per",   "currency", "min",       "max",  "accept"};
constexpr std::array<std::string_view, 5> tier_keys = {"id", "title", "note", "requires", "accept"};
constexpr std::array<std::string_view, 3> quantity_keys = {"default", "min", "max"};
constexpr std::array<std::string_view, 6> rounding_keys = {"digits", "mode", "to",
                                                           "apply",  "rate", "round"};
constexpr std::array<std::string_view, 2> period_keys = {"from", "until"};
constexpr std::array<std::string_view, 2> acceptance_keys = {"code", "reason"};
constexpr std::array<std::string_view, 6> guarantee_keys = {
    "title", "operation", "when", "fee_at_most", "fee_at_least", "credit_at_least"};
constexpr std::array<std::string_view, 5> example_keys = {"title", "quote", "check", "batch",
                                                          "expect"};

constexpr std::array children = {
    ObjectPlace{Kind::root, "fees", Kind::fee, true},
    ObjectPlace{Kind::root, "evidence", Kind::evidence, true},
    ObjectPlace{Kind::root, "tiers", Kind::tier, true},
    ObjectPlace{Kind::root, "limits", Kind::limit, true},
    ObjectPlace{Kind::root, "guarantees", Kind::guarantee, true},
    ObjectPlace{Kind::root, "examples", Kind::example, true},
    ObjectPlace{Kind::root, "quantities", Kind::quantities},
    ObjectPlace{Kind::root, "rounding", Kind::rounding},
    ObjectPlace{Kind::root, "conversion", Kind::rounding},
    ObjectPlace{Kind::root, "effective", Kind::period},
    ObjectPlace{Kind::root, "accept", Kind::acceptance},
    ObjectPlace{Kind::rounding, "rate", Kind::rounding},
    ObjectPlace{Kind::rounding, "round", Kind::rounding},
    ObjectPlace{Kind::fee, "round", Kind::rounding},
    ObjectPlace{Kind::fee, "cases", Kind::fee, true},
    ObjectPlace{Kind::fee, "graduated", Kind::band, true},
    ObjectPlace{Kind::fee, "slab", Kind::band, true},
    ObjectPlace{Kind::fee, "greatest", Kind::fee},
    ObjectPlace{Kind::fee, "least", Kind::fee},
    ObjectPlace{Kind::fee, "per", Kind::block},
    ObjectPlace{Kind::fee, "by", Kind::meter},
    ObjectPlace{Kind::fee, "free", Kind::meter},
    ObjectPlace{Kind::fee, "cap", Kind::meter},
    ObjectPlace{Kind::fee, "accept", Kind::acceptance},
    ObjectPlace{Kind::band, "per", Kind::block},
    ObjectPlace{Kind::limit, "counts", Kind::meter},
    ObjectPlace{Kind::limit, "accept", Kind::acceptance},
    ObjectPlace{Kind::tier, "accept", Kind::acceptance},
    ObjectPlace{Kind::example, "batch", Kind::named, true},
};

}  // namespace

KnownKeys keys_of(ObjectKind kind) {
  switch (kind) {
    case Kind::root:
      return root_keys;
    case Kind::fee:
      return fee_keys;
    case Kind::band:
      return band_keys;
    case Kind::block:
      return block_keys;
    case Kind::meter:
      return meter_keys;
    case Kind::limit:
      return limit_keys;
    case Kind::tier:
      return tier_keys;
    case Kind::quantity:
      return quantity_keys;
    case Kind::rounding:
      return rounding_keys;
    case Kind::period:
      return period_keys;
    case Kind::acceptance:
      return acceptance_keys;
    case Kind::guarantee:
      return guarantee_keys;
    case Kind::example:
      return example_keys;
    case Kind::named:
    case Kind::evidence:
    case Kind::quantities:
      return {};
  }
  ensure(false, "every kind of object has its keys");
  return {};
}

ObjectPlace place_under(ObjectKind parent, std::string_view key) {
  if (parent == Kind::evidence) return {parent, key, Kind::meter};
  if (parent == Kind::quantities) return {parent, key, Kind::quantity};
  auto found = std::find_if(children.begin(), children.end(), [&](const ObjectPlace& child) {
    return child.parent == parent && child.key == key;
  });
  return found == children.end() ? ObjectPlace{parent, key, Kind::named} : *found;
}

}  // namespace levy
