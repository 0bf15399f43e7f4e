package dev.instar.model;

import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network of any purpose: its tensors. Owns them; closing it frees them. Not thread-safe. */
public interface Trainable extends AutoCloseable {
  /** Parameters and buffers, in the order of PyTorch's {@code state_dict}. */
  List<NamedTensor> state();

  /**
   * Whether batch statistics, dropout and stochastic depth are on. A new network is off: it
   * evaluates.
   */
  void training(boolean on);

  /**
   * Moves everything. Tensors of {@link #state} stay the same objects; buffers that are not of
   * floating-point numbers keep their type.
   */
  void to(Device device, ScalarType type);

  /** Lays the weights of convolutions out channels-last, or back. */
  void channelsLast(boolean on);

  /**
   * How the names of the parameters are grouped from input to output, for layer-wise decay: the
   * prefixes of each group.
   */
  List<List<String>> layers();

  @Override
  void close();
}
