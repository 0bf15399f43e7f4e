package dev.instar.sweep;

import dev.instar.train.Spelling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Some cells of a sweep, as {@code --only 'model=resnet50,seed=1'} says it: those that have every
 * label; several labels of an axis with {@code |} between them, {@code *} for any characters.
 *
 * @param labels by axis
 */
public record CellFilter(Map<String, String> labels) {
  /** All cells. */
  public static final CellFilter ALL = new CellFilter(Map.of());

  public CellFilter {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * Reads {@code axis=label,axis=label}.
   *
   * @throws IllegalArgumentException with a sentence if it is none
   */
  public static CellFilter parse(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String axis = part.substring(0, Math.max(0, equals)).strip();
      String label = part.substring(equals + 1).strip();
      if (axis.isEmpty() || label.isEmpty()) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' says not which cells: write axis=label,axis=label, such as"
                + " model=resnet50,seed=1|2");
      }
      if (labels.put(axis, label) != null) {
        throw new IllegalArgumentException(
            "'" + text + "' says " + axis + " twice: write " + axis + "=label|label for either");
      }
    }
    return new CellFilter(labels);
  }

  /**
   * Whether the cell is one of them.
   *
   * @throws IllegalArgumentException if the cell has no such axis; the message lists those it has
   */
  public boolean accepts(Cell cell) {
    return accepts(cell.factors());
  }

  /** As above, of the cell with these labels. */
  boolean accepts(Map<String, String> factors) {
    boolean accepted = true;
    for (Map.Entry<String, String> wanted : labels.entrySet()) {
      String label = factors.get(wanted.getKey());
      if (label == null) {
        throw new IllegalArgumentException(
            "the sweep has no axis '"
                + wanted.getKey()
                + "'; "
                + Spelling.meant(wanted.getKey(), factors.keySet()));
      }
      accepted &= matches(wanted.getValue(), label);
    }
    return accepted;
  }

  /** Whether a label is one of those that {@code wanted} says. */
  static boolean matches(String wanted, String label) {
    for (String alternative : wanted.split("\\|", -1)) {
      String pattern = Pattern.quote(alternative.strip()).replace("*", "\\E.*\\Q");
      if (label.matches(pattern)) {
        return true;
      }
    }
    return false;
  }
}
