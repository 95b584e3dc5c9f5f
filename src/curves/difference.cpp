#include "curves/difference.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/ensure.h"

namespace levy::curves {
namespace {

int sign_on(const fees::AmountRange& amounts, const fees::Form& form) {
  std::optional<Rational> minimum = amounts.lowest(form), maximum = amounts.highest(form);
  if (minimum && minimum->sign() >= 0) return 1;
  return maximum && maximum->sign() <= 0 ? -1 : 0;
}

// Two ranges number their roundings each for itself: as they stand, shares of one mean nothing
// beside those of the other.
fees::Form without_shares(const fees::Form& form) {
  if (form.is_plain()) return form;
  fees::Form::Variation variation = form.variation();
  variation.shares.clear();
  return fees::Form(form.base, std::move(variation));
}

}  // namespace

bool FormDifference::Rounding::operator==(const Rounding& other) const {
  return base == other.base && slope == other.slope && shares == other.shares &&
         quantum == other.quantum && mode == other.mode && sign == other.sign;
}

void FormDifference::add_share(Shares& shares, std::size_t rounding, const Rational& factor) {
  Rational sum = shares[rounding] + factor;
  // What cancels is not there, so that equal roundings compare equal.
  if (sum.is_zero())
    shares.erase(rounding);
  else
    shares[rounding] = sum;
}

// Adding this much to an argument adds the same to its rounding; 0: not known.
Decimal FormDifference::passed_on(const Rounding& rounding) {
  switch (rounding.mode) {
    case RoundingMode::half_even:
      return rounding.quantum * Decimal(2);
    case RoundingMode::ceiling:
    case RoundingMode::floor:
      return rounding.quantum;
    case RoundingMode::half_up:
    case RoundingMode::half_down:
    case RoundingMode::up:
    case RoundingMode::down:
      return rounding.sign == 0 ? Decimal(0) : rounding.quantum;
  }
  ensure(false, "a rounding mode is one of seven");
  return 0;
}

// The range's roundings, in order, as indices into those of both.
std::vector<std::size_t> FormDifference::add(const fees::AmountRange& amounts) {
  std::vector<std::size_t> indices;
  for (const fees::RoundingPoint& point : amounts.roundings()) {
    Rounding one;
    // Earlier roundings first: their indices among those of both are known when an argument names
    // them.
    one.base = point.argument.base;
    one.slope = point.argument.slope();
    one.quantum = point.quantum;
    one.mode = point.mode;
    one.sign = sign_on(amounts, point.argument);
    for (const fees::Share& share : point.argument.shares())
      add_share(one.shares, indices[share.rounding], share.factor);
    // Two arguments that differ by whole steps err alike, so only the rest of the base counts.
    if (Decimal step = passed_on(one); step.sign() > 0) {
      one.whole = Rational((one.base / Rational(step)).floor() * step);
      one.base -= one.whole;
    }
    indices.push_back(keep(std::move(one)));
  }
  return indices;
}

std::size_t FormDifference::keep(Rounding one) {
  auto known = std::find(roundings_.begin(), roundings_.end(), one);
  if (known == roundings_.end()) known = roundings_.insert(known, std::move(one));
  return static_cast<std::size_t>(known - roundings_.begin());
}

FormDifference::FormDifference(const fees::Form& a, const fees::AmountRange& on_a,
                               const fees::Form& b, const fees::AmountRange& on_b) {
  fees::Form whole = without_shares(a) - without_shares(b);
  fees::Form::Variation variation = whole.variation();
  // Of a product the roundings do not say the figure; its bounds are all that is known.
  has_values_ = (!on_a.is_product() || a.is_exact()) && (!on_b.is_product() || b.is_exact());
  if (has_values_) {
    std::vector<std::size_t> of_a = add(on_a), of_b = add(on_b);
    for (const fees::Share& share : a.shares())
      add_share(shares_, of_a[share.rounding], share.factor);
    for (const fees::Share& share : b.shares())
      add_share(shares_, of_b[share.rounding], -share.factor);
    find_bounds(variation);
  }
  form_ = fees::Form(whole.base, std::move(variation));
}

void FormDifference::find_bounds(fees::Form::Variation& variation) const {
  // The bounds anew, of the roundings that are left. Equal ones of both sides are gone.
  variation.low = variation.high = 0;
  for (const auto& [index, factor] : shares_) {
    const Rounding& rounding = roundings_[index];
    auto [low, high] = fees::rounding_error(rounding.quantum, rounding.mode, rounding.sign);
    Rational one = low * factor, other = high * factor;
    variation.low += std::min(one, other);
    variation.high += std::max(one, other);
  }
  if (shares_.empty()) variation.period = 1;
}

Rational FormDifference::added_at(std::size_t index, const Rational& x) const {
  if (added_[index]) return *added_[index];
  const Rounding& rounding = roundings_[index];
  Rational argument = rounding.base + rounding.whole + rounding.slope * x;
  for (const auto& [other, factor] : rounding.shares) argument += factor * added_at(other, x);
  Rational added = Rational(round(argument, rounding.quantum, rounding.mode)) - argument;
  added_[index] = added;
  return added;
}

Rational FormDifference::at(const Rational& x) const {
  ensure(has_values_, "a product is asked anew");
  if (!x_ || *x_ != x) {
    x_ = x;
    added_.assign(roundings_.size(), std::nullopt);
  }
  Rational value = form_.base + form_.slope() * x;
  for (const auto& [index, factor] : shares_) value += factor * added_at(index, x);
  return value;
}

// Roundings that are left, numbered as they are met, each with its argument.
std::string FormDifference::text() const {
  std::set<std::size_t> left, open;
  for (const auto& [index, factor] : shares_) open.insert(index);
  while (!open.empty()) {
    std::size_t index = *open.rbegin();
    open.erase(index);
    left.insert(index);
    for (const auto& [other, factor] : roundings_[index].shares) open.insert(other);
  }
  std::map<std::size_t, std::size_t> numbers;
  auto text_of = [&](const Shares& shares) {
    std::string text;
    for (const auto& [index, factor] : shares)
      text += std::to_string(numbers.at(index)) + "*" + factor.to_string() + "+";
    return text;
  };
  std::string text;
  for (std::size_t index : left) {
    const Rounding& one = roundings_[index];
    numbers.emplace(index, numbers.size());
    text += one.base.to_string() + "," + one.slope.to_string() + "," + text_of(one.shares) + "," +
            one.quantum.to_string() + "," + std::string(to_string(one.mode)) + "," +
            std::to_string(one.sign) + ";";
  }
  return text + "=" + form_.base.to_string() + "," + form_.slope().to_string() + "," +
         text_of(shares_) + "," + form_.period().to_string() + "," + form_.grid().to_string();
}

namespace {

constexpr int scan_max = 4096;     // amounts asked one by one to tell their signs
constexpr int extreme_max = 2048;  // and to find an extreme
constexpr std::size_t runs_max = 9;

Signs sign_of(int sign) { return Signs{sign<0, sign == 0, sign> 0}; }

void join_signs(Signs& into, const Signs& other) {
  into.less = into.less || other.less;
  into.same = into.same || other.same;
  into.more = into.more || other.more;
}

bool has_code(const Diagnostic* fault, const Diagnostic* other) {
  return fault != nullptr && other != nullptr && fault->code == other->code;
}

bool same_line(const fees::Form& a, const fees::Form& b) {
  return a.base == b.base && a.slope() == b.slope();
}

// Two settled segments where they overlap.
class Overlap {
 public:
  Overlap(const PiecewiseFigure& first, const PiecewiseFigure& second, fees::AmountRange amounts,
          const FormDifference& exact, fees::Work* work)
      : work_(work),
        first_(first),
        second_(second),
        amounts_(std::move(amounts)),
        exact_(exact),
        change_(exact.form()),
        unit_(amounts_.unit()) {}

