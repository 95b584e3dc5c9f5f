// Officially assigned ISO 3166-1 alpha-2 codes (249, as of iso-codes 4.15), and XK for Kosovo,
// which payment systems use though ISO only reserves it.
#include <algorithm>

#include "schedule/attributes.h"
#include "schedule/likely_country.h"

namespace levy {
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

}  // namespace levy
