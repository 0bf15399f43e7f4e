package dev.instar.train;

import static org.bytedeco.pytorch.global.torch.clear_cache;
import static org.bytedeco.pytorch.global.torch.decrement_nesting;
import static org.bytedeco.pytorch.global.torch.get_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.increment_nesting;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.set_autocast_enabled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * While it is open, matrix products and convolutions of its thread are computed in bfloat16, as
 * under PyTorch's {@code torch.autocast}; the weights stay as they are. It is for a forward pass
 * and its loss: close it before the backward pass, on the thread that opened it.
 */
final class Autocast implements AutoCloseable {
  /** What Linux calls the instructions that multiply matrices of bfloat16. */
  private static final Set<String> PROCESSOR_FLAGS = Set.of("avx512_bf16", "amx_bf16");

  private final DeviceType device;
  private final boolean active;
  private final boolean enabledBefore;
  private final ScalarType typeBefore;

  /**
   * @param active whether it does anything, so that one loop serves both precisions
   */
  Autocast(DeviceType device, boolean active) {
    this.device = device;
    this.active = active;
    this.enabledBefore = is_autocast_enabled(device);
    this.typeBefore = get_autocast_dtype(device).intern();
    if (active) {
      set_autocast_enabled(device, true);
      set_autocast_dtype(device, ScalarType.BFloat16);
      increment_nesting();
    }
  }

  /**
   * Whether a recipe's precision means bfloat16 on a device.
   *
   * <p>Of the devices that LibTorch's CUDA builds run on, all since compute capability 8.0 have it;
   * on the 7.5 before them it works, but gains nothing.
   */
  static boolean wanted(Recipe.Precision precision, DeviceType device) {
    return switch (precision) {
      case FLOAT32 -> false;
      case BFLOAT16 -> true;
      case AUTO -> device.intern() == DeviceType.CUDA || gainsOnProcessor(Path.of("/proc/cpuinfo"));
    };
  }

  /**
   * Whether a processor multiplies matrices of bfloat16, by its flags.
   *
   * @param description in the format of Linux's /proc/cpuinfo; without one the answer is no
   */
  static boolean gainsOnProcessor(Path description) {
    try (Stream<String> lines = Files.lines(description)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .filter(line -> Arrays.stream(line.split("\\s+")).anyMatch(PROCESSOR_FLAGS::contains))
          .isPresent();
    } catch (IOException notLinux) {
      return false;
    }
  }

  @Override
  public void close() {
    if (active) {
      // The cache holds the weights of this pass in bfloat16; an optimizer's step makes it wrong.
      if (decrement_nesting() == 0) {
        clear_cache();
      }
      set_autocast_dtype(device, typeBefore);
      set_autocast_enabled(device, enabledBefore);
    }
  }
}
