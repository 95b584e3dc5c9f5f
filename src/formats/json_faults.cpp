#include "formats/json_faults.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "formats/json_scan.h"
#include "formats/utf8.h"

namespace levy::formats {
namespace {

using TokenKind = Token::Kind;

struct Word {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array words_of_others = {
    Word{"True", "true"},   Word{"TRUE", "true"},      Word{"yes", "true"},  Word{"False", "false"},
    Word{"FALSE", "false"}, Word{"no", "false"},       Word{"None", "null"}, Word{"NULL", "null"},
    Word{"Null", "null"},   Word{"undefined", "null"}, Word{"nil", "null"},
};

// Follows the grammar and, where the text leaves it in a way that shows what was meant, reports
// that and goes on as if it were written so. Where it does not tell, it stops.
class Walk {
 public:
  explicit Walk(const Source& source) : source_(source), tokens_(source, faults_) {}

  SyntaxFaults run();

 private:
  enum class State { value, first_item, first_key, key, colon, after_value, done };
  struct Open {
    TextSpan bracket;
    bool is_object;
  };

  // Each takes one token; false: nothing more can be told.
  bool step(const Token& token);
  bool at_value(const Token& token);
  bool at_key(const Token& token);
  bool at_colon(const Token& token);
  bool at_after_value(const Token& token);
  bool at_done(const Token& token);
  bool at_missing_comma(const Token& token);

  bool open(const Token& token);
  bool close(const Token& token);
  bool close_outer(const Token& token);
  void finish_value() { state_ = open_.empty() ? State::done : State::after_value; }
  void next_item() { state_ = open_.back().is_object ? State::key : State::value; }
  bool decimal_comma(const Token& token);
  bool unquoted_money(const Token& token);

  void report_trailing_comma(const Token& token);
  void report_word(const Token& token);
  bool report_unclosed();
  bool report_unexpected(const Token& token, const std::string& wanted, std::string remedy);
  void report(TextSpan span, std::string message, std::string remedy) {
    tokens_.report(Code::syntax, span, std::move(message), std::move(remedy));
  }
  void report(TextSpan span, std::string message, std::string remedy, TextSpan related);
  std::string fixed() const;

  bool is_bracket(const Token& token, std::string_view which) const {
    return token.is(TokenKind::bracket) && tokens_.text_of(token.span) == which;
  }
  bool is_opening(const Token& token) const {
    return is_bracket(token, "{") || is_bracket(token, "[");
  }
  bool is_closing(const Token& token) const {
    return is_bracket(token, "}") || is_bracket(token, "]");
  }
  std::string in_quotes(const Token& token) const {
    return token.is(TokenKind::end) ? "the end of the file"
                                    : "\"" + std::string(tokens_.text_of(token.span)) + "\"";
  }
  std::string closers() const;

