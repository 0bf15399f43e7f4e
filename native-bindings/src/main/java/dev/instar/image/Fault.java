package dev.instar.image;

/**
 * What can be wrong with one input record; the label is the reason that a quarantine file states.
 */
public enum Fault {
  UNREADABLE("unreadable"),
  NOT_AN_IMAGE("not-an-image"),
  UNSUPPORTED("unsupported-image"),
  TRUNCATED("truncated"),
  CORRUPT("corrupt"),
  TOO_MANY_PIXELS("too-many-pixels"),
  TOO_MANY_BYTES("too-many-bytes"),
  UNSAFE_NAME("unsafe-name"),
  DUPLICATE_NAME("duplicate-name"),
  NO_BOX("no-box"),
  EMPTY_BOX("empty-box"),
  BOX_MISMATCH("box-of-another-picture"),
  BOX_OUTSIDE("box-outside-image"),
  /** A defect of this program, not known to be one of the record. */
  UNEXPECTED("unexpected-failure");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** The reason in a quarantine file: lower case, hyphens, stable between versions. */
  public String label() {
    return label;
  }
}
