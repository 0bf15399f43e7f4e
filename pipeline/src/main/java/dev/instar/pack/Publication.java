package dev.instar.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a file comes under its final name: written as {@code NAME.partial}, synced, renamed, its
 * folder synced.
 */
final class Publication {
  private Publication() {}

  /** Where {@code target} is written until it is complete. */
  static Path partialOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  /**
   * Checks that the folder of {@code target} exists, and that a file can have that name.
   *
   * @throws IOException if it does not, or the target itself is a folder
   */
  static void requireFolderOf(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target)) {
      throw new IOException(target + " is a folder, where a file is to be written");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(target.toString(), null, "its folder does not exist");
    }
  }

  /**
   * Opens a file for reading and writing and locks it against other programs and threads.
   *
   * @throws IOException if someone else has it
   */
  static FileChannel openLocked(Path path, StandardOpenOption... more) throws IOException {
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    options.addAll(List.of(more));
    FileChannel channel = FileChannel.open(path, options);
    boolean success = false;
    try {
      if (!SoleWriter.lock(channel)) {
        throw new IOException(path + " is being written by another program or thread");
      }
      success = true;
      return channel;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  /**
   * Copies the first {@code length} bytes of a file under another name, which appears in one step.
   */
  static void copy(Path from, long length, Path to) throws IOException {
    Path copying = to.resolveSibling(to.getFileName() + ".copying");
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target =
            FileChannel.open(
                copying,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      for (long done = 0; done < length; ) {
        long moved = source.transferTo(done, length - done, target);
        if (moved == 0) {
          throw new EOFException(from + " became shorter while it was copied");
        }
        done += moved;
      }
      target.force(true);
    }
    publish(copying, to);
  }

  /**
   * Renames a complete and synced file, replacing what {@code target} was, and syncs the folder.
   */
  static void publish(Path complete, Path target) throws IOException {
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(target.toAbsolutePath().getParent());
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
