// tidy REPO_ROOT: checks that the tree is as src/README.md says. Prints "file:line: message" for
// each violation, closes with "N passed, N failed" (files read, violations); status 1 if any.
// It reads C++ by eye: comments and texts are blanked, braces are counted.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t file_lines_max = 600, function_lines_max = 60, columns_max = 100;

// Which folder may see which: only lower numbers, and itself. "" is src/ itself.
const std::map<std::string, int> ranks = {{"base", 0},
                                          {"money", 1},
                                          {"time", 1},
                                          {"formats", 2},
                                          {"schedule", 3},
                                          {"schedule/decode", 4},
                                          {"tables", 5},
                                          {"facts", 5},
                                          {"fees", 6},
                                          {"limits", 6},
                                          {"ledger", 7},
                                          {"cells", 7},
                                          {"ask", 8},
                                          {"curves", 9},
                                          {"validation", 10},
                                          {"comparison", 10},
                                          {"batch/rows", 10},
                                          {"batch/fast", 11},
                                          {"examples", 11},
                                          {"batch", 12},
                                          {"inference", 13},
                                          {"inference", 13},
                                          {"render/text", 13},
                                          {"render/words", 14},
                                          {"render/plot", 15},
                                          {"render/pages", 16},
                                          {"render/json", 17},
                                          {"cli", 18},
                                          {"", 19}};

// Headers that begin so are included by files whose path begins so, and by no other.
struct Door {
  std::vector<std::string> headers, files;
};
const std::vector<Door> doors = {
    {{"boost/"}, {"src/money/decimal.cpp"}},
    {{"nlohmann/", "simdjson"}, {"src/formats/"}},
    {{"CLI/"}, {"src/cli/command_line.cpp"}},
    {{"histedit.h"}, {"src/cli/line_editor.cpp"}},
    {{"date/"}, {"src/time/"}},
    {{"pugixml"}, {"src/facts/rates_ecb.cpp"}},
    {{"iconv"}, {"src/formats/encoding.cpp"}},
    {{"iostream", "istream", "ostream", "fstream", "sstream", "iomanip"}, {"src/cli/"}},
    {{"cstdio"}, {"src/cli/", "src/main.cpp", "src/time/zone_rule.cpp"}},
};

// Binary floating point has no place near money.
const std::set<std::string> forbidden_words = {"double", "float", "strtod", "strtof", "strtold",
                                               "stod",   "stof",  "stold",  "atof"};

// Codes that no schedule and no rates file causes, or (undecidable) only after minutes.
const std::set<std::string> other_codes = {"usage", "unreadable", "unwritable", "internal",
                                           "undecidable"};

struct File {
  std::string path;  // from the root: "src/fees/quote.h"
  std::string text;
  std::string code;  // the text with comments blanked
  std::string bare;  // the code with the contents of literals blanked
  std::size_t lines = 0;
};

