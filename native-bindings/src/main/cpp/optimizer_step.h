/*
 * The step of an optimizer over parameters of float32 in one pass: what tensor operations read and write three or four
 * times goes through the processor once. The rules of instar_core.h hold here too.
 */
#ifndef INSTAR_OPTIMIZER_STEP_H
#define INSTAR_OPTIMIZER_STEP_H

#include <stdint.h>

/* One parameter; all pointers lead to `count` floats in the same order. Java writes these records itself. */
typedef struct instar_parameter {
  float* values;
  const float* gradient;
  /* Momentum of SGD, first moment of AdamW. */
  float* first;
  /* Second moment of AdamW; SGD leaves it alone. */
  float* second;
  int64_t count;
  /* The learning rate; AdamW's is divided by the first moment's bias correction. */
  float rate;
  /* SGD: how much of the values is added to the gradient. AdamW: what values are multiplied by first. */
  float decay;
  /* AdamW: the root of the second moment's bias correction. */
  float correction;
  int32_t unused;
} instar_parameter;

/* 1 where the processor has AVX2 and FMA, which the steps need, else 0. */
int instar_step_available(void);

/* b = momentum * b + g + decay * p, then p -= rate * b, or with Nesterov p -= rate * (g + decay * p + momentum * b). */
void instar_sgd_step(const instar_parameter* parameters, int count, float momentum, int nesterov, int threads);

/*
 * m += share1 * (g - m), v = beta2 * v + share2 * g * g, p = decay * p - rate * m / (sqrt(v) / correction + epsilon),
 * where the shares are 1 - beta, subtracted in double.
 */
void instar_adamw_step(const instar_parameter* parameters, int count, float share1, float beta2, float share2,
                       float epsilon, int threads);

#endif
