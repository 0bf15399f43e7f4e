package dev.instar.torch;

import dev.instar.device.NativeLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** LibTorch itself: loaded once, told how many threads it may take. Safe for any thread. */
public final class LibTorch {
  private LibTorch() {}

  /**
   * Loads LibTorch, the first time it is asked; {@code threads} is how many it may use inside one
   * operation.
   *
   * @throws IllegalStateException if it cannot be loaded, with the reason and what would fix it
   */
  public static void load(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads: at least one is needed");
    }
    try {
      NativeLibrary.TORCH.load();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "LibTorch does not load: " + e.getMessage() + "; 'instar doctor' says what is missing",
          e);
    }
    torch.set_num_threads(threads);
    // OpenBLAS, which LibTorch multiplies float32 matrices with, has threads of its own. Left alone
    // they take all cores, and where these are shared a small product takes 20 times as long.
    openblas_nolapack.blas_set_num_threads(threads);
  }

  /** The version, such as {@code 2.13.0}. */
  public static String version() {
    return NativeLibrary.TORCH.version();
  }

  /** How many threads one operation may use; LibTorch must be loaded. */
  public static int threads() {
    return torch.get_num_threads();
  }

  /** The widest vector instructions that it uses here, such as {@code AVX2}; it must be loaded. */
  public static String vectors() {
    try (BytePointer name = torch.get_cpu_capability()) {
      return name.getString();
    }
  }
}
