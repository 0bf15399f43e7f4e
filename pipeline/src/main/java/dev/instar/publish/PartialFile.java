package dev.instar.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written beside its name, and gets the name when it is complete and durable. Not
 * thread-safe.
 */
final class PartialFile implements AutoCloseable {
  private static final String ENDING = ".partial";

  private final Path target;
  private final Path partial;

  /** Makes the folders above {@code target}; what an earlier attempt left is replaced. */
  PartialFile(Path target) throws IOException {
    this.target = target;
    partial = target.resolveSibling(target.getFileName() + ENDING);
    Files.createDirectories(target.getParent());
  }

  /** Where it is written until {@link #commit()}. */
  Path path() {
    return partial;
  }

  /** Syncs what was written and gives it its name. */
  void commit() throws IOException {
    sync(partial, StandardOpenOption.WRITE);
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    sync(folder, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(partial);
  }

  /** Writes a whole file. */
  static void write(Path target, byte[] content) throws IOException {
    try (PartialFile file = new PartialFile(target)) {
      Files.write(file.path(), content);
      file.commit();
      syncFolder(target.getParent());
    }
  }

  /** Writes a whole text as UTF-8. */
  static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }
}
