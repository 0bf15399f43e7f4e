package dev.instar.torch;

import dev.instar.device.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
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

  /** The version of the jar that brings it and its Java bindings, such as {@code 2.13.0-1.5.14}. */
  public static String bindings() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      return "unknown"; // the jars were merged, and what Maven writes into each is gone
    }
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

  /**
   * Whether this processor multiplies matrices of bfloat16 faster than of float32: AVX-512 BF16 or
   * AMX, as Linux names them. Loads nothing.
   */
  public static boolean multipliesBfloat16() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(flags -> List.of(flags.split("\\s+")))
          .filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"))
          .isPresent();
    } catch (IOException e) {
      return false; // no Linux: float32 works everywhere
    }
  }
}
