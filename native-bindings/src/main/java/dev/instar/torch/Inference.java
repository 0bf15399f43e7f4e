package dev.instar.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;

/** Work that no gradient is asked of, so that LibTorch keeps nothing for a backward pass. */
public final class Inference {
  private Inference() {}

  /**
   * What {@code work} gives, without gradients on the calling thread while it runs. Tensors made in
   * it can be used in training later, as constants.
   */
  @SuppressWarnings("try") // the guard acts by being there
  public static <T> T of(Supplier<T> work) {
    try (AutoGradMode off = new AutoGradMode(false)) {
      return work.get();
    }
  }

  /** Runs {@code work} without gradients. */
  public static void run(Runnable work) {
    of(
        () -> {
          work.run();
          return null;
        });
  }
}
