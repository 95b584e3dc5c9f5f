// How somebody's export is read (levy-mapping(5)): a JSON document that says how a table is written
// and what its columns are to levy. What it says of texts is done by mapped_rows.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/checked.h"
#include "base/source.h"
#include "facts/number_forms.h"
#include "formats/row.h"
#include "time/time_format.h"

namespace levy::facts {

struct TimeForm {
  TimeFormat format;
  std::optional<TimeZone> timezone;  // of times without an offset; none: the schedule's
};

// What a field is read from: columns, or a constant, or nothing.
struct FieldMapping {
  enum class Case { keep, lower, upper };

  std::string field;
  std::vector<std::string> columns;     // their texts, as far as there are any, joined by blanks
  std::optional<std::string> constant;  // in place of columns
  std::vector<std::string> strips;      // texts taken off the cell's beginning and end
  bool has_values = false;              // the cell must be one of `values`, or `other` stands
  std::map<std::string, std::string, std::less<>> values;
  std::optional<std::string> other;
  Case letters = Case::keep;
  NumberSign sign = NumberSign::keep;
  Place place;
};

// A row is read where it meets one of the choices, and is skipped where it meets none.
struct ColumnCondition {
  std::string column;
  std::vector<std::string> texts;
  bool is_not = false;  // any text but these
  Place place;
};
using RowChoice = std::vector<ColumnCondition>;

struct Mapping {
  std::string file, id;
  formats::TableShape shape;
  std::optional<NumberForm> numbers;
  std::optional<TimeForm> times;
  std::vector<RowChoice> choices;  // none: every row is read
  std::vector<FieldMapping> fields;

  const FieldMapping* find(std::string_view field) const;  // null: it says nothing of it
};

// All faults in one run, each at its place.
Checked<Mapping> load_mapping(Source source);

}  // namespace levy::facts
