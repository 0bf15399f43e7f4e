package dev.instar.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps a run from continuing what was begun with other settings: they stand in {@code
 * OUTPUT.settings} until the output is finished.
 */
public final class RunSettings {
  private RunSettings() {}

  /** Where the settings of an unfinished output stand. */
  public static Path fileFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".settings");
  }

  /**
   * Notes the settings of an output that is begun now, or compares them with those that it was
   * begun with.
   *
   * @throws IOException if they differ
   */
  public static void begin(Path output, String settings) throws IOException {
    Path file = fileFor(output);
    if (Files.exists(file)) {
      requireSame(output, Files.readString(file, StandardCharsets.UTF_8).strip(), settings);
      return;
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, settings + '\n');
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Compares settings with those that a finished output states.
   *
   * @throws IOException if they differ
   */
  public static void requireSame(Path output, String stated, String settings) throws IOException {
    if (!stated.equals(settings)) {
      throw new IOException(
          output
              + " was made with other settings ("
              + stated
              + "); use these, choose another output, or begin anew with --overwrite");
    }
  }

  /** Forgets the settings of an output that is finished. */
  public static void end(Path output) throws IOException {
    Files.deleteIfExists(fileFor(output));
  }
}
