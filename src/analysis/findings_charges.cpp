// Charges that are nothing, operations that no fee is for, and percentages that look like
// fractions.
#include <algorithm>

#include "analysis/findings.h"
#include "schedule/charge_parts.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

std::string name_of(const Fee& fee, std::size_t index) {
  std::string name = "the fee " + fee.id;
  return fee.cases.size() == 1 ? name : "case " + std::to_string(index + 1) + " of " + name;
}

// ---- charges that are nothing ------------------------------------------------------------------

bool charges_nothing(const Price& price) {
  return std::all_of(price.money.begin(), price.money.end(),
                     [](const Money& money) { return money.amount.is_zero(); });
}

bool charges_nothing(const Terms& terms) {
  auto none = [](const Term& term) {
    const Rate* rate = rate_of(term);
    const Price* price = price_of(term);
    const std::vector<Band>* bands = bands_of(term);
    auto of_band = [](const Band& band) { return charges_nothing(band.terms); };
    return (rate == nullptr || rate->fraction.is_zero()) &&
           (price == nullptr || charges_nothing(*price)) &&
           (bands == nullptr || std::all_of(bands->begin(), bands->end(), of_band));
  };
  return std::all_of(terms.list.begin(), terms.list.end(), none) &&
         (!terms.min || charges_nothing(*terms.min));
}

// As written: every rate and price of it is 0.
bool charges_nothing(const Charge& charge) {
  auto member = [](const Charge& one) { return charges_nothing(one); };
  return charges_nothing(charge.terms) &&
         std::all_of(charge.greatest.begin(), charge.greatest.end(), member) &&
         std::all_of(charge.least.begin(), charge.least.end(), member);
}

bool is_taken_of(const Charge& charge, const std::set<std::string>& fees) {
  auto names = [&](const OfTerm& term) { return fees.contains(term.fee); };
  auto member = [&](const Charge& one) { return is_taken_of(one, fees); };
  return std::any_of(charge.of.begin(), charge.of.end(), names) ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), member) ||
         std::any_of(charge.least.begin(), charge.least.end(), member);
}

// Fees that courses do not tell all of: readings are 0 there, and one quantity at a time varies.
std::set<std::string> half_seen(const Schedule& schedule) {
  std::set<std::string> ids;
  for (const Fee& fee : schedule.fees) {
    bool partly = std::any_of(fee.cases.begin(), fee.cases.end(), [&](const Case& one) {
      return find_meter(one.charge) != nullptr || quantities_of(one.charge).size() > 1 ||
             is_taken_of(one.charge, ids);
    });
    if (partly) ids.insert(fee.id);
  }
  return ids;
}

}  // namespace

// Along what cannot be quoted for its fees they are not nothing.
bool note_cases(const Course& course, CasesSeen& seen) {
  bool applies = false, exceeds = false;
  std::set<CasesSeen::Key> taken;
  for (const CurvePiece& piece : course.curve) {
    if (!piece.is_settled()) {
      applies = exceeds = true;
      continue;
    }
    if (!*piece.result) {
      applies = exceeds = true;
      continue;
    }
    const Evaluation& value = **piece.result;
    applies = applies || !value.lines.empty() || !value.margins.empty();
    for (const LineForm& line : value.lines) {
      CasesSeen::Key key{line.fee, line.case_index};
      taken.insert(key);
      bool nothing = line.exact.is_constant() && line.exact.constant().is_zero();
      if (!nothing) seen.charging.insert(key);
    }
  }
  if (exceeds) seen.charging.insert(taken.begin(), taken.end());
  seen.taken.insert(taken.begin(), taken.end());
  return applies;
}

