#include <algorithm>
#include <cstring>

#include "convolve.h"
#include "instar_core.h"
#include "scratch.h"
#include "simd.h"

namespace {

using instar::Convolution;
using instar::Kernel;
using instar::Scratch;

/* Area: weights sum to 2^14 and rows leave 7 fractional bits, so 255 fits 16 signed bits between the passes. */
constexpr int kAreaRowShift = 14 - 7;
constexpr int kAreaColumnShift = 14 + 7;
/* Values that a vector load may read beyond the last one it needs. */
constexpr int kSlack = 32;

struct Source {
  const uint8_t* pixels;
  int64_t stride;

  const uint8_t* row(int y) const { return pixels + y * stride; }
};

inline int32_t pair_of(int32_t low, int32_t high) {
  return static_cast<int32_t>(static_cast<uint32_t>(low) | static_cast<uint32_t>(high) << 16);
}

/* --- Area, rows: `samples` bytes of several rows become one row with 7 fractional bits. --- */

void area_rows_scalar(const Source& source, int64_t offset, int samples, int first, int count, const int32_t* weights,
                      int16_t* mixed) {
  for (int x = 0; x < samples; x++) {
    int32_t sum = 1 << (kAreaRowShift - 1);
    for (int k = 0; k < count; k++) sum += weights[k] * source.row(first + k)[offset + x];
    mixed[x] = static_cast<int16_t>(sum >> kAreaRowShift);
  }
}

/* Two rows at a time, interleaved for the multiply-add of 16-bit pairs; reads each source byte once a new row. */
INSTAR_TARGET_AVX2 void area_rows_avx2(const Source& source, int64_t offset, int samples, int first, int count,
                                       const int32_t* weights, int16_t* mixed) {
  if (samples < 32) {
    area_rows_scalar(source, offset, samples, first, count, weights, mixed);
    return;
  }
  const __m256i zero = _mm256_setzero_si256();
  const __m256i half = _mm256_set1_epi32(1 << (kAreaRowShift - 1));
  for (int start = 0; start < samples; start += 32) {
    const int x = std::min(start, samples - 32);
    __m256i sum0 = half, sum1 = half, sum2 = half, sum3 = half;
    for (int k = 0; k < count; k += 2) {
      // A weight beyond the count is 0; its row is the one before, which exists.
      const uint8_t* upper = source.row(first + k) + offset + x;
      const uint8_t* lower = k + 1 < count ? upper + source.stride : upper;
      const __m256i weight = _mm256_set1_epi32(pair_of(weights[k], k + 1 < count ? weights[k + 1] : 0));
      const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(upper));
      const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lower));
      const __m256i low = _mm256_unpacklo_epi8(a, b);
      const __m256i high = _mm256_unpackhi_epi8(a, b);
      sum0 = _mm256_add_epi32(sum0, _mm256_madd_epi16(_mm256_unpacklo_epi8(low, zero), weight));
      sum1 = _mm256_add_epi32(sum1, _mm256_madd_epi16(_mm256_unpackhi_epi8(low, zero), weight));
      sum2 = _mm256_add_epi32(sum2, _mm256_madd_epi16(_mm256_unpacklo_epi8(high, zero), weight));
      sum3 = _mm256_add_epi32(sum3, _mm256_madd_epi16(_mm256_unpackhi_epi8(high, zero), weight));
    }
    // Lanes: sum0 has samples 0-3 and 16-19, sum1 4-7 and 20-23, and so on.
    const __m256i front =
        _mm256_packs_epi32(_mm256_srai_epi32(sum0, kAreaRowShift), _mm256_srai_epi32(sum1, kAreaRowShift));
    const __m256i back =
        _mm256_packs_epi32(_mm256_srai_epi32(sum2, kAreaRowShift), _mm256_srai_epi32(sum3, kAreaRowShift));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(mixed + x), _mm256_permute2x128_si256(front, back, 0x20));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(mixed + x + 16), _mm256_permute2x128_si256(front, back, 0x31));
  }
}

/* --- Area, columns: one mixed row becomes one row of the target. `base` is the source column that it starts at. --- */

void area_columns_scalar(const int16_t* mixed, int base, const Kernel& columns, int target_width, uint8_t* target) {
  for (int i = 0; i < target_width; i++) {
    const int16_t* pixel = mixed + 3 * (columns.first(i) - base);
    const int32_t* weights = columns.weights(i);
    int32_t red = 1 << (kAreaColumnShift - 1), green = red, blue = red;
    for (int k = 0; k < columns.count(i); k++, pixel += 3) {
      red += weights[k] * pixel[0];
      green += weights[k] * pixel[1];
      blue += weights[k] * pixel[2];
    }
    target[3 * i] = static_cast<uint8_t>(red >> kAreaColumnShift);
    target[3 * i + 1] = static_cast<uint8_t>(green >> kAreaColumnShift);
    target[3 * i + 2] = static_cast<uint8_t>(blue >> kAreaColumnShift);
  }
}

/* The column kernel for AVX2: 16-bit weights, each record's count rounded up to whole groups of four columns. */
struct AreaColumns {
  Scratch<int16_t> weights;
  int stride;

