// One struct a command, filled before any file is opened; and the functions that run them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace levy {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// What every command takes.
struct Common {
  bool json = false;
  std::string language = "en";
  std::string color = "auto";  // auto, always, never
  std::string at;              // empty: the clock
  std::string schedules;       // a directory; empty: LEVY_SCHEDULES, then the installed one
};

// What an operation is described by, beside its name and amount.
struct OperationWords {
  std::string operation, amount;
  NamedTexts fields;   // --to, --attr name=value, and every option that a schedule declares
  NamedTexts options;  // as typed, "--gas-used 21000": resolved against the schedule once loaded
  NamedTexts used;     // --used meter=value
  std::string rates, max_age;
  bool strict = false;
};

// What an account has shown and done: --profile, --history, --account, --balance.
struct AccountOptions {
  std::string profile, history, account, balance;  // empty: not given
};

struct QuoteCommand {
  Common common;
  std::string schedule;
  OperationWords words;
  AccountOptions account;
  std::optional<std::string> receive, pay;
  bool explain = false;
  bool expand = false;
};

struct CheckCommand {
  Common common;
  std::string schedule;
  OperationWords words;
  AccountOptions account;
};

struct TiersCommand {
  Common common;
  std::string schedule;
  AccountOptions account;
  NamedTexts used;  // --used meter=value
  std::string tier;
  std::string rates;
  std::string horizon = "30d";
};

struct TestCommand {
  Common common;
  std::vector<std::string> files;
};

struct ShowCommand {
  Common common;
  std::string schedule;
  bool markdown = false;
};

// Help or a version: printed, status 0.
struct PrintCommand {
  std::string text;
};

using Command =
    std::variant<QuoteCommand, CheckCommand, TiersCommand, TestCommand, ShowCommand, PrintCommand>;

// The exit status (0 yes or done, 1 a lawful no, 2 unusable input or usage, 3 reading or writing
// failed, 4 levy's own fault).
int run(const QuoteCommand& command);
int run(const CheckCommand& command);  // status 1: declined
int run(const TiersCommand& command);
int run(const TestCommand& command);
int run(const ShowCommand& command);
int run(const PrintCommand& command);

int run_levy(const std::vector<std::string>& words);

}  // namespace levy
