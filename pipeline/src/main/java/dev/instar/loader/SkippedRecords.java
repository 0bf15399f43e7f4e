package dev.instar.loader;

import dev.instar.image.InputException;

/**
 * Is told of records that are left out, each once for a loader, by the thread that takes batches.
 */
@FunctionalInterface
public interface SkippedRecords {
  /**
   * A record was left out for the first time.
   *
   * @param location where it is, as its source says it
   */
  void skipped(String location, InputException reason);
}
