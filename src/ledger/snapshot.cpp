#include "ledger/snapshot.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/sha256.h"
#include "base/text.h"
#include "formats/json.h"
#include "formats/json_writer.h"

namespace levy::ledger {
namespace {

constexpr int snapshot_form = 1;
constexpr std::size_t trailer_bytes = sha256_digits + 1;
constexpr std::size_t flushed_bytes = std::size_t{1} << 16;
// Of the years that times are read in, and a day around them: none that a ledger knows lies beyond.
constexpr std::int64_t second_min = -62'135'683'200, second_max = 253'402'387'200;
constexpr std::uint64_t nanoseconds_max = 999'999'999;

std::string_view word_of(Ledger::Scope scope) {
  return scope == Ledger::Scope::all ? "limits" : "fees";
}

// ---- integers ----------------------------------------------------------------------------------

// Small ones of either sign become small ones.
std::uint64_t folded(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unfolded(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (std::uint64_t{0} - (value & 1)));
}

class RecordWriter {
 public:
  void integer(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void text(std::string_view text) {
    integer(text.size());
    bytes_ += text;
  }
  // By how much it differs from the one before; nanoseconds only where there are any.
  void instant(Instant time) {
    std::uint64_t difference = folded(time.seconds - before_);
    integer(difference << 1 | (time.nanoseconds != 0 ? 1 : 0));
    if (time.nanoseconds != 0) integer(static_cast<std::uint64_t>(time.nanoseconds));
    before_ = time.seconds;
  }
  void instant(const std::optional<Instant>& time) {
    integer(time ? 1 : 0);
    if (time) instant(*time);
  }
  // Units of 10^-scale, or the quotient of two decimals.
  void value(const Rational& value, int scale) {
    auto units = value.is_decimal() ? value.decimal().minor_units(scale) : std::nullopt;
    constexpr std::int64_t units_max = std::int64_t{1} << 61;
    if (units && *units<units_max&& * units> - units_max) return integer(folded(*units) << 1);
    integer(1);
    text(value.numerator().to_string());
    text(value.denominator().to_string());
  }
  // The next record begins.
  void begin() { before_ = 0; }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
  std::int64_t before_ = 0;
};

// What it gives after the first fault means nothing.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  bool is_at_end() const { return rest_.empty(); }
  void begin() { before_ = 0; }

