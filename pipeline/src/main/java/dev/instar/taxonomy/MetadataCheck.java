package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a specimen table.
 *
 * @param file the table
 * @param rows its good rows
 * @param bad the rows that cannot be read
 * @param problems what was found in the good ones, none if all is well
 */
public record MetadataCheck(Path file, int rows, BadRows bad, List<Problem> problems) {
  public MetadataCheck {
    problems = List.copyOf(problems);
  }

  /** Whether nothing at all is wrong. */
  public boolean clean() {
    return bad.count() == 0 && problems.isEmpty();
  }

  /**
   * Checks a table: identifiers, names of taxa, BINs, barcodes, and equal barcodes with different
   * names.
   *
   * @param images the names of the pictures that belong to it, to be checked too if given
   * @throws MetadataException if it is no table of specimens
   */
  public static MetadataCheck of(Path file, Optional<List<String>> images, int threads)
      throws IOException {
    TableReader reader =
        TableReader.of(file)
            .threads(threads)
            .barcodes()
            .identifiersIfPresent(Field.PROCESS_ID, Field.SAMPLE_ID, Field.IMAGE_FILE);
    for (Rank rank : Rank.values()) {
      reader.categoriesIfPresent(rank.field());
    }
    Header header = TableReader.header(file);
    if (header.find(Field.PROCESS_ID).isEmpty() && header.find(Field.SAMPLE_ID).isEmpty()) {
      reader.identifiers(Field.PROCESS_ID);
    }
    MetadataTable table = reader.read();
    List<Problem> problems = new ArrayList<>();
    for (Field field : List.of(Field.PROCESS_ID, Field.SAMPLE_ID, Field.IMAGE_FILE)) {
      table.findIdentifiers(field).ifPresent(ids -> IdentifierCheck.run(ids, problems));
    }
    TaxonomyCheck.run(table, problems);
    table.barcodes().ifPresent(barcodes -> BarcodeCheck.run(table, barcodes, problems));
    if (images.isPresent()) {
      ImageCheck.run(table, images.get(), problems);
    }
    return new MetadataCheck(file, table.rows(), table.bad(), problems);
  }

  /** How a row is called in an example: by its identifier, or by its number from 1. */
  static String nameOf(MetadataTable table, int row) {
    for (Field field : List.of(Field.PROCESS_ID, Field.SAMPLE_ID)) {
      Optional<Identifiers> ids = table.findIdentifiers(field);
      if (ids.isPresent() && ids.get().length(row) > 0) {
        return ids.get().text(row);
      }
    }
    return "row " + (row + 1);
  }
}
