#include "render/history_counts.h"

namespace levy {
namespace {

std::string number_text(std::uint64_t count) { return std::to_string(count); }

}  // namespace

void add_history(Page& page, const std::optional<HistoryCounts>& counts) {
  if (!counts) return;
  std::string text = "History: " + number_text(counts->rows) +
                     (counts->rows == 1 ? " row, " : " rows, ") + number_text(counts->account) +
                     " of this account, " + number_text(counts->counted) + " counted";
  std::string_view join = "; left out: ";
  auto leave_out = [&](std::uint64_t rows, const std::string& why) {
    text += join;
    text += number_text(rows) + " " + why;
    join = ", ";
  };
  for (const auto& [status, rows] : counts->left_out) leave_out(rows, status);
  if (counts->later > 0) leave_out(counts->later, "after this time");
  page.push_back(Paragraph{std::move(text)});
}

void write_history(JsonWriter& json, const std::optional<HistoryCounts>& counts) {
  if (!counts) return;
  auto member = [&](std::string_view name, std::uint64_t rows) {
    json.key(name);
    json.number(number_text(rows));
  };
  json.object("history", [&] {
    member("rows", counts->rows);
    member("account", counts->account);
    member("counted", counts->counted);
    if (counts->later > 0) member("later", counts->later);
    json.object("left_out", [&] {
      for (const auto& [status, rows] : counts->left_out) member(status, rows);
    });
  });
}

}  // namespace levy
