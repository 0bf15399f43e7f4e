package dev.instar.survey;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.instar.convert.RunSettings;
import dev.instar.crop.BoxWriter;
import dev.instar.crop.Observation;
import dev.instar.pack.NameTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that a survey has seen so far, in the file {@code OUTPUT.survey}: the settings on the first
 * line, then a JSON object for each photograph, in the order in which they were looked at.
 *
 * <p>Not every form of box file can be continued, and none says everything; so this is what is
 * continued, and box files are written from it. A batch counts once the line of its last photograph
 * is whole: what comes after the last such line is dropped when the log is opened.
 *
 * <p>One thread adds; what was there at the opening can be asked for by any number.
 */
public final class SurveyLog implements AutoCloseable {
  private final FileChannel channel;
  private final NameTable names = new NameTable();
  private final Tally tally = new Tally();

  /** Where the lines of the known names begin, and where the last one ends. */
  private long[] places = new long[1 << 8];

  private long begin;
  private long end;

  /** What is done with each photograph of a log. */
  @FunctionalInterface
  public interface Reader {
    void read(SeenPhotograph seen) throws IOException;
  }

  /** Takes a line of the log, without its end; answers whether to go on to the next. */
  @FunctionalInterface
  private interface LineReader {
    boolean read(byte[] line, long from, long to) throws IOException;
  }

  private SurveyLog(FileChannel channel) {
    this.channel = channel;
  }

  /** The log of an output. */
  public static Path fileFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".survey");
  }

  /**
   * Opens the log of an output, new or to be continued.
   *
   * @param settings what decides the boxes, on one line
   * @throws IOException if it was begun with other settings
   */
  public static SurveyLog open(Path output, String settings) throws IOException {
    FileChannel channel =
        FileChannel.open(
            fileFor(output),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean success = false;
    try {
      SurveyLog log = new SurveyLog(channel);
      log.begin(output, settings);
      log.readKnown();
      success = true;
      return log;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  private void begin(Path output, String settings) throws IOException {
    lines(
        0,
        (line, from, to) -> {
          RunSettings.requireSame(output, new String(line, StandardCharsets.UTF_8), settings);
          begin = to;
          return false;
        });
    if (begin == 0) { // new, or cut short before there was anything
      channel.truncate(0);
      begin = write((settings + '\n').getBytes(StandardCharsets.UTF_8), 0);
    }
    end = begin;
  }

  private void readKnown() throws IOException {
    places[0] = begin;
    List<Known> batch = new ArrayList<>();
    lines(
        begin,
        (bytes, from, to) -> {
          Optional<SeenLine> line = SeenLine.parse(bytes);
          if (line.isEmpty()) {
            return false;
          }
          batch.add(new Known(line.get().seen(), to));
          if (line.get().end()) {
            batch.forEach(this::know);
            batch.clear();
            end = to;
          }
          return true;
        });
    channel.truncate(end);
  }

  private record Known(SeenPhotograph seen, long to) {}

  private void know(Known known) {
    int number = names.add(known.seen().name());
    if (number == NameTable.NONE) {
      throw new IllegalStateException(known.seen().name() + " was looked at twice");
    }
    if (number + 1 == places.length) {
      places = Arrays.copyOf(places, places.length + (places.length >> 1));
    }
    places[number + 1] = known.to();
    tally.add(known.seen().observation());
  }

  /** Passes over all whole lines from {@code position} on. */
  private void lines(long position, LineReader reader) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    long from = position;
    for (long at = position; channel.read(chunk.clear(), at) > 0; at += chunk.limit()) {
      chunk.flip();
      for (int i = 0; i < chunk.limit(); i++) {
        if (chunk.get(i) != '\n') {
          line.write(chunk.get(i));
          continue;
        }
        long to = at + i + 1;
        if (!reader.read(line.toByteArray(), from, to)) {
          return;
        }
        line.reset();
        from = to;
      }
    }
  }

  /** Whether the photograph of this name was in the log when it was opened. */
  boolean contains(String name) {
    return names.find(name) != NameTable.NONE;
  }

  /** What was seen in a photograph that was in the log when it was opened. */
  Optional<Observation> find(String name) throws IOException {
    int number = names.find(name);
    if (number == NameTable.NONE) {
      return Optional.empty();
    }
    ByteBuffer line = ByteBuffer.allocate((int) (places[number + 1] - places[number]));
    while (line.hasRemaining() && channel.read(line, places[number] + line.position()) > 0) {
      // until all of it is there
    }
    return SeenLine.parse(line.array()).map(known -> known.seen().observation());
  }

  /** Adds the photographs of one batch. */
  void append(List<SeenPhotograph> batch) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < batch.size(); i++) {
      lines.writeBytes(new SeenLine(batch.get(i), i == batch.size() - 1).bytes());
    }
    end = write(lines.toByteArray(), end);
    batch.forEach(seen -> tally.add(seen.observation()));
  }

  /** Makes durable what was added. */
  void commit() throws IOException {
    channel.force(true);
  }

  /** What all photographs in the log came to. */
  Tally tally() {
    return tally;
  }

  /** Reads the whole log, in its order. */
  public void forEach(Reader reader) throws IOException {
    lines(
        begin,
        (bytes, from, to) -> {
          Optional<SeenLine> line = SeenLine.parse(bytes);
          if (line.isPresent()) {
            reader.read(line.get().seen());
          }
          return line.isPresent();
        });
  }

  /**
   * Writes a box file with all that is in the log; its form follows from its ending. The file
   * appears, or is replaced, once it is complete.
   */
  public void writeBoxes(Path output) throws IOException {
    // Before the name, since the form follows from the ending.
    Path draft = output.resolveSibling(".partial-" + output.getFileName());
    boolean success = false;
    try {
      Files.deleteIfExists(draft);
      try (BoxWriter boxes = BoxWriter.open(draft)) {
        forEach(seen -> boxes.write(seen.name(), seen.observation()));
      }
      Files.move(draft, output, ATOMIC_MOVE, REPLACE_EXISTING);
      success = true;
    } finally {
      if (!success) {
        Files.deleteIfExists(draft);
      }
    }
  }

  private long write(byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
    return position + bytes.length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
