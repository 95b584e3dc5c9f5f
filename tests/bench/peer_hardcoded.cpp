// peer_hardcoded IN.csv OUT.csv THREADS: the reference tariff, and nothing else, as fast as one
// file of C++ can be. The yardstick: what levy's generality costs is its time over this program's.
//
// It knows the columns and their order, tells values apart by a letter or two, and takes amounts in
// the one way the generator writes them. No quotes, no other tariff, no rows in error: a field that
// is not where it is expected ends it with status 2. Its answers are exact all the same.
#include <fcntl.h>
#include <immintrin.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using std::size_t, std::uint16_t, std::uint64_t;

// Records that begin in it are a chunk's; so it is read with a record's length beyond its end.
constexpr size_t chunk_bytes = 512 * 1024, record_bytes_max = 4096, step_bytes = 16 * 1024;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "peer_hardcoded: %s\n", what);
  std::_Exit(2);
}

// ---- the tariff --------------------------------------------------------------------------------

// Fee in 10^-4 of the minor unit for an amount of `a` minor units:
// the least of max(a * rate + flat, floor), a * rate2 + flat2 and a * rate3 + flat3.
// Bands whose rates fall are the least of their lines; a maximum is a line that does not rise.
struct Leaf {
  uint64_t rate = 0, flat = 0, floor = 0, rate2 = 0, flat2 = 0, rate3 = 0, flat3 = 0;
  uint64_t tenths = 10;  // of the fee that are charged
};

// Letters that tell values apart, in as few bits as will do.
size_t type_bits(char c) { return (static_cast<size_t>(c) >> 1) & 3; }  // t w c: 2 3 1
size_t method_bits(char c) { return static_cast<size_t>(c) & 5; }       // c b w: 1 0 5
size_t tier_bits(char c) { return (static_cast<size_t>(c) >> 1) & 3; }  // b v p: 1 3 0

size_t leaf_at(char type, char method, char tier, bool at_home, bool yen) {
  return type_bits(type) | method_bits(method) << 2 | tier_bits(tier) << 5 |
         static_cast<size_t>(at_home) << 7 | static_cast<size_t>(yen) << 8;
}

Leaf leaf_of(char type, char method, char tier, bool at_home, bool yen) {
  const uint64_t unit = yen ? 10000 : 1000000, never = uint64_t{1} << 62;
  Leaf leaf{.flat2 = never, .flat3 = never, .tenths = tier == 'p' ? 8u : 10u};
  if (type == 't') {
    leaf.rate = at_home ? 290 : 440;
    leaf.flat = unit * 3 / 10;
  } else if (type == 'c') {
    leaf.rate = tier == 'b' ? 50 : tier == 'v' ? 40 : 25;
  } else if (method == 'w') {
    leaf.rate = 100;
    leaf.rate2 = 50;
    leaf.flat2 = 5 * unit;
    leaf.rate3 = 10;
    leaf.flat3 = 45 * unit;
  } else {
    leaf.rate = method == 'c' ? 175 : 100;
    leaf.floor = yen ? unit : method == 'c' ? unit / 4 : unit / 2;
    leaf.flat2 = 25 * unit;
  }
  return leaf;
}

using Leaves = std::array<Leaf, 512>;

Leaves all_leaves() {
  Leaves leaves{};
  for (char type : {'t', 'w', 'c'})
    for (char method : {'c', 'b', 'w'})
      for (char tier : {'b', 'v', 'p'})
        for (bool at_home : {false, true})
          for (bool yen : {false, true})
            leaves[leaf_at(type, method, tier, at_home, yen)] =
                leaf_of(type, method, tier, at_home, yen);
  return leaves;
}

uint64_t fee_of(const Leaf& leaf, uint64_t a) {
  uint64_t raw = std::max(a * leaf.rate + leaf.flat, leaf.floor);
  raw = std::min(raw, std::min(a * leaf.rate2 + leaf.flat2, a * leaf.rate3 + leaf.flat3));
  uint64_t odd = raw / 10000 & 1;
  uint64_t fee = (raw + 4999 + odd) / 10000;  // half to even
  return (fee * leaf.tenths + 5) / 10;        // half up
}

// ---- fields ------------------------------------------------------------------------------------

