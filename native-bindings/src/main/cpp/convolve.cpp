#include "convolve.h"

#include <algorithm>
#include <cstring>

#include "simd.h"

namespace instar {
namespace {

/* Pillow's PRECISION_BITS: 32 bits, less 8 of a pixel, less 2 of headroom. */
constexpr int kShift = 32 - 8 - 2;
constexpr int32_t kHalf = 1 << (kShift - 1);
/* Bits of the low half of a weight: as many as a signed 16-bit factor takes. */
constexpr int kLowBits = 15;

inline uint8_t clipped(int32_t value) { return static_cast<uint8_t>(std::min(255, std::max(0, value))); }

inline int32_t pair_of(int32_t first, int32_t second) {
  return static_cast<int32_t>((static_cast<uint32_t>(first) & 0xffff) | static_cast<uint32_t>(second) << 16);
}

void columns_scalar(const uint8_t* row, int base, const Kernel& columns, int from, int to, uint8_t* target) {
  for (int i = from; i < to; i++) {
    const uint8_t* pixel = row + 3 * (columns.first(i) - base);
    const int32_t* weights = columns.weights(i);
    int32_t red = kHalf, green = kHalf, blue = kHalf;
    for (int k = 0; k < columns.count(i); k++, pixel += 3) {
      red += pixel[0] * weights[k];
      green += pixel[1] * weights[k];
      blue += pixel[2] * weights[k];
    }
    target[3 * i] = clipped(red >> kShift);
    target[3 * i + 1] = clipped(green >> kShift);
    target[3 * i + 2] = clipped(blue >> kShift);
  }
}

/* Two new pixels, one in each lane: their sums, as 32-bit red, green, blue and nothing. */
INSTAR_TARGET_AVX2 inline __m256i two_columns(const uint8_t* row, int base, const Convolution& columns, int i) {
  // Bytes of two pixels to 16-bit pairs of their reds, greens and blues.
  const __m256i to_pairs = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,  //
                                            0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  const Kernel& kernel = columns.kernel();
  const uint8_t* one = row + 3 * (kernel.first(i) - base);
  const uint8_t* other = row + 3 * (kernel.first(i + 1) - base);
  const int pairs = std::max(columns.pairs(i), columns.pairs(i + 1));
  __m256i low = _mm256_set1_epi32(kHalf);
  __m256i high = _mm256_setzero_si256();
  for (int k = 0; k < pairs; k++) {
    const __m256i bytes =
        _mm256_set_m128i(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(other + 6 * k)),
                         _mm_loadl_epi64(reinterpret_cast<const __m128i*>(one + 6 * k)));
    const __m256i pixels = _mm256_shuffle_epi8(bytes, to_pairs);
    const int32_t* a = columns.pair(i, k);
    const int32_t* b = columns.pair(i + 1, k);
    const __m256i lows = _mm256_set_m128i(_mm_set1_epi32(b[0]), _mm_set1_epi32(a[0]));
    const __m256i highs = _mm256_set_m128i(_mm_set1_epi32(b[1]), _mm_set1_epi32(a[1]));
    low = _mm256_add_epi32(low, _mm256_madd_epi16(pixels, lows));
    high = _mm256_add_epi32(high, _mm256_madd_epi16(pixels, highs));
  }
  return _mm256_srai_epi32(_mm256_add_epi32(low, _mm256_slli_epi32(high, kLowBits)), kShift);
}

/* Four columns at a time. Returns the first that it left: a load takes 8 bytes for 6, so the last ones may not be read so. */
INSTAR_TARGET_AVX2 int columns_avx2(const uint8_t* row, int base, const Convolution& columns, uint8_t* target) {
  const __m128i drop_fourths = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  const Kernel& kernel = columns.kernel();
  const int last = kernel.end(columns.count() - 1);
  int i = 0;
  for (; i + 4 <= columns.count(); i += 4) {
    // Weights of the wider neighbour are read for both, up to two pixels beyond the narrower one's.
    int most = 0;
    for (int k = 0; k < 4; k++) most = std::max(most, columns.pairs(i + k));
    if (kernel.first(i + 3) + 2 * most + 1 > last) break;
    const __m256i words = _mm256_packs_epi32(two_columns(row, base, columns, i), two_columns(row, base, columns, i + 2));
    const __m256i bytes = _mm256_packus_epi16(words, words);
    const __m128i four = _mm_unpacklo_epi32(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(target + 3 * i), _mm_shuffle_epi8(four, drop_fourths));
  }
  return i;
}

void rows_scalar(const uint8_t* rows, int samples, int count, const int32_t* weights, int from, uint8_t* target) {
  for (int x = from; x < samples; x++) {
    int32_t sum = kHalf;
    for (int k = 0; k < count; k++) sum += rows[int64_t{k} * samples + x] * weights[k];
    target[x] = clipped(sum >> kShift);
  }
}

struct Sums {
  __m256i low, high;
};

INSTAR_TARGET_AVX2 inline void add(Sums& sums, __m256i pixels, __m256i lows, __m256i highs) {
  sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(pixels, lows));
  sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(pixels, highs));
}

