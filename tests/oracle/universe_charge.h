// Random money and random charges, valid by form.
#pragma once

#include "universe.h"
#include "universe_dice.h"

#include <string>
#include <vector>

namespace oracle {

// The world of one schedule.
struct World {
  Dice& dice;
  std::vector<std::string> currencies;  // the schedule's own first
  std::vector<std::string> earlier;     // ids of earlier fees that `of` may name
};

// What one charge's money is priced in, so that a currency has all of it or nothing.
using Codes = std::vector<std::string>;

// count steps of the currency's size for tests (0.01 EUR, 1 JPY, 0.001 KWD, 0.0001 BTC, …).
std::string amount_text(const std::string& currency, int count);

// Money or a money list of about `count` steps each; it fits every currency.
Json fitting_money(World& world, const Codes& codes, int count);

Codes random_codes(World& world);

// A charge without meters, to stand in a case.
Json random_charge(World& world);

// A charge that may have `free`, `by` or `cap`, to stand in a fee.
Json random_metered_charge(World& world);

}  // namespace oracle
