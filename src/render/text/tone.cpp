#include "render/text/tone.h"

namespace levy::render::text {
namespace {

const char* code_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[1;32m";
    case Tone::bad:
      return "\x1b[1;31m";
    case Tone::warning:
      return "\x1b[1;33m";
    case Tone::note:
      return "\x1b[1;36m";
  }
  return "";
}

}  // namespace

std::string painted(const std::string& text, Tone tone, bool color) {
  if (!color || tone == Tone::plain || text.empty()) return text;
  return code_of(tone) + text + "\x1b[0m";
}

}  // namespace levy::render::text
