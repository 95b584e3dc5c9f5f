#include "batch/fast/counted_cell.h"

#include <algorithm>

#include "facts/conditions.h"
#include "limits/assess.h"

namespace levy::batch::fast {
namespace {

// Is it decided by the cell's words alone?
bool asks_words_only(const std::optional<schedule::When>& when) {
  if (!when) return true;
  return std::all_of(
      when->conditions.begin(), when->conditions.end(), [](const schedule::Condition& one) {
        return one.subject == schedule::Condition::Subject::attribute && one.name != "weekday";
      });
}

class CellCounter {
 public:
  CellCounter(const fees::ResolvedQuestion& setting, const limits::Ladder* ladder,
              const ledger::Ledger* ledger)
      : setting_(setting),
        schedule_(setting.plan->schedule),
        operation_(setting.operation),
        ladder_(ladder),
        ledger_(ledger) {}

  std::optional<CountedCell> run() {
    bool counted = add_readings() && add_tests() && add_sums();
    return counted ? std::optional(std::move(cell_)) : std::nullopt;
  }

 private:
  bool add_readings() {
    auto readings = readings_of(setting_, ledger_);
    if (!readings) return false;
    for (const CellReading& one : *readings) cell_.readings.push_back(one.meter);
    return true;
  }

  bool add_tests() {
    if (ladder_ == nullptr) return true;
    for (const schedule::Limit& limit : schedule_.limits) {
      bool concerned =
          !limit.meter.operations || facts::concerns(*limit.meter.operations, operation_.name);
      if (!concerned) continue;
      const std::optional<schedule::Meter::Counts>& counts = limit.meter.counts;
      bool by_words = asks_words_only(limit.meter.when) &&
                      (!counts || asks_words_only(counts->when)) && limit.meter.per.empty();
      if (!by_words) return false;
    }
    static const limits::Account nobody;
    static const facts::Readings nothing;
    limits::AccountSnapshot now{*ladder_, nobody, nothing, operation_.time, setting_.rates, false};
    std::optional<std::string> tier;
    auto given = operation_.attributes.find("tier");
    if (given != operation_.attributes.end()) tier = given->second;
    auto applied = limits::apply_limits(now, operation_, tier);
    if (!applied || applied->size() > CountedCell::tests_max) return false;
    return std::all_of(applied->begin(), applied->end(),
                       [&](const limits::Applied& one) { return add_test(one); });
  }

  bool add_test(const limits::Applied& applied) {
    const schedule::Limit& limit = *applied.rule->as_written;
    CountedCell::Test test;
    test.limit = &limit;
    auto added = added_to(limit.meter, applied.rule->use.currency);
    if (!added) return false;
    // What only a pay-in adds to is compared in the same units by the payout that it allows.
    int scale = *added == CountedCell::Added::one ? 0 : digits();
    test.added = applied.counts_itself ? *added : CountedCell::Added::nothing;
    if (limit.meter.window.kind != Window::Kind::transaction) {
      if (ledger_ == nullptr) return false;
      test.meter = ledger_->find_meter(*setting_.plan, limit.id);
      if (!test.meter || ledger_->meters()[*test.meter].scale() != scale) return false;
    }
    // Figures are whole units: what lies between them is as good as the nearest one inside.
    if (applied.min) {
      auto min = round(*applied.min, Decimal::ten_to(-scale), RoundingMode::ceiling);
      std::optional<std::int64_t> units = min.minor_units(scale);
      if (!units) return false;
      test.min = *units;
    }
    if (applied.max) {
      auto max = round(*applied.max, Decimal::ten_to(-scale), RoundingMode::floor);
      std::optional<std::int64_t> units = max.minor_units(scale);
      if (!units) return false;
      test.max = *units;
    }
    cell_.tests.push_back(test);
    return true;
  }

