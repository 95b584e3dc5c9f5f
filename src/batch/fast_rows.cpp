#include "batch/fast_rows.h"

#include <algorithm>
#include <charconv>

#include "batch/fast_time.h"
#include "schedule/conditions.h"

namespace levy {
namespace {

constexpr std::size_t slots_max = std::size_t{1} << 16;  // more kinds of rows: asked in full

bool is_quantity(const Tariff& tariff, const std::string& name) {
  return std::any_of(tariff.versions.begin(), tariff.versions.end(), [&](const Plan& plan) {
    return plan.schedule.find_quantity(name) != nullptr;
  });
}

template <class Visit>
void each_condition(const Plan& plan, Visit visit) {
  auto all = [&](const std::optional<When>& when) {
    if (!when) return;
    for (const Condition& condition : when->conditions) visit(condition);
  };
  for (const Fee& fee : plan.schedule.fees) {
    all(fee.when);
    for (const Case& one : fee.cases) all(one.when);
  }
}

bool is_about_number(const Condition& condition) {
  return condition.subject == Condition::Subject::amount ||
         condition.subject == Condition::Subject::quantity;
}

}  // namespace

FastRows::FastRows(const Tariff& tariff, const BatchOptions& options, const Layout& layout,
                   const Asker& asker)
    : tariff_(tariff), options_(options), layout_(layout), asker_(asker) {
  possible_ = !options.in_full && !options.enforce_limits && !options.max_age_seconds &&
              layout.used.empty() && !counts_past(tariff, options.enforce_limits) &&
              layout.output_form == TableForm::csv;
  time_ = layout.column_of("time");
  variable_column_ = layout.column_of("amount");
  for (const BoundField& field : layout.fields) {
    if (!variable_column_ && is_quantity(tariff, field.name)) {
      variable_ = field.name;
      variable_column_ = field.column;
    }
  }
  for (const BoundField& field : layout.fields) {
    if (field.column != time_ && field.column != variable_column_)
      key_columns_.push_back(field.column);
  }
  std::sort(key_columns_.begin(), key_columns_.end());
  for (std::size_t column : key_columns_) {
    bool follows = !key_runs_.empty() && key_runs_.back().second + 1 == column;
    if (!follows) key_runs_.emplace_back(column, column);
    key_runs_.back().second = column;
  }
  possible_ = possible_ && variable_column_;
  time_matters_ = tariff.versions.size() > 1 || options.rates != nullptr;
  for (const Plan& plan : tariff.versions) {
    time_matters_ = time_matters_ || plan.schedule.from || plan.schedule.until;
    each_condition(plan, [&](const Condition& condition) {
      bool day = condition.subject == Condition::Subject::date || condition.name == "weekday";
      bool clock = condition.subject == Condition::Subject::time_of_day;
      day_matters_ = day_matters_ || day;
      if (clock) possible_ = false;
      if (!is_about_number(condition) && !clock)
        conditions_.push_back(When{{condition}, condition.place});
    });
  }
  time_matters_ = time_matters_ || day_matters_;
  columns_ = key_columns_;
  if (time_) columns_.push_back(*time_);
  if (variable_column_) columns_.push_back(*variable_column_);
  if (layout.billed) columns_.push_back(*layout.billed);
  table_.resize(std::size_t{1} << 10);
}

// ---- the row's key -----------------------------------------------------------------------------

bool FastRows::find_key(const Cells& cells, CellForm form, RowKey& key) const {
  if (form == CellForm::slices) {
    for (const auto& [first, last] : key_runs_) {
      const char* begin = cells[first].data();
      const char* end = cells[last].data() + cells[last].size();
      if (first != key_runs_.front().first && !key.append(',')) return false;
      if (!key.append({begin, static_cast<std::size_t>(end - begin)}, true)) return false;
    }
    return true;
  }
  // A separator that no text has: a comma in a CSV, a control character in plain JSON.
  char separator = layout_.input == TableForm::csv ? ',' : '\x1f';
  for (std::size_t column : key_columns_) {
    std::string_view text = cells[column];
    if (form == CellForm::any && text.find(separator) != std::string_view::npos) return false;
    if (column != key_columns_.front() && !key.append(separator)) return false;
    if (!key.append(text, form != CellForm::any)) return false;
  }
  return true;
}

// What of a row's time its price may depend on, as one number; nothing: a time that cannot be read,
// or that no version is in force at.
std::optional<std::uint64_t> FastRows::time_class(std::string_view text) const {
  const TimeZone& zone = tariff_.versions.front().schedule.timezone;
  Instant time = options_.now;
  if (!text.empty()) {
    std::optional<Instant> plain = read_plain_instant(text);
    if (!plain) {
      Checked<Instant> parsed = parse_instant(text, zone);
      if (!parsed) return std::nullopt;
      plain = *parsed;
    }
    time = *plain;
  }
  if (!time_matters_) return 0;
  const Plan* plan = tariff_.at(time);
  if (plan == nullptr) return std::nullopt;
  auto version = static_cast<std::uint64_t>(plan - tariff_.versions.data());
  std::uint64_t row = 0, day = 0;
  if (options_.rates != nullptr) {
    const Rates* rates = options_.rates->at(time);
    if (!rates->begins) row = 1 + static_cast<std::uint64_t>(rates - options_.rates->rows.data());
  }
  if (day_matters_)
    day = static_cast<std::uint32_t>(plan->schedule.timezone.local(time).day.number);
  return (version << 52) | (row << 32) | day;
}

std::optional<std::int64_t> FastRows::variable_of(std::string_view text, int digits) const {
  std::int64_t value = 0;
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto digit = static_cast<unsigned>(text[i] - '0');
    if (digit <= 9) {
      value = value * 10 + static_cast<std::int64_t>(digit);
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return std::nullopt;
    }
  }
  bool leading_zero = text[0] == '0' && text.size() > 1 && point != 1;
  int places = point == text.size() ? 0 : static_cast<int>(text.size() - point) - 1;
  if (leading_zero || point == 0 || places > digits || (point < text.size() && places == 0))
    return std::nullopt;
  for (; places < digits; ++places) {
    if (value > 1'000'000'000'000'000'00) return std::nullopt;
    value *= 10;
  }
  return value;
}

