package dev.instar.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** Whether a file can be had by one program and one part of it alone. */
public final class SoleWriter {
  private SoleWriter() {}

  /**
   * Locks the file that {@code channel} writes, until the channel is closed.
   *
   * @return whether nobody else has it, in this process or another
   */
  public static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
