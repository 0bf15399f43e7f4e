package dev.instar.survey;

import dev.instar.memory.Bytes;
import dev.instar.pack.SafeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Reduced photographs with their boxes, a JPEG each, under the photographs' names and folders.
 *
 * <p>A file gets its name when it is complete. One thread writes; any may ask.
 */
public final class OverlayFolder {
  private static final String UNFINISHED = ".instar-overlay.partial";

  private final Path folder;
  private final int longerSide;

  /**
   * A folder, which is made where it is missing.
   *
   * @param longerSide of the pictures, in pixels; smaller photographs are not enlarged
   */
  public OverlayFolder(Path folder, int longerSide) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.longerSide = longerSide;
  }

  /**
   * The path of a photograph's picture below the folder: its name, with {@code .jpg} added where it
   * does not end so.
   *
   * @param name a safe name
   */
  public static String pathOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") ? name : name + ".jpg";
  }

  /** Whether there is a picture of a photograph. */
  boolean contains(String name) {
    return Files.isRegularFile(folder.resolve(pathOf(name)));
  }

  /** A painter of such pictures; who asks for it closes it. */
  OverlayPainter painter() {
    return new OverlayPainter(longerSide);
  }

  /** Stores the picture of a photograph. */
  void write(String name, Bytes jpeg) throws IOException {
    Path file = folder.resolve(pathOf(SafeName.check(name)));
    Path unfinished = folder.resolve(UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = jpeg.buffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw new IOException(file + " could not be written (" + e.getMessage() + ")", e);
    }
    Files.createDirectories(file.getParent());
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
