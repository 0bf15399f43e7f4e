package dev.instar.survey;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.pack.SafeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Reduced photographs with their boxes, a JPEG each, under the photographs' names and folders.
 *
 * <p>A file gets its name when it is complete. One thread writes; any may ask.
 */
public final class OverlayFolder {
  private final Path folder;
  private final int longerSide;

  /** Its name is random: the tasks of an array may share a folder. */
  private final Path unfinished;

  /**
   * A folder, which is made where it is missing.
   *
   * @param longerSide of the pictures, in pixels; smaller photographs are not enlarged
   */
  public OverlayFolder(Path folder, int longerSide) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    this.folder = Files.createDirectories(folder);
    this.longerSide = longerSide;
    unfinished = folder.resolve(".instar-overlay-" + UUID.randomUUID() + ".partial");
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
    try {
      return Files.isRegularFile(fileOf(name));
    } catch (InputException e) {
      return false;
    }
  }

  /** A painter of such pictures; who asks for it closes it. */
  OverlayPainter painter() {
    return new OverlayPainter(longerSide);
  }

  /**
   * Where the picture of a photograph goes.
   *
   * @throws InputException if the name is no safe one
   */
  Path fileOf(String name) throws InputException {
    try {
      return folder.resolve(pathOf(SafeName.check(name)));
    } catch (InvalidPathException e) {
      throw new InputException(
          Fault.UNSAFE_NAME, "its name cannot be spelled here; use a UTF-8 locale", e);
    }
  }

  /**
   * Stores the picture of a photograph.
   *
   * @throws InputException if the name is no safe one
   */
  void write(String name, Bytes jpeg) throws IOException {
    Path file = fileOf(name);
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
