package dev.instar.train;

import dev.instar.model.NamedTensor;
import dev.instar.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Parameters of some names and shapes, without a network around them. */
@SuppressWarnings("try") // Scopes are there to be closed.
final class TinyNetwork implements Network {
  private final List<NamedTensor> state = new ArrayList<>();
  private final List<List<String>> layers;
  private final SplittableRandom random = new SplittableRandom(7);
  private final ScalarType type;

  TinyNetwork(ScalarType type, List<List<String>> layers) {
    this.type = type;
    this.layers = layers;
  }

  /** Two convolutions with a norm and a head, in three layers. */
  static TinyNetwork convolutions(ScalarType type) {
    TinyNetwork network =
        new TinyNetwork(
            type, List.of(List.of("stem", "norm"), List.of("blocks.1"), List.of("head")));
    return network
        .parameter("stem.weight", 4, 3, 3, 3)
        .parameter("norm.weight", 4)
        .buffer("norm.running_mean", 4)
        .parameter("blocks.1.weight", 8, 4, 3, 3)
        .parameter("head.weight", 5, 8)
        .parameter("head.bias", 5);
  }

  TinyNetwork parameter(String name, long... shape) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = noise(shape).to(type).requires_grad_(true);
      state.add(new NamedTensor(name, tensor.retainReference(), true));
    }
    return this;
  }

  TinyNetwork buffer(String name, long... shape) {
    try (PointerScope scope = new PointerScope()) {
      state.add(new NamedTensor(name, noise(shape).to(type).retainReference(), false));
    }
    return this;
  }

  TinyNetwork counter(String name) {
    try (PointerScope scope = new PointerScope()) {
      state.add(new NamedTensor(name, Tensor.create(new long[] {0}, 1).retainReference(), false));
    }
    return this;
  }

  /** Gives every parameter a gradient, those of the same {@code seed} being the same. */
  void gradients(long seed) {
    SplittableRandom gradients = new SplittableRandom(seed);
    try (PointerScope scope = new PointerScope()) {
      for (NamedTensor entry : state) {
        if (entry.parameter() && entry.tensor().requires_grad()) {
          Tensor gradient = noise(gradients, entry.tensor().shape()).to(type);
          entry.tensor().mutable_grad().put(gradient);
        }
      }
    }
  }

  Tensor get(String name) {
    return state.stream().filter(entry -> entry.name().equals(name)).findFirst().get().tensor();
  }

  private Tensor noise(long... shape) {
    return noise(random, shape);
  }

  private static Tensor noise(SplittableRandom random, long... shape) {
    int count = 1;
    for (long side : shape) {
      count *= (int) side;
    }
    double[] values = random.doubles(count, -1, 1).toArray();
    return Tensor.create(values, shape);
  }

  @Override
  public Tensor forward(Tensor images) {
    throw new UnsupportedOperationException("there are only parameters");
  }

  @Override
  public List<NamedTensor> state() {
    return List.copyOf(state);
  }

  @Override
  public void training(boolean on) {}

  @Override
  public void to(Device device, ScalarType other) {
    throw new UnsupportedOperationException("a type is chosen when it is made");
  }

  @Override
  public void channelsLast(boolean on) {}

  @Override
  public List<List<String>> layers() {
    return layers;
  }

  @Override
  public void close() {
    state.forEach(entry -> entry.tensor().close());
  }
}
