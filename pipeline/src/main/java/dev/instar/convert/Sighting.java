package dev.instar.convert;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Quality;
import java.util.Optional;

/**
 * What is known of the insect in one photograph.
 *
 * @param box around it, in pixels of the upright photograph
 * @param verdict what the photograph is good for, where that was judged
 */
public record Sighting(Optional<BoundingBox> box, Optional<Quality> verdict) {
  static final Sighting NOTHING = new Sighting(Optional.empty(), Optional.empty());
}
