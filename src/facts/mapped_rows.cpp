#include "facts/mapped_rows.h"

#include <algorithm>
#include <memory>

#include "base/suggest.h"
#include "base/text.h"
#include "facts/columns.h"
#include "facts/meters.h"
#include "facts/number_forms.h"
#include "formats/read_rows.h"

namespace levy::facts {
namespace {

constexpr std::int64_t hour_seconds = 3600, day_hours = 24;

const std::vector<std::string> amounts = {"amount",       "receive", "pay",
                                          "balance",      "billed",  "billed.credit",
                                          "billed.debit", "debit",   "fee"};
const std::vector<std::string> of_histories = {"status", "debit", "fee"};
constexpr std::string_view billed_prefix = "billed.", fee_prefix = "fee.", reading_prefix = "used.";

void add_new(std::vector<std::string>& names, const std::string& name) {
  if (!is_among(names, name)) names.push_back(name);
}

bool is_fee_of(const MappingTarget& target, std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && is_among(target.fee_ids, name.substr(prefix.size()));
}

bool is_billed(const MappingTarget& target, std::string_view name) {
  return name == "billed" || name == "billed.credit" || name == "billed.debit" ||
         is_fee_of(target, name, billed_prefix);
}

// May a mapping say it? Histories have fields of their own, which other tables pass by.
bool is_known(const MappingTarget& target, std::string_view name) {
  return is_among(target.fields, name) || is_among(of_histories, name) ||
         is_fee_of(target, name, fee_prefix) || is_billed(target, name);
}

// Is it one that this table is asked for?
bool is_asked(const MappingTarget& target, std::string_view name) {
  return is_among(target.fields, name) || is_billed(target, name);
}

}  // namespace

MappingTarget mapping_target(const std::vector<const schedule::Schedule*>& versions,
                             bool is_history) {
  MappingTarget target;
  target.numbers = {"rate"};
  for (const schedule::Schedule* version : versions) {
    for (const std::string& name : is_history ? history_fields(*version) : row_fields(*version)) {
      add_new(target.fields, name);
      if (name.starts_with(reading_prefix)) add_new(target.numbers, name);
    }
    for (const schedule::Quantity& quantity : version->quantities)
      add_new(target.numbers, quantity.name);
    for (const schedule::Fee& fee : version->fees) add_new(target.fee_ids, fee.id);
  }
  const schedule::Schedule& last = *versions.back();
  target.currencies = last.currencies;
  target.currency = last.currency;
  bool one_zone =
      std::all_of(versions.begin(), versions.end(), [&](const schedule::Schedule* version) {
        return version->timezone.name() == last.timezone.name();
      });
  if (one_zone) target.timezone = last.timezone;
  return target;
}

Diagnostics check_fields(const Mapping& mapping, const MappingTarget& target) {
  Diagnostics faults;
  for (const FieldMapping& field : mapping.fields) {
    if (is_known(target, field.field)) continue;
    std::vector<std::string> known = target.fields;
    known.insert(known.end(), {"billed", "billed.credit", "billed.debit"});
    std::erase_if(known, [](const std::string& name) { return name.starts_with(reading_prefix); });
    Diagnostic fault = usage(
        "the tariff has no field " + in_quotes(field.field) + did_you_mean(field.field, known),
        "the fields are " + join_or(known) + ", used.METER and billed.FEE");
    fault.place = field.place;
    faults.push_back(std::move(fault));
  }
  return faults;
}

// ---- which fields are read from where ----------------------------------------------------------

namespace {

std::optional<Diagnostic> find_missing(const std::vector<std::string>& columns,
                                       const std::string& column, const Place& place) {
  if (is_among(columns, column)) return std::nullopt;
  Diagnostic fault =
      usage("the table has no column " + in_quotes(column) + did_you_mean(column, columns),
            "its columns are " + join_or(columns));
  fault.place = place;
  return fault;
}

// Columns that the mapping names and the table lacks.
Diagnostics missing_columns(const Mapping& mapping, const std::vector<FieldMapping>& fields,
                            const std::vector<std::string>& columns) {
  Diagnostics faults;
  auto look = [&](const std::string& column, const Place& place) {
    if (auto fault = find_missing(columns, column, place)) faults.push_back(std::move(*fault));
  };
  for (const FieldMapping& field : fields) {
    for (const std::string& column : field.columns) look(column, field.place);
  }
  for (const RowChoice& choice : mapping.choices) {
    for (const ColumnCondition& condition : choice) look(condition.column, condition.place);
  }
  return faults;
}

bool is_given(const FieldsGiven& given, std::string_view field) {
  auto names_it = [&](const auto& one) { return one.first == field; };
  return std::any_of(given.map.begin(), given.map.end(), names_it) ||
         std::any_of(given.set.begin(), given.set.end(), names_it);
}

// Each field and what it is read from, the command line's word first.
std::vector<FieldMapping> effective_fields(const Mapping& mapping, const MappingTarget& target,
                                           const std::optional<std::vector<std::string>>& columns,
                                           const FieldsGiven& given) {
  std::vector<FieldMapping> fields;
  for (const auto& [field, column] : given.map) {
    FieldMapping one;
    one.field = field;
    if (!column.empty()) one.columns = {column};
    fields.push_back(std::move(one));
  }
  for (const auto& [field, value] : given.set) {
    FieldMapping one;
    one.field = field;
    one.constant = value;
    fields.push_back(std::move(one));
  }
  for (const FieldMapping& field : mapping.fields) {
    if (!is_given(given, field.field) && is_asked(target, field.field)) fields.push_back(field);
  }
  for (const std::string& name : target.fields) {
    bool is_said = is_given(given, name) || mapping.find(name) != nullptr;
    if (is_said || (columns && !is_among(*columns, name))) continue;
    FieldMapping one;
    one.field = name;
    one.columns = {name};
    fields.push_back(std::move(one));
  }
  return fields;
}

}  // namespace

Checked<RowMapper> RowMapper::of(const Mapping& mapping, const MappingTarget& target,
                                 const std::optional<std::vector<std::string>>& columns,
                                 const FieldsGiven& given) {
  std::vector<FieldMapping> fields = effective_fields(mapping, target, columns, given);
  if (columns) {
    Diagnostics faults = missing_columns(mapping, fields, *columns);
    if (!faults.empty()) return faults;
  }
  RowMapper mapper(mapping, target);
  for (const FieldMapping& field : fields) mapper.add(field);
  mapper.add_choices(mapping.choices);
  for (std::size_t i = 0; i < mapper.fields_.size(); ++i) mapper.order_.push_back(i);
  std::stable_partition(mapper.order_.begin(), mapper.order_.end(),
                        [&](std::size_t i) { return mapper.fields_[i].kind != Kind::money; });
  return mapper;
}

RowMapper::RowMapper(const Mapping& mapping, const MappingTarget& target)
    : target_(target),
      numbers_(mapping.numbers.value_or(NumberForm())),
      has_numbers_(mapping.numbers.has_value()),
      times_(mapping.times) {}

RowMapper::Kind RowMapper::kind_of(const std::string& field) const {
  if (field == "time" || field == "since") return Kind::time;
  if (is_among(target_.numbers, field)) return Kind::number;
  bool is_amount = is_among(amounts, field) || is_fee_of(target_, field, fee_prefix) ||
                   is_fee_of(target_, field, billed_prefix);
  return is_amount ? Kind::money : Kind::text;
}

// Else the column says the field as it stands.
bool RowMapper::is_rewritten(const FieldMapping& field) const {
  Kind kind = kind_of(field.field);
  bool has_form = kind == Kind::time ? times_.has_value() : kind != Kind::text && has_numbers_;
  return has_form || field.columns.size() > 1 || !field.strips.empty() || field.has_values ||
         field.letters != FieldMapping::Case::keep || field.sign != NumberSign::keep;
}

std::size_t RowMapper::source(const std::string& column) {
  auto found = std::find(sources_.begin(), sources_.end(), column);
  auto place = static_cast<std::size_t>(found - sources_.begin());
  if (found == sources_.end()) sources_.push_back(column);
  return place;
}

void RowMapper::add(const FieldMapping& field) {
  if (field.constant) {
    constants_.emplace_back(field.field, *field.constant);
  } else if (field.columns.empty()) {
    unused_.push_back(field.field);
  } else if (!is_rewritten(field)) {
    direct_.emplace_back(field.field, field.columns.front());
    // Minor units are those of a currency.
    bool is_currency = field.field == "currency" || field.field == "to_currency";
    if (numbers_.minor_units && is_currency) source(field.columns.front());
  } else {
    Field one{field, kind_of(field.field), {}, "currency"};
    bool is_of_target = field.field == "receive" || field.field == "billed.credit";
    if (is_of_target) one.currency_field = "to_currency";
    for (const std::string& column : field.columns) one.sources.push_back(source(column));
    written_.emplace_back(field.field, field.columns.front());
    fields_.push_back(std::move(one));
  }
}

void RowMapper::add_choices(const std::vector<RowChoice>& choices) {
  for (const RowChoice& choice : choices) {
    std::vector<Condition> conditions;
    for (const ColumnCondition& condition : choice)
      conditions.push_back({source(condition.column), condition.texts, condition.is_not});
    choices_.push_back(std::move(conditions));
  }
}

// ---- a row -------------------------------------------------------------------------------------

bool RowMapper::is_chosen(const std::string_view* cells, bool is_ragged) const {
  auto holds = [&](const Condition& condition) {
    if (is_ragged && cells[condition.source].data() == nullptr) return true;
    return is_among(condition.texts, cells[condition.source]) != condition.is_not;
  };
  return choices_.empty() || std::any_of(choices_.begin(), choices_.end(), [&](const auto& all) {
           return std::all_of(all.begin(), all.end(), holds);
         });
}

RowMapper::Outcome RowMapper::map(const std::string_view* cells, std::string& out, Span* spans) {
  if (!is_chosen(cells)) return Outcome::skipped;
  for (std::size_t i : order_) {
    const Field& field = fields_[i];
    spans[i].begin = out.size();
    if (!write(field, joined(field, cells), cells, spans, out)) return Outcome::faulty;
    spans[i].end = out.size();
  }
  return Outcome::read;
}

std::string_view RowMapper::joined(const Field& field, const std::string_view* cells) {
  if (field.sources.size() == 1) return cells[field.sources.front()];
  joined_.clear();
  for (std::size_t source : field.sources) {
    if (cells[source].empty()) continue;
    if (!joined_.empty()) joined_ += ' ';
    joined_ += cells[source];
  }
  return joined_;
}

namespace {

std::string_view stripped(std::string_view text, const std::vector<std::string>& strips) {
  for (const std::string& strip : strips) {
    if (strip.empty()) continue;
    if (text.starts_with(strip)) text.remove_prefix(strip.size());
    if (text.ends_with(strip)) text.remove_suffix(strip.size());
  }
  return strips.empty() ? text : between_blanks(text);
}

}  // namespace

// In the place of the text, where it is one of some values; nothing: it is none of them.
std::optional<std::string_view> RowMapper::value_of(const Field& field, std::string_view text) {
  if (!field.mapping.has_values) return text;
  auto found = field.mapping.values.find(text);
  if (found != field.mapping.values.end()) return found->second;
  if (text.empty()) return text;
  if (field.mapping.other) return *field.mapping.other;
  return std::nullopt;
}

bool RowMapper::report_error(const Field& field, Code code, std::string message,
                             std::string remedy) {
  fault_ = Diagnostic{code, field.mapping.field + " " + std::move(message), std::move(remedy)};
  return false;
}

bool RowMapper::write(const Field& field, std::string_view text, const std::string_view* cells,
                      const Span* spans, std::string& out) {
  std::string_view cell = stripped(text, field.mapping.strips);
  std::optional<std::string_view> value = value_of(field, cell);
  if (!value) {
    std::vector<std::string> known;
    for (const auto& [written, read] : field.mapping.values) known.push_back(written);
    return report_error(
        field, Code::unknown_value,
        in_quotes(cell) + " is not among the mapping's values" + did_you_mean(cell, known),
        "add it to the \"values\" of " + in_quotes(field.mapping.field) +
            ", or say with \"*\" what all others are");
  }
  if (field.mapping.letters != FieldMapping::Case::keep) {
    bool upper = field.mapping.letters == FieldMapping::Case::upper;
    cased_ = *value;
    for (char& c : cased_) {
      if (upper ? is_lower(c) : is_capital(c)) c = static_cast<char>(upper ? c - 32 : c + 32);
    }
    value = cased_;
  }
  if (value->empty()) return true;
  if (field.kind == Kind::time && times_) return write_time(field, *value, out);
  bool is_number = field.kind == Kind::number || field.kind == Kind::money;
  bool has_form = has_numbers_ || field.mapping.sign != NumberSign::keep;
  if (!is_number || !has_form) {
    out += *value;
    return true;
  }
  bool in_units = numbers_.minor_units && field.kind == Kind::money;
  std::optional<int> digits;
  if (in_units && !(digits = minor_digits(field, cells, spans, out))) return false;
  return write_number(field, *value, digits, out);
}

// ---- numbers -----------------------------------------------------------------------------------

bool RowMapper::write_number(const Field& field, std::string_view text,
                             std::optional<int> minor_digits, std::string& out) {
  if (append_number(text, numbers_, field.mapping.sign, minor_digits, out)) return true;
  Code fault = field.kind == Kind::money ? Code::bad_amount : Code::bad_value;
  return report_error(
      field, fault, in_quotes(text) + " is not " + words_of(numbers_, minor_digits.has_value()),
      "correct it, or the \"numbers\" of the mapping; name other ways to write a sign "
      "under \"negative\", and other text around it with \"strip\"");
}

// What the row says of a currency; "": nothing.
std::string_view RowMapper::code_of(std::string_view field, const std::string_view* cells,
                                    const Span* spans, const std::string& out) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].mapping.field == field)
      return std::string_view(out).substr(spans[i].begin, spans[i].end - spans[i].begin);
  }
  for (const auto& [name, column] : direct_) {
    auto source = std::find(sources_.begin(), sources_.end(), column);
    if (name == field && source != sources_.end()) return cells[source - sources_.begin()];
  }
  for (const auto& [name, value] : constants_) {
    if (name == field) return value;
  }
  return {};
}

