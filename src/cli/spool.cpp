#include "cli/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace levy {
namespace {

std::string directory() {
  const char* named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string directory) : directory_(std::move(directory)) {
    file_ = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ >= 0) return;
    // Not every file system has files without a name.
    std::string path = directory_ + "/levy-XXXXXX";
    file_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (file_ >= 0) ::unlink(path.c_str());
    error_ = errno;
  }
  ~TemporaryFile() {
    if (file_ >= 0) ::close(file_);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_open() const { return file_ >= 0; }

  bool write(std::uint64_t at, std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return fail();
      bytes.remove_prefix(static_cast<std::size_t>(count));
      at += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  bool read(std::uint64_t at, char* into, std::size_t size) {
    while (size > 0) {
      ssize_t count = ::pread(file_, into, size, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return fail();
      into += count;
      size -= static_cast<std::size_t>(count);
      at += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  Diagnostic fault() const {
    return Diagnostic{Code::unwritable,
                      "a temporary file in " + directory_ + ": " + std::strerror(error_),
                      "make room there, or name another directory with TMPDIR"};
  }

 private:
  bool fail() {
    error_ = errno == 0 ? EIO : errno;
    return false;
  }

  std::string directory_;
  int file_ = -1, error_ = 0;
};

}  // namespace

Checked<Spool> open_spool() {
  auto file = std::make_shared<TemporaryFile>(directory());
  if (!file->is_open()) return file->fault();
  Spool spool;
  spool.write = [file](std::uint64_t at, std::string_view bytes) { return file->write(at, bytes); };
  spool.read = [file](std::uint64_t at, char* into, std::size_t size) {
    return file->read(at, into, size);
  };
  spool.fault = [file] { return file->fault(); };
  return spool;
}

}  // namespace levy
