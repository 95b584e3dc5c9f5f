// A program of somebody else's, against the installed library.
#include <levy.h>

#include <iostream>

int main() {
  levy::Source file("fee.json", R"({"levy": 1, "id": "fee", "currency": "EUR",
      "fees": [{"id": "card", "percent": "2.5", "flat": "0.25 EUR", "collect": "deducted"}]})");
  levy::Checked<levy::Tariff> tariff = levy::load_tariff({file});
  if (!tariff) return 1;
  levy::Question question;
  question.request.operation = "payment";
  question.request.amount = "18 EUR";
  question.now = levy::now();
  levy::Checked<levy::Quote> answer = levy::quote(*tariff, question);
  if (!answer) return 1;
  std::cout << levy::to_string(answer->credit, answer->plan->schedule.currencies) << "\n";
  question.request.amount = "18.001 EUR";
  levy::Checked<levy::Quote> refused = levy::quote(*tariff, question);
  return refused ? 1 : 0;
}
