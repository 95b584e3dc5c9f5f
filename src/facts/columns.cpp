#include "facts/columns.h"

#include <algorithm>

#include "base/text.h"
#include "facts/meters.h"
#include "schedule/attributes.h"

namespace levy::facts {
namespace {

constexpr std::string_view used_prefix = "used.";
// Half of a shorter name changes with one edit: "in" is not "id" misspelt.
constexpr std::size_t edited_size_min = 4;

// Without case, blanks, "_" and "-".
std::string plain(std::string_view name) {
  std::string text;
  for (char c : name) {
    if (c == ' ' || c == '\t' || c == '_' || c == '-') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

// Does one of these edits make the one into the other: a letter more, less, another, or two
// swapped?
bool is_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t first = 0;
  while (first < a.size() && a[first] == b[first]) ++first;
  std::string_view rest = a.substr(first), other = b.substr(first);
  if (rest.size() < other.size()) return rest == other.substr(1);
  if (rest.empty()) return false;
  if (rest.substr(1) == other.substr(1)) return true;
  return rest.size() > 1 && rest[0] == other[1] && rest[1] == other[0] &&
         rest.substr(2) == other.substr(2);
}

// Where the key stands in a line of JSON; 0: it is written with an escape.
std::size_t place_of(const formats::Row& row, std::string_view key) {
  std::size_t at = row.raw.find('"' + std::string(key) + '"');
  return at == std::string_view::npos ? 0 : at;
}

}  // namespace

std::vector<std::string> row_fields(const schedule::Schedule& schedule) {
  std::vector<std::string> names = {"id",      "account",  "time", "operation", "amount",
                                    "balance", "currency", "rate", "receive",   "pay"};
  auto add = [&](std::string name) {
    if (!is_among(names, name)) names.push_back(std::move(name));
  };
  for (const std::string& name : schedule::settable_names(schedule)) add(name);
  for (const MeterUse& use : meters_of(schedule)) add(std::string(used_prefix) + use.id);
  return names;
}

std::vector<std::string> history_fields(const schedule::Schedule& schedule) {
  std::vector<std::string> names = row_fields(schedule);
  for (const char* name : {"status", "debit", "fee"}) names.emplace_back(name);
  for (const schedule::Fee& fee : schedule.fees) names.push_back("fee." + fee.id);
  return names;
}

Request request_of(const formats::Row& row, const schedule::Schedule& schedule) {
  Request request;
  std::vector<std::string> operations = schedule.operations();
  if (operations.size() == 1) request.operation = operations.front();
  auto take = [&](std::string_view name) {
    std::string_view text = row.text_of(name);
    if (!text.empty()) request.set(name, text);
  };
  for (std::string_view name : {"operation", "amount", "currency", "to_currency", "time", "rate"})
    take(name);
  for (const std::string& name : schedule::settable_names(schedule)) {
    if (name != "currency" && name != "to_currency" && name != "amount") take(name);
  }
  return request;
}

std::vector<std::pair<std::string, std::string>> used_of(const formats::Row& row,
                                                         const schedule::Schedule& schedule) {
  std::vector<std::pair<std::string, std::string>> used;
  for (const MeterUse& meter : meters_of(schedule)) {
    std::string_view text = row.text_of(std::string(used_prefix) + meter.id);
    if (!text.empty()) used.emplace_back(meter.id, std::string(text));
  }
  return used;
}

ColumnCheck::ColumnCheck(std::vector<std::string> fields, Remedy remedy,
                         std::vector<std::string> given, std::vector<std::string> own)
    : fields_(std::move(fields)), remedy_(remedy), given_(std::move(given)), own_(std::move(own)) {
  for (const std::string& field : fields_) plain_fields_.push_back(plain(field));
}

// The field that it nearly is. What is a field, or follows from the time ("date"), is meant so.
std::optional<std::string> ColumnCheck::nearest(std::string_view name) const {
  bool is_meant = is_among(fields_, name) || is_among(schedule::builtin_attributes(), name);
  if (name.empty() || is_meant) return std::nullopt;
  std::string text = plain(name);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (plain_fields_[i] == text) return fields_[i];
  }
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    bool is_long = std::min(plain_fields_[i].size(), text.size()) >= edited_size_min;
    if (is_long && is_one_edit(text, plain_fields_[i])) return fields_[i];
  }
  return std::nullopt;
}

std::optional<ColumnCheck::Near> ColumnCheck::find(
    const std::vector<std::string_view>& names) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::optional<std::string> field = nearest(names[i]);
    if (!field || is_among(given_, *field) || is_among(own_, names[i])) continue;
    if (std::find(names.begin(), names.end(), *field) != names.end()) continue;
    return Near{i, *field};
  }
  return std::nullopt;
}

bool ColumnCheck::has_field(const std::vector<std::string_view>& names) const {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return name.starts_with(used_prefix) || is_among(fields_, name) || is_among(own_, name);
  });
}

std::optional<Diagnostic> ColumnCheck::check(const formats::Row& row, const std::string& file) {
  bool is_csv = row.tokens.empty();
  if (row.fault || (is_csv && std::exchange(csv_seen_, true))) return std::nullopt;
  bool is_suspect = is_csv;
  for (std::size_t i = 0; i < row.names.size() && !is_csv; ++i) {
    std::string_view name = row.names[i];
    if (harmless_.contains(name)) continue;
    if (nearest(name)) {
      is_suspect = true;
    } else {
      harmless_.emplace(name);
    }
  }
  std::optional<Near> near = is_suspect ? find(row.names) : std::nullopt;
  std::optional<Diagnostic> fault;
  if (near) {
    std::string_view name = row.names[near->index];
    fault = fault_of(name, near->field);
    if (!is_csv) fault->place = Place::of_record(file, row.line, row.raw, place_of(row, name));
  } else if (is_csv && !has_field(row.names)) {
    fault = no_field();
  }
  if (fault && is_csv) fault->place = Place::of_line(file, 1);
  return fault;
}

Diagnostic ColumnCheck::no_field() const {
  Diagnostic fault{Code::misspelt_column, "no column of the first line is a field",
                   "begin with a line of column names"};
  if (remedy_ == Remedy::map)
    fault.remedy += ", give them with --columns, or say which is which with --map FIELD=COLUMN";
  return fault;
}

Diagnostic ColumnCheck::fault_of(std::string_view column, const std::string& field) const {
  std::string name(column);
  Diagnostic fault{
      Code::misspelt_column,
      "the column " + in_quotes(name) + " is not a field (did you mean " + in_quotes(field) + "?)",
      "call it \"" + field + "\""};
  if (remedy_ == Remedy::map)
    fault.remedy =
        "rename it, take it with --map 'FIELD=" + name + "', or pass it on with --map FIELD=";
  return fault;
}

}  // namespace levy::facts
