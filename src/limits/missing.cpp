#include "limits/missing.h"

#include <algorithm>

#include "base/ensure.h"

namespace levy {
namespace {

constexpr std::size_t ways_max = 4096;

// Each a set that would do; {} means that nothing does, {{}} that nothing is needed.
using Ways = std::vector<LackSet>;

// Does whoever brings `b` also bring all of `a`?
bool within(const LackSet& a, const LackSet& b) {
  return std::all_of(a.begin(), a.end(), [&](const Lack& wanted) {
    return std::any_of(b.begin(), b.end(), [&](const Lack& brought) {
      return brought.order == wanted.order && brought.threshold >= wanted.threshold;
    });
  });
}

// Without the sets from which something can be left out.
Ways smallest(const Ways& ways) {
  Ways kept;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    bool needless = false;
    for (std::size_t j = 0; j < ways.size() && !needless; ++j) {
      if (i == j || !within(ways[j], ways[i])) continue;
      needless = !within(ways[i], ways[j]) || j < i;  // of two alike, the first stays
    }
    if (!needless) kept.push_back(ways[i]);
  }
  return kept;
}

LackSet joined(const LackSet& a, const LackSet& b) {
  LackSet set = a;
  for (const Lack& lack : b) {
    auto same = std::find_if(set.begin(), set.end(),
                             [&](const Lack& one) { return one.order == lack.order; });
    if (same == set.end()) {
      set.push_back(lack);
    } else if (same->threshold < lack.threshold) {
      *same = lack;
    }
  }
  std::sort(set.begin(), set.end(), [](const Lack& x, const Lack& y) { return x.order < y.order; });
  return set;
}

Checked<Ways> bounded(Ways ways) {
  if (ways.size() > ways_max) {
    return Diagnostic{Code::undecidable, "there are too many ways to reach the tier to list them",
                      "simplify what the tier requires"};
  }
  return smallest(ways);
}

Checked<Ways> both(const Ways& a, const Ways& b) {
  Ways ways;
  for (const LackSet& one : a) {
    for (const LackSet& other : b) {
      ways.push_back(joined(one, other));
      if (ways.size() > ways_max) return bounded(std::move(ways));
    }
  }
  return bounded(std::move(ways));
}

Checked<Ways> ways_of(const Requirement& requirement, const Moment& moment);

// What there is of it, so that people need not look for it.
void add_what_is_there(Lack& lack, const EvidenceRule& rule, const Moment& moment) {
  if (rule.use) {
    auto reading = moment.readings.find(lack.evidence);
    if (reading != moment.readings.end()) lack.value = reading->second.value;
    lack.currency = rule.use->currency;
    return;
  }
  const Proof* proof = find_proof(moment.account, lack.evidence);
  if (proof == nullptr) return;
  if (proof->number) lack.value = Rational(*proof->number);
  if (proof->given) lack.ran_out = runs_out(*rule.as_written, *proof);
}

Checked<Ways> ways_of_evidence(const Requirement& requirement, const Moment& moment) {
  Checked<bool> met = is_met(requirement, moment);
  if (!met) return std::move(met).faults();
  if (*met) return Ways{{}};
  auto rule = moment.ladder.evidence.find(requirement.evidence);
  ensure(rule != moment.ladder.evidence.end(), "requirements name evidence that there is");
  Lack lack{requirement.evidence, rule->second.order, requirement.at_least, 0, {}, {}, {}};
  add_what_is_there(lack, rule->second, moment);
  if (!lack.at_least) return Ways{{lack}};
  if (lack.at_least->number) {
    lack.threshold = *lack.at_least->number;
    return Ways{{lack}};
  }
  Checked<Rational> threshold =
      convert(lack.at_least->money.front(), rule->second.use->currency, moment.rates);
  if (!threshold) return std::move(threshold).faults();
  lack.threshold = *threshold;
  return Ways{{lack}};
}

// At least `count` of the parts: reached[n] are the ways to have n of those looked at so far.
Checked<Ways> ways_of_some(const Requirement& requirement, std::size_t count,
                           const Moment& moment) {
  std::vector<Ways> reached(count + 1);
  reached[0] = {{}};
  for (const Requirement& part : requirement.of) {
    Checked<Ways> more = ways_of(part, moment);
    if (!more) return more;
    for (std::size_t n = count; n > 0; --n) {
      Checked<Ways> with = both(reached[n - 1], *more);
      if (!with) return with;
      reached[n].insert(reached[n].end(), with->begin(), with->end());
      Checked<Ways> either = bounded(std::move(reached[n]));
      if (!either) return either;
      reached[n] = std::move(*either);
    }
  }
  return std::move(reached[count]);
}

Checked<Ways> ways_of(const Requirement& requirement, const Moment& moment) {
  switch (requirement.kind) {
    case Requirement::Kind::evidence:
      return ways_of_evidence(requirement, moment);
    case Requirement::Kind::all:
      return ways_of_some(requirement, requirement.of.size(), moment);
    case Requirement::Kind::any:
      return ways_of_some(requirement, 1, moment);
    case Requirement::Kind::at_least:
      return ways_of_some(requirement, static_cast<std::size_t>(requirement.count), moment);
  }
  ensure(false, "a requirement has one of four kinds");
  return Ways{};
}

bool comes_before(const LackSet& a, const LackSet& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].order != b[i].order) return a[i].order < b[i].order;
    if (a[i].threshold != b[i].threshold) return a[i].threshold < b[i].threshold;
  }
  return false;
}

}  // namespace

Checked<std::vector<LackSet>> missing_for(const Moment& moment, std::size_t tier) {
  Ways ways = {{}};
  for (std::size_t i = 0; i <= tier; ++i) {
    const Tier& one = moment.ladder.schedule->tiers[i];
    if (!one.requires_) continue;
    Checked<Ways> more = ways_of(*one.requires_, moment);
    if (!more) return more;
    Checked<Ways> all = both(ways, *more);
    if (!all) return all;
    ways = std::move(*all);
  }
  std::sort(ways.begin(), ways.end(), comes_before);
  return ways;
}

}  // namespace levy
