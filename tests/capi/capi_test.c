/* The C interface from C. Without words it checks itself; with some it is a small levy, whose
 * answers check_capi.py holds against the program's:
 *   capi_test quote|check FILE... REQUEST      capi_test validate FILE...
 *   capi_test batch FILE... OPTIONS TABLE      (the rows; rejects and summary on standard error)
 * Ends with the status of the call. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "levy_c.h"

#define FILES_MAX 16

static int passed, failed;

static void expect(int good, const char *what) {
  if (good) {
    ++passed;
  } else {
    ++failed;
    printf("%s\n", what);
  }
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t room = 0;
  *size = 0;
  if (file == NULL) exit(3);
  for (;;) {
    if (*size + 65536 > room) {
      room = 2 * room + 65536;
      text = realloc(text, room);
    }
    size_t count = fread(text + *size, 1, 65536, file);
    if (count == 0) break;
    *size += count;
  }
  fclose(file);
  return text;
}

/* ---- a small levy ---------------------------------------------------------------------------- */

static int print_and_free(levy_bytes *answer, FILE *into, int status) {
  fwrite(answer->data, 1, answer->size, into);
  levy_bytes_free(answer);
  return status;
}

static int run(int count, char **words) {
  static levy_file files[FILES_MAX]; /* they live until the program ends */
  int last = count - (strcmp(words[0], "validate") == 0 ? 0 : strcmp(words[0], "batch") == 0 ? 2 : 1);
  size_t number = 0;
  for (int i = 1; i < last && number < FILES_MAX; ++i, ++number) {
    size_t size;
    files[number].data = read_file(words[i], &size);
    files[number].name = words[i];
    files[number].size = size;
  }
  levy_bytes answer;
  if (strcmp(words[0], "validate") == 0) {
    int status = (int)levy_validate(files, number, &answer);
    return print_and_free(&answer, stdout, status);
  }
  levy_tariff *tariff;
  levy_status loaded = levy_load(files, number, &tariff, &answer);
  if (loaded != LEVY_OK) return print_and_free(&answer, stdout, (int)loaded);
  levy_bytes_free(&answer);
  int status;
  if (strcmp(words[0], "batch") == 0) {
    size_t size;
    char *table = read_file(words[count - 1], &size);
    levy_bytes rows, rejects;
    status = (int)levy_batch(tariff, words[last], strlen(words[last]), table, size, &rows, &rejects,
                             &answer);
    free(table);
    print_and_free(&rows, stdout, 0);
    print_and_free(&rejects, stderr, 0);
    print_and_free(&answer, stderr, 0);
  } else {
    status = (int)(strcmp(words[0], "quote") == 0 ? levy_quote : levy_check)(
        tariff, words[last], strlen(words[last]), &answer);
    print_and_free(&answer, stdout, 0);
  }
  levy_tariff_free(tariff);
  return status;
}

/* ---- what it checks itself ------------------------------------------------------------------- */

static const char schedule[] =
    "{\"levy\": 1, \"id\": \"fee\", \"currency\": \"EUR\", \"fees\": [{\"id\": \"card\","
    " \"percent\": \"2.5\", \"flat\": \"0.25 EUR\", \"collect\": \"deducted\"}]}";

static levy_tariff *load(const char *text) {
  levy_file file = {"fee.json", text, strlen(text)};
  levy_tariff *tariff;
  levy_bytes answer;
  levy_status status = levy_load(&file, 1, &tariff, &answer);
  expect((status == LEVY_OK) == (tariff != NULL), "a tariff comes with LEVY_OK only");
  expect(answer.data != NULL && answer.data[answer.size] == '\0', "an answer ends with a NUL");
  expect((status == LEVY_OK) == (answer.size == 0), "nothing is said of a tariff that loads");
  levy_bytes_free(&answer);
  return tariff;
}

static int answers(const levy_tariff *tariff, const char *request, levy_status wanted,
                   const char *text) {
  levy_bytes answer;
  levy_status status = levy_quote(tariff, request, strlen(request), &answer);
  int good = status == wanted && answer.data != NULL && strstr(answer.data, text) != NULL;
  if (!good) printf("%d %s\n", (int)status, answer.data == NULL ? "" : answer.data);
  levy_bytes_free(&answer);
  return good;
}

