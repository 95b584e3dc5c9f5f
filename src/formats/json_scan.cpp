#include "formats/json_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/utf8.h"

namespace levy::formats {
namespace {

bool has(std::string_view text, std::size_t at, std::string_view any_of) {
  return at < text.size() && any_of.find(text[at]) != std::string_view::npos;
}

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

std::size_t integer_end(std::string_view text, std::size_t at) {
  std::size_t digits = has(text, at, "-") ? at + 1 : at;
  std::size_t end = has(text, digits, "0") ? digits + 1 : digits_end(text, digits);
  return end == digits ? at : end;
}

std::size_t fraction_end(std::string_view text, std::size_t at) {
  if (!has(text, at, ".")) return at;
  std::size_t end = digits_end(text, at + 1);
  return end == at + 1 ? at : end;
}

std::size_t exponent_end(std::string_view text, std::size_t at) {
  if (!has(text, at, "eE")) return at;
  std::size_t digits = has(text, at + 1, "+-") ? at + 2 : at + 1;
  std::size_t end = digits_end(text, digits);
  return end == digits ? at : end;
}

}  // namespace

bool is_json_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_json_space(text[at])) ++at;
  return at;
}

std::size_t string_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

std::size_t number_end(std::string_view text, std::size_t at) {
  std::size_t end = integer_end(text, at);
  return end == at ? at : exponent_end(text, fraction_end(text, end));
}

bool is_json_number(std::string_view text) {
  return !text.empty() && number_end(text, 0) == text.size();
}

Diagnostic fault_at(const Source& source, Code code, TextSpan span, std::string message,
                    std::string remedy) {
  Diagnostic fault;
  fault.code = code;
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  fault.place = source.place(span.begin, span.end);
  return fault;
}

namespace {

constexpr std::string_view curly_open = "\xE2\x80\x9C";
constexpr std::string_view curly_close = "\xE2\x80\x9D";

// Characters that look like a space and come with text copied from a page: no-break space, the
// zero width space, the ideographic space, the byte order mark.
constexpr std::array<std::string_view, 4> odd_spaces = {"\xC2\xA0", "\xE2\x80\x8B", "\xE3\x80\x80",
                                                        "\xEF\xBB\xBF"};

bool is_word_byte(char byte) {
  bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  bool ascii = static_cast<unsigned char>(byte) < 0x80;
  return letter || is_digit(byte) || !ascii || byte == '_' || byte == '$' || byte == '-';
}

bool is_number_byte(char byte) { return is_word_byte(byte) || byte == '.' || byte == '+'; }

bool is_odd_space(std::string_view rest) {
  return std::any_of(odd_spaces.begin(), odd_spaces.end(),
                     [&](std::string_view space) { return rest.starts_with(space); });
}

// Odd spaces and curly quotes begin with the same high bytes as letters, and end a run.
std::size_t end_of_run(std::string_view text, std::size_t at, bool (*belongs)(char)) {
  auto stops = [](std::string_view rest) {
    return is_odd_space(rest) || rest.starts_with(curly_open) || rest.starts_with(curly_close);
  };
  while (at < text.size() && belongs(text[at]) && !stops(text.substr(at))) ++at;
  return at;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

// The JSON number that was meant; empty where that is not plain.
std::string fixed_number(std::string_view written) {
  std::string digits(written);
  std::erase(digits, '_');
  std::string sign = digits.starts_with('-') ? "-" : "";
  if (digits.starts_with('-') || digits.starts_with('+')) digits.erase(0, 1);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty() || !is_digit(digits[0])) digits.insert(0, "0");
  if (digits.ends_with('.')) digits.pop_back();
  std::string number = sign + digits;
  return is_json_number(number) ? number : "";
}

// Of a surrogate escape at `at`, "\uD83D"; 0 where there is none.
unsigned unicode_escape(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || at + 6 > text.size()) return 0;
  unsigned value = 0;
  for (char byte : text.substr(at + 2, 4)) {
    constexpr std::string_view digits = "0123456789abcdef0123456789ABCDEF";
    std::size_t digit = digits.find(byte);
    if (digit == std::string_view::npos) return 0;
    value = value * 16 + static_cast<unsigned>(digit % 16);
  }
  return value;
}

bool is_high_surrogate(unsigned value) { return value >= 0xD800 && value <= 0xDBFF; }
bool is_low_surrogate(unsigned value) { return value >= 0xDC00 && value <= 0xDFFF; }

}  // namespace

std::string_view Tokenizer::text_of(TextSpan span) const {
  return text_.substr(span.begin, span.end - span.begin);
}

void Tokenizer::report(Code code, TextSpan span, std::string message, std::string remedy) {
  if (faults_.size() >= json_faults_max) return;
  faults_.push_back(fault_at(source_, code, span, std::move(message), std::move(remedy)));
}

Token Tokenizer::take(Token::Kind kind, std::size_t end) {
  return {kind, {std::exchange(at_, end), end}};
}

Token Tokenizer::next() {
  using Kind = Token::Kind;
  skip_to_token();
  if (at_ == text_.size()) return take(Kind::end, at_);
  char byte = text_[at_];
  std::string_view rest = text_.substr(at_);
  if (byte == '"') return string_token();
  if (byte == '\'' || byte == '`') return quoted_token(rest.substr(0, 1), rest.substr(0, 1));
  if (rest.starts_with(curly_open)) return quoted_token(curly_open, curly_close);
  if (byte == ',') return take(Kind::comma, at_ + 1);
  if (byte == ':') return take(Kind::colon, at_ + 1);
  if (std::string_view("{}[]").find(byte) != std::string_view::npos) {
    return take(Kind::bracket, at_ + 1);
  }
  bool signed_digit = rest.size() > 1 && (byte == '-' || byte == '+' || byte == '.') &&
                      (is_digit(rest[1]) || rest[1] == '.');
  if (is_digit(byte) || signed_digit) return number_token();
  if (is_word_byte(byte) || byte == '+') return word_token();
  return take(Kind::other, at_ + 1);
}

