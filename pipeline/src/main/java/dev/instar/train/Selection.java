package dev.instar.train;

import java.util.function.ToDoubleFunction;

/**
 * Which epoch's weights are the best ones.
 *
 * @param type of the measures
 * @param measure the name of the one that decides
 * @param value that one; greater is better, and of equals the earlier
 * @param keep how many of the best weights are kept
 */
public record Selection<M extends Measured>(
    Class<M> type, String measure, ToDoubleFunction<M> value, int keep) {
  double of(M measures) {
    return value.applyAsDouble(measures);
  }
}
