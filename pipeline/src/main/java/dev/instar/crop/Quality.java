package dev.instar.crop;

import java.util.Locale;
import java.util.Optional;

/**
 * What a photograph of a specimen is good for, as BIOSCAN's own review of failed crops names it.
 */
public enum Quality {
  /** An insect, whole and sharp enough to be told. */
  VALID,
  /** No insect. */
  EMPTY,
  /** An insect out of focus. */
  BLURRY,
  /** Parts of an insect, or one that the edge cuts. */
  FRAGMENTED;

  /** The quality of that label, whatever its letters' case; none for any other word. */
  public static Optional<Quality> of(String label) {
    for (Quality quality : values()) {
      if (quality.name().equalsIgnoreCase(label)) {
        return Optional.of(quality);
      }
    }
    return Optional.empty();
  }

  /** The word in box files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
