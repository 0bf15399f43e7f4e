#include "sample_rows.h"

#include <algorithm>
#include <cstring>

#include "simd.h"

namespace instar {
namespace {

/*
 * b / 255 without a division: 1/255 in 16 bits, by which a byte's product is exact, and what is missing. One rounding is left,
 * and for all 256 bytes it is that of the division (SampleConverterContract tries them).
 */
constexpr float kOver255 = 0x1.0101p-8f;
constexpr float kOver255Rest = static_cast<float>(1.0 / 255 - 0x1.0101p-8);

/* How many pixels the vectors take at a time. */
constexpr int kPixels = 16;

/* The upper half of a finite float, rounded to nearest, ties to even. */
inline uint16_t bfloat16(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

struct Planes {
  __m128i red, green, blue;
};

/* Sixteen pixels, channel by channel. */
INSTAR_TARGET_AVX2 inline Planes planes(const uint8_t* rgb) {
  const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rgb));
  const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rgb + 16));
  const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rgb + 32));
  const auto gathered = [&](__m128i from_a, __m128i from_b, __m128i from_c) INSTAR_TARGET_AVX2 {
    return _mm_or_si128(_mm_or_si128(_mm_shuffle_epi8(a, from_a), _mm_shuffle_epi8(b, from_b)),
                        _mm_shuffle_epi8(c, from_c));
  };
  return {gathered(_mm_setr_epi8(0, 3, 6, 9, 12, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, -1, 2, 5, 8, 11, 14, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 4, 7, 10, 13)),
          gathered(_mm_setr_epi8(1, 4, 7, 10, 13, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, 0, 3, 6, 9, 12, 15, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 2, 5, 8, 11, 14)),
          gathered(_mm_setr_epi8(2, 5, 8, 11, 14, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, 1, 4, 7, 10, 13, -1, -1, -1, -1, -1, -1),
                   _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 3, 6, 9, 12, 15))};
}

/* Eight values of eight bytes, of one channel or of three in turn. */
template <bool kPlain>
INSTAR_TARGET_AVX2 inline __m256 values(__m128i bytes, __m256 mean, __m256 deviation) {
  const __m256 level = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes));
  const __m256 value = _mm256_add_ps(_mm256_mul_ps(level, _mm256_set1_ps(kOver255)),
                                     _mm256_mul_ps(level, _mm256_set1_ps(kOver255Rest)));
  return kPlain ? value : _mm256_div_ps(_mm256_sub_ps(value, mean), deviation);
}

/* The upper halves as 32-bit integers, rounded as bfloat16 does. */
INSTAR_TARGET_AVX2 inline __m256i upper_halves(__m256 value) {
  const __m256i bits = _mm256_castps_si256(value);
  const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
  return _mm256_srli_epi32(_mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff))), 16);
}

INSTAR_TARGET_AVX2 inline __m256i halves(__m256 front, __m256 back) {
  return _mm256_permute4x64_epi64(_mm256_packus_epi32(upper_halves(front), upper_halves(back)), 0xd8);
}

/*
 * 32 bytes of a sample. A batch of floats is larger than the caches, and a store that goes past them saves reading what is
 * overwritten: 18 us of 264 a sample of 602 KB. Needs an aligned target, and a fence after the sample.
 */
template <bool kPast>
INSTAR_TARGET_AVX2 inline void put(void* target, __m256i values) {
  if (kPast) {
    _mm256_stream_si256(static_cast<__m256i*>(target), values);
  } else {
    _mm256_storeu_si256(static_cast<__m256i*>(target), values);
  }
}

