#include "cli/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace levy {
namespace {

bool is_special(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

// The permissions that the file has, or that a new one would.
mode_t mode_for(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Sink::Sink() : file_(STDOUT_FILENO) {}

Sink::Sink(const std::string& path) : path_(path) {
  if (is_special(path)) {
    file_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = path + ".XXXXXX";
    file_ = mkostemp(temporary_.data(), O_CLOEXEC);
    if (file_ >= 0 && fchmod(file_, mode_for(path)) != 0) fail("cannot be given its permissions");
  }
  if (file_ < 0) {
    temporary_.clear();
    fail("cannot be written");
  }
}

Sink::~Sink() {
  if (!path_.empty() && file_ >= 0) close(file_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

bool Sink::fail(const char* what) {
  if (fault_) return false;
  fault_ = Diagnostic{Code::unwritable, std::string(what) + ": " + std::strerror(errno),
                      "check the path, its permissions and the space left"};
  fault_->place = Place::of_file(path_.empty() ? "standard output" : path_);
  return false;
}

bool Sink::write(std::string_view bytes) {
  if (fault_) return false;
  while (!bytes.empty()) {
    ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Sink::finish() {
  if (fault_) return false;
  if (path_.empty()) return true;
  if (!temporary_.empty() && fsync(file_) != 0) return fail("cannot be synced");
  int closed = close(file_);
  file_ = -1;
  if (closed != 0) return fail("cannot be closed");
  if (temporary_.empty()) return true;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return fail("cannot be put in its place");
  temporary_.clear();
  return true;
}

}  // namespace levy
