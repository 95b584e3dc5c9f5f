#include "batch/rows/layout.h"

#include <algorithm>
#include <unordered_set>

#include "base/sha256.h"
#include "base/suggest.h"
#include "base/text.h"
#include "facts/meters.h"
#include "schedule/attributes.h"
#include "schedule/walk.h"

namespace levy::batch::rows {
namespace {

constexpr std::string_view used_prefix = "used.", billed_field = "billed";

void add_new(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool has_meter(const fees::Tariff& tariff, std::string_view id) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const fees::Plan& plan) {
    return schedule::find_id(facts::meters_of(plan.schedule), id) != nullptr;
  });
}

// What a column may be called to mean something.
std::vector<std::string> all_fields(const fees::Tariff& tariff) {
  std::vector<std::string> names;
  for (const fees::Plan& plan : tariff.versions) {
    for (const std::string& name : facts::row_fields(plan.schedule)) add_new(names, name);
  }
  return names;
}

// The same, `used.METER` aside.
std::vector<std::string> known_fields(const fees::Tariff& tariff) {
  std::vector<std::string> names = all_fields(tariff);
  std::erase_if(names, [](const std::string& name) { return name.starts_with(used_prefix); });
  return names;
}

std::vector<std::string> fee_ids_of(const fees::Tariff& tariff) {
  std::vector<std::string> ids;
  for (const fees::Plan& plan : tariff.versions) {
    for (const schedule::Fee& fee : plan.schedule.fees) add_new(ids, fee.id);
  }
  return ids;
}

std::vector<std::string> operations_of(const fees::Tariff& tariff) {
  std::vector<std::string> names;
  for (const fees::Plan& plan : tariff.versions) {
    for (const std::string& name : plan.schedule.operations()) add_new(names, name);
  }
  return names;
}

Diagnostic no_operation() {
  return usage("no column says what operation each row is",
               "name it with --map operation=COLUMN, or say it with --set operation=NAME");
}

class LayoutMaker {
 public:
  LayoutMaker(const fees::Tariff& tariff, const BatchOptions& options, TableForm form,
              const std::optional<std::vector<std::string>>& header)
      : tariff_(tariff), options_(options), header_(header), fields_(known_fields(tariff)) {
    layout_.input = form;
    layout_.output_form = options.output.value_or(form);
    if (header) layout_.columns = *header;
    layout_.cells = options.cells;
    layout_.fee_ids = fee_ids_of(tariff);
  }

  Checked<Layout> make() {
    take_constants();
    take_mapped();
    if (options_.mapping == nullptr) {
      take_named();
      take_billed();
    } else {
      make_mapper();
    }
    add_input_columns();
    layout_.input_columns = layout_.columns.size();
    if (layout_.mapper) add_mapped_columns();
    find_targets();
    add_result_columns();
    check_names();
    std::vector<std::string> operations = operations_of(tariff_);
    // Also beside a column: a row that does not give it is of the only one that there is.
    if (operations.size() == 1 && layout_.constant("operation") == nullptr)
      layout_.constants.emplace_back("operation", operations.front());
    if (faults_.empty() && !layout_.has("operation")) faults_.push_back(no_operation());
    if (options_.cells == formats::CsvCells::safe && layout_.output_form != TableForm::csv)
      report_error("--csv-safe is for CSV, and the results have another form",
                   "leave it out, or add --output-format csv");
    if (!faults_.empty()) return faults_;
    return std::move(layout_);
  }

 private:
  void report_error(std::string message, std::string remedy) {
    faults_.push_back(usage(std::move(message), std::move(remedy)));
  }

  bool is_field(const std::string& name) const {
    if (name.starts_with(used_prefix)) return has_meter(tariff_, name.substr(used_prefix.size()));
    return std::find(fields_.begin(), fields_.end(), name) != fields_.end();
  }

  bool check_field(const std::string& name, const std::string& option) {
    if (is_field(name)) return true;
    report_error(option + ": there is no field " + in_quotes(name) + did_you_mean(name, fields_),
                 "the fields are " + join_or(fields_) + ", and used.METER");
    return false;
  }