/* Sixteen values of one channel. */
template <bool kPlain, bool kPast>
INSTAR_TARGET_AVX2 inline void store_plane(__m128i bytes, float mean, float deviation, int type, int64_t at,
                                           uint8_t* slot) {
  if (type == INSTAR_UINT8) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(slot + at), bytes);
    return;
  }
  const __m256 means = _mm256_set1_ps(mean), deviations = _mm256_set1_ps(deviation);
  const __m256 front = values<kPlain>(bytes, means, deviations);
  const __m256 back = values<kPlain>(_mm_srli_si128(bytes, 8), means, deviations);
  if (type == INSTAR_FLOAT32) {
    put<kPast>(slot + 4 * at, _mm256_castps_si256(front));
    put<kPast>(slot + 4 * at + 32, _mm256_castps_si256(back));
  } else {
    put<kPast>(slot + 2 * at, halves(front, back));
  }
}

/* A row of at least 16 pixels; the last sixteen may overlap those before. */
template <bool kPlain, bool kPast>
INSTAR_TARGET_AVX2 void nchw_avx2(const uint8_t* rgb, int width, int64_t row, int64_t plane, const float* mean,
                                  const float* deviation, int type, uint8_t* slot) {
  for (int start = 0; start < width; start += kPixels) {
    const int x = std::min(start, width - kPixels);
    const Planes pixels = planes(rgb + 3 * x);
    store_plane<kPlain, kPast>(pixels.red, mean[0], deviation[0], type, row + x, slot);
    store_plane<kPlain, kPast>(pixels.green, mean[1], deviation[1], type, row + x + plane, slot);
    store_plane<kPlain, kPast>(pixels.blue, mean[2], deviation[2], type, row + x + 2 * plane, slot);
  }
}

INSTAR_TARGET_AVX2 inline __m256 in_turn(const float* channels, int phase) {
  float values[8];
  for (int i = 0; i < 8; i++) values[i] = channels[(phase + i) % 3];
  return _mm256_loadu_ps(values);
}

/* A row of at least 16 pixels, whose 48 values lie as their bytes do. */
template <bool kPlain, bool kPast>
INSTAR_TARGET_AVX2 void channels_last_avx2(const uint8_t* rgb, int width, int64_t row, const float* mean,
                                           const float* deviation, int type, uint8_t* slot) {
  const __m256 means[3] = {in_turn(mean, 0), in_turn(mean, 2), in_turn(mean, 1)};
  const __m256 deviations[3] = {in_turn(deviation, 0), in_turn(deviation, 2), in_turn(deviation, 1)};
  for (int start = 0; start < width; start += kPixels) {
    const int sample = 3 * std::min(start, width - kPixels);
    __m256 made[6];
    for (int i = 0; i < 6; i++) {
      const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(rgb + sample + 8 * i));
      made[i] = values<kPlain>(bytes, means[i % 3], deviations[i % 3]);
    }
    if (type == INSTAR_FLOAT32) {
      for (int i = 0; i < 6; i++) put<kPast>(slot + 4 * (row + sample + 8 * i), _mm256_castps_si256(made[i]));
    } else {
      for (int i = 0; i < 6; i += 2) put<kPast>(slot + 2 * (row + sample + 8 * i), halves(made[i], made[i + 1]));
    }
  }
}

/* Five pixels at a time, of 16 bytes that end with them. Returns how many it made. */
INSTAR_TARGET_AVX2 int mirror_avx2(const uint8_t* rgb, int width, uint8_t* mirrored) {
  const __m128i reversed = _mm_setr_epi8(13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, -1);
  int x = 0;
  for (; x + 6 <= width; x += 5) {
    const __m128i pixels = _mm_loadu_si128(reinterpret_cast<const __m128i*>(rgb + 3 * (width - 5 - x) - 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(mirrored + 3 * x), _mm_shuffle_epi8(pixels, reversed));
  }
  return x;
}

}  // namespace

SampleRows::SampleRows(const instar_sample_format& format, bool avx2)
    : width_(format.width),
      height_(format.height),
      channels_last_(format.channels_last != 0),
      avx2_(avx2),
      type_(format.type) {
  for (int c = 0; c < 3; c++) {
    mean_[c] = format.mean[c];
    deviation_[c] = format.deviation[c];
    erased_[c] = static_cast<uint8_t>(format.erased[c]);
    plain_ = plain_ && mean_[c] == 0 && deviation_[c] == 1;
    for (int level = 0; level < 256; level++) {
      floats_[c][level] = (static_cast<float>(level) / 255.0f - mean_[c]) / deviation_[c];
      halves_[c][level] = bfloat16(floats_[c][level]);
      bytes_[c][level] = static_cast<uint8_t>(level);
    }
  }
}

