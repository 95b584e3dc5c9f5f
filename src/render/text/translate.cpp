#include "render/text/translate.h"

#include <algorithm>
#include <string>

namespace levy::render::text {

std::string_view chinese_catalogue();  // made of texts/zh_CN.po by the build

namespace {

// ---- GNU MO files (gettext's manual, "The Format of GNU MO Files") ----------------------------

// Little-endian, as the build asks msgfmt for it.
std::size_t number_at(std::string_view catalogue, std::size_t at) {
  std::size_t number = 0;
  for (std::size_t i = 4; i-- > 0;)
    number = number << 8 | static_cast<unsigned char>(catalogue[at + i]);
  return number;
}

// The text that entry `index` of the table at `table` points to: a length and an offset.
std::string_view catalogue_text(std::string_view catalogue, std::size_t table, std::size_t index) {
  std::size_t entry = table + 8 * index;
  return catalogue.substr(number_at(catalogue, entry + 4), number_at(catalogue, entry));
}

// The sentences are sorted; one that has a plural stands under its singular, both separated by a
// zero byte, and so do its translations.
std::optional<std::string_view> find_text(std::string_view catalogue, std::string_view sentence) {
  std::size_t low = 0, high = number_at(catalogue, 8);
  std::size_t originals = number_at(catalogue, 12), translations = number_at(catalogue, 16);
  while (low < high) {
    std::size_t middle = (low + high) / 2;
    std::string_view entry = catalogue_text(catalogue, originals, middle);
    std::string_view singular = entry.substr(0, entry.find('\0'));
    if (singular == sentence) return catalogue_text(catalogue, translations, middle);
    (singular < sentence ? low : high) = singular < sentence ? middle + 1 : middle;
  }
  return std::nullopt;
}

bool is_chinese(std::string_view language) { return language == "zh-CN"; }

// ---- places ------------------------------------------------------------------------------------

std::string filled(std::string_view sentence, PlaceValues values) {
  std::string text;
  for (std::size_t at = 0; at < sentence.size();) {
    std::size_t open = sentence.find('{', at), close = sentence.find('}', open);
    if (close == std::string_view::npos) return text.append(sentence.substr(at));
    text.append(sentence.substr(at, open - at));
    std::string_view name = sentence.substr(open + 1, close - open - 1);
    auto value = std::find_if(values.begin(), values.end(),
                              [&](const auto& one) { return one.first == name; });
    text.append(value == values.end() ? sentence.substr(open, close + 1 - open)
                                      : std::string_view(value->second));
    at = close + 1;
  }
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::string translate(std::string_view language, std::string_view sentence, PlaceValues values) {
  if (!is_chinese(language)) return filled(sentence, values);
  return filled(find_text(chinese_catalogue(), sentence).value_or(sentence), values);
}

std::string translate_count(std::string_view language, std::string_view one, std::string_view many,
                            std::size_t count, PlaceValues values) {
  std::optional<std::string_view> text;
  if (is_chinese(language)) text = find_text(chinese_catalogue(), one);  // it has one form
  std::string sentence =
      filled(text.value_or(count == 1 ? one : many), {{"count", std::to_string(count)}});
  return filled(sentence, values);
}

std::string plain_tag(std::string_view tag) {
  std::string plain(tag.substr(0, tag.find_first_of(".@")));
  for (char& c : plain) {
    if (c == '_') c = '-';
  }
  return plain;
}

std::optional<std::string> find_language(std::string_view tag) {
  std::string plain = lower_case(plain_tag(tag));
  std::string primary = plain.substr(0, plain.find('-'));
  if (plain.empty() || plain == "c" || plain == "posix" || primary == "en") return "en";
  for (std::string_view simplified : {"zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn"}) {
    if (plain == simplified) return "zh-CN";
  }
  return std::nullopt;
}

}  // namespace levy::render::text
