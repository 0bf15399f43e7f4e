package dev.instar.train;

import java.util.Locale;

/** Training came to a loss, gradient or weight that is not a number; the message says when. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(TrainingState<?> state, double rate, NotFiniteException cause) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged at step %d (epoch %d, batch %d, learning rate %.3g): %s;"
                + " the checkpoint before it stays; try a lower optimizer.rate, a limit such as"
                + " clip=1, or schedule.warmup",
            state.step(),
            state.epoch() + 1,
            state.batch(),
            rate,
            cause.getMessage()),
        cause);
  }
}
