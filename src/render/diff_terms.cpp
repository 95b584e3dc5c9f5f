#include "render/diff_terms.h"

#include <algorithm>
#include <set>

#include "render/words.h"

namespace levy {
namespace {

template <class Part>
const Part* find_id(const std::vector<Part>& parts, const std::string& id) {
  auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
  return found == parts.end() ? nullptr : &*found;
}

template <class Part>
std::vector<std::string> ids_of(const std::vector<Part>& before, const std::vector<Part>& after) {
  std::vector<std::string> ids;
  for (const auto* parts : {&before, &after}) {
    for (const Part& part : *parts) {
      if (std::find(ids.begin(), ids.end(), part.id) == ids.end()) ids.push_back(part.id);
    }
  }
  return ids;
}

class TermComparer {
 public:
  TermComparer(const Schedule& before, const Schedule& after)
      : before_(before), after_(after), old_words_{before, "en"}, new_words_{after, "en"} {}

  std::vector<TermChange> run() {
    add_limits();
    add_tiers();
    add_evidence();
    add_sets();
    add("conversion", "", "", conversion_words(old_words_), conversion_words(new_words_));
    for (std::size_t i = 0; i < std::max(before_.guarantees.size(), after_.guarantees.size()); ++i)
      add_guarantee(i);
    return std::move(changes_);
  }

 private:
  void add(const char* part, const std::string& id, const std::string& tier, std::string before,
           std::string after) {
    if (before == after) return;
    changes_.push_back({part, id, tier, std::move(before), std::move(after)});
  }

  static std::string scope(const Limit& limit, const Wording& wording) {
    std::string words = meter_words(limit.meter, wording);
    return words.empty() ? "each operation" : words;
  }

  void add_limits() {
    std::vector<std::string> tiers = ids_of(before_.tiers, after_.tiers);
    for (const std::string& id : ids_of(before_.limits, after_.limits)) {
      const Limit *one = find_id(before_.limits, id), *other = find_id(after_.limits, id);
      add("limit", id, "", one ? scope(*one, old_words_) : "",
          other ? scope(*other, new_words_) : "");
      bool by_tier = is_by_tier(one) || is_by_tier(other);
      if (!by_tier) add_bounds(id, "", one, other);
      for (std::size_t i = 0; by_tier && i < tiers.size(); ++i)
        add_bounds(id, tiers[i], one, other);
    }
  }

  static bool is_by_tier(const Limit* limit) {
    return limit != nullptr &&
           ((limit->min && limit->min->by_tier) || (limit->max && limit->max->by_tier));
  }

  void add_bounds(const std::string& id, const std::string& tier, const Limit* one,
                  const Limit* other) {
    auto words = [&](const Limit* limit, const Schedule& schedule, const Wording& wording) {
      bool there = limit != nullptr && (!is_by_tier(limit) || find_id(schedule.tiers, tier));
      return there ? allowed_words(*limit, is_by_tier(limit) ? tier : "", wording) : "";
    };
    add("limit", id, tier, words(one, before_, old_words_), words(other, after_, new_words_));
  }

  static std::string needs(const Tier& tier, const Wording& wording) {
    return tier.requires_ ? requirement_words(*tier.requires_, wording) : "nothing";
  }

  void add_tiers() {
    for (const std::string& id : ids_of(before_.tiers, after_.tiers)) {
      const Tier *one = find_id(before_.tiers, id), *other = find_id(after_.tiers, id);
      add("tier", id, "", one ? "requires " + needs(*one, old_words_) : "",
          other ? "requires " + needs(*other, new_words_) : "");
    }
    auto order = [](const Schedule& schedule) {
      std::string words;
      for (const Tier& tier : schedule.tiers) words += (words.empty() ? "" : " < ") + tier.id;
      return words;
    };
    add("order of tiers", "", "", order(before_), order(after_));
  }

  void add_evidence() {
    for (const std::string& id : ids_of(before_.evidence, after_.evidence)) {
      const Evidence *one = find_id(before_.evidence, id), *other = find_id(after_.evidence, id);
      add("evidence", id, "", one ? evidence_words(*one, old_words_) : "",
          other ? evidence_words(*other, new_words_) : "");
    }
  }

  void add_guarantee(std::size_t i) {
    auto words = [&](const Schedule& schedule, const Wording& wording) {
      if (i >= schedule.guarantees.size()) return std::string();
      const Guarantee& one = schedule.guarantees[i];
      std::string when = when_words(one.when, wording);
      return promise_words(one, wording) + (when.empty() ? "" : " where " + when);
    };
    add("guarantee", std::to_string(i + 1), "", words(before_, old_words_),
        words(after_, new_words_));
  }

  // A condition names a large set by its name alone.
  void add_sets() {
    auto members = [](const Schedule& schedule, const std::string& name) {
      for (const Set& set : schedule.sets) {
        if (set.name == name) return set.members;
      }
      return std::vector<std::string>();
    };
    std::set<std::string> names;
    for (const Set& set : before_.sets) names.insert(set.name);
    for (const Set& set : after_.sets) names.insert(set.name);
    for (const std::string& name : names) {
      std::vector<std::string> old_members = members(before_, name),
                               new_members = members(after_, name);
      auto without = [](const std::vector<std::string>& all, const std::vector<std::string>& less) {
        std::string words;
        for (const std::string& one : all) {
          if (std::find(less.begin(), less.end(), one) == less.end())
            words += (words.empty() ? "" : ", ") + one;
        }
        return words;
      };
      std::string gone = without(old_members, new_members),
                  come = without(new_members, old_members);
      if (gone.empty() && come.empty()) continue;
      changes_.push_back({"set", name, "", gone.empty() ? "" : "with " + gone,
                          come.empty() ? "" : "with " + come});
    }
  }

  const Schedule& before_;
  const Schedule& after_;
  Wording old_words_, new_words_;
  std::vector<TermChange> changes_;
};

}  // namespace

std::vector<TermChange> term_changes(const Schedule& before, const Schedule& after) {
  return TermComparer(before, after).run();
}

}  // namespace levy
