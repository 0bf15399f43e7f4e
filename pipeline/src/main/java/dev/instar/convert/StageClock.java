package dev.instar.convert;

import java.util.EnumMap;
import java.util.Map;

/**
 * Nanoseconds spent by stage. Not thread-safe: each thread has its own, and they are added when it
 * has ended.
 */
public final class StageClock {
  private final long[] nanos = new long[Stage.values().length];
  private long mark;

  /** Starts the clock; time since it was last read is booked to nothing. */
  public void start() {
    mark = System.nanoTime();
  }

  /** Books the time since the clock was last read to {@code stage}. */
  public void lap(Stage stage) {
    long now = System.nanoTime();
    nanos[stage.ordinal()] += now - mark;
    mark = now;
  }

  /** Adds the times of {@code other}. */
  void add(StageClock other) {
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] += other.nanos[i];
    }
  }

  /** Nanoseconds by stage. */
  Map<Stage, Long> nanos() {
    Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      byStage.put(stage, nanos[stage.ordinal()]);
    }
    return byStage;
  }
}
