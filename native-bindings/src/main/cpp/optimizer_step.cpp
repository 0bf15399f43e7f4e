#include "optimizer_step.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

#include <immintrin.h>

/*
 * Multiplications and additions are fused exactly where LibTorch's own AVX2 kernels fuse them, so that both give the
 * same bits. The bound is memory: SGD moves 20 bytes a parameter, AdamW 28.
 */
#pragma GCC optimize("fp-contract=off")
#define INSTAR_TARGET_FMA __attribute__((target("avx2,fma")))

namespace {

/* Fewer elements than this are not worth a thread: 1 MiB of values. */
constexpr int64_t kLeastPerThread = 1 << 18;

/* Eight floats, or those of them that `mask` has; whole vectors do without one, which is slow on AMD. */
template <bool kWhole>
INSTAR_TARGET_FMA inline __m256 load(const float* from, __m256i mask) {
  return kWhole ? _mm256_loadu_ps(from) : _mm256_maskload_ps(from, mask);
}

template <bool kWhole>
INSTAR_TARGET_FMA inline void store(float* to, __m256i mask, __m256 value) {
  if (kWhole) {
    _mm256_storeu_ps(to, value);
  } else {
    _mm256_maskstore_ps(to, mask, value);
  }
}

/* Applies a rule to elements of a parameter; the end goes through the same vectors, so no bit depends on where it is. */
template <typename Rule>
INSTAR_TARGET_FMA void apply(const Rule& rule, const instar_parameter& p, int64_t begin, int64_t end) {
  int64_t i = begin;
  for (; i + 8 <= end; i += 8) rule.template eight<true>(p, i, _mm256_setzero_si256());
  if (i < end) {
    const __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    rule.template eight<false>(p, i, _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(end - i)), index));
  }
}

struct Sgd {
  float momentum;
  bool nesterov;

  template <bool kWhole>
  INSTAR_TARGET_FMA inline void eight(const instar_parameter& p, int64_t i, __m256i mask) const {
    const __m256 factor = _mm256_set1_ps(momentum);
    const __m256 values = load<kWhole>(p.values + i, mask);
    __m256 gradient = load<kWhole>(p.gradient + i, mask);
    if (p.decay != 0) gradient = _mm256_fmadd_ps(values, _mm256_set1_ps(p.decay), gradient);
    const __m256 before = load<kWhole>(p.first + i, mask);
    const __m256 buffer = _mm256_add_ps(_mm256_mul_ps(before, factor), gradient);
    const __m256 direction = nesterov ? _mm256_fmadd_ps(buffer, factor, gradient) : buffer;
    store<kWhole>(p.first + i, mask, buffer);
    store<kWhole>(p.values + i, mask, _mm256_fmadd_ps(direction, _mm256_set1_ps(-p.rate), values));
  }
};

struct AdamW {
  float share1;
  float beta2;
  float share2;
  float epsilon;

  template <bool kWhole>
  INSTAR_TARGET_FMA inline void eight(const instar_parameter& p, int64_t i, __m256i mask) const {
    const __m256 gradient = load<kWhole>(p.gradient + i, mask);
    const __m256 before = load<kWhole>(p.first + i, mask);
    const __m256 apart = _mm256_sub_ps(gradient, before);
    // From the nearer end, as at::native::lerp_vec.
    const __m256 first = share1 < 0.5f ? _mm256_fmadd_ps(_mm256_set1_ps(share1), apart, before)
                                       : _mm256_fmadd_ps(_mm256_set1_ps(share1 - 1), apart, gradient);
    const __m256 kept = _mm256_mul_ps(load<kWhole>(p.second + i, mask), _mm256_set1_ps(beta2));
    const __m256 second = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_set1_ps(share2), gradient), gradient, kept);
    const __m256 root = _mm256_div_ps(_mm256_sqrt_ps(second), _mm256_set1_ps(p.correction));
    const __m256 scale = _mm256_add_ps(root, _mm256_set1_ps(epsilon));
    const __m256 values = _mm256_mul_ps(load<kWhole>(p.values + i, mask), _mm256_set1_ps(p.decay));
    const __m256 step = _mm256_div_ps(_mm256_mul_ps(_mm256_set1_ps(-p.rate), first), scale);
    store<kWhole>(p.first + i, mask, first);
    store<kWhole>(p.second + i, mask, second);
    store<kWhole>(p.values + i, mask, _mm256_add_ps(values, step));
  }
};

/* Those elements of all parameters, one behind the other, that lie in [begin, end). */
template <typename Rule>
void range(const Rule& rule, const instar_parameter* parameters, int count, int64_t begin, int64_t end) {
  int64_t before = 0;
  for (int i = 0; i < count && before < end; i++) {
    const int64_t from = std::max<int64_t>(begin - before, 0);
    const int64_t to = std::min(end - before, parameters[i].count);
    if (from < to) apply(rule, parameters[i], from, to);
    before += parameters[i].count;
  }
}

template <typename Rule>
void step(const Rule& rule, const instar_parameter* parameters, int count, int threads) {
  int64_t all = 0;
  for (int i = 0; i < count; i++) all += parameters[i].count;
  const int64_t parts = std::max<int64_t>(1, std::min<int64_t>(threads, all / kLeastPerThread));
  std::vector<std::thread> others;
  int64_t done = 0;
  try {
    others.reserve(static_cast<size_t>(parts));
    for (int64_t part = 1; part < parts; part++) {
      const int64_t end = all * part / parts;
      others.emplace_back([=] { range(rule, parameters, count, done, end); });
      done = end;
    }
  } catch (const std::system_error&) {
    // No more threads to be had: what is left is done here.
  }
  range(rule, parameters, count, done, all);
  for (std::thread& other : others) other.join();
}

}  // namespace

int instar_step_available(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

void instar_sgd_step(const instar_parameter* parameters, int count, float momentum, int nesterov, int threads) {
  step(Sgd{momentum, nesterov != 0}, parameters, count, threads);
}

void instar_adamw_step(const instar_parameter* parameters, int count, float share1, float beta2, float share2,
                       float epsilon, int threads) {
  step(AdamW{share1, beta2, share2, epsilon}, parameters, count, threads);
}
