// Which values of two files differ, and which of them are mere text.
#include <algorithm>

#include "render/diff_terms.h"

namespace levy {
namespace {

constexpr std::size_t shown_max = 60;

std::string shortened_text(const Document& document, const Node& node) {
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
  Comparer(const Document& before, const Document& after) : before_(before), after_(after) {}

  void compare(const Node* before, const Node* after, const std::string& pointer, bool is_text) {
    if (before == nullptr || after == nullptr || before->kind != after->kind)
      return add(before, after, pointer, is_text);
    switch (before->kind) {
      case Node::Kind::object:
        return compare_members(*before, *after, pointer, is_text);
      case Node::Kind::array:
        return compare_items(*before, *after, pointer, is_text);
      case Node::Kind::null:
        return;
      case Node::Kind::boolean:
        if (before->truth != after->truth) add(before, after, pointer, is_text);
        return;
      case Node::Kind::number:
      case Node::Kind::string:
        if (before->text != after->text) add(before, after, pointer, is_text);
    }
  }

  std::vector<FileChange> take() { return std::move(changes_); }

 private:
  void compare_members(const Node& before, const Node& after, const std::string& pointer,
                       bool is_text) {
    for (const Member& member : before.members) {
      compare(&member.value, after.find(member.key), pointer + "/" + member.key,
              is_text || is_text_key(member.key));
    }
    for (const Member& member : after.members) {
      if (before.find(member.key) != nullptr) continue;
      compare(nullptr, &member.value, pointer + "/" + member.key,
              is_text || is_text_key(member.key));
    }
  }

  static const Node* find_item(const Node& list, const std::string& id) {
    for (const Node& item : list.items) {
      const Node* own = item.is(Node::Kind::object) ? item.find("id") : nullptr;
      if (own != nullptr && own->text == id) return &item;
    }
    return nullptr;
  }

  // The item of `list` that is `item`, at `index` in its own list.
  static const Node* counterpart(const Node& list, const Node& item, std::size_t index) {
    const Node* id = item.is(Node::Kind::object) ? item.find("id") : nullptr;
    if (id != nullptr) return find_item(list, id->text);
    return index < list.items.size() ? &list.items[index] : nullptr;
  }

  void compare_items(const Node& before, const Node& after, const std::string& pointer,
                     bool is_text) {
    for (std::size_t i = 0; i < after.items.size(); ++i) {
      compare(counterpart(before, after.items[i], i), &after.items[i],
              pointer + "/" + std::to_string(i), is_text);
    }
    for (std::size_t i = 0; i < before.items.size(); ++i) {
      if (counterpart(after, before.items[i], i) == nullptr)
        compare(&before.items[i], nullptr, pointer + "/" + std::to_string(i), is_text);
    }
  }

  void add(const Node* before, const Node* after, const std::string& pointer, bool is_text) {
    changes_.push_back({pointer, is_text, before == nullptr ? "" : shortened_text(before_, *before),
                        after == nullptr ? "" : shortened_text(after_, *after)});
  }

  const Document& before_;
  const Document& after_;
  std::vector<FileChange> changes_;
};

}  // namespace

std::vector<FileChange> file_changes(const Document& before, const Document& after) {
  Comparer comparer(before, after);
  comparer.compare(&before.root, &after.root, "", false);
  return comparer.take();
}

}  // namespace levy