// The offsets of commas and line feeds in the `size` bytes from `text`, of which as many as make
// a multiple of 64 may be read. Returns their count; `at` has room for size + 128.
size_t find_separators(const char* text, size_t size, uint16_t* at) {
  size_t count = 0;
  for (size_t i = 0; i < size; i += 64) {
#if defined(__AVX512VBMI2__) && defined(__AVX512BW__)
    const __m512i bytes = _mm512_loadu_si512(text + i);
    uint64_t mask = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')) |
                    _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
    if (size - i < 64) mask &= (uint64_t{1} << (size - i)) - 1;
    alignas(64) static constexpr auto ascending = [] {
      std::array<char, 64> all{};
      for (size_t k = 0; k < 64; ++k) all[k] = static_cast<char>(k);
      return all;
    }();
    const __m512i places = _mm512_maskz_compress_epi8(mask, _mm512_load_si512(ascending.data()));
    const __m512i base = _mm512_set1_epi16(static_cast<short>(i));
    auto put = [&](size_t from, __m256i some) {
      _mm512_storeu_si512(at + count + from, _mm512_add_epi16(base, _mm512_cvtepu8_epi16(some)));
    };
    put(0, _mm512_castsi512_si256(places));
    const auto found = static_cast<size_t>(std::popcount(mask));
    if (found > 32) put(32, _mm512_extracti64x4_epi64(places, 1));
    count += found;
#else
    uint64_t mask = 0;
    for (size_t k = 0; k < 4; ++k) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i + 16 * k));
      const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
      mask |= static_cast<uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit))) << (16 * k);
    }
    if (size - i < 64) mask &= (uint64_t{1} << (size - i)) - 1;
    for (; mask != 0; mask &= mask - 1)
      at[count++] = static_cast<uint16_t>(i + static_cast<size_t>(std::countr_zero(mask)));
#endif
  }
  return count;
}

// The digits before `end`, `length` characters with the point of "12.34" among them unless in yen;
// there are 16 bytes to be read before `end`.
uint64_t minor_units(const char* end, size_t length, bool yen) {
  alignas(16) static constexpr std::array<char, 32> moves = {
      -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,  10, 11, 12, 14, 15,  // the point taken out
      0,  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  alignas(16) static constexpr auto keeps = [] {
    std::array<unsigned char, 32> all{};
    for (size_t k = 16; k < 32; ++k) all[k] = 0x0F;
    return all;
  }();
  const size_t digits = yen ? length : length - 1;
  if (digits > 15 || digits == 0 || (!yen && end[-3] != '.')) fail("an amount in another form");
  auto load = [](const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); };
  __m128i v = _mm_shuffle_epi8(load(end - 16), load(moves.data() + (yen ? 16 : 0)));
  v = _mm_and_si128(v, load(keeps.data() + digits));  // the last `digits` of 16 bytes
  v = _mm_maddubs_epi16(v, _mm_set1_epi16(0x010A));   // pairs, fours, eights
  v = _mm_madd_epi16(v, _mm_set1_epi32(0x00010064));
  v = _mm_packus_epi32(v, v);
  v = _mm_madd_epi16(v, _mm_set1_epi32(0x00012710));
  const auto eights = static_cast<uint64_t>(_mm_cvtsi128_si64(v));
  return (eights & 0xFFFFFFFF) * 100000000 + (eights >> 32);
}

// ---- answers -----------------------------------------------------------------------------------

