#include "oracle_meter.h"

#include <set>

namespace oracle {

namespace {

// Nothing where the meter reads 0: not given, or a window of one transaction.
std::optional<std::string> reading_text(const Json& meter, const Scene& scene) {
  const Json window = meter.value("window", Json("transaction"));
  const Json& request = scene.operation.request;
  if (window == "transaction" || !request.contains("used") ||
      !request.at("used").contains(scene.fee)) {
    return std::nullopt;
  }
  return plain_text(request.at("used").at(scene.fee));
}

}  // namespace

Rational plain_reading(const Json& meter, const Scene& scene) {
  return decimal_of(reading_text(meter, scene).value_or("0"));
}

Rational money_reading(const Json& meter, const Scene& scene, const std::string& own,
                       const std::string& currency) {
  const std::string text = reading_text(meter, scene).value_or("0");
  const std::size_t space = text.find(' ');
  const std::string from = space == std::string::npos ? own : text.substr(space + 1);
  const Rational value = decimal_of(text.substr(0, space));
  if (value == 0) {
    return 0;  // in any currency, and no rate is asked for
  }
  return value * mid_rate(scene.operation.rates, from, currency);
}

std::string meter_currency(const Json& meter, const std::vector<Json>& compared,
                           const Json& schedule) {
  if (meter.contains("currency")) {
    return meter.at("currency").get<std::string>();
  }
  std::set<std::string> codes;
  for (const Json& amounts : compared) {
    for (const Money& money : money_list(schedule, amounts)) {
      codes.insert(money.currency);
    }
  }
  if (codes.size() == 1) {
    return *codes.begin();
  }
  return schedule.value("currency", "");
}

}  // namespace oracle