  std::uint64_t integer() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  std::string_view text() {
    std::uint64_t size = integer();
    if (size > rest_.size()) failed_ = true;
    if (failed_) return {};
    std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  Instant instant() {
    std::uint64_t word = integer(), nanoseconds = (word & 1) != 0 ? integer() : 0;
    std::int64_t seconds = 0;
    bool lies_within = !__builtin_add_overflow(before_, unfolded(word >> 1), &seconds) &&
                       seconds >= second_min && seconds <= second_max &&
                       nanoseconds <= nanoseconds_max;
    if (!lies_within) failed_ = true;
    if (failed_) return {};
    before_ = seconds;
    return {seconds, static_cast<std::int32_t>(nanoseconds)};
  }
  std::optional<Instant> maybe_instant() {
    return integer() == 0 ? std::nullopt : std::optional(instant());
  }
  Rational value(int scale) {
    std::uint64_t word = integer();
    if ((word & 1) == 0) return Decimal::of(unfolded(word >> 1), scale);
    Checked<Decimal> numerator = parse_decimal(text()), denominator = parse_decimal(text());
    if (!numerator || !denominator || denominator->sign() <= 0) failed_ = true;
    return failed_ ? Rational() : Rational(*numerator) / Rational(*denominator);
  }
  // So many items follow, of a byte at least.
  std::size_t count() {
    std::uint64_t count = integer();
    if (count > rest_.size()) failed_ = true;
    return failed_ ? 0 : static_cast<std::size_t>(count);
  }

 private:
  std::string_view rest_;
  std::int64_t before_ = 0;
  bool failed_ = false;
};

// ---- writing -----------------------------------------------------------------------------------

std::string digest_of(const schedule::Schedule& schedule) { return sha256(schedule.place.text()); }

std::string header_of(const fees::Tariff& tariff, Ledger::Scope scope, std::size_t accounts,
                      std::size_t uncounted) {
  formats::JsonWriter json(formats::JsonWriter::Layout::one_line);
  json.object([&] {
    json.member("levy_snapshot", std::int64_t{snapshot_form});
    json.member("tariff", tariff.versions.front().schedule.id);
    json.member("counts", word_of(scope));
    json.count("accounts", accounts);
    json.count("uncounted", uncounted);
    json.objects("schedules", tariff.versions, [&](const fees::Plan& plan) {
      const schedule::Schedule& schedule = plan.schedule;
      json.member("file", schedule.file);
      json.member("version", schedule.version);
      json.member("digest", digest_of(schedule));
      json.member("text", schedule.place.text());
    });
  });
  return json.text() + "\n";
}

struct NamedAccount {
  std::string_view name;
  Ledger* ledger;
};

std::vector<NamedAccount> accounts_of(const std::vector<Ledger*>& ledgers) {
  std::vector<NamedAccount> accounts;
  for (Ledger* ledger : ledgers) {
    for (std::string_view name : ledger->accounts().names()) {
      if (ledger->has_state(name)) accounts.push_back({name, ledger});
    }
  }
  std::sort(accounts.begin(), accounts.end(),
            [](const NamedAccount& a, const NamedAccount& b) { return a.name < b.name; });
  return accounts;
}

std::vector<Ledger::Uncounted> uncounted_of(const std::vector<Ledger*>& ledgers) {
  std::vector<Ledger::Uncounted> all;
  for (const Ledger* ledger : ledgers) {
    std::vector<Ledger::Uncounted> own = ledger->uncounted();
    all.insert(all.end(), own.begin(), own.end());
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.meter, a.account) < std::tie(b.meter, b.account);
  });
  return all;
}

void write_account(RecordWriter& record, const AccountState& state,
                   const std::vector<LedgerMeter>& meters) {
  record.begin();
  record.text(state.name);
  record.instant(state.answered);
  record.integer(state.newest == state.answered ? 0 : 1);
  if (state.newest != state.answered) record.instant(state.newest);
  for (std::size_t i = 0; i < meters.size(); ++i) {
    record.integer(state.by_meter[i].size());
    for (const UsageLog::Entry& entry : state.by_meter[i]) {
      record.instant(entry.at);
      record.value(entry.value, meters[i].scale());
    }
  }
}

void write_uncounted(RecordWriter& record, const Ledger::Uncounted& one) {
  record.begin();
  record.integer(one.meter);
  record.text(one.account);
  record.instant(one.time);
  record.text(to_string(one.why.code));
  record.text(one.why.message);
  record.text(one.why.remedy);
}

// ---- reading -----------------------------------------------------------------------------------

Diagnostic unusable(const std::string& file, std::string message, std::string remedy) {
  Diagnostic fault{Code::bad_file, std::move(message), std::move(remedy)};
  fault.place = Place::of_file(file);
  return fault;
}

Diagnostic damaged(const std::string& file) {
  return unusable(file, "the snapshot is damaged: it is not what its checksum says",
                  "take it from where it was written, or make it again from the rows before");
}

struct SnapshotHeader {
  Ledger::Scope scope = Ledger::Scope::fees;
  std::uint64_t accounts = 0, uncounted = 0;
  std::vector<std::string> digests;
  std::vector<Source> schedules;
  std::string version;  // of the last of them
};

std::optional<std::uint64_t> count_in(const formats::Node& root, std::string_view key) {
  const formats::Node* node = root.find(key);
  Checked<Decimal> count = parse_decimal(node == nullptr ? "" : node->text);
  if (!count || count->sign() < 0) return std::nullopt;
  std::optional<std::int64_t> units = count->minor_units(0);
  return units ? std::optional(static_cast<std::uint64_t>(*units)) : std::nullopt;
}

std::string text_in(const formats::Node& object, std::string_view key) {
  const formats::Node* node = object.find(key);
  return node == nullptr ? std::string() : node->text;
}

// Nothing: it is not what this release writes, although its checksum is right.
std::optional<SnapshotHeader> read_header(const formats::Node& root) {
  SnapshotHeader header;
  std::string scope = text_in(root, "counts");
  auto accounts = count_in(root, "accounts"), uncounted = count_in(root, "uncounted");
  const formats::Node* schedules = root.find("schedules");
  bool is_known = scope == word_of(Ledger::Scope::all) || scope == word_of(Ledger::Scope::fees);
  if (!is_known || !accounts || !uncounted || schedules == nullptr) return std::nullopt;
  header.scope = scope == word_of(Ledger::Scope::all) ? Ledger::Scope::all : Ledger::Scope::fees;
  header.accounts = *accounts;
  header.uncounted = *uncounted;
  for (const formats::Node& schedule : schedules->items) {
    header.digests.push_back(text_in(schedule, "digest"));
    header.schedules.emplace_back(text_in(schedule, "file"), text_in(schedule, "text"));
    header.version = text_in(schedule, "version");
  }
  return header;
}

std::vector<std::string> digests_of(const fees::Tariff& tariff) {
  std::vector<std::string> digests;
  for (const fees::Plan& plan : tariff.versions) digests.push_back(digest_of(plan.schedule));
  return digests;
}

// Which of the snapshot's meters are which of the run's.
struct CarriedMeters {
  std::vector<int> scales;  // of the snapshot's
  std::vector<std::optional<std::size_t>> to;
  SnapshotCounts counts;
};

CarriedMeters match_meters(const LedgerMeters& old, const LedgerMeters& present) {
  CarriedMeters carried;
  std::vector<char> is_begun(present.meters.size(), 1);
  for (const LedgerMeter& meter : old.meters) {
    auto same = std::find_if(present.meters.begin(), present.meters.end(),
                             [&](const LedgerMeter& other) { return other.is_same(meter); });
    carried.scales.push_back(meter.scale());
    if (same == present.meters.end()) {
      carried.counts.not_carried.push_back(meter.counter().use.id);
      carried.to.emplace_back();
      continue;
    }
    auto index = static_cast<std::size_t>(same - present.meters.begin());
    carried.to.emplace_back(index);
    is_begun[index] = 0;
  }
  for (std::size_t i = 0; i < present.meters.size(); ++i) {
    if (is_begun[i] != 0) carried.counts.begun.push_back(present.meters[i].counter().use.id);
  }
  return carried;
}

Diagnostic other_schedule(const std::string& file, const SnapshotHeader& header,
                          const fees::Tariff& tariff) {
  auto named = [](const std::string& version, const std::string& digest) {
    std::string name = version.empty() ? std::string() : "version " + version + ", ";
    return name + "digest " + digest.substr(0, 12);
  };
  const schedule::Schedule& present = tariff.versions.back().schedule;
  return unusable(file,
                  "the snapshot is of another schedule (" +
                      named(header.version, header.digests.empty() ? "" : header.digests.back()) +
                      ") than this run's (" + named(present.version, digest_of(present)) + ")",
                  "run with the schedule that it is of, or carry what still counts the same with "
                  "--migrate");
}

Diagnostic other_scope(const std::string& file, Ledger::Scope scope) {
  bool had_limits = scope == Ledger::Scope::all;
  return unusable(file,
                  had_limits ? "the snapshot was written with --enforce-limits, and this run would "
                               "lose what limits count"
                             : "the snapshot was written without --enforce-limits, and has nothing "
                               "of what limits count",
                  had_limits ? "give --enforce-limits again, or lose it knowingly with --migrate"
                             : "leave out --enforce-limits, or begin with nothing with --migrate");
}

std::optional<AccountState> read_account(RecordReader& record, const CarriedMeters& meters,
                                         std::size_t present) {
  AccountState state;
  state.by_meter.resize(present);
  record.begin();
  state.name = record.text();
  state.answered = record.maybe_instant();
  state.newest = record.integer() == 0 ? state.answered : record.maybe_instant();
  for (std::size_t i = 0; i < meters.to.size() && !record.failed(); ++i) {
    for (std::size_t count = record.count(); count > 0 && !record.failed(); --count) {
      Instant at = record.instant();
      Rational value = record.value(meters.scales[i]);
      if (meters.to[i]) state.by_meter[*meters.to[i]].push_back({at, std::move(value)});
    }
  }
  return record.failed() ? std::nullopt : std::optional(std::move(state));
}

std::optional<Ledger::Uncounted> read_uncounted(RecordReader& record, std::size_t meters) {
  record.begin();
  std::uint64_t meter = record.integer();
  std::string account(record.text());
  Instant time = record.instant();
  std::optional<Code> code = find_code(record.text());
  std::string message(record.text()), remedy(record.text());
  if (record.failed() || !code || meter >= meters) return std::nullopt;
  return Ledger::Uncounted{static_cast<std::size_t>(meter), std::move(account), time,
                           Diagnostic{*code, std::move(message), std::move(remedy)}};
}

// Whose ledger keeps what was done with some values of `per` attributes (facts/counting.h,
// part_of).
std::string_view account_in(std::string_view name) { return name.substr(0, name.find('\0')); }

std::optional<Diagnostic> restore_records(RecordReader& record, const SnapshotHeader& header,
                                          CarriedMeters& meters, std::size_t present,
                                          const std::string& file, const LedgerOf& ledger_of) {
  for (std::uint64_t i = 0; i < header.accounts; ++i) {
    std::optional<AccountState> state = read_account(record, meters, present);
    if (!state) return damaged(file);
    std::string_view account = account_in(state->name);
    if (account.size() == state->name.size()) ++meters.counts.accounts;
    Ledger& ledger = ledger_of(account);
    if (!ledger.restore(*state))
      return unusable(file,
                      "the account " + in_quotes(account) + " stands in another snapshot already",
                      "give each account's snapshot once: those of all parts of one run");
  }
  for (std::uint64_t i = 0; i < header.uncounted; ++i) {
    std::optional<Ledger::Uncounted> one = read_uncounted(record, meters.to.size());
    if (!one) return damaged(file);
    if (!meters.to[one->meter]) continue;
    one->meter = *meters.to[one->meter];
    ledger_of(one->account).restore(std::move(*one));
  }
  if (!record.is_at_end()) return damaged(file);
  return std::nullopt;
}

// The file without its checksum, which is right.
Checked<std::string_view> checked_content(const std::string& file, std::string_view bytes) {
  constexpr std::string_view begin = "{\"levy_snapshot\":";
  if (!bytes.starts_with(begin))
    return unusable(file, "this is no snapshot",
                    "name a file that levy batch --snapshot-out has written");
  bool has_end = bytes.size() > trailer_bytes && bytes.ends_with('\n');
  std::string_view trailer = has_end ? bytes.substr(bytes.size() - trailer_bytes) : "";
  trailer = trailer.substr(0, std::min(trailer.size(), sha256_digits));
  if (!has_end || trailer.find_first_not_of("0123456789abcdef") != npos)
    return unusable(file, "the snapshot is cut off: it does not end with its checksum",
                    "copy all of it, or make it again from the rows before");
  std::string_view content = bytes.substr(0, bytes.size() - trailer_bytes);
  if (sha256(content) != trailer) return damaged(file);
  return content;
}

Checked<SnapshotHeader> header_in(const std::string& file, std::string_view line) {
  Checked<formats::Document> document = formats::parse_json(Source(file, std::string(line)));
  if (!document) return damaged(file);
  if (count_in(document->root, "levy_snapshot") != snapshot_form)
    return unusable(file, "the snapshot is of a later form than this release of levy reads",
                    "run the release that wrote it, or a later one");
  std::optional<SnapshotHeader> header = read_header(document->root);
  if (!header) return damaged(file);
  return std::move(*header);
}

}  // namespace

