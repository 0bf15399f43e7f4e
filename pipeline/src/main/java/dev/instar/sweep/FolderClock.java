package dev.instar.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** The clock that a folder's files get their times from. */
@FunctionalInterface
interface FolderClock {
  /**
   * The clock of the file server: a file is written, and its time read. Where nothing may be
   * written, such as to a sweep of somebody else, this host's clock is all that there is.
   */
  FolderClock SERVER =
      folder -> {
        Path probe;
        try {
          probe = Files.createTempFile(folder, ".clock-", null);
        } catch (IOException e) {
          return Instant.now();
        }
        try {
          try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1));
            channel.force(true);
          }
          return Files.getLastModifiedTime(probe).toInstant();
        } finally {
          Files.deleteIfExists(probe);
        }
      };

  /** What a file that is written to in {@code folder} now would get for a time. */
  Instant now(Path folder) throws IOException;
}
