package dev.instar.convert;

import dev.instar.crop.Quality;
import dev.instar.image.InputException;
import dev.instar.pack.ImageRecord;

/** What became of one record that was worked on. */
sealed interface Outcome {
  /** The size of its photograph, in bytes. */
  long bytesRead();

  /**
   * It was converted.
   *
   * @param length the number of bytes at the start of the slot's memory
   * @param memory what it still holds of the budget, to be given back once it is written
   */
  record Converted(ImageRecord record, long bytesRead, int length, long memory)
      implements Outcome {}

  /** It is of a quality that was not wanted. */
  record Skipped(Quality quality, long bytesRead) implements Outcome {}

  /** It is unusable. */
  record Refused(InputException cause, long bytesRead) implements Outcome {}
}
