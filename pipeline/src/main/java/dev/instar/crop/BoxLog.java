package dev.instar.crop;

import dev.instar.pack.SoleWriter;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A box file while it is written: a table in {@link BoxForm#CSV} that rows are appended to, locked
 * against other runs. Not thread-safe.
 */
final class BoxLog implements AutoCloseable {
  private static final byte[] HEADER = BoxLines.HEADER.getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final FileChannel channel;
  private final Writer rows;

  private BoxLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    rows =
        new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8),
            1 << 16);
  }

  /**
   * Opens a log for this run alone.
   *
   * @throws IOException if another run has it
   */
  static BoxLog open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean success = false;
    try {
      // A run that finished meanwhile has given the file that we opened its final name.
      if (!SoleWriter.lock(channel) || !Files.exists(file)) {
        throw new IOException(file + " is being written by another run");
      }
      success = true;
      return new BoxLog(file, channel);
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  /** Forgets what is there. */
  void begin() throws IOException {
    channel.truncate(0);
    channel.position(0);
    rows.write(BoxLines.HEADER);
  }

  /**
   * Goes on behind what is there: what is cut off, and the last photograph, some of whose rows may
   * be missing, are dropped.
   *
   * @param names takes the names of the photographs that stay
   * @throws IOException if the file is none of ours
   */
  void resume(Consumer<String> names) throws IOException {
    if (channel.size() < HEADER.length) {
      requireOurs(file, channel.size());
      begin();
      return;
    }
    Rows kept = rows(file, names);
    channel.truncate(kept.lastFrom());
    channel.position(kept.lastFrom());
  }

  /**
   * Begins with what a finished file of this form has.
   *
   * @param names takes the names of all its photographs
   * @throws IOException if it is none of ours, or not finished
   */
  void takeUp(Path finished, Consumer<String> names) throws IOException {
    Rows all = rows(finished, names);
    if (all.end() < Files.size(finished)) {
      throw new IOException(finished + ": the last line has no end; move the file away");
    }
    if (!all.last().isEmpty()) {
      names.accept(all.last());
    }
    channel.truncate(0);
    try (FileChannel source = FileChannel.open(finished, StandardOpenOption.READ)) {
      for (long at = 0; at < all.end(); ) {
        at += source.transferTo(at, all.end() - at, channel.position(at));
      }
    }
    channel.position(all.end());
  }

  private static void requireOurs(Path file, long bytes) throws IOException {
    try (InputStream start = Files.newInputStream(file)) {
      int length = (int) Math.min(bytes, HEADER.length);
      if (!Arrays.equals(start.readNBytes(length), Arrays.copyOf(HEADER, length))) {
        throw new IOException(
            file + " has other columns than this program writes; move the file away");
      }
    }
  }

  private record Rows(String last, long lastFrom, long end) {}

  /** Names all photographs but the last and says where its rows begin and end. */
  private static Rows rows(Path file, Consumer<String> names) throws IOException {
    requireOurs(file, HEADER.length);
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    Rows known = new Rows("", HEADER.length, HEADER.length);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      bytes.skipNBytes(HEADER.length);
      boolean quoted = false;
      long at = HEADER.length;
      for (int value = bytes.read(); value >= 0; value = bytes.read()) {
        row.write(value);
        at++;
        quoted ^= value == '"';
        if (value == '\n' && !quoted) {
          String name = BoxLines.name(row.toString(StandardCharsets.UTF_8));
          boolean same = name.equals(known.last());
          if (!same && !known.last().isEmpty()) {
            names.accept(known.last());
          }
          known = new Rows(name, same ? known.lastFrom() : known.end(), at);
          row.reset();
        }
      }
    }
    return known;
  }

  /** Adds the rows of a photograph. */
  void append(BoxRecord record) throws IOException {
    rows.write(BoxLines.of(record));
  }

  /** Hands what was appended to the operating system, which keeps it if this process ends. */
  void flush() throws IOException {
    rows.flush();
  }

  /** Makes what was appended durable. */
  void force() throws IOException {
    flush();
    channel.force(true);
  }

  /** Reads what was flushed, a photograph at a time. */
  void forEach(RecordRuns.Sink sink) throws IOException {
    RecordRuns runs = new RecordRuns(sink);
    try (BufferedReader text = Files.newBufferedReader(file)) {
      new BoxRows(file.toString(), runs).read(text);
    }
    runs.end();
  }

  /** Removes the file. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Ends the run's hold on the file; what was not flushed is lost. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
