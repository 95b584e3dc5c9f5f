#include "schedule/attributes.h"

#include <algorithm>

#include "schedule/walk.h"

namespace levy::schedule {
namespace {

Missing closed(std::string_view name, std::vector<std::string> values) {
  return Missing{std::string(name), std::move(values), true};
}

Missing open(std::string_view name, std::string domain) {
  return Missing{std::string(name), {std::move(domain)}, false};
}

std::vector<std::string> weekdays() {
  std::vector<std::string> words;
  for (int day = 0; day < 7; ++day) words.emplace_back(weekday_word(day));
  return words;
}

Missing describe_declared(const Attribute& attribute) {
  switch (attribute.kind) {
    case Attribute::Kind::listed:
      return closed(attribute.name, attribute.values);
    case Attribute::Kind::boolean:
      return closed(attribute.name, {"true", "false"});
    case Attribute::Kind::text:
      return open(attribute.name, "text");
  }
  return open(attribute.name, "text");
}

}  // namespace

const std::vector<std::string>& builtin_attributes() {
  static const std::vector<std::string> names = {"currency",   "to_currency",  "country",
                                                 "to_country", "cross_border", "tier",
                                                 "weekday",    "date",         "time_of_day"};
  return names;
}

Missing describe_attribute(const Schedule& schedule, std::string_view name) {
  if (const Attribute* declared = schedule.find_attribute(name))
    return describe_declared(*declared);
  if (name == "cross_border") return closed(name, {"true", "false"});
  if (name == "weekday") return closed(name, weekdays());
  if (name == "country" || name == "to_country") return open(name, "country");
  if (name == "currency" || name == "to_currency") return open(name, "currency");
  if (name == "date") return open(name, "date");
  if (name == "time_of_day") return open(name, "time");
  if (name != "tier") return open(name, "decimal");  // the amount or a quantity
  std::vector<std::string> tiers;
  for (const Tier& tier : schedule.tiers) tiers.push_back(tier.id);
  return closed(name, std::move(tiers));
}

bool is_boolean(const Schedule& schedule, std::string_view name) {
  const Attribute* declared = schedule.find_attribute(name);
  return declared ? declared->kind == Attribute::Kind::boolean : name == "cross_border";
}

bool is_value_of(const Schedule& schedule, std::string_view name, const std::string& value) {
  const Attribute* declared = schedule.find_attribute(name);
  if (declared != nullptr && declared->kind == Attribute::Kind::listed)
    return std::find(declared->values.begin(), declared->values.end(), value) !=
           declared->values.end();
  if (name == "country" || name == "to_country") return is_country(value);
  if (name == "tier") return find_id(schedule.tiers, value) != nullptr;
  Missing domain = describe_attribute(schedule, name);
  return !domain.closed ||
         std::find(domain.domain.begin(), domain.domain.end(), value) != domain.domain.end();
}

bool follows_from_time(std::string_view name) {
  return name == "weekday" || name == "date" || name == "time_of_day";
}

std::vector<std::string> known_names(const Schedule& schedule) {
  std::vector<std::string> names;
  for (const Attribute& attribute : schedule.attributes) names.push_back(attribute.name);
  for (const Quantity& quantity : schedule.quantities) names.push_back(quantity.name);
  names.emplace_back("amount");
  const auto& builtin = builtin_attributes();
  names.insert(names.end(), builtin.begin(), builtin.end());
  return names;
}

std::vector<std::string> settable_names(const Schedule& schedule) {
  std::vector<std::string> names = known_names(schedule);
  std::erase_if(names, follows_from_time);
  return names;
}

// Officially assigned ISO 3166-1 alpha-2 codes (249, as of iso-codes 4.15), and XK for Kosovo,
// which payment systems use though ISO only reserves it.

namespace {

// clang-format off
constexpr std::string_view codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
    "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ "
    "DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
    "MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
    "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
    "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM "
    "US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ";
// clang-format on

struct OtherName {
  std::string_view name, code;
};
// ISO 3166-1 alpha-3 codes and names of the countries that tariffs name most.
constexpr OtherName other_names[] = {
    {"UK", "GB"},          {"EL", "GR"},      {"USA", "US"},     {"GBR", "GB"},
    {"DEU", "DE"},         {"FRA", "FR"},     {"ESP", "ES"},     {"ITA", "IT"},
    {"NLD", "NL"},         {"BEL", "BE"},     {"AUT", "AT"},     {"CHE", "CH"},
    {"POL", "PL"},         {"PRT", "PT"},     {"IRL", "IE"},     {"SWE", "SE"},
    {"NOR", "NO"},         {"DNK", "DK"},     {"FIN", "FI"},     {"GRC", "GR"},
    {"CZE", "CZ"},         {"CHN", "CN"},     {"JPN", "JP"},     {"KOR", "KR"},
    {"IND", "IN"},         {"CAN", "CA"},     {"MEX", "MX"},     {"BRA", "BR"},
    {"AUS", "AU"},         {"NZL", "NZ"},     {"SGP", "SG"},     {"HKG", "HK"},
    {"RUS", "RU"},         {"UKR", "UA"},     {"TUR", "TR"},     {"ZAF", "ZA"},
    {"KEN", "KE"},         {"NGA", "NG"},     {"ARE", "AE"},     {"SAU", "SA"},
    {"GERMANY", "DE"},     {"FRANCE", "FR"},  {"SPAIN", "ES"},   {"ITALY", "IT"},
    {"NETHERLANDS", "NL"}, {"AUSTRIA", "AT"}, {"CHINA", "CN"},   {"JAPAN", "JP"},
    {"INDIA", "IN"},       {"KENYA", "KE"},   {"NIGERIA", "NG"}, {"CANADA", "CA"},
    {"AUSTRALIA", "AU"},   {"BRAZIL", "BR"},  {"MEXICO", "MX"},  {"POLAND", "PL"},
    {"SWITZERLAND", "CH"}, {"KOSOVO", "XK"}};

}  // namespace

std::string likely_country(std::string_view word) {
  std::string meant;
  for (char c : word) meant += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const OtherName& other : other_names) {
    if (meant == other.name) meant = std::string(other.code);
  }
  return is_country(meant) ? meant : "";
}

const std::vector<std::string>& country_codes() {
  static const std::vector<std::string> list = [] {
    std::vector<std::string> split;
    for (std::size_t at = 0; at < codes.size(); at += 3) split.emplace_back(codes.substr(at, 2));
    return split;
  }();
  return list;
}

bool is_country(std::string_view code) {
  const auto& list = country_codes();
  return std::binary_search(list.begin(), list.end(), code);
}

}  // namespace levy::schedule
