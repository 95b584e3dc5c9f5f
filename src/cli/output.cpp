#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cli/outputs.h"
#include "cli/terminal.h"
#include "formats/json_writer.h"
#include "render/text/diagnostic_json.h"
#include "render/text/diagnostic_text.h"
#include "render/text/page.h"
#include "render/text/text_width.h"
#include "render/text/wrap.h"

namespace levy::cli {
namespace {

bool write_all(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

int say(const Diagnostics& faults, const Common& common) {
  write_all(stderr, render::text::diagnostics_text(faults, diagnostic_form(common, STDERR_FILENO)));
  return status_of(faults);
}

}  // namespace

int print(std::string_view text, int status) {
  bool terminal = isatty(STDOUT_FILENO) == 1;
  return terminal ? print_for_people(render::text::escaped_for_terminal(text), status)
                  : print_for_people(text, status);
}

int print_page(const render::text::Page& page, const Common& common, int status) {
  if (common.markdown) return print(render::text::page_markdown(page), status);
  render::text::PageForm form{window_columns(STDOUT_FILENO), wants_color(common, STDOUT_FILENO)};
  return print_for_people(render::text::page_text(page, form), status);
}

int print_for_people(std::string_view text, int status) {
  if (auto input = input_at_standard_output()) {
    warn("levy: error: standard output is the file " + *input +
         ", which is read; write to another file [usage]\n");
    return status_unusable;
  }
  if (write_all(stdout, text) && is_standard_output_open()) return status;
  write_all(stderr, "levy: error: standard output could not be written [unwritable]\n");
  return status_io;
}

int status_of(const Diagnostics& faults) {
  Code code = faults.front().code;
  return code == Code::unreadable || code == Code::unwritable ? status_io : status_unusable;
}

int report_error(const Diagnostics& faults, const Common& common, std::optional<Code> as) {
  if (!common.json) return say(faults, common);
  formats::JsonWriter json;
  json.object([&] { render::text::write_error(json, faults, as); });
  return print(json.text() + "\n", status_of(faults));
}

void warn(std::string_view text) {
  if (isatty(STDERR_FILENO) == 0) {
    write_all(stderr, text);
    return;
  }
  write_all(stderr, render::text::folded_lines(text, window_columns(STDERR_FILENO)));
}

std::string last_error() { return std::strerror(errno); }

render::text::DiagnosticForm diagnostic_form(const Common& common, int descriptor) {
  bool window = isatty(descriptor) == 1;
  return {window ? window_columns(descriptor) : render::text::DiagnosticForm::unfolded,
          wants_color(common, descriptor)};
}

bool wants_color(const Common& common, int descriptor) {
  if (common.color != "auto") return common.color == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  bool refused = no_color != nullptr && *no_color != '\0';
  bool dumb = terminal != nullptr && std::strcmp(terminal, "dumb") == 0;
  return !refused && !dumb && isatty(descriptor) == 1;
}

}  // namespace levy::cli
