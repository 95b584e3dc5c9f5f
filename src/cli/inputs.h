// Files that are read. What is opened here is remembered, so that no output takes its place.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/checked.h"
#include "base/source.h"

namespace levy::cli {

// The whole of a document, such as a schedule; "-" is standard input. Codes unreadable; bad_file
// for what is larger than document_bytes_max (a device may have no end), and for a directory.
Checked<Source> read_file(const std::string& path);

// A file that is read block by block, such as a table; "-" is standard input. It stays open as long
// as it lives.
class StreamFile {
 public:
  static Checked<std::unique_ptr<StreamFile>> open(const std::string& path);
  ~StreamFile();
  StreamFile(const StreamFile&) = delete;
  StreamFile& operator=(const StreamFile&) = delete;

  // What can be read at once, after waiting for the first of it; 0: the end, or it failed.
  std::size_t read(char* into, std::size_t size);
  // Can more be read, or the end, without waiting?
  bool ready() const;
  bool failed() const { return error_ != 0; }
  Diagnostic fault() const;                   // of reading, once it has failed
  std::optional<std::uint64_t> size() const;  // in bytes, of a regular file

 private:
  StreamFile(std::string path, int file, std::string begun)
      : path_(std::move(path)), file_(file), begun_(std::move(begun)) {}

  std::string path_;
  int file_;
  std::string begun_;  // read already
  int error_ = 0;      // errno
};

// What this run has read or opened to read that file, as it was named; nothing: it did not.
std::optional<std::string> find_input(const struct stat& file);

}  // namespace levy::cli