  // The place of a column; JSON Lines may have any key.
  std::optional<std::size_t> find_column(const std::string& name) {
    auto& columns = layout_.columns;
    auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end() && !header_) {
      columns.push_back(name);
      return columns.size() - 1;
    }
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
  }

  std::optional<std::size_t> need_column(const std::string& name, const std::string& option) {
    std::optional<std::size_t> column = find_column(name);
    if (!column) {
      report_error(option + ": the input has no column " + in_quotes(name) +
                       did_you_mean(name, layout_.columns),
                   "its columns are " + join_or(layout_.columns));
    }
    return column;
  }

  void take_constants() {
    for (const auto& [field, value] : options_.set) {
      if (check_field(field, "--set")) layout_.constants.emplace_back(field, value);
    }
  }

  void take_mapped() {
    for (const auto& [field, column] : options_.map) {
      bool is_of_mapping = options_.mapping != nullptr && options_.mapping->find(field) != nullptr;
      if (!is_of_mapping && !check_field(field, "--map")) continue;
      mapped_.push_back(field);
      if (column.empty()) continue;
      auto place = need_column(column, "--map");
      if (place && options_.mapping == nullptr) bind(field, *place);
    }
  }

  // What the mapping leaves as it stands; --map and --set go into it.
  void make_mapper() {
    facts::FieldsGiven given{options_.map, options_.set};
    for (const auto& [name, column] : options_.reconcile) {
      // "billed", "billed.ID", "billed.debit": what a mapping calls them.
      std::string rest = name.starts_with("fee") ? name.substr(3) : "." + name;
      if (need_column(column, "--reconcile"))
        given.map.emplace_back(std::string(billed_field) + rest, column);
    }
    if (!faults_.empty()) return;
    Checked<facts::RowMapper> mapper = facts::RowMapper::of(
        *options_.mapping, fees::mapping_target(tariff_, false), header_, given);
    if (!mapper) {
      faults_ = mapper.faults();
      return;
    }
    layout_.mapper = std::move(*mapper);
    layout_.constants.assign(layout_.mapper->constants().begin(),
                             layout_.mapper->constants().end());
    for (const auto& [field, column] : layout_.mapper->direct()) {
      if (auto place = find_column(column)) bind(field, *place);
    }
    for (const std::string& source : layout_.mapper->sources()) {
      if (auto place = find_column(source)) layout_.mapper_sources.push_back(*place);
    }
  }

  // Behind all others, in the order in which they are written.
  void add_mapped_columns() {
    for (const auto& [field, column] : layout_.mapper->written()) {
      bind(field, layout_.columns.size());
      layout_.columns.push_back(column);
    }
  }

  // Columns called as a field is, where nothing else was said of it.
  void take_named() {
    std::vector<std::string> names = fields_;
    if (header_) {
      for (const std::string& column : *header_) {
        if (column.starts_with(used_prefix)) names.push_back(column);
      }
    } else {
      for (const fees::Plan& plan : tariff_.versions) {
        for (const facts::MeterUse& use : facts::meters_of(plan.schedule))
          add_new(names, std::string(used_prefix) + use.id);
      }
    }
    for (const std::string& name : names) {
      bool given = std::find(mapped_.begin(), mapped_.end(), name) != mapped_.end() ||
                   std::any_of(layout_.constants.begin(), layout_.constants.end(),
                               [&](const auto& constant) { return constant.first == name; });
      if (given || (name.starts_with(used_prefix) && !check_field(name, "column"))) continue;
      if (auto place = find_column(name)) bind(name, *place);
    }
  }

  void bind(const std::string& field, std::size_t column) {
    if (field.starts_with(billed_field) && !fees::declares(tariff_, field)) {
      std::string rest = field.substr(billed_field.size());
      bool is_whole = rest == ".debit" || rest == ".credit";
      layout_.billed.push_back(billed_column(is_whole ? rest.substr(1) : "fee" + rest, column));
    } else if (field.starts_with(used_prefix)) {
      layout_.used.push_back({field.substr(used_prefix.size()), column});
    } else if (fees::declares(tariff_, field) ||
               (field != "id" && field != "account" && field != "balance")) {
      layout_.fields.push_back({field, column});
    } else {
      (field == "id"        ? layout_.id
       : field == "account" ? layout_.account
                            : layout_.balance) = column;
    }
  }

  void take_billed() {
    for (const auto& [name, column] : options_.reconcile) {
      if (auto place = need_column(column, "--reconcile"))
        layout_.billed.push_back(billed_column(name, *place));
    }
  }

  void add_input_columns() {
    bool crosses = layout_.input == TableForm::json_lines && !layout_.keeps_form();
    if (!options_.select && crosses) {
      report_error(
          "JSON Lines have no header, so the columns of a table made of them must be named",
          "write --select id,amount (or an empty --select \"\" for none)");
      return;
    }
    layout_.passes_whole = !options_.select && layout_.keeps_form();
    if (!options_.select && !header_) return;  // the line itself
    const auto& names = options_.select ? *options_.select : *header_;
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto place = options_.select ? need_column(names[i], "--select") : std::optional(i);
      if (place) layout_.output.push_back({OutputColumn::Kind::input, *place, names[i]});
    }
  }

  std::vector<Result> default_results() const {
    std::vector<Result> results = {Result::status,          Result::fee,
                                   Result::debit,           Result::credit,
                                   Result::credit_currency, Result::other_fees};
    bool has_amount =
        std::any_of(layout_.output.begin(), layout_.output.end(),
                    [](const OutputColumn& column) { return column.name == "amount"; });
    if (layout_.says_target && !has_amount) results.insert(results.begin() + 1, Result::amount);
    if (!layout_.billed.empty()) {
      results.push_back(Result::difference);
      results.push_back(Result::cause);
    }
    results.push_back(Result::reason);
    return results;
  }

  void add_digests() {
    for (const fees::Plan& plan : tariff_.versions)
      layout_.digests.emplace(&plan, sha256(plan.schedule.place.text()));
  }

  void find_targets() {
    for (std::string_view field : {"receive", "pay"}) {
      std::optional<std::size_t> column = layout_.column_of(field);
      if (column) layout_.targets.push_back(*column);
      bool is_named = is_among(mapped_, field) || layout_.constant(field) != nullptr ||
                      (options_.mapping != nullptr && options_.mapping->find(field) != nullptr);
      layout_.says_target = layout_.says_target || is_named || (column && header_);
    }
  }

  void add_result_columns() {
    for (Result result : options_.results ? *options_.results : default_results()) {
      bool of_bills = result == Result::difference || result == Result::cause;
      if (of_bills && layout_.billed.empty()) {
        report_error(
            "--results " + std::string(to_string(result)) + " compares with what was billed",
            "name the billed column with --reconcile");
      }
      if (result == Result::digest) add_digests();
      layout_.output.push_back({OutputColumn::Kind::result, static_cast<std::size_t>(result),
                                std::string(to_string(result))});
    }
    if (!options_.lines) return;
    for (std::size_t i = 0; i < layout_.fee_ids.size(); ++i)
      layout_.output.push_back({OutputColumn::Kind::line, i, "fee." + layout_.fee_ids[i]});
  }

  void check_names() {
    std::unordered_set<std::string_view> seen;
    for (const OutputColumn& column : layout_.output) {
      if (!seen.insert(column.name).second) faults_.push_back(doubled_column(column.name));
    }
  }

  const fees::Tariff& tariff_;
  const BatchOptions& options_;
  const std::optional<std::vector<std::string>>& header_;
  std::vector<std::string> fields_, mapped_;
  Layout layout_;
  Diagnostics faults_;
};

