package dev.instar.slurm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program of Slurm's, without a shell.
 *
 * @param status its exit status
 * @param output what it printed to standard output
 * @param complaint what it printed to standard error
 */
record SlurmProgram(int status, String output, String complaint) {
  /**
   * Runs a program to its end.
   *
   * @param nanos after which it is killed
   * @throws SlurmException if it cannot be started, or takes longer
   */
  static SlurmProgram run(List<String> command, Map<String, String> environment, long nanos)
      throws IOException, InterruptedException {
    String name = command.get(0);
    List<String> words = new ArrayList<>(command);
    // Left to itself, Java looks in the PATH of this process.
    words.set(0, onPath(name, environment).map(Path::toString).orElse(name));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new SlurmException(name + " cannot be run: " + e.getMessage(), e);
    }
    boolean ended = false;
    try {
      process.getOutputStream().close();
      CompletableFuture<String> output = drain(process.getInputStream());
      CompletableFuture<String> complaint = drain(process.getErrorStream());
      ended = process.waitFor(nanos, TimeUnit.NANOSECONDS);
      if (!ended) {
        throw new SlurmException(
            name
                + " gave no answer within "
                + TimeUnit.NANOSECONDS.toSeconds(nanos)
                + " s; is slurmctld up (scontrol ping)?");
      }
      return new SlurmProgram(process.exitValue(), output.join(), complaint.join());
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
    }
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        // Not the common pool: its threads may all be busy, and the program would wait for a
        // reader.
        reading -> new Thread(reading, "instar-slurm").start());
  }

  /** Where a program lies by the {@code PATH} of an environment. */
  static Optional<Path> onPath(String program, Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Slurm's own words on one line, without the program's name before them. */
  String words() {
    String said = complaint.isBlank() ? output : complaint;
    return said.strip()
        .replaceAll("(?m)^\\w+: (error: |fatal: )?", "")
        .replaceAll("\\s*\\R\\s*", "; ");
  }
}
