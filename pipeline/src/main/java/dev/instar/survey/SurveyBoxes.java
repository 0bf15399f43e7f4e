package dev.instar.survey;

import dev.instar.convert.RunSettings;
import dev.instar.convert.Stored;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.BoxWriter;
import dev.instar.crop.Observation;
import dev.instar.pack.NameTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The box file of a survey, with what earlier runs put there. One thread writes; what was there at
 * the opening can be asked for by any number.
 */
public final class SurveyBoxes implements Stored, AutoCloseable {
  private final Path path;
  private final BoxWriter writer;
  private final NameTable names = new NameTable();
  private final Tally tally = new Tally();
  private List<BoxRecord> earlier = List.of();

  private SurveyBoxes(Path path, BoxWriter writer) {
    this.path = path;
    this.writer = writer;
  }

  /**
   * Opens a box file, new or to be continued, be it finished or not.
   *
   * @param lock its settings file, locked
   * @param settings what decides its boxes, on one line
   * @throws IOException if it was begun with other settings, cannot be written, or is none of this
   *     program's
   */
  public static SurveyBoxes open(Path path, RunSettings lock, String settings) throws IOException {
    boolean success = false;
    try {
      lock.require(settings, Files.exists(path) || Files.exists(BoxWriter.unfinished(path)));
      SurveyBoxes boxes = open(path);
      success = true;
      return boxes;
    } finally {
      if (!success) {
        lock.withdraw();
      }
    }
  }

  /** As above, whatever the settings are. */
  static SurveyBoxes open(Path path) throws IOException {
    BoxWriter writer = BoxWriter.resume(path);
    boolean success = false;
    try {
      SurveyBoxes boxes = new SurveyBoxes(path, writer);
      boxes.readEarlier();
      success = true;
      return boxes;
    } finally {
      if (!success) {
        writer.close();
      }
    }
  }

  private void readEarlier() throws IOException {
    if (writer.size() == 0 && Files.exists(path)) {
      // A form that is written at the end, from its beginning.
      for (BoxRecord record : BoxRecords.read(path)) {
        writer.write(record);
      }
    }
    if (writer.size() > 0) {
      earlier = records();
      for (BoxRecord record : earlier) {
        names.add(record.name());
        tally.add(record);
      }
    }
  }

  @Override
  public boolean contains(String name) {
    return writer.has(name);
  }

  @Override
  public String keyOf(String name) {
    return writer.keyOf(name);
  }

  /** Whether the file's form can hold a name. */
  boolean fits(String name) {
    return writer.fits(name);
  }

  /** What an earlier run saw in a photograph. */
  Optional<Observation> find(String name) {
    int number = names.find(name);
    return number == NameTable.NONE ? Optional.empty() : observation(earlier.get(number));
  }

  private static Optional<Observation> observation(BoxRecord record) {
    return record
        .drawnOn()
        .map(size -> new Observation(size, record.detections(), record.quality()));
  }

  void write(String name, Observation observation) throws IOException {
    BoxRecord record = BoxRecord.of(name, observation);
    writer.write(record);
    tally.add(record);
  }

  /** Lets what was written outlive this process. */
  void commit() throws IOException {
    writer.flush();
  }

  /** What all photographs came to. */
  Tally tally() {
    return tally;
  }

  /** All that was written so far, by this run and earlier ones, in the file's order. */
  public List<BoxRecord> records() throws IOException {
    writer.flush();
    return BoxRecords.read(BoxWriter.unfinished(path));
  }

  /** Completes the file. */
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