  std::vector<Gap> gaps();

 private:
  using Until = std::optional<Rational>;
  void add(const Rational& from, const Until& until, Signs signs, bool settled = true);
  void add_blur(const Rational& from, const Until& until);
  void add_runs(const Rational& from, const Rational& until);
  Signs scan(const Rational& from, const Decimal& count) const;
  Rational change_at(const Rational& x) const;
  std::optional<Decimal> count(const Rational& from, const Until& until) const;
  void find_extremes(Gap& gap) const;
  std::optional<Extreme> greatest(const Gap& gap, int side) const;

  bool is_done() const { return work_ != nullptr && work_->is_done(); }

  fees::Work* work_;
  const PiecewiseFigure& first_;
  const PiecewiseFigure& second_;
  fees::AmountRange amounts_;
  const FormDifference& exact_;
  fees::Form change_;
  Rational unit_;
  std::vector<Gap> gaps_;
};

Rational Overlap::change_at(const Rational& x) const {
  if (work_ != nullptr) work_->spend(2);
  if (exact_.has_values()) return exact_.at(x);
  std::optional<Rational> one = first_.at(x), other = second_.at(x);
  ensure(one && other, "a settled segment has a figure at each of its amounts");
  return *other - *one;
}

std::optional<Decimal> Overlap::count(const Rational& from, const Until& until) const {
  return amounts_.part(from, until).size();
}

void Overlap::add(const Rational& from, const Until& until, Signs signs, bool settled) {
  Gap gap;
  gap.from = from;
  gap.until = until;
  gap.signs = signs;
  gap.settled = settled;
  gap.change = change_;
  bool joins = !gaps_.empty() && gaps_.back().signs == signs && gaps_.back().settled == settled;
  if (joins)
    gaps_.back().until = until;
  else
    gaps_.push_back(std::move(gap));
}

// Before the blur the sign is one, after it the other; without a slope all is blur, or none.
std::vector<Gap> Overlap::gaps() {
  const Rational low = change_.base + change_.low(), high = change_.base + change_.high();
  const Rational& from = amounts_.from();
  const Until& until = amounts_.until();
  int sign = change_.slope().sign();
  // Level: one sign throughout, if the bounds have one.
  if (sign == 0) {
    bool decided = low.sign() > 0 || high.sign() < 0 || (low.is_zero() && high.is_zero());
    decided ? add(from, until, sign_of(low.sign())) : add_blur(from, until);
  } else {
    // Where the bounds cross zero; between these the sign depends on roundings.
    Rational one = -low / change_.slope(), other = -high / change_.slope();
    Rational blur_from = std::max(from, amounts_.grid_ceiling(std::min(one, other)));
    Rational blur_until = amounts_.grid_floor(std::max(one, other));
    if (until) blur_until = std::min(blur_until, *until);
    if (blur_from > from) {
      Rational last = blur_from - unit_;
      add(from, until ? std::min(last, *until) : last, sign_of(-sign));
    }
    if (blur_from <= blur_until) add_blur(blur_from, blur_until);
    Rational after = std::max(from, blur_until + unit_);
    if (!until || after <= *until) add(after, until, sign_of(sign));
  }
  for (Gap& gap : gaps_) find_extremes(gap);
  return std::move(gaps_);
}

// Amounts on which roundings decide.
void Overlap::add_blur(const Rational& from, const Until& until) {
  if (is_done()) return add(from, until, Signs{}, false);
  std::optional<Decimal> size = count(from, until);
  // Few enough to ask each.
  if (size && *size <= Decimal(scan_max)) return add_runs(from, *until);
  const Decimal& period = change_.period();
  bool repeats = !period.is_zero() && period <= Decimal(scan_max);
  // Else one period says which signs occur; without one the first amounts say some of them.
  Signs signs = scan(from, repeats ? period : Decimal(64));
  if (!change_.slope().is_zero()) {  // then each amount of a period goes one way from there
    Decimal last = repeats ? period : Decimal(64);
    join_signs(signs, scan(*until - Rational(last - Decimal(1)) * unit_, last));
    if (signs.less && signs.more) signs.same = true;
  }
  add(from, until, signs, repeats && change_.slope().is_zero());
}

Signs Overlap::scan(const Rational& from, const Decimal& amounts) const {
  Signs signs;
  Rational x = from;
  for (Decimal i = 0; i < amounts; i += 1, x += unit_)
    join_signs(signs, sign_of(change_at(x).sign()));
  return signs;
}

// Amount by amount. Where the sign changes often, what lies between the first and the last run is
// one gap of several signs.
void Overlap::add_runs(const Rational& from, const Rational& until) {
  struct Run {
    Rational from, until;
    Signs signs;
  };
  std::vector<Run> runs;
  for (Rational x = from; x <= until; x += unit_) {
    Signs signs = sign_of(change_at(x).sign());
    if (!runs.empty() && runs.back().signs == signs)
      runs.back().until = x;
    else
      runs.push_back({x, x, signs});
  }
  // What lies between the first and the last run is joined: these two keep their exact edges.
  while (runs.size() > runs_max || (runs.size() > 3 && gaps_.size() + runs.size() > runs_max)) {
    auto middle = runs.begin() + 1;
    join_signs(middle->signs, (middle + 1)->signs);
    middle->until = (middle + 1)->until;
    runs.erase(middle + 1);
  }
  for (const Run& run : runs) add(run.from, run.until, run.signs);
}

// ---- extremes ----------------------------------------------------------------------------------

void Overlap::find_extremes(Gap& gap) const {
  if (gap.signs.only_same()) {
    gap.minimum = gap.maximum = Extreme{0, gap.from};
    return;
  }
  gap.maximum = greatest(gap, 1);
  gap.minimum = greatest(gap, -1);
  if (gap.minimum) gap.minimum->value = -gap.minimum->value;
}

// The greatest of side * change. With a slope it lies within the roundings' width of one end.
std::optional<Extreme> Overlap::greatest(const Gap& gap, int side) const {
  const int asked_max = is_done() ? 1 : extreme_max;
  fees::Form form = side > 0 ? gap.change : -gap.change;
  int slope = form.slope().sign();
  if (slope > 0 && !gap.until) return std::nullopt;
  std::optional<Decimal> amounts = count(gap.from, gap.until);
  auto at_most = [&](const Decimal& bound) {
    amounts = amounts ? std::min(*amounts, bound) : bound;
  };
  if (slope != 0) {
    // Further from the end than this the line has fallen by more than roundings can add.
    Rational width = (form.high() - form.low()) / absolute(form.slope());
    at_most((width / unit_).floor() + Decimal(1));
  }
  if (form.is_exact()) at_most(1);
  if (!form.period().is_zero()) at_most(form.period());
  Rational x = gap.from;
  if (!amounts || *amounts > Decimal(asked_max)) {
    // Too many to ask: the bound at the better end, which no amount need have.
    Rational end = slope > 0 ? *gap.until : gap.from;
    Rational bound = form.base + form.slope() * end + form.high();
    const Signs& signs = gap.signs;  // which the roundings' bound may pass over
    bool none = gap.settled && (side > 0 ? !signs.more : !signs.less) && bound.sign() > 0;
    return Extreme{none ? Rational(0) : bound, std::nullopt};
  }
  if (slope > 0) x = *gap.until - Rational(*amounts - Decimal(1)) * unit_;
  std::optional<Extreme> best;
  for (Decimal i = 0; i < *amounts; i += 1, x += unit_) {
    Rational value =
        form.is_exact() ? form.base + form.low() + form.slope() * x : Rational(side) * change_at(x);
    if (!best || value > best->value) best = Extreme{value, x};
  }
  return best;
}

// ---- the whole ---------------------------------------------------------------------------------

bool gaps_join(const Gap& before, const Gap& next) {
  if (before.is_compared() != next.is_compared()) return false;
  if (before.is_compared()) {
    bool same = before.signs.only_same() && next.signs.only_same();
    return same || (before.signs == next.signs && before.settled && next.settled &&
                    same_line(before.change, next.change));
  }
  auto agree = [](const Diagnostic* a, const Diagnostic* b) {
    return (a == nullptr && b == nullptr) || has_code(a, b);
  };
  return agree(before.first_fault, next.first_fault) &&
         agree(before.second_fault, next.second_fault);
}

void append_gap(std::vector<Gap>& gaps, Gap gap) {
  if (gaps.empty() || !gaps_join(gaps.back(), gap)) {
    gaps.push_back(std::move(gap));
    return;
  }
  Gap& last = gaps.back();
  last.until = gap.until;
  widen(last.maximum, gap.maximum, 1);
  widen(last.minimum, gap.minimum, -1);
  last.change.widen(gap.change);
}

Gap faulty(const fees::AmountRange& amounts, const Segment& first, const Segment& second) {
  Gap gap;
  gap.from = amounts.from();
  gap.until = amounts.until();
  if (!first.form) gap.first_fault = &first.form.faults().front();
  if (!second.form) gap.second_fault = &second.form.faults().front();
  return gap;
}

std::vector<Gap> overlap_gaps(const PiecewiseFigure& first, const PiecewiseFigure& second,
                              const fees::AmountRange& amounts, const FormDifference& change,
                              GapMemo* memo) {
  bool known_by_text = memo != nullptr && change.has_values();
  if (!known_by_text)
    return Overlap(first, second, amounts, change, memo ? memo->work : nullptr).gaps();
  std::string text = change.text() + "@" + amounts.from().to_string() + ".." +
                     (amounts.until() ? amounts.until()->to_string() : "") + "/" +
                     amounts.unit().to_string();
  if (const std::vector<Gap>* known = memo->find(text)) return *known;
  std::vector<Gap> gaps =
      Overlap(first, second, amounts, change, memo ? memo->work : nullptr).gaps();
  memo->add(text, gaps);
  return gaps;
}

bool ends_before(const std::optional<Rational>& end, const Rational& x) { return end && *end < x; }

}  // namespace

void widen(std::optional<Extreme>& best, const std::optional<Extreme>& other, int side) {
  if (!best) return;
  bool wider = !other || (side > 0 ? other->value > best->value : other->value < best->value);
  if (wider) best = other;
}

bool Gap::is_same() const {
  if (is_compared()) return settled && signs.only_same();
  return has_code(first_fault, second_fault) && first_fault->code != Code::undecidable;
}

const std::vector<Gap>* GapMemo::find(const std::string& text) const {
  auto found = known_.find(text);
  return found == known_.end() ? nullptr : &found->second;
}

void GapMemo::add(const std::string& text, const std::vector<Gap>& gaps) {
  if (known_.size() < kept_max) known_.emplace(text, gaps);
}

std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second,
                            GapMemo* memo) {
  return difference(first, second, fees::AmountInterval{0, std::nullopt}, memo);
}

