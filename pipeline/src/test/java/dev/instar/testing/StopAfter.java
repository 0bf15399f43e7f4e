package dev.instar.testing;

import java.util.function.BooleanSupplier;

/** Says stop when it has been asked so often: in training, once after every step. */
public final class StopAfter implements BooleanSupplier {
  private int left;

  /** Says stop when it is asked for the {@code times}th time. */
  public StopAfter(int times) {
    left = times;
  }

  @Override
  public boolean getAsBoolean() {
    return --left <= 0;
  }
}
