#include "limits/profile.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/meters.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_money.h"
#include "schedule/walk.h"

namespace levy::limits {
namespace {

constexpr std::string_view time_remedy =
    "write a date or a time, \"2027-01-01\" or \"2027-01-01T09:00:00Z\"";

template <class Named>
schedule::decode::Words ids_of(const std::vector<Named>& all) {
  schedule::decode::Words ids;
  for (const Named& one : all) ids.push_back(one.id);
  return ids;
}

std::string among(const schedule::decode::Words& known, std::string_view none) {
  return known.empty() ? std::string(none) : "it knows " + join_or(known);
}

class ProfileDecoder {
 public:
  ProfileDecoder(const formats::Document& document, const schedule::Schedule& schedule)
      : reader_(document), schedule_(schedule) {}

  Checked<Profile> decode(const formats::Node& root) {
    decode_root(root);
    Diagnostics faults = reader_.take_faults();
    if (!faults.empty()) return faults;
    return std::move(profile_);
  }

 private:
  void decode_root(const formats::Node& root) {
    schedule::decode::Keys keys{
        {"account", "tier", "country", "evidence", "usage", "balance", "overrides"}, {}};
    if (reader_.is_another_document(root, "a profile")) return;
    if (!reader_.object(root, "a profile", keys)) return;
    if (const formats::Node* account = root.find("account")) {
      profile_.account = reader_.text(*account, "name the account, \"a1\"").value_or("");
    }
    if (const formats::Node* tier = root.find("tier")) decode_tier(*tier);
    if (const formats::Node* country = root.find("country")) decode_country(*country);
    if (const formats::Node* evidence = root.find("evidence")) decode_evidence(*evidence);
    if (const formats::Node* usage = root.find("usage")) decode_usage(*usage);
    if (const formats::Node* balance = root.find("balance")) decode_balance(*balance);
    if (const formats::Node* overrides = root.find("overrides")) decode_overrides(*overrides);
  }

  void decode_tier(const formats::Node& node) {
    if (node.is(formats::Node::Kind::null)) return;
    schedule::decode::Words known = ids_of(schedule_.tiers);
    std::optional<std::string> tier = reader_.text(node, "name the tier, \"basic\"");
    if (!tier) return;
    if (!schedule::find_id(schedule_.tiers, *tier)) {
      reader_.fault(node, Code::unknown_tier,
                    "this tariff has no tier " + in_quotes(*tier) + did_you_mean(*tier, known),
                    among(known, "it has no tiers: remove the key"));
    }
    profile_.tier = *tier;
  }

  void decode_country(const formats::Node& node) {
    std::optional<std::string> country = reader_.text(node, "write the country's code, \"DE\"");
    if (!country) return;
    if (!schedule::is_country(*country)) {
      std::string meant = schedule::likely_country(*country);
      reader_.fault(node, Code::unknown_country, in_quotes(*country) + " is not a country's code",
                    meant.empty() ? "write an ISO 3166-1 alpha-2 code, for example \"DE\""
                                  : "write " + in_quotes(meant));
    }
    profile_.country = *country;
  }

  std::optional<Instant> decode_time(const formats::Node& node) {
    if (!reader_.expect(node, formats::Node::Kind::string, time_remedy)) return std::nullopt;
    return reader_.accept(node, parse_instant(node.text, schedule_.timezone));
  }

  void decode_evidence(const formats::Node& node) {
    if (!reader_.expect(node, formats::Node::Kind::object, "write {\"id_document\": true}")) return;
    profile_.evidence.emplace();
    schedule::decode::Words known = ids_of(schedule_.evidence);
    for (const formats::Member& member : node.members) {
      const schedule::Evidence* evidence = schedule::find_id(schedule_.evidence, member.key);
      if (evidence != nullptr) {
        (*profile_.evidence)[member.key] = decode_proof(*evidence, member);
        continue;
      }
      reader_.fault(member, Code::unknown_evidence,
                    "this tariff knows no evidence " + in_quotes(member.key) +
                        did_you_mean(member.key, known),
                    among(known, "it asks for none: remove the key"));
    }
  }

