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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a box file says: a row for each photograph, with its key, the size its boxes were drawn on,
 * its quality and the line that named it first, and the boxes of each row; some 60 bytes a row and
 * 24 a box beside the key. Not thread-safe while it is filled.
 */
final class BoxTable implements BoxRow.Sink {
  private static final int LONGEST_BLANK_START = 1 << 12;
  private static final int LONGEST_KEY = 4096;
  private static final Quality[] QUALITIES = Quality.values();

  /** Stands for a row where there are several. */
  private static final int SEVERAL = -2;

  private final String file;
  private final NameTable keys = new NameTable();
  private final NameTable fileNames = new NameTable();
  private final BoxList boxes = new BoxList();
  private int[] rowsOfFileNames = new int[1 << 6];
  private int[] widths = new int[1 << 6];
  private int[] heights = new int[1 << 6];
  private int[] lines = new int[1 << 6];
  private int[] firstBoxes = new int[1 << 6];
  private byte[] verdicts = new byte[1 << 6];

  /** Five numbers a row, NaN where there are none; empty as long as no row has any. */
  private float[] judgements = {};

  BoxTable(String file) {
    this.file = file;
  }

  /** Reads a file as {@link BoxFile#read} describes. */
  static BoxTable read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new BoxFileException(path.toString(), "a folder, not a box file", null);
    }
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      return parse(path.toString(), reader);
    }
  }

  static BoxTable parse(String file, Reader text) throws IOException {
    BufferedReader reader = new BufferedReader(text);
    try {
      BoxTable table = new BoxTable(file);
      if (firstCharacter(reader) == '{') {
        new CocoBoxes(file, table).read(reader);
      } else {
        new BoxRows(file, table).read(reader);
      }
      return table;
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

  /**
   * Adds the row of a photograph, or a further box of one.
   *
   * @throws BoxFileException if it repeats or contradicts what the file said of the photograph
   *     before
   */
  @Override
  public void add(BoxRow row) throws BoxFileException {
    int known = keys.find(row.key());
    if (known == NameTable.NONE) {
      int added = addPhotograph(row);
      row.box().ifPresent(box -> addBox(added, box, row.score()));
      return;
    }
    if (row.box().isEmpty()
        || firstBoxes[known] == BoxList.END
        || boxes.hasUnscored(firstBoxes[known], row)) {
      throw listedTwice(row, known);
    }
    requireSame("size", drawnOn(known), row.drawnOn(), row);
    requireSame("quality", verdict(known), row.verdict(), row);
    put(known, row);
    addBox(known, row.box().get(), row.score());
  }

  /**
   * Adds a photograph without the box of its row.
   *
   * @return its row's number
   * @throws BoxFileException if it is there
   */
  int addPhotograph(BoxRow row) throws BoxFileException {
    if (row.key().length() > LONGEST_KEY) {
      throw new BoxFileException(
          file, row.line(), "a name of " + row.key().length() + " characters");
    }
    int number = keys.add(row.key());
    if (number == NameTable.NONE) {
      throw listedTwice(row, keys.find(row.key()));
    }
    grow(number);
    addFileName(row.key(), number);
    lines[number] = (int) row.line();
    firstBoxes[number] = BoxList.END;
    put(number, row);
    return number;
  }

  /** Adds a box to a row; its score is NaN where none is given. */
  void addBox(int row, BoundingBox box, float score) {
    firstBoxes[row] = boxes.add(box, score, firstBoxes[row]);
  }

  private BoxFileException listedTwice(BoxRow row, int known) {
    return new BoxFileException(
        file,
        row.line(),
        row.key() + " is listed a second time, the first is in line " + lines[known]);
  }

  private <T> void requireSame(String what, Optional<T> before, Optional<T> now, BoxRow row)
      throws BoxFileException {
    if (before.isPresent() && now.isPresent() && !before.equals(now)) {
      throw new BoxFileException(
          file,
          row.line(),
          row.key() + " has another " + what + " than in line " + lines[keys.find(row.key())]);
    }
  }

  /** Notes what a row says beside its box. */
  private void put(int number, BoxRow row) {
    row.drawnOn()
        .ifPresent(
            size -> {
              widths[number] = size.width();
              heights[number] = size.height();
            });
    row.verdict().ifPresent(verdict -> verdicts[number] = (byte) (verdict.ordinal() + 1));
    row.quality().ifPresent(quality -> putJudgement(number, quality));
  }

  private void putJudgement(int row, QualityScores quality) {
    int width = BoxRows.JUDGEMENT.size();
    int before = judgements.length;
    if (before < (row + 1) * width) {
      judgements = Arrays.copyOf(judgements, Math.multiplyExact(lines.length, width));
      Arrays.fill(judgements, before, judgements.length, Float.NaN);
    }
    judgements[row * width] = quality.valid();
    judgements[row * width + 1] = quality.empty();
    judgements[row * width + 2] = quality.blurry();
    judgements[row * width + 3] = quality.fragmented();
    judgements[row * width + 4] = quality.focus();
  }

  /** The file that it was read from, for messages. */
  String file() {
    return file;
  }

  int size() {
    return keys.size();
  }

  /** The key of a row. */
  String key(int row) {
    return keys.get(row);
  }

  /**
   * The row of a photograph, looked up as {@link BoxFile#boxOf} describes, or {@link
   * NameTable#NONE}.
   *
   * @throws InputException if only its file name is listed, in several folders
   */
  int rowOf(String recordName) throws InputException {
    int row = keys.find(recordName);
    String fileName = recordName.substring(recordName.lastIndexOf('/') + 1);
    if (row == NameTable.NONE) {
      row = keys.find(fileName);
    }
    if (row == NameTable.NONE) {
      row = rowOfFileName(fileName);
    }
    int dot = fileName.lastIndexOf('.');
    return row == NameTable.NONE && dot > 0 ? keys.find(fileName.substring(0, dot)) : row;
  }

  private int rowOfFileName(String fileName) throws InputException {
    int number = fileNames.find(fileName);
    if (number == NameTable.NONE) {
      return NameTable.NONE;
    }
    int row = rowsOfFileNames[number];
    if (row == SEVERAL) {
      throw new InputException(
          Fault.NO_BOX, file + " lists several photographs of this name, in different folders");
    }
    return row;
  }

  private void addFileName(String key, int row) {
    int slash = key.lastIndexOf('/');
    if (slash < 0) {
      return;
    }
    String fileName = key.substring(slash + 1);
    int number = fileNames.add(fileName);
    if (number == NameTable.NONE) {
      rowsOfFileNames[fileNames.find(fileName)] = SEVERAL;
      return;
    }
    if (number == rowsOfFileNames.length) {
      rowsOfFileNames = Arrays.copyOf(rowsOfFileNames, number + (number >> 1));
    }
    rowsOfFileNames[number] = row;
  }

  /** All that is known of a row. */
  BoxRecord record(int row) {
    List<Detection> detections = new ArrayList<>();
    boolean scored = false;
    for (int box = firstBoxes[row]; box != BoxList.END; box = boxes.next(box)) {
      float score = boxes.score(box);
      scored |= !Float.isNaN(score);
      detections.add(new Detection(boxes.box(box), Float.isNaN(score) ? 1 : score));
    }
    Collections.reverse(detections); // boxes are chained from the last to the first
    Optional<QualityScores> quality = judgement(row);
    return new BoxRecord(
        keys.get(row),
        drawnOn(row),
        detections,
        scored,
        verdict(row).or(() -> quality.map(QualityScores::verdict)),
        quality);
  }

  private Optional<Size> drawnOn(int row) {
    return widths[row] == 0 ? Optional.empty() : Optional.of(new Size(widths[row], heights[row]));
  }

  private Optional<Quality> verdict(int row) {
    return verdicts[row] == 0 ? Optional.empty() : Optional.of(QUALITIES[verdicts[row] - 1]);
  }

  /** Whether any row has a quality. */
  boolean statesQuality() {
    for (int row = 0; row < size(); row++) {
      if (verdicts[row] != 0) {
        return true;
      }
    }
    return judgements.length > 0;
  }

  private Optional<QualityScores> judgement(int row) {
    int at = row * BoxRows.JUDGEMENT.size();
    return at >= judgements.length || Float.isNaN(judgements[at])
        ? Optional.empty()
        : Optional.of(
            new QualityScores(
                judgements[at],
                judgements[at + 1],
                judgements[at + 2],
                judgements[at + 3],
                judgements[at + 4]));
  }

  private void grow(int row) {
    if (row == lines.length) {
      int rows = row + (row >> 1);
      lines = Arrays.copyOf(lines, rows);
      widths = Arrays.copyOf(widths, rows);
      heights = Arrays.copyOf(heights, rows);
      firstBoxes = Arrays.copyOf(firstBoxes, rows);
      verdicts = Arrays.copyOf(verdicts, rows);
    }
  }
}
