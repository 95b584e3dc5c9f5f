// ISO 4217's list one: the active codes, as published by its maintenance agency (SIX).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace levy {

// Digits after the point; nothing for codes that are not active or have no minor unit.
std::optional<int> find_iso_digits(std::string_view code);

// Active, but without a minor unit: metals, funds' units, test codes.
bool lacks_minor_unit(std::string_view code);

// Each a code followed by its digit, "EUR2"; sorted.
std::span<const std::string_view> iso_4217_entries();

}  // namespace levy
