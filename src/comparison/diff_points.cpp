#include "comparison/diff_parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "curves/cell_curve.h"
#include "facts/conditions.h"
#include "schedule/charge_parts.h"
#include "schedule/walk.h"

namespace levy::comparison {
namespace {

constexpr std::size_t combinations_max = 64;
constexpr std::size_t trials_max = 400;  // where not all are combined

using Points = std::set<Rational>;

void add(const std::optional<schedule::Figure>& figure, Currency currency, Points& points) {
  if (!figure) return;
  if (figure->number) points.insert(*figure->number);
  if (const Money* money = find_money(figure->money, currency)) points.insert(money->amount);
}

void add(const schedule::Condition& condition, Points& points) {
  schedule::each_figure(condition,
                        [&](const schedule::Figure& figure) { add(figure, Currency(), points); });
}

// ---- quantities --------------------------------------------------------------------------------

struct QuantityUse {
  Points points;
  bool charged = false;  // by the quantity itself
};

void note_uses(const std::optional<schedule::When>& when,
               std::map<std::string, QuantityUse>& uses) {
  if (!when) return;
  for (const schedule::Condition& condition : when->conditions) {
    if (condition.subject == schedule::Condition::Subject::quantity)
      add(condition, uses[condition.name].points);
  }
}

void note_uses(const schedule::Charge& charge, std::map<std::string, QuantityUse>& uses) {
  for (const std::string& name : schedule::quantities_of(charge)) {
    QuantityUse& use = uses[name];
    use.charged = true;
    for (const schedule::Figure* figure : schedule::base_figures_of(charge))
      add(*figure, Currency(), use.points);
    if (charge.free) use.points.insert(charge.free->units);
  }
  for (const auto* members : {&charge.greatest, &charge.least}) {
    for (const schedule::Charge& member : *members) note_uses(member, uses);
  }
}

// On, before and behind each edge; and far behind all.
std::vector<Rational> around(const Points& edges, const Rational& usual, const Rational& unit,
                             const Rational& from, const std::optional<Rational>& until) {
  Points points;
  auto add_point = [&](const Rational& x) {
    if (x >= from && (!until || x <= *until)) points.insert(x);
  };
  for (const Rational& x : {usual, from, from + unit}) add_point(x);
  for (const Rational& edge : edges) {
    for (int side : {-1, 0, 1}) add_point(edge + Rational(side) * unit);
  }
  if (until) add_point(*until);
  if (!edges.empty()) add_point(*edges.rbegin() * Rational(2) + Rational(1));
  return {points.begin(), points.end()};
}

void add_quantities(const std::vector<const schedule::Schedule*>& schedules,
                    const std::string& operation, std::vector<Dimension>& all) {
  std::map<std::string, QuantityUse> uses;
  for (const schedule::Schedule* schedule : schedules) {
    for (const schedule::Fee& fee : schedule->fees) {
      if (!facts::concerns(fee.operations, operation)) continue;
      note_uses(fee.when, uses);
      for (const schedule::Case& one : fee.cases) {
        note_uses(one.when, uses);
        note_uses(one.charge, uses);
      }
    }
  }
  for (const auto& [name, use] : uses) {
    std::optional<fees::AmountRange> values = curves::values_of(schedules, name);
    if (!values) continue;
    Dimension dimension{name, false, Currency(), !use.charged, {}, 0};
    const schedule::Quantity* quantity = schedules.back()->find_quantity(name);
    if (quantity == nullptr) quantity = schedules.front()->find_quantity(name);
    dimension.usual = cells::usual_value(*quantity);
    dimension.points = around(use.points, dimension.usual, Rational(values->unit()), values->from(),
                              values->until());
    all.push_back(std::move(dimension));
  }
}

// ---- readings ----------------------------------------------------------------------------------

struct MeterEdges {
  Points points;
  bool chooses = true;
};

void note_uses(const schedule::Charge& charge, Currency currency, MeterEdges& edges) {
  auto add_bands = [&](const std::vector<schedule::Band>& bands) {
    for (const schedule::Band& band : bands) add(band.bound, currency, edges.points);
  };
  if (charge.by) {
    add_bands(charge.slab());
    add_bands(charge.graduated());
    const schedule::Per* per = charge.terms.find<schedule::Per>();
    edges.chooses = edges.chooses && charge.graduated().empty() && per == nullptr;
    if (per != nullptr) add(per->every, currency, edges.points);
  }
  if (charge.free) {
    edges.chooses = edges.chooses && charge.free->kind == schedule::Free::Kind::count;
    if (charge.free->kind != schedule::Free::Kind::amount) edges.points.insert(charge.free->units);
    if (charge.free->amount) {
      if (const Money* money = find_money(charge.free->amount->money, currency))
        edges.points.insert(money->amount);
    }
  }
  if (charge.cap) {
    edges.chooses = false;
    if (const Money* money = find_money(charge.cap->max.money, currency))
      edges.points.insert(money->amount);
  }
}

Rational unit_of(const schedule::Schedule& schedule, const facts::MeterUse& use,
                 const Points& points) {
  if (use.meter->measure == schedule::Meter::Measure::count) return 1;
  if (!use.currency.empty()) return Rational(schedule.currencies.minor_unit(use.currency));
  int places = 0;
  for (const Rational& point : points) places = std::max(places, point.numerator().scale());
  return Rational(Decimal::ten_to(-places - 1));
}

struct ReadMeter {
  const schedule::Schedule* schedule = nullptr;
  facts::MeterUse use;
  MeterEdges edges;
};

void add_readings(const fees::Plan& before, const fees::Plan& after, const std::string& operation,
                  Dimensions& dimensions) {
  std::map<std::string, ReadMeter> meters;
  for (const fees::Plan* plan : {&before, &after}) {
    for (const fees::FeePlan& fee : plan->fees) {
      const facts::MeterUse& use = fee.meter;
      bool read = use.meter != nullptr && facts::concerns(fee.as_written->operations, operation) &&
                  use.meter->window.kind != Window::Kind::transaction;
      if (!read) continue;
      auto [known, is_new] = meters.try_emplace(use.id, ReadMeter{&plan->schedule, use, {}});
      if (!is_new && known->second.use.currency != use.currency)
        dimensions.apart.push_back("the reading of " + use.id +
                                   ", which the versions count in two currencies");
      for (const fees::CasePlan& one : fee.cases)
        note_uses(one.as_written->charge, known->second.use.currency, known->second.edges);
    }
  }
  for (const auto& [id, meter] : meters) {
    Dimension dimension{id, true, meter.use.currency, meter.edges.chooses, {}, 0};
    Rational unit = unit_of(*meter.schedule, meter.use, meter.edges.points);
    dimension.points = around(meter.edges.points, 0, unit, 0, std::nullopt);
    dimensions.all.push_back(std::move(dimension));
  }
}

// ---- trials ------------------------------------------------------------------------------------

Held hold(const Dimension& dimension, std::size_t point) {
  bool last = point + 1 == dimension.points.size();
  return Held{dimension.name,     dimension.is_reading,
              dimension.currency, {dimension.points[point]},
              dimension.chooses,  dimension.chooses && last};
}

std::size_t combinations(const std::vector<Dimension>& all, const std::vector<std::size_t>& of) {
  std::size_t product = 1;
  for (std::size_t index : of) {
    product *= std::max<std::size_t>(1, all[index].points.size());
    if (product > trials_max) return trials_max + 1;
  }
  return product;
}

// Every combination in which at least so many are not as usual.
void add_combinations(const std::vector<Dimension>& all, const std::vector<std::size_t>& of,
                      std::size_t minimum, std::vector<std::vector<Held>>& trials) {
  std::vector<std::vector<Held>> made = {{}};
  for (std::size_t index : of) {
    std::vector<std::vector<Held>> next = made;  // with this one as usual
    for (const std::vector<Held>& held : made) {
      for (std::size_t point = 0; point < all[index].points.size(); ++point) {
        if (all[index].points[point] == all[index].usual) continue;
        next.push_back(held);
        next.back().push_back(hold(all[index], point));
      }
    }
    made = std::move(next);
  }
  std::size_t before = trials.size();  // groups may share some
  for (std::vector<Held>& held : made) {
    auto end = trials.begin() + static_cast<std::ptrdiff_t>(before);
    bool is_new = std::none_of(trials.begin(), end, [&](const std::vector<Held>& other) {
      return std::equal(held.begin(), held.end(), other.begin(), other.end(), same_held);
    });
    if (held.size() >= minimum && is_new) trials.push_back(std::move(held));
  }
}

// ---- which of them one fee depends on ----------------------------------------------------------

using Indices = std::set<std::size_t>;

// What the fees of one plan depend on, each through its conditions, its charges and the fees that
// it is taken of.
class Dependence {
 public:
  Dependence(const fees::Plan& plan, const std::vector<Dimension>& all) : plan_(plan), all_(all) {}

