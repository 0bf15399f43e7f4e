package dev.instar.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to work on a cell, for one process at a time, among processes on any hosts that share a
 * file system. Thread-safe.
 *
 * <p>A lease is a file {@code lease.N} that is made exclusively, so that one of several that want
 * it gets it, on NFS too. Its holder writes to it every few seconds; one that was not written to
 * for {@link #STALE_SECONDS} is dead, by the file server's clock, and whoever makes {@code
 * lease.N+1} comes after it. No file is taken away from a living process: a holder that slept and
 * wakes sees the higher number and stops.
 */
public final class Lease implements AutoCloseable {
  /** How often the holder gives a sign of life. */
  static final long BEAT_SECONDS = 5;

  /** Without a sign for so long a holder is dead. Attributes on NFS may be a minute old. */
  static final long STALE_SECONDS = 90;

  private Lease() {}

  /**
   * Takes the lease of a cell if nobody alive has it; until closed, a thread keeps it alive.
   *
   * @param folder of the cell
   */
  public static Optional<Lease> take(Path folder) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(folder));
  }

  /** Who holds the cell and is alive. */
  public static Optional<Holder> holder(Path folder) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(folder));
  }

  /**
   * Whether another process has taken the cell over, or the sweep was cancelled: the holder must
   * stop and write nothing more.
   */
  public boolean lost() {
    throw new UnsupportedOperationException();
  }

  /** Gives the lease back. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