  const Source& source_;
  Diagnostics faults_;
  Tokenizer tokens_;
  State state_ = State::value;
  std::vector<Open> open_;
  Token previous_;
  Token before_previous_;
  std::vector<TextSpan> trailing_commas_;
};

bool is_plain_value(const Token& token) {
  return token.is(TokenKind::string) || token.is(TokenKind::number) ||
         token.is(TokenKind::literal) || token.is(TokenKind::word);
}

SyntaxFaults Walk::run() {
  bool goes_on = true;
  while (goes_on) {
    Token token = tokens_.next();
    goes_on = !token.is(TokenKind::lost) && step(token) && faults_.size() < json_faults_max;
    before_previous_ = std::exchange(previous_, token);
  }
  if (faults_.empty()) {
    report({0, 0}, "this file is not JSON", "check it with another JSON program");
  }
  std::string text = fixed();
  return {std::move(faults_), std::move(text)};
}

bool Walk::step(const Token& token) {
  if (token.is(TokenKind::end) && !open_.empty()) return report_unclosed();
  switch (state_) {
    case State::first_item:
      if (is_closing(token)) return close(token);
      return at_value(token);
    case State::value:
      return at_value(token);
    case State::first_key:
      if (is_closing(token)) return close(token);
      return at_key(token);
    case State::key:
      return at_key(token);
    case State::colon:
      return at_colon(token);
    case State::after_value:
      return at_after_value(token);
    case State::done:
      return at_done(token);
  }
  return false;
}

bool Walk::at_value(const Token& token) {
  if (is_opening(token)) return open(token);
  if (token.is(TokenKind::word)) report_word(token);
  if (is_plain_value(token)) return finish_value(), true;
  bool after_comma = previous_.is(TokenKind::comma);
  if (is_closing(token) && after_comma) {
    report_trailing_comma(token);
    return close(token);
  }
  if (open_.empty()) return report_unexpected(token, "a value", "write a value, such as {}");
  if (token.is(TokenKind::comma) || is_closing(token)) {
    report(token.span, "a value is missing before this " + in_quotes(token),
           after_comma ? "remove one of the commas" : "write the value, or null for none");
    if (is_closing(token)) return close(token);
    return next_item(), true;
  }
  return report_unexpected(token, "a value", "");
}

bool Walk::at_key(const Token& token) {
  if (token.is(TokenKind::string)) return state_ = State::colon, true;
  if (is_closing(token) && previous_.is(TokenKind::comma)) {
    report_trailing_comma(token);
    return close(token);
  }
  if (token.is(TokenKind::comma)) {
    report(token.span, "there is a comma with no member before it", "remove it");
    return state_ = State::key, true;
  }
  if (decimal_comma(token)) return finish_value(), true;
  if (is_plain_value(token)) {
    std::string word(tokens_.text_of(token.span));
    report(token.span, "the key " + word + " is not in quotes", "write \"" + word + "\"");
    return state_ = State::colon, true;
  }
  return report_unexpected(token, "a key in quotes", "an object holds \"key\": value");
}

// 12,50: the number's other half stands where a key is wanted.
bool Walk::decimal_comma(const Token& token) {
  bool adjacent = token.is(TokenKind::number) && previous_.is(TokenKind::comma) &&
                  before_previous_.is(TokenKind::number) &&
                  previous_.span.end == token.span.begin &&
                  before_previous_.span.end == previous_.span.begin;
  if (!adjacent) return false;
  std::string whole(tokens_.text_of(before_previous_.span));
  std::string part(tokens_.text_of(token.span));
  report({before_previous_.span.begin, token.span.end},
         whole + "," + part + " has a comma in a number", "write " + whole + "." + part);
  return true;
}

bool Walk::at_colon(const Token& token) {
  if (token.is(TokenKind::colon)) return state_ = State::value, true;
  if (token.is(TokenKind::other) && tokens_.text_of(token.span) == "=") {
    report(token.span, "a key and its value are joined by a colon", "write : in place of =");
    return state_ = State::value, true;
  }
  TextSpan after_key{previous_.span.end, previous_.span.end};
  if (token.is(TokenKind::comma) || is_closing(token)) {
    report(previous_.span, "this key has no value", "write : and the value after it");
    finish_value();
    return at_after_value(token);
  }
  if (!is_plain_value(token) && !is_opening(token)) {
    return report_unexpected(token, "a colon after the key", "");
  }
  report(after_key, "a colon is missing after this key", "write : here");
  return at_value(token);
}

bool Walk::at_after_value(const Token& token) {
  if (token.is(TokenKind::comma)) return next_item(), true;
  if (is_closing(token)) return close(token);
  if (token.is(TokenKind::other) && tokens_.text_of(token.span) == ";") {
    report(token.span, "values are separated by commas", "write , in place of ;");
    return next_item(), true;
  }
  if (unquoted_money(token)) return true;
  bool may_follow = open_.back().is_object
                        ? token.is(TokenKind::string) || token.is(TokenKind::word)
                        : is_plain_value(token) || is_opening(token);
  if (may_follow) return at_missing_comma(token);
  if (token.is(TokenKind::colon) && !open_.back().is_object) {
    return report_unexpected(token, "a comma or ]", "what has keys is written in { }, not [ ]");
  }
  return report_unexpected(token, open_.back().is_object ? "a comma or }" : "a comma or ]", "");
}

// 12.50 EUR without quotes.
bool Walk::unquoted_money(const Token& token) {
  TextSpan span{previous_.span.begin, token.span.end};
  std::string text(tokens_.text_of(span));
  bool in_a_line = text.find('\n') == std::string::npos;
  if (!token.is(TokenKind::word) || !previous_.is(TokenKind::number) || !in_a_line) return false;
  report(span, text + " is text, which stands in quotes", "write \"" + text + "\"");
  return true;
}

bool Walk::at_missing_comma(const Token& token) {
  report({previous_.span.end, previous_.span.end}, "a comma is missing after this value",
         "write , here");
  next_item();
  return state_ == State::key ? at_key(token) : at_value(token);
}

bool Walk::at_done(const Token& token) {
  if (token.is(TokenKind::end)) return false;
  if (is_closing(token)) {
    report(token.span, in_quotes(token) + " closes nothing: all brackets are closed before it",
           "remove it, or write the bracket that it closes");
  } else if (token.is(TokenKind::colon) || token.is(TokenKind::comma)) {
    report(token.span, in_quotes(token) + " stands outside of any bracket",
           "members are written in an object: {\"key\": value, ...}");
  } else {
    tokens_.report(Code::trailing_text, token.span, "there is more text after the JSON value",
                   "remove it: a file holds one value");
  }
  return false;
}

bool Walk::open(const Token& token) {
  bool is_object = is_bracket(token, "{");
  open_.push_back({token.span, is_object});
  state_ = is_object ? State::first_key : State::first_item;
  return true;
}

bool Walk::close(const Token& token) {
  if (open_.empty()) return report_unexpected(token, "a value", "remove it");
  if (is_bracket(token, open_.back().is_object ? "}" : "]")) {
    open_.pop_back();
    return finish_value(), true;
  }
  return close_outer(token);
}

// The wrong bracket: it closes the one outside, or else is a slip for the right one.
bool Walk::close_outer(const Token& token) {
  std::string wanted = open_.back().is_object ? "}" : "]";
  bool closes_outer = open_.size() > 1 && open_[open_.size() - 2].is_object != (wanted == "}");
  report(token.span,
         in_quotes(token) + " does not close " + (open_.back().is_object ? "this {" : "this ["),
         "write " + wanted + (closes_outer ? " before it" : " in its place"), open_.back().bracket);
  if (closes_outer) open_.pop_back();
  open_.pop_back();
  return finish_value(), true;
}

void Walk::report_trailing_comma(const Token& token) {
  tokens_.report(Code::trailing_comma, previous_.span,
                 "there is a comma before the closing " + in_quotes(token), "remove the comma");
  trailing_commas_.push_back(previous_.span);
}

void Walk::report_word(const Token& token) {
  std::string word(tokens_.text_of(token.span));
  auto known = std::find_if(words_of_others.begin(), words_of_others.end(),
                            [&](const Word& other) { return other.written == word; });
  std::string remedy = "write it in quotes: \"" + word + "\"";
  if (known != words_of_others.end()) {
    remedy = "write " + std::string(known->meant);
  } else if (word.find("NaN") != std::string::npos || word.find("Inf") != std::string::npos) {
    remedy = "write a number, or null for none";
  } else if (std::string near = suggest(word, {"true", "false", "null"}); !near.empty()) {
    remedy = "write " + near + ", or quotes around it";
  }
  report(token.span, word + " is not a value in JSON", remedy);
}

// What would close all that is open, innermost first.
std::string Walk::closers() const {
  std::string text;
  for (auto level = open_.rbegin(); level != open_.rend(); ++level) {
    text += level->is_object ? '}' : ']';
  }
  return text;
}

bool Walk::report_unclosed() {
  constexpr std::size_t reported_max = 8;
  const Open& innermost = open_.back();
  Place opened = source_.place(innermost.bracket.begin, innermost.bracket.end);
  std::string missing = closers();
  std::size_t end = previous_.span.end;
  report({end, end},
         "the file ends before the " + std::string(innermost.is_object ? "{" : "[") + " of line " +
             std::to_string(opened.line()) + ", column " + std::to_string(opened.column()) +
             " is closed",
         missing.size() > reported_max ? "close the brackets that are open" : "write " + missing,
         innermost.bracket);
  return false;
}

bool Walk::report_unexpected(const Token& token, const std::string& wanted, std::string remedy) {
  report(token.span, wanted + " was expected here, not " + in_quotes(token), std::move(remedy));
  return false;
}

void Walk::report(TextSpan span, std::string message, std::string remedy, TextSpan related) {
  std::size_t told = faults_.size();
  report(span, std::move(message), std::move(remedy));
  if (faults_.size() == told) return;  // one too many
  faults_.back().related.push_back(source_.place(related.begin, related.end));
}

std::string Walk::fixed() const {
  auto is_fixable = [](const Diagnostic& fault) {
    return fault.code == Code::comment || fault.code == Code::trailing_comma;
  };
  if (!std::all_of(faults_.begin(), faults_.end(), is_fixable)) return "";
  std::string text(source_.text());
  auto blank = [&](TextSpan span) {
    text.replace(span.begin, span.end - span.begin, span.end - span.begin, ' ');
  };
  std::for_each(tokens_.comments().begin(), tokens_.comments().end(), blank);
  std::for_each(trailing_commas_.begin(), trailing_commas_.end(), blank);
  return text;
}

}  // namespace

SyntaxFaults find_syntax_faults(const Source& source) { return Walk(source).run(); }

// The two looks at a file before its syntax: are these bytes text at all, and is the text perhaps
// of another format altogether?

namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  std::string_view message;
  std::string_view remedy;
};

constexpr std::array archives = {
    Magic{"\x1F\x8B"sv, "this file is compressed with gzip, not JSON", "unpack it first: gunzip"},
    Magic{"PK\x03\x04"sv, "this file is a ZIP archive (or a spreadsheet), not JSON",
          "unpack it first: unzip"},
    Magic{"BZh"sv, "this file is compressed with bzip2, not JSON", "unpack it first: bunzip2"},
    Magic{"\x28\xB5\x2F\xFD"sv, "this file is compressed with zstd, not JSON",
          "unpack it first: unzstd"},
    Magic{"\xFD"
          "7zXZ"sv,
          "this file is compressed with xz, not JSON", "unpack it first: unxz"},
    Magic{"%PDF"sv, "this file is a PDF document, not JSON",
          "write its figures down as JSON; levy does not read them off a page"},
};

// Without a line: there is none to show.
Diagnostic whole_file(const Source& source, Code code, std::string_view message,
                      std::string_view remedy) {
  Diagnostic fault;
  fault.code = code;
  fault.message = message;
  fault.remedy = remedy;
  fault.place = Place::of_file(source.file());
  return fault;
}

std::string hex(char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  auto value = static_cast<unsigned char>(byte);
  return {digits[value >> 4U], digits[value & 0xFU]};
}

// The byte's character in the encoding that such files mostly are in.
std::string in_windows_1252(char byte) {
  auto value = static_cast<unsigned char>(byte);
  std::string text;
  if (value == 0x80) append_utf8(text, 0x20AC);
  if (value >= 0xA0) append_utf8(text, value);
  return text;
}

Diagnostic bad_utf8(const Source& source, std::size_t at) {
  char byte = source.text()[at];
  std::string meant = in_windows_1252(byte);
  std::string guess = meant.empty() ? "" : " (it is " + meant + " in Windows-1252)";
  return fault_at(source, Code::bad_utf8, {at, at + 1},
                  "the byte " + hex(byte) + " is not UTF-8 text" + guess,
                  "save the file as UTF-8: iconv -f WINDOWS-1252 -t UTF-8");
}

// NUL bytes and invalid UTF-8, one fault for each run of them.
Diagnostics find_bad_text(const Source& source) {
  Diagnostics faults;
  std::string_view text = source.text();
  bool in_run = false;
  for (std::size_t at = 0; at < text.size() && faults.size() < json_faults_max;) {
    CodePoint point = code_point_at(text, at);
    bool bad = !point.valid || point.value == 0;
    if (bad && !in_run) {
      faults.push_back(point.valid ? fault_at(source, Code::nul_byte, {at, at + 1},
                                              "there is a NUL byte in the text",
                                              "remove it; the file may have been cut or damaged")
                                   : bad_utf8(source, at));
    }
    in_run = bad;
    at += point.size;
  }
  return faults;
}

bool is_key_byte(char byte) {
  bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  return letter || is_digit(byte) || byte == '_' || byte == '-' || byte == '.';
}

// The first line that says something in YAML or TOML: not blank, not a "#" comment.
TextSpan first_line(std::string_view text) {
  std::size_t at = skip_json_space(text, 0);
  while (at < text.size() && text[at] == '#') {
    at = skip_json_space(text, std::min(text.find('\n', at), text.size()));
  }
  std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return {at, end};
}

bool is_yaml(std::string_view line) {
  if (line.starts_with("---") || line.starts_with("%YAML") || line.starts_with("- ")) return true;
  auto key = std::find_if_not(line.begin(), line.end(), is_key_byte);
  std::string_view rest = line.substr(static_cast<std::size_t>(key - line.begin()));
  return key != line.begin() && (rest == ":" || rest.starts_with(": "));
}

bool is_toml(std::string_view line) {
  auto key = std::find_if_not(line.begin(), line.end(), is_key_byte);
  std::string_view rest = line.substr(static_cast<std::size_t>(key - line.begin()));
  return key != line.begin() && (rest.starts_with(" = ") || rest.starts_with("="));
}

}  // namespace

