#include "limits/missing_evidence.h"

#include <algorithm>
#include <cstdint>

#include "base/bounds.h"
#include "base/ensure.h"

namespace levy::limits {
namespace {

// Each a set that would do; {} means that nothing does, {{}} that nothing is needed.
using Ways = std::vector<MissingSet>;

// Does whoever brings `b` also bring all of `a`? Both are sorted by the order of evidence.
bool within(const MissingSet& a, const MissingSet& b) {
  if (a.size() > b.size()) return false;
  auto brought = b.begin();
  for (const MissingEvidence& wanted : a) {
    while (brought != b.end() && brought->order < wanted.order) ++brought;
    bool has = brought != b.end() && brought->order == wanted.order &&
               brought->threshold >= wanted.threshold;
    if (!has) return false;
  }
  return true;
}

// A bit for each evidence of the set, modulo 64: where a bit of `a` is not in `b`, `a` is not
// within `b`. It decides nearly all pairs without a look at the sets.
std::uint64_t bits_of(const MissingSet& set) {
  std::uint64_t bits = 0;
  for (const MissingEvidence& one : set) bits |= std::uint64_t{1} << one.order % 64;
  return bits;
}

// Without the sets from which something can be left out.
Ways smallest(Ways ways) {
  std::vector<std::uint64_t> bits;
  for (const MissingSet& set : ways) bits.push_back(bits_of(set));
  std::vector<bool> needless(ways.size());
  for (std::size_t i = 0; i < ways.size(); ++i) {
    for (std::size_t j = 0; j < ways.size() && !needless[i]; ++j) {
      if (i == j || (bits[j] & ~bits[i]) != 0 || !within(ways[j], ways[i])) continue;
      needless[i] = !within(ways[i], ways[j]) || j < i;  // of two alike, the first stays
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (needless[i]) continue;
    if (kept != i) ways[kept] = std::move(ways[i]);
    ++kept;
  }
  ways.resize(kept);
  return ways;
}

// Of what stands in both, the higher threshold.
MissingSet joined(const MissingSet& a, const MissingSet& b) {
  MissingSet set;
  set.reserve(a.size() + b.size());
  auto one = a.begin(), other = b.begin();
  while (one != a.end() && other != b.end()) {
    if (one->order == other->order) {
      set.push_back(one->threshold < other->threshold ? *other : *one);
      ++one, ++other;
    } else {
      set.push_back(one->order < other->order ? *one++ : *other++);
    }
  }
  set.insert(set.end(), one, a.end());
  set.insert(set.end(), other, b.end());
  return set;
}

bool comes_before(const MissingSet& a, const MissingSet& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].order != b[i].order) return a[i].order < b[i].order;
    if (a[i].threshold != b[i].threshold) return a[i].threshold < b[i].threshold;
  }
  return false;
}

// What is looked for, and whether all of it is kept.
struct Search {
  const AccountSnapshot& snapshot;
  bool complete = true;
};

// Of too many the shortest: nothing that is dropped makes one of them needless.
Ways bounded(Ways ways, Search& search) {
  std::sort(ways.begin(), ways.end(), comes_before);
  if (ways.size() > 4 * evidence_sets_max) {
    search.complete = false;
    ways.resize(4 * evidence_sets_max);
  }
  ways = smallest(std::move(ways));
  if (ways.size() > evidence_sets_max) {
    search.complete = false;
    ways.resize(evidence_sets_max);
  }
  return ways;
}

Ways both(const Ways& a, const Ways& b, Search& search) {
  Ways ways;
  for (const MissingSet& one : a) {
    for (const MissingSet& other : b) ways.push_back(joined(one, other));
    if (ways.size() > 16 * evidence_sets_max) ways = bounded(std::move(ways), search);
  }
  return bounded(std::move(ways), search);
}

Checked<Ways> ways_of(const schedule::Requirement& requirement, Search& search);

