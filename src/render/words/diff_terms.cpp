#include "render/words/diff_terms.h"

#include <algorithm>
#include <set>

#include "render/words/words.h"
#include "schedule/walk.h"

namespace levy::render::words {
namespace {

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
  TermComparer(const schedule::Schedule& before, const schedule::Schedule& after)
      : before_(before), after_(after), old_words_{before, "en"}, new_words_{after, "en"} {}

  std::vector<TermChange> run() {
    add_meters();
    add_quantities();
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

  // Of one reading the cost may be the same, but no longer of one account.
  void add_meters() {
    for (const std::string& id : ids_of(before_.fees, after_.fees)) {
      const schedule::Fee *one = schedule::find_id(before_.fees, id),
                          *other = schedule::find_id(after_.fees, id);
      const schedule::Meter* old_meter = one ? schedule::find_meter(*one) : nullptr;
      const schedule::Meter* new_meter = other ? schedule::find_meter(*other) : nullptr;
      if (old_meter == nullptr || new_meter == nullptr) continue;
      add("fee", id, "", "counts " + counted_words(*old_meter, old_words_),
          "counts " + counted_words(*new_meter, new_words_));
    }
  }

  static std::string counted_words(const schedule::Meter& meter, const Wording& wording) {
    std::string words = meter_words(meter, wording);
    return words.empty() ? "each operation" : words;
  }

  void add_quantities() {
    for (const schedule::Quantity& one : before_.quantities) {
      const schedule::Quantity* other = after_.find_quantity(one.name);
      if (other != nullptr) add("quantity", one.name, "", values_words(one), values_words(*other));
    }
  }

  static std::string values_words(const schedule::Quantity& quantity) {
    std::string words = quantity.min ? "from " + quantity.min->to_string() : "any";
    if (quantity.max) words += " up to " + quantity.max->to_string();
    if (quantity.by_default) words += ", " + quantity.by_default->to_string() + " where not given";
    return words;
  }

  static std::string scope(const schedule::Limit& limit, const Wording& wording) {
    std::string words = meter_words(limit.meter, wording);
    return words.empty() ? "each operation" : words;
  }

  void add_limits() {
    std::vector<std::string> tiers = ids_of(before_.tiers, after_.tiers);
    for (const std::string& id : ids_of(before_.limits, after_.limits)) {
      const schedule::Limit *one = schedule::find_id(before_.limits, id),
                            *other = schedule::find_id(after_.limits, id);
      add("limit", id, "", one ? scope(*one, old_words_) : "",
          other ? scope(*other, new_words_) : "");
      bool by_tier = is_by_tier(one) || is_by_tier(other);
      if (!by_tier) add_bounds(id, "", one, other);
      for (std::size_t i = 0; by_tier && i < tiers.size(); ++i)
        add_bounds(id, tiers[i], one, other);
    }
  }

  static bool is_by_tier(const schedule::Limit* limit) {
    return limit != nullptr && limit->is_by_tier();
  }

  void add_bounds(const std::string& id, const std::string& tier, const schedule::Limit* one,
                  const schedule::Limit* other) {
    auto words = [&](const schedule::Limit* limit, const schedule::Schedule& schedule,
                     const Wording& wording) {
      bool there =
          limit != nullptr && (!is_by_tier(limit) || schedule::find_id(schedule.tiers, tier));
      return there ? allowed_words(*limit, is_by_tier(limit) ? tier : "", wording) : "";
    };
    add("limit", id, tier, words(one, before_, old_words_), words(other, after_, new_words_));
  }

  static std::string needs(const schedule::Tier& tier, const Wording& wording) {
    return tier.requires_ ? requirement_words(*tier.requires_, wording) : "nothing";
  }

  void add_tiers() {
    for (const std::string& id : ids_of(before_.tiers, after_.tiers)) {
      const schedule::Tier *one = schedule::find_id(before_.tiers, id),
                           *other = schedule::find_id(after_.tiers, id);
      add("tier", id, "", one ? "requires " + needs(*one, old_words_) : "",
          other ? "requires " + needs(*other, new_words_) : "");
    }
    auto order = [](const schedule::Schedule& schedule) {
      std::string words;
      for (const schedule::Tier& tier : schedule.tiers)
        words += (words.empty() ? "" : " < ") + tier.id;
      return words;
    };
    add("order of tiers", "", "", order(before_), order(after_));
  }

  void add_evidence() {
    for (const std::string& id : ids_of(before_.evidence, after_.evidence)) {
      const schedule::Evidence *one = schedule::find_id(before_.evidence, id),
                               *other = schedule::find_id(after_.evidence, id);
      add("evidence", id, "", one ? evidence_words(*one, old_words_) : "",
          other ? evidence_words(*other, new_words_) : "");
    }
  }

  void add_guarantee(std::size_t i) {
    auto words = [&](const schedule::Schedule& schedule, const Wording& wording) {
      if (i >= schedule.guarantees.size()) return std::string();
      const schedule::Guarantee& one = schedule.guarantees[i];
      std::string when = when_words(one.when, wording);
      return promise_words(one, wording) + (when.empty() ? "" : " where " + when);
    };
    add("guarantee", std::to_string(i + 1), "", words(before_, old_words_),
        words(after_, new_words_));
  }

  // A condition names a large set by its name alone.
  void add_sets() {
    auto members = [](const schedule::Schedule& schedule, const std::string& name) {
      for (const schedule::Set& set : schedule.sets) {
        if (set.name == name) return set.members;
      }
      return std::vector<std::string>();
    };
    std::set<std::string> names;
    for (const schedule::Set& set : before_.sets) names.insert(set.name);
    for (const schedule::Set& set : after_.sets) names.insert(set.name);
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

  const schedule::Schedule& before_;
  const schedule::Schedule& after_;
  Wording old_words_, new_words_;
  std::vector<TermChange> changes_;
};

// ---- what is said in another order, or with other titles ---------------------------------------

void sort_money(MoneyList& money) {
  std::sort(money.begin(), money.end(),
            [](const Money& a, const Money& b) { return a.currency.code() < b.currency.code(); });
}

void sort_money(std::optional<schedule::Bounds>& bounds) {
  if (!bounds) return;
  for (auto& [tier, figure] : bounds->figures)
    if (figure) sort_money(figure->money);
}

void sort_money(std::optional<schedule::Guarantee::Promise>& promise) {
  if (promise && promise->money) sort_money(promise->money->money);
}

void sort_conditions(schedule::When& when) {
  for (schedule::Condition& condition : when.conditions) {
    std::sort(condition.values.begin(), condition.values.end());
    schedule::each_figure(condition, [](schedule::Figure& figure) { sort_money(figure.money); });
  }
  std::stable_sort(
      when.conditions.begin(), when.conditions.end(),
      [](const schedule::Condition& a, const schedule::Condition& b) { return a.name < b.name; });
}

// The same terms, in an order of our own and without titles.
schedule::Schedule in_order(schedule::Schedule schedule) {
  for (schedule::Limit& limit : schedule.limits) {
    schedule::each_when(limit.meter, sort_conditions);
    for (auto* bounds : {&limit.min, &limit.max}) sort_money(*bounds);
  }
  for (schedule::Evidence& evidence : schedule.evidence) {
    evidence.title = evidence.note = {};
    if (evidence.meter) schedule::each_when(*evidence.meter, sort_conditions);
  }
  for (schedule::Tier& tier : schedule.tiers) tier.title = tier.note = {};
  for (schedule::Guarantee& guarantee : schedule.guarantees) {
    if (guarantee.when) sort_conditions(*guarantee.when);
    for (auto* promise :
         {&guarantee.fee_at_most, &guarantee.fee_at_least, &guarantee.credit_at_least})
      sort_money(*promise);
  }
  return schedule;
}

}  // namespace

std::vector<TermChange> term_changes(const schedule::Schedule& before,
                                     const schedule::Schedule& after) {
  std::vector<TermChange> shown = TermComparer(before, after).run();
  if (shown.empty()) return shown;
  schedule::Schedule one = in_order(before), other = in_order(after);
  std::vector<TermChange> real = TermComparer(one, other).run();
  auto same_term = [](const TermChange& a, const TermChange& b) {
    return a.part == b.part && a.id == b.id && a.tier == b.tier;
  };
  std::erase_if(shown, [&](const TermChange& change) {
    return std::none_of(real.begin(), real.end(), [&](const TermChange& other_change) {
      return same_term(change, other_change);
    });
  });
  return shown;
}

// Which values of two files differ, and which of them are mere text.

namespace {

constexpr std::size_t shown_max = 60;

std::string shortened_text(const formats::Document& document, const formats::Node& node) {
  std::string text(document.source.text().substr(node.begin, node.end - node.begin));
  std::string line;
  for (char c : text) {
    bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!space || (!line.empty() && line.back() != ' ')) line += space ? ' ' : c;
  }
  if (line.size() <= shown_max) return line;
  std::size_t cut = shown_max - 3;
  while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
  return line.substr(0, cut) + "...";
}

bool is_text_key(const std::string& key) {
  for (const char* text : {"title", "note", "source", "version", "$schema", "examples"}) {
    if (key == text) return true;
  }
  return false;
}

class Comparer {
 public:
  Comparer(const formats::Document& before, const formats::Document& after)
      : before_(before), after_(after) {}

