// Loops over some hundreds of numbers, for the widest vectors that the processor turns out to have.
#pragma once

// A function of plain loops, compiled for several processors; the program takes the best when it
// starts. Elsewhere it is a function like any other.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LEVY_WIDE_LOOPS \
  [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), gnu::optimize("O3")]]
#else
#define LEVY_WIDE_LOOPS
#endif
