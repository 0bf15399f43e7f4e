package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import java.util.List;

/**
 * What may be a specimen.
 *
 * @param box in pixels of the photograph
 * @param features what it is judged by, in the order of {@link #FEATURES}
 */
public record Candidate(BoundingBox box, double[] features) {
  /** The names of {@link #features}. */
  public static final List<String> FEATURES = CandidateFeatures.NAMES;
}
