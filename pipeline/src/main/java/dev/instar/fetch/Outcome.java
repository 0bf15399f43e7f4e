package dev.instar.fetch;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of one file.
 *
 * @param file that was asked for
 * @param path where it lies, or would
 * @param status how it ended
 * @param bytes its size, 0 unless it is there
 * @param source where it came from in this run, empty if from nowhere
 * @param verified the checksums that its bytes were compared with
 * @param problem why it is not there, as a sentence; empty if it is
 */
public record Outcome(
    PublishedFile file,
    Path path,
    Status status,
    long bytes,
    String source,
    List<Checksum> verified,
    String problem) {
  /** How it ended. */
  public enum Status {
    /** It was fetched now. */
    FETCHED,
    /** It was there already. */
    PRESENT,
    /** It could not be had. */
    FAILED,
    /** As {@link #FAILED}, since no host was reached. */
    UNREACHABLE,
    /** The user stopped it; the same command continues. */
    STOPPED;

    /** Whether the file is there. */
    public boolean isDone() {
      return this == FETCHED || this == PRESENT;
    }
  }

  public Outcome {
    verified = List.copyOf(verified);
  }

  static Outcome without(PublishedFile file, Path path, Status status, String problem) {
    return new Outcome(file, path, status, 0, "", List.of(), problem);
  }
}
