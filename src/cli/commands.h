// One struct a command, filled before any file is opened; what its words are and what it does.
//
// A new command takes: its struct here, in `Command`, and its two functions below; both in a file
// run_NAME.cpp; and a place in the list at the head of command_line.cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace levy::cli {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// What every command takes.
struct Common {
  bool json = false;
  bool markdown = false;        // of the answers that are pages
  bool letter = false;          // of quote, check and tiers
  std::string lang;             // --lang as given; empty: the environment's
  std::string language = "en";  // what follows from it: a tag, "zh-CN"
  std::string color = "auto";   // auto, always, never
  std::string at;               // empty: the clock
  std::string schedules;        // a directory; empty: LEVY_SCHEDULES, then the installed one
};

// Options that only a schedule can tell, as typed: "gas-used", "21000". Where it does not know one,
// one of levy's own may have been meant.
struct DeclaredOptions {
  NamedTexts texts;
  std::vector<std::string> own;  // levy's, "--explain"
};

// What an operation is described by, beside its name and amount.
struct OperationWords {
  std::string operation, amount, to;
  NamedTexts fields;  // --attr name=value
  DeclaredOptions options;
  NamedTexts used;  // --used meter=value
  std::string rates, rate, max_age;
  bool strict = false;
};

// What an account has shown and done: --profile, --history, --account, --balance.
struct AccountOptions {
  std::string profile, history, mapping, account, balance;  // empty: not given
  bool new_account = false;
};

struct QuoteCommand {
  Common common;
  std::string schedule;
  OperationWords words;
  AccountOptions account;
  std::optional<std::string> receive, pay;
  bool limits = false;  // all of them, with their figures
  bool explain = false;
  bool expand = false;
};

struct CheckCommand {
  Common common;
  std::string schedule;
  OperationWords words;
  AccountOptions account;
  bool limits = false;  // all of them, with their figures
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
  bool coverage = false, suggest = false, quiet = false;
};

struct ValidateCommand {
  Common common;
  std::vector<std::string> files;
  std::string format = "text";    // text, json, sarif, github, junit
  std::string fail_on = "error";  // error, warning
  std::vector<std::string> select, ignore;
  bool fix = false, write = false, quiet = false;
};

struct FmtCommand {
  Common common;
  std::vector<std::string> files;
  bool check = false, diff = false, write = false;
};

struct InitCommand {
  Common common;
  std::string table, id, currency;  // empty: not given
};

struct InferCommand {
  Common common;
  std::string table, fee, amount, currency, id;  // empty: not given
  std::vector<std::string> by;                   // commas between them, too
};

struct ShowCommand {
  Common common;
  std::string schedule;
  bool html = false, csv = false;
};

struct CompareCommand {
  Common common;
  OperationWords words;
  std::vector<std::string> schedules;
  bool curve = false;
};

struct PlotCommand {
  Common common;
  std::string schedule;
  OperationWords words;  // without an amount
  std::vector<std::string> others;
  std::string show = "fee";  // fee, percent, net
  bool logarithmic = false, csv = false;
  std::string from, until;  // empty: from 0, and as far as there is something to see
  std::string svg;          // a file; empty: none
};

struct DiffCommand {
  Common common;
  std::string before, after;  // the versions
  std::string rates;
  std::string transactions, mapping, max_increase;  // empty: not given
};

struct BatchCommand {
  Common common;
  std::string schedule;
  std::vector<std::string> files;  // none, or "-": standard input
  NamedTexts map, set;
  std::optional<std::string> select, results, columns;  // names, commas between them
  std::string mapping, input_format, output_format, output, rejects, summary, summary_format,
      history;
  std::vector<std::string> snapshots_in;
  std::string snapshot_out, sorted;
  std::string rates, max_age, threads, tolerance;
  std::vector<std::string> reconcile;  // COLUMN, or fee=COLUMN, fee.ID=COLUMN, debit=, credit=
  std::string progress = "auto";
  std::string flush;  // auto, record, chunk; empty: auto with --filter, else chunk
  bool lines = false, header = false, filter = false, chunk_header = false, quiet = false;
  bool csv_safe = false;
  bool enforce_limits = false, assume_zero = false;
  bool sort = false, in_given_order = false, migrate = false;
};

