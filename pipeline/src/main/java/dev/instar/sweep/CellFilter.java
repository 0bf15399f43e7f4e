package dev.instar.sweep;

import java.util.Map;

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
    labels = Map.copyOf(labels);
  }

  /**
   * Reads {@code axis=label,axis=label}.
   *
   * @throws IllegalArgumentException with a sentence if it is none
   */
  public static CellFilter parse(String text) {
    throw new UnsupportedOperationException(text);
  }

  /**
   * Whether the cell is one of them.
   *
   * @throws IllegalArgumentException if the cell has no such axis; the message lists those it has
   */
  public boolean accepts(Cell cell) {
    throw new UnsupportedOperationException(cell.name());
  }
}
