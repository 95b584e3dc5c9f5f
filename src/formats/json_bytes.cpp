// The two looks at a file before its syntax: are these bytes text at all, and is the text perhaps
// of another format altogether?
#include <algorithm>
#include <array>

#include "formats/json_faults.h"
#include "formats/json_scan.h"
#include "formats/utf8.h"

namespace levy {
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

}  // namespace levy