void find_idle_charges(const Plan& plan, const CasesSeen* seen, Report& report) {
  std::set<std::string> partly = half_seen(plan.schedule);
  for (std::size_t i = 0; i < plan.schedule.fees.size(); ++i) {
    const Fee& fee = plan.schedule.fees[i];
    for (std::size_t j = 0; j < fee.cases.size(); ++j) {
      const Charge& charge = fee.cases[j].charge;
      if (charge.waived || charge.margin) continue;
      CasesSeen::Key key{i, j};
      bool shown = seen != nullptr && !partly.contains(fee.id) && seen->taken.contains(key) &&
                   !seen->charging.contains(key);
      if (!shown && !charges_nothing(charge)) continue;
      const Place& place = fee.in_place ? fee.place : fee.cases[j].place;
      report.findings.push_back(make_finding(
          Code::charges_nothing, Severity::warning, place,
          name_of(fee, j) + " charges nothing, whatever the amount",
          "write \"waived\": true in place of the charge where that is meant, or correct it"));
    }
  }
}

// ---- operations without a fee ------------------------------------------------------------------

namespace {

bool names(const std::vector<std::string>& operations, const std::string& operation) {
  return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

// The fee that names the operation, else the limit that does.
const Place& place_of_operation(const Schedule& schedule, const std::string& operation) {
  for (const Fee& fee : schedule.fees) {
    if (names(fee.operations, operation)) return fee.place;
  }
  for (const Limit& limit : schedule.limits) {
    if (limit.meter.operations && names(*limit.meter.operations, operation)) return limit.place;
  }
  return schedule.place;
}

}  // namespace

void find_no_fee(const Course& course, Report& report) {
  constexpr int usual = 100;
  const std::string& operation = course.operation.name;
  Finding finding = make_finding(
      course, Code::no_fee, place_of_operation(course.plan->schedule, operation),
      "no fee applies to " + operation + " here: it costs nothing",
      "add a fee; where it is meant to be free, one that says so: {\"id\": ..., \"operation\": \"" +
          operation + "\", \"waived\": true}");
  finding.key = operation;
  finding.reproduce.push_back(
      quote_command(course, std::max(Rational(usual), course.allowed.from)));
  report.findings.push_back(std::move(finding));
}

// ---- percentages that look like fractions ------------------------------------------------------

void find_fractions(const Plan& plan, Report& report) {
  const Rational suspicious(Decimal::of(5, 4)), times = 20;  // 0.05 % is 0.0005
  auto looks = [&](const Case& one) {
    const Percent* percent = one.charge.terms.find<Percent>();
    return percent != nullptr && percent->rate.fraction.sign() > 0 &&
           percent->rate.fraction < suspicious;
  };
  for (const Fee& fee : plan.schedule.fees) {
    const Rate* least = nullptr;  // of the cases that do not look like it
    for (const Case& one : fee.cases) {
      const Percent* percent = one.charge.terms.find<Percent>();
      bool counts = percent != nullptr && percent->rate.fraction.sign() > 0 && !looks(one);
      if (counts && (least == nullptr || percent->rate.fraction < least->fraction))
        least = &percent->rate;
    }
    if (least == nullptr) continue;
    for (std::size_t i = 0; i < fee.cases.size(); ++i) {
      if (!looks(fee.cases[i])) continue;
      const Rate& percent = fee.cases[i].charge.terms.find<Percent>()->rate;
      if (least->fraction < percent.fraction * times) continue;
      std::string hundredfold = (percent.fraction * Rational(10'000)).to_string();
      Finding finding = make_finding(Code::looks_like_a_fraction, Severity::warning, percent.place,
                                     name_of(fee, i) + " takes " + percent.text +
                                         " %, and the other cases take at least " + least->text +
                                         " %: this looks like a fraction",
                                     "\"percent\" is in percent: write \"" + hundredfold +
                                         "\" where " + hundredfold + " % is meant");
      add_figure(finding, "percent", percent.text);
      add_figure(finding, "others_from", least->text);
      finding.what.related.push_back(least->place);
      report.findings.push_back(std::move(finding));
    }
  }
}

}  // namespace levy
