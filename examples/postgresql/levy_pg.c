/* levy_quote(schedule text, request jsonb) returns jsonb: what `levy quote --json` prints, as a
 * function of PostgreSQL over the C interface.
 *
 *   cc -O2 -fPIC -shared -I "$(pg_config --includedir-server)" -o levy_pg.so levy_pg.c -llevy_c
 *   CREATE FUNCTION levy_quote(schedule text, request jsonb) RETURNS jsonb
 *     AS '/path/levy_pg.so', 'levy_pg_quote' LANGUAGE C STABLE STRICT;
 *   SELECT levy_quote(schedule, '{"operation": "withdrawal", "amount": "250 EUR", ...}') ...
 *
 * A question without an answer is {"error": {"code", "message", ...}}, and a schedule that cannot be
 * used an error of the statement. The schedule that was asked last stays loaded in the session, so
 * that many rows of one schedule are quoted without reading it again. Figures in the request may be
 * numbers: jsonb keeps their digits. STABLE, not IMMUTABLE: a request without "time" is at the time
 * of the clock. */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "levy_c.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(levy_pg_quote);

/* What this session asked last; a session is one thread. */
static struct {
  text *schedule; /* in memory that lasts as long as the session */
  levy_tariff *tariff;
} known;

/* The answer as a text of the statement's memory; levy's copy is freed. */
static char *taken(levy_bytes *answer) {
  char *copy = pnstrdup(answer->data, answer->size);
  levy_bytes_free(answer);
  return copy;
}

static bool is_known(const text *schedule) {
  return known.schedule != NULL && VARSIZE_ANY(known.schedule) == VARSIZE_ANY(schedule) &&
         memcmp(known.schedule, schedule, VARSIZE_ANY(schedule)) == 0;
}

/* The tariff of this schedule; one that cannot be used ends the statement. */
static levy_tariff *tariff_of(const text *schedule) {
  levy_file file = {"schedule", VARDATA_ANY(schedule), VARSIZE_ANY_EXHDR(schedule)};
  levy_tariff *tariff = NULL;
  levy_bytes answer;
  if (is_known(schedule)) return known.tariff;
  if (levy_load(&file, 1, &tariff, &answer) != LEVY_OK)
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("levy: the schedule is unusable"),
                    errdetail_internal("%s", taken(&answer))));
  levy_bytes_free(&answer);
  levy_tariff_free(known.tariff);
  if (known.schedule != NULL) pfree(known.schedule);
  known.tariff = tariff;
  known.schedule = MemoryContextAlloc(TopMemoryContext, VARSIZE_ANY(schedule));
  memcpy(known.schedule, schedule, VARSIZE_ANY(schedule));
  return tariff;
}

Datum levy_pg_quote(PG_FUNCTION_ARGS) {
  levy_tariff *tariff = tariff_of(PG_GETARG_TEXT_PP(0));
  char *request = DatumGetCString(DirectFunctionCall1(jsonb_out, PG_GETARG_DATUM(1)));
  levy_bytes answer;
  levy_quote(tariff, request, strlen(request), &answer);
  if (answer.data == NULL)
    ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("levy: there is no memory for an answer")));
  return DirectFunctionCall1(jsonb_in, CStringGetDatum(taken(&answer)));
}
