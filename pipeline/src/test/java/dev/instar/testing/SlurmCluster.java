package dev.instar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A real Slurm of two nodes on this machine, {@code n1} and {@code n2}, as {@code
 * src/test/sh/slurm-cluster} starts and describes it. Tests that need one skip, visibly, where none
 * can be started.
 *
 * <p>All tests of a JVM share one, in any number of threads; it ends with the JVM, however that
 * ends. {@code INSTAR_SLURM_CLUSTER} names the folder of one that runs already, to be used instead.
 * Who loses a node restores it.
 */
public final class SlurmCluster {
  /** The script's status where it cannot start one. */
  private static final int CANNOT = 77;

  private static final Path SCRIPT = Path.of("src/test/sh/slurm-cluster").toAbsolutePath();

  private static SlurmCluster shared;
  private static String missing;

  private final Path folder;

  private SlurmCluster(Path folder) {
    this.folder = folder;
  }

  /** The cluster of this JVM; skips the calling test, with the reason, where there can be none. */
  public static synchronized SlurmCluster require() throws IOException, InterruptedException {
    if (shared == null && missing == null) {
      String named = System.getenv("INSTAR_SLURM_CLUSTER");
      shared = named == null ? start() : new SlurmCluster(Path.of(named));
    }
    assumeTrue(shared != null, () -> missing);
    return shared;
  }

  /** One for a test alone, with changes of slurm.conf such as {@code MaxArraySize=5}. */
  public static synchronized SlurmCluster requireAlone(String... settings)
      throws IOException, InterruptedException {
    assumeTrue(missing == null, () -> missing);
    SlurmCluster own = start(settings);
    assumeTrue(own != null, () -> missing);
    return own;
  }

  private static SlurmCluster start(String... settings) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(SCRIPT.toString());
    command.addAll(List.of("start", "--until", String.valueOf(ProcessHandle.current().pid())));
    command.addAll(List.of(settings));
    Output output = run(command, System.getenv());
    if (output.status == CANNOT) {
      missing = output.text.strip();
      return null;
    }
    assertThat(output.status).as(output.text).isZero();
    return new SlurmCluster(Path.of(output.text.strip()));
  }

  /** Its folder, with the logs of its daemons below {@code log/}; gone after {@link #stop}. */
  public Path folder() {
    return folder;
  }

  /** What clients, and Instar, are to be run with: this process's own and {@code SLURM_CONF}. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.matches("(SLURM|SBATCH|SQUEUE|SCANCEL|SACCT)_.*"));
    environment.put("SLURM_CONF", folder.resolve("slurm.conf").toString());
    return environment;
  }

  /** What a program printed, run with {@link #environment}; the test fails if the program does. */
  public String run(String... command) throws IOException, InterruptedException {
    Output output = run(List.of(command), environment());
    assertThat(output.status).as("%s: %s", String.join(" ", command), output.text).isZero();
    return output.text;
  }

  /** The power of {@code n1} or {@code n2} fails: its processes are gone, its jobs are requeued. */
  public void lose(String node) throws IOException, InterruptedException {
    run(SCRIPT.toString(), "lose", folder.toString(), node);
  }

  /** A lost node is back and waits for work. */
  public void restore(String node) throws IOException, InterruptedException {
    run(SCRIPT.toString(), "restore", folder.toString(), node);
  }

  /**
   * Lets a requeued job, or a task such as {@code 12_3}, begin at once; Slurm would let it wait for
   * two minutes.
   */
  public void hurry(String job) throws IOException, InterruptedException {
    run(SCRIPT.toString(), "hurry", folder.toString(), job);
  }

  /** Ends a cluster of {@link #requireAlone} before the JVM does. */
  public void stop() throws IOException, InterruptedException {
    run(SCRIPT.toString(), "stop", folder.toString());
  }

  /** Waits until something holds; the test fails after {@code limit} without it. */
  public static void await(String what, Duration limit, BooleanSupplier holds)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for: " + what).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private record Output(int status, String text) {}

  private static Output run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("slurm", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(file.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no answer within a minute: " + String.join(" ", command));
      }
      return new Output(process.exitValue(), Files.readString(file, StandardCharsets.UTF_8));
    } finally {
      Files.delete(file);
    }
  }
}
