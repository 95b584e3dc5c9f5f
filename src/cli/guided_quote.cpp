#include "cli/guided_quote.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "ask/check.h"
#include "cli/files.h"
#include "cli/line_editor.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/terminal.h"
#include "render/text/page.h"
#include "render/text/text_width.h"
#include "render/text/translate.h"
#include "render/words/finding_words.h"
#include "schedule/attributes.h"

namespace levy::cli {
namespace {

std::string hyphenated(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

class Guide {
 public:
  explicit Guide(const QuoteCommand& begun) : command_(begun) {}

  std::optional<QuoteCommand> ask();
  int status() const { return status_; }

 private:
  std::string say(std::string_view sentence, render::text::PlaceValues values = {}) const {
    return render::text::translate(command_.common.language, sentence, values);
  }
  void show(render::text::Page page) const { print_page(page, command_.common); }
  void show(const std::string& text) const { show({render::text::Paragraph{text}}); }

  void show_choices(const std::vector<std::string>& words) const;
  std::optional<std::string> choose(const std::string& question,
                                    const std::vector<std::string>& words, bool may_skip = false);
  std::optional<std::string> ask_freely(const std::string& question);
  bool ask_tariff();
  bool ask_operation(const fees::Tariff& tariff);
  bool ask_amount(const fees::Tariff& tariff);
  bool ask_attributes(const fees::Tariff& tariff);
  bool ask_missing(const Missing& missing, bool may_skip);

  QuoteCommand command_;
  LineEditor editor_;
  int status_ = 0;
};

// Numbered, as many beside each other as the window has room for.
void Guide::show_choices(const std::vector<std::string>& words) const {
  std::size_t width = 0, digits = std::to_string(words.size()).size();
  for (const std::string& word : words) width = std::max(width, render::text::display_width(word));
  std::size_t cell = digits + 2 + width + 2;
  std::size_t columns = window_columns(STDOUT_FILENO);
  std::size_t beside = std::max<std::size_t>(columns / cell, 1);
  std::size_t lines = (words.size() + beside - 1) / beside;
  render::text::Verbatim list;
  for (std::size_t line = 0; line < lines; ++line) {
    std::string text;
    for (std::size_t i = line; i < words.size(); i += lines) {
      std::string number = render::text::pad_left(std::to_string(i + 1), digits);
      text += render::text::pad_right(number + "  " + words[i], cell);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    list.lines.push_back(std::move(text));
  }
  show({std::move(list)});
}

// A word of them, by its number, in full, or by as much of it as only one begins with. Nothing: the
// user leaves. "" where nothing was typed and nothing may be.
std::optional<std::string> Guide::choose(const std::string& question,
                                         const std::vector<std::string>& words, bool may_skip) {
  show(question);
  show_choices(words);
  while (auto typed = editor_.read_line(words)) {
    if (typed->empty() && may_skip) return "";
    std::vector<std::string> fitting;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == *typed || std::to_string(i + 1) == *typed) return words[i];
      if (!typed->empty() && words[i].starts_with(*typed)) fitting.push_back(words[i]);
    }
    if (fitting.size() == 1) return fitting.front();
    show(say("Type one of them or its number; Tab completes it, Esc leaves."));
  }
  return std::nullopt;
}

std::optional<std::string> Guide::ask_freely(const std::string& question) {
  show(question);
  while (auto typed = editor_.read_line({})) {
    if (!typed->empty()) return typed;
    show(say("Type it, or press Esc to leave."));
  }
  return std::nullopt;
}

bool Guide::ask_tariff() {
  std::vector<std::string> ids = schedule_ids(command_.common);
  if (ids.empty()) return true;  // the command says where it looked
  std::optional<std::string> id = choose(say("Which tariff?"), ids);
  if (id) command_.schedule = *id;
  return id.has_value();
}

bool Guide::ask_operation(const fees::Tariff& tariff) {
  std::vector<std::string> operations = tariff.versions.back().schedule.operations();
  if (operations.size() == 1) command_.words.operation = operations.front();
  if (operations.size() < 2) return true;
  std::optional<std::string> operation = choose(say("Which operation?"), operations);
  if (operation) command_.words.operation = *operation;
  return operation.has_value();
}

// Until it is one; what is wrong with it is said.
bool Guide::ask_amount(const fees::Tariff& tariff) {
  const schedule::Schedule& schedule = tariff.versions.back().schedule;
  std::string currency(schedule.currency.code());
  std::string question = currency.empty()
                             ? say("What amount, with its currency?")
                             : say("What amount, in {currency} or with another currency behind it?",
                                   {{"currency", currency}});
  while (auto amount = ask_freely(question)) {
    Checked<Money> money = parse_money(*amount, schedule.currencies, schedule.currency);
    if (money) {
      command_.words.amount = *amount;
      return true;
    }
    status_ = report_error(money.faults(), command_.common);
  }
  return false;
}

bool Guide::ask_missing(const Missing& missing, bool may_skip) {
  std::string name = missing.name;
  std::optional<std::string> value;
  if (missing.closed && !missing.domain.empty()) {
    value = choose(may_skip ? say("Which {name}? Enter leaves it open.", {{"name", name}})
                            : say("Which {name}?", {{"name", name}}),
                   missing.domain, may_skip);
  } else {
    std::string kind = missing.domain.empty() ? "" : missing.domain.front();
    value =
        ask_freely(kind.empty() ? say("What {name}?", {{"name", name}})
                                : say("What {name} ({kind})?", {{"name", name}, {"kind", kind}}));
  }
  if (!value) return false;
  if (value->empty()) return true;
  if (name == "to_currency")
    command_.words.to = *value;
  else
    command_.words.options.texts.emplace_back(hyphenated(name), *value);
  return true;
}

// What the answer still depends on, as it says itself.
std::vector<Missing> missing_in(const Diagnostics& faults) {
  const Diagnostic& first = faults.front();
  bool asks = first.code == Code::missing_attributes || first.code == Code::missing_quantity;
  return asks ? first.missing : std::vector<Missing>();
}

bool Guide::ask_attributes(const fees::Tariff& tariff) {
  std::set<std::string> asked;
  while (true) {
    Checked<fees::Question> question = question_of(command_.words, command_.common, tariff);
    if (!question) return true;
    ask::CheckQuestion whole;
    whole.question = *question;
    Checked<ask::JudgedQuote> judged = ask::quote_and_check(tariff, whole, false);
    std::vector<Missing> missing;
    bool may_skip = false;
    if (!judged) {
      missing = missing_in(judged.faults());
    } else if (!judged->rows.front().quote) {
      missing = missing_in(judged->rows.front().quote.faults());
    } else if (judged->decision && !*judged->decision) {
      missing = missing_in(judged->decision->faults());
      may_skip = true;  // the quote stands without it
    }
    if (missing.empty() || !asked.insert(missing.front().name).second) return true;
    if (!ask_missing(missing.front(), may_skip)) return false;
  }
}

std::optional<QuoteCommand> Guide::ask() {
  if (!ask_tariff()) return std::nullopt;
  Loaded loaded = load_named_tariff(command_.schedule, command_.common);
  status_ = loaded.status;
  if (!loaded.tariff) return std::nullopt;
  bool answered =
      ask_operation(*loaded.tariff) && ask_amount(*loaded.tariff) && ask_attributes(*loaded.tariff);
  return answered ? std::optional(command_) : std::nullopt;
}

}  // namespace

bool can_ask() { return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1; }

std::optional<QuoteCommand> ask_for_quote(const QuoteCommand& begun, int& status) {
  Guide guide(begun);
  std::optional<QuoteCommand> command = guide.ask();
  status = command ? 0 : guide.status();
  return command;
}

std::string command_line_of(const QuoteCommand& command) {
  std::vector<std::string> words = {"levy", "quote", command.schedule, command.words.operation,
                                    command.words.amount};
  for (const auto& [name, value] : command.words.options.texts) {
    words.push_back("--" + name);
    words.push_back(value);
  }
  const Common& common = command.common;
  auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--to", command.words.to);
  add("--lang", common.lang);
  add("--at", common.at);
  add("--schedules", common.schedules);
  std::erase(words, "");
  return render::words::shell_line(words);
}

}  // namespace levy::cli
