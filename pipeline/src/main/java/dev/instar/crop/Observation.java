package dev.instar.crop;

import dev.instar.image.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one photograph.
 *
 * @param photograph its size, upright
 * @param detections by falling score; none in an empty well
 * @param quality what the photograph is good for, where that was judged
 */
public record Observation(
    Size photograph, List<Detection> detections, Optional<QualityScores> quality) {
  public Observation {
    detections =
        detections.stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .toList();
  }

  /** The box to crop around, if there is an insect. */
  public Optional<Detection> best() {
    return detections.stream().findFirst();
  }
}
