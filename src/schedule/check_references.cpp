// What fees say of other fees, and tiers of evidence.
#include <algorithm>
#include <set>

#include "base/suggest.h"
#include "base/text.h"
#include "schedule/check_parts.h"
#include "schedule/decode_reader.h"
#include "schedule/load.h"

namespace levy {
namespace {

// One name in the `of` of schedule.fees[index].
void check_base(const Schedule& schedule, std::size_t index, const OfTerm& term,
                Findings& findings) {
  const auto& fees = schedule.fees;
  auto named =
      std::find_if(fees.begin(), fees.end(), [&](const Fee& fee) { return fee.id == term.fee; });
  auto position = static_cast<std::size_t>(named - fees.begin());
  std::string name = in_quotes(term.fee);
  if (named == fees.end()) {
    findings.add(term.place, Code::unknown_fee,
                 "there is no fee " + name + did_you_mean(term.fee, schedule.fee_ids()),
                 "name an earlier fee, or \"amount\"");
  } else if (position == index) {
    findings.add(term.place, Code::forward_of, "the fee " + name + " cannot be its own base",
                 "name an earlier fee, or \"amount\"");
  } else if (position > index) {
    findings.add(term.place, Code::forward_of, "the fee " + name + " is computed after this one",
                 "fees are computed in the order written: move " + name + " in front of this fee",
                 {named->place});
  } else if (is_margin(*named)) {
    findings.add(term.place, Code::forward_of,
                 name + " is a margin: it changes the rate and yields no line to be a base",
                 "name a fee that charges, or \"amount\"", {named->place});
  }
}

void check_terms(const Schedule& schedule, std::size_t index, const Charge& charge,
                 Findings& findings) {
  std::set<std::string> named;
  for (const OfTerm& term : charge.of) {
    if (!term.fee.empty()) check_base(schedule, index, term, findings);
    if (named.insert(term.fee).second) continue;
    findings.add(term.place, Code::duplicate_id,
                 in_quotes(term.fee.empty() ? "amount" : term.fee) + " is named twice",
                 "remove one of the two; for a multiple of it raise the percentage");
  }
}

void check_evidence(const Schedule& schedule, const Requirement& requirement, Findings& findings) {
  const Evidence* evidence = schedule.find_evidence(requirement.evidence);
  std::string name = in_quotes(requirement.evidence);
  if (evidence == nullptr) {
    Words known;
    for (const Evidence& each : schedule.evidence) known.push_back(each.id);
    findings.add(requirement.place, Code::unknown_evidence,
                 "there is no evidence " + name + did_you_mean(requirement.evidence, known),
                 known.empty() ? "declare it under \"evidence\""
                               : "declare it under \"evidence\"; known: " + join_or(known));
    return;
  }
  bool compared =
      evidence->kind == Evidence::Kind::number || evidence->kind == Evidence::Kind::activity;
  if (compared == requirement.at_least.has_value()) return;
  std::string example = evidence->kind == Evidence::Kind::number ? "90" : "5000 EUR";
  findings.add(requirement.place, Code::wrong_type,
               name + (compared ? " is a number, and how much is asked for is not said"
                                : " is there or is not there, and cannot be compared"),
               compared ? "write {" + name + ": {\"at_least\": " + in_quotes(example) + "}}"
                        : "write " + name + " alone",
               {evidence->place});
}

void check_requirement(const Schedule& schedule, const Requirement& requirement,
                       Findings& findings) {
  if (requirement.kind == Requirement::Kind::evidence)
    check_evidence(schedule, requirement, findings);
  for (const Requirement& part : requirement.of) check_requirement(schedule, part, findings);
}

}  // namespace

void Findings::add(const Place& place, Code code, std::string message, std::string remedy,
                   std::vector<Place> related) {
  Diagnostic finding;
  finding.code = code;
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  finding.place = place;
  finding.related = std::move(related);
  all.push_back(std::move(finding));
}

bool is_margin(const Fee& fee) {
  return std::all_of(fee.cases.begin(), fee.cases.end(),
                     [](const Case& one) { return one.charge.margin.has_value(); });
}

std::vector<const Charge*> charges_of(const Fee& fee) {
  std::vector<const Charge*> charges;
  for (const Case& one : fee.cases) {
    charges.push_back(&one.charge);
    for (const Charge& member : one.charge.greatest) charges.push_back(&member);
    for (const Charge& member : one.charge.least) charges.push_back(&member);
  }
  return charges;
}

void check_bases(const Schedule& schedule, Findings& findings) {
  for (std::size_t i = 0; i < schedule.fees.size(); ++i) {
    for (const Charge* charge : charges_of(schedule.fees[i]))
      check_terms(schedule, i, *charge, findings);
  }
}

void check_margins(const Schedule& schedule, Findings& findings) {
  std::vector<const Rate*> margins;
  for (const Fee& fee : schedule.fees) {
    for (const Case& one : fee.cases) {
      if (one.charge.margin) margins.push_back(&*one.charge.margin);
    }
  }
  bool some_positive = std::any_of(margins.begin(), margins.end(),
                                   [](const Rate* margin) { return margin->fraction.sign() > 0; });
  for (const Rate* margin : margins) {
    if (margin->fraction >= Rational(1)) {
      findings.add(margin->place, Code::margin,
                   "a margin of " + margin->text + "% leaves nothing of the rate",
                   "write less than 100; it is percent off the mid rate");
    } else if (margin->fraction.sign() < 0 && !some_positive) {
      findings.add(margin->place, Code::margin,
                   "a margin of " + margin->text + "% is better than the mid rate",
                   "the margins that apply add up to 0 or more; a negative one only reduces "
                   "another");
    }
  }
}

void check_debit_shares(const Schedule& schedule, Findings& findings) {
  for (const Fee& fee : schedule.fees) {
    for (const Case& one : fee.cases) {
      const Charge& charge = one.charge;
      if (!charge.of_debit) continue;
      if (debit_share(charge) >= Rational(1)) {
        auto share = std::find_if(charge.terms.list.begin(), charge.terms.list.end(),
                                  [](const Term& term) { return rate_of(term) != nullptr; });
        findings.add(rate_of(*share)->place, Code::margin,
                     "no debit is large enough to pay all of itself",
                     "write less than 100 percent; the share is of what is paid in the end");
      }
      if (one.collect.value_or(fee.collect.value_or(schedule.collect)) == Collect::on_top) continue;
      findings.add(charge.place, Code::conflicting_keys,
                   "a share of the debit is part of the debit, and this fee is not paid on top",
                   "write \"collect\": \"on_top\", or take it of the amount");
    }
  }
}

void check_requirements(const Schedule& schedule, Findings& findings) {
  for (const Tier& tier : schedule.tiers) {
    if (tier.requires_) check_requirement(schedule, *tier.requires_, findings);
  }
}

Diagnostics check_references(const Schedule& schedule) {
  Findings findings;
  check_bases(schedule, findings);
  check_margins(schedule, findings);
  check_debit_shares(schedule, findings);
  check_requirements(schedule, findings);
  check_bounds(schedule, findings);
  check_meters(schedule, findings);
  sort_by_place(findings.all);
  return std::move(findings.all);
}

}  // namespace levy
