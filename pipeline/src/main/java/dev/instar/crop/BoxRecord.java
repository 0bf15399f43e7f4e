package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a box file says of one photograph.
 *
 * @param name the photograph's name, {@code /} between folders
 * @param drawnOn the size of the picture that the boxes are in pixels of, where the file states it
 * @param detections by falling score, of equal ones the largest first; a box without a score has 1
 * @param scored whether the file gives scores
 * @param verdict the quality, as a label or a judgement; absent where the file states none or one
 *     that this program does not know, such as {@code unlabelled}
 * @param quality what the judgement rests on, where the file states it
 */
public record BoxRecord(
    String name,
    Optional<Size> drawnOn,
    List<Detection> detections,
    boolean scored,
    Optional<Quality> verdict,
    Optional<QualityScores> quality) {
  private static final Comparator<Detection> BEST_FIRST =
      Comparator.comparingDouble(Detection::score)
          .thenComparingDouble(detection -> detection.box().area())
          .reversed();

  public BoxRecord {
    detections = detections.stream().sorted(BEST_FIRST).toList();
  }

  /** A record with scores, and a verdict from elsewhere. */
  public BoxRecord(
      String name, Optional<Size> drawnOn, List<Detection> detections, Optional<Quality> verdict) {
    this(name, drawnOn, detections, true, verdict, Optional.empty());
  }

  /** What was seen in a photograph. */
  public static BoxRecord of(String name, Observation observation) {
    return new BoxRecord(
        name,
        Optional.of(observation.photograph()),
        observation.detections(),
        true,
        observation.quality().map(QualityScores::verdict),
        observation.quality());
  }

  /** The box to crop around, if there is one. */
  public Optional<Detection> best() {
    return detections.stream().findFirst();
  }

  /**
   * The same with boxes in pixels of {@code photograph}, which may be the picture that they were
   * drawn on at another size: of the same shape, up to a pixel of rounding. Boxes of a picture
   * whose size is not stated are taken as they are.
   *
   * @throws InputException {@link Fault#BOX_MISMATCH} if the shapes differ
   */
  public BoxRecord onto(Size photograph) throws InputException {
    return onto(photograph, "");
  }

  /**
   * As above.
   *
   * @param where where the box comes from, for the message: {@code " in FILE"}
   */
  BoxRecord onto(Size photograph, String where) throws InputException {
    if (drawnOn.isEmpty() || drawnOn.get().equals(photograph)) {
      return this;
    }
    Size drawn = drawnOn.get();
    if (!sameShape(drawn, photograph)) {
      throw new InputException(
          Fault.BOX_MISMATCH,
          "its box"
              + where
              + " was drawn on a picture of "
              + drawn
              + ", this one has "
              + photograph);
    }
    double horizontally = (double) photograph.width() / drawn.width();
    double vertically = (double) photograph.height() / drawn.height();
    return new BoxRecord(
        name,
        Optional.of(photograph),
        detections.stream()
            .map(
                detection ->
                    new Detection(
                        detection.box().scaled(horizontally, vertically), detection.score()))
            .toList(),
        scored,
        verdict,
        quality);
  }

  /**
   * Whether one size is the other one reduced, up to one pixel of the smaller picture in one of its
   * sides.
   */
  private static boolean sameShape(Size a, Size b) {
    boolean reduced = a.pixels() >= b.pixels();
    Size large = reduced ? a : b;
    Size small = reduced ? b : a;
    double width = (double) large.width() * small.height() / large.height();
    double height = (double) large.height() * small.width() / large.width();
    return Math.abs(width - small.width()) <= 1 || Math.abs(height - small.height()) <= 1;
  }
}
