package dev.instar.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.instar.image.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The records that could not be converted, each with its reason: a JSON object a line, {@code name,
 * reason, message, location}.
 *
 * <p>The file lies beside the output and exists only while it has entries. Lines are appended and
 * made durable with the output; a last line that was cut short is dropped. Not thread-safe.
 */
public final class Quarantine implements AutoCloseable {
  /** One refused record; its location tells it from others of the same name. */
  public record Entry(String name, String reason, String message, String location) {
    public Entry {
      Objects.requireNonNull(location, "location");
    }
  }

  /**
   * Loaded with the first entry: most runs have none, and JSON costs a tenth of a second to start.
   */
  private static final class Json {
    static final ObjectReader READER = new ObjectMapper().readerFor(Entry.class);
    static final ObjectWriter WRITER = new ObjectMapper().writerFor(Entry.class);
  }

  private final Path file;
  private final Map<String, Entry> entries;
  private FileChannel channel;

  private Quarantine(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** The file for an output: its name and {@code .quarantine.jsonl}. */
  public static Path fileFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".quarantine.jsonl");
  }

  /**
   * Opens the quarantine of {@code output} with what earlier runs put there.
   *
   * @throws IOException if the file is none of ours
   */
  public static Quarantine open(Path output) throws IOException {
    Path file = fileFor(output);
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          try {
            Entry entry = Json.READER.readValue(line);
            entries.put(entry.location(), entry);
          } catch (JsonProcessingException e) {
            if (lines.readLine() != null) {
              throw new IOException(
                  file + ", line " + number + ": not a quarantine entry; move the file away", e);
            }
          }
        }
      }
    }
    return new Quarantine(file, entries);
  }

  /** The file, which exists only while there are entries. */
  public Path file() {
    return file;
  }

  /** All entries, oldest first. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** The entry of the record at {@code location}, or null if it is not quarantined. */
  Entry at(String location) {
    return entries.get(location);
  }

  /** Puts a record into quarantine, or replaces the reason why it is there. */
  Entry add(String name, String location, InputException cause) throws IOException {
    Entry entry = new Entry(name, cause.fault().label(), cause.getMessage(), location);
    if (channel == null) {
      rewrite();
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    entries.put(location, entry);
    writeFully(channel, line(entry));
    return entry;
  }

  /** Takes a record out that has been converted after all; the file follows at {@link #finish}. */
  void release(String location) {
    entries.remove(location);
  }

  /** Makes all entries so far durable. */
  public void commit() throws IOException {
    if (channel != null) {
      channel.force(false);
    }
  }

  /** Brings the file in line with the entries: rewritten, or gone where there are none. */
  public void finish() throws IOException {
    close();
    if (entries.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      rewrite();
    }
  }

  private void rewrite() throws IOException {
    if (entries.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (Entry entry : entries.values()) {
        writeFully(out, line(entry));
      }
      out.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void writeFully(FileChannel out, String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static String line(Entry entry) throws IOException {
    return Json.WRITER.writeValueAsString(entry) + '\n';
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.force(false);
      channel.close();
      channel = null;
    }
  }
}
