// levy check and levy tiers: their words.
#pragma once

#include "cli/account_files.h"
#include "cli/commands.h"

namespace levy {

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

int run(const CheckCommand& command);  // status 1: declined
int run(const TiersCommand& command);

}  // namespace levy
