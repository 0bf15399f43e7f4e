package dev.instar.crop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** All boxes of a file, in its order: for evaluation, training and conversion between forms. */
public final class BoxRecords {
  private BoxRecords() {}

  /**
   * Reads a box file of any form that {@link BoxFile} reads, with every box of a photograph.
   *
   * @return a record for each photograph, made anew whenever it is asked for: some 150 bytes each
   *     are kept, so a million fits; immutable
   * @throws BoxFileException if it is of no known kind, or a line of it cannot be used
   */
  public static List<BoxRecord> read(Path path) throws IOException {
    return new Records(BoxTable.read(path));
  }

  private static final class Records extends AbstractList<BoxRecord> implements RandomAccess {
    private final BoxTable table;

    Records(BoxTable table) {
      this.table = table;
    }

    @Override
    public BoxRecord get(int index) {
      return table.record(index);
    }

    @Override
    public int size() {
      return table.size();
    }
  }
}
