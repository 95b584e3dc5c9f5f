// Which keys the objects of a schedule have, in the order of levy-schedule(5). For layout and for
// repairs; what a key may hold, decoding knows. A test holds these lists against the JSON Schema.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace levy::schedule::decode {

// What an object is, as far as the order of its keys goes. `named`: its keys are names that the
// author chose, or an order that tells something; they stay as they are.
enum class ObjectKind {
  named,
  root,
  fee,
  band,
  block,
  meter,
  limit,
  tier,
  evidence,
  quantities,
  quantity,
  rounding,
  period,
  acceptance,
  guarantee,
  example
};

using KnownKeys = std::span<const std::string_view>;

KnownKeys keys_of(ObjectKind kind);  // none of `named`, and of the two whose keys are ids

// What stands under a key: the kind of that object, or of the objects in that list, and whether the
// list is a table, each item a row of its own.
struct ObjectPlace {
  ObjectKind parent;
  std::string_view key;
  ObjectKind kind;
  bool is_table = false;
};

ObjectPlace place_under(ObjectKind parent, std::string_view key);

// Keys as people write them who know other formats, and which of levy's they mean.

// The key of `known`, those that may stand in the object, that is surely meant: "min" for
// "minimum", "up_to" for "to" in a band and "until" for it in `effective`. "" where there is none.
std::string alias_key(std::string_view written, const std::vector<std::string>& known);

// That key, else a near one, as suggest has it. "" where there is none.
std::string likely_key(std::string_view written, const std::vector<std::string>& known);

// What to write where the word means one of two keys: "bands" may be `graduated` or `slab`.
// "" where it does not.
std::string two_meanings(std::string_view written, const std::vector<std::string>& known);

}  // namespace levy::schedule::decode
