package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.instar.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tensors of a network in the order in which its layers ask for them, which is that of
 * PyTorch's {@code state_dict}; and whether it is trained. Owns the tensors. Not thread-safe.
 */
final class State implements AutoCloseable {
  private final List<Weight> weights = new ArrayList<>();
  private final Generator generator;
  private final GeneratorOptional source;
  private final Device device;
  private final TensorOptional none = Tensors.keep(new TensorOptional());
  private BiConsumer<String, Tensor> observer = (name, output) -> {};
  private boolean training;

  /**
   * A state whose fresh values follow from {@code seed}; LibTorch's own generator is left alone.
   */
  State(long seed) {
    this(seed, DeviceType.CPU);
  }

  private State(long seed, DeviceType type) {
    device = Tensors.keep(new Device(type));
    generator = Tensors.keep(make_generator_cpu(seed));
    source = Tensors.keep(new GeneratorOptional(generator));
  }

  /** A state of tensors that have shapes but no values and no memory. */
  static State outline() {
    return new State(0, DeviceType.Meta);
  }

  /** A new parameter of 32-bit floats. */
  Weight parameter(String name, Fresh fresh, long... shape) {
    return add(name, true, fresh, shape);
  }

  /** A new buffer of 32-bit floats: changed by the network itself, not by an optimizer. */
  Weight buffer(String name, Fresh fresh, long... shape) {
    return add(name, false, fresh, shape);
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private Weight add(String name, boolean parameter, Fresh fresh, long... shape) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = empty(shape, new TensorOptions(device), new MemoryFormatOptional());
      if (!device.is_meta()) {
        fresh.fill(tensor, source);
      }
      tensor.requires_grad_(parameter);
      return add(new Weight(name, tensor, parameter));
    }
  }

  /** A new counter: one 64-bit integer, 0. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  Weight counter(String name) {
    try (PointerScope scope = new PointerScope()) {
      TensorOptions integers =
          new TensorOptions(device).dtype(new ScalarTypeOptional(ScalarType.Long));
      return add(new Weight(name, zeros(new long[0], integers), false));
    }
  }

  private Weight add(Weight weight) {
    weights.add(weight);
    return weight;
  }

  /** What a layer passes where it has no tensor. */
  TensorOptional none() {
    return none;
  }

  List<NamedTensor> entries() {
    return weights.stream().map(Weight::entry).toList();
  }

  boolean training() {
    return training;
  }

  void training(boolean on) {
    training = on;
  }

  /** Shows every layer's output to {@code observer}, under the layer's name. */
  void observer(BiConsumer<String, Tensor> observer) {
    this.observer = observer;
  }

  /** Says that a layer has finished, before its output is changed in place. */
  void observe(String layer, Tensor output) {
    observer.accept(layer, output);
  }

  @Override
  public void close() {
    weights.forEach(Weight::close);
    none.close();
    source.close();
    generator.close();
    device.close();
  }
}