std::optional<int> RowMapper::minor_digits(const Field& field, const std::string_view* cells,
                                           const Span* spans, const std::string& out) {
  std::string_view code = code_of(field.currency_field, cells, spans, out);
  if (code.empty()) code = code_of("currency", cells, spans, out);
  if (code.empty()) code = target_.currency.code();
  if (digits_ && code == digits_code_) return digits_;
  std::optional<Currency> currency = Currency::of(code);
  digits_ = currency ? target_.currencies.find_digits(*currency) : std::nullopt;
  digits_code_ = code;
  if (!digits_)
    report_error(field, Code::unknown_currency,
                 "is in minor units of " + in_quotes(code) + ", which is not a known currency",
                 "correct the code, in capitals, or declare it in the schedule's \"currencies\"");
  return digits_;
}

// ---- times -------------------------------------------------------------------------------------

// What clocks are ahead by changes seldom: once it is known of both ends of an hour, and the same,
// it is known of all of it.
Instant RowMapper::instant_of(const TimeFormat::Reading& reading, const TimeZone& zone) {
  const std::int64_t hour = reading.day.number * day_hours + reading.second / hour_seconds;
  const std::int64_t shown = reading.day.number * day_hours * hour_seconds + reading.second;
  if (!zone_seconds_ || hour != zone_hour_) {
    zone_hour_ = hour;
    auto first = static_cast<std::int32_t>(reading.second / hour_seconds * hour_seconds);
    auto last = static_cast<std::int32_t>(first + hour_seconds - 1);
    std::int64_t ahead = hour * hour_seconds - zone.instant(reading.day, first).seconds;
    std::int64_t then =
        hour * hour_seconds + hour_seconds - 1 - zone.instant(reading.day, last).seconds;
    zone_seconds_.reset();
    if (ahead == then) zone_seconds_ = ahead;
  }
  if (!zone_seconds_) return zone.instant(reading.day, reading.second, reading.nanosecond);
  return {shown - *zone_seconds_, reading.nanosecond};
}

