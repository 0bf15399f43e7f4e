package dev.instar.fetch;

import dev.instar.pack.SafeName;
import dev.instar.pack.UnsafeNameException;
import java.util.List;

/**
 * A file that can be fetched.
 *
 * @param name the name that it gets, without folders
 * @param bytes its size, or {@link #UNKNOWN}
 * @param exact whether {@code bytes} is the size itself, not only about it
 * @param checksums what its bytes must amount to; may be empty
 * @param locations where it can be had, the best first
 */
public record PublishedFile(
    String name, long bytes, boolean exact, List<Checksum> checksums, List<Location> locations) {
  /** A size that nobody stated. */
  public static final long UNKNOWN = -1;

  public PublishedFile {
    try {
      SafeName.check(name);
    } catch (UnsafeNameException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("'" + name + "' names a folder too");
    }
    if (exact && bytes < 0) {
      throw new IllegalArgumentException("the exact size of " + name + " is missing");
    }
    checksums = List.copyOf(checksums);
    locations = List.copyOf(locations);
  }

  /** The same file with other locations. */
  public PublishedFile at(List<Location> others) {
    return new PublishedFile(name, bytes, exact, checksums, others);
  }

  /** The same file where {@code source} keeps it; without locations if it does not. */
  public PublishedFile from(Source source) {
    return at(locations.stream().filter(location -> location.source() == source).toList());
  }

  /** The exact size, or {@link #UNKNOWN}. */
  long exactBytes() {
    return exact ? bytes : UNKNOWN;
  }
}