struct MappingCommand {
  Common common;
  std::string file, schedule;
};

struct SchemaCommand {
  Common common;
  std::string of;  // schedule, rates, mapping; empty: schedule
};

struct ExplainCommand {
  Common common;
  std::string code;
  bool list = false;
};

struct CompletionCommand {
  Common common;
  std::string shell;
};

struct ListCommand {
  Common common;
  std::vector<std::string> places;  // directories, schedules; none: where ids are looked up
};

// levy help quote okpay, and levy quote okpay --help.
struct HelpCommand {
  Common common;
  std::string command, schedule;  // empty: not given
};

// A version: printed, status 0. It has no words of its own.
struct PrintCommand {
  std::string text;
};

using Command =
    std::variant<QuoteCommand, CheckCommand, TiersCommand, TestCommand, ValidateCommand, FmtCommand,
                 ShowCommand, CompareCommand, PlotCommand, DiffCommand, BatchCommand, SchemaCommand,
                 ExplainCommand, CompletionCommand, ListCommand, HelpCommand, InitCommand,
                 InferCommand, MappingCommand, PrintCommand>;

struct Syntax;  // cli/syntax.h: the command's name and options, bound to its members

Syntax syntax_of(QuoteCommand& command);
Syntax syntax_of(CheckCommand& command);
Syntax syntax_of(TiersCommand& command);
Syntax syntax_of(TestCommand& command);
Syntax syntax_of(ValidateCommand& command);
Syntax syntax_of(FmtCommand& command);
Syntax syntax_of(InitCommand& command);
Syntax syntax_of(InferCommand& command);
Syntax syntax_of(ShowCommand& command);
Syntax syntax_of(CompareCommand& command);
Syntax syntax_of(PlotCommand& command);
Syntax syntax_of(DiffCommand& command);
Syntax syntax_of(BatchCommand& command);
Syntax syntax_of(MappingCommand& command);
Syntax syntax_of(SchemaCommand& command);
Syntax syntax_of(ExplainCommand& command);
Syntax syntax_of(CompletionCommand& command);
Syntax syntax_of(ListCommand& command);
Syntax syntax_of(HelpCommand& command);
Syntax syntax_of(PrintCommand& command);

// The exit status (0 yes or done, 1 a lawful no, 2 unusable input or usage, 3 reading or writing
// failed, 4 levy's own fault).
int run(const QuoteCommand& command);
int run(const CheckCommand& command);  // status 1: declined
int run(const TiersCommand& command);
int run(const TestCommand& command);
int run(const ValidateCommand& command);  // status 1: findings
int run(const FmtCommand& command);       // status 1: with --check or --diff, a file would change
int run(const InitCommand& command);
int run(const InferCommand& command);  // status 1: some row is not explained
int run(const ShowCommand& command);   // status 1: with --csv, no fee can be said
int run(const CompareCommand& command);
int run(const PlotCommand& command);
int run(const DiffCommand& command);   // status 1: something differs
int run(const BatchCommand& command);  // status 1: rows in error, or that do not match
int run(const MappingCommand& command);
int run(const SchemaCommand& command);
int run(const ExplainCommand& command);
int run(const CompletionCommand& command);
int run(const ListCommand& command);
int run(const HelpCommand& command);
int run(const PrintCommand& command);

// levy completion candidates WORD...: what the scripts of `levy completion` call. Its words are
// those of another command line, and no options of this one.
int print_candidates(const std::vector<std::string>& words);

int run_levy(const std::vector<std::string>& words);

}  // namespace levy::cli
