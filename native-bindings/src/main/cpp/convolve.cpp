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

void columns_scalar(const uint8_t* row, const Convolution& columns, int from, uint8_t* target) {
  const Kernel& kernel = columns.kernel();
  for (int i = from; i < columns.count(); i++) {
    const uint8_t* pixel = row + 3 * (kernel.first(i) - columns.base());
    const int32_t* weights = kernel.weights(i);
    int32_t red = kHalf, green = kHalf, blue = kHalf;
    for (int k = 0; k < kernel.count(i); k++, pixel += 3) {
      red += pixel[0] * weights[k];
      green += pixel[1] * weights[k];
      blue += pixel[2] * weights[k];
    }
    target[3 * i] = clipped(red >> kShift);
    target[3 * i + 1] = clipped(green >> kShift);
    target[3 * i + 2] = clipped(blue >> kShift);
  }
}

/* Eight bytes from `at`; with kEdge, zeros for those from `end` on. */
template <bool kEdge>
INSTAR_TARGET_AVX2 inline __m128i eight_bytes(const uint8_t* at, const uint8_t* end) {
  if (!kEdge || end - at >= 8) return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at));
  uint8_t bytes[8] = {};
  if (end > at) std::memcpy(bytes, at, end - at);
  return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes));
}

/* Sums of two new pixels, one in each lane, as 32-bit red, green, blue and nothing. */
struct Sums {
  __m256i low, high;
};

INSTAR_TARGET_AVX2 inline Sums no_sums() { return {_mm256_set1_epi32(kHalf), _mm256_setzero_si256()}; }

INSTAR_TARGET_AVX2 inline void add(Sums& sums, __m256i pixels, __m256i lows, __m256i highs) {
  sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(pixels, lows));
  sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(pixels, highs));
}

INSTAR_TARGET_AVX2 inline __m256i level(const Sums& sums) {
  return _mm256_srai_epi32(_mm256_add_epi32(sums.low, _mm256_slli_epi32(sums.high, kLowBits)), kShift);
}

/* Adds the next two old pixels of the new pixels j and j + 4 of a group. */
template <bool kEdge>
INSTAR_TARGET_AVX2 inline void add_columns(Sums& sums, const uint8_t* row, const uint8_t* end, const int32_t* starts, int j,
                                           const int32_t* weights) {
  // Bytes of two pixels to 16-bit pairs of their reds, greens and blues.
  const __m256i to_pairs = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,  //
                                            0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  const __m256i bytes =
      _mm256_set_m128i(eight_bytes<kEdge>(row + starts[j + 4], end), eight_bytes<kEdge>(row + starts[j], end));
  const __m256i* laid = reinterpret_cast<const __m256i*>(weights) + 2 * j;
  add(sums, _mm256_shuffle_epi8(bytes, to_pairs), _mm256_loadu_si256(laid), _mm256_loadu_si256(laid + 1));
}

/* The columns of a group. kPairs is the number of pairs of weights, or 0 for any. */
template <int kPairs, bool kEdge>
INSTAR_TARGET_AVX2 inline void group_avx2(const uint8_t* row, const uint8_t* end, const Convolution& columns, int group,
                                          uint8_t* target) {
  const __m256i drop_fourths = _mm256_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1,  //
                                                0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  const int pairs = kPairs != 0 ? kPairs : columns.most_pairs();
  const int32_t* starts = columns.starts(group);
  const int32_t* weights = columns.laid(group);
  Sums a = no_sums(), b = a, c = a, d = a;
  for (int k = 0; k < pairs; k++, row += 6, weights += 64) {
    add_columns<kEdge>(a, row, end, starts, 0, weights);
    add_columns<kEdge>(b, row, end, starts, 1, weights);
    add_columns<kEdge>(c, row, end, starts, 2, weights);
    add_columns<kEdge>(d, row, end, starts, 3, weights);
  }
  const __m256i words = _mm256_packs_epi32(level(a), level(b));
  const __m256i more = _mm256_packs_epi32(level(c), level(d));
  const __m256i made = _mm256_shuffle_epi8(_mm256_packus_epi16(words, more), drop_fourths);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(target), _mm256_castsi256_si128(made));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(target + 12), _mm256_extracti128_si256(made, 1));
}

/* Group after group. Returns the first column that it left. */
template <int kPairs>
INSTAR_TARGET_AVX2 int columns_avx2(const uint8_t* row, const Convolution& columns, uint8_t* target) {
  constexpr int kGroup = Convolution::kGroup;
  const int bytes = 3 * (columns.kernel().end(columns.count() - 1) - columns.base());
  const uint8_t* end = row + bytes;
  // A load takes 8 bytes for 6, and pixels of fewer weights than others are read as far.
  const int farthest = bytes - 6 * columns.most_pairs() - 2;
  int group = 0;
  for (; group < columns.groups() && columns.starts(group)[kGroup - 1] <= farthest; group++) {
    group_avx2<kPairs, false>(row, end, columns, group, target + 3 * kGroup * group);
  }
  for (; group < columns.groups(); group++) {
    group_avx2<kPairs, true>(row, end, columns, group, target + 3 * kGroup * group);
  }
  return columns.groups() * kGroup;
}

