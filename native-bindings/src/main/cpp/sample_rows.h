/* The last step of a sample: rows of RGB become values in its slot. */
#ifndef INSTAR_SAMPLE_ROWS_H
#define INSTAR_SAMPLE_ROWS_H

#include <cstdint>

#include "instar_core.h"

namespace instar {

/* Writes rows in one layout and type. The same bits with AVX2 and without. */
class SampleRows {
 public:
  SampleRows(const instar_sample_format& format, bool avx2);

  /* Row `y` of the sample from packed RGB. */
  void store(const uint8_t* rgb, int y, uint8_t* slot) const;

  /* After the last row: other threads may see the sample from here on. */
  void finish() const;

  /* Makes a part of the sample 0, in bytes the mean. */
  void erase(int x, int y, int width, int height, uint8_t* slot) const;

 private:
  template <typename T>
  void store_scalar(const uint8_t* rgb, int y, const T (*table)[256], T* slot) const;
  template <bool kPast>
  void store_avx2(const uint8_t* rgb, int y, uint8_t* slot) const;
  template <typename T>
  void erase_as(int x, int y, int width, int height, const T* values, T* slot) const;

  const int width_, height_;
  const bool channels_last_, avx2_;
  const int type_;
  /* Neither a mean nor a deviation: values stay in [0, 1]. */
  bool plain_ = true;
  float mean_[3], deviation_[3];
  float floats_[3][256];
  uint16_t halves_[3][256];
  uint8_t bytes_[3][256];
  uint8_t erased_[3];
};

/* Exchanges left and right of a row of packed RGB; two different rows. */
void mirror_row(const uint8_t* rgb, int width, uint8_t* mirrored, bool avx2);

}  // namespace instar

#endif
