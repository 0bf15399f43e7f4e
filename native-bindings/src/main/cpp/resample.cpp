#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include <immintrin.h>

#include "instar_core.h"

/*
 * Every function here has a scalar form and one for AVX2 that gives the same bytes: integers only, the same order of
 * rounding. The compiler may use AVX2 only in functions that say so; who calls them has asked the processor.
 */
#define INSTAR_TARGET_AVX2 __attribute__((target("avx2")))

namespace {

/* Area: weights sum to 2^14 and rows leave 7 fractional bits, so 255 fits 16 signed bits between the passes. */
constexpr int kAreaRowShift = 14 - 7;
constexpr int kAreaColumnShift = 14 + 7;
/* Pillow's PRECISION_BITS: 32 bits, less 8 of a pixel, less 2 of headroom. */
constexpr int kConvolveShift = 32 - 8 - 2;
/* Values that a vector load may read beyond the last one it needs. */
constexpr int kSlack = 32;

/* One direction's weights, as the header describes them. */
struct Kernel {
  const int32_t* records;
  int taps;

  const int32_t* record(int i) const { return records + int64_t{i} * (taps + 2); }
  int first(int i) const { return record(i)[0]; }
  int count(int i) const { return record(i)[1]; }
  int end(int i) const { return first(i) + count(i); }
  const int32_t* weights(int i) const { return record(i) + 2; }
};

struct Source {
  const uint8_t* pixels;
  int64_t stride;

  const uint8_t* row(int y) const { return pixels + y * stride; }
};

template <typename T>
std::unique_ptr<T[]> scratch(int64_t count) {
  return std::unique_ptr<T[]>(new (std::nothrow) T[count]);
}

inline uint8_t clipped(int32_t value) { return static_cast<uint8_t>(std::min(255, std::max(0, value))); }

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
  std::unique_ptr<int16_t[]> weights;
  int stride;