template <typename T>
void SampleRows::store_scalar(const uint8_t* rgb, int y, const T (*table)[256], T* slot) const {
  const int64_t step = channels_last_ ? 3 : 1;
  const int64_t plane = channels_last_ ? 1 : int64_t{width_} * height_;
  for (int c = 0; c < 3; c++) {
    T* target = slot + step * width_ * y + plane * c;
    for (int x = 0; x < width_; x++) target[step * x] = table[c][rgb[3 * x + c]];
  }
}

template <bool kPast>
void SampleRows::store_avx2(const uint8_t* rgb, int y, uint8_t* slot) const {
  const int64_t row = int64_t{width_} * y;
  if (channels_last_) {
    const auto store = plain_ ? channels_last_avx2<true, kPast> : channels_last_avx2<false, kPast>;
    store(rgb, width_, 3 * row, mean_, deviation_, type_, slot);
  } else {
    const auto store = plain_ ? nchw_avx2<true, kPast> : nchw_avx2<false, kPast>;
    store(rgb, width_, row, int64_t{width_} * height_, mean_, deviation_, type_, slot);
  }
}

void SampleRows::store(const uint8_t* rgb, int y, uint8_t* slot) const {
  const bool aligned = width_ % kPixels == 0 && reinterpret_cast<uintptr_t>(slot) % 32 == 0;
  if (channels_last_ && type_ == INSTAR_UINT8) {
    std::memcpy(slot + int64_t{width_} * y * 3, rgb, int64_t{width_} * 3);
  } else if (avx2_ && width_ >= kPixels) {
    aligned ? store_avx2<true>(rgb, y, slot) : store_avx2<false>(rgb, y, slot);
  } else if (type_ == INSTAR_FLOAT32) {
    store_scalar(rgb, y, floats_, reinterpret_cast<float*>(slot));
  } else if (type_ == INSTAR_BFLOAT16) {
    store_scalar(rgb, y, halves_, reinterpret_cast<uint16_t*>(slot));
  } else {
    store_scalar(rgb, y, bytes_, slot);
  }
}

void SampleRows::finish() const { _mm_sfence(); }

template <typename T>
void SampleRows::erase_as(int x, int y, int width, int height, const T* values, T* slot) const {
  const int64_t step = channels_last_ ? 3 : 1;
  const int64_t plane = channels_last_ ? 1 : int64_t{width_} * height_;
  for (int c = 0; c < 3; c++) {
    for (int row = y; row < y + height; row++) {
      T* target = slot + plane * c + step * (int64_t{width_} * row + x);
      for (int i = 0; i < width; i++) target[step * i] = values[c];
    }
  }
}

void SampleRows::erase(int x, int y, int width, int height, uint8_t* slot) const {
  const float zero[3] = {};
  const uint16_t none[3] = {};
  if (type_ == INSTAR_FLOAT32) {
    erase_as(x, y, width, height, zero, reinterpret_cast<float*>(slot));
  } else if (type_ == INSTAR_BFLOAT16) {
    erase_as(x, y, width, height, none, reinterpret_cast<uint16_t*>(slot));
  } else {
    erase_as(x, y, width, height, erased_, slot);
  }
}

void mirror_row(const uint8_t* rgb, int width, uint8_t* mirrored, bool avx2) {
  const int from = avx2 ? mirror_avx2(rgb, width, mirrored) : 0;
  const uint8_t* pixel = rgb + 3 * (width - 1 - from);
  for (int x = from; x < width; x++, pixel -= 3) std::memcpy(mirrored + 3 * x, pixel, 3);
}

}  // namespace instar
