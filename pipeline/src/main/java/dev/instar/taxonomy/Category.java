package dev.instar.taxonomy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One column of few distinct values, coded. Codes are numbered from 0 in the order in which the
 * values first appear in the file, whatever the number of threads that read it. Immutable.
 */
public final class Category {
  /** The code of a row in which the value is missing. */
  public static final int MISSING = -1;

  private final String name;
  private final int[] codes;
  private final List<String> labels;
  private final Map<String, Integer> codeOf;
  private final int[] counts;
  private final int missing;

  Category(String name, int[] codes, List<String> labels, Map<String, Integer> codeOf) {
    this.name = name;
    this.codes = codes;
    this.labels = Collections.unmodifiableList(labels);
    this.codeOf = codeOf;
    counts = new int[labels.size()];
    int without = 0;
    for (int code : codes) {
      if (code == MISSING) {
        without++;
      } else {
        counts[code]++;
      }
    }
    missing = without;
  }

  /** The column's name in the file. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int rows() {
    return codes.length;
  }

  /** The number of distinct values, missing ones not among them. */
  public int size() {
    return labels.size();
  }

  /** The value's code in a row, or {@link #MISSING}. */
  public int code(int row) {
    return codes[row];
  }

  /** The value that {@code code} stands for. */
  public String label(int code) {
    return labels.get(code);
  }

  /** All values, by code. */
  public List<String> labels() {
    return labels;
  }

  /** The code of a value, if it occurs. */
  public OptionalInt codeOf(String label) {
    Integer code = codeOf.get(label);
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** The number of rows with {@code code}. */
  public int count(int code) {
    return counts[code];
  }

  /** The number of rows in which the value is missing. */
  public int missing() {
    return missing;
  }
}