// What there is of it, so that people need not look for it.
void add_what_is_there(MissingEvidence& needed, const EvidenceRule& rule,
                       const AccountSnapshot& snapshot) {
  if (rule.use) {
    auto reading = snapshot.readings.find(needed.evidence);
    if (reading != snapshot.readings.end()) needed.value = reading->second.value;
    needed.currency = rule.use->currency;
    return;
  }
  const Proof* proof = find_proof(snapshot.account, needed.evidence);
  if (proof == nullptr) return;
  if (proof->number) needed.value = Rational(*proof->number);
  if (proof->given) needed.expired_at = expires_at(*rule.as_written, *proof);
}

Checked<Ways> ways_of_evidence(const schedule::Requirement& requirement, Search& search) {
  const AccountSnapshot& snapshot = search.snapshot;
  Checked<bool> met = is_met(requirement, snapshot);
  if (!met) return std::move(met).faults();
  if (*met) return Ways{{}};
  auto rule = snapshot.ladder.evidence.find(requirement.evidence);
  ensure(rule != snapshot.ladder.evidence.end(), "requirements name evidence that there is");
  MissingEvidence needed{
      requirement.evidence, rule->second.order, requirement.at_least, 0, {}, {}, {}};
  add_what_is_there(needed, rule->second, snapshot);
  if (!needed.at_least) return Ways{{needed}};
  if (needed.at_least->number) {
    needed.threshold = *needed.at_least->number;
    return Ways{{needed}};
  }
  Checked<Rational> threshold =
      facts::convert(needed.at_least->money.front(), rule->second.use->currency, snapshot.rates);
  if (!threshold) return std::move(threshold).faults();
  needed.threshold = *threshold;
  return Ways{{needed}};
}

// At least `count` of the parts: reached[n] are the ways to have n of those looked at so far. Where
// the parts that are left cannot make up for what is lacking, they are not kept.
Checked<Ways> ways_of_some(const schedule::Requirement& requirement, std::size_t count,
                           Search& search) {
  std::vector<Ways> reached(count + 1);
  reached[0] = {{}};
  std::size_t left = requirement.of.size();
  for (const schedule::Requirement& part : requirement.of) {
    Checked<Ways> more = ways_of(part, search);
    if (!more) return more;
    --left;
    for (std::size_t n = count; n > 0; --n) {
      Ways with = both(reached[n - 1], *more, search);
      reached[n].insert(reached[n].end(), with.begin(), with.end());
      reached[n] = bounded(std::move(reached[n]), search);
    }
    for (std::size_t n = 0; n + left < count; ++n) reached[n].clear();
  }
  return std::move(reached[count]);
}

Checked<Ways> ways_of(const schedule::Requirement& requirement, Search& search) {
  switch (requirement.kind) {
    case schedule::Requirement::Kind::evidence:
      return ways_of_evidence(requirement, search);
    case schedule::Requirement::Kind::all:
      return ways_of_some(requirement, requirement.of.size(), search);
    case schedule::Requirement::Kind::any:
      return ways_of_some(requirement, 1, search);
    case schedule::Requirement::Kind::at_least:
      return ways_of_some(requirement, static_cast<std::size_t>(requirement.count), search);
  }
  ensure(false, "a requirement has one of four kinds");
  return Ways{};
}

}  // namespace

Checked<std::vector<MissingSet>> missing_for(const AccountSnapshot& snapshot, std::size_t tier,
                                             bool* complete) {
  Search search{snapshot};
  Ways ways = {{}};
  for (std::size_t i = 0; i <= tier; ++i) {
    const schedule::Tier& one = snapshot.ladder.schedule->tiers[i];
    if (!one.requires_) continue;
    Checked<Ways> more = ways_of(*one.requires_, search);
    if (!more) return more;
    ways = both(ways, *more, search);
  }
  std::sort(ways.begin(), ways.end(), comes_before);
  if (complete != nullptr) *complete = search.complete;
  return ways;
}

}  // namespace levy::limits
