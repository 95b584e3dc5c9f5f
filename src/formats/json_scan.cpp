#include "formats/json_scan.h"

#include <utility>

namespace levy {
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

}  // namespace levy