bool RowMapper::write_time(const Field& field, std::string_view text, std::string& out) {
  std::optional<TimeFormat::Reading> reading = times_->format.read(between_blanks(text));
  if (!reading) {
    return report_error(field, Code::bad_time,
                        in_quotes(text) + " is not a time as " + times_->format.pattern(),
                        "correct it, or the \"times\" of the mapping");
  }
  const std::optional<TimeZone>& zone = times_->timezone ? times_->timezone : target_.timezone;
  if (!reading->offset && !zone) {  // the version's in force, which is chosen by it
    out += to_string(reading->day);
    std::string clock = time_of_day_text(reading->second);
    if (times_->format.has_clock()) out += "T" + clock + (clock.size() == 5 ? ":00" : "");
    return true;
  }
  Instant instant;
  if (reading->offset) {
    instant.seconds =
        reading->day.number * day_hours * hour_seconds + reading->second - *reading->offset;
    instant.nanoseconds = reading->nanosecond;
  } else {
    instant = instant_of(*reading, *zone);
  }
  if (append_utc(out, instant)) return true;
  return report_error(field, Code::bad_time, in_quotes(text) + " is not in the years 0000 to 9999",
                      "correct it, or the \"times\" of the mapping");
}

// ---- tables row by row -------------------------------------------------------------------------

