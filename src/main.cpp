// The program: words in, an exit status out. All else is in cli/ and the library.
#include <cstdio>
#include <exception>

#include "cli/commands.h"

int main(int argc, char** argv) {
  try {
    return levy::cli::run_levy({argv + (argc > 0 ? 1 : 0), argv + argc});
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "levy: this is levy's own fault, please report it: %s\n", fault.what());
  } catch (...) {
    std::fprintf(stderr, "levy: this is levy's own fault, please report it\n");
  }
  return 4;
}
