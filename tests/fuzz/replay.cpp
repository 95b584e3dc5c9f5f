// Runs a fuzz target without a fuzzer: over every file of the folders given, or over seeded
// mutations of them, which are the same on every machine.
//
//   replay FOLDER...                  each file as it is
//   replay --mutate N SEED FOLDER...  N mutated files; case i of SEED is case 0 of SEED + i
//
// A file that breaks a promise is written to broken.bin and ends the run with status 1.
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::string> read_folders(const std::vector<std::string>& folders) {
  std::vector<std::filesystem::path> paths;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());  // the order of a folder differs between machines
  std::vector<std::string> files;
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return files;
}

// SplitMix64: the standard's distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

// What formats of text trip over.
std::string_view token(Dice& dice) {
  constexpr std::string_view tokens[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "\"",
                                         "'",
                                         "\\",
                                         "\\u",
                                         "\n",
                                         "\r\n",
                                         "\t",
                                         " ",
                                         "//",
                                         "/*",
                                         "*/",
                                         "#",
                                         "true",
                                         "null",
                                         "NaN",
                                         "-",
                                         "+",
                                         ".",
                                         "0",
                                         "1e",
                                         "9",
                                         "e+-3",
                                         "1,5",
                                         "\xC3\xA9",
                                         "\xE2\x80\x9C",
                                         "\xC2\xA0",
                                         "\xEF\xBB\xBF",
                                         "\xF0\x9F\x98\x80",
                                         "\xFF",
                                         ";",
                                         "=",
                                         "\\ud83d",
                                         "\x1b[2J",
                                         "\"a\":1,",
                                         "[[[[[[[[[[[[[[[[",
                                         "{\"a\":"};
  return tokens[dice.below(std::size(tokens))];
}

void mutate_once(std::string& text, const std::vector<std::string>& files, Dice& dice) {
  std::size_t at = dice.below(text.size() + 1);
  std::size_t length = dice.below(std::min<std::size_t>(text.size() - at, 16) + 1);
  switch (dice.below(7)) {
    case 0:
      text.insert(at, token(dice));
      return;
    case 1:
      text.erase(at, length);
      return;
    case 2:
      text.insert(dice.below(text.size() + 1), text.substr(at, length));
      return;
    case 3:
      text.replace(at, length, token(dice));
      return;
    case 4:
      text.resize(at);
      return;
    case 5: {
      const std::string& other = files[dice.below(files.size())];
      text.insert(at, other.substr(dice.below(other.size() + 1), dice.below(64)));
      return;
    }
    default:
      if (at < text.size()) text[at] = static_cast<char>(dice.below(256));
  }
}

std::string mutated(const std::vector<std::string>& files, std::uint64_t seed) {
  Dice dice(seed);
  std::string text = files[dice.below(files.size())];
  for (std::size_t i = dice.below(6) + 1; i > 0; --i) mutate_once(text, files, dice);
  return text;
}

bool holds(const std::string& text) {
  try {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    return true;
  } catch (const std::exception& broken) {
    std::cerr << broken.what() << "\n";
  }
  std::ofstream("broken.bin", std::ios::binary) << text;
  return false;
}

int replay(const std::vector<std::string>& files) {
  bool all = std::all_of(files.begin(), files.end(), holds);
  std::cout << files.size() << " files\n";
  return all && !files.empty() ? 0 : 1;
}

int replay_mutated(const std::vector<std::string>& files, std::uint64_t count, std::uint64_t seed) {
  if (files.empty()) return 1;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % 10'000 == 0) std::cerr << "seed " << seed + i << "\n";  // to begin again from
    if (holds(mutated(files, seed + i))) continue;
    std::cerr << "seed " << seed + i << ", kept in broken.bin\n";
    return 1;
  }
  std::cout << count << " mutations\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool mutates = words.size() > 3 && words[0] == "--mutate";
  if (words.empty() || (words[0] == "--mutate" && !mutates)) {
    std::cerr << "usage: replay FOLDER... | replay --mutate N SEED FOLDER...\n";
    return 2;
  }
  if (!mutates) return replay(read_folders(words));
  std::vector<std::string> folders(words.begin() + 3, words.end());
  return replay_mutated(read_folders(folders), std::stoull(words[1]), std::stoull(words[2]));
}
