package dev.instar.convert;

import java.util.EnumMap;
import java.util.Map;

/**
 * Nanoseconds spent by stage. Not thread-safe: each thread has its own, and they are added when it
 * has ended.
 */
final class StageTimes {
  private final long[] nanos = new long[Stage.values().length];
  private long mark;

  /** Starts the clock. */
  void start() {
    mark = System.nanoTime();
  }

  /** Books the time since the clock was last read to {@code stage}. */
  void lap(Stage stage) {
    long now = System.nanoTime();
    nanos[stage.ordinal()] += now - mark;
    mark = now;
  }

  /** Adds the times of {@code other}. */
  void add(StageTimes other) {
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] += other.nanos[i];
    }
  }

  /** Seconds by stage. */
  Map<Stage, Double> seconds() {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      seconds.put(stage, nanos[stage.ordinal()] / 1e9);
    }
    return seconds;
  }
}
