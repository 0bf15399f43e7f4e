package dev.instar.train;

import dev.instar.model.NamedTensor;
import dev.instar.model.Trainable;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of a network's state: {@code a = decay * a + (1 - decay) * w} after
 * every step, with the decay warmed up as {@code min(decay, (1 + n) / (10 + n))} for the update
 * {@code n} from 0 (TensorFlow's ExponentialMovingAverage with {@code num_updates}); integer
 * buffers are copied. Owns its tensors. Not thread-safe.
 *
 * <p>It holds the network's tensors: make it after the network has its device, type and memory
 * layout.
 */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
public final class WeightAverage implements AutoCloseable {
  private final List<NamedTensor> weights;
  private final OwnedTensors averages = new OwnedTensors("the weight average");
  private final double decay;
  private long updates;

  /** Starts at the network's weights. */
  public WeightAverage(Trainable network, double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "the decay of the weight average is " + decay + ", it must be between 0 and 1");
    }
    this.weights = List.copyOf(network.state());
    this.decay = decay;
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      weights.forEach(entry -> averages.add(entry.name(), entry.tensor().detach().clone()));
    }
  }

  /** Takes a step's weights in. Not between two calls of {@link #swap}. */
  public void update() {
    double current = Math.min(decay, (1.0 + updates) / (10.0 + updates));
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      Scalar share = new Scalar(1 - current);
      for (NamedTensor entry : weights) {
        Tensor average = averages.byName().get(entry.name());
        if (entry.tensor().is_floating_point()) {
          average.lerp_(entry.tensor(), share);
        } else {
          average.copy_(entry.tensor());
        }
      }
    }
    updates++;
  }

  /** Exchanges the network's weights and the averages; a second call puts them back. */
  public void swap() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (NamedTensor entry : weights) {
        Tensor average = averages.byName().get(entry.name());
        Tensor weight = entry.tensor().clone();
        entry.tensor().copy_(average);
        average.copy_(weight);
      }
    }
  }

  /** The averages by name; the tensors are its own. */
  public Map<String, Tensor> state() {
    return averages.byName();
  }

  /** How many steps were taken in. */
  public long updates() {
    return updates;
  }

  /**
   * Copies averages back, and how many updates there were.
   *
   * @throws IllegalArgumentException if an entry is missing, unknown or of another shape
   */
  public void restore(Map<String, Tensor> state, long updates) {
    averages.restore(state);
    this.updates = updates;
  }

  @Override
  public void close() {
    averages.close();
  }
}
