package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether each record has an identifier, and one of its own. */
final class IdentifierCheck {
  private IdentifierCheck() {}

  static void run(Identifiers ids, List<Problem> problems) {
    ProblemList absent = new ProblemList("missing-id", "rows without a " + ids.name());
    ProblemList repeated =
        new ProblemList("duplicate-id", "values of " + ids.name() + " in more than one row");
    for (int row = 0; row < ids.rows(); row++) {
      if (ids.length(row) == 0 && absent.count()) {
        absent.example("row " + (row + 1));
      }
    }
    rowsByRepeatedText(ids)
        .forEach(
            (text, rows) -> {
              if (repeated.count()) {
                repeated.example(text + ": " + rows.size() + " rows, first " + (rows.get(0) + 1));
              }
            });
    absent.addTo(problems);
    repeated.addTo(problems);
  }

  private static Map<String, List<Integer>> rowsByRepeatedText(Identifiers ids) {
    long[] hashes = new long[ids.rows()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = ids.hash(row, 0);
    }
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1] && (count == 0 || sorted[count - 1] != sorted[i])) {
        sorted[count++] = sorted[i];
      }
    }
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < hashes.length; row++) {
      if (ids.length(row) > 0 && Arrays.binarySearch(sorted, 0, count, hashes[row]) >= 0) {
        rows.computeIfAbsent(ids.text(row), added -> new ArrayList<>()).add(row);
      }
    }
    rows.values().removeIf(same -> same.size() < 2);
    return rows;
  }
}
