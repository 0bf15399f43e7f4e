package dev.instar.crop;

/**
 * One thing that a detector takes for an insect.
 *
 * @param box in pixels of the upright photograph
 * @param score how sure the detector is, from 0 to 1; comparable between boxes of one detector only
 */
public record Detection(BoundingBox box, float score) {
  public Detection {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score of " + score + ", it must lie between 0 and 1");
    }
  }
}
