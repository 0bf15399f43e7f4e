package dev.instar.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a result came from.
 *
 * @param code version of Instar, the commit that it was built from where known, LibTorch's version
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
  public Provenance {
    code = ordered(code);
    data = List.copyOf(data);
    options = ordered(options);
    environment = ordered(environment);
    command = List.copyOf(command);
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
   * @param checksum with its kind before it, as in {@code sha256:9f86d0...}
   */
  public record DataFile(String role, String path, long bytes, String checksum) {}
}
