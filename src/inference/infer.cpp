#include "inference/infer.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "batch/batch.h"
#include "fees/tariff.h"
#include "formats/csv.h"

namespace levy::inference {

std::optional<DecimalInterval> decimals_inside(const RationalInterval& interval,
                                               const Rational& width_min) {
  Rational width = interval.high - interval.low;
  if (width < width_min) return std::nullopt;
  int places = 0;
  while (places < 20 && width * Rational(Decimal::ten_to(places)) < Rational(100)) ++places;
  Rational scale = Decimal::ten_to(places);
  Decimal low = (interval.low * scale).floor() + Decimal(1);
  Decimal high = (interval.high * scale).ceiling() - Decimal(1);
  Decimal unit = Decimal::ten_to(-places);
  return DecimalInterval{low * unit, high * unit};
}

namespace {

constexpr std::size_t outliers_max = 1000, examples_max = 60;

class Inference {
 public:
  explicit Inference(Observed observed) { inferred_.observed = std::move(observed); }

  Inferred run() {
    fees::Work work{infer_steps_max};
    inferred_.cells = find_fee_cells(inferred_.observed, work);
    inferred_.complete = !work.is_done();
    make_list();
    if (!inferred_.list.rows.empty()) ask_levy();
    add_examples();
    count();
    return std::move(inferred_);
  }

 private:
  const Observation& at(std::uint32_t member) const { return inferred_.observed.all[member]; }

  std::string money(std::int64_t units, const FeeCell& cell, int more_digits) const {
    int digits = digits_of(cell.currency);
    return Decimal::of(units, digits + more_digits).to_string(digits) + " " + cell.currency;
  }
  std::string amount_of(std::uint32_t member, const FeeCell& cell) const {
    return money(at(member).amount, cell, 0);
  }

  // ---- the schedule ----------------------------------------------------------------------------

  void make_list() {
    tables::PriceList& list = inferred_.list;
    std::set<std::string> currencies;
    for (FeeCell& cell : inferred_.cells) {
      currencies.insert(cell.currency);
      // What an operation does not say cannot be asked for.
      bool sayable = true;
      for (tables::PriceTest& test : cell.tests) {
        std::erase_if(test.values, [](const std::string& value) { return value.empty(); });
        sayable = sayable && !test.values.empty();
      }
      if (!sayable) cell.fit.pieces.clear();
      if (!sayable) cell.has_too_little = true;
    }
    for (const FeeCell& cell : inferred_.cells) {
      std::vector<tables::PriceRow> rows = price_rows(cell);
      if (currencies.size() > 1)
        for (tables::PriceRow& row : rows)
          row.tests.insert(row.tests.begin(), {"currency", false, {cell.currency}});
      list.rows.insert(list.rows.end(), rows.begin(), rows.end());
    }
    if (currencies.size() == 1) list.currency = *currencies.begin();
    // What a schedule says where it says nothing need not be written.
    bool by_default =
        std::all_of(list.rows.begin(), list.rows.end(), [](const tables::PriceRow& row) {
          return row.round.mode == to_string(RoundingMode::half_even);
        });
    if (by_default)
      for (tables::PriceRow& row : list.rows) row.round.mode.clear();
  }

  // The rows that the prices rest on, which the schedule charges as the table does.
  void add_examples() {
    for (const FeeCell& cell : inferred_.cells)
      for (const FeePiece& piece : cell.fit.pieces)
        for (std::uint32_t member : piece.rests_on)
          if (matches_[member] && inferred_.list.examples.size() < examples_max)
            inferred_.list.examples.push_back(example_of(cell, member));
  }

  tables::PriceExample example_of(const FeeCell& cell, std::uint32_t member) const {
    tables::PriceExample example;
    example.title = inferred_.observed.file + ", line " + std::to_string(at(member).line);
    std::string operation = tables::name_of_words(cell.operation, '_');
    example.operation = operation.empty() ? "payment" : operation;
    example.amount = amount_of(member, cell);
    for (const tables::PriceTest& test : cell.tests)
      example.fields.emplace_back(test.name,
                                  inferred_.observed.value(at(member).combination, test.name));
    example.fee = money(at(member).fee, cell, 4);
    return example;
  }

  // ---- levy's own answer -----------------------------------------------------------------------

  // Each row that differs is charged by the schedule as it will be printed; only what then comes to
  // the row's fee is explained.
  void ask_levy() {
    tables::PriceList list = inferred_.list;
    list.id = "inferred";
    Checked<fees::Tariff> tariff =
        fees::load_tariff({Source("inferred", tables::schedule_text(list))});
    ensure(static_cast<bool>(tariff), "an inferred schedule is sound");
    header();
    batch::rows::BatchOptions options;
    options.select.emplace();
    options.results = {batch::rows::Result::status};
    options.header = false;
    options.reconcile = {{"fee", "billed"}};
    batch::BatchSinks sinks;
    sinks.write = [&](std::string_view bytes) { return take(bytes); };
    auto table = [&](char* into, std::size_t size) { return read(into, size); };
    Checked<batch::BatchOutcome> outcome =
        batch::run_batch(*tariff, options, {{"inferred", table, {}}}, std::nullopt, sinks);
    ensure(static_cast<bool>(outcome), "an inferred schedule charges a table");
    ensure(matches_.size() == inferred_.observed.all.size(), "each row has an answer");
  }

