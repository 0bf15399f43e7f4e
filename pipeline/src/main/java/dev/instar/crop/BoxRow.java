package dev.instar.crop;

import dev.instar.image.Size;
import java.io.IOException;
import java.util.List;
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
    void add(BoxRow row) throws IOException;
  }

  /** The box with its score, of which an absent one is 1. */
  Optional<Detection> detection() {
    return box.map(found -> new Detection(found, Float.isNaN(score) ? 1 : score));
  }

  /** What rows that agree in all but their boxes say of their photograph. */
  static BoxRecord record(List<BoxRow> rows) {
    BoxRow first = rows.get(0);
    return new BoxRecord(
        first.key,
        first.drawnOn,
        rows.stream().flatMap(row -> row.detection().stream()).toList(),
        rows.stream().anyMatch(row -> !Float.isNaN(row.score)),
        first.verdict,
        first.quality);
  }
}
