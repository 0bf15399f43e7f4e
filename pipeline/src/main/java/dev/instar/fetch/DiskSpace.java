package dev.instar.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The room that is left for files on their way to one folder. Thread-safe. */
final class DiskSpace {
  /** Left free for whoever else writes there, in bytes. */
  private static final long RESERVE = 64L << 20;

  private final Path folder;
  private final FreeBytes free;
  private final Set<Meter> claims = new HashSet<>();

  /** Says how many bytes a folder can still take. */
  @FunctionalInterface
  interface FreeBytes {
    long in(Path folder) throws IOException;
  }

  DiskSpace(Path folder, FreeBytes free) {
    this.folder = folder;
    this.free = free;
  }

  static DiskSpace of(Path folder) {
    return new DiskSpace(folder, path -> Files.getFileStore(path).getUsableSpace());
  }

  /**
   * Makes sure that what {@code meter} still expects fits beside what others do.
   *
   * @throws DiskFullException if it does not
   */
  synchronized void claim(Meter meter) throws IOException {
    long others = claims.stream().filter(m -> m != meter).mapToLong(Meter::outstanding).sum();
    long left = free.in(folder);
    if (left >= 0 && left - others < meter.outstanding() + RESERVE) {
      String taken = others > 0 ? ", " + Amount.bytes(others) + " of it for other files" : "";
      throw new DiskFullException(
          Amount.bytes(meter.outstanding())
              + " more are needed, "
              + folder
              + " has "
              + Amount.bytes(left)
              + " free"
              + taken);
    }
    claims.add(meter);
  }

  synchronized void release(Meter meter) {
    claims.remove(meter);
  }

  /** There is no room; no other source helps. */
  static final class DiskFullException extends IOException {
    DiskFullException(String message) {
      super(message);
    }
  }
}
