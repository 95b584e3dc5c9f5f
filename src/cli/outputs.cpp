#include "cli/outputs.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <thread>

#include "cli/inputs.h"
#include "render/text/text_width.h"

namespace levy::cli {
namespace {

namespace fs = std::filesystem;

// ---- signals -----------------------------------------------------------------------------------

constexpr std::array signals_that_end = {SIGINT, SIGTERM, SIGHUP, SIGXFSZ};

// Names that a signal's handler removes, each null or the text of an Output that lives.
constexpr std::size_t names_max = 8;
std::array<std::atomic<const char*>, names_max> names_to_remove = {};

extern "C" void remove_and_end(int signal) {
  for (auto& name : names_to_remove) {
    if (const char* text = name.load()) unlink(text);
  }
  std::signal(signal, SIG_DFL);  // so the status tells the signal
  raise(signal);
}

void remove_on_signal(const std::string& name) {
  auto none = std::find_if(names_to_remove.begin(), names_to_remove.end(),
                           [](auto& one) { return one.load() == nullptr; });
  if (none == names_to_remove.end()) return;
  none->store(name.c_str());
  for (int signal : signals_that_end) {
    struct sigaction present {};
    sigaction(signal, nullptr, &present);
    if (present.sa_handler == SIG_DFL) std::signal(signal, remove_and_end);  // not where ignored
  }
}

void keep_on_signal(const std::string& name) {
  for (auto& one : names_to_remove) {
    if (one.load() == name.c_str()) one.store(nullptr);
  }
}

// While files are put in their places no signal comes between them.
class WithoutSignals {
 public:
  WithoutSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~WithoutSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  WithoutSignals(const WithoutSignals&) = delete;
  WithoutSignals& operator=(const WithoutSignals&) = delete;

