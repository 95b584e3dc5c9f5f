#include "render/text/schedule_layout.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "render/text/text_width.h"
#include "schedule/decode/keys.h"

namespace levy::render::text {
namespace {

constexpr std::size_t layout_columns_max = 120;

// Where the key stands among those of its kind; what is unknown comes after them.
std::size_t rank_of(schedule::decode::ObjectKind kind, std::string_view key) {
  schedule::decode::KnownKeys keys = schedule::decode::keys_of(kind);
  return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
}

std::vector<const formats::Member*> members_in_order(const formats::Node& object,
                                                     schedule::decode::ObjectKind kind) {
  std::vector<const formats::Member*> members;
  for (const formats::Member& member : object.members) members.push_back(&member);
  std::stable_sort(members.begin(), members.end(),
                   [kind](const formats::Member* a, const formats::Member* b) {
                     return rank_of(kind, a->key) < rank_of(kind, b->key);
                   });
  return members;
}

bool is_scalar(const formats::Node& node) {
  return !node.is(formats::Node::Kind::array) && !node.is(formats::Node::Kind::object);
}

class LayoutWriter {
 public:
  explicit LayoutWriter(const formats::Document& document) : text_(document.source.text()) {}

  std::string of(const formats::Node& root) {
    write(root, {schedule::decode::ObjectKind::named, "", schedule::decode::ObjectKind::root}, 0,
          0);
    return std::move(out_) + "\n";
  }

 private:
  std::string_view written(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }
  std::string key_of(const formats::Member& member) const {
    return std::string(written(member.key_begin, member.key_end)) + ": ";
  }
  bool must_break(const formats::Node& node, const schedule::decode::ObjectPlace& place) const;
  std::string on_a_line(const formats::Node& node, schedule::decode::ObjectKind kind) const;
  void write(const formats::Node& node, const schedule::decode::ObjectPlace& place,
             std::size_t indent, std::size_t around);
  void write_items(const formats::Node& array, schedule::decode::ObjectKind kind,
                   std::size_t indent);
  void write_members(const formats::Node& object, schedule::decode::ObjectKind kind,
                     std::size_t indent);
  void fill(const formats::Node& array, std::size_t indent);

  std::string_view text_;
  std::string out_;
};

// A table has a line for each row: at the top of the document always, elsewhere from two rows on.
bool LayoutWriter::must_break(const formats::Node& node,
                              const schedule::decode::ObjectPlace& place) const {
  std::size_t rows = node.items.size() + node.members.size();
  if (place.kind == schedule::decode::ObjectKind::root) return rows > 0;
  if (place.is_table && rows > (place.parent == schedule::decode::ObjectKind::root ? 0U : 1U))
    return true;
  auto item_breaks = [&](const formats::Node& item) {
    return must_break(item, {place.parent, "", place.kind});
  };
  auto member_breaks = [&](const formats::Member& member) {
    return must_break(member.value, schedule::decode::place_under(place.kind, member.key));
  };
  return std::any_of(node.items.begin(), node.items.end(), item_breaks) ||
         std::any_of(node.members.begin(), node.members.end(), member_breaks);
}

std::string LayoutWriter::on_a_line(const formats::Node& node,
                                    schedule::decode::ObjectKind kind) const {
  if (is_scalar(node)) return std::string(written(node.begin, node.end));
  bool is_array = node.is(formats::Node::Kind::array);
  std::string line;
  for (const formats::Node& item : node.items)
    line += (line.empty() ? "" : ", ") + on_a_line(item, kind);
  for (const formats::Member* member : members_in_order(node, kind)) {
    line += (line.empty() ? "" : ", ") + key_of(*member) +
            on_a_line(member->value, schedule::decode::place_under(kind, member->key).kind);
  }
  return is_array ? "[" + line + "]" : "{" + line + "}";
}

// `around`: the columns that its line has already, and those of the comma after it.
void LayoutWriter::write(const formats::Node& node, const schedule::decode::ObjectPlace& place,
                         std::size_t indent, std::size_t around) {
  if (is_scalar(node)) {
    out_ += written(node.begin, node.end);
    return;
  }
  if (!must_break(node, place)) {
    std::string line = on_a_line(node, place.kind);
    bool is_empty = node.items.empty() && node.members.empty();
    if (is_empty || around + display_width(line) <= layout_columns_max) {
      out_ += line;
      return;
    }
  }
  bool is_array = node.is(formats::Node::Kind::array);
  out_ += is_array ? '[' : '{';
  if (is_array && std::all_of(node.items.begin(), node.items.end(), is_scalar)) {
    fill(node, indent + 2);
  } else if (is_array) {
    write_items(node, place.kind, indent + 2);
  } else {
    write_members(node, place.kind, indent + 2);
  }
  out_ += "\n" + std::string(indent, ' ') + (is_array ? ']' : '}');
}

void LayoutWriter::write_items(const formats::Node& array, schedule::decode::ObjectKind kind,
                               std::size_t indent) {
  for (const formats::Node& item : array.items) {
    std::size_t comma = &item == &array.items.back() ? 0 : 1;
    out_ += "\n" + std::string(indent, ' ');
    write(item, {schedule::decode::ObjectKind::named, "", kind}, indent, indent + comma);
    if (comma > 0) out_ += ',';
  }
}

void LayoutWriter::write_members(const formats::Node& object, schedule::decode::ObjectKind kind,
                                 std::size_t indent) {
  std::vector<const formats::Member*> members = members_in_order(object, kind);
  for (const formats::Member* member : members) {
    std::size_t comma = member == members.back() ? 0 : 1;
    std::string key = key_of(*member);
    out_ += "\n" + std::string(indent, ' ') + key;
    write(member->value, schedule::decode::place_under(kind, member->key), indent,
          indent + display_width(key) + comma);
    if (comma > 0) out_ += ',';
  }
}

// As many of a long list of words as a line holds.
void LayoutWriter::fill(const formats::Node& array, std::size_t indent) {
  std::size_t columns = layout_columns_max;  // so that the first one starts a line
  for (const formats::Node& item : array.items) {
    std::string word(written(item.begin, item.end));
    if (&item != &array.items.back()) word += ',';
    std::size_t width = display_width(word);
    if (columns + 1 + width > layout_columns_max) {
      out_ += "\n" + std::string(indent, ' ') + word;
      columns = indent + width;
    } else {
      out_ += " " + word;
      columns += 1 + width;
    }
  }
}

}  // namespace

std::string schedule_layout(const formats::Document& document) {
  return LayoutWriter(document).of(document.root);
}

}  // namespace levy::render::text
