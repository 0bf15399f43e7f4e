package dev.instar.model;

import dev.instar.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network made of the layers of this package. */
final class LayeredNetwork implements Network {
  private final State state;
  private final Body body;

  private LayeredNetwork(State state, Body body) {
    this.state = state;
    this.body = body;
  }

  /** A network with fresh weights; {@code body} asks the state for its tensors. */
  static LayeredNetwork create(long seed, Function<State, Body> body) {
    State state = new State(seed);
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
  @SuppressWarnings("try") // the scope owns what is made on the way
  public void to(Device device, ScalarType type) {
    for (NamedTensor entry : state.entries()) {
      try (PointerScope scope = new PointerScope()) {
        Tensor tensor = entry.tensor();
        ScalarType kept = tensor.is_floating_point() ? type : tensor.scalar_type();
        tensor.set_data(tensor.detach().to(device, kept));
      }
    }
  }

  @Override
  @SuppressWarnings("try") // the scope owns what is made on the way
  public void channelsLast(boolean on) {
    MemoryFormat format = on ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
    for (NamedTensor entry : state.entries()) {
      if (entry.tensor().dim() == 4) {
        try (PointerScope scope = new PointerScope()) {
          entry.tensor().set_data(entry.tensor().detach().contiguous(format));
        }
      }
    }
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
