package dev.instar.cli;

import dev.instar.evaluate.Identification;
import java.io.IOException;

/** Where {@code instar predict} says what it found, one record after the other. */
interface PredictionOutput extends AutoCloseable {
  void identified(String record, Identification identification) throws IOException;

  void unreadable(String record, String reason) throws IOException;

  /** All records were written. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
