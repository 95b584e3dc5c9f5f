/* levy for C and every language that calls C: tariffs in, answers in JSON out.
 *
 *   levy_bytes answer;
 *   levy_file file = {"fee.json", text, strlen(text)};
 *   levy_tariff *tariff;
 *   if (levy_load(&file, 1, &tariff, &answer) == LEVY_OK) {
 *     const char *asked = "{\"operation\": \"payment\", \"amount\": \"18 EUR\"}";
 *     levy_quote(tariff, asked, strlen(asked), &answer);
 *     fwrite(answer.data, 1, answer.size, stdout);
 *     levy_bytes_free(&answer);
 *     levy_tariff_free(tariff);
 *   }
 *
 * Texts are UTF-8, given with their length in bytes; none needs a NUL at its end. An answer has
 * one, which its size does not count. Figures are text inside JSON, always exact.
 *
 * Figures that are given may be text or JSON numbers. A number is read digit by digit and never
 * becomes a binary fraction, so 250.10 is exact; but an encoder that writes a double has rounded it
 * before. Give decimals as text. null, NaN and lists are not values of a field.
 *
 * Answers. What a function writes into `answer` is the caller's, to be freed with levy_bytes_free,
 * whatever the function returns. It is what `levy --json` prints for the same question, byte for
 * byte, with its line end; levy(1) describes it, and {"error": {"code", "message", ...}} where
 * there is no answer. An `answer` need not be initialised.
 *
 * Ownership. What is given to a function is read during the call and not kept: files, requests and
 * tables may be freed after it. A tariff is the caller's, to be freed with levy_tariff_free.
 *
 * Threads. There is no state but that of tariffs, and a tariff does not change: one may be asked
 * from many threads at once. It must not be freed while it is being asked.
 *
 * Errors. No exception leaves a function, and no C++ type is named here. A null pointer where one
 * is not allowed is LEVY_UNUSABLE with an answer that says so; a null `answer` is refused by
 * LEVY_UNUSABLE alone. Functions do not read files, the environment or the locale, and write
 * nothing. The clock is read where a request does not say "at" (the time zone database, too, is
 * read from the system). */
#ifndef LEVY_C_H
#define LEVY_C_H

#include <stddef.h>

#if defined(__GNUC__)
#define LEVY_API __attribute__((visibility("default")))
#else
#define LEVY_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The number of this interface. It changes when a function changes its meaning; functions and keys
 * may be added without. */
#define LEVY_C_VERSION 1

/* As the exit status of the program. */
typedef enum levy_status {
  LEVY_OK = 0,       /* yes, or done */
  LEVY_NO = 1,       /* a lawful no: declined by check, findings of validate, rows in error */
  LEVY_UNUSABLE = 2, /* what was given cannot be used; the answer says why */
  LEVY_FAULT = 4     /* levy's own fault, or there is no memory; the answer may be empty */
} levy_status;

/* A text with its length. `data` of an answer is never null, unless there was no memory for it. */
typedef struct levy_bytes {
  char* data;
  size_t size;
} levy_bytes;

/* A file as the caller has read it. Messages name it by `name`, a text that ends with NUL. */
typedef struct levy_file {
  const char* name;
  const char* data;
  size_t size;
} levy_file;

/* The versions of one tariff, loaded and checked. */
typedef struct levy_tariff levy_tariff;

/* LEVY_C_VERSION of the library that is running. */
LEVY_API int levy_c_version(void);

/* The version of levy, "0.1.0"; it lives as long as the library. */
LEVY_API const char* levy_version(void);

/* Loads a schedule, or several that are versions of one tariff; count > 0. LEVY_UNUSABLE: *tariff
 * is null, and the answer is {"error": {"code": "bad_schedule", "findings": [...]}}; with LEVY_OK
 * it is empty (size 0). */
LEVY_API levy_status levy_load(const levy_file* files, size_t count, levy_tariff** tariff,
                               levy_bytes* answer);

/* Null is allowed and does nothing. */
LEVY_API void levy_tariff_free(levy_tariff* tariff);
LEVY_API void levy_bytes_free(levy_bytes* bytes);

/* What an operation costs: one answer to one question. Where an attribute decides that the request
 * does not give, that is an error; there is no table of its values. The request is an object:
 *   "operation", "amount" ("250 EUR", or a bare decimal with "currency"), "to_currency", "time",
 *   "account", "balance", attributes and quantities   as text, numbers, true or false
 *   "receive", "pay"     a reverse quote, in place of the amount
 *   "used"               readings: {"daily": "250 EUR"}
 *   "rates", "profile"   the document, or its text (also the ECB's CSV and XML)
 *   "history"            a list of rows, or a table's text (CSV or JSON Lines)
 *   "strict", "max_age"  as the options of levy-quote(1)
 *   "at"                 the time of the question, where the operation gives none; default: now
 *   "lang", "explain"    as the options of levy-quote(1); default "en", false
 * LEVY_UNUSABLE: the answer is an error. */
LEVY_API levy_status levy_quote(const levy_tariff* tariff, const char* request, size_t size,
                                levy_bytes* answer);

/* May the account do it? The request is that of levy_quote without "receive", "pay" and "explain".
 * LEVY_NO: declined. */
LEVY_API levy_status levy_check(const levy_tariff* tariff, const char* request, size_t size,
                                levy_bytes* answer);

/* Is the tariff sound? Takes files as they are, as a file that is no schedule has its faults as
 * findings. LEVY_NO: there are errors among the findings that are not accepted; warnings alone are
 * LEVY_OK. */
LEVY_API levy_status levy_validate(const levy_file* files, size_t count, levy_bytes* answer);

/* A table of operations in, the same table with what each costs out: the bytes that levy-batch(1)
 * writes for it. `table` is CSV with a header, or JSON Lines. `options` is an object with those of
 * levy-batch(1) that say what is answered, "_" for "-"; null and size 0 stand for {}:
 *   "map", "set"                           {"field": "column"}, {"field": "value"}
 *   "columns", "select", "results"         lists of names
 *   "input_format", "output_format"        "csv", "tsv" or "jsonl"
 *   "lines", "filter", "header", "csv_safe", "enforce_limits", "assume_zero", "sort",
 *   "in_given_order"
 *                                          true or false
 *   "reconcile", "tolerance", "max_age", "at"                        text
 *   "rates"                                the document, or its text
 *   "history"                              a table's text
 *   "threads"                              a number; default: as many as there are processors
 * `rows` receives the table, `summary` counts and totals in JSON, and where there is no answer the
 * error; `rejects`, which may be null, the rows in error with the reasons, as CSV. All three are
 * the caller's to free. LEVY_NO: there are rows in error, or that do not match their bill. */
LEVY_API levy_status levy_batch(const levy_tariff* tariff, const char* options, size_t options_size,
                                const char* table, size_t table_size, levy_bytes* rows,
                                levy_bytes* rejects, levy_bytes* summary);

#ifdef __cplusplus
}
#endif

#endif
