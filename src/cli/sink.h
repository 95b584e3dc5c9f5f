// Where output goes: a stream that is there already, or a file that appears whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace levy {

// Every write is checked; the first failure is kept and said by `fault`.
class Sink {
 public:
  // Standard output.
  Sink();
  // Written beside `path` under another name, and in its place only by `finish`. What is no regular
  // file (a pipe, a device) is written as it comes.
  explicit Sink(const std::string& path);
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  bool write(std::string_view bytes);
  // Synced, closed and in its place. Without it the file does not appear.
  bool finish();
  // What failed; code unwritable.
  const std::optional<Diagnostic>& fault() const { return fault_; }

 private:
  bool fail(const char* what);

  std::string path_;       // empty: standard output
  std::string temporary_;  // empty: written in place
  int file_ = -1;
  std::optional<Diagnostic> fault_;
};

}  // namespace levy
