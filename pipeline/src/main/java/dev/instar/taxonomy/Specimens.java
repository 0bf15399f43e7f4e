package dev.instar.taxonomy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Chosen specimens of a table, read again for what the table does not keep. */
public final class Specimens {
  /**
   * A specimen whose barcode is shown.
   *
   * @param label what it is
   * @param barcode its bases
   */
  public record Example(String label, String barcode) {}

  private static final int SHORTEST = 300;

  private Specimens() {}

  /**
   * The first specimen with a barcode of at least 300 bases of each of the {@code most} largest
   * classes of {@code rank}, largest class first.
   */
  public static List<Example> ofLargestClasses(MetadataTable table, Rank rank, int most)
      throws IOException {
    OptionalInt column = table.header().find(Field.BARCODE);
    if (column.isEmpty() || table.barcodes().isEmpty() || table.find(rank.field()).isEmpty()) {
      return List.of();
    }
    Category classes = table.category(rank.field());
    Barcodes barcodes = table.barcodes().get();
    int[] first = new int[classes.size()];
    for (int row = table.rows() - 1; row >= 0; row--) {
      if (classes.code(row) != Category.MISSING && barcodes.length(row) >= SHORTEST) {
        first[classes.code(row)] = row + 1;
      }
    }
    List<Integer> largest = new ArrayList<>();
    for (int code = 0; code < classes.size(); code++) {
      if (first[code] > 0) {
        largest.add(code);
      }
    }
    largest.sort((a, b) -> Integer.compare(classes.count(b), classes.count(a)));
    List<Integer> shown = largest.subList(0, Math.min(most, largest.size()));
    Map<Long, Integer> wanted = new HashMap<>();
    shown.forEach(code -> wanted.put(first[code] - 1L, code));
    Map<Integer, String> texts = new HashMap<>();
    try (MetadataRows rows = MetadataRows.open(table.header().file())) {
      while (texts.size() < wanted.size() && rows.next()) {
        Integer code = wanted.get(rows.number());
        if (code != null) {
          texts.put(code, rows.text(column.getAsInt()));
        }
      }
    }
    return shown.stream()
        .filter(texts::containsKey)
        .map(code -> new Example(classes.label(code), texts.get(code)))
        .toList();
  }
}
