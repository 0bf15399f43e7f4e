package dev.instar.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What is minimised: a scalar from scores and labels, with a gradient. Owns its constants. */
public interface Criterion extends AutoCloseable {
  /**
   * The criterion that a recipe asks for.
   *
   * @param trainCounts training records of every class
   */
  static Criterion of(Recipe.Loss loss, List<Integer> trainCounts) {
    throw new UnsupportedOperationException();
  }

  /**
   * The mean loss of a batch.
   *
   * @param logits {@code [samples, classes]}, float32 or float64
   * @param labels {@code [samples]}, int64
   */
  Tensor of(Tensor logits, Tensor labels);

  /** Tells it which epoch begins, from 0: deferred weights start at one. */
  void epoch(int epoch);

  @Override
  void close();
}