  void add(const std::string& operation, std::map<std::string, Indices>& by_fee) {
    Indices earlier;
    for (const fees::FeePlan& fee : plan_.fees) {
      if (!facts::concerns(fee.as_written->operations, operation)) continue;
      Indices own;
      add_when(fee.as_written->when, own);
      if (fee.meter.meter != nullptr) add_name(fee.meter.id, true, own);
      for (const fees::CasePlan& one : fee.cases) {
        add_when(one.as_written->when, own);
        add_charge(one.as_written->charge, earlier, own);
      }
      own_[fee.as_written->id] = own;
      earlier.insert(own.begin(), own.end());
      by_fee[fee.as_written->id].insert(own.begin(), own.end());
    }
  }

 private:
  void add_name(const std::string& name, bool is_reading, Indices& own) const {
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (all_[i].name == name && all_[i].is_reading == is_reading) own.insert(i);
  }

  void add_when(const std::optional<schedule::When>& when, Indices& own) const {
    if (!when) return;
    for (const schedule::Condition& condition : when->conditions)
      if (condition.subject == schedule::Condition::Subject::quantity)
        add_name(condition.name, false, own);
  }

  void add_charge(const schedule::Charge& charge, const Indices& earlier, Indices& own) const {
    for (const std::string& name : schedule::quantities_of(charge)) add_name(name, false, own);
    if (charge.of_debit) own.insert(earlier.begin(), earlier.end());
    for (const schedule::OfTerm& term : charge.of) {
      auto taken_of = own_.find(term.fee);
      if (taken_of != own_.end()) own.insert(taken_of->second.begin(), taken_of->second.end());
    }
    for (const auto* members : {&charge.greatest, &charge.least})
      for (const schedule::Charge& member : *members) add_charge(member, earlier, own);
  }

