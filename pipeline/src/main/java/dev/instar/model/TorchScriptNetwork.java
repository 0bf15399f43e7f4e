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
  @SuppressWarnings("try") // the scope owns what is made on the way
  static TorchScriptNetwork load(Path file, NetworkOptions options) {
    TorchScriptArchive.check(file);
    try (PointerScope scope = new PointerScope()) {
      DeviceOptional processor = new DeviceOptional(new Device(DeviceType.CPU));
      JitModule module = Tensors.keep(torch.load(file.toString(), processor, false));
      TorchScriptNetwork network = new TorchScriptNetwork(file, module);
      boolean success = false;
      try {
        network.rehearse(options);
        success = true;
        return network;
      } finally {
        if (!success) {
          network.close();
        }
      }
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException) {
        throw e;
      }
      throw new IllegalArgumentException(
          file + " is damaged or not a TorchScript file: " + firstLine(e), e);
    }
  }

  private void rehearse(NetworkOptions options) {
    int side = options.inputSide();
    Tensor scores;
    try {
      scores = Inference.of(() -> forward(torch.zeros(1, 3, side, side)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file + " does not take pictures of " + side + " pixels: " + firstLine(e), e);
    }
    long[] shape = Tensors.shape(scores);
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

  /** LibTorch's messages go on with C++ functions. */
  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no reason given");
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
    return result.toTensor();
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
