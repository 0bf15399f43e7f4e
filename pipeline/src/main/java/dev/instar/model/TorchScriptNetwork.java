package dev.instar.model;

import dev.instar.torch.Inference;
import dev.instar.torch.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network that LibTorch's own interpreter runs, from a file that {@code torch.jit.save} wrote.
 * The file is a program and trusted like one.
 */
final class TorchScriptNetwork implements Network {
  private final Path file;
  private final JitModule module;
  private final List<NamedTensor> state;

  private TorchScriptNetwork(Path file, JitModule module) {
    this.file = file;
    this.module = module;
    this.state = ModuleState.of(module);
    module.eval();
  }

  /**
   * Loads a network on the CPU and tries it once.
   *
   * @throws IllegalArgumentException if the file is damaged or no TorchScript, or the network does
   *     not give {@code options.classes()} scores for pictures of {@code options.inputSide()}
   */
  static TorchScriptNetwork load(Path file, NetworkOptions options) {
    TorchScriptArchive.check(file);
    JitModule module = read(file);
    boolean success = false;
    try {
      TorchScriptNetwork network = new TorchScriptNetwork(file, module);
      network.rehearse(options);
      success = true;
      return network;
    } finally {
      if (!success) {
        module.close(); // what else there is belongs to it
      }
    }
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private static JitModule read(Path file) {
    try (PointerScope scope = new PointerScope()) {
      DeviceOptional processor = new DeviceOptional(new Device(DeviceType.CPU));
      return Tensors.keep(torch.load(file.toString(), processor, false));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file + " is damaged or not a TorchScript file: " + reason(e), e);
    }
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private void rehearse(NetworkOptions options) {
    int side = options.inputSide();
    long[] shape;
    try (PointerScope scope = new PointerScope()) {
      shape = Tensors.shape(Inference.of(() -> forward(torch.zeros(1, 3, side, side))));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file + " does not take pictures of " + side + " pixels: " + reason(e), e);
    }
    if (!Arrays.equals(shape, new long[] {1, options.classes()})) {
      throw new IllegalArgumentException(
          file
              + " gives "
              + Arrays.toString(shape)
              + " for one picture where "
              + options.classes()
              + " scores are needed, one a class: save it with such a head");
    }
  }

  /** One line of LibTorch's message, which has traces of the program and of C++ around it. */
  private static String reason(RuntimeException e) {
    List<String> lines = String.valueOf(e.getMessage()).strip().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("RuntimeError: "))
        .findFirst()
        .orElse(lines.isEmpty() ? "no reason given" : lines.get(0));
  }

  @Override
  public Tensor forward(Tensor images) {
    return Scoped.of(this::run, images);
  }

  private Tensor run(Tensor images) {
    IValue result = module.forward(new IValueVector(new IValue(images)));
    if (!result.isTensor()) {
      throw new IllegalArgumentException("it does not give a tensor of scores");
    }
    return new Tensor(result.toTensor()); // a handle of our own: the result's goes with it
  }

  @Override
  public List<NamedTensor> state() {
    return state;
  }

  @Override
  public void training(boolean on) {
    module.train(on);
  }

  @Override
  public void to(Device device, ScalarType type) {
    module.to(device); // constants of the program too
    state.forEach(entry -> entry.to(device, type));
  }

  @Override
  public void channelsLast(boolean on) {
    state.forEach(entry -> entry.channelsLast(on));
  }

  /** One group: how deep a layer lies is not known. */
  @Override
  public List<List<String>> layers() {
    return List.of(List.of(""));
  }

  @Override
  public void close() {
    state.forEach(entry -> entry.tensor().close());
    module.close();
  }
}