INSTAR_TARGET_AVX2 inline __m256i level(const Sums& sums) {
  return _mm256_srai_epi32(_mm256_add_epi32(sums.low, _mm256_slli_epi32(sums.high, kLowBits)), kShift);
}

/* 32 bytes at a time, two rows interleaved for the multiply-add. Returns the first byte that it left. */
INSTAR_TARGET_AVX2 int rows_avx2(const uint8_t* rows, int samples, const Convolution& kernel, int i, uint8_t* target) {
  const __m256i zero = _mm256_setzero_si256();
  const int count = kernel.kernel().count(i);
  const int pairs = kernel.pairs(i);
  int x = 0;
  for (; x + 32 <= samples; x += 32) {
    const Sums none = {_mm256_set1_epi32(kHalf), zero};
    Sums sums[4] = {none, none, none, none};
    for (int k = 0; k < pairs; k++) {
      // A weight beyond the count is 0; its row is the one before, which exists.
      const uint8_t* upper = rows + int64_t{2} * k * samples + x;
      const uint8_t* lower = 2 * k + 1 < count ? upper + samples : upper;
      const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(upper));
      const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lower));
      const __m256i front = _mm256_unpacklo_epi8(a, b);
      const __m256i back = _mm256_unpackhi_epi8(a, b);
      const __m256i lows = _mm256_set1_epi32(kernel.pair(i, k)[0]);
      const __m256i highs = _mm256_set1_epi32(kernel.pair(i, k)[1]);
      add(sums[0], _mm256_unpacklo_epi8(front, zero), lows, highs);
      add(sums[1], _mm256_unpackhi_epi8(front, zero), lows, highs);
      add(sums[2], _mm256_unpacklo_epi8(back, zero), lows, highs);
      add(sums[3], _mm256_unpackhi_epi8(back, zero), lows, highs);
    }
    // Packing works within lanes, as unpacking did.
    const __m256i words = _mm256_packs_epi32(level(sums[0]), level(sums[1]));
    const __m256i more = _mm256_packs_epi32(level(sums[2]), level(sums[3]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(target + x), _mm256_packus_epi16(words, more));
  }
  return x;
}

}  // namespace

bool Convolution::prepare(const Kernel& kernel, int count) {
  kernel_ = kernel;
  count_ = count;
  most_pairs_ = (kernel.taps + 1) / 2;
  if (!halves_.reserve(int64_t{2} * most_pairs_ * count)) return false;
  for (int i = 0; i < count; i++) {
    const int32_t* weights = kernel.weights(i);
    int32_t* halves = halves_.get() + int64_t{2} * most_pairs_ * i;
    for (int k = 0; k < 2 * most_pairs_; k += 2, halves += 2) {
      const int32_t first = k < kernel.count(i) ? weights[k] : 0;
      const int32_t second = k + 1 < kernel.count(i) ? weights[k + 1] : 0;
      constexpr int32_t kLowMask = (1 << kLowBits) - 1;
      halves[0] = pair_of(first & kLowMask, second & kLowMask);
      halves[1] = pair_of(first >> kLowBits, second >> kLowBits);
    }
  }
  return true;
}

void convolve_columns(const uint8_t* row, int base, const Convolution& columns, uint8_t* target, bool avx2) {
  const int from = avx2 ? columns_avx2(row, base, columns, target) : 0;
  columns_scalar(row, base, columns.kernel(), from, columns.count(), target);
}

void convolve_rows(const uint8_t* rows, int samples, const Convolution& kernel, int i, uint8_t* target, bool avx2) {
  const int from = avx2 ? rows_avx2(rows, samples, kernel, i, target) : 0;
  rows_scalar(rows, samples, kernel.kernel().count(i), kernel.kernel().weights(i), from, target);
}

}  // namespace instar
