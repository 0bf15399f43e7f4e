package dev.instar.train;

import dev.instar.model.NamedTensor;
import dev.instar.model.Trainable;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network with all that changes beside it as it learns. Owns everything but the network. Not
 * thread-safe.
 */
@SuppressWarnings("try") // scopes and guards act by being open
final class Learner implements AutoCloseable {
  private static final String NETWORK = "network/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String AVERAGE = "average/";

  private final Trainable network;
  private final Optimizer optimizer;
  private final Gradients gradients;
  private final Optional<WeightAverage> average;

  private Learner(
      Trainable network,
      Optimizer optimizer,
      Gradients gradients,
      Optional<WeightAverage> average) {
    this.network = network;
    this.optimizer = optimizer;
    this.gradients = gradients;
    this.average = average;
  }

  /**
   * What a regime asks for.
   *
   * @param network that has its device, type and memory layout
   */
  static Learner of(Trainable network, Regime regime) {
    Optimizer optimizer =
        Optimizer.of(network, regime.optimizer(), regime.freeze(), regime.rates());
    boolean success = false;
    try {
      Learner learner =
          new Learner(
              network,
              optimizer,
              new Gradients(optimizer.parameters(), regime.accumulate(), regime.clip()),
              regime.average() > 0
                  ? Optional.of(new WeightAverage(network, regime.average()))
                  : Optional.empty());
      success = true;
      return learner;
    } finally {
      if (!success) {
        optimizer.close();
      }
    }
  }

  Trainable network() {
    return network;
  }

  Gradients gradients() {
    return gradients;
  }

  /**
   * Follows the gradients that were added up, and forgets them.
   *
   * @param factor of the base learning rate
   * @return the norm of the gradients before they were clipped
   */
  double step(double factor) throws NotFiniteException {
    double norm = gradients.clipped();
    optimizer.step(factor);
    optimizer.zeroGradients();
    average.ifPresent(WeightAverage::update);
    return norm;
  }

  /** Exchanges the network's weights and their average, where there is one. */
  void swapAverage() {
    average.ifPresent(WeightAverage::swap);
  }

  /** All that a checkpoint holds; the tensors are the learner's own. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Weights.of(network).forEach((name, tensor) -> tensors.put(NETWORK + name, tensor));
    optimizer.state().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
    average.ifPresent(
        of -> of.state().forEach((name, tensor) -> tensors.put(AVERAGE + name, tensor)));
    return tensors;
  }

  /**
   * Copies back what {@link #tensors} gave.
   *
   * @param steps that had been made
   * @throws IllegalArgumentException if an entry is missing or of another shape
   */
  void restore(Map<String, StoredTensor> stored, long steps) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      Map<String, Tensor> weights = below(NETWORK, stored);
      for (NamedTensor entry : network.state()) {
        Tensor value = weights.get(entry.name());
        if (value == null || !Arrays.equals(Tensors.shape(value), Tensors.shape(entry.tensor()))) {
          throw new IllegalArgumentException("it has no " + entry.name() + " of that shape");
        }
        entry.tensor().copy_(value);
      }
      optimizer.restore(below(OPTIMIZER, stored));
      average.ifPresent(of -> of.restore(below(AVERAGE, stored), steps));
    }
  }

  private static Map<String, Tensor> below(String prefix, Map<String, StoredTensor> stored) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    stored.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            tensors.put(name.substring(prefix.length()), Tensors.wrap(tensor));
          }
        });
    return tensors;
  }

  /**
   * Checks that no weight is NaN or infinite.
   *
   * @throws NotFiniteException if one is
   */
  void requireFinite() throws NotFiniteException {
    for (NamedTensor entry : network.state()) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGradient = new NoGradGuard()) {
        if (!torch.isfinite(entry.tensor()).all().item_bool()) {
          throw new NotFiniteException(entry.name() + " has a value that is not finite");
        }
      }
    }
  }

  @Override
  public void close() {
    average.ifPresent(WeightAverage::close);
    optimizer.close();
  }
}
