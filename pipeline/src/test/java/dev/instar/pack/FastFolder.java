package dev.instar.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary folders in memory where the system has such, since a test that syncs thousands of times
 * would wait for the disk.
 */
final class FastFolder implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** A folder that its caller deletes. */
  static Path create() throws IOException {
    return Files.isWritable(MEMORY)
        ? Files.createTempDirectory(MEMORY, "instar")
        : Files.createTempDirectory("instar");
  }

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return create();
  }
}
