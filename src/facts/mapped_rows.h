// What a mapping (mapping.h) makes of a table's rows: the texts of its cells become texts as levy
// reads them, exactly, and nothing else is decided here.
//
//   {"fields": {"amount": {"column": "Betrag", "sign": "absolute"}}, "numbers": {"decimal": ",",
//    "group": "."}}                                   "-1.234,50" in Betrag is the amount 1234.50
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/mapping.h"
#include "formats/byte_window.h"
#include "schedule/schedule.h"

namespace levy::facts {

// What a mapping has to know of the tariff whose rows it reads.
struct MappingTarget {
  std::vector<std::string> fields;   // that a column may be called: row_fields, history_fields
  std::vector<std::string> numbers;  // of them, plain numbers: quantities, readings, the rate
  std::vector<std::string> fee_ids;
  Currencies currencies;
  Currency currency;                 // of an amount that names none
  std::optional<TimeZone> timezone;  // none: the versions' differ
};
// `is_history`: of past rows, which say what became of them as well.
MappingTarget mapping_target(const std::vector<const schedule::Schedule*>& versions,
                             bool is_history);

// The mapping's fields that are none of levy's; code usage, each at its place.
Diagnostics check_fields(const Mapping& mapping, const MappingTarget& target);

// What is said of a field on the command line counts before what the mapping says of it.
struct FieldsGiven {
  std::vector<std::pair<std::string, std::string>> map;  // field, column; an empty one: not used
  std::vector<std::pair<std::string, std::string>> set;  // field, the value of every row
};

class RowMapper {
 public:
  enum class Outcome { read, skipped, faulty };
  // Where a field's text stands in what was appended.
  struct Span {
    std::size_t begin = 0, end = 0;
  };

  // `columns`: the table's; none: any line may have any key. Each field is read from what was given
  // for it, else as the mapping says, else from the column of its name. A column that is not there
  // is a fault at its place in the mapping.
  static Checked<RowMapper> of(const Mapping& mapping, const MappingTarget& target,
                               const std::optional<std::vector<std::string>>& columns,
                               const FieldsGiven& given);

  // The columns that it looks at.
  const std::vector<std::string>& sources() const { return sources_; }
  // What it writes, one span a field; and the first column each is read from.
  const std::vector<std::pair<std::string, std::string>>& written() const { return written_; }
  // Fields that are columns as they stand, and those that are the same in every row.
  const std::vector<std::pair<std::string, std::string>>& direct() const { return direct_; }
  const std::vector<std::pair<std::string, std::string>>& constants() const { return constants_; }
  // Fields that no column says, whatever it is called.
  const std::vector<std::string>& unused() const { return unused_; }

  // `cells`: by source; of a record with too few cells those are empty. Appends to `out`.
  Outcome map(const std::string_view* cells, std::string& out, Span* spans);
  // Else it is skipped. `is_ragged`: a cell without a place in memory is one that the record lacks,
  // and may say anything.
  bool is_chosen(const std::string_view* cells, bool is_ragged = false) const;
  bool chooses() const { return !choices_.empty(); }  // may it skip any?
  // Of a faulty row: its message begins with the field. Without a place.
  const Diagnostic& fault() const { return fault_; }

 private:
  enum class Kind { text, number, money, time };
  struct Field {
    FieldMapping mapping;
    Kind kind = Kind::text;
    std::vector<std::size_t> sources;
    std::string_view currency_field;  // whose minor units the amount is in, before the currency's
  };
  struct Condition {
    std::size_t source = 0;
    std::vector<std::string> texts;
    bool is_not = false;
  };

  RowMapper(const Mapping& mapping, const MappingTarget& target);
  Kind kind_of(const std::string& field) const;
  bool is_rewritten(const FieldMapping& field) const;
  std::size_t source(const std::string& column);
  void add(const FieldMapping& field);
  void add_choices(const std::vector<RowChoice>& choices);
  std::string_view joined(const Field& field, const std::string_view* cells);
  std::optional<std::string_view> value_of(const Field& field, std::string_view text);
  bool write(const Field& field, std::string_view text, const std::string_view* cells,
             const Span* spans, std::string& out);
  bool write_number(const Field& field, std::string_view text, std::optional<int> minor_digits,
                    std::string& out);
  bool write_time(const Field& field, std::string_view text, std::string& out);
  Instant instant_of(const TimeFormat::Reading& reading, const TimeZone& zone);
  std::optional<int> minor_digits(const Field& field, const std::string_view* cells,
                                  const Span* spans, const std::string& out);
  std::string_view code_of(std::string_view field, const std::string_view* cells, const Span* spans,
                           const std::string& out) const;
  bool report_error(const Field& field, Code code, std::string message, std::string remedy);

  MappingTarget target_;
  NumberForm numbers_;
  bool has_numbers_ = false;
  std::optional<TimeForm> times_;
  std::vector<Field> fields_;       // that are written
  std::vector<std::size_t> order_;  // in which they are: currencies before amounts
  std::vector<std::vector<Condition>> choices_;
  std::vector<std::string> sources_, unused_;
  std::vector<std::pair<std::string, std::string>> written_, direct_, constants_;
  Diagnostic fault_;
  // Kept from row to row.
  std::string joined_, cased_;
  std::string digits_code_;
  std::optional<int> digits_;
  std::int64_t zone_hour_ = 0;                // hours since 1970 as clocks show them
  std::optional<std::int64_t> zone_seconds_;  // what clocks are ahead by in all of that hour
};

// The rows that `read` has. By a mapping, which may be null and must outlive the reading, they are
// read by its shape and have the fields that it says; a row that it does not choose is_skipped.
// `file` and `needed` are read_table's.
formats::NextRow read_table_by(const Mapping* mapping, const MappingTarget& target,
                               std::string file, formats::ReadBlock read, std::string needed = "");

}  // namespace levy::facts
