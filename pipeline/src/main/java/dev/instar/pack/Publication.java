package dev.instar.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
   * Checks that the folder of {@code target} exists.
   *
   * @throws NotDirectoryException if it does not
   */
  static void requireFolderOf(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
      throw new NotDirectoryException(target + " is a folder, or lies in one that does not exist");
    }
  }

  /**
   * Renames a complete and synced file, replacing what {@code target} was, and syncs the folder.
   */
  static void publish(Path complete, Path target) throws IOException {
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolderOf(target);
  }

  /** Makes the names in the folder of {@code file} durable. */
  static void syncFolderOf(Path file) throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
