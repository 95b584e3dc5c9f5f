// A line typed at the terminal, with libedit's keys: the only file that includes it is
// line_editor.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace levy::cli {

class LineEditor {
 public:
  LineEditor();
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // One line, without the spaces around it; Tab completes it from `words`, and lists those that are
  // left. Nothing where the user leaves, by Escape or by Ctrl-D on an empty line.
  std::optional<std::string> read_line(const std::vector<std::string>& words);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace levy::cli