  bool fill(const Kernel& columns, int target_width) {
    stride = (columns.taps + 3) / 4 * 4;
    weights = scratch<int16_t>(int64_t{stride} * target_width);
    if (!weights) return false;
    for (int i = 0; i < target_width; i++) {
      for (int k = 0; k < stride; k++) {
        weights[int64_t{i} * stride + k] = static_cast<int16_t>(k < columns.count(i) ? columns.weights(i)[k] : 0);
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

/* --- Pillow's filters, columns: one source row becomes one row of bytes. --- */

inline void convolve_pixel(const uint8_t* pixel, int count, const int32_t* weights, uint8_t* target) {
  int32_t red = 1 << (kConvolveShift - 1), green = red, blue = red;
  for (int k = 0; k < count; k++, pixel += 3) {
    red += pixel[0] * weights[k];
    green += pixel[1] * weights[k];
    blue += pixel[2] * weights[k];
  }
  target[0] = clipped(red >> kConvolveShift);
  target[1] = clipped(green >> kConvolveShift);
  target[2] = clipped(blue >> kConvolveShift);
}

void convolve_columns_scalar(const uint8_t* row, const Kernel& columns, int target_width, uint8_t* target) {
  for (int i = 0; i < target_width; i++) {
    convolve_pixel(row + 3 * columns.first(i), columns.count(i), columns.weights(i), target + 3 * i);
  }
}

/* Two columns at a time. A load takes 8 bytes for 6, so pixels near the end of the row are left to the scalar form. */
INSTAR_TARGET_AVX2 void convolve_columns_avx2(const uint8_t* row, const Kernel& columns, int target_width,
                                              uint8_t* target) {
  const __m128i to_lanes = _mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const __m128i half = _mm_set1_epi32(1 << (kConvolveShift - 1));
  const int last_column = columns.end(target_width - 1);
  for (int i = 0; i < target_width; i++) {
    const int count = columns.count(i);
    const uint8_t* pixel = row + 3 * columns.first(i);
    const int32_t* weights = columns.weights(i);
    if (columns.first(i) + count + 2 > last_column) {
      convolve_pixel(pixel, count, weights, target + 3 * i);
      continue;
    }
    __m256i sums = _mm256_setzero_si256();
    for (int k = 0; k < count; k += 2, pixel += 6) {
      const __m128i two = _mm_shuffle_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(pixel)), to_lanes);
      const __m256i weight = _mm256_set_m128i(_mm_set1_epi32(weights[k + 1]), _mm_set1_epi32(weights[k]));
      sums = _mm256_add_epi32(sums, _mm256_mullo_epi32(_mm256_cvtepu8_epi32(two), weight));
    }
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    sum = _mm_srai_epi32(_mm_add_epi32(sum, half), kConvolveShift);
    sum = _mm_packus_epi16(_mm_packs_epi32(sum, sum), sum);
    const int32_t bytes = _mm_cvtsi128_si32(sum);
    std::memcpy(target + 3 * i, &bytes, i + 1 < target_width ? 4 : 3);
  }
}

/* --- Pillow's filters, rows: several rows of bytes become one row of the target. --- */

void convolve_rows_scalar(const uint8_t* rows, int samples, int count, const int32_t* weights, uint8_t* target,
                          int from) {
  for (int x = from; x < samples; x++) {
    int32_t sum = 1 << (kConvolveShift - 1);
    for (int k = 0; k < count; k++) sum += rows[int64_t{k} * samples + x] * weights[k];
    target[x] = clipped(sum >> kConvolveShift);
  }
}

INSTAR_TARGET_AVX2 void convolve_rows_avx2(const uint8_t* rows, int samples, int count, const int32_t* weights,
                                           uint8_t* target) {
  const __m256i half = _mm256_set1_epi32(1 << (kConvolveShift - 1));
  int x = 0;
  for (; x + 16 <= samples; x += 16) {
    __m256i front = half, back = half;
    for (int k = 0; k < count; k++) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rows + int64_t{k} * samples + x));
      const __m256i weight = _mm256_set1_epi32(weights[k]);
      front = _mm256_add_epi32(front, _mm256_mullo_epi32(_mm256_cvtepu8_epi32(bytes), weight));
      back = _mm256_add_epi32(back, _mm256_mullo_epi32(_mm256_cvtepu8_epi32(_mm_srli_si128(bytes, 8)), weight));
    }
    front = _mm256_srai_epi32(front, kConvolveShift);
    back = _mm256_srai_epi32(back, kConvolveShift);
    const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(front, back), 0xd8);
    const __m128i packed = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(target + x), packed);
  }
  convolve_rows_scalar(rows, samples, count, weights, target, x);
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
  const auto mixed = scratch<int16_t>(int64_t{samples} + kSlack);
  AreaColumns packed;
  if (!mixed || (avx2 && !packed.fill(columns, target_width))) return INSTAR_NO_MEMORY;
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
  const Kernel rows = {row_records, row_taps};
  const Kernel columns = {column_records, column_taps};
  const bool avx2 = simd >= INSTAR_AVX2 && instar_simd() >= INSTAR_AVX2;
  const int top = rows.first(0);
  const int bottom = rows.end(target_height - 1);
  const int samples = 3 * target_width;
  const auto narrowed = scratch<uint8_t>(int64_t{bottom - top} * samples);
  if (!narrowed) return INSTAR_NO_MEMORY;
  for (int y = top; y < bottom; y++) {
    uint8_t* out = narrowed.get() + int64_t{y - top} * samples;
    if (avx2) {
      convolve_columns_avx2(source.row(y), columns, target_width, out);
    } else {
      convolve_columns_scalar(source.row(y), columns, target_width, out);
    }
  }
  for (int y = 0; y < target_height; y++) {
    const uint8_t* in = narrowed.get() + int64_t{rows.first(y) - top} * samples;
    uint8_t* out = target + int64_t{y} * samples;
    if (avx2) {
      convolve_rows_avx2(in, samples, rows.count(y), rows.weights(y), out);
    } else {
      convolve_rows_scalar(in, samples, rows.count(y), rows.weights(y), out, 0);
    }
  }
  return INSTAR_OK;
}
