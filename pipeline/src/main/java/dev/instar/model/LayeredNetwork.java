package dev.instar.model;

import dev.instar.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network made of the layers of this package. */
final class LayeredNetwork implements Network {
  private final State state;
  private final Body body;

  private LayeredNetwork(State state, Body body) {
    this.state = state;
    this.body = body;
  }

  /** A network of a new state; {@code body} asks it for its tensors. */
  static LayeredNetwork create(State state, Function<State, Body> body) {
    boolean success = false;
    try {
      LayeredNetwork network = new LayeredNetwork(state, body.apply(state));
      success = true;
      return network;
    } finally {
      if (!success) {
        state.close();
      }
    }
  }

  @Override
  public Tensor forward(Tensor images) {
    if (images.dim() != 4 || images.size(1) != 3) {
      throw new IllegalArgumentException(
          "a network takes [samples, 3, height, width], not "
              + Arrays.toString(Tensors.shape(images)));
    }
    return Scoped.of(body::forward, images);
  }

  /** Shows every layer's output to {@code observer}, under the layer's name in PyTorch. */
  void observer(BiConsumer<String, Tensor> observer) {
    state.observer(observer);
  }

  @Override
  public List<NamedTensor> state() {
    return state.entries();
  }

  @Override
  public void training(boolean on) {
    state.training(on);
  }

  @Override
  public void to(Device device, ScalarType type) {
    state.entries().forEach(entry -> entry.to(device, type));
  }

  @Override
  public void channelsLast(boolean on) {
    state.entries().forEach(entry -> entry.channelsLast(on));
  }

  @Override
  public List<List<String>> layers() {
    return body.layers();
  }

  @Override
  public void close() {
    state.close();
  }
}
