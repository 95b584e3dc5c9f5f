/* Loaded before the C library (LD_PRELOAD): one call of the program under test fails.
 *
 *   FAULT=write:3:28       the third write fails with ENOSPC; other kinds: open read fsync rename
 *                          link close unlink
 *   FAULT=rename:1:kill    the process is killed at its first rename, before it is done
 *   FAULT_COUNT=FILE       at the end, how often each kind was called: "write 3"
 *
 * What closes does so even where it fails, as on Linux. Without FAULT nothing fails.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, FSYNC, RENAME, LINK, CLOSE, UNLINK, KINDS };
static const char *const names[KINDS] = {"open",   "read", "write", "fsync",
                                         "rename", "link", "close", "unlink"};
static atomic_long counts[KINDS];
static int wanted = -1, with_error;
static long wanted_number;

__attribute__((constructor)) static void begin(void) {
  const char *fault = getenv("FAULT");
  for (int kind = 0; fault != NULL && kind < KINDS; ++kind) {
    size_t size = strlen(names[kind]);
    if (strncmp(fault, names[kind], size) != 0 || fault[size] != ':') continue;
    char *end;
    wanted_number = strtol(fault + size + 1, &end, 10);
    with_error = strcmp(end, ":kill") == 0 ? 0 : atoi(end + 1);
    wanted = kind;
  }
}

__attribute__((destructor)) static void finish(void) {
  const char *path = getenv("FAULT_COUNT");
  if (path == NULL) return;
  char text[512];
  int size = 0;
  for (int kind = 0; kind < KINDS; ++kind)
    size += snprintf(text + size, sizeof text - (size_t)size, "%s %ld\n", names[kind], counts[kind]);
  long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, file, text, (size_t)size);
}

/* Is it the one that fails? Then errno says why. */
static int fails(enum kind kind) {
  if (atomic_fetch_add(&counts[kind], 1) + 1 != wanted_number || wanted != (int)kind) return 0;
  if (with_error == 0) kill(getpid(), SIGKILL);
  errno = with_error;
  return 1;
}

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

#define OPENS(name)                                                            \
  int name(const char *path, int flags, ...) {                                 \
    va_list rest;                                                              \
    va_start(rest, flags);                                                     \
    mode_t mode = va_arg(rest, mode_t);                                        \
    va_end(rest);                                                              \
    if (fails(OPEN)) return -1;                                                \
    int (*real)(const char *, int, mode_t) = next(#name);                      \
    return real(path, flags, mode);                                            \
  }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                         \
  int name(int folder, const char *path, int flags, ...) {                     \
    va_list rest;                                                              \
    va_start(rest, flags);                                                     \
    mode_t mode = va_arg(rest, mode_t);                                        \
    va_end(rest);                                                              \
    if (fails(OPEN)) return -1;                                                \
    int (*real)(int, const char *, int, mode_t) = next(#name);                 \
    return real(folder, path, flags, mode);                                    \
  }
OPENS_AT(openat)
OPENS_AT(openat64)

#define OPENS_STREAM(name)                                                     \
  FILE *name(const char *path, const char *mode) {                             \
    if (fails(OPEN)) return NULL;                                              \
    FILE *(*real)(const char *, const char *) = next(#name);                   \
    return real(path, mode);                                                   \
  }
OPENS_STREAM(fopen)
OPENS_STREAM(fopen64)

#define CALL(kind, type, name, parameters, arguments)                          \
  type name parameters {                                                       \
    if (fails(kind)) return -1;                                                \
    type(*real) parameters = next(#name);                                      \
    return real arguments;                                                     \
  }
CALL(READ, ssize_t, read, (int file, void *into, size_t size), (file, into, size))
CALL(READ, ssize_t, readv, (int file, const struct iovec *parts, int count), (file, parts, count))
CALL(READ, ssize_t, pread, (int file, void *into, size_t size, off_t at), (file, into, size, at))
CALL(READ, ssize_t, pread64, (int file, void *into, size_t size, off64_t at), (file, into, size, at))
CALL(WRITE, ssize_t, write, (int file, const void *from, size_t size), (file, from, size))
CALL(WRITE, ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
CALL(WRITE, ssize_t, pwrite, (int file, const void *from, size_t size, off_t at),
     (file, from, size, at))
CALL(WRITE, ssize_t, pwrite64, (int file, const void *from, size_t size, off64_t at),
     (file, from, size, at))
CALL(FSYNC, int, fsync, (int file), (file))
CALL(FSYNC, int, fdatasync, (int file), (file))
CALL(RENAME, int, rename, (const char *from, const char *to), (from, to))
CALL(RENAME, int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
     (a, from, b, to, flags))
CALL(LINK, int, linkat, (int a, const char *from, int b, const char *to, int flags),
     (a, from, b, to, flags))
CALL(UNLINK, int, unlink, (const char *path), (path))

int close(int file) {
  int failed = fails(CLOSE), error = errno;
  int (*real)(int) = next("close");
  int closed = real(file);
  if (!failed) return closed;
  errno = error;
  return -1;
}
