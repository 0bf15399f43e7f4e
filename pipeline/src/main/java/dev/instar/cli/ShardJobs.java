package dev.instar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.convert.RunSettings;
import dev.instar.taxonomy.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The jobs that Slurm was given for an output, as they are noted beside the scripts.
 *
 * @param photographs in the input
 * @param settings what decides the bytes of the output
 * @param array the number of the job that makes the shards
 * @param merge the number of the job that joins them
 */
record ShardJobs(int shards, int photographs, String settings, long array, long merge) {
  private static final String NAME = "jobs.json";

  /**
   * The last ones, if there were any.
   *
   * @param folder of the scripts
   * @throws IOException if its note cannot be read
   */
  static Optional<ShardJobs> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readValue(file.toFile(), ShardJobs.class));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no note of jobs; move the folder away", e);
    }
  }

  void write(Path folder) throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve(NAME))) {
      file.stream().write(new ObjectMapper().writeValueAsBytes(this));
      file.commit();
    }
  }

  /**
   * Checks that shards made now would be those of these jobs.
   *
   * @throws IOException that says what has changed
   */
  void requireSame(Path output, int shardsNow, int photographsNow, String settingsNow)
      throws IOException {
    RunSettings.requireSame(output, settings, settingsNow);
    if (shardsNow != shards || photographsNow != photographs) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s was begun with %,d shards of %,d photographs, now there are %,d of %,d, so that each would hold others; restore that, choose another output, or begin anew with --overwrite",
              output,
              shards,
              photographs,
              shardsNow,
              photographsNow));
    }
  }

  List<Long> jobs() {
    return List.of(array, merge);
  }

  /** Says what was submitted. */
  void print(
      PrintWriter out, boolean json, Path output, Path arrayScript, Path mergeScript, Path logs) {
    if (json) {
      ObjectNode all = new ObjectMapper().createObjectNode();
      all.put("output", output.toString()).put("photographs", photographs).put("shards", shards);
      all.putObject("array").put("job", array).put("script", arrayScript.toString());
      all.putObject("merge").put("job", merge).put("script", mergeScript.toString());
      all.put("logs", logs.toString());
      out.println(all);
    } else {
      out.printf(Locale.ROOT, "%s: %,d photographs in %,d shards%n", output, photographs, shards);
      out.printf(Locale.ROOT, "  job %d makes them: %s%n", array, arrayScript);
      out.printf(Locale.ROOT, "  job %d then joins them: %s%n", merge, mergeScript);
      out.printf(Locale.ROOT, "  logs: %s%n", logs);
      out.printf(
          Locale.ROOT,
          "  squeue --jobs=%d,%d shows them; the same command continues what fails%n",
          array,
          merge);
    }
    out.flush();
  }
}
