package dev.instar.crop;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes what detectors found, a photograph at a time, in the order of the calls. Not thread-safe.
 *
 * <p>What was written before {@link #flush} survives the end of the process.
 */
public interface BoxWriter extends AutoCloseable {
  /**
   * Opens a new file whose form follows from its ending: {@code .csv}, {@code .json} (COCO) or
   * {@code .tsv}.
   */
  static BoxWriter open(Path path) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Adds one photograph: a row for each box, or one without numbers where nothing was found. */
  void write(String name, Observation observation) throws IOException;

  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
