package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Pictures named one by one: by a text with a path a line, or by an argument of a command.
 *
 * <p>Relative paths start at the working directory. Blank lines and lines that begin with {@code #}
 * are skipped. The name of a record is its path as it stands in the list, less a {@code ./}; where
 * that is no safe name, as with absolute paths, it is the file's name alone.
 */
public final class ListSource implements ImageSource {
  private static final int LONGEST_LINE = 8192;

  private final Limits limits;
  private final NameList paths = new NameList();

  private ListSource(Limits limits) {
    this.limits = limits;
  }

  /** One picture, named by its file name and the {@code part{n}} folder it lies in. */
  static ListSource of(Path picture, Limits limits) {
    ListSource source = new ListSource(limits);
    source.paths.add(picture.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    return source;
  }

  /**
   * Reads a list of paths in UTF-8.
   *
   * @throws InputException if it is no text, or longer than the limits allow
   */
  public static ListSource open(Path list, Limits limits) throws IOException {
    try (InputStream text = Files.newInputStream(list)) {
      return read(text, list.toString(), limits);
    }
  }

  /**
   * Reads a list from a stream, which stays open.
   *
   * @param name of the list, for messages
   */
  static ListSource read(InputStream text, String name, Limits limits) throws IOException {
    ListSource source = new ListSource(limits);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
    StringBuilder line = new StringBuilder();
    int number = 1;
    try {
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (c == '\n') {
          source.add(line, name, number++);
        } else if (line.length() == LONGEST_LINE || c == 0) {
          throw refused(name, number, "is no path");
        } else {
          line.append((char) c);
        }
      }
      source.add(line, name, number);
    } catch (CharacterCodingException e) {
      throw refused(name, number, "or one close after it is not UTF-8");
    }
    return source;
  }

  private void add(StringBuilder line, String name, int number) throws InputException {
    String path = line.toString().strip();
    line.setLength(0);
    if (path.isEmpty() || path.startsWith("#")) {
      return;
    }
    if (paths.size() == limits.entries()) {
      throw refused(name, number, "is one more than the " + limits.entries() + " that are allowed");
    }
    paths.add(path.getBytes(StandardCharsets.UTF_8));
  }

  private static InputException refused(String name, int number, String why) {
    return new InputException(
        Fault.UNSUPPORTED, "the list " + name + " is refused: line " + number + " " + why);
  }

  @Override
  public int size() {
    return paths.size();
  }

  @Override
  public String name(int index) {
    return published(index).name();
  }

  @Override
  public int part(int index) {
    return published(index).part();
  }

  private PublishedPath published(int index) {
    String path = paths.get(index);
    String relative = path.startsWith("./") ? path.substring(2) : path;
    PublishedPath published = PublishedPath.of(relative);
    try {
      SafeName.check(published.name());
      return published;
    } catch (UnsafeNameException e) {
      return new PublishedPath(path.substring(path.lastIndexOf('/') + 1), published.part());
    }
  }

  @Override
  public String location(int index) {
    return paths.get(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    SafeName.check(name(index));
    try {
      return new Content.Encoded(RecordFile.read(Path.of(paths.get(index)), limits, scratch));
    } catch (InvalidPathException e) {
      throw new InputException(Fault.UNREADABLE, "no path: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