  void compare(const formats::Node* before, const formats::Node* after, const std::string& pointer,
               bool is_text) {
    if (before == nullptr || after == nullptr || before->kind != after->kind)
      return add(before, after, pointer, is_text);
    switch (before->kind) {
      case formats::Node::Kind::object:
        return compare_members(*before, *after, pointer, is_text);
      case formats::Node::Kind::array:
        return compare_items(*before, *after, pointer, is_text);
      case formats::Node::Kind::null:
        return;
      case formats::Node::Kind::boolean:
        if (before->truth != after->truth) add(before, after, pointer, is_text);
        return;
      case formats::Node::Kind::number:
      case formats::Node::Kind::string:
        if (before->text != after->text) add(before, after, pointer, is_text);
    }
  }

  std::vector<FileChange> take() { return std::move(changes_); }

 private:
  void compare_members(const formats::Node& before, const formats::Node& after,
                       const std::string& pointer, bool is_text) {
    for (const formats::Member& member : before.members) {
      compare(&member.value, after.find(member.key), pointer + "/" + member.key,
              is_text || is_text_key(member.key));
    }
    for (const formats::Member& member : after.members) {
      if (before.find(member.key) != nullptr) continue;
      compare(nullptr, &member.value, pointer + "/" + member.key,
              is_text || is_text_key(member.key));
    }
  }

