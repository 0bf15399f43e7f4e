package dev.instar.train;

import dev.instar.model.Trainable;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes a network's parameters by their gradients; a parameter without a gradient is left alone.
 * Owns its state. Not thread-safe.
 *
 * <p>It holds the network's tensors: make it after the network has its device, type and memory
 * layout.
 */
public interface Optimizer extends AutoCloseable {
  /**
   * The optimizer that a recipe asks for.
   *
   * @param freeze prefixes of parameters that are left alone, ending where a part of a name ends;
   *     they ask for no gradient any more
   * @throws IllegalArgumentException if a prefix fits no parameter; the message names what there is
   */
  static Optimizer of(Trainable network, Recipe.Optimization optimization, List<String> freeze) {
    return of(network, optimization, freeze, Map.of());
  }

  /**
   * As above, with learning rates of their own.
   *
   * @param rates prefixes of parameters and what their learning rate is multiplied by
   */
  static Optimizer of(
      Trainable network,
      Recipe.Optimization optimization,
      List<String> freeze,
      Map<String, Double> rates) {
    List<TrainedParameter> parameters = TrainedParameter.of(network, optimization, freeze, rates);
    return switch (optimization.kind()) {
      case SGD -> new Sgd(parameters, optimization);
      case ADAMW -> new AdamW(parameters, optimization);
    };
  }

  /**
   * One step.
   *
   * @param factor what the base learning rate is multiplied by, from {@link Schedule}
   */
  void step(double factor);

  /** Forgets all gradients, freeing their memory. */
  @SuppressWarnings("try") // The scope is there to be closed.
  default void zeroGradients() {
    try (PointerScope scope = new PointerScope()) {
      parameters().forEach(parameter -> parameter.mutable_grad().reset());
    }
  }

  /** The parameters that it changes, which have gradients after a backward pass. */
  List<Tensor> parameters();

  /** Its state by name, such as {@code momentum.conv1.weight}; the tensors are its own. */
  Map<String, Tensor> state();

  /**
   * Copies the state back that {@link #state} gave.
   *
   * @throws IllegalArgumentException if an entry is missing, unknown or of another shape
   */
  void restore(Map<String, Tensor> state);

  @Override
  void close();
}
