// Cuts text that is not JSON into the tokens its author meant, telling every fault inside one on
// the way: comments, single quotes, bad escapes, 01 and +1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "formats/json_scan.h"

namespace levy {

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

}  // namespace levy
