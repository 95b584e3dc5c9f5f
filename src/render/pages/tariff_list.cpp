#include "render/pages/tariff_list.h"

#include "base/suggest.h"
#include "render/words/words.h"

namespace levy::render::pages {
namespace {

std::string in_one_line(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The version in force; with how many others there are.
std::string in_force_words(const fees::Tariff& tariff, Instant time) {
  const fees::Plan* plan = tariff.at(time);
  if (plan == nullptr) return "not now";
  std::string name = plan->schedule.version.empty() ? "yes" : plan->schedule.version;
  std::size_t others = tariff.versions.size() - 1;
  return others == 0 ? name : name + " of " + std::to_string(others + 1);
}

// "withdrawal, deposit; in force from 1 Aug 2017 to before 1 Aug 2020".
std::string operations_words(const fees::Tariff& tariff, Instant time) {
  const schedule::Schedule& schedule = tariff.nearest(time).schedule;
  std::vector<std::string> operations = schedule.operations();
  std::string text = operations.empty() ? "any operation" : in_one_line(operations);
  return tariff.at(time) == nullptr ? text + "; in force " + words::effective_words(schedule)
                                    : text;
}

}  // namespace

text::Page tariff_list(const std::vector<fees::Tariff>& tariffs, Instant time,
                       const std::string& language) {
  if (tariffs.empty()) return {text::Paragraph{"There are no tariffs here."}};
  text::Grid grid;
  grid.columns = {"Tariff", "Currency", "In force"};
  for (const fees::Tariff& tariff : tariffs) {
    const schedule::Schedule& schedule = tariff.nearest(time).schedule;
    grid.row({schedule.id,
              schedule.currency.empty() ? "any" : std::string(schedule.currency.code()),
              in_force_words(tariff, time)});
    std::string title(schedule.title.in(language)), operations = operations_words(tariff, time);
    grid.rows.back().note = title.empty() ? operations : title + " (" + operations + ")";
  }
  std::string count =
      tariffs.size() == 1 ? "1 tariff" : std::to_string(tariffs.size()) + " tariffs";
  return {std::move(grid),
          text::Paragraph{count +
                          ". levy help quote TARIFF says what one can be asked, levy show TARIFF "
                          "reads it out."}};
}

void write_listed(formats::JsonWriter& json, const fees::Tariff& tariff, Instant time,
                  const std::string& language) {
  const schedule::Schedule& schedule = tariff.nearest(time).schedule;
  const fees::Plan* in_force = tariff.at(time);
  json.object([&] {
    json.member("id", schedule.id);
    json.member("title", schedule.title.in(language));
    json.key("currency");
    schedule.currency.empty() ? json.null() : json.string(schedule.currency.code());
    json.array("operations", schedule.operations(),
               [&](const std::string& operation) { json.string(operation); });
    json.key("in_force");
    in_force == nullptr ? json.null() : json.string(in_force->schedule.version);
    json.objects("versions", tariff.versions, [&](const fees::Plan& plan) {
      const schedule::Schedule& one = plan.schedule;
      json.member("version", one.version);
      json.member("file", one.file);
      if (one.from) json.member("from", to_string(*one.from, one.timezone));
      if (one.until) json.member("until", to_string(*one.until, one.timezone));
    });
  });
}

}  // namespace levy::render::pages
