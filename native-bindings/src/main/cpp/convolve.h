/*
 * Pillow's resampling (ImagingResample in its Resample.c) in its two steps: columns of a row, then rows of a column. Every
 * function gives the same bytes whatever instructions it may use.
 */
#ifndef INSTAR_CONVOLVE_H
#define INSTAR_CONVOLVE_H

#include <cstdint>

#include "scratch.h"

namespace instar {

/* Values that a vector store may write beyond the last one of a row that convolve_columns makes. */
constexpr int kColumnSlack = 4;

/* One direction's weights, in the records that instar_core.h describes. */
struct Kernel {
  const int32_t* records;
  int taps;

  const int32_t* record(int i) const { return records + int64_t{i} * (taps + 2); }
  int first(int i) const { return record(i)[0]; }
  int count(int i) const { return record(i)[1]; }
  int end(int i) const { return first(i) + count(i); }
  const int32_t* weights(int i) const { return record(i) + 2; }
};

/*
 * A kernel with its weights laid for multiply-adds of 16 bits: weight = high * 2^15 + low, and sums of either half, modulo
 * 2^32, give the sum of the whole to the bit.
 */
class Convolution {
 public:
  /* New pixels whose columns are made together; those left over are made one by one. */
  static constexpr int kGroup = 8;

  /* For `count` new pixels of rows that start with old pixel `base`; false where there is no memory. Copies no records. */
  bool prepare(const Kernel& kernel, int count, int base);

  const Kernel& kernel() const { return kernel_; }
  int count() const { return count_; }
  int base() const { return base_; }
  int groups() const { return count_ / kGroup; }

  /* Pairs of weights of a new pixel, an odd one out beside 0. */
  int pairs(int i) const { return (kernel_.count(i) + 1) / 2; }

  /* The most that a new pixel has. */
  int most_pairs() const { return most_pairs_; }

  /* Pair `k` of new pixel `i`: low halves in an integer, high halves in the next. */
  const int32_t* pair(int i, int k) const { return halves_.get() + 2 * (int64_t{i} * most_pairs_ + k); }

  /*
   * The weights of a group, for each pair 64 integers: for j from 0 to 3 the low halves of new pixel j, four times, and of j + 4,
   * four times, then their high halves.
   */
  const int32_t* laid(int group) const { return laid_.get() + int64_t{group} * most_pairs_ * 64; }

  /* Where in a row the first old pixels of a group's new pixels start, in bytes. */
  const int32_t* starts(int group) const { return starts_.get() + int64_t{group} * kGroup; }

 private:
  bool lay();

  Kernel kernel_ = {};
  int count_ = 0;
  int base_ = 0;
  int most_pairs_ = 0;
  Scratch<int32_t> halves_, laid_, starts_;
};

/* One row of bytes becomes one of `columns.count()` pixels. `target` has kColumnSlack bytes more than that takes. */
void convolve_columns(const uint8_t* row, const Convolution& columns, uint8_t* target, bool avx2);

/* `rows` points to the first of the rows that count for new row `i`, each of `samples` bytes. */
void convolve_rows(const uint8_t* rows, int samples, const Convolution& kernel, int i, uint8_t* target, bool avx2);

}  // namespace instar

#endif
