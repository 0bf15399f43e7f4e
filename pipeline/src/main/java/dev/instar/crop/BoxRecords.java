package dev.instar.crop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All boxes of a file, in its order: for evaluation, training and conversion between forms. */
public final class BoxRecords {
  private BoxRecords() {}

  /**
   * Reads a box file of any form that {@link BoxFile} reads, with every box of a photograph.
   *
   * @throws BoxFileException if it is of no known kind, or a line of it cannot be used
   */
  public static List<BoxRecord> read(Path path) throws IOException {
    throw new UnsupportedOperationException();
  }
}