Diagnostics find_byte_faults(const Source& source) {
  std::string_view text = source.text();
  for (const Magic& magic : archives) {
    if (!text.starts_with(magic.bytes)) continue;
    return {
        whole_file(source, Code::not_json, std::string(magic.message), std::string(magic.remedy))};
  }
  if (is_utf16(text)) {
    return {whole_file(source, Code::utf16, "this file is UTF-16 or UTF-32 text, not UTF-8",
                       "save it as UTF-8: iconv -f UTF-16 -t UTF-8")};
  }
  if (skip_json_space(text, 0) == text.size()) {
    return {whole_file(source, Code::not_json, "this file is empty",
                       "write a JSON value into it, such as {}")};
  }
  return find_bad_text(source);
}

Diagnostics find_other_format(const Source& source) {
  std::string_view text = source.text();
  TextSpan span = first_line(text);
  std::string_view line = text.substr(span.begin, span.end - span.begin);
  auto found = [&](std::string message, std::string remedy) {
    return Diagnostics{
        fault_at(source, Code::not_json, span, std::move(message), std::move(remedy))};
  };
  if (line.starts_with('<')) {
    return found("this is HTML or XML, not JSON",
                 "fetch the JSON file itself, not the page that shows it");
  }
  if (is_yaml(line)) {
    return found("this looks like YAML, not JSON",
                 "write {\"key\": value, ...}, or convert it: yq -o json");
  }
  if (is_toml(line)) {
    return found("this looks like TOML or a settings file, not JSON",
                 "write {\"key\": value, ...}");
  }
  return {};
}

}  // namespace levy::formats
