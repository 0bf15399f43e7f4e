package dev.instar.crop;

import dev.instar.image.Size;
import java.util.Optional;

/**
 * One row of a box table.
 *
 * @param key names the photograph
 * @param drawnOn the size of the picture that the box is in pixels of
 * @param box none says that there is none
 * @param score NaN where none is given
 */
record BoxRow(
    String key,
    Optional<Size> drawnOn,
    Optional<BoundingBox> box,
    float score,
    Optional<Quality> verdict,
    Optional<QualityScores> quality,
    long line) {
  /** Takes the rows of a file, one after the other. */
  interface Sink {
    void add(BoxRow row) throws BoxFileException;
  }
}
