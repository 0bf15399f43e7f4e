package dev.instar.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second program or thread from writing to the same folder. */
public final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the folder if need be and takes the lock.
   *
   * @param name of the file in the folder that stands for the lock; it is gone afterwards
   * @throws FolderInUseException if someone else has it
   */
  public static FolderLock take(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean success = false;
    try {
      if (!SoleWriter.lock(channel)) {
        throw new FolderInUseException(folder, file);
      }
      success = true;
      return new FolderLock(file, channel);
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
