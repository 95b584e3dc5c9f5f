#include "analysis/debit_bound.h"

#include <algorithm>
#include <vector>

namespace levy {
namespace {

constexpr int cuts_max = 1'000'000;

class DebitSearch {
 public:
  DebitSearch(const Plan& plan, const Scene& scene, const Rational& bound)
      : plan_(plan), scene_(scene), bound_(bound) {}

  // From the right, so the first amount found is the greatest.
  Checked<std::optional<Rational>> run(const Stretch& all) {
    todo_.push_back(all);
    for (int cuts = 0; !todo_.empty(); ++cuts) {
      if (cuts > cuts_max) return undecidable();
      Stretch stretch = todo_.back();
      todo_.pop_back();
      Checked<Evaluation> evaluation = evaluate(plan_, scene_, stretch);
      if (stretch.is_undecidable()) return undecidable();
      if (stretch.cut()) {
        split(stretch, *stretch.cut());
      } else if (evaluation) {
        auto debit = evaluation->debit.find(scene_.operation.currency);
        if (auto found = look(stretch, debit->second)) return found;
      }
    }
    return std::optional<Rational>();
  }

 private:
  static Diagnostic undecidable() {
    return Diagnostic{Code::undecidable,
                      "the fees cancel so irregularly that the greatest amount cannot be found",
                      "ask about amounts near the one expected instead"};
  }

  void split(const Stretch& stretch, const Rational& last) {
    todo_.push_back(stretch.part(stretch.from(), last));
    todo_.push_back(stretch.part(last + stretch.unit(), stretch.until()));
  }

  std::optional<Rational> look(const Stretch& stretch, const Form& debit) {
    if (*stretch.lowest(debit) > bound_) return std::nullopt;
    if (*stretch.highest(debit) <= bound_) return stretch.until();
    Rational from = stretch.from(), until = *stretch.until();
    // Beyond this amount even the least debit is above the bound, and up to that one even the most
    // is within it.
    Rational last = until, sure = from;
    if (debit.slope().sign() > 0) {
      last = stretch.grid_floor((bound_ - debit.base - debit.low()) / debit.slope());
      sure = stretch.grid_floor((bound_ - debit.base - debit.high()) / debit.slope());
    }
    if (last < until && last >= from) {
      if (last == sure) return last;
      todo_.push_back(stretch.part(from, last));
      return std::nullopt;
    }
    split(stretch, stretch.grid_floor((from + until) / Rational(2)));
    return std::nullopt;
  }

  const Plan& plan_;
  const Scene& scene_;
  const Rational& bound_;
  std::vector<Stretch> todo_;
};

}  // namespace

Checked<std::optional<Rational>> greatest_amount_up_to(const Plan& plan, const Scene& scene,
                                                       const Rational& debit_bound,
                                                       const Rational& amount_bound) {
  if (amount_bound.sign() < 0) return std::optional<Rational>();
  Decimal unit = plan.schedule.currencies.minor_unit(scene.operation.currency);
  return DebitSearch(plan, scene, debit_bound).run(Stretch(Rational(0), amount_bound, unit));
}

}  // namespace levy
