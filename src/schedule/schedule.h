// The schedule document as its author wrote it, typed, with the place of every part.
//
// Produced by load_schedule (parse -> decode -> check references): a Schedule that exists has no
// wrong type, no unknown key, no bad figure, no dangling reference, no unordered band. Names stay
// names here; compile (fees/, limits/) turns them into indices. levy-schedule(5) is the
// source of every rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/code.h"
#include "base/source.h"
#include "formats/json.h"
#include "money/money.h"
#include "money/rounding.h"
#include "time/instant.h"
#include "time/window.h"

namespace levy::schedule {

// ---- words that recur --------------------------------------------------------------------------

// A title or note: one text, or one per language tag (BCP 47).
struct LocalText {
  std::vector<std::pair<std::string, std::string>> by_language;  // tag "" where none was given
  bool empty() const { return by_language.empty(); }
  // The text for `language`: the same tag, else the same primary language, else the untagged or
  // "en" one, else the first; "" where there is none.
  std::string_view in(std::string_view language) const;
};

// A figure where a plain number (over a `units` base, a count) or money may stand.
struct Figure {
  std::optional<Decimal> number;  // exactly one of the two is given
  MoneyList money;
  Place place;
};

// Money or a money list: a price or bound with at most one amount per currency.
struct Price {
  MoneyList money;  // never empty
  Place place;
  // Written as money and not as a list of one. Only a lone `flat` tells the two apart: it is then
  // charged in its own currency (levy-schedule(5), CHARGES).
  bool one_money = false;
};

// A share of the base.
struct Rate {
  Rational fraction;  // percent / 100 or bps / 10 000
  std::string text;   // as written: "1.75", "100/11"
  Place place;
};

enum class Collect { on_top, deducted, none };
std::string_view to_string(Collect collect);

// What a `round` or `rounding` says; what it leaves open comes from the schedule's.
struct RoundRule {
  bool none = false;  // "round": "none": the line stays exact
  std::optional<RoundingMode> mode;
  std::optional<Decimal> to;  // a quantum in the currency of what is rounded
  MoneyList to_money;         // or per currency; the others: the minor unit
  Place place;
};

// ---- conditions --------------------------------------------------------------------------------

// One key of a `when`. Exactly one of values, figures, range is given.
struct Condition {
  enum class Subject { attribute, quantity, amount, date, time_of_day };
  struct Range {
    std::optional<Figure> from, above, up_to, below;
  };
  Subject subject = Subject::attribute;
  std::string name;                 // "country", "gas_used", "amount", "date", "time_of_day"
  bool negated = false;             // {"not": ...}
  std::vector<std::string> values;  // attribute: any of these; sets expanded; "true", "false"
  // Any of these. Quantities: numbers. Dates: day numbers (Day::number). Times of day: seconds.
  // Amount: one figure, a money list.
  std::vector<Figure> figures;
  std::optional<Range>
      range;  // a time_of_day range whose end is before its start runs over midnight
  Place place;

  bool is_numeric() const { return subject == Subject::amount || subject == Subject::quantity; }
};

struct When {
  std::vector<Condition> conditions;  // all must hold; none: always
  Place place;
};

// ---- fees --------------------------------------------------------------------------------------

// What is true of a kind of charge wherever it stands.
struct KindRules {
  std::string_view key;     // in the file
  bool on_base = false;     // it grows with the base, and so needs one
  bool over_money = false;  // the base may be money
  bool over_units = false;  // the base may be a plain number, of `units`
  bool in_band = false;     // it may stand in a band
  // A share of the base or a fixed amount: only these stand in a charge of the debit, or in one
  // with `times`.
  bool is_linear = false;
};

// The kinds of charge, each a struct. A rate stands in a member `rate`, a price in a member
// `price`: what asks for all of either finds them there. A new kind is a struct here and a word in
// Term; the compiler then names the places that must know it (decoding, charging, words, dumps).
struct Percent {
  static constexpr KindRules rules{"percent", true, true, false, true, true};
  Rate rate;
};

struct Bps {
  static constexpr KindRules rules{"bps", true, true, false, true, true};
  Rate rate;
};

struct Each {  // a price per unit
  static constexpr KindRules rules{"each", true, false, true, true, false};
  Price price;
};

struct Flat {
  static constexpr KindRules rules{"flat", false, true, true, true, true};
  Price price;
};

struct Per {  // a price per block
  static constexpr KindRules rules{"per", true, true, true, true, false};
  enum class Count { started, complete };
  Figure every;  // > 0
  Price price;   // of a block
  Count count = Count::started;
  Place place;
};

struct Band;

struct Graduated {  // each band charges the part of the base that lies in it
  static constexpr KindRules rules{"graduated", true, true, true, false, false};
  std::vector<Band> bands;  // never empty
};

struct Slab {  // the band that holds the base, or a reading, charges the whole base
  static constexpr KindRules rules{"slab", true, true, true, false, false};
  std::vector<Band> bands;  // never empty
};

// In the order in which they are put into words.
using Term = std::variant<Percent, Bps, Each, Flat, Per, Graduated, Slab>;

// What a charge and a band share: what is added up, and the bounds of the sum.
struct Terms {
  std::vector<Term> list;         // each kind at most once, in the order of Term
  std::optional<Price> min, max;  // none in graduated bands

