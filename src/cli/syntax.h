// What a command takes, as data: the words are checked against it, CLI11 is filled from it, and
// whatever else must know every option (help, completion) reads it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/commands.h"
#include "render/text/translate.h"

namespace levy::cli {

using render::text::translatable;  // around each text of help

// Where an option's text goes. Numbers stay text here: levy's own grammar reads them later.
using Destination = std::variant<bool*,                        // a flag
                                 std::string*,                 // one value, empty when not given
                                 std::optional<std::string>*,  // one value
                                 std::vector<std::string>*,  // one or more: an argument's, repeated
                                 NamedTexts*>;               // name=value, given repeatedly

struct Option {
  std::string name;  // "--to", "-o,--output"; without dashes an argument, in order: "SCHEDULE"
  Destination into;
  std::string help;
  bool required = false;                 // arguments only
  std::vector<std::string> values = {};  // the only ones; empty: any text

  bool is_argument() const { return !name.starts_with("-"); }
  bool is_flag() const { return std::holds_alternative<bool*>(into); }
  std::string long_name() const { return name.substr(name.find(',') + 1); }  // "--output"
  std::string short_name() const { return name.substr(0, name.find(',')); }  // "-o", or the long
};

// A command line that help begins with, and what it does.
struct HelpExample {
  std::string command, says;
};

struct Syntax {
  std::string command, purpose;
  std::vector<Option> options;
  DeclaredOptions* declared = nullptr;  // where the schedule's own go; null: it takes none
  std::vector<HelpExample> examples = {};
  std::string footer = {};  // what else there is to say
};

// Groups that commands share.
void add_common(Syntax& syntax, Common& common);             // --json, --lang, --color, --at ...
void add_operation(Syntax& syntax, OperationWords& words);   // OPERATION AMOUNT, --to, --attr ...
void add_conditions(Syntax& syntax, OperationWords& words);  // the same without AMOUNT
void add_account(Syntax& syntax, AccountOptions& account);   // --profile, --history ...
Option schedule_argument(std::string& schedule);
Option markdown_option(Common& common);
Option letter_option(Common& common);
Option used_option(NamedTexts& used);
Option rates_option(std::string& rates);
Option mapping_option(std::string& mapping);

}  // namespace levy::cli
