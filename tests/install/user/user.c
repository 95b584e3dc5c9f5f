/* A program of somebody else's in C, against the installed library. */
#include <levy_c.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const char *text =
      "{\"levy\": 1, \"id\": \"fee\", \"currency\": \"EUR\", \"fees\": [{\"id\": \"card\", "
      "\"percent\": \"2.5\", \"flat\": \"0.25 EUR\", \"collect\": \"deducted\"}]}";
  const char *asked = "{\"operation\": \"payment\", \"amount\": \"18 EUR\"}";
  levy_file file = {"fee.json", text, strlen(text)};
  levy_tariff *tariff = NULL;
  levy_bytes answer;
  levy_status status = levy_load(&file, 1, &tariff, &answer);
  levy_bytes_free(&answer);
  if (status != LEVY_OK || levy_c_version() != LEVY_C_VERSION) return 1;
  status = levy_quote(tariff, asked, strlen(asked), &answer);
  if (status == LEVY_OK && strstr(answer.data, "\"EUR\": \"17.30\"") != NULL) puts("17.30 EUR");
  levy_bytes_free(&answer);
  levy_tariff_free(tariff);
  return status;
}
