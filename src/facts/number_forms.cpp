#include "facts/number_forms.h"

#include <algorithm>

#include "base/text.h"

namespace levy::facts {
namespace {

constexpr std::string_view minus_sign = "\xE2\x88\x92";       // U+2212
constexpr std::string_view no_break = "\xC2\xA0";             // U+00A0
constexpr std::string_view narrow_no_break = "\xE2\x80\xAF";  // U+202F

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Takes the sign off, in whichever way it is written; is it a minus?
bool take_sign(std::string_view& text, const NumberForm& form) {
  bool is_enclosed =
      form.parentheses && text.size() > 2 && text.front() == '(' && text.back() == ')';
  if (is_enclosed) {
    text = between_blanks(text.substr(1, text.size() - 2));
    return true;
  }
  bool is_before = form.minus && (take_prefix(text, "-") || take_prefix(text, minus_sign));
  bool is_after =
      !is_before && form.trailing && (take_suffix(text, "-") || take_suffix(text, minus_sign));
  if (is_before || is_after) text = between_blanks(text);
  return is_before || is_after;
}

// " EUR" at the end, which stays as it is.
std::string_view take_code(std::string_view& text) {
  std::size_t blank = text.rfind(' ');
  bool is_code = blank != npos && blank + 1 < text.size() && is_capital(text[blank + 1]);
  if (!is_code) return {};
  std::string_view code = text.substr(blank);
  text = between_blanks(text.substr(0, blank));
  return code;
}

// How many bytes at the text's start stand between thousands; 0: none do. A blank may be one that
// keeps a line from breaking.
std::size_t group_size(std::string_view text, const std::string& group) {
  if (group.empty()) return 0;
  if (text.starts_with(group)) return group.size();
  if (group != " ") return 0;
  return text.starts_with(no_break)          ? no_break.size()
         : text.starts_with(narrow_no_break) ? narrow_no_break.size()
                                             : 0;
}

// Appends the whole part's digits; what follows it stays. False: it is none, or a group is not of
// three digits.
bool append_whole(std::string_view& text, const NumberForm& form, std::string& out) {
  constexpr std::size_t group_digits = 3;
  std::size_t digits = 0;
  bool is_grouped = false;
  while (!text.empty() && text.front() != form.decimal) {
    if (is_digit(text.front())) {
      out += text.front();
      text.remove_prefix(1);
      ++digits;
      continue;
    }
    std::size_t size = group_size(text, form.group);
    bool is_right = digits == group_digits || (!is_grouped && digits > 0 && digits < group_digits);
    if (size == 0 || !is_right) return false;
    is_grouped = true;
    digits = 0;
    text.remove_prefix(size);
  }
  return is_grouped ? digits == group_digits : digits > 0;
}

// Puts the point so many digits from the end of what stands from `begin` on.
void insert_point(std::string& out, std::size_t begin, int digits) {
  auto places = static_cast<std::size_t>(digits);
  if (places == 0) return;
  std::size_t size = out.size() - begin;
  if (size <= places) out.insert(begin, places + 1 - size, '0');
  out.insert(out.size() - places, 1, '.');
}

}  // namespace

std::string words_of(const NumberForm& form, bool in_units) {
  std::string words = in_units ? "a whole number of minor units" : "a number";
  if (!in_units) words += std::string(" with ") + (form.decimal == ',' ? "a comma" : "a point");
  if (!in_units) words += " before its decimals";
  if (!form.group.empty())
    words += std::string(in_units ? " with " : " and ") + in_quotes(form.group) +
             " between thousands alone";
  return words;
}

bool append_number(std::string_view text, const NumberForm& form, NumberSign sign,
                   std::optional<int> minor_digits, std::string& out) {
  std::string_view rest = between_blanks(text), code = take_code(rest);
  bool is_negative = take_sign(rest, form);
  if (sign == NumberSign::absolute) is_negative = false;
  if (sign == NumberSign::negate) is_negative = !is_negative;
  const std::size_t begin = out.size();
  if (!append_whole(rest, form, out)) return false;
  if (!rest.empty()) {
    rest.remove_prefix(1);
    bool are_digits = !rest.empty() && std::all_of(rest.begin(), rest.end(), is_digit);
    if (!are_digits || minor_digits) return false;
    out.append(".").append(rest);
  }
  if (minor_digits) insert_point(out, begin, *minor_digits);
  bool is_zero = out.find_first_not_of("0.", begin) == std::string::npos;
  if (is_negative && !is_zero) out.insert(begin, 1, '-');
  out += code;
  return true;
}

}  // namespace levy::facts
