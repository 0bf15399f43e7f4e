package dev.instar.publish;

import dev.instar.pack.ImageSource;
import dev.instar.pack.PictureIndex;
import dev.instar.taxonomy.MetadataException;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.PictureNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which record of a collection each row of a table belongs to, and what has no partner.
 *
 * @param recordOfRow a record for each row, or {@link PictureIndex#NONE}
 * @param counts what was met
 */
record Join(int[] recordOfRow, JoinCounts counts) {
  private static final int NAMED = 5;

  static Join of(ImageSource source, MetadataTable table) throws MetadataException {
    PictureIndex index = PictureIndex.of(source);
    PictureNames names = PictureNames.of(table);
    int[] recordOfRow = new int[table.rows()];
    Arrays.fill(recordOfRow, PictureIndex.NONE);
    BitSet taken = new BitSet(source.size());
    List<String> examples = new ArrayList<>();
    long without = 0;
    long repeated = 0;
    for (int row = 0; row < table.rows(); row++) {
      String name = names.name(row);
      int record = index.find(name, names.part(row));
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
}