bool write_snapshot(const fees::Tariff& tariff, Ledger::Scope scope,
                    const std::vector<Ledger*>& ledgers,
                    const std::function<bool(std::string_view)>& sink) {
  Sha256 checksum;
  RecordWriter record;
  auto flush = [&](std::size_t unless_below) {
    std::string& bytes = record.bytes();
    if (bytes.size() < unless_below) return true;
    checksum.add(bytes);
    bool written = sink(bytes);
    bytes.clear();
    return written;
  };
  std::vector<NamedAccount> accounts = accounts_of(ledgers);
  std::vector<Ledger::Uncounted> uncounted = uncounted_of(ledgers);
  record.bytes() = header_of(tariff, scope, accounts.size(), uncounted.size());
  for (const NamedAccount& account : accounts) {
    write_account(record, account.ledger->state_of(account.name), account.ledger->meters());
    if (!flush(flushed_bytes)) return false;
  }
  for (const Ledger::Uncounted& one : uncounted) write_uncounted(record, one);
  return flush(0) && sink(checksum.digest() + "\n");
}

Checked<SnapshotCounts> read_snapshot(const fees::Tariff& tariff, Ledger::Scope scope, bool migrate,
                                      const std::string& file, std::string_view bytes,
                                      const LedgerOf& ledger_of) {
  Checked<std::string_view> content = checked_content(file, bytes);
  if (!content) return std::move(content).faults();
  std::size_t end = content->find('\n');
  Checked<SnapshotHeader> header = header_in(file, content->substr(0, end));
  if (!header) return std::move(header).faults();
  if (!migrate && header->digests != digests_of(tariff))
    return other_schedule(file, *header, tariff);
  if (!migrate && header->scope != scope) return other_scope(file, header->scope);
  Checked<fees::Tariff> of = fees::load_tariff(header->schedules);
  if (!of) return damaged(file);
  LedgerMeters present = meters_of(tariff, scope == Ledger::Scope::fees);
  CarriedMeters meters =
      match_meters(meters_of(*of, header->scope == Ledger::Scope::fees), present);
  RecordReader record(content->substr(end + 1));
  if (auto fault = restore_records(record, *header, meters, present.meters.size(), file, ledger_of))
    return *fault;
  return std::move(meters.counts);
}

}  // namespace levy::ledger
