#include "limits/account.h"
#include "base/suggest.h"
#include "base/text.h"

#include <utility>

namespace levy {
namespace {

Checked<Reading> read_balance(const Ladder& ladder, const LimitRule& rule, const std::string& text,
                              const Rates* rates) {
  Checked<Money> money = parse_money(text, ladder.schedule->currencies, rule.use.currency);
  if (!money) {
    Diagnostic fault = money.faults().front();
    if (fault.code != Code::unknown_currency) fault.code = Code::bad_value;
    fault.message = "the balance " + in_quotes(text) + ": " + fault.message;
    fault.place = Place();
    return fault;
  }
  Checked<Rational> value = convert(*money, rule.use.currency, rates);
  if (!value) return std::move(value).faults();
  return Reading{*value, rule.use.currency, false};
}

}  // namespace

std::optional<Diagnostics> add_balance(const Ladder& ladder, const std::string& balance,
                                       const Rates* rates, Readings& readings) {
  for (const LimitRule& rule : ladder.limits) {
    bool counts_it = rule.use.meter->measure == Meter::Measure::balance;
    if (!counts_it || readings.contains(rule.use.id)) continue;
    Checked<Reading> reading = read_balance(ladder, rule, balance, rates);
    if (!reading) return std::move(reading).faults();
    readings.emplace(rule.use.id, *reading);
  }
  return std::nullopt;
}

Checked<Account> account_of(const Ladder& ladder, AccountWords words, const Rates* rates) {
  Checked<Readings> usage = read_used(*ladder.schedule, words.profile.usage, rates);
  if (!usage) return std::move(usage).faults();
  Account account;
  account.profile = std::move(words.profile);
  account.readings = std::move(words.used);
  account.readings.merge(*usage);
  const std::optional<std::string>& balance =
      words.balance ? words.balance : account.profile.balance;
  if (balance) {
    if (auto faults = add_balance(ladder, *balance, rates, account.readings)) return *faults;
  }
  if (!words.history) return account;
  account.history = std::move(words.history->counts);
  for (auto& [id, changes] : words.history->changes) {
    if (!account.readings.contains(id)) account.changes.emplace(id, std::move(changes));
  }
  account.readings.merge(words.history->readings);
  return account;
}

}  // namespace levy