  // Every meter of the ledger that counts these operations, of whichever version.
  bool add_sums() {
    if (ledger_ == nullptr) return true;
    for (std::size_t i = 0; i < ledger_->meters().size(); ++i) {
      const ledger::LedgerMeter& meter = ledger_->meters()[i];
      const facts::Counter& counter = meter.counter();
      if (!facts::counts_operation(counter, operation_.name)) continue;
      if (!counter.use.meter->per.empty()) return false;
      for (const schedule::When* when : facts::conditions_of(counter)) {
        if (!asks_words_only(*when)) return false;
      }
      Checked<bool> counted = facts::counts(counter, meter.schedule(), operation_);
      if (!counted) return false;
      if (!*counted) continue;
      auto added = added_to(*counter.use.meter, counter.use.currency);
      if (!added || meter.scale() != (*added == CountedCell::Added::one ? 0 : digits()))
        return false;
      CountedCell::Sum sum{i, *added, 0};
      if (meter.is_whole() || *added == CountedCell::Added::line) {
        std::optional<std::size_t> fee = charged_fee(counter.use.id);
        // What an allowance that is used whole or not at all exempted is told by the line alone.
        if (meter.is_whole() && (!fee || *added != CountedCell::Added::amount)) return false;
        if (!fee) continue;
        if (cell_.lines.size() == CountedCell::Row::lines_max) return false;
        if (meter.is_whole()) sum.added = CountedCell::Added::exempted;
        sum.line = cell_.lines.size();
        cell_.lines.push_back({*fee, meter.scale(), meter.is_whole()});
      }
      cell_.sums.push_back(sum);
    }
    return true;
  }

  // The plan's fee of that id, where it is for these operations.
  std::optional<std::size_t> charged_fee(const std::string& id) const {
    auto fee = setting_.plan->fee_index.find(id);
    if (fee == setting_.plan->fee_index.end()) return std::nullopt;
    const schedule::Fee& written = *setting_.plan->fees[fee->second].as_written;
    return facts::concerns(written.operations, operation_.name) ? std::optional(fee->second)
                                                                : std::nullopt;
  }

  std::optional<CountedCell::Added> added_to(const schedule::Meter& meter, Currency currency) {
    switch (meter.measure) {
      case schedule::Meter::Measure::count:
        return CountedCell::Added::one;
      case schedule::Meter::Measure::amount:
        if (currency != operation_.currency) return std::nullopt;
        return CountedCell::Added::amount;
      case schedule::Meter::Measure::debit:
        if (currency != operation_.currency) return std::nullopt;
        cell_.asks_debit = true;
        return CountedCell::Added::debit;
      case schedule::Meter::Measure::fee:
        if (currency != operation_.currency) return std::nullopt;
        return CountedCell::Added::line;
      case schedule::Meter::Measure::quantity:
      case schedule::Meter::Measure::units:
      case schedule::Meter::Measure::balance:
        break;
    }
    return std::nullopt;
  }

  int digits() const { return schedule_.currencies.digits(operation_.currency); }

  const fees::ResolvedQuestion& setting_;
  const schedule::Schedule& schedule_;
  const facts::Operation& operation_;
  const limits::Ladder* ladder_;
  const ledger::Ledger* ledger_;
  CountedCell cell_;
};

}  // namespace

std::optional<std::vector<CellReading>> readings_of(const fees::ResolvedQuestion& setting,
                                                    const ledger::Ledger* ledger) {
  std::vector<CellReading> readings;
  if (!setting.readings.empty()) return std::nullopt;
  for (const fees::FeePlan& fee : setting.plan->fees) {
    const schedule::Meter* meter = schedule::find_meter(*fee.as_written);
    bool asks = meter != nullptr && meter->window.kind != Window::Kind::transaction &&
                facts::concerns(fee.as_written->operations, setting.operation.name);
    if (!asks) continue;
    auto index =
        ledger == nullptr ? std::nullopt : ledger->find_meter(*setting.plan, fee.as_written->id);
    if (!index || !meter->per.empty()) return std::nullopt;
    readings.push_back({{fee.as_written->id, ledger->meters()[*index].scale()}, *index});
  }
  return readings;
}

std::optional<CountedCell> count_cell(const fees::ResolvedQuestion& setting,
                                      const limits::Ladder* ladder, const ledger::Ledger* ledger) {
  return CellCounter(setting, ladder, ledger).run();
}

}  // namespace levy::batch::fast
