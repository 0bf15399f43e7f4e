package dev.instar.hdf5;

/**
 * An entry of a group, not followed.
 *
 * @param name its bytes decoded as UTF-8, malformed ones replaced; may hold anything but NUL and
 *     {@code /}
 * @param kind what it is
 * @param target the address of the object header that a hard link leads to, -1 for other links
 */
public record Link(String name, Kind kind, long target) {
  /** What a link leads to. */
  public enum Kind {
    /** An object of the same file. */
    HARD,
    /** A path that is resolved anew at every use; it may dangle or loop. */
    SOFT,
    /** An object of another file. */
    EXTERNAL,
    /** Something that only its writer's program can follow. */
    USER
  }
}
