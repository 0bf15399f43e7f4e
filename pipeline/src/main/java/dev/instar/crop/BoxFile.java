package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.pack.NameTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The boxes of a collection of photographs, read from a file into a compact table.
 *
 * <p>Three kinds are read, told apart by their content:
 *
 * <ul>
 *   <li>a table (commas or tabs) with the columns {@code file,x,y,w,h} in any order, and perhaps
 *       {@code width,height}: the size of the picture that the box was drawn on. A row without
 *       numbers says that the photograph has no box.
 *   <li>BIOSCAN-5M's table: {@code processid,x0,y0,x1,y1} and {@code
 *       width_original,height_original}.
 *   <li>COCO's JSON: of several boxes of a picture the one with the highest {@code score} counts,
 *       without scores the largest.
 * </ul>
 *
 * <p>Immutable once read; any number of threads may ask it.
 */
public final class BoxFile {
  private static final int LONGEST_BLANK_START = 1 << 12;

  private final String file;
  private final BoxTable table;

  private BoxFile(String file, BoxTable table) {
    this.file = file;
    this.table = table;
  }

  /**
   * Reads all boxes of {@code path}, which is UTF-8.
   *
   * @throws BoxFileException if it is of no known kind, or a line of it cannot be used
   */
  public static BoxFile read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new BoxFileException(path.toString(), "a folder, not a box file", null);
    }
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      return parse(path.toString(), reader);
    }
  }

  static BoxFile parse(String file, Reader text) throws IOException {
    BufferedReader reader = new BufferedReader(text);
    try {
      BoxTable table = new BoxTable(file);
      if (firstCharacter(reader) == '{') {
        new CocoBoxes(file, table).read(reader);
      } else {
        new BoxRows(file, table).read(reader);
      }
      return new BoxFile(file, table);
    } catch (CharacterCodingException e) {
      throw new BoxFileException(file, "it is not UTF-8 text", e);
    }
  }

  /**
   * The first character that is neither blank nor a byte order mark; the reader then stands at the
   * text's start, without that mark.
   */
  private static int firstCharacter(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_BLANK_START);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
    reader.mark(LONGEST_BLANK_START);
    int first = ' ';
    for (int i = 0; i < LONGEST_BLANK_START && Character.isWhitespace(first); i++) {
      first = reader.read();
    }
    reader.reset();
    return first;
  }

  /** The number of photographs that are listed, those without a box included. */
  public int size() {
    return table.size();
  }

  /**
   * The box of a photograph, looked up by its name with folders, then by its file name, then among
   * the file names of listed paths, then by the file name without its ending.
   *
   * @param recordName the photograph's name, {@code /} between folders
   * @param photograph its size, upright
   * @return the box in pixels of this photograph, or nothing where the file lists none
   * @throws InputException {@link Fault#BOX_MISMATCH} if the box was drawn on a picture of another
   *     shape. One of another size but the same shape, up to a pixel of rounding, has its box
   *     scaled
   */
  public Optional<BoundingBox> boxOf(String recordName, Size photograph) throws InputException {
    int row = rowOf(recordName);
    if (row == NameTable.NONE || !table.hasBox(row)) {
      return Optional.empty();
    }
    BoundingBox box = table.box(row);
    Optional<Size> drawnOn = table.drawnOn(row);
    if (drawnOn.isEmpty() || drawnOn.get().equals(photograph)) {
      return Optional.of(box);
    }
    Size drawn = drawnOn.get();
    if (!sameShape(drawn, photograph)) {
      throw new InputException(
          Fault.BOX_MISMATCH,
          "its box in "
              + file
              + " was drawn on a picture of "
              + drawn
              + ", this one has "
              + photograph);
    }
    double horizontally = (double) photograph.width() / drawn.width();
    double vertically = (double) photograph.height() / drawn.height();
    return Optional.of(box.scaled(horizontally, vertically));
  }

  private int rowOf(String recordName) throws InputException {
    int row = table.find(recordName);
    String fileName = recordName.substring(recordName.lastIndexOf('/') + 1);
    if (row == NameTable.NONE) {
      row = table.find(fileName);
    }
    if (row == NameTable.NONE) {
      row = table.findFileName(fileName);
    }
    int dot = fileName.lastIndexOf('.');
    return row == NameTable.NONE && dot > 0 ? table.find(fileName.substring(0, dot)) : row;
  }

  /**
   * Whether one size is the other one reduced, up to one pixel of the smaller picture in one of its
   * sides.
   */
  private static boolean sameShape(Size a, Size b) {
    boolean reduced = a.pixels() >= b.pixels();
    Size large = reduced ? a : b;
    Size small = reduced ? b : a;
    double width = (double) large.width() * small.height() / large.height();
    double height = (double) large.height() * small.width() / large.width();
    return Math.abs(width - small.width()) <= 1 || Math.abs(height - small.height()) <= 1;
  }
}