namespace {

class MappedReader {
 public:
  MappedReader(std::string file, formats::NextRow next, const Mapping& mapping,
               MappingTarget target)
      : file_(std::move(file)),
        next_(std::move(next)),
        mapping_(mapping),
        target_(std::move(target)) {}

  bool next(formats::Row& row) {
    if (is_over_ || !next_(read_)) return false;
    row = read_;
    if (row.fault && !row.is_ragged()) return true;
    if (!mapper_ && !begin()) {
      is_over_ = true;
      row = formats::Row{};
      row.fault = fault_;
      return true;
    }
    map(row);
    return true;
  }

 private:
  // Whether a table is a CSV shows with its first row.
  bool begin() {
    std::optional<std::vector<std::string>> columns;
    if (read_.tokens.empty()) columns.emplace(read_.names.begin(), read_.names.end());
    if (read_.is_ragged()) columns = mapping_.shape.header;
    Checked<RowMapper> mapper = RowMapper::of(mapping_, target_, columns, {});
    if (mapper) mapper_ = std::move(*mapper);
    if (!mapper) fault_ = mapper.faults().front();
    return mapper_.has_value();
  }

  void map(formats::Row& row) {
    cells_.clear();
    for (const std::string& source : mapper_->sources()) cells_.push_back(cell(source));
    const bool is_csv = read_.tokens.empty();
    if (!mapper_->is_chosen(cells_.data(), read_.is_ragged())) {
      row.is_skipped = true;
      row.fault.reset();
    }
    if (row.is_skipped || row.fault) return;
    texts_.clear();
    spans_.resize(mapper_->written().size());
    if (mapper_->map(cells_.data(), texts_, spans_.data()) == RowMapper::Outcome::faulty) {
      row.fault = mapper_->fault();
      row.fault->place = Place::of_record(file_, row.line, row.raw, 0);
      return;
    }
    row.names.clear();
    row.texts.clear();
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      add(row, mapper_->written()[i].first,
          std::string_view(texts_).substr(spans_[i].begin, spans_[i].end - spans_[i].begin));
    }
    for (const auto& [field, column] : mapper_->direct()) {
      std::string_view text = read_.text_of(column);
      if (is_csv || !text.empty()) add(row, field, text);  // a line of JSON may have any
    }
    for (const auto& [field, value] : mapper_->constants()) add(row, field, value);
    for (std::size_t i = 0; i < read_.names.size(); ++i) {
      bool is_hidden =
          is_among(mapper_->unused(), read_.names[i]) ||
          std::find(row.names.begin(), row.names.end(), read_.names[i]) != row.names.end();
      if (!is_hidden) add(row, read_.names[i], read_.texts[i]);
    }
    row.tokens = is_csv ? std::vector<std::string_view>() : row.texts;
  }

