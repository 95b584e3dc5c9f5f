#include "cli/line_editor.h"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace levy::cli {

struct LineEditor::State {
  EditLine* editor = nullptr;
  std::vector<std::string> words;
  bool left = false;
};

namespace {

using EditorState = void*;  // libedit hands the client's data back without its type

std::vector<std::string> words_after(const std::vector<std::string>& words,
                                     const std::string& typed) {
  std::vector<std::string> all;
  std::copy_if(words.begin(), words.end(), std::back_inserter(all),
               [&](const std::string& word) { return word.starts_with(typed); });
  return all;
}

// What all of them begin with.
std::string common_beginning(const std::vector<std::string>& words) {
  std::string common = words.front();
  for (const std::string& word : words) {
    auto differs = std::mismatch(common.begin(), common.end(), word.begin(), word.end()).first;
    common.erase(differs, common.end());
  }
  return common;
}

// Is there more to read at once? An arrow key sends Escape with more behind it.
bool is_more_typed() {
  constexpr int wait = 50;  // milliseconds; what a slow line takes between the bytes of one key
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, wait) > 0;
}

char next_byte() {
  char byte = '\0';
  return read(STDIN_FILENO, &byte, 1) == 1 ? byte : '\0';
}

// The last byte of a key's sequence, "[D" or "[1;5D"; '\0' where Escape was pressed alone.
char rest_of_key() {
  if (!is_more_typed()) return '\0';
  char byte = next_byte();
  if (byte != '[' && byte != 'O') return byte;
  do byte = next_byte();
  while (byte == ';' || (byte >= '0' && byte <= '9'));
  return byte == '\0' ? '?' : byte;
}

}  // namespace

LineEditor::LineEditor() : state_(std::make_unique<State>()) {
  EditLine* editor = el_init("levy", stdin, stdout, stderr);
  state_->editor = editor;
  if (editor == nullptr) return;
  el_set(editor, EL_CLIENTDATA, static_cast<EditorState>(state_.get()));
  el_set(
      editor, EL_PROMPT, +[](EditLine*) -> char* {
        static char prompt[] = "> ";
        return prompt;
      });
  el_set(editor, EL_SIGNAL, 1);  // Ctrl-C leaves the terminal as it was
  el_set(editor, EL_EDITOR, "emacs");
  using Key = unsigned char (*)(EditLine*, int);
  Key complete = [](EditLine* one, int) -> unsigned char {
    EditorState data = nullptr;
    el_get(one, EL_CLIENTDATA, &data);
    const State& state = *static_cast<State*>(data);
    const LineInfo* line = el_line(one);
    std::string typed(line->buffer, line->cursor);
    std::vector<std::string> fitting = words_after(state.words, typed);
    if (fitting.empty()) return CC_REFRESH_BEEP;
    std::string more = common_beginning(fitting).substr(typed.size());
    if (!more.empty()) return el_insertstr(one, more.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    if (fitting.size() == 1) return CC_REFRESH;
    std::fputs("\n", stdout);
    for (const std::string& word : fitting) std::fprintf(stdout, "%s  ", word.c_str());
    std::fputs("\n", stdout);
    return CC_REDISPLAY;
  };
  Key leave = [](EditLine* one, int) -> unsigned char {
    char key = rest_of_key();
    if (key == 'C' || key == 'D') return el_cursor(one, key == 'C' ? 1 : -1), CC_CURSOR;
    if (key != '\0') return CC_NORM;
    EditorState data = nullptr;
    el_get(one, EL_CLIENTDATA, &data);
    static_cast<State*>(data)->left = true;
    return CC_EOF;
  };
  el_set(editor, EL_ADDFN, "levy-complete", "complete the word", complete);
  el_set(editor, EL_ADDFN, "levy-leave", "leave", leave);
  el_set(editor, EL_BIND, "^I", "levy-complete", nullptr);
  el_set(editor, EL_BIND, "^[", "levy-leave", nullptr);
}

LineEditor::~LineEditor() {
  if (state_->editor != nullptr) el_end(state_->editor);
}

std::optional<std::string> LineEditor::read_line(const std::vector<std::string>& words) {
  if (state_->editor == nullptr) return std::nullopt;
  state_->words = words;
  state_->left = false;
  int size = 0;
  const char* line = el_gets(state_->editor, &size);
  if (line == nullptr || size <= 0 || state_->left) {
    std::fputs("\n", stdout);
    return std::nullopt;
  }
  std::string text(line, static_cast<std::size_t>(size));
  text.erase(text.find_last_not_of(" \n") + 1);
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

}  // namespace levy::cli