  Proof decode_proof(const schedule::Evidence& evidence, const formats::Member& member) {
    Proof proof;
    const formats::Node& node = member.value;
    switch (evidence.kind) {
      case schedule::Evidence::Kind::number:
        proof.number = decode_number(node);
        break;
      case schedule::Evidence::Kind::document:
      case schedule::Evidence::Kind::approval:
        decode_document(evidence, node, proof);
        break;
      case schedule::Evidence::Kind::activity:
        reader_.fault(member, Code::conflicting_keys,
                      in_quotes(evidence.id) + " is counted from activity, not shown",
                      "give its reading under \"usage\", or a history");
        break;
    }
    return proof;
  }

  std::optional<Decimal> decode_number(const formats::Node& node) {
    std::optional<Decimal> number = reader_.decimal(node);
    if (!number || number->sign() >= 0) return number;
    reader_.fault(node, Code::bad_value, "the number is negative", "it is 0 or more");
    return std::nullopt;
  }

  // true, {"until": time}, {"issued": time}; false: not there.
  void decode_document(const schedule::Evidence& evidence, const formats::Node& node,
                       Proof& proof) {
    bool is_document = evidence.kind == schedule::Evidence::Kind::document;
    std::string remedy = "write true, {\"until\": \"2027-01-01\"}";
    if (is_document) remedy += " or {\"issued\": \"2026-10-01\"}";
    proof.given = true;
    if (node.is(formats::Node::Kind::boolean)) {
      proof.given = node.truth;
      return;
    }
    if (!node.is(formats::Node::Kind::object)) {
      reader_.expect(node, formats::Node::Kind::boolean, remedy);
      return;
    }
    schedule::decode::Keys keys{{"until"},
                                {{"issued", "only documents are issued; say \"until\""}}};
    if (is_document) keys = {{"until", "issued"}, {}};
    if (!reader_.object(node, is_document ? "a document" : "an approval", keys)) return;
    if (node.members.empty())
      reader_.fault(node, Code::missing_key, "the object says nothing", remedy);
    if (const formats::Node* until = node.find("until")) proof.until = decode_time(*until);
    const formats::Node* issued = node.find("issued");
    if (issued != nullptr && is_document) proof.issued = decode_time(*issued);
  }

  // The reading's own form is looked at once the rates are known, as for --used.
  void decode_usage(const formats::Node& node) {
    constexpr std::string_view remedy = "write {\"withdrawal-daily\": \"250 EUR\"}";
    if (!reader_.expect(node, formats::Node::Kind::object, remedy)) return;
    std::vector<facts::MeterUse> meters = facts::meters_of(schedule_);
    schedule::decode::Words known = facts::readable_meters(schedule_);
    for (const formats::Member& member : node.members) {
      const facts::MeterUse* meter = schedule::find_id(meters, member.key);
      if (meter == nullptr) {
        reader_.fault(
            member, Code::unknown_meter,
            "this tariff has no meter " + in_quotes(member.key) + did_you_mean(member.key, known),
            among(known, "it counts nothing: remove the key"));
      } else if (auto reading = decode_reading(*meter, member.value)) {
        profile_.usage.emplace_back(member.key, *reading);
      }
    }
  }

  std::optional<std::string> decode_reading(const facts::MeterUse& use, const formats::Node& node) {
    schedule::decode::MoneyReader money(reader_, schedule_.currencies, use.currency);
    schedule::decode::AmountRule rule{schedule::decode::AmountRule::Sign::any, false};
    schedule::decode::Measured measured = schedule::counts_money(*use.meter)
                                              ? schedule::decode::Measured::money
                                              : schedule::decode::Measured::number;
    std::optional<schedule::Figure> figure = money.single(node, measured, rule);
    if (!figure) return std::nullopt;
    if (figure->number) return figure->number->to_string();
    const Money& amount = figure->money.front();
    return amount.amount.to_string() + " " + std::string(amount.currency.code());
  }