  // The term of that kind; null where there is none.
  template <class Kind>
  const Kind* find() const {
    for (const Term& term : list)
      if (const Kind* found = std::get_if<Kind>(&term)) return found;
    return nullptr;
  }
};

struct Band {
  std::optional<Figure> bound;  // none: open, the last band only
  bool inclusive = true;        // up_to; otherwise below
  Terms terms;
  Place place;
};

// Calls `visit` with std::type_identity<Kind> for each kind of charge.
template <class Visit>
constexpr void each_kind(const Visit& visit) {
  [&]<class... Kinds>(std::type_identity<std::variant<Kinds...>>) {
    (visit(std::type_identity<Kinds>()), ...);
  }(std::type_identity<Term>());
}

// Of a visitor made of one lambda for each kind.
template <class... Visits>
struct overloaded : Visits... {
  using Visits::operator()...;
};
template <class... Visits>
overloaded(Visits...) -> overloaded<Visits...>;

const KindRules& rules_of(const Term& term);
// Null for the kinds that have none.
const Rate* rate_of(const Term& term);
Rate* rate_of(Term& term);
const Price* price_of(const Term& term);
const std::vector<Band>* bands_of(const Term& term);
std::vector<Band>* bands_of(Term& term);

// What is counted of an account's past operations.
struct Meter {
  // Of a limit: which operations count, where these are not those that the limit applies to.
  struct Counts {
    std::optional<std::vector<std::string>> operations;  // none: all
    std::optional<When> when;
    Place place;
  };
  enum class Measure { amount, debit, count, quantity, fee, units, balance };
  Measure measure = Measure::amount;  // fee: of a cap; units: of a free over a units base
  std::string quantity;               // of Measure::quantity
  std::optional<std::vector<std::string>> operations;  // none: the owner's
  // None: a limit's and an activity's counts all; a fee's counts all of the fee's operations, and
  // that of `free` only those that met the fee's `when`.
  std::optional<When> when;
  std::optional<Counts> counts;
  // Attributes: only operations that agree in them with the one at hand count.
  std::vector<std::string> per;
  Window window;
  // In which money is counted; load_schedule writes what levy-schedule(5) derives where the file
  // says nothing. Empty where no money is counted.
  Currency currency;
  Place place;
};

struct Free {
  enum class Kind { amount, units, count };
  Kind kind = Kind::amount;
  std::optional<Price> amount;
  Decimal units;  // or the count
  bool whole = false;
  Meter meter;
  Place place;
};

struct Cap {
  Price max;
  Meter meter;  // Measure::fee
  Place place;
};

struct OfTerm {
  std::string fee;  // empty: the amount
  bool subtract = false;
  Place place;
};

struct Charge {
  Terms terms;
  std::vector<std::string> units;  // quantities (or "amount") whose product is the base
  std::vector<OfTerm> of;          // the base; empty: the amount
  // "of": "debit": a share of what is paid in the end, itself included; `of` is empty then.
  bool of_debit = false;
  // A quantity, or empty: the charge is for one, of the amount divided by it, and the line is so
  // many times what one comes to, bounded and rounded.
  std::string times;
  // Into which the charge is converted before it is rounded; empty: the line stays in the currency
  // of its base.
  Currency in;
  std::optional<Meter> by;
  std::optional<Free> free;
  std::optional<Cap> cap;
  std::optional<Rate> margin;
  bool waived = false;
  bool convert = false;
  std::vector<Charge> greatest, least;  // at most one of the two is not empty; no deeper nesting
  Place place;                          // of the object that holds the charging keys

