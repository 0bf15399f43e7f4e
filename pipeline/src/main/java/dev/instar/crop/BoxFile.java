package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.pack.NameTable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The boxes of a collection of photographs, read from a file into a compact table.
 *
 * <p>Three kinds are read, told apart by their content:
 *
 * <ul>
 *   <li>a table (commas or tabs) with the columns {@code file,x,y,w,h} in any order, and perhaps
 *       {@code width,height}, the size of the picture that the box was drawn on, {@code score} from
 *       0 to 1, and {@code quality}, or the columns {@code valid,empty,blurry,fragmented,focus} of
 *       its judgement. A row without numbers says that the photograph has no box; a photograph with
 *       several boxes has several rows.
 *   <li>BIOSCAN-5M's table: {@code processid,x0,y0,x1,y1} and {@code
 *       width_original,height_original}, and the columns above if they are there.
 *   <li>COCO's JSON, all categories and crowds alike, with {@code score} at annotations and the
 *       quality's columns as fields of images.
 * </ul>
 *
 * <p>Of several boxes of a photograph the one with the highest score counts, of equal scores and
 * without scores the largest; a box without a score among others that have one counts as 1.
 *
 * <p>Immutable once read; any number of threads may ask it.
 */
public final class BoxFile {
  private final BoxTable table;

  BoxFile(BoxTable table) {
    this.table = table;
  }

  /**
   * Reads all boxes of {@code path}, which is UTF-8.
   *
   * @throws BoxFileException if it is of no known kind, or a line of it cannot be used
   */
  public static BoxFile read(Path path) throws IOException {
    return new BoxFile(BoxTable.read(path));
  }

  static BoxFile parse(String file, Reader text) throws IOException {
    return new BoxFile(BoxTable.parse(file, text));
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
    Optional<BoxRecord> record = recordOf(recordName);
    if (record.isEmpty() || record.get().detections().isEmpty()) {
      return Optional.empty();
    }
    return record.get().onto(photograph, " in " + table.file()).best().map(Detection::box);
  }

  /** What the file says of a photograph, found as {@link #boxOf} finds it. */
  public Optional<BoxRecord> recordOf(String recordName) throws InputException {
    int row = table.rowOf(recordName);
    return row == NameTable.NONE ? Optional.empty() : Optional.of(table.record(row));
  }

  /** Whether the file says of any photograph what it is good for. */
  public boolean statesQuality() {
    return table.statesQuality();
  }
}