std::vector<Gap> difference(const PiecewiseFigure& first, const PiecewiseFigure& second,
                            const fees::AmountInterval& range, GapMemo* memo) {
  std::vector<Gap> gaps;
  auto one = first.segments.begin(), other = second.segments.begin();
  while (one != first.segments.end() && other != second.segments.end()) {
    Rational from = std::max({one->amounts.from(), other->amounts.from(), range.from});
    auto until = earlier(earlier(one->amounts.until(), other->amounts.until()), range.until);
    if (!ends_before(until, from)) {
      if (memo != nullptr && memo->work != nullptr) memo->work->spend(10);
      fees::AmountRange amounts = one->amounts.part(from, until);
      if (one->form && other->form) {
        FormDifference change(*other->form, other->amounts, *one->form, one->amounts);
        for (Gap& gap : overlap_gaps(first, second, amounts, change, memo))
          append_gap(gaps, std::move(gap));
      } else {
        append_gap(gaps, faulty(amounts, *one, *other));
      }
    }
    if (!until || (range.until && *until == *range.until && !ends_before(until, from))) break;
    bool first_ends = one->amounts.until() && *one->amounts.until() <= *until;
    bool second_ends = other->amounts.until() && *other->amounts.until() <= *until;
    if (first_ends) ++one;
    if (second_ends) ++other;
    if (!first_ends && !second_ends) break;
  }
  return gaps;
}

}  // namespace levy::curves
