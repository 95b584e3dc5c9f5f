#include "cli/inputs.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace levy::cli {
namespace {

// A pipe by name that nobody writes to would keep its reader waiting for ever.
constexpr int writer_wait_ms = 2000;

using FileId = std::pair<dev_t, ino_t>;

// Of the process, as its descriptors are.
struct Inputs {
  std::mutex mutex;
  std::map<FileId, std::string> names;
};

Inputs& inputs() {
  static Inputs all;
  return all;
}

Diagnostic unreadable(const std::string& path, int error) {
  Diagnostic fault{Code::unreadable, std::string("cannot be read: ") + std::strerror(error),
                   "check the path"};
  fault.place = Place::of_file(path);
  return fault;
}

Diagnostic unusable(const std::string& path, std::string message, std::string remedy) {
  Diagnostic fault{Code::bad_file, std::move(message), std::move(remedy)};
  fault.place = Place::of_file(path);
  return fault;
}

Diagnostic too_large(const std::string& path) {
  return unusable(path, "the file is larger than 64 MiB",
                  "check the path: no such file is so large");
}

// An open descriptor, what it is, and what was read of it already.
struct Opened {
  int file = -1;
  struct stat status {};
  std::string begun = {};
};

// As ::read, but not stopped by a signal that was handled.
ssize_t read_some(int file, char* into, std::size_t size) {
  ssize_t count = 0;
  do {
    count = ::read(file, into, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

// Opened without waiting, a pipe that nobody has opened to write reads as if it had ended.
bool has_writer(Opened& pipe) {
  constexpr int step_ms = 20;
  for (int waited = 0; waited < writer_wait_ms; waited += step_ms) {
    char block[4096];
    ssize_t count = read_some(pipe.file, block, sizeof block);
    if (count > 0) pipe.begun.assign(block, static_cast<std::size_t>(count));
    if (count != 0) return true;  // or an error, which the next read meets as well
    std::this_thread::sleep_for(std::chrono::milliseconds(step_ms));
  }
  return false;
}

Checked<Opened> open_input(const std::string& path) {
  Opened opened;
  bool standard = path == "-";
  // Without O_NONBLOCK opening a pipe waits for a writer, for ever where there is none.
  opened.file = standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened.file < 0) return unreadable(path, errno);
  if (fstat(opened.file, &opened.status) != 0) return unreadable(path, errno);
  if (S_ISDIR(opened.status.st_mode)) {
    if (!standard) close(opened.file);
    return unusable(path, "this is a directory", "name a file");
  }
  {
    std::lock_guard lock(inputs().mutex);
    inputs().names.emplace(FileId(opened.status.st_dev, opened.status.st_ino),
                           standard ? "standard input" : path);
  }
  if (standard) return opened;
  if (S_ISFIFO(opened.status.st_mode) && !has_writer(opened)) {
    close(opened.file);
    return unusable(path, "nobody writes to this pipe", "start what writes to it first");
  }
  int flags = fcntl(opened.file, F_GETFL);
  if (flags >= 0) fcntl(opened.file, F_SETFL, flags & ~O_NONBLOCK);
  return opened;
}

Checked<Source> read_whole(const std::string& path, const Opened& opened) {
  auto known = static_cast<std::uint64_t>(opened.status.st_size);
  bool regular = S_ISREG(opened.status.st_mode);
  if (regular && known > document_bytes_max) return too_large(path);
  std::string text = opened.begun;
  if (regular) text.reserve(known + 1);
  char block[65536];
  while (true) {
    ssize_t count = read_some(opened.file, block, sizeof block);
    if (count < 0) return unreadable(path, errno);
    if (count == 0) return Source(path, std::move(text));
    if (text.size() + static_cast<std::size_t>(count) > document_bytes_max) return too_large(path);
    text.append(block, static_cast<std::size_t>(count));
  }
}

}  // namespace

Checked<Source> read_file(const std::string& path) {
  Checked<Opened> opened = open_input(path);
  if (!opened) return std::move(opened).faults();
  Checked<Source> source = read_whole(path, *opened);
  if (path != "-") close(opened->file);
  return source;
}

Checked<std::unique_ptr<StreamFile>> StreamFile::open(const std::string& path) {
  Checked<Opened> opened = open_input(path);
  if (!opened) return std::move(opened).faults();
  return std::unique_ptr<StreamFile>(new StreamFile(path, opened->file, std::move(opened->begun)));
}

StreamFile::~StreamFile() {
  if (file_ != STDIN_FILENO) close(file_);
}

std::size_t StreamFile::read(char* into, std::size_t size) {
  if (std::size_t count = begun_.copy(into, size); count > 0) {
    begun_.erase(0, count);
    return count;
  }
  ssize_t count = error_ == 0 ? read_some(file_, into, size) : 0;
  if (count < 0) error_ = errno;
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool StreamFile::ready() const {
  struct pollfd wait {
    file_, POLLIN, 0
  };
  return !begun_.empty() || poll(&wait, 1, 0) != 0;
}

Diagnostic StreamFile::fault() const { return unreadable(path_, error_); }

std::optional<std::uint64_t> StreamFile::size() const {
  struct stat status {};
  bool sized = fstat(file_, &status) == 0 && S_ISREG(status.st_mode);
  if (!sized) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

std::optional<std::string> find_input(const struct stat& file) {
  std::lock_guard lock(inputs().mutex);
  auto found = inputs().names.find(FileId(file.st_dev, file.st_ino));
  if (found == inputs().names.end()) return std::nullopt;
  return found->second;
}

}  // namespace levy::cli