constexpr std::string_view words[] = {"status", "amount",          "fee",        "debit",
                                      "credit", "credit_currency", "other_fees", "difference",
                                      "cause",  "reason",          "version",    "digest"};

}  // namespace

std::string_view to_string(Result result) { return words[static_cast<std::size_t>(result)]; }

std::optional<Result> find_result(std::string_view word) {
  auto found = std::find(std::begin(words), std::end(words), word);
  if (found == std::end(words)) return std::nullopt;
  return static_cast<Result>(found - std::begin(words));
}

std::vector<std::string> result_words() { return {std::begin(words), std::end(words)}; }

std::optional<std::size_t> Layout::column_of(std::string_view field) const {
  for (const BoundField& one : fields) {
    if (one.name == field) return one.column;
  }
  return std::nullopt;
}

const std::string* Layout::constant(std::string_view field) const {
  for (const auto& [name, value] : constants) {
    if (name == field) return &value;
  }
  return nullptr;
}

bool Layout::has(std::string_view field) const {
  return column_of(field).has_value() || constant(field) != nullptr;
}

BilledColumn billed_column(const std::string& name, std::size_t column) {
  using Of = BilledColumn::Of;
  Of of = name == "fee" ? Of::fee : name == "debit" ? Of::debit : Of::credit;
  if (!name.starts_with("fee.")) return {of, {}, name, column};
  return {Of::line, name.substr(4), name, column};
}

bool Layout::has_readings() const {
  return !used.empty() || std::any_of(constants.begin(), constants.end(), [](const auto& constant) {
    return constant.first.starts_with(used_prefix);
  });
}

bool Layout::is_mapped() const {
  return mapper && (!mapper->written().empty() || mapper->chooses());
}

std::string_view Layout::doubled_key(const std::vector<std::string_view>& keys) const {
  if (!passes_whole || output_form != TableForm::json_lines) return {};
  for (const OutputColumn& column : output) {
    bool is_added = column.kind != OutputColumn::Kind::input;
    if (is_added && std::find(keys.begin(), keys.end(), column.name) != keys.end())
      return column.name;
  }
  return {};
}

Diagnostic doubled_column(std::string_view name) {
  return usage("the output would have two columns " + in_quotes(name),
               "leave one out: --select names the input's columns, --results levy's");
}

facts::ColumnCheck column_check(const fees::Tariff& tariff, const BatchOptions& options) {
  std::vector<std::string> given, own;
  for (const auto& [field, column] : options.map) {
    given.push_back(field);
    if (!column.empty()) own.push_back(column);
  }
  for (const auto& [field, value] : options.set) given.push_back(field);
  if (options.mapping != nullptr) {
    for (const facts::FieldMapping& field : options.mapping->fields) {
      given.push_back(field.field);
      own.insert(own.end(), field.columns.begin(), field.columns.end());
    }
    for (const facts::RowChoice& choice : options.mapping->choices) {
      for (const facts::ColumnCondition& condition : choice) own.push_back(condition.column);
    }
  }
  for (const auto& [name, column] : options.reconcile) own.push_back(column);
  return facts::ColumnCheck(all_fields(tariff), facts::ColumnCheck::Remedy::map, std::move(given),
                            std::move(own));
}

Checked<Layout> lay_out(const fees::Tariff& tariff, const BatchOptions& options, TableForm form,
                        const std::optional<std::vector<std::string>>& header) {
  return LayoutMaker(tariff, options, form, header).make();
}

}  // namespace levy::batch::rows