static void check_requests(const levy_tariff *tariff) {
  struct {
    const char *request;
    levy_status status;
    const char *text;
  } rows[] = {
      {"{\"operation\": \"pay\", \"amount\": \"18 EUR\"}", LEVY_OK, "\"17.30\""},
      {"{\"operation\": \"pay\", \"amount\": 18}", LEVY_OK, "\"17.30\""},
      {"{\"operation\": \"pay\", \"receive\": \"17.30 EUR\"}", LEVY_OK, "\"18.00\""},
      {"{\"operation\": \"pay\", \"amount\": \"18 EUR\", \"explain\": true}", LEVY_OK, "\"steps\""},
      {"{\"operation\": \"pay\", \"amount\": \"x\"}", LEVY_UNUSABLE, "\"bad_amount\""},
      {"{\"operation\": \"pay\", \"amount\": {}}", LEVY_UNUSABLE, "\"wrong_type\""},
      {"{\"operation\": \"pay\", \"amount\": \"1\", \"used\": 1}", LEVY_UNUSABLE, "\"wrong_type\""},
      {"{\"operation\": \"pay\", \"amount\": \"1\", \"metod\": \"x\"}", LEVY_UNUSABLE,
       "\"unknown_attribute\""},
      {"{\"operation\": \"pay\", \"amount\": \"1\", \"at\": \"soon\"}", LEVY_UNUSABLE, "\"bad_time\""},
      {"[]", LEVY_UNUSABLE, "\"usage\""},
      {"", LEVY_UNUSABLE, "\"error\""},
      {"{", LEVY_UNUSABLE, "\"syntax\""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
    expect(answers(tariff, rows[i].request, rows[i].status, rows[i].text), rows[i].request);
}

static void check_nulls(const levy_tariff *tariff) {
  levy_bytes answer, rows;
  levy_tariff *none = (levy_tariff *)tariff;
  expect(levy_quote(NULL, "{}", 2, &answer) == LEVY_UNUSABLE && answer.size > 0, "no tariff");
  levy_bytes_free(&answer);
  expect(levy_quote(tariff, "{}", 2, NULL) == LEVY_UNUSABLE, "no place for the answer");
  expect(levy_quote(tariff, NULL, 0, &answer) == LEVY_UNUSABLE, "no request");
  levy_bytes_free(&answer);
  expect(levy_load(NULL, 0, &none, &answer) == LEVY_UNUSABLE && none == NULL, "no files");
  levy_bytes_free(&answer);
  expect(levy_validate(NULL, 0, &answer) == LEVY_UNUSABLE, "nothing to validate");
  levy_bytes_free(&answer);
  expect(levy_batch(tariff, NULL, 0, NULL, 0, NULL, NULL, &answer) == LEVY_UNUSABLE, "no rows");
  levy_bytes_free(&answer);
  expect(levy_batch(tariff, "{\"lnes\": true}", 14, "", 0, &rows, NULL, &answer) == LEVY_UNUSABLE &&
             strstr(answer.data, "unknown_key") != NULL && rows.data == NULL,
         "an option that is none");
  levy_bytes_free(&answer);
  levy_bytes_free(&answer); /* twice does nothing */
  levy_bytes_free(NULL);
  levy_tariff_free(NULL);
}

static void *ask_often(void *tariff) {
  for (int i = 0; i < 200; ++i) {
    if (!answers(tariff, "{\"operation\": \"pay\", \"amount\": \"18 EUR\"}", LEVY_OK, "\"17.30\""))
      return tariff;
  }
  return NULL;
}

static void check_threads(levy_tariff *tariff) {
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, ask_often, tariff);
  for (int i = 0; i < 4; ++i) {
    void *fault;
    pthread_join(threads[i], &fault);
    expect(fault == NULL, "four threads ask one tariff");
  }
}

int main(int count, char **words) {
  if (count > 1) return run(count - 1, words + 1);
  expect(levy_c_version() == LEVY_C_VERSION, "the library is that of the header");
  expect(levy_version()[0] >= '0' && levy_version()[0] <= '9', "levy has a version");
  expect(load("{") == NULL && load("{\"levy\": 1}") == NULL, "what is no schedule does not load");
  levy_tariff *tariff = load(schedule);
  if (tariff != NULL) {
    check_requests(tariff);
    check_nulls(tariff);
    check_threads(tariff);
    levy_tariff_free(tariff);
  }
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
