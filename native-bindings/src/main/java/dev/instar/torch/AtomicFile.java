package dev.instar.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears under its name, synced together with its folder's entry, only when it is
 * complete. Until then it is {@code .NAME.PROCESS.tmp} beside it. Not thread-safe.
 */
final class AtomicFile implements AutoCloseable {
  private final Path folder;
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;

  private AtomicFile(Path folder, Path target, Path temporary, FileChannel channel) {
    this.folder = folder;
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  static AtomicFile create(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          target.toString(), null, "there is no folder " + folder + " to write it in");
    }
    Path temporary =
        folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new AtomicFile(folder, target, temporary, channel);
  }

  /** Appends all of {@code parts}; memory outside the heap goes to the system as it is. */
  void write(ByteBuffer... parts) throws IOException {
    int first = 0;
    while (true) {
      while (first < parts.length && !parts[first].hasRemaining()) {
        first++;
      }
      if (first == parts.length) {
        return;
      }
      try {
        channel.write(parts, first, parts.length - first);
      } catch (IOException e) {
        throw named(e);
      }
    }
  }

  /** The system's own message, such as that the disk is full, does not say where. */
  private IOException named(IOException e) {
    IOException named = new FileSystemException(target.toString(), null, e.getMessage());
    named.initCause(e);
    return named;
  }

  /** Makes the content durable and puts it under the final name. */
  void commit() throws IOException {
    try {
      channel.force(true);
      channel.close();
    } catch (IOException e) {
      throw named(e);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
