package dev.instar.publish;

import dev.instar.pack.ImageSource;
import dev.instar.taxonomy.Category;
import dev.instar.taxonomy.Field;
import dev.instar.taxonomy.Identifiers;
import dev.instar.taxonomy.MetadataTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which record of a collection each row of a table belongs to, and what has no partner.
 *
 * @param recordOfRow a record for each row, or {@link PictureIndex#NONE}
 * @param counts what was met
 */
record Join(int[] recordOfRow, JoinCounts counts) {
  private static final int NAMED = 5;

  static Join of(ImageSource source, MetadataTable table) {
    PictureIndex index = PictureIndex.of(source);
    Identifiers files = table.identifiers(Field.IMAGE_FILE);
    Optional<Category> parts = table.find(Field.PART);
    int[] partOfCode =
        parts.map(p -> p.labels().stream().mapToInt(Join::number).toArray()).orElse(new int[0]);
    int[] recordOfRow = new int[table.rows()];
    Arrays.fill(recordOfRow, PictureIndex.NONE);
    BitSet taken = new BitSet(source.size());
    List<String> examples = new ArrayList<>();
    long without = 0;
    long repeated = 0;
    for (int row = 0; row < table.rows(); row++) {
      String name = files.text(row);
      int code = parts.isPresent() ? parts.get().code(row) : Category.MISSING;
      int record = index.find(name, code == Category.MISSING ? 0 : partOfCode[code]);
      if (record == PictureIndex.NONE) {
        if (without++ < NAMED) {
          examples.add(
              name.isEmpty() ? "a row names no image file" : "no record for the row of " + name);
        }
      } else if (taken.get(record)) {
        if (repeated++ < NAMED) {
          examples.add("more than one row for " + name);
        }
      } else {
        taken.set(record);
        recordOfRow[row] = record;
      }
    }
    int shown = 0;
    for (int r = taken.nextClearBit(0); r < source.size() && shown < NAMED; shown++) {
      examples.add("no row for the record " + source.name(r));
      r = taken.nextClearBit(r + 1);
    }
    long joined = taken.cardinality();
    JoinCounts counts =
        new JoinCounts(
            source.size(),
            table.rows(),
            joined,
            source.size() - joined,
            without,
            repeated,
            examples);
    return new Join(recordOfRow, counts);
  }

  private static int number(String part) {
    return part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0;
  }
}
