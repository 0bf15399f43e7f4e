package dev.instar.train;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Where a training run's time goes. Not thread-safe: the training thread's own. */
final class Meter {
  /** The parts of the loop. */
  enum Stage {
    /** For the loader. */
    WAIT,
    FORWARD,
    BACKWARD,
    STEP,
    VALIDATE,
    CHECKPOINT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final long[] nanos = new long[Stage.values().length];
  private long mark = System.nanoTime();
  private long images;

  /** Books the time since the last lap to {@code stage}. */
  void lap(Stage stage) {
    long now = System.nanoTime();
    nanos[stage.ordinal()] += now - mark;
    mark = now;
  }

  /** Counts images that were learnt from. */
  void images(int count) {
    images += count;
  }

  long images() {
    return images;
  }

  /** Of all stages together. */
  double seconds() {
    long sum = 0;
    for (long stage : nanos) {
      sum += stage;
    }
    return sum / 1e9;
  }

  Map<Stage, Double> stageSeconds() {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      seconds.put(stage, nanos[stage.ordinal()] / 1e9);
    }
    return seconds;
  }

  /** Images learnt from for each second of waiting, passes and steps. */
  double imagesPerSecond() {
    double seconds = loopSeconds();
    return seconds == 0 ? 0 : images / seconds;
  }

  /** The shares of the loop's own stages, such as {@code wait 1% forward 33% ...}. */
  String shares() {
    double loop = Math.max(1e-9, loopSeconds());
    StringJoiner shares = new StringJoiner(" ");
    for (Stage stage : Stage.values()) {
      if (stage.ordinal() <= Stage.STEP.ordinal()) {
        shares.add(
            String.format(
                Locale.ROOT, "%s %.0f%%", stage.label(), nanos[stage.ordinal()] / 1e7 / loop));
      }
    }
    return shares.toString();
  }

  private double loopSeconds() {
    long loop = 0;
    for (int i = 0; i <= Stage.STEP.ordinal(); i++) {
      loop += nanos[i];
    }
    return loop / 1e9;
  }

  /** What was measured since {@code earlier}, a {@link #copy} of this. */
  Meter since(Meter earlier) {
    Meter difference = copy();
    difference.images -= earlier.images;
    for (int i = 0; i < nanos.length; i++) {
      difference.nanos[i] -= earlier.nanos[i];
    }
    return difference;
  }

  /** As it stands. */
  Meter copy() {
    Meter copy = new Meter();
    System.arraycopy(nanos, 0, copy.nanos, 0, nanos.length);
    copy.images = images;
    copy.mark = mark;
    return copy;
  }
}
