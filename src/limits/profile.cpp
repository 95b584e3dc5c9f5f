#include "limits/profile.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/meters.h"
#include "schedule/attributes.h"
#include "schedule/decode/decode_money.h"

namespace levy {
namespace {

constexpr std::string_view time_remedy =
    "write a date or a time, \"2027-01-01\" or \"2027-01-01T09:00:00Z\"";

template <class Named>
const Named* find_by_id(const std::vector<Named>& all, std::string_view id) {
  auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

template <class Named>
Words ids_of(const std::vector<Named>& all) {
  Words ids;
  for (const Named& one : all) ids.push_back(one.id);
  return ids;
}

std::string among(const Words& known, std::string_view none) {
  return known.empty() ? std::string(none) : "it knows " + join_or(known);
}

class ProfileDecoder {
 public:
  ProfileDecoder(const Document& document, const Schedule& schedule)
      : reader_(document), schedule_(schedule) {}

  Checked<Profile> decode(const Node& root) {
    decode_root(root);
    Diagnostics faults = reader_.take_faults();
    if (!faults.empty()) return faults;
    return std::move(profile_);
  }

 private:
  void decode_root(const Node& root) {
    Keys keys{{"account", "tier", "country", "evidence", "usage", "balance", "overrides"}, {}};
    if (reader_.is_another_document(root, "a profile")) return;
    if (!reader_.object(root, "a profile", keys)) return;
    if (const Node* account = root.find("account")) {
      profile_.account = reader_.text(*account, "name the account, \"a1\"").value_or("");
    }
    if (const Node* tier = root.find("tier")) decode_tier(*tier);
    if (const Node* country = root.find("country")) decode_country(*country);
    if (const Node* evidence = root.find("evidence")) decode_evidence(*evidence);
    if (const Node* usage = root.find("usage")) decode_usage(*usage);
    if (const Node* balance = root.find("balance")) decode_balance(*balance);
    if (const Node* overrides = root.find("overrides")) decode_overrides(*overrides);
  }

  void decode_tier(const Node& node) {
    if (node.is(Node::Kind::null)) return;
    Words known = ids_of(schedule_.tiers);
    std::optional<std::string> tier = reader_.text(node, "name the tier, \"basic\"");
    if (!tier) return;
    if (!find_by_id(schedule_.tiers, *tier)) {
      reader_.fault(node, Code::unknown_tier,
                    "this tariff has no tier " + in_quotes(*tier) + did_you_mean(*tier, known),
                    among(known, "it has no tiers: remove the key"));
    }
    profile_.tier = *tier;
  }

  void decode_country(const Node& node) {
    std::optional<std::string> country = reader_.text(node, "write the country's code, \"DE\"");
    if (!country) return;
    if (!is_country(*country)) {
      std::string meant = likely_country(*country);
      reader_.fault(node, Code::unknown_country, in_quotes(*country) + " is not a country's code",
                    meant.empty() ? "write an ISO 3166-1 alpha-2 code, for example \"DE\""
                                  : "write " + in_quotes(meant));
    }
    profile_.country = *country;
  }

  std::optional<Instant> decode_time(const Node& node) {
    if (!reader_.expect(node, Node::Kind::string, time_remedy)) return std::nullopt;
    return reader_.accept(node, parse_instant(node.text, schedule_.timezone));
  }

  void decode_evidence(const Node& node) {
    if (!reader_.expect(node, Node::Kind::object, "write {\"id_document\": true}")) return;
    profile_.evidence.emplace();
    Words known = ids_of(schedule_.evidence);
    for (const Member& member : node.members) {
      const Evidence* evidence = find_by_id(schedule_.evidence, member.key);
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

  Proof decode_proof(const Evidence& evidence, const Member& member) {
    Proof proof;
    const Node& node = member.value;
    switch (evidence.kind) {
      case Evidence::Kind::number:
        proof.number = decode_number(node);
        break;
      case Evidence::Kind::document:
      case Evidence::Kind::approval:
        decode_document(evidence, node, proof);
        break;
      case Evidence::Kind::activity:
        reader_.fault(member, Code::conflicting_keys,
                      in_quotes(evidence.id) + " is counted from activity, not shown",
                      "give its reading under \"usage\", or a history");
        break;
    }
    return proof;
  }

  std::optional<Decimal> decode_number(const Node& node) {
    std::optional<Decimal> number = reader_.decimal(node);
    if (!number || number->sign() >= 0) return number;
    reader_.fault(node, Code::bad_value, "the number is negative", "it is 0 or more");
    return std::nullopt;
  }

  // true, {"until": time}, {"issued": time}; false: not there.
  void decode_document(const Evidence& evidence, const Node& node, Proof& proof) {
    bool is_document = evidence.kind == Evidence::Kind::document;
    std::string remedy = "write true, {\"until\": \"2027-01-01\"}";
    if (is_document) remedy += " or {\"issued\": \"2026-10-01\"}";
    proof.given = true;
    if (node.is(Node::Kind::boolean)) {
      proof.given = node.truth;
      return;
    }
    if (!node.is(Node::Kind::object)) {
      reader_.expect(node, Node::Kind::boolean, remedy);
      return;
    }
    Keys keys{{"until"}, {{"issued", "only documents are issued; say \"until\""}}};
    if (is_document) keys = {{"until", "issued"}, {}};
    if (!reader_.object(node, is_document ? "a document" : "an approval", keys)) return;
    if (node.members.empty())
      reader_.fault(node, Code::missing_key, "the object says nothing", remedy);
    if (const Node* until = node.find("until")) proof.until = decode_time(*until);
    const Node* issued = node.find("issued");
    if (issued != nullptr && is_document) proof.issued = decode_time(*issued);
  }

  // The reading's own form is looked at once the rates are known, as for --used.
  void decode_usage(const Node& node) {
    constexpr std::string_view remedy = "write {\"withdrawal-daily\": \"250 EUR\"}";
    if (!reader_.expect(node, Node::Kind::object, remedy)) return;
    std::vector<MeterUse> meters = meters_of(schedule_);
    Words known = readable_meters(schedule_);
    for (const Member& member : node.members) {
      const MeterUse* meter = find_by_id(meters, member.key);
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

  std::optional<std::string> decode_reading(const MeterUse& use, const Node& node) {
    MoneyReader money(reader_, schedule_.currencies, use.currency);
    AmountRule rule{AmountRule::Sign::any, false};
    Measured measured = counts_money(*use.meter) ? Measured::money : Measured::number;
    std::optional<Figure> figure = money.single(node, measured, rule);
    if (!figure) return std::nullopt;
    if (figure->number) return figure->number->to_string();
    const Money& amount = figure->money.front();
    return amount.amount.to_string() + " " + std::string(amount.currency.code());
  }

  void decode_balance(const Node& node) {
    std::string text;
    if (node.is(Node::Kind::number)) {
      if (std::optional<Decimal> number = reader_.decimal(node)) text = number->to_string();
    } else if (reader_.expect(node, Node::Kind::string, "write the money, \"120 EUR\"")) {
      // Any currency does for a bare one here; the limits' own are taken when it is compared.
      auto money =
          reader_.accept(node, parse_money(node.text, schedule_.currencies, *Currency::of("EUR")));
      if (money) text = node.text;
    }
    if (!text.empty()) profile_.balance = text;
  }

  void decode_overrides(const Node& node) {
    if (!reader_.expect(node, Node::Kind::array, "list the overrides, [{\"limit\": ...}]")) return;
    for (const Node& item : node.items) decode_override(item);
  }

  void decode_override(const Node& node) {
    if (!reader_.object(node, "an override", {{"limit", "max", "until", "ref"}, {}})) return;
    Override one;
    const Node* limit = reader_.need(node, "limit", "name the limit");
    const Node* max = reader_.need(node, "max", "say what it allows, or null to lift it");
    const MeterUse use = limit == nullptr ? MeterUse{} : decode_limit(*limit, one);
    if (max != nullptr && use.meter != nullptr) decode_max(*max, use, one);
    if (const Node* until = node.find("until")) one.until = decode_time(*until);
    if (const Node* ref = node.find("ref"))
      one.ref = reader_.text(*ref, "name the case, \"CS-1042\"").value_or("");
    profile_.overrides.push_back(std::move(one));
  }

  MeterUse decode_limit(const Node& node, Override& one) {
    std::optional<std::string> id = reader_.text(node, "name the limit");
    if (!id) return {};
    Words known = ids_of(schedule_.limits);
    if (find_by_id(schedule_.limits, *id) == nullptr) {
      reader_.fault(node, Code::unknown_limit,
                    "this tariff has no limit " + in_quotes(*id) + did_you_mean(*id, known),
                    among(known, "it has no limits: remove the override"));
      return {};
    }
    one.limit = *id;
    std::vector<MeterUse> meters = meters_of(schedule_);
    return *find_by_id(meters, *id);
  }

  void decode_max(const Node& node, const MeterUse& use, Override& one) {
    if (node.is(Node::Kind::null)) return;
    MoneyReader money(reader_, schedule_.currencies, use.currency);
    Measured measured = counts_money(*use.meter) ? Measured::money : Measured::number;
    std::optional<Figure> figure = money.single(node, measured, bound_rule);
    if (!figure) return;
    if (figure->number) {
      one.max = *figure->number;
    } else {
      one.max = figure->money.front().amount;
      one.currency = figure->money.front().currency;
    }
  }

  Reader reader_;
  const Schedule& schedule_;
  Profile profile_;
};

}  // namespace

Checked<Profile> decode_profile(const Document& document, const Schedule& schedule) {
  return ProfileDecoder(document, schedule).decode(document.root);
}

namespace {

// None is without end.
bool is_below(const std::optional<Rational>& a, const std::optional<Rational>& b) {
  if (!a) return false;
  return !b || *a < *b;
}

}  // namespace

const Override* override_at(const Profile& profile, const Limit& limit, Instant t) {
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

}  // namespace levy