  // Of the kind; empty where it is not among the terms.
  const std::vector<Band>& graduated() const;
  const std::vector<Band>& slab() const;
};

// All rates together: of a charge of the debit, the share of what is paid in the end.
Rational debit_share(const Charge& charge);

// The flat beside which nothing else is charged; null where there is no such.
const Flat* only_flat(const Charge& charge);
// The only flat, of one money, written as money: charged in its own currency (levy-schedule(5),
// CHARGES).
bool is_lone_flat(const Charge& charge);

struct Case {
  std::optional<When> when;
  LocalText title, note;
  std::optional<Collect> collect;
  Charge charge;
  Place place;
};

struct Fee {
  std::string id;
  LocalText title, note;
  std::vector<std::string> operations;  // empty: all
  std::optional<When> when;
  std::optional<Collect> collect;
  std::optional<RoundRule> round;
  bool in_place = false;    // the charge stands in the fee itself: one case, without `when`
  std::vector<Case> cases;  // never empty
  Place place;
};

// ---- tiers and limits --------------------------------------------------------------------------

struct Evidence {
  enum class Kind { document, approval, number, activity };
  std::string id;
  Kind kind = Kind::document;
  LocalText title, note;
  std::optional<std::int64_t> max_age_seconds;  // of a document
  std::optional<Meter> meter;                   // of an activity
  Place place;
};

struct Requirement {
  enum class Kind { evidence, all, any, at_least };
  Kind kind = Kind::all;
  std::string evidence;            // of Kind::evidence
  std::optional<Figure> at_least;  // of a number or an activity: the comparison
  int count = 0;                   // of Kind::at_least: so many of `of`
  std::vector<Requirement> of;     // of the other three
  Place place;
};

struct Tier {
  std::string id;
  LocalText title, note;
  std::optional<Requirement> requires_;
  Place place;
};

// A limit's min or max: one figure for all, or one per tier. An absent figure is no bound.
struct Bounds {
  bool by_tier = false;
  std::vector<std::pair<std::string, std::optional<Figure>>> figures;  // tier "" unless by_tier
  Place place;
};

struct Limit {
  std::string id;
  LocalText title, note;
  Meter meter;
  std::optional<Bounds> min, max;
  Place place;

  bool is_by_tier() const { return (min && min->by_tier) || (max && max->by_tier); }
};

// ---- promises and examples ---------------------------------------------------------------------

struct Guarantee {
  struct Promise {
    std::optional<Price> money;   // or:
    std::optional<Rate> percent;  // of the amount
    Place place;
  };
  LocalText title;
  std::vector<std::string> operations;
  std::optional<When> when;
  std::optional<Promise> fee_at_most, fee_at_least, credit_at_least;
  Place place;
};

// A worked case that `levy test` runs; the JSON is kept as written.
struct Example {
  enum class Kind { quote, check, batch };
  LocalText title;
  Kind kind = Kind::quote;
  formats::Node request;  // the object (batch: the array of rows)
  formats::Node expect;
  Place place;
};

// ---- the document ------------------------------------------------------------------------------

struct Attribute {
  enum class Kind { listed, boolean, text };
  std::string name;
  Kind kind = Kind::text;
  std::vector<std::string> values;  // of listed
  Place place;
};

struct Quantity {
  std::string name;
  std::optional<Decimal> by_default, min, max;
  Place place;
};

struct Set {
  std::string name;
  std::vector<std::string> members;
  Place place;
  bool used = false;  // some condition names it
};

// `"accept": [{"code": "cliff", "reason": "..."}]`: what validate finds in the object that holds it
// is meant so.
struct Acceptance {
  Code code;
  std::string reason;
  Place owner;  // that object
  Place place;
};

struct Conversion {
  std::optional<int> rate_digits;  // decimal places of the applied rate; none: exact
  std::optional<RoundingMode> rate_mode;
  RoundRule round;  // of the credit: only a mode
};

struct Rounding {
  enum class Apply { line, total };
  RoundRule rule;
  Apply apply = Apply::line;
  RoundingMode mode() const { return rule.mode.value_or(RoundingMode::half_even); }
};

struct Schedule {
  std::string file;
  std::string id, version;
  LocalText title, note;
  std::string source;
  Currency currency;  // empty: every amount names its own
  Currencies currencies;
  std::vector<std::pair<Currency, Place>> declared_currencies;
  std::optional<Instant> from, until;  // in force: from <= t < until
  Place effective;                     // of the key; line 0 where there is none
  TimeZone timezone;
  Rounding rounding;
  Collect collect = Collect::on_top;
  std::vector<Attribute> attributes;  // declared; the built-in ones are in attributes.h
  std::vector<Quantity> quantities;
  std::vector<Set> sets;
  Conversion conversion;
  std::vector<Fee> fees;
  std::vector<Evidence> evidence;
  std::vector<Tier> tiers;
  std::vector<Limit> limits;
  std::vector<Guarantee> guarantees;
  std::vector<Example> examples;
  std::vector<Acceptance> accepted;  // wherever in the document they stand
  Place place;

  // The operations that fees and limits name, in order of appearance; empty: any is accepted.
  std::vector<std::string> operations() const;
  const Quantity* find_quantity(std::string_view name) const;
  const Attribute* find_attribute(std::string_view name) const;  // declared ones only
  const Evidence* find_evidence(std::string_view id) const;
  std::vector<std::string> fee_ids() const;
};

}  // namespace levy::schedule