  const fees::Plan& plan_;
  const std::vector<Dimension>& all_;
  std::map<std::string, Indices> own_;
};

// Of fees that both plans have, what either depends on.
std::vector<std::vector<std::size_t>> groups_of(const std::vector<const fees::Plan*>& plans,
                                                const std::string& operation,
                                                const std::vector<Dimension>& all) {
  std::map<std::string, Indices> by_fee;
  for (const fees::Plan* plan : plans) Dependence(*plan, all).add(operation, by_fee);
  std::set<std::vector<std::size_t>> groups;
  for (const auto& [fee, own] : by_fee) groups.emplace(own.begin(), own.end());
  auto lies_in = [](const std::vector<std::size_t>& part, const std::vector<std::size_t>& whole) {
    return part != whole && std::includes(whole.begin(), whole.end(), part.begin(), part.end());
  };
  std::vector<std::vector<std::size_t>> largest;
  for (const auto& group : groups) {
    bool is_part = std::any_of(groups.begin(), groups.end(),
                               [&](const auto& other) { return lies_in(group, other); });
    if (!is_part) largest.push_back(group);
  }
  return largest;
}

}  // namespace

bool same_held(const Held& a, const Held& b) {
  return a.name == b.name && a.is_reading == b.is_reading && a.values == b.values;
}

Dimensions dimensions_of(const fees::Plan& before, const fees::Plan& after,
                         const std::string& operation) {
  Dimensions dimensions;
  add_quantities({&before.schedule, &after.schedule}, operation, dimensions.all);
  add_readings(before, after, operation, dimensions);
  dimensions.together = groups_of({&before, &after}, operation, dimensions.all);
  return dimensions;
}

Trials trials_of(const Dimensions& dimensions) {
  Trials trials;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < dimensions.all.size(); ++i) all.push_back(i);
  if (all.size() < 2 || combinations(dimensions.all, all) <= combinations_max) {
    add_combinations(dimensions.all, all, 1, trials.held);
    if (trials.held.size() > trials_max) trials.reach = Trials::Reach::single;
  } else {
    trials.reach = Trials::Reach::by_fee;
    for (std::size_t index : all) add_combinations(dimensions.all, {index}, 1, trials.held);
    for (const std::vector<std::size_t>& group : dimensions.together) {
      bool few = combinations(dimensions.all, group) + trials.held.size() <= trials_max;
      if (few) add_combinations(dimensions.all, group, 2, trials.held);
      if (!few) trials.reach = Trials::Reach::single;
    }
  }
  if (trials.held.size() > trials_max) {
    trials.held.resize(trials_max);
    trials.reach = Trials::Reach::single;
  }
  return trials;
}

bool extend(std::vector<Held>& held, const std::vector<Held>& next,
            const std::vector<Dimension>& dimensions) {
  if (held.size() != next.size()) return false;
  for (std::size_t i = 0; i + 1 < held.size(); ++i) {
    if (held[i].name != next[i].name || held[i].values != next[i].values) return false;
  }
  Held& last = held.back();
  if (last.name != next.back().name) return false;
  const auto& points =
      std::find_if(dimensions.begin(), dimensions.end(), [&](const Dimension& one) {
        return one.name == last.name && one.is_reading == last.is_reading;
      })->points;
  auto at = std::find(points.begin(), points.end(), last.values.back());
  bool neighbours =
      at != points.end() && at + 1 != points.end() && *(at + 1) == next.back().values.front();
  if (last.is_range && !neighbours) return false;
  last.values.push_back(next.back().values.front());
  last.open = next.back().open;
  return true;
}

}  // namespace levy::comparison
