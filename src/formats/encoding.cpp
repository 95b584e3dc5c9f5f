#include "formats/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "base/text.h"

namespace levy::formats {
namespace {

constexpr std::size_t decoded_bytes = std::size_t{64} << 10;
constexpr char no_text_mark = '\xFF';

// What iconv calls them. All but UTF-16 have ASCII's bytes for ASCII's characters, and a line end
// is never part of another character.
const std::vector<std::pair<std::string, std::string>>& iconv_names() {
  static const std::vector<std::pair<std::string, std::string>> names = {
      {"utf-8", "UTF-8"},         {"utf-16", "UTF-16"},
      {"latin-1", "ISO-8859-1"},  {"latin-9", "ISO-8859-15"},
      {"windows-1250", "CP1250"}, {"windows-1251", "CP1251"},
      {"windows-1252", "CP1252"}, {"gbk", "GBK"},
      {"gb18030", "GB18030"},     {"big5", "BIG5"},
      {"shift-jis", "CP932"},     {"euc-kr", "CP949"},
  };
  return names;
}

class Decoder {
 public:
  Decoder(ReadBlock read, iconv_t converter, bool has_ascii)
      : read_(std::move(read)), converter_(converter), has_ascii_(has_ascii) {}
  ~Decoder() { iconv_close(converter_); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  std::size_t read(char* into, std::size_t size) {
    while (given_ == text_.size() && !ended_) fill();
    std::size_t count = std::min(size, text_.size() - given_);
    std::copy_n(text_.data() + given_, count, into);
    given_ += count;
    return count;
  }

 private:
  void fill() {
    text_.clear();
    given_ = 0;
    std::size_t kept = bytes_.size();
    bytes_.resize(kept + decoded_bytes);
    std::size_t count = read_(bytes_.data() + kept, decoded_bytes);
    bytes_.resize(kept + count);
    ended_ = count == 0;
    std::string_view rest = bytes_;
    while (!rest.empty() && convert_line(rest)) {
    }
    bytes_ = std::string(rest);
  }

  // Takes ASCII as it stands, and what follows up to the line's end through iconv. False: the rest
  // ends within a character.
  bool convert_line(std::string_view& rest) {
    auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    std::size_t plain = 0;
    if (has_ascii_) {
      plain = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_ascii) -
                                       rest.begin());
    }
    text_.append(rest.substr(0, plain));
    rest.remove_prefix(plain);
    std::size_t end = has_ascii_ ? rest.find('\n') : levy::npos;
    std::string_view line = rest.substr(0, end);
    std::size_t taken = convert(line);
    rest.remove_prefix(taken);
    return taken == line.size();
  }

  // How many bytes it took: all, but for a character whose end is still to be read.
  std::size_t convert(std::string_view line) {
    std::array<char, 4096> buffer;
    const char* begin = line.data();
    std::size_t left = line.size();
    while (left > 0) {
      char* from = const_cast<char*>(begin);
      char* to = buffer.data();
      std::size_t room = buffer.size();
      std::size_t failed = iconv(converter_, &from, &left, &to, &room);
      text_.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
      begin = from;
      if (failed != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
      bool goes_on = errno == EINVAL && !ended_ && begin + left == bytes_.data() + bytes_.size();
      if (goes_on) break;
      text_ += no_text_mark;
      text_ += *begin++;
      --left;
    }
    return line.size() - left;
  }

  ReadBlock read_;
  iconv_t converter_;
  bool has_ascii_;
  std::string bytes_;      // read, and not yet converted
  std::string text_;       // converted
  std::size_t given_ = 0;  // of it
  bool ended_ = false;
};

}  // namespace

const std::vector<std::string>& encodings() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, in_iconv] : iconv_names()) all.push_back(name);
    return all;
  }();
  return names;
}

Checked<ReadBlock> read_as_utf8(ReadBlock read, const std::string& encoding) {
  if (encoding == "utf-8") return read;
  const auto& names = iconv_names();
  auto known = std::find_if(names.begin(), names.end(),
                            [&](const auto& name) { return name.first == encoding; });
  iconv_t converter = known == names.end() ? reinterpret_cast<iconv_t>(-1)
                                           : iconv_open("UTF-8", known->second.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return Diagnostic{Code::bad_value, "this system does not convert " + in_quotes(encoding),
                      "convert the table to UTF-8 elsewhere, and leave \"encoding\" out"};
  }
  auto decoder = std::make_shared<Decoder>(std::move(read), converter, encoding != "utf-16");
  return ReadBlock([decoder](char* into, std::size_t size) { return decoder->read(into, size); });
}

}  // namespace levy::formats