// ---- leaves ------------------------------------------------------------------------------------

FastRows::Slot* FastRows::find(const RowKey& key, std::uint64_t hash) {
  std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = table_[at];
    if (slot.key == key) return &slot;
    if (!slot.key.is_empty()) continue;
    if (slots_used_ >= slots_max) return nullptr;
    if (2 * (slots_used_ + 1) > table_.size()) {
      grow();
      return find(key, hash);
    }
    ++slots_used_;
    slot.key = ShortKey(key);
    return &slot;
  }
}

void FastRows::grow() {
  std::vector<Slot> before(2 * table_.size());
  before.swap(table_);
  std::size_t mask = table_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.key.is_empty()) continue;
    std::size_t at = slot.key.hash() & mask;
    while (!table_[at].key.is_empty()) at = (at + 1) & mask;
    table_[at] = slot;
  }
}

// Two rows of one signature get the same answers: the same conditions hold, in the same currencies.
std::string FastRows::signature(const Setting& setting) const {
  const Operation& operation = setting.operation;
  auto pointer = [](const void* p) { return std::to_string(reinterpret_cast<std::uintptr_t>(p)); };
  std::string text = pointer(setting.plan) + " " + pointer(setting.rates) + " " + operation.name;
  text += " " + std::string(operation.currency.code()) + " " +
          std::string(operation.to_currency.code()) + " ";
  for (const auto& [name, value] : operation.quantities) {
    if (name != variable_) text += name + "=" + value.to_string() + " ";
  }
  auto no_numbers = [](const Condition&) -> Checked<Truth> { return Truth::yes; };
  for (const When& when : conditions_) {
    Checked<WhenAnswer> answer = decide(when, setting.plan->schedule, operation, no_numbers);
    text += !answer                       ? 'x'
            : answer->truth == Truth::yes ? '1'
            : answer->truth == Truth::no  ? '0'
                                          : '?';
  }
  return text;
}

std::optional<Leaf> FastRows::make_leaf(const Setting& setting) const {
  Scene scene{setting.operation, setting.rates, setting.readings};
  if (!variable_.empty()) scene.variable = &variable_;
  bool lacks = variable_.empty() ? !setting.operation.amount.has_value()
                                 : !setting.operation.quantities.contains(variable_);
  if (lacks) return std::nullopt;
  return lower(*setting.plan, scene);
}

FastRows::Answered* FastRows::add_leaf(std::optional<Leaf> leaf) {
  Answered& answered = leaves_.emplace_back();
  answered.leaf = std::move(leaf);
  if (!answered.leaf) return &answered;
  const Leaf& made = *answered.leaf;
  answered.credit_currency = made.credit_currency.code();
  answered.credit_digits = made.plan->schedule.currencies.digits(made.credit_currency);
  for (const LeafPiece& piece : made.pieces) {
    Sums sums;
    sums.roundings.resize(piece.roundings.size());
    answered.sums.push_back(std::move(sums));
  }
  for (const OutputColumn& column : layout_.output) {
    if (column.kind != OutputColumn::Kind::line) continue;
    std::vector<int> of_piece;
    for (const LeafPiece& piece : made.pieces) {
      int which = -1;
      for (std::size_t i = 0; i < piece.lines.size(); ++i) {
        const Fee& fee = *made.plan->fees[piece.lines[i].fee].as_written;
        if (fee.id == layout_.fee_ids[column.index]) which = static_cast<int>(i);
      }
      of_piece.push_back(which);
    }
    answered.lines.push_back(std::move(of_piece));
  }
  return &answered;
}

