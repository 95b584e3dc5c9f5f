// Charges that are nothing, operations that no fee is for, and percentages that look like
// fractions.
#include <algorithm>
#include <map>
#include <set>

#include "facts/conditions.h"
#include "schedule/charge_parts.h"
#include "schedule/walk.h"
#include "validation/findings.h"

namespace levy::validation {
namespace {

std::string name_of(const schedule::Fee& fee, std::size_t index) {
  std::string name = "the fee " + fee.id;
  return fee.cases.size() == 1 ? name : "case " + std::to_string(index + 1) + " of " + name;
}

// ---- charges that are nothing ------------------------------------------------------------------

bool charges_nothing(const schedule::Price& price) {
  return std::all_of(price.money.begin(), price.money.end(),
                     [](const Money& money) { return money.amount.is_zero(); });
}

bool charges_nothing(const schedule::Terms& terms) {
  auto none = [](const schedule::Term& term) {
    const schedule::Rate* rate = schedule::rate_of(term);
    const schedule::Price* price = schedule::price_of(term);
    const std::vector<schedule::Band>* bands = schedule::bands_of(term);
    auto of_band = [](const schedule::Band& band) { return charges_nothing(band.terms); };
    return (rate == nullptr || rate->fraction.is_zero()) &&
           (price == nullptr || charges_nothing(*price)) &&
           (bands == nullptr || std::all_of(bands->begin(), bands->end(), of_band));
  };
  return std::all_of(terms.list.begin(), terms.list.end(), none) &&
         (!terms.min || charges_nothing(*terms.min));
}

// As written: every rate and price of it is 0.
bool charges_nothing(const schedule::Charge& charge) {
  auto member = [](const schedule::Charge& one) { return charges_nothing(one); };
  return charges_nothing(charge.terms) &&
         std::all_of(charge.greatest.begin(), charge.greatest.end(), member) &&
         std::all_of(charge.least.begin(), charge.least.end(), member);
}

bool is_taken_of(const schedule::Charge& charge, const std::set<std::string>& fees) {
  auto names = [&](const schedule::OfTerm& term) { return fees.contains(term.fee); };
  auto member = [&](const schedule::Charge& one) { return is_taken_of(one, fees); };
  return std::any_of(charge.of.begin(), charge.of.end(), names) ||
         std::any_of(charge.greatest.begin(), charge.greatest.end(), member) ||
         std::any_of(charge.least.begin(), charge.least.end(), member);
}

// Fees that cell curves do not tell all of: readings are 0 there, and one quantity at a time
// varies.
std::set<std::string> half_seen(const schedule::Schedule& schedule) {
  std::set<std::string> ids;
  for (const schedule::Fee& fee : schedule.fees) {
    bool partly = std::any_of(fee.cases.begin(), fee.cases.end(), [&](const schedule::Case& one) {
      return schedule::find_meter(one.charge) != nullptr ||
             schedule::quantities_of(one.charge).size() > 1 || is_taken_of(one.charge, ids);
    });
    if (partly) ids.insert(fee.id);
  }
  return ids;
}

}  // namespace

// Along what cannot be quoted for its fees they are not nothing.
bool note_cases(const curves::CellCurve& cell_curve, CasesSeen& seen) {
  bool applies = false, exceeds = false;
  std::set<CasesSeen::Key> taken;
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    if (!piece.is_settled()) {
      applies = exceeds = true;
      continue;
    }
    if (!*piece.result) {
      applies = exceeds = true;
      continue;
    }
    const fees::Evaluation& value = **piece.result;
    applies = applies || !value.lines.empty() || !value.margins.empty();
    for (const fees::LineForm& line : value.lines) {
      CasesSeen::Key key{line.fee, line.case_index};
      taken.insert(key);
      bool zero = line.exact.is_constant() && line.exact.constant().is_zero();
      if (!zero) seen.charging.insert(key);
    }
  }
  if (exceeds) seen.charging.insert(taken.begin(), taken.end());
  seen.taken.insert(taken.begin(), taken.end());
  return applies;
}