void rows_scalar(const uint8_t* rows, int samples, int count, const int32_t* weights, int from, uint8_t* target) {
  for (int x = from; x < samples; x++) {
    int32_t sum = kHalf;
    for (int k = 0; k < count; k++) sum += rows[int64_t{k} * samples + x] * weights[k];
    target[x] = clipped(sum >> kShift);
  }
}

/* 32 bytes at a time, two rows interleaved for the multiply-add; kPairs as above. Returns the first byte that it left. */
template <int kPairs>
INSTAR_TARGET_AVX2 int rows_avx2(const uint8_t* rows, int samples, const Convolution& kernel, int i, uint8_t* target) {
  const __m256i zero = _mm256_setzero_si256();
  const int count = kernel.kernel().count(i);
  const int pairs = kPairs != 0 ? kPairs : kernel.pairs(i);
  int x = 0;
  for (; x + 32 <= samples; x += 32) {
    Sums a = no_sums(), b = a, c = a, d = a;
    for (int k = 0; k < pairs; k++) {
      // A weight beyond the count is 0; its row is the one before, which exists.
      const uint8_t* upper = rows + int64_t{2} * k * samples + x;
      const uint8_t* lower = 2 * k + 1 < count ? upper + samples : upper;
      const __m256i one = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(upper));
      const __m256i other = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lower));
      const __m256i front = _mm256_unpacklo_epi8(one, other);
      const __m256i back = _mm256_unpackhi_epi8(one, other);
      const __m256i lows = _mm256_set1_epi32(kernel.pair(i, k)[0]);
      const __m256i highs = _mm256_set1_epi32(kernel.pair(i, k)[1]);
      add(a, _mm256_unpacklo_epi8(front, zero), lows, highs);
      add(b, _mm256_unpackhi_epi8(front, zero), lows, highs);
      add(c, _mm256_unpacklo_epi8(back, zero), lows, highs);
      add(d, _mm256_unpackhi_epi8(back, zero), lows, highs);
    }
    // Packing works within lanes, as unpacking did.
    const __m256i words = _mm256_packs_epi32(level(a), level(b));
    const __m256i more = _mm256_packs_epi32(level(c), level(d));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(target + x), _mm256_packus_epi16(words, more));
  }
  return x;
}

}  // namespace

bool Convolution::prepare(const Kernel& kernel, int count, int base) {
  kernel_ = kernel;
  count_ = count;
  base_ = base;
  most_pairs_ = 0;
  for (int i = 0; i < count; i++) most_pairs_ = std::max(most_pairs_, pairs(i));
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
  return lay();
}

bool Convolution::lay() {
  if (!laid_.reserve(int64_t{64} * most_pairs_ * groups()) || !starts_.reserve(int64_t{kGroup} * groups())) return false;
  int32_t* laid = laid_.get();
  for (int first = 0; first < groups() * kGroup; first += kGroup) {
    for (int i = first; i < first + kGroup; i++) starts_.get()[i] = 3 * (kernel_.first(i) - base_);
    for (int k = 0; k < most_pairs_; k++) {
      for (int j = first; j < first + 4; j++, laid += 16) {
        for (int half = 0; half < 2; half++) {
          std::fill_n(laid + 8 * half, 4, pair(j, k)[half]);
          std::fill_n(laid + 8 * half + 4, 4, pair(j + 4, k)[half]);
        }
      }
    }
  }
  return true;
}

void convolve_columns(const uint8_t* row, const Convolution& columns, uint8_t* target, bool avx2) {
  int from = 0;
  if (avx2) {
    const int pairs = columns.most_pairs();
    const auto make = pairs == 1 ? columns_avx2<1> : pairs == 2 ? columns_avx2<2> : columns_avx2<0>;
    from = make(row, columns, target);
  }
  columns_scalar(row, columns, from, target);
}

void convolve_rows(const uint8_t* rows, int samples, const Convolution& kernel, int i, uint8_t* target, bool avx2) {
  int from = 0;
  if (avx2) {
    const int pairs = kernel.pairs(i);
    const auto make = pairs == 1 ? rows_avx2<1> : pairs == 2 ? rows_avx2<2> : rows_avx2<0>;
    from = make(rows, samples, kernel, i, target);
  }
  rows_scalar(rows, samples, kernel.kernel().count(i), kernel.kernel().weights(i), from, target);
}

}  // namespace instar
