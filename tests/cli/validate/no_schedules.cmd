levy validate ../../../src