class Report {
 public:
  void add(const std::string& path, std::size_t line, const std::string& message) {
    std::cout << path << ":" << line << ": " << message << "\n";
    ++count_;
  }
  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

// ---- reading -----------------------------------------------------------------------------------

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t line_at(const std::string& text, std::size_t offset) {
  auto end = text.begin() + static_cast<std::ptrdiff_t>(offset);
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Where the literal that begins at `begin` ends: the offset after its closing quote.
std::size_t literal_end(const std::string& text, std::size_t begin) {
  if (begin > 0 && text[begin] == '"' && text[begin - 1] == 'R') {
    std::size_t open = text.find('(', begin);
    if (open == std::string::npos) return text.size();
    std::string close = ")" + text.substr(begin + 1, open - begin - 1) + "\"";
    std::size_t end = text.find(close, open);
    return end == std::string::npos ? text.size() : end + close.size();
  }
  std::size_t i = begin + 1;
  while (i < text.size() && text[i] != text[begin] && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text.size());
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

void blank_comments_and_literals(File& file) {
  file.code = file.bare = file.text;
  const std::string& text = file.text;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    bool digit_separator = text[i] == '\'' && i > 0 && is_word(text[i - 1]);
    bool to_line_end = text.compare(i, 2, "//") == 0;
    if (to_line_end || text.compare(i, 2, "/*") == 0) {
      end = to_line_end ? text.find('\n', i) : text.find("*/", i + 2);
      end = end == std::string::npos ? text.size() : end + (to_line_end ? 0 : 2);
      blank(file.code, i, end);
      blank(file.bare, i, end);
    } else if (text[i] == '"' || (text[i] == '\'' && !digit_separator)) {
      end = literal_end(text, i);
      blank(file.bare, i + 1, end - 1);
    }
    i = end;
  }
}

std::vector<File> read_sources(const fs::path& root, const std::string& folder) {
  std::vector<File> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
    File file;
    file.path = fs::relative(entry.path(), root).generic_string();
    file.text = read(entry.path());
    file.lines = line_at(file.text, file.text.size()) - 1;
    blank_comments_and_literals(file);
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

struct Include {
  std::string header;
  bool is_own;  // in quotes
  std::size_t line;
};

std::vector<Include> includes_of(const File& file) {
  std::vector<Include> includes;
  const std::string word = "#include ";
  for (std::size_t i = file.code.find(word); i != std::string::npos;
       i = file.code.find(word, i + 1)) {
    std::size_t open = i + word.size();
    bool is_own = file.code[open] == '"';
    std::size_t close = file.code.find(is_own ? '"' : '>', open + 1);
    if (close == std::string::npos) continue;
    includes.push_back(
        {file.code.substr(open + 1, close - open - 1), is_own, line_at(file.code, i)});
  }
  return includes;
}

// ---- sizes and words ---------------------------------------------------------------------------

void check_size(const File& file, Report& report) {
  if (file.lines > file_lines_max)
    report.add(file.path, file_lines_max + 1, std::to_string(file.lines) + " lines, at most 600");
  std::size_t line = 1, columns = 0;
  for (char c : file.text) {
    if (c == '\n') {
      if (columns > columns_max)
        report.add(file.path, line, std::to_string(columns) + " columns, at most 100");
      ++line;
      columns = 0;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {  // not the rest of a code point
      ++columns;
    }
  }
}

void check_words(const File& file, Report& report) {
  for (std::size_t i = 0; i < file.bare.size();) {
    std::size_t end = i;
    while (end < file.bare.size() && is_word(file.bare[end])) ++end;
    if (std::string word = file.bare.substr(i, end - i); forbidden_words.contains(word))
      report.add(file.path, line_at(file.bare, i), word + ": binary floating point");
    i = std::max(end, i + 1);
  }
}

// ---- functions ---------------------------------------------------------------------------------

enum class Block { scope, function, other };

bool starts_scope(const std::string& head) {
  const std::string before = head.substr(0, head.find('('));
  auto has = [&](const char* word) { return before.find(word) != std::string::npos; };
  return has("namespace") || has("class") || has("struct") || has("enum") || has("extern");
}

// From what stands between the last ";", "{" or "}" and this "{".
Block block_of(const std::string& head, bool in_function) {
  if (in_function) return Block::other;
  std::size_t paren = head.find('(');
  std::size_t equals = head.find('=');
  bool is_operator = head.find("operator") != std::string::npos;
  if (paren != std::string::npos && (equals > paren || is_operator) && !starts_scope(head))
    return Block::function;
  return starts_scope(head) ? Block::scope : Block::other;
}

void check_functions(const File& file, Report& report) {
  struct Open {
    Block block;
    std::size_t begin;
  };
  std::vector<Open> opens;
  std::size_t head = 0;  // after the last ";", "{", "}" or line of the preprocessor
  const std::string& text = file.bare;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool starts_line = i == 0 || text[i - 1] == '\n';
    if (starts_line && text[i] == '#') {
      do i = std::min(text.find('\n', i + 1), text.size() - 1);
      while (i < text.size() - 1 && text[i - 1] == '\\');
      head = i + 1;
    } else if (text[i] == '{') {
      std::size_t begin = std::min(text.find_first_not_of(" \n", head), i);
      bool inside = std::any_of(opens.begin(), opens.end(),
                                [](const Open& open) { return open.block != Block::scope; });
      opens.push_back({block_of(text.substr(begin, i - begin), inside), begin});
      head = i + 1;
    } else if (text[i] == '}' && !opens.empty()) {
      Open open = opens.back();
      opens.pop_back();
      std::size_t first = line_at(text, open.begin), lines = line_at(text, i) - first + 1;
      bool table = file.path.starts_with("tests/unit/");  // which may be long
      if (open.block == Block::function && lines > function_lines_max && !table)
        report.add(file.path, first, "a function of " + std::to_string(lines) + " lines, most 60");
      head = i + 1;
    } else if (text[i] == ';') {
      head = i + 1;
    }
  }
}

// ---- includes ----------------------------------------------------------------------------------

// "batch/fast" for "src/batch/fast/rows.h" or "batch/fast/rows.h"; "" for a file in src/ itself.
std::string folder_of(std::string path) {
  if (path.starts_with("src/")) path = path.substr(4);
  std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

// The folder that is compiled as one unit: "batch" for "src/batch/fast/rows.h".
std::string unit_of(const std::string& path) {
  std::string folder = folder_of(path);
  return folder.substr(0, folder.find('/'));
}

void check_arrow(const File& file, const Include& include, Report& report) {
  std::string from = folder_of(file.path), to = folder_of(include.header);
  auto own = ranks.find(from), other = ranks.find(to);
  if (own == ranks.end() || other == ranks.end())
    return report.add(file.path, include.line, from + " or " + to + " has no rank in tidy.cpp");
  bool face_sees_program = file.path == "src/levy.h" && to == "cli";
  if (from == to && !face_sees_program) return;
  if (other->second >= own->second || face_sees_program)
    report.add(file.path, include.line,
               (from.empty() ? file.path : from) + " must not include " + include.header);
}

void check_door(const File& file, const Include& include, Report& report) {
  auto begins = [](const std::string& text, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& beginning) { return text.starts_with(beginning); });
  };
  for (const Door& door : doors) {
    if (begins(include.header, door.headers) && !begins(file.path, door.files))
      report.add(file.path, include.line, include.header + " is only for " + door.files.front());
  }
}

using Graph = std::map<std::string, std::vector<Include>>;  // own headers by path

// Depth first; `trail` is where we stand, `done` what has been seen to be free of cycles.
void find_cycles(const Graph& graph, const std::string& path, std::vector<std::string>& trail,
                 std::set<std::string>& done, Report& report) {
  if (done.contains(path)) return;
  trail.push_back(path);
  for (const Include& include : graph.at(path)) {
    std::string next = "src/" + include.header;
    auto seen = std::find(trail.begin(), trail.end(), next);
    if (seen != trail.end()) {
      std::string ring;
      for (auto one = seen; one != trail.end(); ++one) ring += *one + " -> ";
      report.add(path, include.line, "a cycle of includes: " + ring + next);
    } else if (graph.contains(next)) {
      find_cycles(graph, next, trail, done, report);
    } else {
      report.add(path, include.line, "there is no " + next);
    }
  }
  trail.pop_back();
  done.insert(path);
}

void check_includes(const std::vector<File>& sources, Report& report) {
  Graph graph;
  for (const File& file : sources) {
    graph[file.path];
    for (const Include& include : includes_of(file)) {
      check_door(file, include, report);
      if (!include.is_own) continue;
      check_arrow(file, include, report);
      graph[file.path].push_back(include);
    }
  }
  std::vector<std::string> trail;
  std::set<std::string> done;
  for (const auto& [path, includes] : graph) find_cycles(graph, path, trail, done, report);
}

void check_names(const std::vector<File>& sources, Report& report) {
  std::map<std::string, std::string> seen;
  for (const File& file : sources) {
    auto [at, is_new] = seen.emplace(fs::path(file.path).filename().string(), file.path);
    if (!is_new) report.add(file.path, 1, "has the name of " + at->second);
  }
}

// ---- namespaces --------------------------------------------------------------------------------

// What is in every line stands in levy itself; all else in a namespace of its folder's name.
std::string namespace_of(const std::string& folder) {
  if (std::set<std::string>{"", "base", "money", "time"}.contains(folder)) return "levy";
  std::string name = "levy::" + folder;
  for (std::size_t i = name.find('/'); i != std::string::npos; i = name.find('/', i))
    name.replace(i, 1, "::");
  return name;
}

// The lines of the code, literals blanked, with their numbers.
template <class Take>
void each_line(const File& file, Take take) {
  std::size_t number = 0;
  for (std::size_t begin = 0, end = 0; begin < file.bare.size(); begin = end + 1) {
    end = std::min(file.bare.find('\n', begin), file.bare.size());
    take(++number, file.bare.substr(begin, file.bare.find_last_not_of(' ', end - 1) + 1 - begin));
  }
}

void check_namespaces(const File& file, Report& report) {
  std::string own = namespace_of(folder_of(file.path));
  each_line(file, [&](std::size_t number, const std::string& line) {
    bool is_levys = line.starts_with("namespace levy") && line.ends_with('{');
    if (is_levys && line != "namespace " + own + " {")
      report.add(file.path, number, "what stands in this folder is in namespace " + own);
    if (line.find("using namespace ") != std::string::npos && !line.ends_with("literals;"))
      report.add(file.path, number, "a name of another namespace is qualified where it is used");
  });
}

// ---- names of helpers --------------------------------------------------------------------------

// A Release build compiles a folder as one unit: its anonymous namespaces are one then.

bool starts_word(const std::string& line, const char* word) {
  return line.starts_with(std::string(word) + " ");
}

// What a line at the margin declares: the name before the first "(", "=", "{", "[" or ";"; nothing
// for a line that goes on, and for a declaration whose definition follows.
std::string declared_name(const std::string& line) {
  bool declares = !line.empty() && is_word(line[0]) && !starts_word(line, "namespace") &&
                  !starts_word(line, "template");
  if (!declares) return "";
  std::size_t end = line.find_first_of("(={[;");
  if (end == std::string::npos) end = line.find(" :");
  if (end == std::string::npos) end = line.size();
  bool declares_type = starts_word(line, "struct") || starts_word(line, "class");
  bool is_forward =
      line.ends_with(';') && (declares_type || (end < line.size() && line[end] == '('));
  if (is_forward || line.find("operator") < end) return "";
  while (end > 0 && !is_word(line[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_word(line[begin - 1])) --begin;
  bool is_member = begin > 1 && line[begin - 1] == ':';
  return begin == 0 || is_member ? "" : line.substr(begin, end - begin);
}

bool declares_type(const std::string& line) {
  return starts_word(line, "struct") || starts_word(line, "class") || starts_word(line, "enum") ||
         starts_word(line, "using");
}

struct Declared {
  std::string path, text;  // the line
};

void check_helper(const File& file, std::size_t number, const std::string& line,
                  std::map<std::string, Declared>& seen,
                  const std::map<std::string, std::string>& types, Report& report) {
  std::string name = declared_name(line);
  if (name.empty()) return;
  auto [at, is_new] = seen.emplace(unit_of(file.path) + "/" + name, Declared{file.path, line});
  bool same_alias = starts_word(line, "using") && at->second.text == line;
  if (!is_new && at->second.path != file.path && !same_alias)
    report.add(file.path, number, name + " is a helper of " + at->second.path + " as well");
  auto type = types.find(name);
  if (type == types.end() || !declares_type(line)) return;
  std::string from = folder_of(type->second), to = folder_of(file.path);
  if (from == to || ranks.at(from) < ranks.at(to))
    report.add(file.path, number, name + " is a type of " + type->second + " as well");
}

// Is the line the end of a namespace without a name? There may be several in a file.
bool ends_helpers(const File& file, std::size_t number) {
  std::size_t begin = 0;
  for (std::size_t line = 1; line < number; ++line) begin = file.text.find('\n', begin) + 1;
  return file.text.compare(begin, 16, "}  // namespace\n") == 0;
}

void check_helpers(const std::vector<File>& sources, Report& report) {
  std::map<std::string, Declared> seen;      // by folder and name
  std::map<std::string, std::string> types;  // of headers: the path, by name
  for (const File& file : sources) {
    if (!file.path.ends_with(".h")) continue;
    each_line(file, [&](std::size_t, const std::string& line) {
      if (declares_type(line)) types.emplace(declared_name(line), file.path);
    });
  }
  for (const File& file : sources) {
    if (!file.path.ends_with(".cpp") || folder_of(file.path).empty()) continue;
    bool is_inside = false;
    each_line(file, [&](std::size_t number, const std::string& line) {
      if (line == "namespace {") is_inside = true;
      if (is_inside) check_helper(file, number, line, seen, types, report);
      if (is_inside && line == "}" && ends_helpers(file, number)) is_inside = false;
    });
  }
}

// What the headers of the face declare can be named in levy itself: levy.h has a using-declaration.
void check_face(const std::vector<File>& sources, Report& report) {
  auto at_path = [&](const std::string& path) {
    return std::find_if(sources.begin(), sources.end(),
                        [&](const File& file) { return file.path == path; });
  };
  auto face = at_path("src/levy.h");
  for (const Include& include : includes_of(*face)) {
    auto header = at_path("src/" + include.header);
    std::string space = namespace_of(folder_of(include.header)).substr(4);
    if (header == sources.end() || space.empty()) continue;
    each_line(*header, [&](std::size_t number, const std::string& line) {
      bool is_type = starts_word(line, "struct") || starts_word(line, "class");
      std::string name =
          declared_name(line.ends_with(';') ? line.substr(0, line.size() - 1) : line);
      if (name.empty() || (is_type && line.ends_with(';'))) return;
      std::size_t found = face->bare.find(space.substr(2) + "::" + name);
      std::size_t after = found + space.size() - 2 + 2 + name.size();
      if (found == std::string::npos || is_word(face->bare[after]))
        report.add(header->path, number, name + " is in no using-declaration of levy.h");
    });
  }
}

// ---- what must be tested and documented --------------------------------------------------------

// Every X(word) of base/code.h has a folder in tests/diagnostics, or a transcript of its name.
void check_codes(const fs::path& root, const std::vector<File>& sources, Report& report) {
  std::set<std::string> tested = other_codes;
  for (const auto& entry : fs::directory_iterator(root / "tests/diagnostics"))
    tested.insert(entry.path().filename().string());
  for (const auto& entry : fs::recursive_directory_iterator(root / "tests/cli")) {
    if (entry.path().extension() == ".cmd") tested.insert(entry.path().stem().string());
  }
  for (const File& file : sources) {
    if (file.path != "src/base/code.h") continue;
    const std::string& text = file.bare;
    for (std::size_t i = text.find(" X("); i != std::string::npos; i = text.find(" X(", i + 1)) {
      std::string code = text.substr(i + 3, text.find(')', i) - i - 3);
      if (!tested.contains(code))
        report.add(file.path, line_at(text, i),
                   "there is no tests/diagnostics/" + code + " and no transcript " + code + ".cmd");
    }
  }
}

// The name, where `literal` is how an option is declared: "--to", "-h,--help".
std::optional<std::string> long_option(const std::string& literal) {
  std::size_t dashes = literal.find("--"), none = std::string::npos;
  std::size_t other = literal.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-,");
  bool declares = literal.starts_with("-") && dashes != none && other == none;
  if (!declares || literal.size() == dashes + 2) return std::nullopt;
  return literal.substr(dashes + 2);
}

// As mdoc ("Fl -to"), man ("\-\-to") or plain text has it, and not as part of a longer name.
bool documents(const std::string& page, const std::string& option) {
  for (const char* dashes : {"Fl -", "\\-\\-", "--"}) {
    std::string wanted = dashes + option;
    for (std::size_t i = page.find(wanted); i != std::string::npos; i = page.find(wanted, i + 1)) {
      char next = i + wanted.size() < page.size() ? page[i + wanted.size()] : '\n';
      if (!is_word(next) && next != '-') return true;
    }
  }
  return false;
}

void check_options(const fs::path& root, const std::vector<File>& sources, Report& report) {
  std::string pages;
  for (const auto& entry : fs::directory_iterator(root / "man")) pages += read(entry.path());
  for (const File& file : sources) {
    if (!file.path.starts_with("src/cli/")) continue;
    for (std::size_t i = file.code.find('"'); i != std::string::npos; i = file.code.find('"', i)) {
      std::size_t end = literal_end(file.code, i);
      std::optional<std::string> option = long_option(file.code.substr(i + 1, end - i - 2));
      if (option && !documents(pages, *option))
        report.add(file.path, line_at(file.code, i), "--" + *option + " is in no man page");
      i = end;
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: tidy REPO_ROOT\n";
    return 2;
  }
  fs::path root = words[1];
  Report report;
  std::vector<File> sources = read_sources(root, "src"), tests = read_sources(root, "tests");
  for (const std::vector<File>* files : {&sources, &tests}) {
    for (const File& file : *files) {
      check_size(file, report);
      check_functions(file, report);
    }
  }
  for (const File& file : sources) {
    check_words(file, report);
    check_namespaces(file, report);
  }
  check_includes(sources, report);
  check_names(sources, report);
  check_helpers(sources, report);
  check_face(sources, report);
  check_codes(root, sources, report);
  check_options(root, sources, report);
  std::cout << sources.size() + tests.size() << " passed, " << report.count() << " failed\n";
  return report.count() == 0 ? 0 : 1;
}
