// Sentences for people in the language that they asked for. A sentence stands in the source in
// English, whole, with named places for what varies; texts/LANGUAGE.po has it in other languages
// (gettext's formats and tools). Where a catalogue lacks it, the English one is taken.
//
//   translate("zh-CN", "Possible now: at most {max}.", {{"max", "50.00 EUR"}})
//       is "目前最多可办理 50.00 EUR。"
//
// The catalogues are part of the program and nothing else is read: the process's locale does not
// matter and is not set, so that figures are written alike in every language and thread. (glibc's
// own gettext would ask for setlocale and for a locale that is installed.)
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace levy::render::text {

using PlaceValues = std::initializer_list<std::pair<std::string_view, std::string>>;

// `language` is a tag as find_language gives it; any other is English. Braces in values are left
// alone.
std::string translate(std::string_view language, std::string_view sentence,
                      PlaceValues values = {});

// The same of a number of things: English distinguishes one from many, others have their own plural
// forms. The sentence's place {count} is filled.
std::string translate_count(std::string_view language, std::string_view one, std::string_view many,
                            std::size_t count, PlaceValues values = {});

// The tag of the language that is meant: "zh-CN" for zh, zh_CN.UTF-8, zh-CN and zh-Hans, "en" for
// C, POSIX and every English. Nothing where levy has no texts in it.
std::optional<std::string> find_language(std::string_view tag);

// The tag without a locale's encoding: "de-AT" for de_AT.UTF-8@euro.
std::string plain_tag(std::string_view tag);

// For words that become sentences elsewhere, so that xgettext finds them.
constexpr const char* translatable(const char* sentence) { return sentence; }

}  // namespace levy::render::text
