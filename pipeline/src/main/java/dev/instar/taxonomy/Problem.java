package dev.instar.taxonomy;

import java.util.List;

/**
 * One kind of thing that is wrong with a table.
 *
 * @param check a short name for machines, lower case with hyphens
 * @param count how often
 * @param description what is wrong, for people
 * @param examples the first of them, at most {@link #EXAMPLES}
 */
public record Problem(String check, long count, String description, List<String> examples) {
  /** The most examples that are given. */
  public static final int EXAMPLES = 10;

  public Problem {
    examples = List.copyOf(examples);
  }
}