constexpr auto pairs = [] {
  std::array<char, 200> all{};
  for (size_t i = 0; i < 100; ++i) {
    all[2 * i] = static_cast<char>('0' + i / 10);
    all[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return all;
}();

// Without leading zeros. Eight digits are split in halves thrice, all parts at once.
char* put_number(char* out, uint64_t number) {
  if (number >= 100000000) return std::to_chars(out, out + 20, number).ptr;
  uint64_t fours = number / 10000 | (number % 10000) << 32;
  uint64_t tops = ((fours * 10486) >> 20) & 0x0000007F0000007F;
  uint64_t twos = ((fours - 100 * tops) << 16) + tops;
  uint64_t tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
  uint64_t ones = ((twos - 10 * tens) << 8) + tens;
  const int zeros = std::countr_zero(ones | uint64_t{1} << 56) / 8;
  ones = (ones | 0x3030303030303030) >> (8 * zeros);
  std::memcpy(out, &ones, 8);
  return out + 8 - zeros;
}

char* put_row(char* out, const char* record, const uint16_t* at, const char* text,
              const Leaves& leaves) {
  const char* type = text + at[2] + 1;
  const char* country = text + at[4] + 1;
  const bool at_home = country[0] == 'U' && country[1] == 'S', yen = text[at[5] + 1] == 'J';
  const Leaf& leaf = leaves[leaf_at(*type, text[at[3] + 1], text[at[8] + 1], at_home, yen)];
  const size_t length = static_cast<size_t>(at[8] - at[7] - 1);
  const uint64_t fee = fee_of(leaf, minor_units(text + at[8], length, yen));

  const auto id_length = static_cast<size_t>(text + at[0] - record);
  std::memcpy(out, record, 16);
  if (id_length > 16) std::memcpy(out + 16, record + 16, id_length - 16);
  out += id_length;
  *out++ = ',';
  if (yen) {
    out = put_number(out, fee);
  } else {
    out = put_number(out, fee / 100);
    *out++ = '.';
    std::memcpy(out, pairs.data() + 2 * (fee % 100), 2);
    out += 2;
  }
  *out++ = '\n';
  return out;
}

// ---- files and threads -------------------------------------------------------------------------

struct Job {
  int in, out;
  size_t size;
  Leaves leaves = all_leaves();
  std::atomic<size_t> next_chunk = 0, turn = 0;
  size_t written = 0;  // belongs to the thread whose turn it is
};

// Answers the records that begin between `from` and `until`; `stop` is where the text ends.
char* put_rows(char* out, const char* from, const char* until, const char* stop,
               const Leaves& leaves, uint16_t* at) {
  constexpr size_t columns = 10;
  while (from < until) {
    const size_t size = std::min(step_bytes, static_cast<size_t>(stop - from));
    const size_t count = find_separators(from, size, at);
    const char* record = from;
    for (size_t i = 0; i + columns <= count && record < until; i += columns) {
      if (from[at[i + columns - 1]] != '\n') fail("a record of other than ten fields");
      out = put_row(out, record, at + i, from, leaves);
      record = from + at[i + columns - 1] + 1;
    }
    if (record == from) fail("an over-long or unfinished record");
    from = record;
  }
  return out;
}

void work(Job& job) {
  auto text = std::make_unique<char[]>(64 + chunk_bytes + record_bytes_max + 64);
  auto answers = std::make_unique<char[]>(chunk_bytes + record_bytes_max + 64);
  auto at = std::make_unique<uint16_t[]>(step_bytes + 128);
  for (size_t chunk; (chunk = job.next_chunk++) * chunk_bytes < job.size;) {
    // From one byte before: a record begins where a line feed stands before it.
    const size_t begin = chunk * chunk_bytes, first = begin == 0 ? 0 : begin - 1;
    const size_t size = std::min(job.size, begin + chunk_bytes + record_bytes_max) - first;
    char* read = text.get() + 64;
    if (::pread(job.in, read, size, static_cast<off_t>(first)) != static_cast<ssize_t>(size))
      fail("cannot read");
    const char* stop = read + size;
    const char* until = std::min<const char*>(stop, read + (begin - first) + chunk_bytes);
    const char* from =
        std::find<const char*>(read, stop, '\n') + 1;  // behind the header, or a tail
    char* out = answers.get();
    if (chunk == 0) out = std::copy_n("id,fee\n", 7, out);
    out = put_rows(out, from, until, stop, job.leaves, at.get());

    const auto bytes = static_cast<size_t>(out - answers.get());
    for (size_t turn; (turn = job.turn.load()) != chunk;) job.turn.wait(turn);
    const size_t place = job.written;
    job.written += bytes;
    ++job.turn;
    job.turn.notify_all();
    if (::pwrite(job.out, answers.get(), bytes, static_cast<off_t>(place)) !=
        static_cast<ssize_t>(bytes))
      fail("cannot write");
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) fail("usage: peer_hardcoded IN.csv OUT.csv THREADS");
  struct stat status {};
  Job job{.in = ::open(words[1], O_RDONLY),
          .out = ::open(words[2], O_WRONLY | O_CREAT | O_TRUNC, 0644),
          .size = 0};
  if (job.in < 0 || job.out < 0 || ::fstat(job.in, &status) != 0) fail("cannot open");
  job.size = static_cast<size_t>(status.st_size);
  std::vector<std::jthread> threads;
  for (int i = 1; i < std::atoi(words[3]); ++i) threads.emplace_back([&job] { work(job); });
  work(job);
}
