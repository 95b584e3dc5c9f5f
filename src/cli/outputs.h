// Files that are written. Those of a run appear together, whole, or not at all.
#pragma once

#include <sys/stat.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace levy::cli {

// One output, written as it comes; every write is checked.
class Output {
 public:
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // On a terminal escaped (escaped_for_terminal).
  bool write(std::string_view bytes);
  // What failed first; code unwritable, or usage where it must not be opened.
  const std::optional<Diagnostic>& fault() const { return fault_; }

 private:
  friend class Outputs;
  enum class Way {
    stream,   // to what is there: a descriptor, a pipe, a device
    unnamed,  // to a file without a name, which gets one in the end
    beside,   // to a file with a hidden name in the same directory
  };
  enum class State { hidden, in_place, exchanged };  // exchanged: temporary_ is what was there

  Output(std::string option, std::string path)
      : option_(std::move(option)), path_(std::move(path)) {}

  std::string name() const;  // for messages
  void open();
  bool write_all(std::string_view bytes);
  void open_descriptor(int number);
  void open_stream();
  void open_file(const struct stat* present);
  bool take_permissions(const struct stat* present);
  bool sync();
  bool name_it();
  bool put_in_place();
  void take_back();
  bool close_checked();
  void remove_temporary();
  bool fail(const char* what);

  std::string option_;             // "--rejects", for messages; empty: none
  std::string path_;               // as given
  std::optional<int> descriptor_;  // that the path means, such as 1 for /dev/stdout
  std::string target_;             // else the path with its links followed
  std::string temporary_;          // a hidden name beside it; empty: there is none
  Way way_ = Way::stream;
  State state_ = State::hidden;
  int file_ = -1;
  int replaced_ = -1;   // holds the lock of what was there, as long as that has the hidden name
  bool owned_ = false;  // the descriptor is this one's to close
  std::optional<Diagnostic> fault_;
};

// The outputs of one run.
//
// Each is written to a file that nobody sees, and `finish` puts them in their places: in the order
// in which they were added, none where one of them fails. A symbolic link is written through; what
// is no regular file (a pipe, a device, standard output) is written as it comes. An output that
// is an input of the run, or another output, is refused (usage).
class Outputs {
 public:
  Outputs() = default;

  // Where it cannot be opened, `fault` says why. "" and "-" are standard output.
  Output& add(std::string option, std::string path);
  // A file that was read, with other content: an input that may be an output.
  Output& rewrite(std::string path);
  const std::optional<Diagnostic>& fault() const;  // of the first that has one
  // Without it no file appears.
  bool finish();

 private:
  Output& open(std::string option, std::string path);
  std::optional<Diagnostic> input_at(const Output& added) const;
  std::optional<Diagnostic> twin_of(const Output& added) const;

  std::vector<std::unique_ptr<Output>> all_;
};

// Is standard output a file that this run reads? Then its name.
std::optional<std::string> input_at_standard_output();

// Opens standard descriptors that are closed, so that no file gets their numbers. What is written
// to a standard output that was closed is lost, which is said (unwritable) once all else is done:
// the files of such a run are whole.
void open_standard_descriptors();
bool is_standard_output_open();

}  // namespace levy::cli
