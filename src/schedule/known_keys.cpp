#include "schedule/known_keys.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"

namespace levy {
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

}  // namespace levy
