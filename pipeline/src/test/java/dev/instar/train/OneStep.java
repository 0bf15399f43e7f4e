package dev.instar.train;

import dev.instar.model.Trainable;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a trainer does with one loss, for tests of other packages. */
public final class OneStep {
  private OneStep() {}

  /**
   * Changes a network by a loss whose gradients are there.
   *
   * @return the norm of all gradients before they were clipped
   */
  public static double take(
      Trainable network, Recipe.Optimization optimization, Map<String, Double> rates, double clip)
      throws NotFiniteException {
    try (Optimizer optimizer = Optimizer.of(network, optimization, List.of(), rates)) {
      List<Tensor> parameters = optimizer.parameters();
      double norm = new Gradients(parameters, 1, clip).clipped();
      optimizer.step(1);
      return norm;
    }
  }
}
