package dev.instar.fetch;

import java.util.Optional;

/**
 * What a server says identifies one version of a file.
 *
 * @param etag as sent, empty if there is none
 * @param lastModified as sent, empty if there is none
 */
record Validator(String etag, String lastModified) {
  static final Validator NONE = new Validator("", "");

  /**
   * The value of an {@code If-Range} field: a strong entity tag, else the date (RFC 9110, section
   * 13.1.5); empty if neither is there.
   */
  Optional<String> ifRange() {
    if (isStrong(etag)) {
      return Optional.of(etag);
    }
    return lastModified.isEmpty() ? Optional.empty() : Optional.of(lastModified);
  }

  /** Whether {@code other} is certainly of another version. */
  boolean contradicts(Validator other) {
    if (isStrong(etag) && isStrong(other.etag)) {
      return !etag.equals(other.etag);
    }
    return !lastModified.isEmpty()
        && !other.lastModified.isEmpty()
        && !lastModified.equals(other.lastModified);
  }

  private static boolean isStrong(String etag) {
    return etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
  }
}