  void decode_balance(const formats::Node& node) {
    std::string text;
    if (node.is(formats::Node::Kind::number)) {
      if (std::optional<Decimal> number = reader_.decimal(node)) text = number->to_string();
    } else if (reader_.expect(node, formats::Node::Kind::string, "write the money, \"120 EUR\"")) {
      // Any currency does for a bare one here; the limits' own are taken when it is compared.
      auto money =
          reader_.accept(node, parse_money(node.text, schedule_.currencies, *Currency::of("EUR")));
      if (money) text = node.text;
    }
    if (!text.empty()) profile_.balance = text;
  }

  void decode_overrides(const formats::Node& node) {
    if (!reader_.expect(node, formats::Node::Kind::array, "list the overrides, [{\"limit\": ...}]"))
      return;
    for (const formats::Node& item : node.items) decode_override(item);
  }

  void decode_override(const formats::Node& node) {
    if (!reader_.object(node, "an override", {{"limit", "max", "until", "ref"}, {}})) return;
    Override one;
    const formats::Node* limit = reader_.need(node, "limit", "name the limit");
    const formats::Node* max = reader_.need(node, "max", "say what it allows, or null to lift it");
    const facts::MeterUse use = limit == nullptr ? facts::MeterUse{} : decode_limit(*limit, one);
    if (max != nullptr && use.meter != nullptr) decode_max(*max, use, one);
    if (const formats::Node* until = node.find("until")) one.until = decode_time(*until);
    if (const formats::Node* ref = node.find("ref"))
      one.ref = reader_.text(*ref, "name the case, \"CS-1042\"").value_or("");
    profile_.overrides.push_back(std::move(one));
  }

  facts::MeterUse decode_limit(const formats::Node& node, Override& one) {
    std::optional<std::string> id = reader_.text(node, "name the limit");
    if (!id) return {};
    schedule::decode::Words known = ids_of(schedule_.limits);
    if (schedule::find_id(schedule_.limits, *id) == nullptr) {
      reader_.fault(node, Code::unknown_limit,
                    "this tariff has no limit " + in_quotes(*id) + did_you_mean(*id, known),
                    among(known, "it has no limits: remove the override"));
      return {};
    }
    one.limit = *id;
    std::vector<facts::MeterUse> meters = facts::meters_of(schedule_);
    return *schedule::find_id(meters, *id);
  }

  void decode_max(const formats::Node& node, const facts::MeterUse& use, Override& one) {
    if (node.is(formats::Node::Kind::null)) return;
    schedule::decode::MoneyReader money(reader_, schedule_.currencies, use.currency);
    schedule::decode::Measured measured = schedule::counts_money(*use.meter)
                                              ? schedule::decode::Measured::money
                                              : schedule::decode::Measured::number;
    std::optional<schedule::Figure> figure =
        money.single(node, measured, schedule::decode::bound_rule);
    if (!figure) return;
    if (figure->number) {
      one.max = *figure->number;
    } else {
      one.max = figure->money.front().amount;
      one.currency = figure->money.front().currency;
    }
  }

  schedule::decode::Reader reader_;
  const schedule::Schedule& schedule_;
  Profile profile_;
};

}  // namespace

Checked<Profile> decode_profile(const formats::Document& document,
                                const schedule::Schedule& schedule) {
  return ProfileDecoder(document, schedule).decode(document.root);
}

namespace {

// None is without end.
bool is_below(const std::optional<Rational>& a, const std::optional<Rational>& b) {
  if (!a) return false;
  return !b || *a < *b;
}

}  // namespace

const Override* override_at(const Profile& profile, const schedule::Limit& limit, Instant t) {
  const Override* found = nullptr;
  for (const Override& one : profile.overrides) {
    if (one.limit == limit.id && (!one.until || t < *one.until)) found = &one;
  }
  return found;
}

std::optional<Rational> overridden_max(const std::optional<Rational>& base,
                                       const std::optional<Rational>& present,
                                       const std::optional<Rational>& granted) {
  bool restricts = is_below(granted, present);
  if (restricts) return granted;
  return is_below(base, granted) ? granted : base;
}

}  // namespace levy::limits