 private:
  sigset_t before_;
};

// ---- paths -------------------------------------------------------------------------------------

// "/dev/stdout" and the like: a descriptor that is open already.
std::optional<int> descriptor_at(const std::string& path) {
  if (path.empty() || path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* end = path.data() + path.size();
    auto [after, error] = std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && after == end && number >= 0) return number;
  }
  return std::nullopt;
}

// Where a path leads: to a descriptor, or to the file at the end of its links, which need not be
// there.
struct WrittenTo {
  std::optional<int> descriptor;
  std::string file;
};

WrittenTo destination_of(const std::string& path) {
  constexpr int links_max = 40;
  fs::path at = path;
  for (int i = 0; i < links_max; ++i) {
    if (auto number = descriptor_at(at.string())) return {number, ""};
    std::error_code error;
    fs::path next = fs::read_symlink(at, error);
    if (error) break;
    at = next.is_absolute() ? next : at.parent_path() / next;
  }
  return {std::nullopt, at.string()};
}

std::string folder_of(const std::string& file) {
  std::string folder = fs::path(file).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Beside the file, where a listing does not show it.
std::string hidden_name(const std::string& file, int number) {
  fs::path path = file;
  std::string name = "." + path.filename().string() + ".levy-" + std::to_string(number);
  return (path.parent_path() / name).string();
}

// The lock that keeps a file from looking left over, should it come to stand under a hidden name;
// -1: there is no such file, or another run holds its lock.
int hold_file(const std::string& name) {
  int file = open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0 || flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  close(file);
  return -1;
}

// Is it of a run that ended before it could remove it? Whoever has a hidden file holds its lock.
bool is_left_over(const std::string& name) {
  int file = hold_file(name);
  if (file >= 0) close(file);
  return file >= 0;
}

// Calls `make` with hidden names until it has made a file; what other runs left there is removed.
// False: errno says why.
template <class Make>
bool with_hidden_name(const std::string& file, std::string& name, Make make) {
  constexpr int numbers_max = 100;
  for (int number = 0; number < numbers_max; ++number) {
    name = hidden_name(file, number);
    if (make(name)) return true;
    if (errno != EEXIST) break;
    if (is_left_over(name) && unlink(name.c_str()) == 0 && make(name)) return true;
  }
  name.clear();
  return false;
}

bool link_file(int file, const std::string& name) {
  std::string open_file = "/proc/self/fd/" + std::to_string(file);
  return linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

// A file without a name that can get one; -1: not in this directory.
int open_unnamed(const std::string& folder) {
  int file = open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return file;
  std::string open_file = "/proc/self/fd/" + std::to_string(file);
  if (access(open_file.c_str(), F_OK) == 0) return file;
  close(file);
  return -1;
}

bool swap_files(const std::string& one, const std::string& other) {
  return renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

bool sync_folder(const std::string& folder) {
  int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return errno == EACCES;  // one may write to a directory that one cannot read
  bool synced = fsync(file) == 0 || errno == EINVAL || errno == EROFS;  // some cannot be synced
  close(file);
  return synced;
}

// A pipe by name that nobody reads would keep its writer waiting for ever.
int open_pipe(const std::string& path) {
  constexpr int wait_ms = 2000, step_ms = 20;
  int file = -1;
  for (int waited = 0; waited < wait_ms; waited += step_ms) {
    file = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (file >= 0 || errno != ENXIO) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(step_ms));
  }
  if (file >= 0) fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
  return file;
}

}  // namespace

// ---- one output --------------------------------------------------------------------------------

Output::~Output() {
  remove_temporary();  // before its locks are given up
  if (owned_ && file_ >= 0) close(file_);
  if (replaced_ >= 0) close(replaced_);
}

void Output::remove_temporary() {
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  keep_on_signal(temporary_);
  temporary_.clear();
}

bool Output::fail(const char* what) {
  if (fault_) return false;
  fault_ = Diagnostic{Code::unwritable, std::string(what) + ": " + std::strerror(errno),
                      "check the path, its permissions and the space left"};
  fault_->place = Place::of_file(descriptor_at(path_) == STDOUT_FILENO ? "standard output" : path_);
  return false;
}

void Output::open() {
  WrittenTo destination = destination_of(path_);
  if (destination.descriptor) return open_descriptor(*destination.descriptor);
  target_ = destination.file;
  struct stat present {};
  bool exists = stat(target_.c_str(), &present) == 0;
  if (exists && !S_ISREG(present.st_mode)) return open_stream();
  open_file(exists ? &present : nullptr);
}

void Output::open_descriptor(int number) {
  descriptor_ = number;
  file_ = number == STDOUT_FILENO ? number : fcntl(number, F_DUPFD_CLOEXEC, 3);
  owned_ = number != STDOUT_FILENO;
  if (file_ < 0) fail("cannot be written");
}

void Output::open_stream() {
  file_ = open_pipe(target_);
  owned_ = true;
  if (file_ < 0) fail("cannot be written");
}

void Output::open_file(const struct stat* present) {
  if (present != nullptr && access(target_.c_str(), W_OK) != 0)
    return void(fail("cannot be written"));
  owned_ = true;
  way_ = Way::unnamed;
  file_ = open_unnamed(folder_of(target_));
  if (file_ < 0) {
    way_ = Way::beside;
    bool made = with_hidden_name(target_, temporary_, [&](const std::string& name) {
      file_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      return file_ >= 0;
    });
    if (!made) return void(fail("cannot be written"));
    remove_on_signal(temporary_);
  }
  flock(file_, LOCK_EX | LOCK_NB);  // tells other runs that it is not left over
  if (!take_permissions(present)) fail("cannot be given its permissions");
}

// Those that the file has, or that a new one would.
bool Output::take_permissions(const struct stat* present) {
  if (present == nullptr) {
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(file_, 0666 & ~mask) == 0;
  }
  // Only root can give a file to another; anybody else's becomes theirs, as with any new file.
  if (fchown(file_, present->st_uid, present->st_gid) != 0) errno = 0;
  return fchmod(file_, present->st_mode & 07777) == 0;
}

bool Output::write(std::string_view bytes) {
  bool terminal = way_ == Way::stream && isatty(file_) == 1;
  return terminal ? write_all(render::text::escaped_for_terminal(bytes)) : write_all(bytes);
}

bool Output::write_all(std::string_view bytes) {
  if (fault_) return false;
  while (!bytes.empty()) {
    ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Output::sync() { return way_ == Way::stream || fsync(file_) == 0 || fail("cannot be synced"); }

// With a hidden name it can take another file's place.
bool Output::name_it() {
  bool named = with_hidden_name(target_, temporary_,
                                [&](const std::string& name) { return link_file(file_, name); });
  return named || fail("cannot be put in its place");
}

bool Output::put_in_place() {
  if (way_ == Way::stream) return true;
  if (way_ == Way::unnamed && link_file(file_, target_)) {
    state_ = State::in_place;
    return true;
  }
  if (way_ == Way::unnamed && (errno != EEXIST || !name_it()))
    return fail("cannot be put in its place");
  // What stands there gets the hidden name, and no other run may take it for a file left over.
  replaced_ = hold_file(target_);
  if (swap_files(temporary_, target_)) {
    state_ = State::exchanged;
    return true;
  }
  bool absent = errno == ENOENT;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0)
    return fail("cannot be put in its place");
  keep_on_signal(temporary_);
  temporary_.clear();
  if (absent) state_ = State::in_place;
  return true;
}

// What was there before stands there again.
void Output::take_back() {
  if (state_ == State::exchanged) swap_files(temporary_, target_);
  if (state_ == State::in_place) unlink(target_.c_str());
  state_ = State::hidden;
}

bool Output::close_checked() {
  if (!owned_) return true;
  int closed = close(file_);
  file_ = -1;
  return closed == 0 || fail("cannot be closed");
}

// ---- all of a run ------------------------------------------------------------------------------

Output& Outputs::open(std::string option, std::string path) {
  all_.push_back(std::unique_ptr<Output>(new Output(std::move(option), std::move(path))));
  Output& added = *all_.back();
  added.open();
  if (!added.fault_) added.fault_ = twin_of(added);
  return added;
}

Output& Outputs::add(std::string option, std::string path) {
  Output& added = open(std::move(option), std::move(path));
  if (!added.fault_) added.fault_ = input_at(added);
  return added;
}

Output& Outputs::rewrite(std::string path) { return open("--write", std::move(path)); }

const std::optional<Diagnostic>& Outputs::fault() const {
  static const std::optional<Diagnostic> none;
  auto failed = std::find_if(all_.begin(), all_.end(),
                             [](const auto& output) { return output->fault_.has_value(); });
  return failed == all_.end() ? none : (*failed)->fault_;
}

namespace {

// The regular file that an output would change; nothing: there is none yet, or it is none.
std::optional<struct stat> present_file(int file, const std::string& target) {
  struct stat status {};
  bool known = target.empty() ? fstat(file, &status) == 0 : stat(target.c_str(), &status) == 0;
  if (!known || !S_ISREG(status.st_mode)) return std::nullopt;
  return status;
}

bool is_same_path(const std::string& one, const std::string& other) {
  std::error_code error;
  fs::path a = fs::weakly_canonical(fs::absolute(one, error), error);
  fs::path b = fs::weakly_canonical(fs::absolute(other, error), error);
  return a == b;
}

bool is_device(const std::string& path) {
  std::error_code error;
  return fs::is_character_file(path, error);
}

}  // namespace

std::string Output::name() const {
  return option_.empty() ? "standard output" : option_ + " " + path_;
}

std::optional<Diagnostic> Outputs::input_at(const Output& added) const {
  std::optional<struct stat> file = present_file(added.file_, added.target_);
  std::optional<std::string> input = file ? find_input(*file) : std::nullopt;
  if (!input) return std::nullopt;
  return usage(added.name() + " is the input " + *input + " itself", "write to another file");
}

std::optional<Diagnostic> Outputs::twin_of(const Output& added) const {
  std::optional<struct stat> file = present_file(added.file_, added.target_);
  for (const auto& other : all_) {
    if (other.get() == &added) continue;
    bool same = added.descriptor_ && added.descriptor_ == other->descriptor_;
    if (!added.target_.empty() && !other->target_.empty() && !is_device(added.target_))
      same = is_same_path(added.target_, other->target_);
    std::optional<struct stat> known = present_file(other->file_, other->target_);
    if (file && known) same |= file->st_dev == known->st_dev && file->st_ino == known->st_ino;
    if (!same) continue;
    std::string twin = other->option_.empty() ? "standard output" : other->option_;
    return usage(added.name() + " is the same file as " + twin,
                 "give each output a file of its own");
  }
  return std::nullopt;
}

bool Outputs::finish() {
  auto every = [&](auto step) {
    return std::all_of(all_.begin(), all_.end(), [&](auto& output) { return step(*output); });
  };
  if (!every([](Output& output) { return !output.fault_ && output.sync(); })) return false;
  WithoutSignals quiet;
  bool placed = every([](Output& output) { return output.put_in_place(); }) &&
                every([](Output& output) { return output.close_checked(); });
  if (!placed) {
    for (auto output = all_.rbegin(); output != all_.rend(); ++output) (*output)->take_back();
    return false;
  }
  for (auto& output : all_) {
    output->remove_temporary();
    if (output->way_ != Output::Way::stream && !sync_folder(folder_of(output->target_)))
      output->fail("its directory cannot be synced");
  }
  for (auto& output : all_) {
    if (output->descriptor_ == STDOUT_FILENO && !is_standard_output_open()) {
      errno = EBADF;
      output->fail("cannot be written");
    }
  }
  return !fault();
}

std::optional<std::string> input_at_standard_output() {
  auto file = present_file(STDOUT_FILENO, "");
  return file ? find_input(*file) : std::nullopt;
}

namespace {

bool standard_output_closed = false;  // when the program began

}  // namespace

void open_standard_descriptors() {
  for (int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) >= 0) continue;
    if (number == STDOUT_FILENO) standard_output_closed = true;
    // Reading this standard input fails as reading a closed one does.
    int opened = open("/dev/null", O_WRONLY);
    if (opened >= 0 && opened != number) close(opened);
  }
}

bool is_standard_output_open() { return !standard_output_closed; }

}  // namespace levy::cli
