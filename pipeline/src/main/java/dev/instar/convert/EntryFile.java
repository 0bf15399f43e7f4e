package dev.instar.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
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

/**
 * Records that are not in the output, a JSON object a line, in a file that exists only while it has
 * any.
 *
 * <p>Lines are appended and made durable with the output; a last line that was cut short is
 * dropped. Not thread-safe.
 */
final class EntryFile<E extends EntryFile.Keyed> implements AutoCloseable {
  /** An entry and what tells it from others. */
  interface Keyed {
    String key();
  }

  /**
   * Loaded with the first entry: most runs have none, and JSON costs a tenth of a second to start.
   */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final ObjectWriter WRITER = MAPPER.writer();
  }

  private final Path file;
  private final Map<String, E> entries;
  private FileChannel channel;

  private EntryFile(Path file, Map<String, E> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Opens a file with what earlier runs put there.
   *
   * @param kind what an entry is called where a line is none
   * @throws IOException if the file is none of ours
   */
  static <E extends Keyed> EntryFile<E> open(Path file, Class<E> type, String kind)
      throws IOException {
    Map<String, E> entries = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          try {
            E entry = Json.MAPPER.readValue(line, type);
            entries.put(entry.key(), entry);
          } catch (JsonProcessingException e) {
            if (lines.readLine() != null) {
              throw new IOException(
                  file + ", line " + number + ": not " + kind + "; move the file away", e);
            }
          }
        }
      }
    }
    return new EntryFile<>(file, entries);
  }

  /**
   * Writes a file anew with the entries of others, in their order; without any it is removed.
   *
   * @return the number of entries
   * @throws IOException if one of them is none of ours; the file is then left as it is
   */
  static <E extends Keyed> int join(Path file, Collection<Path> others, Class<E> type, String kind)
      throws IOException {
    EntryFile<E> joined = new EntryFile<>(file, new LinkedHashMap<>());
    for (Path other : others) {
      try (EntryFile<E> part = open(other, type, kind)) {
        joined.entries.putAll(part.entries);
      }
    }
    joined.finish();
    return joined.entries.size();
  }

  Path file() {
    return file;
  }

  /** All entries, oldest first. */
  Collection<E> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** The entry of this key, or null if there is none. */
  E of(String key) {
    return entries.get(key);
  }

  /** Adds an entry, or replaces that of the same key. */
  void add(E entry) throws IOException {
    if (channel == null) {
      rewrite();
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    entries.put(entry.key(), entry);
    writeFully(channel, line(entry));
  }

  /** Takes an entry out; the file follows at {@link #finish}. */
  void remove(String key) {
    entries.remove(key);
  }

  /** Makes all entries so far durable. */
  void commit() throws IOException {
    if (channel != null) {
      channel.force(false);
    }
  }

  /** Brings the file in line with the entries: rewritten, or gone where there are none. */
  void finish() throws IOException {
    close();
    rewrite();
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
      for (E entry : entries.values()) {
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

  private String line(E entry) throws IOException {
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
