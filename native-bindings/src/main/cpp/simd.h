/*
 * Functions have a scalar form and one for AVX2 that gives the same bytes. The compiler may use AVX2 only in functions that
 * say so; who calls them has asked the processor.
 */
#ifndef INSTAR_SIMD_H
#define INSTAR_SIMD_H

#include <immintrin.h>

#define INSTAR_TARGET_AVX2 __attribute__((target("avx2")))

#endif