void find_idle_charges(const fees::Plan& plan, const CasesSeen* seen, Report& report) {
  std::set<std::string> partly = half_seen(plan.schedule);
  for (std::size_t i = 0; i < plan.schedule.fees.size(); ++i) {
    const schedule::Fee& fee = plan.schedule.fees[i];
    for (std::size_t j = 0; j < fee.cases.size(); ++j) {
      const schedule::Charge& charge = fee.cases[j].charge;
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
const Place& place_of_operation(const schedule::Schedule& schedule, const std::string& operation) {
  for (const schedule::Fee& fee : schedule.fees) {
    if (names(fee.operations, operation)) return fee.place;
  }
  for (const schedule::Limit& limit : schedule.limits) {
    if (limit.meter.operations && names(*limit.meter.operations, operation)) return limit.place;
  }
  return schedule.place;
}

}  // namespace

void find_no_fee(const curves::CellCurve& cell_curve, Report& report) {
  constexpr int usual = 100;
  const std::string& operation = cell_curve.operation.name;
  Finding finding = make_finding(
      cell_curve, Code::no_fee, place_of_operation(cell_curve.plan->schedule, operation),
      "no fee applies to " + operation + " here: it costs nothing",
      "add a fee; where it is meant to be free, one that says so: {\"id\": ..., \"operation\": \"" +
          operation + "\", \"waived\": true}");
  finding.key = operation;
  finding.reproduce.push_back(
      curves::quote_command(cell_curve, std::max(Rational(usual), cell_curve.allowed.from)));
  report.findings.push_back(std::move(finding));
}

// ---- percentages that look like fractions ------------------------------------------------------

void find_fractions(const fees::Plan& plan, Report& report) {
  const Rational suspicious(Decimal::of(5, 4)), times = 20;  // 0.05 % is 0.0005
  auto looks = [&](const schedule::Case& one) {
    const schedule::Percent* percent = one.charge.terms.find<schedule::Percent>();
    return percent != nullptr && percent->rate.fraction.sign() > 0 &&
           percent->rate.fraction < suspicious;
  };
  for (const schedule::Fee& fee : plan.schedule.fees) {
    const schedule::Rate* least = nullptr;  // of the cases that do not look like it
    for (const schedule::Case& one : fee.cases) {
      const schedule::Percent* percent = one.charge.terms.find<schedule::Percent>();
      bool counts = percent != nullptr && percent->rate.fraction.sign() > 0 && !looks(one);
      if (counts && (least == nullptr || percent->rate.fraction < least->fraction))
        least = &percent->rate;
    }
    if (least == nullptr) continue;
    for (std::size_t i = 0; i < fee.cases.size(); ++i) {
      if (!looks(fee.cases[i])) continue;
      const schedule::Rate& percent = fee.cases[i].charge.terms.find<schedule::Percent>()->rate;
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

// Caps that can never act: what they would hold down never reaches them.

namespace {

using Key = CasesSeen::Key;

// The most that a case charges in a currency, without its cap.
struct Most {
  Rational amount;
  bool without_end = false;
};

using Charges = std::map<std::pair<Key, Currency>, Most>;

// Nothing: it could not be told of every amount.
bool charge_over(const curves::CellCurve& cell_curve, Charges& charges) {
  for (const fees::CurvePiece& piece : cell_curve.curve) {
    std::optional<fees::AmountInterval> range = cell_curve.range_of(piece);
    if (!range) continue;
    if (!piece.is_settled()) return false;
    if (!*piece.result) continue;
    fees::AmountRange part = piece.amounts.part(range->from, range->until);
    for (const fees::LineForm& line : (*piece.result)->lines) {
      Most& most = charges[{Key{line.fee, line.case_index}, line.currency}];
      std::optional<Rational> highest = part.highest(line.amount);
      const Decimal& grid = line.amount.grid();  // no value lies between its multiples
      if (highest && !grid.is_zero()) highest = round(*highest, grid, RoundingMode::floor);
      if (highest) most.amount = std::max(most.amount, *highest);
      most.without_end = most.without_end || !highest;
    }
  }
  return true;
}

std::optional<Charges> charges_of(const fees::Plan& plan) {
  Charges charges;
  fees::Work work{charges_steps_max};
  std::vector<std::string> operations = plan.schedule.operations();
  if (operations.empty()) operations = {"transaction"};
  for (const std::string& operation : operations) {
    cells::Cells cells = cells::find_cells({&plan}, operation);
    if (!cells.complete) return std::nullopt;
    std::vector<std::string> variables = curves::variables_of(plan.schedule, operation);
    if (variables.empty()) variables.emplace_back();
    bool has_amount = variables.front().empty();
    for (const cells::Cell& cell : cells.all) {
      for (const std::string& variable : variables) {
        curves::CellCurve cell_curve = curves::make_cell_curve(plan, cell, variable, has_amount);
        cell_curve.work = &work;
        curves::draw(cell_curve);
        if (!charge_over(cell_curve, charges)) return std::nullopt;
      }
    }
  }
  return charges;
}

// How many operations of the fee the limits allow in the window, in every tier; nothing: any
// number.
std::optional<Rational> count_allowed(const schedule::Schedule& schedule, const schedule::Fee& fee,
                                      const Window& window) {
  std::optional<Rational> least;
  for (const schedule::Limit& limit : schedule.limits) {
    const schedule::Meter& meter = limit.meter;
    bool all = !meter.operations ||
               (!fee.operations.empty() &&
                std::all_of(fee.operations.begin(), fee.operations.end(), [&](const auto& one) {
                  return facts::concerns(*meter.operations, one);
                }));
    if (meter.measure != schedule::Meter::Measure::count || meter.when ||
        !(meter.window == window) || !all || !limit.max)
      continue;
    std::optional<Rational> most = Rational(0);
    for (const auto& [tier, figure] : limit.max->figures) {
      if (!figure || !figure->number)
        most.reset();
      else if (most)
        most = std::max(*most, Rational(*figure->number));
    }
    if (most && (!least || *most < *least)) least = most;
  }
  return least;
}

// How often the cap can be charged against within its window: once, so many times, or any number.
std::optional<Rational> times_within(const schedule::Schedule& schedule, const schedule::Fee& fee,
                                     const schedule::Cap& cap) {
  if (cap.meter.window.kind == Window::Kind::transaction) return Rational(1);
  return count_allowed(schedule, fee, cap.meter.window);
}

void look_at_caps(const fees::Plan& plan, const Key& key, const Charges& charges, Report& report) {
  const schedule::Fee& fee = plan.schedule.fees[key.first];
  const schedule::Cap& cap = *fee.cases[key.second].charge.cap;
  std::optional<Rational> times = times_within(plan.schedule, fee, cap);
  bool seen = false;
  std::string figures;
  for (const auto& [owner, most] : charges) {
    if (owner.first != key) continue;
    Currency currency = owner.second;
    const Money* bound = find_money(cap.max.money, currency);
    if (bound == nullptr || most.without_end) return;
    bool zero = most.amount.sign() <= 0;
    if (!zero && (!times || *times * most.amount > bound->amount)) return;
    auto text = [&](const Rational& amount) {
      return to_string(Money{amount, currency}, plan.schedule.currencies);
    };
    figures += (seen ? ", " : "") + std::string("at most ") + text(most.amount) +
               " is charged at a time" +
               (times && *times != Rational(1) ? ", " + times->to_string() + " times" : "") +
               ", and the cap is " + text(bound->amount);
    seen = true;
  }
  if (!seen) return;
  report.findings.push_back(
      make_finding(Code::cap_never_acts, Severity::warning, cap.place,
                   "the cap of the fee " + fee.id + " never acts: " + figures,
                   "lower it, let its window hold several operations, or remove it"));
}

}  // namespace

void find_idle_caps(const fees::Plan& plan, Report& report) {
  schedule::Schedule bare = plan.schedule;
  std::vector<Key> capped;
  for (std::size_t i = 0; i < bare.fees.size(); ++i) {
    for (std::size_t j = 0; j < bare.fees[i].cases.size(); ++j) {
      if (!bare.fees[i].cases[j].charge.cap) continue;
      bare.fees[i].cases[j].charge.cap.reset();
      capped.emplace_back(i, j);
    }
  }
  if (capped.empty()) return;
  fees::Plan without = fees::compile(std::move(bare));
  std::optional<Charges> charges = charges_of(without);
  if (!charges) {
    report.undecided.push_back({"caps", "whether they can act"});
    return;
  }
  for (const Key& key : capped) look_at_caps(plan, key, *charges, report);
}

// Declarations that nothing uses: sets, attributes, quantities, currencies, evidence.

namespace {

// Every name that is used somewhere, and every currency.
class Uses {
 public:
  // Limits count operations in any currency, converted; where there are no fees nothing else asks.
  explicit Uses(const schedule::Schedule& schedule) : any_currency_(schedule.fees.empty()) {
    add(schedule.currency);
    add(schedule.rounding.rule);
    for (const schedule::Fee& fee : schedule.fees) add(fee);
    for (const schedule::Limit& limit : schedule.limits) {
      add(limit.meter);
      add(limit.min);
      add(limit.max);
    }
    for (const schedule::Evidence& evidence : schedule.evidence)
      if (evidence.meter) add(*evidence.meter);
    for (const schedule::Tier& tier : schedule.tiers)
      if (tier.requires_) add(*tier.requires_);
    for (const schedule::Guarantee& guarantee : schedule.guarantees) add(guarantee.when);
  }

  bool name(const std::string& one) const { return names_.contains(one); }
  bool evidence(const std::string& one) const { return evidence_.contains(one); }
  // An operation can be in any currency where some fee takes any.
  bool currency(Currency one) const { return any_currency_ || currencies_.contains(one); }

 private:
  void add(Currency currency) { currencies_.insert(currency); }
  void add(const MoneyList& list) {
    for (const Money& money : list) add(money.currency);
  }
  void add(const schedule::Figure& figure) { add(figure.money); }
  void add(const schedule::RoundRule& rule) { add(rule.to_money); }

  void add(const std::optional<schedule::Bounds>& bounds) {
    if (!bounds) return;
    for (const auto& [tier, figure] : bounds->figures)
      if (figure) add(*figure);
  }

  void add(const std::optional<schedule::When>& when) {
    if (!when) return;
    for (const schedule::Condition& condition : when->conditions) {
      names_.insert(condition.name);
      schedule::each_figure(condition, [&](const schedule::Figure& figure) { add(figure); });
      if (condition.name != "currency" && condition.name != "to_currency") continue;
      for (const std::string& code : condition.values)
        if (auto currency = Currency::of(code)) add(*currency);
    }
  }

  void add(const schedule::Meter& meter) {
    names_.insert(meter.quantity);
    add(meter.when);
    if (meter.counts) add(meter.counts->when);
    names_.insert(meter.per.begin(), meter.per.end());
    add(meter.currency);
  }

  void add(const schedule::Requirement& requirement) {
    if (requirement.kind == schedule::Requirement::Kind::evidence)
      evidence_.insert(requirement.evidence);
    if (requirement.at_least) add(*requirement.at_least);
    for (const schedule::Requirement& part : requirement.of) add(part);
  }

  void add(const schedule::Charge& charge) {
    for (const schedule::Price* price : schedule::prices_of(charge)) add(price->money);
    if (charge.cap) add(charge.cap->max.money);
    add(charge.in);
    for (const schedule::Figure* figure : schedule::base_figures_of(charge)) add(*figure);
    for (const std::string& quantity : schedule::quantities_of(charge)) names_.insert(quantity);
    if (charge.free && charge.free->amount) add(charge.free->amount->money);
    if (const schedule::Meter* meter = schedule::find_meter(charge)) add(*meter);
    for (const auto* members : {&charge.greatest, &charge.least}) {
      for (const schedule::Charge& member : *members) add(member);
    }
  }

  void add(const schedule::Fee& fee) {
    add(fee.when);
    if (fee.round) add(*fee.round);
    bool takes_any = true;
    for (const schedule::Case& one : fee.cases) {
      add(one.when);
      add(one.charge);
      bool lone = schedule::is_lone_flat(one.charge);
      takes_any =
          takes_any && (one.charge.convert || lone || schedule::prices_of(one.charge).empty());
    }
    any_currency_ = any_currency_ || takes_any;
  }

  std::set<std::string> names_, evidence_;
  std::set<Currency> currencies_;
  bool any_currency_;
};

void add_unused(Report& report, const Place& place, const std::string& what,
                const std::string& where) {
  report.findings.push_back(make_finding(Code::unused, Severity::warning, place,
                                         what + " is declared and never used",
                                         "use it " + where + ", or remove it"));
}

}  // namespace

void find_unused(const fees::Plan& plan, Report& report) {
  const schedule::Schedule& schedule = plan.schedule;
  Uses uses(schedule);
  for (const schedule::Set& set : schedule.sets)
    if (!set.used)
      add_unused(report, set.place, "the set " + set.name, "in a condition, \"@" + set.name + "\"");
  for (const schedule::Attribute& attribute : schedule.attributes)
    if (!uses.name(attribute.name))
      add_unused(report, attribute.place, "the attribute " + attribute.name, "in a condition");
  for (const schedule::Quantity& quantity : schedule.quantities)
    if (!uses.name(quantity.name))
      add_unused(report, quantity.place, "the quantity " + quantity.name,
                 "in \"units\" or a condition");
  for (const auto& [currency, place] : schedule.declared_currencies)
    if (!uses.currency(currency))
      add_unused(report, place, "the currency " + std::string(currency.code()), "in an amount");
  for (const schedule::Evidence& evidence : schedule.evidence)
    if (!uses.evidence(evidence.id))
      add_unused(report, evidence.place, "the evidence " + evidence.id,
                 "in what a tier \"requires\"");
}

}  // namespace levy::validation
