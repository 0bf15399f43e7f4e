package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Whether barcodes are barcodes, and whether equal ones carry equal names. */
final class BarcodeCheck {
  // Ratnasingham and Hebert 2013: shorter sequences are not assigned to BINs.
  private static final int SHORTEST = 300;

  // The whole gene COI of insects has some 1,540 bases.
  private static final int LONGEST = 1600;

  private static final List<Rank> NAMED =
      List.of(Rank.ORDER, Rank.FAMILY, Rank.GENUS, Rank.SPECIES);

  private BarcodeCheck() {}

  static void run(MetadataTable table, Barcodes barcodes, List<Problem> problems) {
    form(table, barcodes, problems);
    noise(table, barcodes, problems);
  }

  private static void form(MetadataTable table, Barcodes barcodes, List<Problem> problems) {
    ProblemList foreign =
        new ProblemList("barcode-alphabet", "barcodes with characters that are no IUPAC bases");
    ProblemList tooShort =
        new ProblemList("barcode-short", "barcodes of fewer than " + SHORTEST + " characters");
    ProblemList tooLong =
        new ProblemList("barcode-long", "barcodes of more than " + LONGEST + " characters");
    for (int row = 0; row < barcodes.rows(); row++) {
      int length = barcodes.length(row);
      if (barcodes.foreign(row) > 0 && foreign.count()) {
        foreign.example(
            MetadataCheck.nameOf(table, row) + ": " + barcodes.foreign(row) + " of " + length);
      }
      if (length > 0 && length < SHORTEST && tooShort.count()) {
        tooShort.example(MetadataCheck.nameOf(table, row) + ": " + length);
      }
      if (length > LONGEST && tooLong.count()) {
        tooLong.example(MetadataCheck.nameOf(table, row) + ": " + length);
      }
    }
    foreign.addTo(problems);
    tooShort.addTo(problems);
    tooLong.addTo(problems);
  }

  private static void noise(MetadataTable table, Barcodes barcodes, List<Problem> problems) {
    List<int[]> groups = groups(barcodes);
    for (Rank rank : NAMED) {
      if (table.find(rank.field()).isEmpty()) {
        continue;
      }
      Category names = table.category(rank.field());
      ProblemList list =
          new ProblemList("label-noise", "barcodes whose records differ in their " + rank.label());
      for (int[] group : groups) {
        if (differ(names, group) && list.count()) {
          list.example(
              MetadataCheck.nameOf(table, group[0])
                  + " and "
                  + (group.length - 1)
                  + " more: "
                  + labels(names, group));
        }
      }
      list.addTo(problems);
    }
  }

  /** The rows of each barcode that more than one row has, by first row. */
  private static List<int[]> groups(Barcodes barcodes) {
    long[] sorted = new long[barcodes.rows()];
    int present = 0;
    for (int row = 0; row < barcodes.rows(); row++) {
      if (barcodes.length(row) > 0) {
        sorted[present++] = barcodes.hash(row);
      }
    }
    Arrays.sort(sorted, 0, present);
    int distinct = 0;
    int[] counts = new int[present];
    for (int i = 0; i < present; i++) {
      if (distinct > 0 && sorted[distinct - 1] == sorted[i]) {
        counts[distinct - 1]++;
      } else {
        sorted[distinct] = sorted[i];
        counts[distinct++] = 1;
      }
    }
    int[][] rows = new int[distinct][];
    int[] filled = new int[distinct];
    for (int row = 0; row < barcodes.rows(); row++) {
      if (barcodes.length(row) > 0) {
        int at = Arrays.binarySearch(sorted, 0, distinct, barcodes.hash(row));
        if (counts[at] > 1) {
          if (rows[at] == null) {
            rows[at] = new int[counts[at]];
          }
          rows[at][filled[at]++] = row;
        }
      }
    }
    List<int[]> groups = new ArrayList<>();
    for (int[] group : rows) {
      if (group != null) {
        groups.add(group);
      }
    }
    groups.sort(Comparator.comparingInt(group -> group[0]));
    return groups;
  }

  private static boolean differ(Category names, int[] group) {
    int first = Category.MISSING;
    for (int row : group) {
      int code = names.code(row);
      if (code != Category.MISSING && first != Category.MISSING && code != first) {
        return true;
      }
      first = code != Category.MISSING ? code : first;
    }
    return false;
  }

  private static String labels(Category names, int[] group) {
    TreeSet<String> labels = new TreeSet<>();
    for (int row : group) {
      if (names.code(row) != Category.MISSING) {
        labels.add(names.label(names.code(row)));
      }
    }
    return ProblemList.joined(labels);
  }
}
