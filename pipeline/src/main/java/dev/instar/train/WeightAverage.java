package dev.instar.train;

import dev.instar.model.Network;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of a network's state: {@code a = decay * a + (1 - decay) * w} after
 * every step, with the decay warmed up as {@code min(decay, (1 + n) / (10 + n))}; integer buffers
 * are copied. Owns its tensors.
 */
public final class WeightAverage implements AutoCloseable {
  /** Starts at the network's weights. */
  public WeightAverage(Network network, double decay) {
    throw new UnsupportedOperationException();
  }

  /** Takes a step's weights in. */
  public void update() {
    throw new UnsupportedOperationException();
  }

  /** Exchanges the network's weights and the averages; a second call puts them back. */
  public void swap() {
    throw new UnsupportedOperationException();
  }

  /** The averages by name; the tensors are its own. */
  public Map<String, Tensor> state() {
    throw new UnsupportedOperationException();
  }

  /** Copies averages back, and how many updates there were. */
  public void restore(Map<String, Tensor> state, long updates) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