  // The table that is charged, written as it is read.
  void header() {
    for (const tables::PriceRow& row : inferred_.list.rows)
      for (const tables::PriceTest& test : row.tests)
        if (test.name != "currency" && !is_among(asked_, test.name)) asked_.push_back(test.name);
    written_ = "operation,amount,currency,billed";
    for (const std::string& name : asked_) written_ += "," + name;
    written_ += "\n";
  }

  std::size_t read(char* into, std::size_t size) {
    while (written_.size() - read_ < size && next_ < inferred_.observed.all.size()) write_row();
    std::size_t count = std::min(size, written_.size() - read_);
    std::copy_n(written_.data() + read_, count, into);
    read_ += count;
    if (read_ == written_.size()) written_.clear(), read_ = 0;
    return count;
  }

  void write_row() {
    const Observed& observed = inferred_.observed;
    const Observation& one = observed.all[next_++];
    if (one.combination != combination_ || prefix_.empty()) {
      combination_ = one.combination;
      std::string operation =
          tables::name_of_words(observed.value(one.combination, "operation"), '_');
      prefix_ = (operation.empty() ? "payment" : operation) + ",";
      currency_ = observed.value(one.combination, "currency");
      if (currency_.empty()) currency_ = inferred_.list.currency;
      digits_ = digits_of(currency_);
      suffix_.clear();
      for (const std::string& name : asked_) {
        suffix_ += ',';
        formats::append_csv_cell(suffix_, observed.value(one.combination, name));
      }
      suffix_ += "\n";
    }
    written_ += prefix_ + Decimal::of(one.amount, digits_).to_string() + "," + currency_ + "," +
                Decimal::of(one.fee, digits_ + 4).to_string() + suffix_;
  }

  // One status a line.
  bool take(std::string_view bytes) {
    for (char c : bytes) {
      if (c != '\n') {
        status_ += c;
        continue;
      }
      matches_.push_back(status_ == "match");
      status_.clear();
    }
    return true;
  }

  // ---- what is explained -----------------------------------------------------------------------

  void count() {
    for (const FeeCell& cell : inferred_.cells) {
      for (std::uint32_t member : cell.members) {
        if (!matches_.empty() && matches_[member]) {
          inferred_.explained_rows += at(member).rows;
        } else if (cell.has_too_little) {
          inferred_.undecided_rows += at(member).rows;
        } else {
          inferred_.outlier_rows += at(member).rows;
          add_outlier(cell, member);
        }
      }
    }
    std::vector<Outlier>& all = inferred_.outliers;
    std::sort(all.begin(), all.end(),
              [](const Outlier& a, const Outlier& b) { return a.line < b.line; });
    if (all.size() > outliers_max) all.resize(outliers_max);
  }

  void add_outlier(const FeeCell& cell, std::uint32_t member) {
    if (inferred_.outliers.size() == 20 * outliers_max) return;
    const Observation& one = at(member);
    Outlier outlier;
    outlier.line = one.line;
    outlier.rows = one.rows;
    outlier.operation = cell.operation;
    outlier.amount = amount_of(member, cell);
    outlier.fee = money(one.fee, cell, 4);
    outlier.expected = money(fee_at(cell.fit, digits_of(cell.currency), one.amount), cell, 4);
    inferred_.outliers.push_back(std::move(outlier));
  }

  Inferred inferred_;
  std::vector<std::string> asked_;  // attributes
  std::string written_, prefix_, suffix_, currency_, status_;
  std::size_t read_ = 0, next_ = 0;
  std::uint32_t combination_ = 0;
  int digits_ = 2;
  std::vector<bool> matches_;  // of each observation
};

}  // namespace

Checked<Inferred> infer(const std::string& file, formats::ReadBlock read,
                        const InferOptions& options) {
  Checked<Observed> observed = read_observations(file, std::move(read), options);
  if (!observed) return std::move(observed).faults();
  if (observed->rows == 0) {
    if (!observed->first_unusable.empty()) return observed->first_unusable;
    return Diagnostic{Code::bad_file, "no row has a fee in the column " + in_quotes(options.fee),
                      "name the column that has what was charged, --fee COLUMN",
                      Place::of_file(file)};
  }
  if (observed->find_column("currency") == std::nullopt)
    observed->columns.push_back({"currency", {options.currency}, false});
  for (std::vector<std::uint16_t>& values : observed->combinations)
    values.resize(observed->columns.size(), 0);
  return Inference(std::move(*observed)).run();
}

}  // namespace levy::inference