  // Also of a record with too few cells, or too many, where the mapping names the columns.
  std::string_view cell(const std::string& column) const {
    if (!read_.fault) return read_.text_of(column);
    const auto& header = mapping_.shape.header;
    if (!header) return {};
    auto found = std::find(header->begin(), header->end(), column);
    auto at = static_cast<std::size_t>(found - header->begin());
    return at < read_.texts.size() ? read_.texts[at] : std::string_view();
  }

  static void add(formats::Row& row, std::string_view name, std::string_view text) {
    row.names.push_back(name);
    row.texts.push_back(text);
  }

  std::string file_;
  formats::NextRow next_;
  const Mapping& mapping_;
  MappingTarget target_;
  std::optional<RowMapper> mapper_;
  std::optional<Diagnostic> fault_;  // of the whole table
  bool is_over_ = false;
  formats::Row read_;
  std::vector<std::string_view> cells_;
  std::vector<RowMapper::Span> spans_;
  std::string texts_;
};

}  // namespace

formats::NextRow read_table_by(const Mapping* mapping, const MappingTarget& target,
                               std::string file, formats::ReadBlock read, std::string needed) {
  if (mapping == nullptr)
    return formats::read_table(std::move(file), std::move(read), std::move(needed));
  formats::NextRow next = formats::read_table(file, std::move(read), "", mapping->shape);
  auto reader = std::make_shared<MappedReader>(std::move(file), std::move(next), *mapping, target);
  return [reader](formats::Row& row) { return reader->next(row); };
}

}  // namespace levy::facts
