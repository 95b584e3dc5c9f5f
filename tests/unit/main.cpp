// Catch2 v2 wants its main from one file; v3 brings it as a function to call.
#define CATCH_CONFIG_RUNNER
#include "unit/catch.h"

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
