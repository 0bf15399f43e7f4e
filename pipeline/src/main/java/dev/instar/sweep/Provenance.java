package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.taxonomy.AtomicText;
import dev.instar.train.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a result came from; of a training, in the session that ended it.
 *
 * @param code version of Instar, the commit that it was built from where known, versions of
 *     LibTorch and of what decodes pictures
 * @param data what was read, the pack, the table, weights to begin with, each with its checksum
 * @param options every setting that the run was begun with, {@code recipe.} before those of the
 *     recipe
 * @param environment Java, system, processor, cores, threads, device, host, Slurm job
 * @param command that makes the same run again, an argument each
 */
public record Provenance(
    Map<String, String> code,
    List<DataFile> data,
    Map<String, String> options,
    Map<String, String> environment,
    List<String> command) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Provenance {
    code = ordered(code);
    data = List.copyOf(data);
    options = ordered(options);
    environment = ordered(environment);
    command = List.copyOf(command);
  }

  /**
   * That of a run, if it was written.
   *
   * @param run the folder of a training
   * @throws InputException if the file is damaged; the message names it
   */
  public static Optional<Provenance> read(Path run) throws IOException {
    Path file = run.resolve(RunSettings.PROVENANCE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Provenance.class));
    } catch (JsonProcessingException e) {
      throw new InputException(
          Fault.CORRUPT, file + " is damaged: " + e.getOriginalMessage() + "; remove it", e);
    }
  }

  /** Writes it into the folder of a training, atomically. */
  public void write(Path run) throws IOException {
    AtomicText.write(run.resolve(RunSettings.PROVENANCE), JSON.writeValueAsString(this) + "\n");
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A file that a run read.
   *
   * @param role {@code pack}, {@code metadata} or {@code weights}
   * @param path where it lay
   * @param bytes its size
   * @param checksum with its kind before it: {@code sha256:} of the file's bytes, or {@code
   *     records-sha256:} of a pack, of the names, lengths and CRC-32Cs of its records
   */
  public record DataFile(String role, String path, long bytes, String checksum) {}
}
