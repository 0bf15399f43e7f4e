package dev.instar.train;

import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Predictions;
import dev.instar.loader.BatchLoader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What an epoch came to on the validation set. Not thread-safe. */
final class Validation {
  private final BatchLoader loader;
  private final Compute compute;
  private long lastNanos;

  /** Leaves a validation that is told to stop. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }
  }

  Validation(BatchLoader loader, Compute compute) {
    this.loader = loader;
    this.compute = compute;
  }

  /**
   * Measures the learner's weights as they are.
   *
   * @param progress is told the number of samples after every batch
   * @return none if it was told to stop
   */
  @SuppressWarnings("try") // the guard acts by being open
  Optional<Measures> run(int epoch, Learner learner, IntConsumer progress, BooleanSupplier stop)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Autocast precision = compute.autocast()) {
      Predictions predictions =
          Predictions.of(
              learner.network(),
              loader,
              compute.device(),
              ScalarType.Float,
              samples -> {
                progress.accept(samples);
                if (stop.getAsBoolean()) {
                  throw new Stopped();
                }
              });
      lastNanos = System.nanoTime() - start;
      return Optional.of(Measures.of(epoch, Evaluation.of(predictions)));
    } catch (Stopped stopped) {
      return Optional.empty();
    }
  }

  /** How long the last one took; 0 before the first. */
  long lastNanos() {
    return lastNanos;
  }

  int samples() {
    return loader.samples().size();
  }

  long skipped() {
    return loader.skipped();
  }
}