// The second row of its words makes the leaf; words that come once are not worth one.
void FastRows::resolve(Slot& slot, const Cells& cells) {
  if (!slot.is_seen_twice) {
    slot.is_seen_twice = true;
    return;
  }
  Checked<Setting> setting = set_out(tariff_, asker_.question_of(cells));
  if (!setting) return;  // a fault of the amount or the time may be this row's alone
  std::string name = signature(*setting);
  auto [found, is_new] = by_signature_.emplace(name, nullptr);
  if (is_new) found->second = add_leaf(make_leaf(*setting));
  slot.answered = found->second;
}

// ---- answers -----------------------------------------------------------------------------------

bool FastRows::answer(const Cells& cells, CellForm form, bool after_input, Bytes& out) {
  if (!possible_) return false;
  RowKey key;
  if (!find_key(cells, form, key)) return false;
  std::string_view when = time_ ? cells[*time_] : std::string_view();
  std::uint64_t moment = 0;
  if (!is_plain_utc(when) || time_matters_) {
    std::optional<std::uint64_t> found = time_class(when);
    if (!found) return false;
    moment = *found;
    char bytes[sizeof moment];
    std::memcpy(bytes, &moment, sizeof moment);
    if (time_matters_ && !key.append({bytes, sizeof bytes}, false)) return false;
  }
  Slot* slot = find(key, key.finish());
  if (slot == nullptr) return false;
  if (slot->answered == nullptr) resolve(*slot, cells);
  if (slot->answered == nullptr || !slot->answered->leaf) return false;
  Answered& answered = *slot->answered;
  const Leaf& leaf = *answered.leaf;
  std::optional<std::int64_t> n = variable_of(cells[*variable_column_], leaf.digits);
  const LeafPiece* piece = n ? leaf.find(*n) : nullptr;
  if (piece == nullptr) return false;
  std::int64_t values[32];
  round_all(*piece, *n, values);
  if (layout_.billed && !is_billed(cells, leaf, value_of(*piece, piece->fee.sum, *n, values)))
    return false;
  auto index = static_cast<std::size_t>(piece - leaf.pieces.data());
  Sums& sums = answered.sums[index];
  ++sums.rows;
  sums.n += *n;
  for (std::size_t i = 0; i < sums.roundings.size(); ++i) sums.roundings[i] += values[i];
  char* at = out.room(layout_.output.size() * units_width_max + 64);
  out.wrote(write_results(at, answered, *piece, index, values, *n, after_input));
  return true;
}

bool FastRows::is_billed(const Cells& cells, const Leaf& leaf, std::int64_t fee) const {
  int digits = leaf.plan->schedule.currencies.digits(leaf.currency);
  std::optional<std::int64_t> billed = variable_of(cells[*layout_.billed], digits);
  return billed && *billed == fee;
}

char* FastRows::write_results(char* at, Answered& answered, const LeafPiece& piece,
                              std::size_t index, const std::int64_t* values, std::int64_t n,
                              bool after_input) const {
  auto word = [&](std::string_view text) {
    std::memcpy(at, text.data(), text.size());
    at += text.size();
  };
  auto figure = [&](const LeafFigure& one) {
    at = write_units(at, value_of(piece, one.sum, n, values), one.scale);
  };
  std::size_t line = 0;
  bool first = !after_input;
  for (const OutputColumn& column : layout_.output) {
    if (column.kind == OutputColumn::Kind::input) continue;
    if (!first) *at++ = ',';
    first = false;
    if (column.kind == OutputColumn::Kind::line) {
      int which = answered.lines[line++][index];
      if (which < 0) continue;
      const LeafFigure& amount = piece.lines[static_cast<std::size_t>(which)].amount;
      figure(amount);
      for (int scale = amount.scale; scale > piece.fee.scale && at[-1] == '0'; --scale) --at;
      continue;
    }
    switch (static_cast<Result>(column.index)) {
      case Result::status:
        word(layout_.billed ? "match" : "ok");
        break;
      case Result::fee:
        figure(piece.fee);
        break;
      case Result::debit:
        figure(piece.debit);
        break;
      case Result::credit:
        figure(piece.credit);
        break;
      case Result::credit_currency:
        word(answered.credit_currency);
        break;
      case Result::difference:
        at = write_units(at, 0, piece.fee.scale);
        break;
      case Result::other_fees:
      case Result::cause:
      case Result::reason:
        break;
    }
  }
  return at;
}

}  // namespace levy
