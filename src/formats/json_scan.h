// Where the tokens of JSON text end. Shared by the reader, which scans only what nlohmann has
// already accepted, and by the search for faults, which scans anything.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "base/text.h"

namespace levy::formats {

// More faults than this in one file are not told.
inline constexpr std::size_t json_faults_max = 20;

struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_json_space(char byte);

std::size_t skip_json_space(std::string_view text, std::size_t at);

// Past the closing quote of the string that begins at `at`; the text's end where it has none.
std::size_t string_end(std::string_view text, std::size_t at);

// Past the longest JSON number at `at`; `at` itself where there is none.
std::size_t number_end(std::string_view text, std::size_t at);

bool is_json_number(std::string_view text);

// The message and remedy, at the place of these bytes.
Diagnostic fault_at(const Source& source, Code code, TextSpan span, std::string message,
                    std::string remedy);

// Cuts text that is not JSON into the tokens its author meant, telling every fault inside one on
// the way: comments, single quotes, bad escapes, 01 and +1.

struct Token {
  enum class Kind { bracket, comma, colon, string, number, literal, word, other, end, lost };
  Kind kind = Kind::end;  // lost: past a fault after which the rest could only be guessed
  TextSpan span;

  bool is(Kind wanted) const { return kind == wanted; }
};

class Tokenizer {
 public:
  // Both outlive the tokenizer.
  Tokenizer(const Source& source, Diagnostics& faults)
      : source_(source), text_(source.text()), faults_(faults) {}

  Token next();

  std::string_view text_of(TextSpan span) const;
  // Nothing beyond the first `json_faults_max`.
  void report(Code code, TextSpan span, std::string message, std::string remedy);
  const std::vector<TextSpan>& comments() const { return comments_; }

 private:
  void skip_to_token();
  bool skip_comment();
  bool skip_odd_space();
  Token string_token();
  Token quoted_token(std::string_view open, std::string_view close);
  Token number_token();
  Token word_token();
  bool check_string(TextSpan span);
  std::size_t check_escape(std::size_t at);
  std::size_t check_unicode_escape(std::size_t at);
  void check_control(std::size_t at);
  Token take(Token::Kind kind, std::size_t end);

  const Source& source_;
  std::string_view text_;
  Diagnostics& faults_;
  std::size_t at_ = 0;
  std::vector<TextSpan> comments_;
};

}  // namespace levy::formats
