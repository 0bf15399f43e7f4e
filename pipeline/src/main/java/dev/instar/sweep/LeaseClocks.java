package dev.instar.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clocks that a lease goes by. Those of two hosts are never compared: they may be hours apart.
 *
 * @param server what the files of a folder get their times from
 * @param nanos of this process, from any origin; may stand still while the machine sleeps
 * @param millis of this host; may be set
 */
record LeaseClocks(Server server, LongSupplier nanos, LongSupplier millis) {
  static final LeaseClocks REAL =
      new LeaseClocks(LeaseClocks::probe, System::nanoTime, System::currentTimeMillis);

  /** The clock of a file server. */
  @FunctionalInterface
  interface Server {
    /** What a file that is written in {@code folder} now would get for a time. */
    Instant now(Path folder) throws IOException;
  }

  /** A moment of this process. */
  record Moment(long nanos, long millis) {}

  Moment moment() {
    return new Moment(nanos.getAsLong(), millis.getAsLong());
  }

  /** Whether a moment is longer ago than that by either clock. */
  boolean passed(Duration duration, Moment since) {
    return nanos.getAsLong() - since.nanos() > duration.toNanos()
        || millis.getAsLong() - since.millis() > duration.toMillis();
  }

  /** Writes a file and reads its time. */
  private static Instant probe(Path folder) throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile(folder, ".clock-", null);
    } catch (IOException e) {
      return Instant.now(); // of a sweep that may only be read no better clock is to be had
    }
    try {
      try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1));
        channel.force(true);
      } catch (IOException full) {
        // A disk without room for a byte has given the file its time all the same.
        return Files.getLastModifiedTime(probe).toInstant();
      }
      return Files.getLastModifiedTime(probe).toInstant();
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
