package dev.instar.pack;

import java.util.Locale;
import java.util.Optional;

/** How the pictures of a collection are stored. */
public enum Encoding {
  /** Each record is a JPEG file. */
  JPEG,
  /** Each record is {@code height x width x 3} bytes, RGB. */
  RAW;

  /** The name in a pack's attributes: lower case, stable between versions. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The encoding with that label. */
  static Optional<Encoding> labelled(String label) {
    for (Encoding encoding : values()) {
      if (encoding.label().equals(label)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }
}
