package dev.instar.train;

import dev.instar.model.Network;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Changes a network's parameters by their gradients. Owns its state. Not thread-safe. */
public interface Optimizer extends AutoCloseable {
  /**
   * The optimizer that a recipe asks for.
   *
   * @param freeze prefixes of parameters that are left alone; they ask for no gradient any more
   */
  static Optimizer of(
      Network network, Recipe.Optimization optimization, java.util.List<String> freeze) {
    throw new UnsupportedOperationException();
  }

  /**
   * One step.
   *
   * @param factor what the base learning rate is multiplied by, from {@link Schedule}
   */
  void step(double factor);

  /** Forgets all gradients, freeing their memory. */
  void zeroGradients();

  /** Its state by name, such as {@code momentum.conv1.weight}; the tensors are its own. */
  Map<String, Tensor> state();

  /** Copies the state back that {@link #state} gave. */
  void restore(Map<String, Tensor> state);

  @Override
  void close();
}
