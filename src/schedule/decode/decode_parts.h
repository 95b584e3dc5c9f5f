// How the decoders of a schedule's parts work together; nobody else needs to look here.
//
// A Draft is the schedule so far. What others refer to by name (currencies, quantities, attributes,
// sets, evidence, tiers) is decoded before them, whatever the order of the keys in the file. A part
// that is faulty still declares its name, so that one mistake is reported once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/decode/decode_money.h"
#include "schedule/decode/reader.h"
#include "schedule/schedule.h"

namespace levy::schedule::decode {

struct Draft {
  Reader& reader;
  Schedule schedule;

  Currency bare;  // what a bare amount is in: the schedule's currency, or a stand-in for a bad one
  std::map<std::string, const formats::Node*, std::less<>>
      sets;                                         // the arrays of members, for their places
  std::map<std::string, Place, std::less<>> names;  // declared attributes and quantities
  std::map<std::string, Place, std::less<>> ids;    // of fees, limits and evidence
  // A whole block could not be read: what it may have declared is not looked for in vain.
  bool names_doubtful = false, sets_doubtful = false, tiers_doubtful = false;
  bool evidence_doubtful = false;

  MoneyReader money() { return MoneyReader(reader, schedule.currencies, bare); }
};

// The value of an optional key, decoded by `decode`; nothing where it is absent or faulty.
template <class Decode>
auto decode_key(const formats::Node& object, std::string_view key, Decode decode)
    -> decltype(decode(object)) {
  const formats::Node* value = object.find(key);
  if (value == nullptr) return {};
  return decode(*value);
}

// Records who is called `name`; duplicate_id when it is the second.
void declare_once(Draft& draft, std::map<std::string, Place, std::less<>>& known,
                  const std::string& name, const Place& place, std::string_view unique_over);

// ---- decode_declarations.cpp, decode_names.cpp -------------------------------------------------
void decode_currencies(Draft& draft,
                       const formats::Node& root);           // with the schedule's own `currency`
void decode_times(Draft& draft, const formats::Node& root);  // timezone, effective
void decode_roundings(Draft& draft, const formats::Node& root);  // rounding, conversion, collect
void decode_names(Draft& draft, const formats::Node& root);      // attributes, quantities, sets
std::optional<RoundRule> decode_round(Draft& draft, const formats::Node& node);
std::optional<Collect> decode_collect(Draft& draft, const formats::Node& node);
LocalText decode_local_text(Reader& reader, const formats::Node& object, std::string_view key);

// ---- decode_when.cpp ---------------------------------------------------------------------------
std::optional<When> decode_when(Draft& draft, const formats::Node& node);
std::vector<std::string> decode_operations(Draft& draft, const formats::Node& node);

// ---- decode_meter.cpp --------------------------------------------------------------------------
// Of `object`, whose keys are already known to be right; the measure is `implied` where the owner's
// other keys decide it.
Meter decode_meter(Draft& draft, const formats::Node& object,
                   std::optional<Meter::Measure> implied);
Measured measured_by(Meter::Measure measure);
// Reports unknown_quantity; `others` are the words that could stand there as well.
bool is_known_quantity(Draft& draft, const formats::Node& node, Words others);

// ---- decode_fee.cpp, decode_charge.cpp, decode_bands.cpp, check_charge_keys.cpp ----------------
void decode_fees(Draft& draft, const formats::Node& node);
enum class ChargeHome { fee, member };  // a fee or case; or one charge of greatest, least
Words charge_keys(ChargeHome home);
// The keys of the kinds of charge of which that is true.
Words kind_keys(bool (*is_meant)(const KindRules& rules));
Charge decode_charge(Draft& draft, const formats::Node& object, ChargeHome home);
std::string decode_each(Draft& draft, const formats::Node& node);  // empty after a fault
// What the terms of a charge are of, and what chooses a slab's band.
struct TermsAre {
  Measured base;
  Measured slab_by;
  bool in_band = false;
};
Terms decode_terms(Draft& draft, const formats::Node& object, const TermsAre& are);
// Keys that cannot stand together, that need another one, and charges that say nothing.
void check_charge_keys(Draft& draft, const formats::Node& object, ChargeHome home);
// What cannot stand in a charge with `times`, its own or that of the fee whose case it is.
void check_times(Draft& draft, const formats::Node& object, const formats::Member& times);
void check_band_keys(Draft& draft, const formats::Node& band, Measured base);
bool holds_any(const formats::Node& object, const Words& keys);

// ---- decode_ladder.cpp, decode_limits.cpp ------------------------------------------------------
void decode_evidence(Draft& draft, const formats::Node& node);
void decode_tiers(Draft& draft, const formats::Node& node);  // all but their requirements, which
void decode_requirements(Draft& draft,
                         const formats::Node& node);  // name evidence, which may name tiers
void decode_limits(Draft& draft, const formats::Node& node);

// ---- decode_accept.cpp -------------------------------------------------------------------------
void decode_accept(Draft& draft, const formats::Node& object);  // its key "accept", if it has one

// ---- decode_promises.cpp, decode_examples.cpp --------------------------------------------------
void decode_guarantees(Draft& draft, const formats::Node& node);
void decode_examples(Draft& draft, const formats::Node& node);

}  // namespace levy::schedule::decode
