package dev.instar.taxonomy;

import java.util.Optional;

/**
 * How the rows of a specimen table name their pictures: by {@code image_file}, else by the process
 * id, and by the number of a part where the table has one. Immutable.
 */
public final class PictureNames {
  private final Identifiers texts;
  private final String ending;
  private final Optional<Category> parts;
  private final int[] partOfCode;

  private PictureNames(Identifiers texts, String ending, Optional<Category> parts) {
    this.texts = texts;
    this.ending = ending;
    this.parts = parts;
    partOfCode =
        parts
            .map(p -> p.labels().stream().mapToInt(PictureNames::number).toArray())
            .orElse(new int[0]);
  }

  /**
   * The names in a table whose {@link #column} was read, and {@link Field#PART} where it has one.
   */
  public static PictureNames of(MetadataTable table) throws MetadataException {
    Field column = column(table.header());
    // BIOSCAN-5M names pictures by the process id.
    String ending = column == Field.PROCESS_ID ? ".jpg" : "";
    return new PictureNames(table.identifiers(column), ending, table.find(Field.PART));
  }

  /**
   * The column that names a row's picture.
   *
   * @throws MetadataException if there is none
   */
  public static Field column(Header header) throws MetadataException {
    if (header.find(Field.IMAGE_FILE).isPresent()) {
      return Field.IMAGE_FILE;
    }
    if (header.find(Field.PROCESS_ID).isEmpty()) {
      throw new MetadataException(
          header.file() + " has no column that names pictures: image_file, or processid");
    }
    return Field.PROCESS_ID;
  }

  /** The name of a row's picture; empty where the row says none. */
  public String name(int row) {
    return texts.length(row) == 0 ? "" : texts.text(row) + ending;
  }

  /** The number of the part that a row's picture is in, 0 where the table does not say. */
  public int part(int row) {
    int code = parts.isPresent() ? parts.get().code(row) : Category.MISSING;
    return code == Category.MISSING ? 0 : partOfCode[code];
  }

  private static int number(String part) {
    return part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0;
  }
}
