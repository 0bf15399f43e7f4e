package dev.instar.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the cells that a runner was to run.
 *
 * @param cells by name, longest first
 * @param skipped whether one of those that are done now left records out
 * @param stopped whether the runner was told to stop
 * @param seconds that it took
 */
public record RunSummary(
    Map<String, Outcome> cells, boolean skipped, boolean stopped, double seconds) {
  public RunSummary {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
  }

  /** What became of a cell. */
  public enum Outcome {
    /** It had a result before. */
    DONE_BEFORE,
    DONE,
    /** Now, or before and it was not to be tried again. */
    FAILED,
    /** It was stopped, or not begun since all was. */
    STOPPED,
    /** Another process works on it. */
    ELSEWHERE
  }

  /** The names of the cells that this became of. */
  public List<String> names(Outcome outcome) {
    return cells.entrySet().stream()
        .filter(entry -> entry.getValue() == outcome)
        .map(Map.Entry::getKey)
        .toList();
  }
}
