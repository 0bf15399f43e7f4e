package dev.instar.convert;

import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The records that could not be converted, each with its reason: a JSON object a line, {@code name,
 * reason, message, location}.
 *
 * <p>The file lies beside the output and exists only while it has entries. Not thread-safe.
 */
public final class Quarantine implements AutoCloseable {
  /** One refused record; its location tells it from others of the same name. */
  public record Entry(String name, String reason, String message, String location)
      implements EntryFile.Keyed {
    public Entry {
      Objects.requireNonNull(location, "location");
    }

    @Override
    public String key() {
      return location;
    }
  }

  private final EntryFile<Entry> file;

  private Quarantine(EntryFile<Entry> file) {
    this.file = file;
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
    return new Quarantine(EntryFile.open(fileFor(output), Entry.class, "a quarantine entry"));
  }

  /**
   * Writes the quarantine of an output that was joined from shards, out of theirs.
   *
   * @return the number of entries
   * @throws IOException if a file beside a shard is none of ours
   */
  public static int join(Path output, List<Path> shards) throws IOException {
    List<Path> files = shards.stream().map(Quarantine::fileFor).toList();
    return EntryFile.join(fileFor(output), files, Entry.class, "a quarantine entry");
  }

  /** The file, which exists only while there are entries. */
  public Path file() {
    return file.file();
  }

  /** All entries, oldest first. */
  public Collection<Entry> entries() {
    return file.entries();
  }

  /** The entry of the record at {@code location}, or null if it is not quarantined. */
  Entry at(String location) {
    return file.of(location);
  }

  /** Puts a record into quarantine, or replaces the reason why it is there. */
  Entry add(String name, String location, InputException cause) throws IOException {
    Entry entry = new Entry(name, cause.fault().label(), cause.getMessage(), location);
    file.add(entry);
    return entry;
  }

  /** Takes a record out that needs no quarantine after all; the file follows at the end. */
  void release(String location) {
    file.remove(location);
  }

  /** Makes all entries so far durable. */
  public void commit() throws IOException {
    file.commit();
  }

  /** Brings the file in line with the entries: rewritten, or gone where there are none. */
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
