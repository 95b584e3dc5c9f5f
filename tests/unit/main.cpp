// Catch2 v2 wants its main from one file; v3 brings it as a function to call.
#define CATCH_CONFIG_RUNNER
#include "unit/catch.h"

int main(int argc, char** argv) {
  Catch::Session session;
#if CATCH_VERSION_MAJOR >= 3
  session.configData().allowZeroTests = true;  // as in v2: tests/quick.sh asks for a word
#endif
  return session.run(argc, argv);
}
