package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Collects problems of one kind: all are counted, the first are kept. Not thread-safe. */
final class ProblemList {
  private static final int NAMES = 6;

  private final String check;
  private final String description;
  private final List<String> examples = new ArrayList<>();
  private long count;

  ProblemList(String check, String description) {
    this.check = check;
    this.description = description;
  }

  /** Counts one more, and whether its example would be kept. */
  boolean count() {
    count++;
    return examples.size() < Problem.EXAMPLES;
  }

  void example(String example) {
    examples.add(example);
  }

  /** Names in a line, the first six of them. */
  static String joined(SortedSet<String> names) {
    String first = names.stream().limit(NAMES).collect(Collectors.joining(", "));
    return names.size() <= NAMES ? first : first + " and " + (names.size() - NAMES) + " more";
  }

  void addTo(List<Problem> problems) {
    if (count > 0) {
      problems.add(new Problem(check, count, description, examples));
    }
  }
}