  bool fill(const Kernel& columns, int target_width) {
    stride = (columns.taps + 3) / 4 * 4;
    if (!weights.reserve(int64_t{stride} * target_width)) return false;
    for (int i = 0; i < target_width; i++) {
      for (int k = 0; k < stride; k++) {
        weights.get()[int64_t{i} * stride + k] = static_cast<int16_t>(k < columns.count(i) ? columns.weights(i)[k] : 0);
      }
    }
    return true;
  }
};

/* Four columns at a time: two in each lane, shuffled to pairs of red, green and blue for the multiply-add. */
INSTAR_TARGET_AVX2 void area_columns_avx2(const int16_t* mixed, int base, const Kernel& columns,
                                          const AreaColumns& packed, int target_width, uint8_t* target) {
  const __m256i to_pairs = _mm256_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1, 0, 1, 6, 7, 2, 3, 8,
                                            9, 4, 5, 10, 11, -1, -1, -1, -1);
  const __m256i spread = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
  const __m128i half = _mm_set1_epi32(1 << (kAreaColumnShift - 1));
  const int16_t* weights = packed.weights.get();
  for (int i = 0; i < target_width; i++, weights += packed.stride) {
    const int16_t* pixel = mixed + 3 * (columns.first(i) - base);
    __m256i sums = _mm256_setzero_si256();
    for (int k = 0; k < columns.count(i); k += 4, pixel += 12) {
      const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel));
      const __m128i second = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel + 6));
      const __m256i pairs = _mm256_shuffle_epi8(_mm256_set_m128i(second, first), to_pairs);
      const __m128i four = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(weights + k));
      const __m256i weight = _mm256_permutevar8x32_epi32(_mm256_castsi128_si256(four), spread);
      sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, weight));
    }
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    sum = _mm_srai_epi32(_mm_add_epi32(sum, half), kAreaColumnShift);
    sum = _mm_packus_epi16(_mm_packs_epi32(sum, sum), sum);
    const int32_t bytes = _mm_cvtsi128_si32(sum);
    std::memcpy(target + 3 * i, &bytes, i + 1 < target_width ? 4 : 3);
  }
}

}  // namespace

int instar_simd(void) { return __builtin_cpu_supports("avx2") ? INSTAR_AVX2 : INSTAR_SCALAR; }

int instar_area(const uint8_t* source_pixels, int64_t source_stride, const int32_t* row_records, int row_taps,
                const int32_t* column_records, int column_taps, uint8_t* target, int target_width, int target_height,
                int simd) {
  const Source source = {source_pixels, source_stride};
  const Kernel rows = {row_records, row_taps};
  const Kernel columns = {column_records, column_taps};
  const bool avx2 = simd >= INSTAR_AVX2 && instar_simd() >= INSTAR_AVX2;
  const int base = columns.first(0);
  const int samples = 3 * (columns.end(target_width - 1) - base);
  Scratch<int16_t> mixed;
  AreaColumns packed;
  if (!mixed.reserve(int64_t{samples} + kSlack) || (avx2 && !packed.fill(columns, target_width))) return INSTAR_NO_MEMORY;
  std::fill_n(mixed.get() + samples, kSlack, int16_t{0});
  for (int y = 0; y < target_height; y++) {
    uint8_t* out = target + int64_t{y} * target_width * 3;
    if (avx2) {
      area_rows_avx2(source, int64_t{base} * 3, samples, rows.first(y), rows.count(y), rows.weights(y), mixed.get());
      area_columns_avx2(mixed.get(), base, columns, packed, target_width, out);
    } else {
      area_rows_scalar(source, int64_t{base} * 3, samples, rows.first(y), rows.count(y), rows.weights(y), mixed.get());
      area_columns_scalar(mixed.get(), base, columns, target_width, out);
    }
  }
  return INSTAR_OK;
}

int instar_convolve(const uint8_t* source_pixels, int64_t source_stride, const int32_t* row_records, int row_taps,
                    const int32_t* column_records, int column_taps, uint8_t* target, int target_width,
                    int target_height, int simd) {
  const Source source = {source_pixels, source_stride};
  const bool avx2 = simd >= INSTAR_AVX2 && instar_simd() >= INSTAR_AVX2;
  Convolution rows, columns;
  const bool prepared = rows.prepare({row_records, row_taps}, target_height, 0) &&
                        columns.prepare({column_records, column_taps}, target_width, 0);
  if (!prepared) return INSTAR_NO_MEMORY;
  const int top = rows.kernel().first(0);
  const int bottom = rows.kernel().end(target_height - 1);
  const int samples = 3 * target_width;
  Scratch<uint8_t> narrowed;
  if (!narrowed.reserve(int64_t{bottom - top} * samples + instar::kColumnSlack)) return INSTAR_NO_MEMORY;
  for (int y = top; y < bottom; y++) {
    instar::convolve_columns(source.row(y), columns, narrowed.get() + int64_t{y - top} * samples, avx2);
  }
  for (int y = 0; y < target_height; y++) {
    const uint8_t* in = narrowed.get() + int64_t{rows.kernel().first(y) - top} * samples;
    instar::convolve_rows(in, samples, rows, y, target + int64_t{y} * samples, avx2);
  }
  return INSTAR_OK;
}
