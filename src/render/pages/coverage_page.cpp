#include "render/pages/coverage_page.h"

#include "base/text.h"
#include "formats/json_writer.h"
#include "render/text/text_width.h"

namespace levy::render::pages {
namespace {

using Kind = examples::CoverItem::Kind;

// ---- what an item is of ------------------------------------------------------------------------

std::string case_words(const examples::CoverItem& item, const words::Wording& wording) {
  const schedule::Fee& fee = *item.fee;
  if (fee.in_place || item.kind == Kind::line_rounding) return fee.id;
  std::string when = words::when_words(fee.cases[item.case_index].when, wording);
  return fee.id + ", case " + std::to_string(item.case_index + 1) + " (" +
         (when.empty() ? "otherwise" : when) + ")";
}

// "band 2 (up to 1000.00 EUR) of withdrawal".
std::string part_words(const examples::CoverItem& item, const words::Wording& wording) {
  std::string of = case_words(item, wording);
  if (item.number == 0) return of;
  std::string number = std::to_string(item.number);
  if (item.band == nullptr) return "member " + number + " of " + of;
  std::string bound = "the last";
  if (item.band->bound)
    bound = (item.band->inclusive ? "up to " : "below ") +
            words::figure_words(*item.band->bound, wording);
  return "band " + number + " (" + bound + ") of " + of;
}

std::string limit_words(const examples::CoverItem& item) {
  return "the limit " + item.limit->id + (item.tier.empty() ? "" : ", tier " + item.tier);
}

// ---- what it does ------------------------------------------------------------------------------

struct Saying {
  std::string subject, does, does_not;
};

Saying bound_saying(const std::string& bound, bool binds, const std::string& of) {
  if (binds) return {"the " + bound + " of " + of, "binds", "never binds"};
  return {"the " + bound + " of " + of, "leaves the charge as it is",
          "never leaves the charge as it is"};
}

Saying saying_of(const examples::CoverItem& item, const words::Wording& wording) {
  switch (item.kind) {
    case Kind::taken:
      return {case_words(item, wording), "applies", "never applies"};
    case Kind::graduated_band:
    case Kind::slab_band:
      return {part_words(item, wording), "is reached", "is never reached"};
    case Kind::min_binds:
    case Kind::min_idle:
      return bound_saying("minimum", item.kind == Kind::min_binds, part_words(item, wording));
    case Kind::max_binds:
    case Kind::max_idle:
      return bound_saying("maximum", item.kind == Kind::max_binds, part_words(item, wording));
    case Kind::cap_binds:
    case Kind::cap_idle:
      return bound_saying("cap", item.kind == Kind::cap_binds, part_words(item, wording));
    case Kind::free_used:
      return {"the allowance of " + part_words(item, wording), "is used", "is never used"};
    case Kind::free_exceeded:
      return {"the allowance of " + part_words(item, wording), "is exceeded", "is never exceeded"};
    case Kind::member:
      return {part_words(item, wording), "decides", "never decides"};
    case Kind::line_rounding:
      return {"the rounding of " + item.fee->id, "changes the line", "never changes a line"};
    case Kind::total_rounding:
      return {"the rounding of totals", "changes a sum", "never changes a sum"};
    case Kind::limit_holds:
      return {limit_words(item), "holds", "never holds"};
    case Kind::limit_min_blocks:
      return {"the minimum of " + limit_words(item), "refuses", "never refuses"};
    case Kind::limit_max_blocks:
      return {"the maximum of " + limit_words(item), "refuses", "never refuses"};
  }
  return {};
}

std::string in_quotes(const std::string& text) {
  formats::Node node;
  node.kind = formats::Node::Kind::string;
  node.text = text;
  return text::escaped_for_terminal(formats::to_json(node));
}

// On one line with spaces, as people write it.
std::string spaced(const formats::Node& node) {
  std::string text;
  bool in_string = false, escaped = false;
  for (char c : text::escaped_for_terminal(formats::to_json(node))) {
    text += c;
    if (c == '"' && !escaped) in_string = !in_string;
    escaped = c == '\\' && !escaped;
    if (!in_string && (c == ':' || c == ',')) text += ' ';
  }
  return text;
}

std::string_view key_of(schedule::Example::Kind kind) {
  return kind == schedule::Example::Kind::check ? "check" : "quote";
}

}  // namespace

std::string uncovered_words(const examples::CoverItem& item, const words::Wording& wording) {
  Saying saying = saying_of(item, wording);
  return saying.subject + " " + saying.does_not + " in an example";
}

std::string covered_words(const examples::CoverItem& item, const words::Wording& wording) {
  Saying saying = saying_of(item, wording);
  return saying.subject + " " + saying.does;
}

std::string not_found_words(const examples::CoverItem& item) {
  if (item.limit != nullptr) return "no single operation found that shows it";
  if (item.fee == nullptr) return "no operation found that shows it";
  const schedule::Charge& charge = item.fee->cases[item.case_index].charge;
  if (charge.margin) return "it takes a conversion, and so rates";
  if (charge.convert) return "it takes rates";
  if (!charge.of.empty()) return "no operation found that shows it; it depends on other lines";
  return "no operation found that shows it";
}

void add_coverage(text::Page& page, const examples::Coverage& coverage,
                  const words::Wording& wording) {
  text::Lines& lines = text::last_lines(page);
  lines.add(wording.schedule.file + ": covered " + std::to_string(coverage.covered()) + " of " +
            std::to_string(coverage.items.size()));
  for (const examples::CoverItem& item : coverage.items) {
    if (item.by == nullptr)
      lines.item(to_string(item.place) + ": " + uncovered_words(item, wording));
  }
}

std::string title_of(const examples::Suggestion& suggestion, const examples::Coverage& coverage,
                     const words::Wording& wording) {
  constexpr std::size_t named_max = 3;
  std::string title = "computed by levy, to be checked: ";
  std::size_t count = suggestion.exercises.size();
  for (std::size_t i = 0; i < count && i < named_max; ++i) {
    title += (i > 0 ? "; " : "") + covered_words(coverage.items[suggestion.exercises[i]], wording);
  }
  if (count > named_max) title += "; and " + std::to_string(count - named_max) + " more";
  return title;
}

void add_suggestions(text::Page& page, const examples::Suggestions& suggestions,
                     const examples::Coverage& coverage, const words::Wording& wording) {
  const std::string& file = wording.schedule.file;
  std::size_t count = suggestions.examples.size();
  if (count > 0) {
    text::last_lines(page).add(
        file + ": " + std::to_string(count) +
        " suggested, with levy's own figures; check them against the tariff " +
        "before you keep them");
    page.push_back(text::Verbatim());
  }
  for (std::size_t i = 0; i < count; ++i) {
    const examples::Suggestion& one = suggestions.examples[i];
    std::vector<std::string>& lines = std::get<text::Verbatim>(page.back()).lines;
    lines.emplace_back("    {");
    lines.push_back("      \"title\": " + in_quotes(title_of(one, coverage, wording)) + ",");
    lines.push_back("      \"" + std::string(key_of(one.example.kind)) +
                    "\": " + spaced(one.example.request) + ",");
    lines.push_back("      \"expect\": " + spaced(one.example.expect));
    lines.push_back(i + 1 < count ? "    }," : "    }");
  }
  if (suggestions.not_found.empty()) return;
  text::Lines& lines = text::last_lines(page);
  lines.add(file + ": nothing to suggest for");
  for (std::size_t i : suggestions.not_found) {
    const examples::CoverItem& item = coverage.items[i];
    lines.item(to_string(item.place) + ": " + uncovered_words(item, wording) + " (" +
               not_found_words(item) + ")");
  }
}

}  // namespace levy::render::pages
