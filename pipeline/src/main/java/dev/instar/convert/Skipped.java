package dev.instar.convert;

import dev.instar.crop.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The records that were left out on purpose, each with the quality that it was left out for: a JSON
 * object a line, {@code name, quality, location}.
 *
 * <p>The file lies beside the output and exists only while it has entries. What stands there is not
 * looked at again. Not thread-safe.
 */
public final class Skipped implements AutoCloseable {
  /** One record; its location tells it from others of the same name. */
  public record Entry(String name, String quality, String location) implements EntryFile.Keyed {
    public Entry {
      Objects.requireNonNull(quality, "quality");
      Objects.requireNonNull(location, "location");
    }

    @Override
    public String key() {
      return location;
    }
  }

  private final EntryFile<Entry> file;

  private Skipped(EntryFile<Entry> file) {
    this.file = file;
  }

  /** The file for an output: its name and {@code .skipped.jsonl}. */
  public static Path fileFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".skipped.jsonl");
  }

  /**
   * Opens the list of {@code output} with what earlier runs put there.
   *
   * @throws IOException if the file is none of ours
   */
  public static Skipped open(Path output) throws IOException {
    return new Skipped(
        EntryFile.open(fileFor(output), Entry.class, "an entry of what was skipped"));
  }

  /**
   * Writes the list of an output that was joined from shards, out of theirs.
   *
   * @return the number of entries
   * @throws IOException if a file beside a shard is none of ours
   */
  public static int join(Path output, List<Path> shards) throws IOException {
    List<Path> files = shards.stream().map(Skipped::fileFor).toList();
    return EntryFile.join(fileFor(output), files, Entry.class, "an entry of what was skipped");
  }

  /** All entries, oldest first. */
  public Collection<Entry> entries() {
    return file.entries();
  }

  /** The quality that the record at {@code location} was left out for, if it was. */
  Optional<String> qualityAt(String location) {
    return Optional.ofNullable(file.of(location)).map(Entry::quality);
  }

  /** Lists a record. */
  void add(String name, String location, Quality quality) throws IOException {
    file.add(new Entry(name, quality.label(), location));
  }

  /** Makes all entries so far durable. */
  void commit() throws IOException {
    file.commit();
  }

  /** Brings the file in line with the entries. */
  void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