  static const formats::Node* find_item(const formats::Node& list, const std::string& id) {
    for (const formats::Node& item : list.items) {
      const formats::Node* own = item.is(formats::Node::Kind::object) ? item.find("id") : nullptr;
      if (own != nullptr && own->text == id) return &item;
    }
    return nullptr;
  }

  // The item of `list` that is `item`, at `index` in its own list.
  static const formats::Node* counterpart(const formats::Node& list, const formats::Node& item,
                                          std::size_t index) {
    const formats::Node* id = item.is(formats::Node::Kind::object) ? item.find("id") : nullptr;
    if (id != nullptr) return find_item(list, id->text);
    return index < list.items.size() ? &list.items[index] : nullptr;
  }

  void compare_items(const formats::Node& before, const formats::Node& after,
                     const std::string& pointer, bool is_text) {
    for (std::size_t i = 0; i < after.items.size(); ++i) {
      compare(counterpart(before, after.items[i], i), &after.items[i],
              pointer + "/" + std::to_string(i), is_text);
    }
    for (std::size_t i = 0; i < before.items.size(); ++i) {
      if (counterpart(after, before.items[i], i) == nullptr)
        compare(&before.items[i], nullptr, pointer + "/" + std::to_string(i), is_text);
    }
  }

  void add(const formats::Node* before, const formats::Node* after, const std::string& pointer,
           bool is_text) {
    changes_.push_back({pointer, is_text, before == nullptr ? "" : shortened_text(before_, *before),
                        after == nullptr ? "" : shortened_text(after_, *after)});
  }

  const formats::Document& before_;
  const formats::Document& after_;
  std::vector<FileChange> changes_;
};

}  // namespace

std::vector<FileChange> file_changes(const formats::Document& before,
                                     const formats::Document& after) {
  Comparer comparer(before, after);
  comparer.compare(&before.root, &after.root, "", false);
  return comparer.take();
}

}  // namespace levy::render::words