void Tokenizer::skip_to_token() {
  do {
    at_ = skip_json_space(text_, at_);
  } while (skip_comment() || skip_odd_space());
}

bool Tokenizer::skip_comment() {
  std::string_view rest = text_.substr(at_);
  bool is_block = rest.starts_with("/*");
  if (!is_block && !rest.starts_with("//") && !rest.starts_with('#')) return false;
  TextSpan span{at_, end_of_line(text_, at_)};
  std::string message = "JSON has no comments";
  if (is_block) {
    std::size_t close = text_.find("*/", at_ + 2);
    if (close == std::string_view::npos) message += ", and this one never ends";
    span.end = close == std::string_view::npos ? text_.size() : close + 2;
  }
  report(Code::comment, span, message, "remove it, or move its words into a \"note\"");
  comments_.push_back(span);
  at_ = span.end;
  return true;
}

bool Tokenizer::skip_odd_space() {
  for (std::string_view space : odd_spaces) {
    if (!text_.substr(at_).starts_with(space)) continue;
    report(Code::syntax, {at_, at_ + space.size()},
           "there is an unusual space character between two values", "write a plain space");
    at_ += space.size();
    return true;
  }
  return false;
}

// A string ends at its quote; one that has none is taken to end with its line.
Token Tokenizer::string_token() {
  TextSpan span{at_, string_end(text_, at_)};
  bool closed = span.end - span.begin > 1 && text_[span.end - 1] == '"';
  bool in_a_line = text_of(span).find_first_of("\r\n") == std::string_view::npos;
  if (in_a_line && closed && check_string(span)) return take(Token::Kind::string, span.end);
  std::size_t line_end = end_of_line(text_, at_);
  report(Code::syntax, {at_, line_end}, "this text has no closing quote on its line",
         "write \" at its end; a line break inside text is written \\n");
  return take(Token::Kind::lost, line_end);
}

// False where the last quote turns out to be escaped.
bool Tokenizer::check_string(TextSpan span) {
  std::size_t at = span.begin + 1;
  while (at < span.end - 1) {
    if (text_[at] == '\\') {
      at = check_escape(at);
    } else {
      check_control(at++);
    }
  }
  return at == span.end - 1;
}

void Tokenizer::check_control(std::size_t at) {
  auto value = static_cast<unsigned char>(text_[at]);
  if (value >= 0x20) return;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string escape = value == '\t' ? "\\t" : std::string("\\u00") + digits[value >> 4U];
  if (value != '\t') escape += digits[value & 0xFU];
  report(Code::syntax, {at, at + 1}, "there is a control character inside this text",
         "write " + escape + ", or remove it");
}

// Past the escape.
std::size_t Tokenizer::check_escape(std::size_t at) {
  char escaped = text_[at + 1];
  if (escaped == 'u') return check_unicode_escape(at);
  if (std::string_view("\"\\/bfnrt").find(escaped) != std::string_view::npos) return at + 2;
  std::size_t end = at + 1 + code_point_at(text_, at + 1).size;
  report(Code::syntax, {at, end}, std::string(text_of({at, end})) + " is not an escape in JSON",
         "write \\\\ for a backslash; no other character than \" needs one");
  return end;
}

std::size_t Tokenizer::check_unicode_escape(std::size_t at) {
  unsigned value = unicode_escape(text_, at);
  if (value == 0 && text_.substr(at, 6) != "\\u0000") {
    report(Code::syntax, {at, at + 2}, "\\u needs four hexadecimal digits",
           "write one such as \\u20ac, or the character itself");
    return at + 2;
  }
  bool paired = is_high_surrogate(value) && is_low_surrogate(unicode_escape(text_, at + 6));
  if (paired) return at + 12;
  if (is_high_surrogate(value) || is_low_surrogate(value)) {
    report(Code::syntax, {at, at + 6},
           std::string(text_of({at, at + 6})) + " is half of a character",
           "write both halves, such as \\ud83d\\ude00, or the character itself");
  }
  return at + 6;
}

Token Tokenizer::quoted_token(std::string_view open, std::string_view close) {
  std::size_t inside = at_ + open.size();
  std::size_t line_end = end_of_line(text_, at_);
  std::size_t close_at = text_.substr(0, line_end).find(close, inside);
  std::size_t end = close_at == std::string_view::npos ? line_end : close_at + close.size();
  std::string content(text_of({inside, std::min(close_at, line_end)}));
  bool is_plain = content.find_first_of("\"\\") == std::string::npos;
  report(Code::syntax, {at_, end}, "text stands in double quotes (\") in JSON",
         is_plain ? "write \"" + content + "\"" : "write \" at both ends, and \\\" inside");
  return take(Token::Kind::string, end);
}

Token Tokenizer::number_token() {
  TextSpan span{at_, end_of_run(text_, at_, is_number_byte)};
  std::string written(text_of(span));
  if (!is_json_number(written)) {
    std::string fixed = fixed_number(written);
    report(Code::syntax, span, written + " is not a number in JSON",
           fixed.empty() ? "where text is meant, write it in quotes: \"" + written + "\""
                         : "write " + fixed);
  }
  return take(Token::Kind::number, span.end);
}

Token Tokenizer::word_token() {
  std::size_t end = end_of_run(text_, at_ + 1, is_word_byte);  // the first may be a "+"
  std::string_view word = text_of({at_, end});
  bool literal = word == "true" || word == "false" || word == "null";
  return take(literal ? Token::Kind::literal : Token::Kind::word, end);
}

}  // namespace levy::formats
