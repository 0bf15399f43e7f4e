package dev.instar.convert;

import java.util.Map;

/**
 * What a run came to.
 *
 * @param finished whether all of the input was done and the output is complete
 * @param seconds of wall time
 * @param threads the number of workers
 * @param stageNanos of all threads together, in nanoseconds
 * @param <C> what is counted
 */
public record RunResult<C extends RunCounts>(
    boolean finished, C counts, double seconds, int threads, Map<Stage, Long> stageNanos) {
  /** Records that this run worked on for each second of wall time. */
  public double imagesPerSecond() {
    return seconds > 0 ? counts.done() / seconds : 0;
  }
}
